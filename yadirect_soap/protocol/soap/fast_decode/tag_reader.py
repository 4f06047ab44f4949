"""Reads an item tag by tag, by tables of the contract: the way to read items whose pattern is not worth compiling yet.

One pattern, the same for all items, takes the text of an item apart:

    <Ads><Id>1</Id><TextAd><Title>Окна</Title></TextAd><Labels>a</Labels><Labels>b</Labels></Ads>

    tag       text     close
    Ads
    Id        1        >          an element without children
    TextAd
    Title     Окна     >
    /TextAd
    Labels    a        ><Labels>b</Labels>    the next elements of a list come with the first one
    /Ads

Each piece begins where the one before it ends, so that nothing is skipped.  Any unusual spelling (an attribute other
than nil, a comment, a name or a value that the contract does not have) is NotMatched, and decode.py reads it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...model import Kind, Shape
from ...scalars import SCALARS
from .references import NotMatched, resolved

_PIECES = re.compile(r"<([^>]*+)>([^<]*+)(?:</\1(>(?:<\1>[^<]*+</\1>)*+[^<]*+))?+")
"""A start tag with the text after it and, if the end tag follows at once, `>` of that and what follows it.

That is more elements with this tag, as lists have, and the text after them.
"""

DECLARED_NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
"""What follows the name in an empty tag that is nil."""
NIL = ' xsi:nil="true"/>'
"""The same if the document has declared xsi."""

Convert = Callable[[str], Any]


class TagTable:
    """The possible content of an object of a shape, by tags as they are written.  Threads may share it.

    Args:
        shape: the shape of the objects.
        nil: what follows the name in an empty tag that is nil.
    """

    __slots__ = ("_nil", "_shape", "leaves", "many", "opened")

    def __init__(self, shape: Shape, nil: frozenset[str]) -> None:
        self.many = frozenset(member.name for member in shape.members if member.many)
        self.leaves: dict[str, Convert | None] = {
            member.name: _convert(member.shape) for member in shape.members if member.shape.kind is not Kind.OBJECT
        }
        """The conversion of a text to the value of a member; None if the text is the value."""
        self.opened: dict[str, Opened] = {}
        """The entries for the opening tags of objects and the empty tags that were read so far."""
        self._shape = shape
        self._nil = nil

    def first_seen(self, tag: str) -> "Opened":
        """Adds a tag on its first occurrence; NotMatched if it cannot occur."""
        name, space, attribute = tag.partition(" ")
        member = self._shape.by_name.get(name.removesuffix("/"))
        opened: Opened
        if member is not None and tag == member.name and member.shape.kind is Kind.OBJECT:
            opened = tag, TagTable(member.shape, self._nil), None
        elif member is not None and f"{space}{attribute}>" in self._nil and name == member.name:
            opened = name, None, None
        elif member is not None and tag == f"{member.name}/" and member.shape.kind is Kind.STRING:
            opened = member.name, None, ""
        else:
            raise NotMatched
        return self.opened.setdefault(tag, opened)


Opened = tuple[str, TagTable | None, str | None]
"""A member's name and the table of the object that begins; or, without a table, the value of an empty tag."""


def read_item(source: str, at: int, table: TagTable, tag: str) -> tuple[dict[str, Any], int]:
    """Reads the item at an index of a text.

    Args:
        source: the text.
        at: the index.
        table: what an item may contain.
        tag: the name of the item's element.

    Returns:
        The item, and the index of its end.

    Raises:
        NotMatched: the item has an unusual spelling, or its end has not arrived yet.
        DecodeFailure: a value is not of its kind.
    """
    end_tag = f"</{tag}>"
    last = source.find(end_tag, at)
    if last < 0 or not source.startswith(f"<{tag}>", at):
        raise NotMatched
    end = last + len(end_tag)
    pieces = iter(_PIECES.findall(source, at, end))
    _, text, _ = next(pieces)
    if text and not text.isspace():
        raise NotMatched
    try:
        return _object(pieces, table, f"/{tag}"), end
    except KeyError:
        raise NotMatched from None


def _object(pieces: Iterator[tuple[str, str, str]], table: TagTable, end: str) -> dict[str, Any]:
    """Reads the object whose start tag was the last piece."""
    leaves, opened, many = table.leaves, table.opened, table.many
    result: dict[str, Any] = {}
    value: Any
    for tag, text, close in pieces:
        name = tag
        if close:
            convert = leaves[name]
            value = text if "&" not in text else resolved(text)
            if convert is not None:
                value = convert(value)
            if close != ">" and (following := _following(tag, close, table)):
                result.setdefault(name, []).extend((value, *following))
                continue
        elif text and not text.isspace():
            raise NotMatched
        elif tag == end:
            return result
        else:
            name, inner, value = opened.get(tag) or table.first_seen(tag)
            if inner is not None:
                value = _object(pieces, inner, f"/{name}")
        if name not in result:
            result[name] = [value] if name in many else value
        elif name in many:
            result[name].append(value)
        else:
            raise NotMatched
    raise NotMatched


def _following(tag: str, close: str, table: TagTable) -> list[Any]:
    """Returns the values of the elements with the same tag that follow an element; NotMatched if they are no list."""
    elements = close.rstrip(" \t\n\r")
    if elements == ">":
        return []
    if not elements.endswith(">") or tag not in table.many:
        raise NotMatched
    values = elements[len(f"><{tag}>") : -len(f"</{tag}>")].split(f"</{tag}><{tag}>")
    if "&" in elements:
        values = [resolved(value) for value in values]
    convert = table.leaves[tag]
    return values if convert is None else [convert(value) for value in values]


def _convert(shape: Shape) -> Convert | None:
    if shape.kind is Kind.STRING:
        return None
    if shape.kind is Kind.ENUM:
        return {value: value for value in shape.values}.__getitem__
    return SCALARS[shape.kind].from_text
