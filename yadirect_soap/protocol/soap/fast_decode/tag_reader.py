"""Reads an item tag by tag, by the contract's tables: the way to read items whose pattern is not worth compiling yet.

The text of an item is taken apart by one pattern, the same for all items:

    <Ads><Id>1</Id><TextAd><Title>Окна</Title></TextAd></Ads>

    tag       text     close
    Ads
    Id        1        >          an element without children
    TextAd
    Title     Окна     >
    /TextAd
    /Ads

Each piece begins where the one before it ends, so nothing is passed over.  What is not written in the plainest way (an
attribute other than nil, a comment, a name or a value that the contract does not know) is NotMatched, and decode.py
reads it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...model import Kind, Shape
from ...scalars import SCALARS
from .references import NotMatched, resolved

_PIECES = re.compile(r"<([^>]*+)>([^<]*+)(?:</\1(>[^<]*+))?+")
"""A start tag with the text behind it and, where the end tag follows at once, `>` of that and the text behind it."""

DECLARED_NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
"""What says nil in an empty tag, from behind its name."""
NIL = ' xsi:nil="true"/>'
"""The same where the document has declared xsi."""

Convert = Callable[[str], Any]


class TagTable:
    """What may stand in an object of a shape, by the tags as they are written.  Threads may share it.

    Args:
        shape: the shape of the objects.
        nil: what says nil in an empty tag, from behind its name.
    """

    __slots__ = ("_nil", "_shape", "leaves", "many", "opened")

    def __init__(self, shape: Shape, nil: frozenset[str]) -> None:
        self.many = frozenset(member.name for member in shape.members if member.many)
        self.leaves: dict[str, Convert | None] = {
            member.name: _convert(member.shape) for member in shape.members if member.shape.kind is not Kind.OBJECT
        }
        """How a text becomes the value of a member; None for a text that is one."""
        self.opened: dict[str, Opened] = {}
        """What stands for an object or for an empty tag, of those that have come."""
        self._shape = shape
        self._nil = nil

    def first_seen(self, tag: str) -> "Opened":
        """Takes in a tag that has not come yet; NotMatched where it cannot come."""
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
"""A member's name and the table of the object that begins; without such a table the value of an empty tag."""


def read_item(source: str, at: int, table: TagTable, tag: str) -> tuple[dict[str, Any], int]:
    """Reads the item at an index of a text.

    Args:
        source: the text.
        at: the index.
        table: what an item may hold.
        tag: the name of the item's element.

    Returns:
        The item, and the index of its end.

    Raises:
        NotMatched: the item is not written in the plainest way, or its end has not come yet.
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
    """The object whose start tag was the last piece."""
    leaves, opened, many = table.leaves, table.opened, table.many
    result: dict[str, Any] = {}
    value: Any
    for tag, text, close in pieces:
        name = tag
        if close:
            if close != ">" and not close[1:].isspace():
                raise NotMatched
            convert = leaves[name]
            value = text if "&" not in text else resolved(text)
            if convert is not None:
                value = convert(value)
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


def _convert(shape: Shape) -> Convert | None:
    if shape.kind is Kind.STRING:
        return None
    if shape.kind is Kind.ENUM:
        return {value: value for value in shape.values}.__getitem__
    return SCALARS[shape.kind].from_text
