"""Report: a report that has been defined, and whose rows come when they are asked for."""

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from yadirect_soap.atomic_files import is_stream
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.messages import Request

from ..setting_values import chosen
from . import atomic_files, text_formats
from .deadline import WaitPolicy
from .download import Block, Source
from .poller import ReportPoller, ReportStatus
from .request import ReportRequest
from .row_values import Conversion
from .text_formats import CsvDialect, FileFormat

if TYPE_CHECKING:
    import pyarrow

_T = TypeVar("_T")


class Report:
    """Iterate over it for rows as dicts: `{"Date": date(2026, 5, 1), "Clicks": 12, "Cost": 3_000_000}`.

    Values are int, Decimal, date or str by their field, and None where the report has `--`; money is micros (int) or
    currency units (Decimal) as Direct's `money` says; with Goals each is a column, `Conversions_12345_LC`.

    Nothing is asked for before the rows are, and each way of asking starts anew; a report that the service has built
    is kept there for five hours and given again.  Rows are not held: a million of them take no more memory than ten.

    All ways raise ReportNotReadyError at the deadline, ReportFailedError where the service gives up,
    ReportTooLargeError where rows may be missing, DecodeError for a report that is not whole, and what a call
    raises; where rows came before the error, they are good but not all.
    A report that is cut off in the middle is begun anew by to_file, to_arrow and to_parquet, and so is, in all ways, a
    piece of a report with `split`.  Else rows that were given one by one cannot be taken back: iterating ends with the
    error.

    https://yandex.ru/dev/direct/doc/ru/report-format
    """

    def __init__(
        self, request: ReportRequest, source: Source, poller: ReportPoller, wait_policy: Callable[[], WaitPolicy]
    ) -> None:
        self.rows: int | None = None
        """How many rows there are, once they have all been read."""
        self._request = request
        self._source = source
        self._poller = poller
        self._wait_policy = wait_policy

    @property
    def name(self) -> str:
        """The ReportName, by which the service knows it: with it another process finds the same report."""
        return self._request.name

    @property
    def definition(self) -> Mapping[str, Any]:
        """The definition as it is sent."""
        return self._request.definition

    def request(self) -> Request:
        """The request that asks for it, with address, headers and body; nothing is sent."""
        return self._request.http_request()

    def submit(self) -> ReportStatus:
        """Asks for the report once and waits for nothing: it is built while this process does something else.

        The ReportStatus tells whether it is `ready`, else in how many seconds to ask again.
        """
        return self._poller.submit(self._request, self._wait_policy())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for names, rows in self._rows():
            for row in rows:
                yield dict(zip(names, row, strict=True))

    def tuples(self) -> Iterator[tuple[Any, ...]]:
        """The rows as tuples, in the order of FieldNames, then of Goals and of AttributionModels; faster than dicts."""
        return chain.from_iterable(rows for _, rows in self._rows())

    def batches(self) -> Iterator[dict[str, list[Any]]]:
        """Some hundreds of rows at a time, as columns: {"Date": [...], "Clicks": [...]}; the fastest way."""
        for names, cells in self._columns():
            yield dict(zip(names, cells, strict=True))

    def to_file(
        self,
        path: str | os.PathLike[str],
        *,
        format: FileFormat | None = None,
        dialect: CsvDialect = "plain",
        compress: bool | None = None,
    ) -> int:
        """Writes the report into a file that is there when it is whole, and not before; gives how many rows.

        Only a pipe, a device or an open file (/dev/stdout) is written into as the rows come.

        The format is that of the name's ending (.tsv, .csv, .jsonl, also before .gz) unless `format` says another.
        "tsv", also for a name without an ending, is what the service wrote, byte for byte, without title and total,
        and with the columns in the order of the definition; "csv" has quotes where they are needed and nothing for
        what is not there; "jsonl" is an object a line.  With `compress`, or a name that ends in .gz, it is gzipped.

        `dialect` is for CSV: "plain" has commas and decimal points; "excel-ru" is for Excel with Russian settings
        (byte order mark, semicolons, decimal commas, CR LF) and "excel-en" for English ones (byte order mark, commas,
        decimal points, CR LF).  In both an apostrophe before a text that begins with = + - @, and before an integer of
        more than 15 digits, keeps Excel from running it as a formula and from rounding it.

        Raises:
            ConfigurationError: A dialect for another format than CSV, a name whose ending is of no format, or a path
                where nothing can be written.
        """
        target = Path(path)
        form = format or text_formats.format_of(target)
        packed = target.suffix.lower() == ".gz" if compress is None else compress

        def write(blocks: Iterator[Block]) -> int:
            with atomic_files.atomic_write(target, compress=packed) as file:
                return self._into(file, blocks, form, dialect)

        return self._written(write, once=is_stream(target))

    def write(self, file: BinaryIO, *, format: FileFormat = "tsv", dialect: CsvDialect = "plain") -> int:
        """Writes the report as to_file does into an open binary file, such as sys.stdout.buffer, while it comes."""
        return self._into(file, self._source.blocks(self._wait_policy()), format, dialect)

    def to_arrow(self) -> "pyarrow.Table":
        """The report as a table of pyarrow (the extra arrow); ConfigurationError where that is not installed."""
        arrow = _arrow()
        return self._written(lambda blocks: arrow.table(blocks, self.name, micros=self._micros))

    def to_parquet(self, path: str | os.PathLike[str]) -> int:
        """Writes the report as a Parquet file (the extra arrow), whole or not at all; gives how many rows."""
        arrow, target = _arrow(), Path(path)

        def write(blocks: Iterator[Block]) -> int:
            return int(arrow.write_parquet(blocks, target, self.name, micros=self._micros))

        return self._written(write, once=is_stream(target))

    def __repr__(self) -> str:
        return f"<report {self.name!r}>"

    @property
    def _micros(self) -> bool:
        return self._request.delivery.micros

    def _rows(self) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]]:
        for names, cells in self._columns():
            yield names, zip(*cells, strict=True)

    def _columns(self) -> Iterator[tuple[tuple[str, ...], list[list[Any]]]]:
        """The values of each block, column by column."""
        conversion = Conversion(self.name, micros=self._micros)
        for block in self._source.blocks(self._wait_policy()):
            if block.lines:
                yield block.names, conversion.columns(block)
        self.rows = conversion.rows

    def _into(self, file: BinaryIO, blocks: Iterator[Block], format: FileFormat, dialect: CsvDialect) -> int:
        conversion = Conversion(self.name, micros=self._micros)
        form, csv_dialect = chosen("format", format, FileFormat), chosen("dialect", dialect, CsvDialect)
        written = 0
        for piece, rows in text_formats.pieces(blocks, conversion.columns, form, csv_dialect):
            file.write(piece)
            written += rows
        self.rows = written
        return written

    def _written(self, write: Callable[[Iterator[Block]], _T], *, once: bool = False) -> _T:
        """What `write` gives for the blocks; a report that was cut off is begun anew, as far as the policy allows.

        Not where it may be done only `once`: a pipe would get the first rows twice.
        """
        wait_policy = self._wait_policy()

        def read() -> _T:
            return write(self._source.blocks(wait_policy))

        return read() if once or self._source.begins_anew else self._poller.read_again_if_cut_off(read, wait_policy)


def _arrow() -> ModuleType:
    try:
        from . import arrow  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ConfigurationError(f"pyarrow is missing ({error}): pip install 'yadirect-soap[arrow]'") from None
    return arrow
