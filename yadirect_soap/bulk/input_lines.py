"""Reads the lines of an input file, each as an operation, a name and an item; the planner validates the items.

A JSON line is `{"do": "ads.add", "ref": "a1", "item": {...}}`, or only an item if the job has an operation.  Names that
begin with `_` are remarks from an outcome file, and are ignored.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed, reason_of
from yadirect_soap.protocol.json import object_of_pairs

_ENVELOPE = frozenset({"do", "ref", "item"})
_BYTE_ORDER_MARK = "\ufeff"
_BLOCK = 1 << 20
"""The number of bytes to read at a time."""
_REMARK = '"_'
"""A text that every line with remarks contains."""


class Line(NamedTuple):
    """A line of the file."""

    number: int
    body: str
    """The line as JSON, as the journal stores it."""
    do: str
    ref: str | None
    item: Any


class MisreadLine(Exception):
    """A line cannot be read.

    Args:
        found: what was found.
        expected: what was expected.
        path: the path in the line.
    """

    def __init__(self, found: str, expected: str, path: str = "$") -> None:
        super().__init__(found, expected, path)
        self.found, self.expected, self.path = found, expected, path


class InputFile:
    """An input file; it computes its SHA-256 while it is read.

    Args:
        path: The file, or "-" for stdin.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = "stdin" if str(path) == "-" else path.name
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes that were read so far."""
        return self._hash.hexdigest()

    def raw_lines(self) -> Iterator[tuple[int, bytes]]:
        """Yields the lines with their line ends, each with its number from 1.

        Raises:
            ConfigurationError: The file cannot be read.
        """
        with self._open() as file:
            for number, line in enumerate(file, 1):
                self._hash.update(line)
                yield number, line

    def read_whole(self) -> str:
        """Reads the whole file and returns its SHA-256."""
        with self._open() as file:
            while block := file.read(_BLOCK):
                self._hash.update(block)
        return self.sha256

    def text_lines(self) -> Iterator[tuple[int, str]]:
        """Yields the lines as text, each with its number."""
        for number, raw in self.raw_lines():
            try:
                text = raw.decode()
            except UnicodeDecodeError as error:
                byte = _("byte 0x{raw:02x} at place {place}", raw=raw[error.start], place=error.start + 1)
                message = _(
                    "{name}, line {number}: found {byte}, expected text in UTF-8; nothing was sent",
                    name=self.name,
                    number=number,
                    byte=byte,
                )
                raise ConfigurationError(message) from None
            yield number, text.removeprefix(_BYTE_ORDER_MARK) if number == 1 else text

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        if self.name == "stdin":
            yield sys.stdin.buffer
            return
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise ConfigurationError(
                _("{path} cannot be read: {reason}; nothing was sent", path=self.path, reason=reason_of(error))
            ) from None
        with file:
            yield file


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("{name} is no number", name=name))


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=object_of_pairs)
_DECODE: Callable[[str], tuple[Any, int]] = _DECODER.raw_decode


def parse_json(text: str) -> Any:
    """Returns the value of a JSON text; raises ValueError if it is not JSON, or has a name twice."""
    return _DECODER.decode(text)


def read(number: int, text: str, operation: str) -> Line:
    """Parses a JSON line.

    Args:
        number: The number of the line, from 1.
        text: The line, without surrounding spaces.
        operation: The operation of lines that name none; "" if all lines must name one.

    Raises:
        MisreadLine: The line is not JSON, or has another structure.
    """
    try:
        value, end = _DECODE(text)
    except json.JSONDecodeError as error:
        found = _("text that is not JSON ({msg}, character {pos})", msg=error.msg, pos=error.pos + 1)
        raise MisreadLine(found, _("a JSON value on one line")) from None
    except (ValueError, RecursionError) as error:
        raise MisreadLine(_("text that is not JSON ({error})", error=error), _("a JSON value on one line")) from None
    if end != len(text):
        raise MisreadLine(_("text that is not JSON (character {end})", end=end + 1), _("a JSON value on one line"))
    if not isinstance(value, dict) or not ("do" in value or "item" in value):
        if not operation:
            raise MisreadLine(
                _("no operation"), _('a "do" such as "ads.add", or the operation given for all lines'), "$.do"
            )
        return Line(number, text, operation, None, without_remarks(value))
    return _enveloped(number, text, value, operation)


def _enveloped(number: int, text: str, value: dict[str, Any], operation: str) -> Line:
    if not value.keys() <= _ENVELOPE:
        unknown = [name for name in value if name not in _ENVELOPE and not name.startswith("_")]
        if unknown:
            raise MisreadLine(_("an unknown name"), _("do, ref or item"), f"$.{unknown[0]}")
    if "item" not in value:
        raise MisreadLine(_("nothing"), _("the item"), "$.item")
    do, ref, item = value.get("do", operation), value.get("ref"), value["item"]
    if not isinstance(do, str) or not do:
        raise MisreadLine(composed("{do!r:.60}", do=do), _('an operation such as "ads.add"'), "$.do")
    if ref is not None:
        check_name(ref, "$.ref")
    return Line(number, text, do, ref, without_remarks(item) if _REMARK in text else item)


def check_name(ref: Any, path: str) -> None:
    """Checks the name of a line; raises MisreadLine if it cannot be used in a reference."""
    if not isinstance(ref, str) or not ref or ref[0] == "@" or not ref.isprintable():
        raise MisreadLine(
            composed("{ref!r:.60}", ref=ref), _("a name of printable characters that does not begin with @"), path
        )


def without_remarks(item: Any) -> Any:
    """Returns an item without the remarks of an outcome file."""
    if isinstance(item, Mapping) and any(name.startswith("_") for name in item):
        return {name: value for name, value in item.items() if not name.startswith("_")}
    return item
