"""Members that documents do not keep because they follow from other objects: who uses what, and the like."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from ..call import Call
from ..clarifications import clarified, with_clarified_parts
from ..moments import moscow_day
from ..resources import resources
from ..store import Document, Key
from .paths import values

Complete = Callable[[Document], Document]


def completion(call: Call) -> Complete:
    """What adds a service's worked-out members to its documents, for one call."""
    make = _COMPLETIONS.get(call.operation.service)
    return make(call) if make else _as_it_is


def used(call: Call, service: str) -> frozenset[Key]:
    """The identifiers of a service's objects to which the account's other objects refer."""
    found: set[Key] = set()
    for resource in resources().values():
        paths = resource.references.get(service, ())
        for row in call.store.rows(resource.service, call.account.login) if paths else ():
            found.update(value for path in paths for value in values(row.document, path) if value is not None)
    return frozenset(found)


def _as_it_is(document: Document) -> Document:
    return document


def _association(id_member: str, call: Call) -> Complete:
    """Associated: whether anything uses the object."""
    in_use = used(call, call.operation.service)
    return lambda document: {**document, "Associated": "YES" if document.get(id_member) in in_use else "NO"}


def state_now(call: Call, service: str, document: Document) -> Document:
    """A document in the state that the day has brought: a campaign that was on has ended after its EndDate."""
    end = document.get("EndDate")
    if service == "campaigns" and document.get("State") == "ON" and end is not None and end < moscow_day(call.now()):
        return document | {"State": "ENDED"}
    return document


def _clarification(call: Call) -> Complete:
    service, language = call.operation.service, call.language
    return lambda document: clarified(service, state_now(call, service, document), language)


def _ad(call: Call) -> Complete:
    """What an ad has is looked into only where more than FieldNames is asked for."""
    clear, language = _clarification(call), call.language
    if not any(name.endswith("AdFieldNames") for name in call.params):
        return clear
    return lambda document: with_clarified_parts(clear(document), language)


def _keyword(_call: Call) -> Complete:
    """Of the keywords of a group that is hardly ever shown no statistics are told."""
    return _without_statistics


def _without_statistics(document: Document) -> Document:
    if document.get("ServingStatus") != "RARELY_SERVED":
        return document
    return {name: value for name, value in document.items() if not name.startswith("Statistics")}


def _extension(call: Call) -> Complete:
    associated, clear = _association("Id", call), _clarification(call)
    return lambda document: clear(associated(document))


_COMPLETIONS: Mapping[str, Callable[[Call], Complete]] = MappingProxyType(
    {
        "ads": _ad,
        "adextensions": _extension,
        "campaigns": _clarification,
        "dynamictextadtargets": _clarification,
        "adimages": partial(_association, "AdImageHash"),
        "creatives": partial(_association, "Id"),
        "keywords": _keyword,
        "negativekeywordsharedsets": partial(_association, "Id"),
    }
)
