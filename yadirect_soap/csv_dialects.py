"""Dialects of CSV, the same in every command: for programs, and for Excel with Russian or English settings."""

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

CsvDialect = Literal["plain", "excel-en", "excel-ru"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these Excel takes a text for a formula: keywords begin with minus and plus, queries and names come from
strangers too.  https://owasp.org/www-community/attacks/CSV_Injection"""
_EXCEL_DIGITS = 15
"""Digits of a number that Excel keeps; it replaces the others by zeros."""


class CsvFormat(NamedTuple):
    """How CSV is written; for Excel, texts that look like formulas and long numbers are protected."""

    delimiter: str = ","
    line_end: str = "\n"
    decimal_mark: str = "."
    for_excel: bool = False

    def head(self, names: Sequence[str]) -> bytes:
        """Returns the line of names, after the mark by which Excel knows UTF-8."""
        return (codecs.BOM_UTF8 if self.for_excel else b"") + self.lines([names])

    def lines(self, rows: Iterable[Sequence[Any]]) -> bytes:
        """Lines of values, with quotes where they are needed."""
        values = list(rows)
        text = io.StringIO()
        self._writer(text, self.line_end).writerows(values)
        content = text.getvalue()
        if self.line_end == "\n" and "\r" in content:
            # Before Python 3.13 a return is seen to need quotes only where lines end with one.
            lines = _Lines()
            self._writer(lines, "\r\n").writerows(values)
            content = "".join(f"{line[:-2]}\n" for line in lines)
        return content.encode()

    def cell(self, value: Any) -> Any:
        """Returns a value that its reader leaves as it is: for Excel, formulas and big numbers get an apostrophe."""
        if isinstance(value, Decimal):
            return format(value, "f").replace(".", self.decimal_mark)
        if not self.for_excel:
            return value
        if isinstance(value, int):
            return value if len(str(abs(value))) <= _EXCEL_DIGITS else f"'{value}"
        return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value

    def _writer(self, file: Any, line_end: str) -> Any:
        return csv.writer(file, delimiter=self.delimiter, lineterminator=line_end)


class _Lines(list[str]):
    """A file for csv.writer that stores each line as one item."""

    write = list.append


CSV_FORMATS: Mapping[CsvDialect, CsvFormat] = MappingProxyType(
    {
        "plain": CsvFormat(),
        "excel-en": CsvFormat(line_end="\r\n", for_excel=True),
        "excel-ru": CsvFormat(";", "\r\n", ",", for_excel=True),
    }
)
