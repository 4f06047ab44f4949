"""Converts the blocks of a report to values, column by column; an error names column and row."""

from collections.abc import Sequence
from typing import Any

from yadirect_soap.language import _
from yadirect_soap.protocol.reports import columns, values
from yadirect_soap.protocol.scalars import DecodeFailure

from .download import Block, unreadable_report


class Conversion:
    """Converts the blocks of one report in their order; `rows` counts them."""

    def __init__(self, report: str, *, micros: bool) -> None:
        self.rows = 0
        self._report = report
        self._micros = micros
        self._converters: tuple[values.Convert, ...] = ()

    def columns(self, block: Block) -> list[list[Any]]:
        """Returns the values of a block that has lines; DecodeError with column and row for a text of another kind."""
        if not self._converters:
            kinds = (columns.of_name(name).kind for name in block.names)
            self._converters = tuple(values.converter(kind, micros=self._micros) for kind in kinds)
        texts: Sequence[Any] = ()
        converted = []
        try:
            texts = values.cells(block.lines, len(block.names))
            for convert, column in zip(self._converters, texts, strict=True):
                converted.append(convert(column))
        except DecodeFailure as failure:
            where = ""
            if texts:
                where = _("{name} after row {rows}: ", name=block.names[len(converted)], rows=self.rows)
            raise unreadable_report(self._report, failure, where=where) from failure
        self.rows += len(converted[0])
        return converted
