"""Converts params and results to XML text, in the order of the schema; the mirror of decode.py.

It builds text and not a tree, which would take three times as long.
"""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.language import _

from ..model import Kind, Shape
from ..scalars import FORBIDDEN_IN_XML, SCALARS, EncodeError, is_list, write

_UNKNOWN = Shape("unknown", Kind.OBJECT)


def content(value: Mapping[str, Any], shape: Shape) -> str:
    """Returns the child elements of an object: members in schema order, then names that the contract does not have.

    None becomes xsi:nil.

    Raises:
        EncodeError: XML cannot carry a value: an empty list (which would read as absent), a list in a list, a float, a
            forbidden character.
    """
    pieces: list[str] = []
    _content(value, shape, pieces)
    return "".join(pieces)


def without_empty_lists(value: Any, shape: Shape) -> Any:
    """Returns an object without the empty lists in it, at any depth, except those that the contract requires."""
    if not isinstance(value, Mapping):
        return value
    members = shape.by_name
    result: dict[str, Any] = {}
    for name, inner in value.items():
        member = members.get(name)
        if member is None or not is_list(inner):
            result[name] = inner if member is None else without_empty_lists(inner, member.shape)
        elif inner or member.required:
            result[name] = [without_empty_lists(item, member.shape) for item in inner]
    return result


def escape(text: str) -> str:
    """Escapes a text for an element; EncodeError for characters that XML forbids."""
    if not text.isprintable():
        if match := FORBIDDEN_IN_XML.search(text):
            raise EncodeError(_("the character U+{code:04X}", code=ord(match[0])), _("characters that XML allows"))
        text = text.replace("\r", "\0")
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("\0", "&#13;")


def _content(value: Mapping[str, Any], shape: Shape, pieces: list[str]) -> None:
    members = shape.by_name
    for member in shape.members:
        if member.name in value:
            _element(member.name, value[member.name], member.shape, pieces)
    for name, inner in value.items():
        if name not in members:
            _element(_checked_name(name), inner, _UNKNOWN, pieces)


def _element(name: str, value: object, shape: Shape, pieces: list[str]) -> None:
    if not is_list(value):
        try:
            _single(name, value, shape, pieces)
        except EncodeError as error:
            raise error.inside(f".{name}") from None
        return
    if not value:
        raise EncodeError(_("an empty list, which SOAP cannot express"), _("at least one item, or no list")).inside(
            f".{name}"
        )
    for index, item in enumerate(value):
        try:
            _single(name, item, shape, pieces)
        except EncodeError as error:
            raise error.inside(f".{name}[{index}]") from None


def _single(name: str, value: object, shape: Shape, pieces: list[str]) -> None:
    if value is None:
        pieces.append(f'<{name} xsi:nil="true"/>')
    elif isinstance(value, str):
        pieces.append(f"<{name}>{escape(value)}</{name}>")
    elif isinstance(value, Mapping):
        pieces.append(f"<{name}>")
        _content(value, shape, pieces)
        pieces.append(f"</{name}>")
    elif is_list(value):
        raise EncodeError(_("a list in a list"), _("single values"))
    else:
        scalar = SCALARS.get(shape.kind)
        pieces.append(f"<{name}>{scalar.to_text(value) if scalar else write(value)}</{name}>")


def _checked_name(name: object) -> str:
    """Checks a name that the contract does not have: between < and > it must not be more than a name."""
    if isinstance(name, str) and name.isascii() and name.isidentifier():
        return name
    raise EncodeError(_("the name {name!r:.60}", name=name), _("a name of Latin letters, digits and _"))
