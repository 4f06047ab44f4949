"""Columns of a report's texts to values and no further: int, Decimal, date, str, and None for what is not there.

A column is converted at once: what is plain by far costs next to nothing for each value, the rest is read exactly.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from ..scalars import Unreadable
from .facts import FieldKind
from .tsv import NONE

_LOOKED_AT = 48
"""Texts of a column by which it is told whether many are the same."""

Convert = Callable[[Sequence[str]], list[Any]]
"""Turns a column of texts into values; Unreadable for a text that is none of the kind."""

_INTEGER = re.compile(r"-?[0-9]{1,40}")
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def cells(block: bytes, columns: int) -> list[list[str]]:
    """The texts of a block of whole lines, column by column."""
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"bytes that are not UTF-8 ({error.reason})", "UTF-8") from None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    found = text.replace("\n", "\t").split("\t")
    found.pop()
    return [found[column::columns] for column in range(columns)]


def converter(kind: FieldKind, *, micros: bool) -> Convert:
    """What converts a column of a kind; `micros` tells how the report writes its money.

    int for int and for micros, Decimal for money in units, decimal and percent, date for date, str for the rest.
    """
    if kind is FieldKind.MONEY:
        return _CONVERTERS[FieldKind.INT if micros else FieldKind.DECIMAL]
    return _CONVERTERS[kind]


def _each_once(convert: Convert) -> Convert:
    """Converts each different text once, where many are the same: most of a report's days and numbers are."""

    def converted(texts: Sequence[str]) -> list[Any]:
        first = texts[:_LOOKED_AT]
        if 2 * len(set(first)) > len(first):
            return convert(texts)
        different = list(set(texts))
        known = dict(zip(different, convert(different), strict=True))
        return list(map(known.__getitem__, texts))

    return converted


def _integers(texts: Sequence[str]) -> list[Any]:
    """int() takes more than the API writes, such as 1_0: digits alone need no closer look, all else gets one."""
    present = _present(texts)
    if "" in present or not _are_digits("".join(present)):
        _refuse_other(present, _INTEGER, "an integer")
    return _mapped(int, texts, present)


def _decimals(texts: Sequence[str]) -> list[Any]:
    """Decimal() takes more than the API writes, such as NaN: digits around points need no closer look."""
    present = _present(texts)
    if not _are_digits("".join(present).replace(".", "")):
        _refuse_other(present, _NUMBER, "a decimal number")
    try:
        return _mapped(Decimal, texts, present)
    except InvalidOperation:
        _refuse_other(present, _NUMBER, "a decimal number")
        raise


def _days(texts: Sequence[str]) -> list[Any]:
    return list(map(_day, texts))


def _texts(texts: Sequence[str]) -> list[Any]:
    return [None if text == NONE else text for text in texts] if NONE in texts else list(texts)


def _are_digits(text: str) -> bool:
    """Whether all are digits from 0 to 9; of bytes Python tells it ten times as fast as of a str."""
    return text.isascii() and text.encode().isdigit()


def _present(texts: Sequence[str]) -> Sequence[str]:
    return [text for text in texts if text != NONE] if NONE in texts else texts


def _mapped(make: Callable[[str], Any], texts: Sequence[str], present: Sequence[str]) -> list[Any]:
    if present is texts:
        return list(map(make, texts))
    return [None if text == NONE else make(text) for text in texts]


def _refuse_other(texts: Sequence[str], pattern: re.Pattern[str], expected: str) -> None:
    for text in texts:
        if not pattern.fullmatch(text):
            raise Unreadable(f"{text!r:.60}", expected)


def _day(text: str) -> date | None:
    if text == NONE:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unreadable(f"{text!r:.60}", "a day like 2026-05-31")


_CONVERTERS: Mapping[FieldKind, Convert] = MappingProxyType(
    {
        FieldKind.INT: _each_once(_integers),
        FieldKind.DECIMAL: _each_once(_decimals),
        FieldKind.PERCENT: _each_once(_decimals),
        FieldKind.DATE: _each_once(_days),
        FieldKind.ENUM: _texts,
        FieldKind.TEXT: _texts,
    }
)
