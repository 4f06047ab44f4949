"""Finds the object that an item created, which has every member that was sent, and compares objects with items."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.model import Kind, Member, Shape

from . import lookup

ITEMS = "Items"
_MIN_SHARED_WORDS = 0.8
"""The share of an item's words that an object must have to resemble it, if the API rewrote its texts."""

UNSHOWN = object()
"""The value of a member that get does not return, whatever its value is."""

Path = tuple[str, ...]


def assign(
    items: Sequence[Mapping[str, Any]], objects: Iterable[Mapping[str, Any]], shape: Shape
) -> dict[int, Mapping[str, Any]]:
    """Assigns to each item a different object that has all its values, if there is one.

    The items with the most values choose first, and choose the object with the fewest values.  So an item does not take
    the object of another item that has the same values and more.

    Args:
        items: The items that were sent.
        objects: The objects that get returned.
        shape: The type of an object of get.

    Returns:
        The objects, by the indexes of the items.
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
    for index in sorted(range(len(items)), key=lambda index: -count_values(items[index])):
        candidates = by_values.get(_values(items[index], paths), [])
        matches = [candidate for candidate in candidates if contains(candidate, items[index], shape)]
        if matches:
            objects_by_item[index] = min(matches, key=count_values)
            candidates.remove(objects_by_item[index])
    return objects_by_item


def contains(account_object: Mapping[str, Any], item: Mapping[str, Any], shape: Shape) -> bool:
    """Whether an object has every member of an item that get returns; amounts are ignored, as the API rounds them."""
    return all(_has_member(account_object, name, value, shape) for name, value in item.items())


def differences(account_object: Mapping[str, Any], item: Mapping[str, Any], shape: Shape) -> list[tuple[str, Any, Any]]:
    """Returns the path, the sent value and the current value of each member of an item that differs in an object."""
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
    """Returns the paths of the members of an item that get does not return."""
    paths: list[str] = []
    for name, value in item.items():
        member = _shown_member(account_object, name, shape)
        current = account_object.get(member.name) if member is not None else UNSHOWN
        if member is None or current is UNSHOWN:
            paths.append(name)
        elif isinstance(value, Mapping) and isinstance(current, Mapping) and ITEMS not in value:
            paths += [f"{name}.{path}" for path in not_shown(current, value, member.shape)]
    return paths


def resembles(account_object: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether an object may come from an item whose texts the API rewrote."""
    item_words, object_words = _words(item), _words(account_object)
    return len(item_words & object_words) >= _MIN_SHARED_WORDS * len(item_words)


def count_values(value: Any) -> int:
    """Counts the single values in a value."""
    if isinstance(value, Mapping):
        return sum(map(count_values, value.values()))
    if isinstance(value, list):
        return sum(map(count_values, value))
    return int(value is not None)


def _has_member(account_object: Mapping[str, Any], name: str, value: Any, shape: Shape) -> bool:
    shown_members = _shown_members(name, shape)
    if not shown_members:
        return True
    return any(_is_amount(member) or _equal(value, account_object.get(member.name), member) for member in shown_members)


def _shown_members(name: str, shape: Shape) -> list[Member]:
    """Returns the members in which get returns a member of an item; [] if it returns none."""
    lookups = lookup.bundled()
    if name in lookups.unshown:
        return []
    shown_name = lookups.shown_as.get(name, "")
    return [shape.by_name[field] for field in (name, shown_name) if field in shape.by_name]


def _shown_member(account_object: Mapping[str, Any], name: str, shape: Shape) -> Member | None:
    """Returns the member in which an object has a member of an item; None if get returns none."""
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
        return isinstance(current, Mapping) and contains(current, value, member.shape)
    if isinstance(current, Mapping):  # a text with its status
        return any(value == inner for inner in current.values())
    return bool(value == current)


def _equal_lists(value: list[Any], current: list[Any], member: Member) -> bool:
    """Whether two lists have the same items in any order; of lists of options, only the sent options count."""
    is_options = bool(value) and isinstance(value[0], Mapping) and "Value" in value[0]
    if len(value) != len(current) and not is_options:
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
    """Returns the list member inside a member that wraps it in Items; else the member itself."""
    return member.shape.by_name.get(ITEMS, member)


def _unwrapped(value: Any) -> Any:
    return value.get(ITEMS) or [] if isinstance(value, Mapping) and value.keys() == {ITEMS} else value


def _paths_of_all(items: Sequence[Mapping[str, Any]], shape: Shape) -> list[Path]:
    """Returns the paths of single values that all items have, and that get returns under the same names."""
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
    """Returns the words of all texts, without case and punctuation."""
    if isinstance(value, Mapping):
        return set[str]().union(*map(_words, value.values()))
    if isinstance(value, list):
        return set[str]().union(*map(_words, value))
    if not isinstance(value, str):
        return set()
    text = value.casefold().replace("ё", "е")
    return set("".join(letter if letter.isalnum() else " " for letter in text).split())
