"""Reads tables: CSV, or XLSX if openpyxl is installed; the header has paths (`TextAd.Title`), a row is an item.

The columns `do` and `ref` have the operation and the name of a line; columns that begin with `_` are remarks.  An empty
cell is an absent member; `null` is nil if the member may be nil.  The values of a list are separated by `;`, or the
list is JSON; an object is JSON.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import simplejson

from yadirect_soap.errors import ConfigurationError, Violation
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.model import Kind, Member

from . import workbooks
from .input_lines import InputFile, Line, MisreadLine, check_name, parse_json
from .write_operations import NotAWriteError, WriteOperation

_ENVELOPE = ("do", "ref")
_CSV = frozenset({".csv", ".tsv"})
_XLSX = ".xlsx"
_SEPARATOR = ";"
_NIL = "null"
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\s[0-9]{3})+([.,][0-9]+)?")
"""A number whose thousands are separated by spaces, as a Russian spreadsheet writes it."""
_TWO_MEANINGS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
"""A comma before three digits separates thousands in one spreadsheet and decimals in another."""
_SPREADSHEET_ERROR = re.compile(
    r"#{3,}|#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|ERROR!)|Err:[0-9]{3}"
    r"|#(Н/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ПУСТО!|ЧИСЛО!|ПЕРЕНОС!|ВЫЧИСЛ!)"
)
"""The texts that a spreadsheet shows instead of a value; `###` stands for a value that is wider than its column."""
_MAX_DIGITS = 1000
"""The longest integer that becomes an int; validation refuses those that do not fit into 64 bits."""


class RowReader(Protocol):
    """The reader of the rows: it finds operations, and records mistakes."""

    operation: str

    def write(self, key: str, /) -> WriteOperation:
        """Returns the operation with a key."""

    def misread(self, number: int, misread: MisreadLine, /) -> None:
        """Records that a row cannot be read."""

    def refuse(self, number: int, violations: list[Violation], /) -> None:
        """Records the violations of a row."""


def is_table(path: Path) -> bool:
    """Whether a file is a table, by its suffix."""
    return path.suffix.lower() in {*_CSV, _XLSX}


class Table:
    """The rows of a table.

    Args:
        file: The file.
        reader: The reader of the rows, which is the planner.

    Raises:
        ConfigurationError: The file cannot be read, or has no header.
    """

    def __init__(self, file: InputFile, reader: RowReader) -> None:
        self._reader = reader
        self._rows = workbooks.rows(file) if file.path.suffix.lower() == _XLSX else _csv_rows(file)
        number, header = next(self._rows, (0, []))
        self.columns = tuple(str(cell).strip() for cell in header)
        """The header."""
        if not any(self.columns):
            raise ConfigurationError(_("{name}: found no header, expected paths such as TextAd.Title", name=file.name))
        if len(set(self.columns)) != len(self.columns):
            twice = next(name for name in self.columns if self.columns.count(name) > 1)
            raise ConfigurationError(
                _(
                    "{name}, line {number}: found the column {twice!r:.80} twice, expected once",
                    name=file.name,
                    number=number,
                    twice=twice,
                )
            )

    def lines(self) -> Iterator[Line]:
        """Yields the rows as lines; mistakes are recorded by the reader."""
        for number, row in self._rows:
            cells = {name: cell for name, cell in zip(self.columns, row, strict=False) if cell != ""}
            try:
                self._check_columns(row)
                if cells:
                    yield self._line(number, cells)
            except MisreadLine as misread:
                self._reader.misread(number, misread)
            except NotAWriteError as error:
                self._reader.refuse(number, [Violation("do", error.found, error.expected)])

    def _check_columns(self, row: Sequence[str]) -> None:
        """Refuses values outside the named columns: they may have been moved there by mistake."""
        for number, cell in enumerate(row):
            if cell != "" and not (number < len(self.columns) and self.columns[number]):
                raise MisreadLine(
                    composed("{cell!r:.60}", cell=cell),
                    _("nothing, since the column has no name"),
                    f"column {number + 1}",
                )

    def _line(self, number: int, cells: Mapping[str, str]) -> Line:
        do, ref = cells.get("do", self._reader.operation), cells.get("ref")
        if not do:
            raise MisreadLine(_("no operation"), _("a column `do`, or the operation given for all lines"), "do")
        if ref is not None:
            check_name(ref, "ref")
        write = self._reader.write(do)
        item: dict[str, Any] = {}
        for path, text in cells.items():
            if path.startswith("_"):
                continue
            _check_computed(path, text)
            if path not in _ENVELOPE:
                _set_value(item, path, text, write)
        body = {"do": do, **({"ref": ref} if ref else {}), "item": item}
        return Line(number, simplejson.dumps(body, use_decimal=True, ensure_ascii=False), do, ref, item)


def cell_text(row: Mapping[str, Any], column: str) -> str:
    """Returns the text of a cell for a row that came from a table: the value of the row, else of its item."""
    if column in row:
        return _cell(row, [column])
    if column in _ENVELOPE or column.startswith("_"):
        return ""
    return _cell(row.get("item", {}), column.split("."))


def _check_computed(path: str, text: str) -> None:
    """Refuses what a spreadsheet has instead of a value: MisreadLine for an error, or a formula without a value."""
    if isinstance(text, workbooks.FormulaWithoutValue):
        raise MisreadLine(
            _("the formula {text!r:.60} without a value", text=str(text)),
            _("a value: open the workbook in a spreadsheet program and save it"),
            path,
        )
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise MisreadLine(
            _("{text!r:.60}, an error of the spreadsheet", text=text), _("a value, or an empty cell"), path
        )


def _set_value(item: dict[str, Any], path: str, text: str, write: WriteOperation) -> None:
    """Sets the value of a cell at its path in an item."""
    members, target = write.item.by_name, item
    *outer, last = path.split(".")
    for name in outer:
        if (member := members.get(name)) is None or member.many or member.shape.kind is not Kind.OBJECT:
            raise MisreadLine(_("an unknown path"), _("a path of members of {name}", name=write.item.name), path)
        target, members = target.setdefault(name, {}), member.shape.by_name
        if not isinstance(target, dict):
            raise MisreadLine(_("a value and members of it"), _("one of them"), path)
    if last in target:
        raise MisreadLine(_("a value and members of it"), _("one of them"), path)
    # Validation refuses an unknown name, and suggests the nearest one.
    member = members.get(last)
    target[last] = _value(text, member, path) if member is not None else text


def _value(text: str, member: Member, path: str) -> Any:
    """Converts the text of a cell to the value of a member."""
    if text == _NIL and member.nillable:
        return None
    if member.many and not text.startswith("["):
        return [_single(cell.strip(), member, path) for cell in text.split(_SEPARATOR)]
    if member.many or (member.shape.kind is Kind.OBJECT and text.startswith("{")):
        try:
            return parse_json(text)
        except ValueError as error:
            raise MisreadLine(_("text that is not JSON ({error})", error=error), "JSON", path) from None
    if member.shape.kind is Kind.OBJECT and (inner := member.shape.by_name.get("Items")) is not None:
        return {"Items": _value(text, inner, path)}
    return _single(text, member, path)


def _single(text: str, member: Member, path: str) -> Any:
    """Converts a single value; a text that should be a number but is not stays a text, which validation refuses.

    Raises:
        MisreadLine: The number has two meanings.
    """
    if member.shape.kind not in (Kind.INT, Kind.LONG, Kind.DECIMAL):
        return text
    plain = text.strip()
    if not member.many and _GROUPED.fullmatch(plain):
        plain = "".join(plain.split())
    elif _TWO_MEANINGS.fullmatch(plain):
        dotted, whole = plain.replace(",", "."), plain.replace(",", "")
        raise MisreadLine(
            composed("{plain!r}", plain=plain), _("{dotted} or {whole}", dotted=dotted, whole=whole), path
        )
    if not _NUMBER.fullmatch(plain):
        return text
    plain = plain.replace(",", ".")
    number = Decimal(plain)
    return int(plain) if plain.lstrip("+-").isdecimal() and number.adjusted() < _MAX_DIGITS else number


def _cell(value: Any, path: Sequence[str]) -> str:
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return ""
        value = value[name]
    if value is None:
        return _NIL
    return value if isinstance(value, str) else simplejson.dumps(value, use_decimal=True, ensure_ascii=False)


def _csv_rows(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows of a CSV file, whose separator (`,`, `;` or a tab) is the most frequent one in the header."""
    texts = (text for _, text in file.text_lines())
    header = next(texts, "")
    delimiter = max(",;\t", key=header.count)

    def lines() -> Iterator[str]:
        yield header
        yield from texts

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ConfigurationError(
                _(
                    "{name}, line {number}: found no CSV ({error}); nothing was sent",
                    name=file.name,
                    number=number,
                    error=error,
                )
            ) from None
        yield number, row
