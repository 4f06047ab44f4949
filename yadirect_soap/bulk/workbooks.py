"""Reads the first sheet of a workbook (.xlsx) as rows of texts, as a CSV file would have them.

A workbook stores a formula and, beside it, the value that the last program computed.  A program that computes nothing
writes no value; such a cell would look empty, so it becomes a `FormulaWithoutValue`, which no member accepts.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from yadirect_soap import extras
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from .input_lines import InputFile

_INEXACT_FROM = 1e15
_BLOCK = 1 << 20
_FORMULA = b"<f"
"""Begins the element of a formula in a sheet; other elements may begin with it too, which costs only time."""


class FormulaWithoutValue(str):
    """The text of a formula whose value is not in the workbook."""

    __slots__ = ()


def rows(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows of the first sheet, each with its number; ConfigurationError if the file is not a workbook."""
    with extras.needed(_("reading .xlsx"), "xlsx"):
        import openpyxl.utils.exceptions  # noqa: PLC0415  an extra
    file.read_whole()  # for its SHA-256
    try:
        book = openpyxl.load_workbook(file.path, read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(file.path, read_only=True) if _has_formulas(file.path) else None
    except (OSError, ValueError, KeyError, BadZipFile, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise ConfigurationError(
            _("{path}: found no workbook ({error}); nothing was sent", path=file.path, error=error)
        ) from None
    with closing(book):
        if formulas is None:
            yield from enumerate(([_text(cell) for cell in row] for row in _values(book)), 1)
            return
        with closing(formulas):
            pairs = zip(_cells(book), _values(formulas), strict=True)
            yield from enumerate((list(map(_computed, cells, texts)) for cells, texts in pairs), 1)


def _has_formulas(path: Path) -> bool:
    """Whether a sheet may have a formula; the sheets of most tables have none and are read once."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                with archive.open(name) as sheet:
                    end = b""
                    while block := sheet.read(_BLOCK):
                        if _FORMULA in end + block:
                            return True
                        end = block[-1:]
    return False


def _values(book: Any) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = _sheet(book).iter_rows(values_only=True)
    return rows


def _cells(book: Any) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = _sheet(book).iter_rows()
    return rows


def _sheet(book: Any) -> Any:
    sheet = book.worksheets[0]
    # The size that a sheet states may be wrong, and openpyxl would skip all rows and columns beyond it.
    sheet.reset_dimensions()
    return sheet


def _computed(cell: Any, text: object) -> str:
    """Returns the text of a cell whose formula, if it has one, is `text`."""
    # The value "" of a formula is None here too, but of the type "str".
    if cell.value is None and text is not None and cell.data_type != "str":
        return FormulaWithoutValue(text)
    return _text(cell.value)


def _text(value: object) -> str:
    """Returns the text that the value of a cell would have in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "YES" if value else "NO"
    if isinstance(value, float):
        # A workbook keeps 15 digits of a number, so that a longer id may be wrong and is no integer here.
        return str(int(value)) if value.is_integer() and abs(value) < _INEXACT_FROM else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
