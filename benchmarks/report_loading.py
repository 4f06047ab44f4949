"""Loads a report's rows into a database: the processor time of the client compared with that of reading the file."""

import tempfile
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from tests.etl import clickhouse
from yadirect_soap.etl.destination import Package, Scope
from yadirect_soap.etl.destinations.clickhouse import ClickHouseDestination
from yadirect_soap.etl.destinations.clickhouse_http import server_of
from yadirect_soap.etl.report_rows import ReportRows
from yadirect_soap.etl.statistics_file import report_tables

from .table import Goal, ResultsDiffer, Row, slower
from .timing import medians

_AT = "2026-06-10T12:00:00Z"
_DAYS = [f"2026-05-{day:02}" for day in range(1, 32)]
_FIELDS = ["Date", "CampaignId", "AdGroupId", "AdId", "Device", "Impressions", "Clicks", "Cost", "AvgCpc"]
_READING, _CPU = 2.0, 0.2
_MILLION = 1_000_000


def measure(count: int, rounds: int) -> list[Row]:
    """Measures a number of rows as Arrow, and into ClickHouse if chdb is installed."""
    with tempfile.TemporaryDirectory() as folder:
        rows = _report(Path(folder) / "report.tsv", count)
        measured = [_as_arrow(rows, rounds)]
        return [*measured, _into_clickhouse(rows, rounds)] if find_spec("chdb") else measured


def _report(path: Path, count: int) -> ReportRows:
    (table,) = report_tables({"stat": {"since": "2026-05-01", "FieldNames": _FIELDS}})
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join(_FIELDS) + "\n")
        for number in range(count):
            cpc = "--" if number % 3 else "5000000"
            file.write(
                f"{_DAYS[number % 31]}\t{700000000 + number % 10}\t{5700000000 + number % 1000}\t{17000000000 + number}"
                f"\tDESKTOP\t{number % 97}\t{number % 7}\t{number * 10000}\t{cpc}\n"
            )
    return ReportRows(
        table.schema(), path, login="shop", synced_at=_AT, columns=table.report_columns, micros=True, rows=count
    )


def _as_arrow(rows: ReportRows, rounds: int) -> Row:
    """Measures the conversion to Arrow compared with pyarrow's read_csv, which guesses types and adds no columns."""
    from pyarrow import csv

    def bare() -> int:
        table = csv.read_csv(rows.path, parse_options=csv.ParseOptions(delimiter="\t", quote_char=False))
        return int(table.num_rows)

    def ours() -> int:
        return sum(batch.num_rows for batch in rows.record_batches())

    if not ours() == bare() == rows.rows:
        raise ResultsDiffer(f"another number of rows than {rows.rows} was read")
    seconds = medians(rounds, time.process_time, ours=ours, bare=bare)
    task = f"CPU: a report of {rows.rows:,} rows as Arrow"
    return slower(task, "pyarrow's read_csv", (seconds["ours"], seconds["bare"]), _READING)


def _into_clickhouse(rows: ReportRows, rounds: int) -> Row:
    """Measures the client's processor time for a package that replaces all days."""
    days = Scope(rows.schema, {"date": frozenset(_DAYS)})
    with clickhouse.server() as address, closing(ClickHouseDestination(server_of(address))) as destination:
        destination.prepare([rows.schema])

        def load() -> None:
            destination.apply(Package("shop", rows, {}, _AT, [days]))

        seconds = medians(rounds, time.process_time, load=load)["load"]
        if sum(1 for _ in destination.rows(rows.schema, "shop", ["ad_id"])) != rows.rows:
            raise ResultsDiffer(f"ClickHouse has another number of rows than {rows.rows}")
    goal = Goal(_CPU) if rows.rows >= _MILLION else None
    return Row(f"the client's CPU: a report of {rows.rows:,} rows into ClickHouse", "-", seconds, "s", goal)
