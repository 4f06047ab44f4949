"""Report: a report that has been defined, and whose rows come when they are asked for."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from yadirect_soap.errors import ConfigurationError, TransportError
from yadirect_soap.protocol.reports import columns, tsv, values
from yadirect_soap.protocol.scalars import Unreadable

from . import files
from .desk import Desk, Standing
from .download import Block, Source, unreadable_report
from .order import Order
from .patience import Patience

if TYPE_CHECKING:
    import pyarrow

_T = TypeVar("_T")


@dataclass(eq=False)
class Report:
    """Iterate over it for rows as dicts: `{"Date": date(2026, 5, 1), "Clicks": 12, "Cost": 3_000_000}`.

    Values are int, Decimal, date or str by their field, and None where the report has `--`; money is micros (int) or
    currency units (Decimal) as Direct's `money` says; with Goals each is a column, `Conversions_12345_LC`.

    Nothing is asked for before the rows are, and each way of asking starts anew; a report that the service has built
    is kept there for five hours and given again.  Rows are not held: a million of them take no more memory than ten.

    All ways raise ReportNotReadyError at the deadline, ReportFailedError where the service gives up,
    ReportTooLargeError where rows may be missing, DecodeError for a report that is not whole, and what a call
    raises; where rows came before the error, they are good but not all.

    https://yandex.ru/dev/direct/doc/ru/report-format
    """

    placed: Order = field(repr=False)
    source: Source = field(repr=False)
    desk: Desk = field(repr=False)
    patience: Callable[[], Patience] = field(repr=False)
    rows: int | None = field(default=None, init=False)
    """How many rows there are, once they have all been read."""

    @property
    def name(self) -> str:
        """The ReportName, by which the service knows it: with it another process finds the same report."""
        return self.placed.name

    @property
    def definition(self) -> Mapping[str, Any]:
        """The definition as it is sent."""
        return self.placed.definition

    def order(self) -> Standing:
        """Asks for the report once and waits for nothing: it is built while this process does something else.

        The Standing tells whether it is `ready`, else in how many seconds to ask again.
        """
        return self.desk.ask(self.placed, self.patience())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for names, rows in self._rows():
            for row in rows:
                yield dict(zip(names, row, strict=True))

    def tuples(self) -> Iterator[tuple[Any, ...]]:
        """The rows as tuples, in the order of FieldNames; faster than dicts."""
        for _, rows in self._rows():
            yield from rows

    def batches(self) -> Iterator[dict[str, list[Any]]]:
        """Some thousands of rows at a time, as columns: {"Date": [...], "Clicks": [...]}; the fastest way."""
        for names, cells in self._columns():
            yield dict(zip(names, cells, strict=True))

    def to_file(self, path: str | os.PathLike[str], *, compress: bool | None = None) -> int:
        """Writes the report as the service wrote it: the line of columns, then the rows; gives how many rows.

        The title and the number of rows are left out, so that any reader of TSV takes the file.  With `compress`,
        or a name that ends in .gz, it is gzipped.  The file is there when it is whole, and not before.
        """
        target = Path(path)
        packed = target.suffix == ".gz" if compress is None else compress

        def write(blocks: Iterator[Block]) -> int:
            with files.whole(target, compress=packed) as file:
                rows = 0
                for index, block in enumerate(blocks):
                    if not index:
                        file.write(tsv.column_line(block.names).encode())
                    file.write(block.lines)
                    rows += block.lines.count(b"\n")
            return rows

        return self._written(write)

    def to_arrow(self) -> "pyarrow.Table":
        """The report as a table of pyarrow (the extra arrow); ConfigurationError where that is not installed."""
        arrow = _arrow()
        return self._written(lambda blocks: arrow.table(blocks, micros=self._micros))

    def to_parquet(self, path: str | os.PathLike[str]) -> int:
        """Writes the report as a Parquet file (the extra arrow), whole or not at all; gives how many rows."""
        arrow, target = _arrow(), Path(path)

        def write(blocks: Iterator[Block]) -> int:
            return int(arrow.write_parquet(blocks, target, micros=self._micros))

        return self._written(write)

    @property
    def _micros(self) -> bool:
        return self.placed.delivery.micros

    def _rows(self) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]]:
        for names, cells in self._columns():
            yield names, zip(*cells, strict=True)

    def _columns(self) -> Iterator[tuple[tuple[str, ...], list[list[Any]]]]:
        """The values of each block, column by column."""
        converters: tuple[values.Convert, ...] = ()
        rows = 0
        for block in self.source.blocks(self.patience()):
            names = block.names
            if not converters:
                converters = tuple(values.converter(columns.of_name(name).kind, micros=self._micros) for name in names)
            if block.lines:
                cells = self._converted(block, converters, rows)
                rows += len(cells[0])
                yield names, cells
        self.rows = rows

    def _converted(self, block: Block, converters: tuple[values.Convert, ...], before: int) -> list[list[Any]]:
        texts = self._texts(block)
        converted = []
        for name, convert, column in zip(block.names, converters, texts, strict=True):
            try:
                converted.append(convert(column))
            except Unreadable as unreadable:
                raise unreadable_report(self.name, unreadable, where=f"{name} after row {before}: ") from unreadable
        return converted

    def _texts(self, block: Block) -> list[list[str]]:
        try:
            return values.cells(block.lines, len(block.names))
        except Unreadable as unreadable:
            raise unreadable_report(self.name, unreadable) from unreadable

    def _written(self, write: Callable[[Iterator[Block]], _T]) -> _T:
        """What `write` gives for the blocks; a broken connection begins it anew, as far as the retry policy allows."""
        patience = self.patience()
        attempts = self.desk.attempts(patience)
        while True:
            try:
                return write(self.source.blocks(patience))
            except TransportError as error:
                attempts.wait_after(error)


def _arrow() -> ModuleType:
    try:
        from . import arrow  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ConfigurationError(f"pyarrow is missing ({error}): pip install 'yadirect-soap[arrow]'") from None
    return arrow
