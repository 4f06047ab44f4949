"""Checks the form of values that fit the contract: texts of days and moments, and bytes that are base64 already.

The API takes such a value for what it is not: a day in another form is error 4000, and bytes of base64, encoded once
more, are no image.  facts.toml lists the members that hold days and moments.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from yadirect_soap.errors import Violation
from yadirect_soap.language import _

from .dates import A_DAY, A_MOMENT, is_day, is_moment
from .facts import bundled
from .model import Kind, Member, Shape
from .scalars import is_list
from .shape_cache import cached_on_shape
from .validation import describe_value

_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<?xml", b"PK\x03\x04")
"""How files of images, videos, XML and spreadsheets begin."""
_MP4 = b"ftyp"
_MP4_OFFSET = 4
_BEGINNING = 16
"""The characters of base64 that are enough to know these files."""


def check_forms(params: object, shape: Shape, path: str = "$") -> Iterator[Violation]:
    """Yields a violation for each value in a wrong form, at any depth.

    Args:
        params: the params of an operation, or an item; what does not fit the contract is left to validation.check().
        shape: their shape.
        path: where the params stand.

    Yields:
        The violations, each with its path.
    """
    if not isinstance(params, Mapping):
        return
    for member in _formed_members(shape):
        value, place = params.get(member.name), f"{path}.{member.name}"
        if not member.many:
            yield from _check_value(value, member, place)
        elif is_list(value):
            for index, item in enumerate(value):
                yield from _check_value(item, member, f"{place}[{index}]")


def is_encoded(content: bytes) -> bool:
    """Whether bytes are the base64 of an image, a video, XML or a spreadsheet; no such file begins like its base64."""
    try:
        beginning = base64.b64decode(content[:_BEGINNING], validate=True)
    except binascii.Error:
        return False
    return beginning.startswith(_SIGNATURES) or beginning.startswith(_MP4, _MP4_OFFSET)


def _check_value(value: Any, member: Member, path: str) -> Iterator[Violation]:
    if member.shape.kind is Kind.OBJECT:
        yield from check_forms(value, member.shape, path)
    elif isinstance(value, bytes):
        if member.shape.kind is Kind.BASE64 and is_encoded(value):
            found = _("{value}, the base64 of a file", value=describe_value(value))
            yield Violation(path, found, _("the bytes of the file itself, or its base64 as a text: .decode()"))
    elif isinstance(value, str) and member.shape.kind is Kind.STRING:
        is_valid, expected = (is_day, A_DAY) if member.name in bundled().days else (is_moment, A_MOMENT)
        if not is_valid(value):
            yield Violation(path, describe_value(value), expected)


@cached_on_shape
def _formed_members(shape: Shape) -> tuple[Member, ...]:
    """Returns the members of an object that are days, moments, bytes, or objects in which there are some."""
    return tuple(member for member in shape.members if _has_form(member))


def _has_form(member: Member) -> bool:
    if member.shape.kind is Kind.STRING:
        return member.name in (bundled().days | bundled().moments) - bundled().assumed_days
    return member.shape.kind is Kind.BASE64 or bool(_formed_members(member.shape))
