"""References between objects: whether the object that an item names exists, and which objects are in use."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ...domain.error_codes import Texts
from ...domain.resources import Resource, resources
from ...storage.store import Document, Key
from ..call import OperationCall
from .item_results import ItemError
from .paths import values
from .shapes import ITEMS

IN_USE = ("The object is in use", "Объект используется")


def service_of(member: str) -> str | None:
    """Returns the service whose objects a member names by their identifiers; None for any other member."""
    resource = _by_member().get(member)
    return resource.service if resource else None


def not_found(service: str, key: Any, details: Texts | None = None) -> ItemError:
    """Error 8800 for an object of a service that is unknown, deleted or of another account.

    Args:
        service: The service.
        key: The object's identifier.
        details: The details in English and Russian; those of the service if they are left out.

    Returns:
        The error.
    """
    english, russian = resources()[service].not_found if details is None else details
    return ItemError(8800, english.format(id=key), russian.format(id=key))


def find(call: OperationCall, service: str, key: Any, details: Texts | None = None) -> Document:
    """Returns the account's object of an identifier; raises `not_found` with the details if there is none."""
    _check_positive("Id", key)
    document = call.store.get(service, key, call.account.login)
    if document is None:
        raise not_found(service, key, details)
    return document


def named(call: OperationCall, service: str, key: Any) -> Document:
    """Returns the account's object that an item of another service names; raises error 8800 if there is none."""
    return find(call, service, key, resources()[service].not_named)


def object_named(call: OperationCall, member: str, key: Any) -> Document | None:
    """Returns the account's object that a member such as CampaignId names.

    Args:
        call: The call.
        member: The member's name; its values are identifiers.
        key: The member's value.

    Returns:
        The document; None if the member is empty or the account has no such object.
    """
    return None if key is None else call.store.get(_by_member()[member].service, key, call.account.login)


def check_references(call: OperationCall, item: Mapping[str, Any]) -> None:
    """Raises an error for the first reference in an item, at any depth, to an object that does not exist.

    Whether the object fits is checked elsewhere.
    """
    for error in missing(call, item):
        raise error


def missing(call: OperationCall, item: Mapping[str, Any]) -> Iterator[ItemError]:
    """Yields an error for each reference in an item, at any depth, to an object that does not exist."""
    for resource, key in _named(item):
        document = call.store.get(resource.service, key, call.account.login)
        if document is None or resource.is_deleted(document):
            yield ItemError(resource.missing, *resource.not_named)


def used(call: OperationCall, service: str) -> frozenset[Key]:
    """Returns the identifiers of a service's objects to which other objects of the account refer."""
    keys: set[Key] = set()
    for resource in resources().values():
        paths = resource.references.get(service, ())
        for rows in call.store.row_ranges(resource.service, call.account.login) if paths else ():
            # The rows of a range refer to the same objects.
            document = rows[0].document
            keys.update(value for path in paths for value in values(document, path) if value is not None)
    return frozenset(keys)


def _check_positive(name: str, key: Any) -> None:
    """Raises 5005 for an identifier that no object can have."""
    if isinstance(key, int) and key <= 0:
        raise ItemError(5005, f"{name} must be a positive number", f"{name} должно быть положительным числом")


@cache
def _by_member() -> Mapping[str, Resource]:
    """Returns the resource whose objects a member names, by the member."""
    return MappingProxyType({name: resource for resource in resources().values() for name in resource.named_by})


def _named(value: object) -> Iterator[tuple[Resource, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, Mapping):
        # By name: the wires bring the members of an object in orders of their own.
        for name, inner in sorted(value.items()):
            if (resource := _by_member().get(name)) is not None:
                for key in _keys(inner):
                    _check_positive(name, key)
                    yield resource, key
            else:
                yield from _named(inner)


def _keys(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, Mapping):
        return list(value[ITEMS])
    return value if isinstance(value, list) else [value]
