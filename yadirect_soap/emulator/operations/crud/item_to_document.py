"""Converts the item of an add or update into the document that get returns: the same members in other shapes.

The two shapes decide most conversions; a table has the members whose names differ.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from yadirect_soap.protocol.model import Kind, Member, Shape

from ...storage.store import Document
from .item_results import ItemError
from .shapes import ITEMS, wrapped

_KEYED = MappingProxyType(
    {
        "Settings": "Option",
        "AutotargetingCategories": "Category",
        "AutotargetingBrandOptions": "Option",
    }
)
"""Arrays that are lists of switches; an update leaves a switch that it does not name as it is."""

_UNSAID = MappingProxyType({"IsAvailable": "UNKNOWN", "Status": "DRAFT", "Type": "CALLOUT"})
"""The values of members that get requires and no write has."""

_STRATEGY_TYPE = "BiddingStrategyType"
_SURVIVES_STRATEGY = "PlacementTypes"


def written(value: Mapping[str, Any], source: Shape, target: Shape, current: Document) -> Document:
    """Returns the document after `value` is written over `current`: other members stay, None clears a member.

    Members that get does not show (passwords, file contents) are left out.
    """
    document = dict(current)
    for name, inner in value.items():
        member = target.by_name.get(name)
        if member is not None:
            document[name] = _member(inner, source.by_name[name], member, document.get(name))
        elif (rename := _RENAMED.get(name)) is not None:
            rename(document, inner, target)
    return {name: inner for name, inner in document.items() if inner is not None or _may_be_nil(target, name)}


def required(shape: Shape, document: Document) -> Document:
    """Returns a document with empty values for missing members that the contract requires."""
    missing = (member for member in shape.members if member.required and member.name not in document)
    return document | {member.name: _UNSAID.get(member.name, _nothing(member.shape)) for member in missing}


def _may_be_nil(shape: Shape, name: str) -> bool:
    member = shape.by_name.get(name)
    return member is None or member.nillable


def _member(value: Any, source: Member, target: Member, current: Any) -> Any:
    if value is None:
        return None
    if target.many:
        items = value[ITEMS] if not source.many else value
        inner = source.shape.members[0].shape if not source.many else source.shape
        return _items(items, inner, target, current, name=target.name)
    if source.many and (array := wrapped(target.shape)) is not None:
        return {ITEMS: _items(value, source.shape, array, (current or {}).get(ITEMS), name=target.name)}
    if target.shape.kind is Kind.OBJECT:
        return _object(value, source.shape, target, current or {})
    return value


def _object(value: Mapping[str, Any], source: Shape, target: Member, current: Document) -> Document | None:
    array, written_array = wrapped(target.shape), wrapped(source)
    if array is not None and written_array is not None:
        items = _items(value[ITEMS], written_array.shape, array, current.get(ITEMS), name=target.name)
        return {ITEMS: items} if items else None
    if value.get(_STRATEGY_TYPE, current.get(_STRATEGY_TYPE)) != current.get(_STRATEGY_TYPE):
        # Of another strategy's settings none stays.
        current = {name: inner for name, inner in current.items() if name == _SURVIVES_STRATEGY}
    return required(target.shape, written(value, source, target.shape, current))


def _items(items: list[Any], source: Shape, target: Member, current: Any, *, name: str) -> list[Any]:
    if target.shape.kind is not Kind.OBJECT:
        return [item for item in items if not isinstance(item, bytes)]
    if source.kind is not Kind.OBJECT:
        return [_enclosed(name, item, target.shape) for item in items]
    if "Operation" in source.by_name:
        return _operated(items, source, target.shape, current or [])
    documents = [required(target.shape, written(item, source, target.shape, {})) for item in items]
    return _switched(documents, _KEYED[name], current or []) if name in _KEYED else documents


def _switched(written_items: list[Document], key: str, current: list[Document]) -> list[Document]:
    by_key = {item[key]: item for item in current} | {item[key]: item for item in written_items}
    return list(by_key.values())


def _operated(items: list[Mapping[str, Any]], source: Shape, target: Shape, current: list[Document]) -> list[Document]:
    """Returns the array after items with an Operation: ADD, REMOVE, or SET, which replaces it; 4006 for a mixture."""
    operations = {item.get("Operation", "SET") for item in items}
    if "SET" in operations and len(operations) > 1:
        raise ItemError(4006, "SET cannot be combined with ADD and REMOVE", "SET несовместим с ADD и REMOVE")
    key = next(member.name for member in target.members if member.required)
    keys = [item[key] for item in items]
    if len(keys) != len(set(keys)):
        raise ItemError(9802, f"{key} is repeated", f"{key} повторяется")
    by_key = {} if "SET" in operations else {item[key]: item for item in current}
    for item in items:
        if item.get("Operation") == "REMOVE":
            by_key.pop(item[key], None)
        else:
            by_key[item[key]] = required(target, written(item, source, target, by_key.get(item[key], {})))
    return list(by_key.values())


def _enclosed(name: str, item: Any, shape: Shape) -> Document:
    """Returns the object for a single value, as in get: a text with its status, a pixel with its provider."""
    document = {_ENCLOSED[name]: item}
    if "Provider" in shape.by_name:
        document["Provider"] = urlsplit(str(item)).hostname or ""
    return required(shape, document)


_ENCLOSED = MappingProxyType(
    {
        "Texts": "Text",
        "Titles": "Title",
        "AdImages": "ImageHash",
        "VideoExtensions": "CreativeId",
        "AdExtensions": "AdExtensionId",
        "TrackingPixels": "TrackingPixel",
    }
)


def _as(name: str) -> Callable[[Document, Any, Shape], None]:
    """Returns a function that writes an array of single values under another name, plain or wrapped as in get."""

    def rename(document: Document, value: Any, target: Shape) -> None:
        member = target.by_name[name]
        array = wrapped(member.shape) or member
        items = value[ITEMS] if isinstance(value, Mapping) else value
        objects = [_enclosed(name, item, array.shape) for item in items] if items is not None else None
        document[name] = objects if objects is None or member.many else {ITEMS: objects}

    return rename


def _callouts(document: Document, value: Any, target: Shape) -> None:
    if value is None:
        document["AdExtensions"] = None
        return
    items: list[Mapping[str, Any]] = value["AdExtensions"]
    member = target.by_name["AdExtensions"]
    document["AdExtensions"] = _operated(items, member.shape, member.shape, document.get("AdExtensions") or []) or None


_RENAMED: Mapping[str, Callable[[Document, Any, Shape], None]] = MappingProxyType(
    {
        "AdExtensionIds": _as("AdExtensions"),
        "AdImageHashes": _as("AdImages"),
        "VideoExtensionIds": _as("VideoExtensions"),
        "CalloutSetting": _callouts,
    }
)


def _nothing(shape: Shape) -> Any:
    if shape.kind is Kind.OBJECT:
        return required(shape, {})
    if shape.kind is Kind.ENUM:
        return shape.values[0]
    return "" if shape.kind is Kind.STRING else 0
