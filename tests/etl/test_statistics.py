"""Statistics: days are replaced whole, and after any run the destination has what a new reading would give."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.etl.memory_destination import MemoryDestination
from tests.etl.statistics_account import noon_clock, read_anew, waiting_direct
from yadirect_soap import ConfigurationError, DecodeError, Direct
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.domain.statistics_corrections import correct_statistics
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.etl.report_rows import ReportRows
from yadirect_soap.etl.report_tables import ReportTable
from yadirect_soap.etl.statistics import Piece, Statistics, pieces_of
from yadirect_soap.etl.statistics_file import read_report_tables, report_tables
from yadirect_soap.protocol.reports.days import DateRange

BY_CAMPAIGN: dict[str, Any] = {
    "since": date(2026, 4, 20),
    "FieldNames": ["Date", "CampaignId", "CampaignName", "Impressions", "Clicks", "Cost"],
    "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
}
BY_CONDITION: dict[str, Any] = {
    "since": "2026-06-01",
    "FieldNames": ["Date", "CampaignId", "AdGroupId", "AdNetworkType", "CriterionId", "Criterion", "Cost", "AvgCpc"],
}


def _table(definition: dict[str, Any] = BY_CAMPAIGN, **changed: Any) -> ReportTable:
    (table,) = report_tables({"stat": definition | changed})
    return table


@pytest.fixture
def clock() -> Clock:
    """Noon of a Wednesday, until it is moved."""
    return noon_clock()


@pytest.fixture
def direct(emulator: Emulator, clock: Clock) -> Iterator[Direct]:
    """A Direct of the demo advertiser that waits by the emulator's clock: the limit of requests goes by it too."""
    with waiting_direct(emulator, clock) as direct:
        yield direct


def _run(direct: Direct, destination: MemoryDestination, *tables: ReportTable) -> Statistics:
    destination.prepare([table.schema() for table in tables])
    statistics = Statistics(direct, destination, ADVERTISER, tables)
    statistics.run()
    return statistics


def _content(destination: MemoryDestination) -> set[tuple[Any, ...]]:
    """The rows without the moment of their run."""
    return {row[:-1] for row in destination.tables["stat"].values()}


def _anew(direct: Direct, table: ReportTable) -> set[tuple[Any, ...]]:
    """What a reading of everything gives now."""
    return _content(read_anew(direct, table))


def _reports(emulator: Emulator) -> list[dict[str, Any]]:
    """The definitions that were asked for."""
    return [dict(call.params or {}) for call in emulator.calls if call.operation == "reports.get"]


# --- definitions ----------------------------------------------------------------------------------------------


def test_a_file_has_a_table_for_each_definition(tmp_path: Path) -> None:
    """The columns are login, those of the report in its order, and the time; what is no metric is the key."""
    file = tmp_path / "stat.toml"
    file.write_text(
        '[ads_by_day]\nsince = 2026-01-31\nReportType = "AD_PERFORMANCE_REPORT"\n'
        'FieldNames = ["Date", "AdId", "Clicks", "Cost", "Conversions", "AvgCpc", "Ctr"]\nGoals = [12345]\n',
        "utf-8",
    )
    (table,) = read_report_tables(file)
    assert (table.name, table.since, table.lookback) == ("ads_by_day", date(2026, 1, 31), 30)
    schema = table.schema()
    kinds = {column.name: column.kind.value for column in schema.columns}
    assert kinds == {
        "login": "text",
        "date": "date",
        "ad_id": "int",
        "clicks": "int",
        "cost": "int",
        "conversions_12345_lc": "int",
        "avg_cpc": "int",
        "ctr": "decimal",
        "_synced_at": "moment",
    }
    assert [column.name for column in schema.key] == ["login", "date", "ad_id"]
    assert table.schema("decimal").column("cost").kind.value == "decimal"


@pytest.mark.parametrize(
    ("changed", "mistake"),
    [
        ({"since": "yesterday"}, "stat.since: found 'yesterday'"),
        ({"since": datetime(2026, 1, 31, 10, tzinfo=UTC)}, "stat.since: found 2026-01-31T10:00:00+00:00, expected"),
        ({"lookback": -1}, "stat.lookback: found -1"),
        ({"FieldNames": ["CampaignId", "Clicks"]}, "found no Date"),
        ({"FieldNames": ["Date", "Clicks"]}, "found no CampaignId"),
        ({"FieldNames": ["Date", "Klicks"]}, "stat.FieldNames[1]: found 'Klicks'"),
        (
            {"ReportType": "CUSTOM_REPORT", "FieldNames": ["Date", "Criterion", "Clicks"]},
            "found Criterion without CriterionId",
        ),
        ({"Fields": ["Date"]}, "stat.Fields: unknown"),
        ({"Filters": []}, "IncludeVAT, ReportType; did you mean 'Filter'?"),
        ({"ReportName": "mine"}, "stat.ReportName: unknown"),
        ({"Filter": [{"Field": "Clicks", "Operator": "IS", "Values": ["1"]}]}, "stat.Filter[0].Operator: found 'IS'"),
        ({"Goals": [-1]}, "stat.Goals[0]: found -1, expected the id of a goal"),
        ({"Goals": [1.5]}, "stat.Goals[0]: found 1.5"),
        ({"Goals": ["all"]}, "stat.Goals[0]: found 'all'"),
    ],
    ids=[
        "since",
        "a moment",
        "lookback",
        "no days",
        "hidden groups",
        "a field",
        "names of several",
        "a member",
        "a member nearly",
        "a name",
        "a filter",
        "a negative goal",
        "half a goal",
        "a goal by name",
    ],
)
def test_a_definition_with_a_mistake_is_refused(changed: dict[str, Any], mistake: str) -> None:
    """What the service would refuse, and what would lose rows, is told with its place before anything is asked."""
    with pytest.raises(ConfigurationError) as raised:
        _table(**changed)
    assert mistake in str(raised.value)


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b"", "stat.toml: 1 wrong\n  found no table"),
        (b'[stat]\nFieldNames = ["Date", "Clicks"]\n', "stat.since: found nothing, expected a day"),
        (b"[stat]\nsince = 2026-01-01\n", "stat.FieldNames: found nothing"),
        (b"[stat]\n[stat]\n", "stat.toml is no TOML: Cannot declare ('stat',) twice (at line 2"),
        (b"since = 2026-01-01\n", "since: found 2026-01-01, expected a table such as [since]"),
        (b"[[stat]]\n", "stat: found a list, expected a table such as [stat]"),
        (b"# \xee\xf2\xf7\xb8\xf2\n", "stat.toml is not in UTF-8"),
    ],
    ids=["empty", "no since", "no fields", "twice", "no table", "a list", "another encoding"],
)
def test_a_file_with_a_mistake_is_refused(tmp_path: Path, content: bytes, mistake: str) -> None:
    """The error names the file, and the table and the member or the line."""
    file = tmp_path / "stat.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as raised:
        read_report_tables(file)
    assert mistake in str(raised.value)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    file = tmp_path / "stat.toml"
    file.write_bytes('\ufeff[stat]\nsince = 2026-01-01\nFieldNames = ["Date", "Clicks"]\n'.encode())
    assert read_report_tables(file)[0].name == "stat"


def test_a_table_has_a_name_of_its_own() -> None:
    """A table of objects cannot be filled from a report, nor one whose name a database would not take."""
    for name in ("campaigns", "By day"):
        with pytest.raises(ConfigurationError, match="expected Latin letters"):
            report_tables({name: BY_CAMPAIGN})


# --- days -----------------------------------------------------------------------------------------------------

TODAY = date(2026, 6, 10)


def _piece(first: str, last: str, *campaigns: int) -> Piece:
    return Piece(DateRange(date.fromisoformat(first), date.fromisoformat(last)), campaigns)


@pytest.mark.parametrize(
    ("state", "borders", "lookback", "pieces"),
    [
        (
            (None, None),
            {},
            0,
            [
                _piece("2026-04-20", "2026-04-30"),
                _piece("2026-05-01", "2026-05-31"),
                _piece("2026-06-01", "2026-06-09"),
            ],
        ),
        ((date(2026, 5, 31), None), {}, 0, [_piece("2026-06-01", "2026-06-09")]),
        ((date(2026, 6, 8), date(2026, 6, 9)), {}, 0, [_piece("2026-06-06", "2026-06-09")]),
        ((date(2026, 6, 8), date(2026, 6, 9)), {1: date(2026, 6, 3)}, 0, [_piece("2026-06-03", "2026-06-09")]),
        ((date(2026, 6, 8), date(2026, 6, 9)), {}, 9, [_piece("2026-06-01", "2026-06-09")]),
        (
            (date(2026, 6, 8), date(2026, 6, 9)),
            {7: date(2026, 4, 25), 8: date(2026, 4, 28), 9: date(2026, 6, 5)},
            0,
            [
                _piece("2026-04-25", "2026-04-30", 7, 8),
                _piece("2026-05-01", "2026-05-31", 7, 8),
                _piece("2026-06-01", "2026-06-04", 7, 8),
                _piece("2026-06-05", "2026-06-09"),
            ],
        ),
        (
            (date(2026, 6, 8), date(2026, 6, 9)),
            {7: date(2026, 5, 11)},
            0,
            [_piece("2026-05-11", "2026-05-31"), _piece("2026-06-01", "2026-06-09")],
        ),
        (
            (date(2026, 6, 8), date(2026, 6, 9)),
            {7: date(2026, 5, 10)},
            0,
            [
                _piece("2026-05-10", "2026-05-31", 7),
                _piece("2026-06-01", "2026-06-05", 7),
                _piece("2026-06-06", "2026-06-09"),
            ],
        ),
        ((date(2026, 6, 8), date(2026, 6, 9)), {1: date(2026, 6, 3)}, 400, None),
        ((date(2026, 6, 8), date(2026, 6, 9)), {}, 10**12, None),
    ],
    ids=[
        "first",
        "gone on with",
        "settling",
        "a border",
        "lookback",
        "old borders",
        "a border 30 days ago",
        "a border 31 days ago",
        "not before since",
        "a lookback beyond all days",
    ],
)
def test_the_days_of_a_run(
    state: tuple[date | None, date | None], borders: dict[int, date], lookback: int, pieces: list[Piece] | None
) -> None:
    """A run replaces what is new, what settles, what Changes names, and the lookback; old changes by campaign."""
    found = pieces_of(_table(lookback=lookback), after=state[0], since=state[1], today=TODAY, borders=borders)
    if pieces is None:
        assert found[0].days.first == date(2026, 4, 20)
    else:
        assert found == pieces


@pytest.mark.parametrize(
    ("definition", "first"),
    [
        (BY_CAMPAIGN, date(2023, 6, 1)),
        (
            {"FieldNames": ["Date", "AdGroupId", "Query", "Clicks"], "ReportType": "SEARCH_QUERY_PERFORMANCE_REPORT"},
            date(2025, 12, 12),
        ),
    ],
    ids=["three years", "search queries"],
)
def test_days_that_the_service_no_longer_has_are_not_asked_for(definition: dict[str, Any], first: date) -> None:
    """Statistics reach back three years, search queries 180 days, whatever `since`, lookback and borders say."""
    table = _table(definition, since="2020-01-01", lookback=10_000)
    for after, since in ((None, None), (date(2026, 6, 8), date(2026, 6, 9))):
        pieces = pieces_of(table, after=after, since=since, today=TODAY, borders={7: date(2021, 1, 1)})
        assert pieces[0].days.first == first


def test_old_changes_are_read_whole_where_rows_tell_no_campaign() -> None:
    """Without a column of campaigns, or with a filter of its own by them, all of the days are replaced."""
    no_campaign = {"since": "2026-04-20", "FieldNames": ["Date", "Clicks"]}
    filtered = BY_CAMPAIGN | {"Filter": [{"Field": "CampaignId", "Operator": "IN", "Values": ["7"]}]}
    for definition in (no_campaign, filtered):
        borders = {7: date(2026, 4, 25)}
        pieces = pieces_of(
            _table(definition), after=date(2026, 6, 8), since=date(2026, 6, 9), today=TODAY, borders=borders
        )
        assert pieces[0] == _piece("2026-04-25", "2026-04-30")


# --- runs -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("definition", [BY_CAMPAIGN, BY_CONDITION], ids=["campaigns", "conditions"])
def test_the_destination_has_what_a_new_reading_gives(
    direct: Direct, emulator: Emulator, clock: Clock, definition: dict[str, Any]
) -> None:
    """After days that pass, corrections of recent days and of old ones, and hours without a run."""
    table, destination = _table(definition), MemoryDestination()
    campaigns = [int(row.id) for row in emulator.store.rows("campaigns", ADVERTISER)]
    steps: list[Callable[[], None]] = [
        lambda: None,
        lambda: clock.advance(hours=5),
        lambda: clock.advance(days=1),
        lambda: correct_statistics(emulator.store, campaigns[0], from_day="2026-06-04", at=clock()),
        lambda: clock.advance(days=4),
        lambda: correct_statistics(emulator.store, campaigns[1], from_day="2026-04-22", at=clock()),
        lambda: clock.advance(minutes=1),
    ]
    for step in steps:
        step()
        _run(direct, destination, table)
        assert _content(destination) == _anew(direct, table)
    assert len(_content(destination)) > 100


def test_an_old_correction_is_read_for_its_campaign_alone(direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """The report of a campaign that was corrected long ago is filtered, and other campaigns' rows stay."""
    table, destination = _table(), MemoryDestination()
    _run(direct, destination, table)
    campaign = int(next(iter(emulator.store.rows("campaigns", ADVERTISER))).id)
    clock.advance(hours=1)
    correct_statistics(emulator.store, campaign, from_day="2026-05-02", at=clock())
    emulator.calls.clear()
    _run(direct, destination, table)
    asked = [definition["SelectionCriteria"] for definition in _reports(emulator)]
    by_campaign = [{"Field": "CampaignId", "Operator": "IN", "Values": [str(campaign)]}]
    assert [(one["DateFrom"], one["DateTo"], one.get("Filter")) for one in asked] == [
        ("2026-05-02", "2026-05-31", by_campaign),
        ("2026-06-01", "2026-06-06", by_campaign),
        ("2026-06-07", "2026-06-09", None),
    ]


def test_a_first_run_goes_on_where_it_was_stopped(direct: Direct, emulator: Emulator) -> None:
    """Months that are there already are not asked for again, and the rest comes."""
    table, destination = _table(), MemoryDestination()
    destination.fail_after = 2
    with pytest.raises(InterruptedError):
        _run(direct, destination, table)
    destination.fail_after = None
    emulator.calls.clear()
    _run(direct, destination, table)
    assert [report["SelectionCriteria"]["DateFrom"] for report in _reports(emulator)][:2] == [
        "2026-05-01",
        "2026-06-01",
    ]
    assert _content(destination) == _anew(direct, table)


def test_what_was_corrected_during_a_stopped_run_is_read_afterwards(
    direct: Direct, emulator: Emulator, clock: Clock
) -> None:
    """A month that was read before the stop is read again where it was corrected since."""
    table, destination = _table(), MemoryDestination()
    destination.fail_after = 2
    with pytest.raises(InterruptedError):
        _run(direct, destination, table)
    clock.advance(days=2)
    campaign = int(next(iter(emulator.store.rows("campaigns", ADVERTISER))).id)
    correct_statistics(emulator.store, campaign, from_day="2026-04-21", at=clock())
    destination.fail_after = None
    _run(direct, destination, table)
    assert _content(destination) == _anew(direct, table)


def test_a_repeated_run_asks_for_the_same_report_and_a_later_one_does_not(
    direct: Direct, emulator: Emulator, clock: Clock
) -> None:
    """The name of a report is that of its run: what was built before a stop is found, and nothing stale is."""
    table, destination = _table(since="2026-06-01"), MemoryDestination()
    destination.fail_after = 1
    for _ in range(2):
        with pytest.raises(InterruptedError):
            _run(direct, destination, table)
        clock.advance(hours=1)
    destination.fail_after = None
    _run(direct, destination, table)
    names = [report["ReportName"] for report in _reports(emulator)]
    assert names[0] == names[1] == names[2]
    assert names[3] not in names[:3]


def test_a_digest_is_the_same_in_each_version() -> None:
    """Another one would build reports anew that are ready, and read all days of a table again."""
    assert _table().digest("micros", ("a", "b")) == "fb6512d4f62138d3"


def test_what_is_not_there_is_empty_in_the_key_and_null_elsewhere(direct: Direct) -> None:
    """A column of the key holds 0 or "" where the report has --, and a metric holds null."""
    table, destination = _table(BY_CONDITION), MemoryDestination()
    _run(direct, destination, table)
    schema = table.schema()
    columns = {name: [row[schema.index(name)] for row in destination.tables["stat"].values()] for name in schema.names}
    assert 0 in columns["criterion_id"]
    assert "" in columns["criterion"]
    assert all(None not in columns[column.name] for column in schema.key)
    assert None in columns["avg_cpc"]


def test_another_report_under_the_same_name_is_read_from_the_start(direct: Direct, emulator: Emulator) -> None:
    """Where fields, filters or the first day change, all days are replaced."""
    destination = MemoryDestination()
    _run(direct, destination, _table())
    emulator.calls.clear()
    changed = _table(since="2026-04-10")
    _run(direct, destination, changed)
    assert _reports(emulator)[0]["SelectionCriteria"]["DateFrom"] == "2026-04-10"
    assert _content(destination) == _anew(direct, changed)


def _report_rows(folder: Path, *lines: str, fields: Sequence[str] = ("Date", "CampaignId", "Cost")) -> ReportRows:
    table = _table(FieldNames=list(fields))
    path = folder / "report.tsv"
    path.write_text("".join(f"{line}\n" for line in ("\t".join(fields), *lines)), "utf-8")
    return ReportRows(
        table.schema(),
        path,
        login="shop",
        synced_at="2026-06-10T12:00:00Z",
        columns=table.report_columns,
        micros=True,
        rows=len(lines),
    )


def test_the_rows_of_a_report_are_a_sequence_of_batches(tmp_path: Path) -> None:
    """A destination may go through them again, count them, and take one by its number."""
    rows = _report_rows(tmp_path, *(f"2026-06-01\t{number}\t5" for number in range(25_000)))
    assert [len(batch.rows) for batch in rows] == [10_000, 10_000, 5_000]
    assert len(rows) == 3
    assert rows[1].rows[0] == ("shop", "2026-06-01", 10_000, 5, "2026-06-10T12:00:00Z")
    assert rows[-1].rows[-1][2] == 24_999
    assert [len(batch.rows) for batch in rows[1:]] == [10_000, 5_000]
    assert rows[0].arrow().num_rows == 10_000


def test_pyarrow_reads_the_rows_that_python_makes(tmp_path: Path) -> None:
    """Nulls in the key and elsewhere, quotes, Cyrillic and amounts are the same either way."""
    lines = [
        '2026-06-01\t7\t"quoted\t5\t12.34\t--',
        "2026-06-01\t--\t--\t--\t--\t0",
        "2026-06-02\t9007199254740993\tслон \\N 'x'\t-1\t0.05\t3",
    ]
    rows = _report_rows(tmp_path, *lines, fields=["Date", "CampaignId", "CampaignName", "Cost", "Ctr", "Clicks"])
    read = [row for batch in rows.record_batches() for row in batch.to_pylist()]
    made = [row for batch in rows for row in batch.arrow().to_pylist()]
    assert read == made
    assert [row["campaign_name"] for row in read] == ['"quoted', "", "слон \\N 'x'"]
    assert next(rows.record_batches()).schema == rows[0].arrow().schema
    assert list(_report_rows(tmp_path).record_batches()) == []


def test_a_value_that_does_not_fit_is_told_with_its_column(tmp_path: Path) -> None:
    """A text in a column of numbers is no zero: it stops the run."""
    rows = _report_rows(tmp_path, "2026-06-01\t7\tmuch")
    with pytest.raises(DecodeError, match="report for stat, column Cost"):
        list(rows)
    with pytest.raises(DecodeError, match="report for stat, column Cost"):
        list(rows.record_batches())
