"""Writes and reads the lines of a report: a title, the names of the columns, the rows, the number of rows.

Cells are separated by tabs and lines by \\n; quotes have no meaning, and -- is an absent value.
https://yandex.ru/dev/direct/doc/ru/report-format
"""

import codecs
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from yadirect_soap.language import _, composed

from ..scalars import DecodeFailure

NONE = "--"

_TOTAL = re.compile(rb"Total rows: ([0-9]{1,18})\r?")
_DAYS = re.compile(r"\(([0-9]{4}-[0-9]{2}-[0-9]{2}) - ([0-9]{4}-[0-9]{2}-[0-9]{2})\)\"?$")
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
_NOT_LAYOUT = bytes({*range(256)} - {0x09, 0x0A})
_LONGEST = 1 << 20
"""The number of bytes that a line may have, and all lines before the rows together."""


def title_line(name: str, first: date, last: date) -> str:
    """Returns the first line: the name and the dates of the report."""
    return f'"{name.translate(_BREAKS)} ({first.isoformat()} - {last.isoformat()})"\n'


def column_line(names: Sequence[str]) -> str:
    """Returns the line with the names of the columns."""
    return "\t".join(names) + "\n"


def row_line(values: Iterable[str | int | Decimal | date | None]) -> str:
    """Returns the line of a row; a tab or a line end inside a text becomes a space, because there is no quoting."""
    return "\t".join(map(cell, values)) + "\n"


def total_line(rows: int) -> str:
    """Returns the last line: the number of rows."""
    return f"Total rows: {rows}\n"


def reordered(block: bytes, positions: Sequence[int]) -> bytes:
    """Returns the lines of a block with their cells in the order of these positions."""
    lines = block.replace(b"\r\n", b"\n").split(b"\n")
    lines.pop()
    rows = (line.split(b"\t") for line in lines)
    return b"".join(b"\t".join([row[position] for position in positions]) + b"\n" for row in rows)


def cell(value: str | int | Decimal | date | None) -> str:
    """Returns the text of one value."""
    if value is None:
        return NONE
    if isinstance(value, str):
        return value.translate(_BREAKS)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


class Truncated(DecodeFailure):
    """A report that ends before its last line: the connection was closed too early."""


class Layout:
    """Reads the lines of a report as its bytes arrive, without keeping them; converts nothing.

    `title` and `names` are known after the first block, `total` after all.  `check` is called with the names before any
    row is read, and may raise.
    """

    def __init__(self, fields: Collection[str], check: Callable[[tuple[str, ...]], None] = lambda names: None) -> None:
        self.title = ""
        self.names: tuple[str, ...] = ()
        self.rows = 0
        self.total: int | None = None
        self._fields = frozenset(fields)
        self._head_lines = 0
        self._check = check

    def blocks(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yields the rows in blocks of whole lines, each with as many cells as there are columns.

        Raises:
            DecodeFailure: the report ends early, has another number of rows than its last line says, or a row of
                another number of cells; blocks before that place may have been yielded.
        """
        source = iter(pieces)
        begun = [self._head(source)]
        length = len(begun[0])
        for piece in source:
            begun.append(piece)
            length += len(piece)
            if b"\n" in piece:
                lines = b"".join(begun)
                # The last whole line may be the report's last, which is no row.
                last = lines.rfind(b"\n", 0, lines.rfind(b"\n")) + 1
                if last:
                    yield self._checked(lines[:last])
                begun = [lines[last:]]
                length = len(begun[0])
            if length > 2 * _LONGEST:
                raise DecodeFailure(
                    _("a row of more than {longest} bytes after {rows} rows", longest=_LONGEST, rows=self.rows),
                    _("a shorter one"),
                )
        yield from self._end(b"".join(begun))

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day in the title; None if it has none."""
        match = _DAYS.search(self.title)
        try:
            return (date.fromisoformat(match[1]), date.fromisoformat(match[2])) if match else None
        except ValueError:
            return None

    def _head(self, source: Iterator[bytes]) -> bytes:
        """Reads up to the end of the line of columns, and returns the bytes after it."""
        begun: list[bytes] = []
        length = 0
        for piece in source:
            begun.append(piece)
            length += len(piece)
            if b"\n" in piece:
                text = b"".join(begun)
                begun = [text[self._head_end(text) :]]
                if self.names:
                    return begun[0]
            if length > _LONGEST:
                break
        text = self._without_mark(b"".join(begun))
        fields = ", ".join(sorted(self._fields))
        is_page = (self.title.encode() or text).startswith(b"<")
        kind = DecodeFailure if length > _LONGEST or is_page else Truncated
        raise kind(f"{text[:60]!r}", _("a line with the names of the columns: {fields:.200}", fields=fields))

    def _head_end(self, text: bytes) -> int:
        """Reads the complete lines of a text up to the names of the columns; returns the index after them."""
        start = 0
        while not self.names and (end := text.find(b"\n", start)) >= 0:
            line = self._without_mark(text[start:end])
            self._head_lines += 1
            if self._is_columns(line):
                self.names = tuple(line.decode("utf-8", "replace").rstrip("\r").split("\t"))
                self._check(self.names)
            else:
                self.title = self.title or line.decode("utf-8", "replace").strip()
            start = end + 1
        return start

    def _without_mark(self, text: bytes) -> bytes:
        """Returns a text without the byte order mark, if it begins with one."""
        return text if self._head_lines else text.removeprefix(codecs.BOM_UTF8)

    def _is_columns(self, line: bytes) -> bool:
        """Whether a line has the names of the columns.

        The title has no tabs, unless the quoted name of the report has some; other lines before are blank.
        """
        text = line.decode("utf-8", "replace").rstrip("\r")
        first = text.partition("\t")[0]
        if first in self._fields or first.partition("_")[0] in self._fields:
            return True
        return "\t" in text and not text.startswith('"')

    def _end(self, remainder: bytes) -> Iterator[bytes]:
        lines = remainder.split(b"\n")
        if lines and not lines[-1]:
            lines.pop()
        match = _TOTAL.fullmatch(lines[-1]) if lines else None
        if match is None:
            excerpt = lines[-1][:60] if lines else b""
            raise Truncated(
                _("the end at {excerpt!r} after {rows} rows", excerpt=excerpt, rows=self.rows),
                _("a last line `Total rows: ...`"),
            )
        rows = b"".join(line + b"\n" for line in lines[:-1])
        if rows:
            yield self._checked(rows)
        self.total = int(match[1])
        if self.total != self.rows:
            raise DecodeFailure(
                _("{rows} rows", rows=self.rows), _("{total}, as the report's last line says", total=self.total)
            )

    def _checked(self, block: bytes) -> bytes:
        """Checks a block: UTF-8, and as many cells in every line as there are columns."""
        _refuse_other_encodings(block, self.rows)
        tabs = len(self.names) - 1
        layout = block.translate(None, _NOT_LAYOUT)
        rows = len(layout) // (tabs + 1)
        if layout != (b"\t" * tabs + b"\n") * rows:
            lines = block.split(b"\n")
            index = next(index for index, line in enumerate(lines) if line.count(b"\t") != tabs)
            cells = lines[index].count(b"\t") + 1
            row = self.rows + index + 1
            raise DecodeFailure(
                _(
                    "{cells} cells in row {row} (line {head_lines})",
                    cells=cells,
                    row=row,
                    head_lines=self._head_lines + row,
                ),
                composed("{tabs}", tabs=tabs + 1),
            )
        self.rows += rows
        return block


def _refuse_other_encodings(block: bytes, rows: int) -> None:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        row = rows + 1 + block.count(b"\n", 0, error.start)
        raise DecodeFailure(
            _("bytes that are not UTF-8 in row {row} ({reason})", row=row, reason=error.reason), "UTF-8"
        ) from None
