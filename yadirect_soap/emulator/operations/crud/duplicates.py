"""Finds the existing object that equals a new one, for services that store equal objects only once."""

import hashlib

import simplejson

from ...domain.resources import Resource
from ...storage.store import Document, Key, Store
from ..call import OperationCall
from .service_rules import ServiceRules


def find(call: OperationCall, resource: Resource, rules: ServiceRules, document: Document) -> Key | None:
    """Returns the key of the existing object that equals the document, or None."""
    if resource.same is None:
        return None
    login, name = call.account.login, _name(call.account.login, document, resource, rules)
    key = rules.fixed_key(document)
    if key is None:
        noted = call.store.get(_note_service(resource), name, login)
        key = noted["Id"] if noted else None
    existing = call.store.get(resource.service, key, login) if key is not None else None
    unchanged = existing is not None and _name(login, existing, resource, rules) == name
    return key if unchanged else None


def remember(
    store: Store, login: str, document: Document, *, resource: Resource, rules: ServiceRules, at: float
) -> None:
    """Stores the identity of an object for find(); `at` is the moment in seconds since the epoch."""
    if resource.same is not None:
        name = _name(login, document, resource, rules)
        store.put(_note_service(resource), name, login, {"Id": document[resource.id]}, changed=at)


def _note_service(resource: Resource) -> str:
    """Returns the name under which the store holds the identities of a service's objects; no service has this name."""
    return f"same/{resource.service}"


def _name(login: str, document: Document, resource: Resource, rules: ServiceRules) -> str:
    members = {name: document.get(name) for name in (resource.same.members if resource.same else ())}
    text = simplejson.dumps([login, rules.duplicate_key(members)], use_decimal=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
