"""Finds the object that an item created: it has every member that was sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.model import Kind, Member, Shape

from . import lookup

ITEMS = "Items"
_ALIKE = 0.8
"""So much of an item's words an object has that was made of it, and rewritten by the API."""

UNSHOWN = object()
"""Stands where get shows nothing of a member, whatever its value is."""

Path = tuple[str, ...]


def assigned(
    items: Sequence[Mapping[str, Any]], objects: Iterable[Mapping[str, Any]], shape: Shape
) -> dict[int, Mapping[str, Any]]:
    """Gives each item an object of its own that has all that was sent, where there is one.

    The items that say the most choose first, each the object that has the least besides: so an item does not take the
    object of another that says the same and more.

    Args:
        items: What was sent.
        objects: What get shows.
        shape: The type of an object of get.

    Returns:
        The objects by the indexes of the items.
    """
    objects = list(objects)
    paths = [
        path
        for path in _paths_of_all(items, shape)
        if all(_value(candidate, path) is not UNSHOWN for candidate in objects)
    ]
    by_values: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for candidate in objects:
        by_values.setdefault(_values(candidate, paths), []).append(candidate)
    objects_by_item: dict[int, Mapping[str, Any]] = {}
    for index in sorted(range(len(items)), key=lambda index: -leaves(items[index])):
        near = by_values.get(_values(items[index], paths), [])
        fitting = [candidate for candidate in near if holds(candidate, items[index], shape)]
        if fitting:
            objects_by_item[index] = min(fitting, key=leaves)
            near.remove(objects_by_item[index])
    return objects_by_item


def holds(account_object: Mapping[str, Any], item: Mapping[str, Any], shape: Shape) -> bool:
    """Whether an object of get has every member of an item that get can show; amounts, which are rounded, apart."""
    return all(_holds_member(account_object, name, value, shape) for name, value in item.items())


def differences(account_object: Mapping[str, Any], item: Mapping[str, Any], shape: Shape) -> list[tuple[str, Any, Any]]:
    """The path, what was sent and what is there, of each member of an item that an object has otherwise."""
    different: list[tuple[str, Any, Any]] = []
    for name, value in item.items():
        member = _shown_member(account_object, name, shape)
        if member is None:
            continue
        current = account_object.get(member.name)
        if isinstance(value, Mapping) and isinstance(current, Mapping) and ITEMS not in value:
            inner = differences(current, value, member.shape)
            different += [(f"{name}.{path}", sent_part, current_part) for path, sent_part, current_part in inner]
        elif not _equal(value, current, member):
            different.append((name, value, current))
    return different


def not_shown(account_object: Mapping[str, Any], item: Mapping[str, Any], shape: Shape) -> list[str]:
    """The paths of the members of an item of which get shows nothing."""
    paths: list[str] = []
    for name, value in item.items():
        member = _shown_member(account_object, name, shape)
        current = account_object.get(member.name) if member is not None else UNSHOWN
        if member is None or current is UNSHOWN:
            paths.append(name)
        elif isinstance(value, Mapping) and isinstance(current, Mapping) and ITEMS not in value:
            paths += [f"{name}.{path}" for path in not_shown(current, value, member.shape)]
    return paths


def resemble(account_object: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether an object may have been made of an item whose texts the API has rewritten."""
    item_words, object_words = _words(item), _words(account_object)
    return len(item_words & object_words) >= _ALIKE * len(item_words)


def leaves(value: Any) -> int:
    """How much a value says."""
    if isinstance(value, Mapping):
        return sum(map(leaves, value.values()))
    if isinstance(value, list):
        return sum(map(leaves, value))
    return int(value is not None)


def _holds_member(account_object: Mapping[str, Any], name: str, value: Any, shape: Shape) -> bool:
    shown_members = _shown_members(name, shape)
    if not shown_members:
        return True
    return any(_is_amount(member) or _equal(value, account_object.get(member.name), member) for member in shown_members)


def _shown_members(name: str, shape: Shape) -> list[Member]:
    """The members under which get shows a member of an item; [] where it shows none."""
    lookups = lookup.bundled()
    if name in lookups.unshown:
        return []
    shown_name = lookups.shown_as.get(name, "")
    return [shape.by_name[field] for field in (name, shown_name) if field in shape.by_name]


def _shown_member(account_object: Mapping[str, Any], name: str, shape: Shape) -> Member | None:
    """The member under which an object shows a member of an item; None where get shows none."""
    shown_members = _shown_members(name, shape)
    values = (member for member in shown_members if account_object.get(member.name) not in (None, UNSHOWN))
    return next(values, shown_members[0] if shown_members else None)


def _is_amount(member: Member) -> bool:
    return member.name in facts.bundled().money_members(member.owner)


def _equal(value: Any, current: Any, member: Member) -> bool:
    if current is UNSHOWN:
        return True
    value, current = _unwrapped(value), _unwrapped(current)
    if isinstance(value, list):
        return _equal_lists(value, current if isinstance(current, list) else [current] if current else [], member)
    if value is None or current is None:
        return value is current or value in (None, "")
    if isinstance(value, Mapping):
        return isinstance(current, Mapping) and holds(current, value, member.shape)
    if isinstance(current, Mapping):  # a text with its status
        return any(value == inner for inner in current.values())
    return bool(value == current)


def _equal_lists(value: list[Any], current: list[Any], member: Member) -> bool:
    """Whether two lists have the same; of switches only those that were sent."""
    switches = bool(value) and isinstance(value[0], Mapping) and "Value" in value[0]
    if len(value) != len(current) and not switches:
        return False
    items = _wrapped_items(member)
    remaining = list(current)
    for sent_item in value:
        same = next(
            (index for index, current_item in enumerate(remaining) if _equal(sent_item, current_item, items)), None
        )
        if same is None:
            return False
        del remaining[same]
    return True


def _wrapped_items(member: Member) -> Member:
    """The member that is the list, of one that wraps it in Items."""
    return member.shape.by_name.get(ITEMS, member)


def _unwrapped(value: Any) -> Any:
    return value.get(ITEMS) or [] if isinstance(value, Mapping) and value.keys() == {ITEMS} else value


def _paths_of_all(items: Sequence[Mapping[str, Any]], shape: Shape) -> list[Path]:
    """The paths of single values that all items have, and that get shows under the same names."""
    common = set(_paths(items[0], shape)) if items else set()
    for item in items[1:]:
        common &= set(_paths(item, shape))
    return sorted(common)


def _paths(item: Mapping[str, Any], shape: Shape) -> Iterable[Path]:
    for name, value in item.items():
        shown_members = _shown_members(name, shape)
        if len(shown_members) != 1 or shown_members[0].name != name or shown_members[0].many:
            continue
        if isinstance(value, Mapping) and shown_members[0].shape.kind is Kind.OBJECT:
            yield from ((name, *path) for path in _paths(value, shown_members[0].shape))
        elif isinstance(value, str | int) and value != "" and not _is_amount(shown_members[0]):
            yield (name,)


def _values(value: Mapping[str, Any], paths: Sequence[Path]) -> tuple[Any, ...]:
    return tuple(_value(value, path) for path in paths)


def _value(value: Any, path: Path) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _words(value: Any) -> set[str]:
    """The words of all texts, as they are whatever their case and what stands between them."""
    if isinstance(value, Mapping):
        return set[str]().union(*map(_words, value.values()))
    if isinstance(value, list):
        return set[str]().union(*map(_words, value))
    if not isinstance(value, str):
        return set()
    text = value.casefold().replace("ё", "е")
    return set("".join(letter if letter.isalnum() else " " for letter in text).split())
