"""Converts columns of a report's texts to values: int, Decimal, date, str, and None for an absent value.

Texts are bytes until here: Python splits bytes twice as fast as text that is not all ASCII.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from yadirect_soap.language import _, composed, in_words

from ..scalars import DecodeFailure
from .facts import FieldKind
from .tsv import NONE

Convert = Callable[[Sequence[bytes]], list[Any]]
"""Converts a column of texts to values; DecodeFailure for a text of another kind."""

_NONE = NONE.encode()
_CACHE_SIZE = 4096
"""The number of converted values that are kept for each column: about a megabyte."""
_OFTEN = 8
"""Keeping values pays if this many times more texts than different values have come."""

_INTEGER = re.compile(rb"-?[0-9]{1,40}")
_NUMBER = re.compile(rb"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_WHOLE = 4
MICROS = re.compile(r"-?[0-9]{5,}")
"""An amount that can only be in micros although units were requested: units have two decimals, and no amount but zero
is less than 10000 micros, a hundredth.
"""
UNITS_EXPECTED = _(
    "an amount in units, such as 3.50; this one is in micros: something on the way removed returnMoneyInMicros, or "
    "the service gave a report that was built in micros under the same ReportName (take another name, or none)"
)
_A_DAY = _("a day like 2026-05-31")


def cells(block: bytes, columns: int) -> list[list[bytes]]:
    """Returns the texts of a block of whole lines, column by column."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
    texts = block.replace(b"\n", b"\t").split(b"\t")
    texts.pop()
    return [texts[column::columns] for column in range(columns)]


def converter(kind: FieldKind, *, micros: bool) -> Convert:
    """Returns the function that converts a column of a kind, block after block.

    Args:
        kind: the kind of the column's field.
        micros: whether the report has money in micros.

    Returns:
        A function that returns int for integers and micros, Decimal for money in units, decimals and percents, date for
        days, str for the rest, and None for `--`.
    """
    if kind is FieldKind.MONEY:
        return _Converter(_integers if micros else _units)
    return _Converter(_CONVERTERS[kind])


class _Converter:
    """Converts each different text once, as long as most texts repeat: days, ids of campaigns, small numbers."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert
        self._values = _ValuesByText(convert)
        self._text_count = 0
        self._pays = True

    def __call__(self, texts: Sequence[bytes]) -> list[Any]:
        if not self._pays:
            return self._all(texts)
        values = list(map(self._values.__getitem__, texts))
        self._text_count += len(texts)
        if len(self._values) > _CACHE_SIZE:
            self._pays = self._text_count > _OFTEN * len(self._values)
            self._values.clear()
            self._text_count = 0
        return values

    def _all(self, texts: Sequence[bytes]) -> list[Any]:
        if _NONE not in texts:
            return self._convert(texts)
        present = [text for text in texts if text != _NONE]
        values = iter(self._convert(present) if present else ())
        return [None if text == _NONE else next(values) for text in texts]


class _ValuesByText(dict[bytes, Any]):
    """Values by their texts, each converted on first use."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: bytes) -> Any:
        self[text] = value = None if text == _NONE else self._convert((text,))[0]
        return value


def _integers(texts: Sequence[bytes]) -> list[Any]:
    """Converts integers; int() accepts more than the API writes, such as 1_0, so texts of more than digits are checked.

    Digits alone can only fail by being too many.
    """
    if not b"".join(texts).isdigit():
        _refuse_other(texts, _INTEGER, _("an integer"))
    try:
        return list(map(int, texts))
    except ValueError:
        _refuse_other(texts, _INTEGER, _("an integer"))
        raise


def _decimals(texts: Sequence[bytes]) -> list[Any]:
    """Converts decimals; Decimal() accepts more than the API writes, such as NaN, so other texts are checked."""
    joined = b"\t".join(texts)
    if not joined.translate(None, b".\t").isdigit():
        _refuse_other(texts, _NUMBER, _("a decimal number"))
    try:
        return list(map(Decimal, joined.decode("ascii").split("\t")))
    except InvalidOperation:
        _refuse_other(texts, _NUMBER, _("a decimal number"))
        raise


def _units(texts: Sequence[bytes]) -> list[Any]:
    """Converts amounts in currency units, which have hundredths: a long number without a point is in micros."""
    for text in texts:
        if len(text) > _LONGEST_WHOLE and MICROS.fullmatch(text.decode("ascii", "replace")):
            raise DecodeFailure(composed("{text!r:.60}", text=text.decode("ascii")), UNITS_EXPECTED)
    return _decimals(texts)


def _days(texts: Sequence[bytes]) -> list[Any]:
    _refuse_other(texts, _DAY, _A_DAY)
    try:
        return [date.fromisoformat(text.decode("ascii")) for text in texts]
    except ValueError as error:
        raise DecodeFailure(in_words(error), _A_DAY) from None


def _texts(texts: Sequence[bytes]) -> list[Any]:
    try:
        return b"\t".join(texts).decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        raise DecodeFailure(_("bytes that are not UTF-8 ({reason})", reason=error.reason), "UTF-8") from None


def _refuse_other(texts: Sequence[bytes], pattern: re.Pattern[bytes], expected: str) -> None:
    for text in texts:
        if not pattern.fullmatch(text):
            raise DecodeFailure(composed("{text!r:.60}", text=text.decode("utf-8", "replace")), expected)


_CONVERTERS: Mapping[FieldKind, Convert] = MappingProxyType(
    {
        FieldKind.INT: _integers,
        FieldKind.DECIMAL: _decimals,
        FieldKind.PERCENT: _decimals,
        FieldKind.DATE: _days,
        FieldKind.ENUM: _texts,
        FieldKind.TEXT: _texts,
    }
)
