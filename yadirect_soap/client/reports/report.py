"""Report: a defined report, whose rows are requested when they are read."""

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from yadirect_soap import extras
from yadirect_soap.atomic_files import is_stream
from yadirect_soap.booleans import checked_boolean
from yadirect_soap.csv_dialects import CsvDialect
from yadirect_soap.language import _
from yadirect_soap.protocol.messages import Request

from ..data_frames import data_frame
from ..setting_values import check_choice
from . import atomic_files, text_formats
from .deadline import WaitPolicy
from .download import Block, Source
from .poller import ReportPoller, ReportStatus
from .request import ReportRequest
from .row_values import Conversion
from .text_formats import FileFormat

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from yadirect_soap.types.reports import ReportRow

_T = TypeVar("_T")


class Report:
    """A report; iterating over it yields rows as dicts: `{"Date": date(2026, 5, 1), "Clicks": 12}`.

    Values are int, Decimal, date or str by their field, and None where the report has `--`. Money is micros (int), or
    currency units (Decimal) with the setting money="decimal". With Goals each goal is a column, `Conversions_12345_LC`.

    Nothing is requested before the rows are read, and each way of reading starts again; the service keeps a finished
    report for five hours and returns it again. Rows are not kept in memory: a million of them take no more than ten.

    All ways of reading raise ReportNotReadyError at the deadline, ReportFailedError if the service gives up,
    ReportTooLargeError if rows may be missing, DecodeError if the report is incomplete, and what a call raises. Rows
    that came before the error are correct, but not all.

    If the connection breaks, to_file, to_arrow, to_pandas and to_parquet read the report again, and with `split` all
    ways read the piece again. Otherwise the iteration ends with the error, because rows that were already yielded
    cannot be taken back.

    https://yandex.ru/dev/direct/doc/ru/report-format

    Args:
        request: the checked request.
        source: where the rows come from.
        poller: sends the requests.
        wait_policy: creates the deadline of each reading.

    Attributes:
        rows: how many rows the report has; None until all of them have been read.
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
        """The ReportName; another process finds the same report under it."""
        return self._request.name

    @property
    def definition(self) -> Mapping[str, Any]:
        """The definition as it is sent."""
        return self._request.definition

    def request(self) -> Request:
        """Returns the HTTP request for the report, with address, headers and body; nothing is sent."""
        return self._request.http_request()

    def submit(self) -> ReportStatus:
        """Requests the report once without waiting, so that the service builds it meanwhile.

        Returns:
            A ReportStatus: whether the report is `ready`, and if not, after how many seconds to ask again.
        """
        return self._poller.submit(self._request, self._wait_policy())

    def __iter__(self) -> "Iterator[ReportRow]":
        for names, rows in self._rows():
            for row in rows:
                yield cast("ReportRow", dict(zip(names, row, strict=True)))

    def tuples(self) -> Iterator[tuple[Any, ...]]:
        """Yields rows as tuples, in the order of FieldNames, Goals and AttributionModels; faster than dicts."""
        return chain.from_iterable(rows for _, rows in self._rows())

    def batches(self) -> Iterator[dict[str, list[Any]]]:
        """Yields some hundreds of rows at a time, as columns: {"Date": [...], "Clicks": [...]}; the fastest way."""
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
        """Writes the report to a file that appears when it is complete.

        Only a pipe, a device or an open file (/dev/stdout) is written into as the rows arrive.

        Args:
            path: the file.
            format: "tsv", "csv" or "jsonl"; None takes it from the ending of the name (.tsv, .csv, .jsonl, also before
                .gz), or "tsv" for a name without an ending. "tsv" is what the service wrote, byte for byte, without
                title and total, with the columns in the order of the definition; "csv" quotes where needed and leaves
                `--` empty; "jsonl" is one object per line.
            dialect: of CSV: "plain" has commas and decimal points; "excel-ru" is for Excel with Russian settings (byte
                order mark, semicolons, decimal commas, CR LF), "excel-en" for Excel with English ones (byte order mark,
                commas, decimal points, CR LF). Both put an apostrophe before a text that begins with = + - @, and
                before an integer of more than 15 digits, so that Excel neither runs it as a formula nor rounds it.
            compress: whether to gzip the file; None does so for names that end in .gz.

        Returns:
            How many rows were written.

        Raises:
            ConfigurationError: a dialect for another format than CSV, a name whose ending belongs to no format, a path
                that cannot be written, or a `compress` that is neither True, False nor None.
        """
        target = Path(path)
        form = format or text_formats.format_of(target)
        packed = target.suffix.lower() == ".gz" if compress is None else checked_boolean("compress", compress)

        def write(blocks: Iterator[Block]) -> int:
            with atomic_files.atomic_write(target, compress=packed) as file:
                return self._into(file, blocks, form, dialect)

        return self._written(write, once=is_stream(target))

    def write(self, file: BinaryIO, *, format: FileFormat = "tsv", dialect: CsvDialect = "plain") -> int:
        """Writes the report to an open binary file, such as sys.stdout.buffer, as its rows arrive.

        Args:
            file: the open file.
            format: as for to_file().
            dialect: as for to_file().

        Returns:
            How many rows were written.
        """
        return self._into(file, self._source.blocks(self._wait_policy()), format, dialect)

    def to_arrow(self) -> "pyarrow.Table":
        """Reads the report into a pyarrow table (the extra "arrow"); ConfigurationError if pyarrow is missing."""
        arrow = _arrow()
        return self._written(lambda blocks: arrow.table(blocks, self.name, micros=self._micros))

    def to_pandas(self) -> "pandas.DataFrame":
        """Reads the report into a DataFrame (the extra "pandas"), with the columns of to_arrow().

        Columns keep the types of pyarrow (pandas.ArrowDtype).

        Returns:
            The DataFrame.

        Raises:
            ConfigurationError: pandas or pyarrow is not installed.
        """
        return data_frame(self.to_arrow)

    def to_parquet(self, path: str | os.PathLike[str]) -> int:
        """Writes the report to a Parquet file (the extra "arrow") that appears when it is complete.

        Args:
            path: the file.

        Returns:
            How many rows were written.

        Raises:
            ConfigurationError: pyarrow is not installed.
        """
        arrow, target = _arrow(), Path(path)

        def write(blocks: Iterator[Block]) -> int:
            return int(arrow.write_parquet(blocks, target, self.name, micros=self._micros))

        return self._written(write, once=is_stream(target))

    def __repr__(self) -> str:
        return f"<report {self.name!r}>"

    def _repr_html_(self) -> str:
        """Returns the definition as a table, for notebooks; nothing is requested."""
        from yadirect_soap.html_table import table  # noqa: PLC0415  only a notebook needs it

        read = "its rows are requested when they are read" if self.rows is None else f"{self.rows:,} rows were read"
        return table(f"report {self.name}: {read}", ["member", "value"], list(self.definition.items()))

    @property
    def _micros(self) -> bool:
        return self._request.delivery.micros

    def _rows(self) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]]:
        for names, cells in self._columns():
            yield names, zip(*cells, strict=True)

    def _columns(self) -> Iterator[tuple[tuple[str, ...], list[list[Any]]]]:
        """Yields the values of each block, column by column."""
        conversion = Conversion(self.name, micros=self._micros)
        for block in self._source.blocks(self._wait_policy()):
            if block.lines:
                yield block.names, conversion.columns(block)
        self.rows = conversion.rows

    def _into(self, file: BinaryIO, blocks: Iterator[Block], format: FileFormat, dialect: CsvDialect) -> int:
        conversion = Conversion(self.name, micros=self._micros)
        form, csv_dialect = check_choice("format", format, FileFormat), check_choice("dialect", dialect, CsvDialect)
        written = 0
        for piece, rows in text_formats.pieces(blocks, conversion.columns, form, csv_dialect):
            file.write(piece)
            written += rows
        self.rows = written
        return written

    def _written(self, write: Callable[[Iterator[Block]], _T], *, once: bool = False) -> _T:
        """Calls `write` with the blocks; a report that was cut off is read again, as the retry policy allows.

        Not with `once`: a pipe would receive the first rows twice.
        """
        wait_policy = self._wait_policy()

        def read() -> _T:
            return write(self._source.blocks(wait_policy))

        return read() if once or self._source.begins_anew else self._poller.read_again_if_cut_off(read, wait_policy)


def _arrow() -> ModuleType:
    with extras.needed(_("a report as Arrow or Parquet"), "arrow"):
        from . import arrow  # noqa: PLC0415  an extra
    return arrow
