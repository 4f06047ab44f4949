"""Objects that a service does not keep twice: the one that is there already, found by what makes two the same."""

import hashlib

import simplejson

from ...domain.keyword_phrases import phrase
from ...domain.resources import Resource
from ...storage.store import Document, Key, Store
from ..rules import autotargeting


def find(store: Store, login: str, resource: Resource, document: Document) -> Key | None:
    """The key of an object that is the same as the document, or None."""
    if resource.same is None:
        return None
    key: Key | None
    if resource.service == "keywords" and document["Keyword"] == autotargeting.KEYWORD:
        key = autotargeting.key(document["AdGroupId"])
    else:
        noted = store.get(_noted(resource), _name(login, resource, document), login)
        key = noted["Id"] if noted else None
    found = store.get(resource.service, key, login) if key is not None else None
    unchanged = found is not None and _name(login, resource, found) == _name(login, resource, document)
    return key if unchanged else None


def remember(store: Store, login: str, resource: Resource, document: Document, *, at: float) -> None:
    """Notes an object with its identifier, for find(); `at` is when, in seconds since the epoch."""
    if resource.same is not None:
        store.put(_noted(resource), _name(login, resource, document), login, {"Id": document[resource.id]}, changed=at)


def _noted(resource: Resource) -> str:
    """Where the store keeps, beside the objects, what makes them the same; it is no service's name."""
    return f"same/{resource.service}"


def _name(login: str, resource: Resource, document: Document) -> str:
    members = {name: document.get(name) for name in (resource.same.members if resource.same else ())}
    if "Keyword" in members:
        members["Keyword"] = phrase(document["Keyword"]).identity
    told = simplejson.dumps([login, members], use_decimal=True, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
