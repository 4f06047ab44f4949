"""Statistics of one login: computes the days that a run must replace, and reads their reports.

The API corrects figures later, so whole days are replaced: those since the last run, the three days in which figures
settle, those of the table's lookback, and those that Changes reports (BorderDate).  If a correction is older than
thirty days, only its campaigns are read again.  https://yandex.ru/dev/direct/doc/en/changes/check
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.dates import MOSCOW
from yadirect_soap.protocol.reports import facts as report_facts
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.temporary_folders import temporary_folder

from .destination import Destination, Package, Scope
from .login_sync import Progress
from .report_rows import ReportRows
from .report_tables import CAMPAIGN_COLUMN, DATE_COLUMN, ReportTable
from .spent_units import SpentUnits
from .sync_state import SyncState, TableState, answers_of

if TYPE_CHECKING:
    from yadirect_soap import Direct

SETTLING_DAYS = 3
"""The number of days in which figures usually settle.  https://yandex.ru/dev/direct/doc/ru/auto"""
OLD_DAYS = 30
"""The number of days after which a correction is read for its campaigns only."""


class Piece(NamedTuple):
    """Days whose rows are replaced together, for all campaigns or for some."""

    days: DateRange
    campaigns: tuple[int, ...] = ()


class Statistics:
    """Brings tables of statistics up to date for one login.

    Args:
        direct: The client for the account.
        destination: The destination.
        login: The canonical login, as in the rows.
        tables: The tables.
        units: The counter of units for its calls; reports cost none.
        on_progress: A function that is called after each piece.
    """

    def __init__(
        self,
        direct: "Direct",
        destination: Destination,
        login: str,
        tables: Sequence[ReportTable],
        *,
        units: SpentUnits | None = None,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
    ) -> None:
        self._direct, self._destination, self._login, self._tables = direct, destination, login, tables
        self._units = units or SpentUnits()
        self._on_progress = on_progress
        self._money = direct.settings.money
        self.written: dict[str, int] = {}
        """The number of rows that were written, by table."""

    def run(self) -> None:
        """Replaces the days of each table that may have changed; an interrupted run is finished first.

        Raises:
            DirectError: A call or a report fails; the pieces before it are committed.
            ConfigurationError: The destination's state is of a newer version.
        """
        for table in self._tables:
            resumed = bool(self._state(table).began)
            self._run_table(table)
            if resumed:
                self._run_table(table)

    def _run_table(self, table: ReportTable) -> None:
        state = self._state(table)
        if not state.began:
            state = replace(state, began=self._now())
            # Committed before anything is read, so that a repeated run requests the same reports, already built.
            self._destination.apply(self._package(table, state))
        today = _moscow_day(state.began)
        pieces = pieces_of(
            table,
            after=None if state.after is None else date.fromordinal(state.after),
            since=_moscow_day(state.since) if state.since else None,
            today=today,
            borders=self._borders(state.since) if state.since else {},
        )
        for piece in pieces:
            if not state.since:
                state = replace(state, after=piece.days.last.toordinal())
            self._replace(table, piece, state)
        done = replace(
            state, since=state.began, began="", after=(today - timedelta(days=1)).toordinal(), read=state.began
        )
        self._destination.apply(self._package(table, done))

    def _replace(self, table: ReportTable, piece: Piece, state: TableState) -> None:
        """Replaces the stored rows of a piece, and stores the state, in one package."""
        schema = table.schema(self._money)
        where: dict[str, frozenset[Any]] = {DATE_COLUMN: frozenset(day.isoformat() for day in piece.days)}
        if piece.campaigns:
            where[CAMPAIGN_COLUMN] = frozenset(piece.campaigns)
        report = self._direct.reports.get(
            table.report(self._name(table, piece, state), piece.days, piece.campaigns), split=True
        )
        with temporary_folder("report") as folder:
            path = folder / "report.tsv"
            count = report.to_file(path, format="tsv")
            rows = ReportRows(
                schema,
                path,
                login=self._login,
                synced_at=state.began,
                columns=table.report_columns,
                micros=self._money == "micros",
                rows=count,
            )
            package = self._package(table, state, has_rows=count > 0)
            self._destination.apply(package._replace(batches=rows, replaced=[Scope(schema, where)]))
        self.written[table.name] = self.written.get(table.name, 0) + count
        self._on_progress(Progress(self._login, table.name, self.written[table.name]))

    def _name(self, table: ReportTable, piece: Piece, state: TableState) -> str:
        """Returns the ReportName: the same in a repetition of an interrupted run, another one in every later run."""
        digest = table.digest(str(piece.days), piece.campaigns, state.began, self._money)
        return f"{table.name} {self._login} {piece.days} {digest}"

    # --- the state --------------------------------------------------------------------------------------------

    def _state(self, table: ReportTable) -> TableState:
        """Returns the state of a table, a new one if its definition changed; `after` is the ordinal of the last day."""
        columns = _identity(table, self._money, answers_of(self._direct))
        known = SyncState.of(self._destination.state(self._login)).tables.get(table.name)
        return TableState(columns) if known is None or known.columns != columns else known

    def _package(self, table: ReportTable, state: TableState, *, has_rows: bool = False) -> Package:
        """Returns a package without rows, with the state of the login after a change of one table."""
        login_state = SyncState.of(self._destination.state(self._login))
        login_state.tables[table.name] = state
        if has_rows:
            login_state.filled.add(table.name)
        return Package(self._login, [], login_state.to_plain(), state.began or state.since)

    # --- the API ----------------------------------------------------------------------------------------------

    def _now(self) -> str:
        return str(self._call("checkDictionaries", {})["Timestamp"])

    def _borders(self, since: str) -> dict[int, date]:
        """Returns the first corrected day of each campaign whose statistics were corrected."""
        response = self._call("checkCampaigns", {"Timestamp": since})
        campaigns = [row["CampaignId"] for row in response.get("Campaigns") or () if "STAT" in row["ChangesIn"]]
        limit = facts.bundled().limits_by("changes.check")["CampaignIds"]
        borders: dict[int, date] = {}
        while campaigns:
            chunk, campaigns = campaigns[:limit], campaigns[limit:]
            params = {"CampaignIds": chunk, "FieldNames": ["CampaignsStat"], "Timestamp": since}
            changes = self._call("check", params)
            for row in (changes.get("Modified") or {}).get("CampaignsStat") or ():
                borders[row["CampaignId"]] = date.fromisoformat(row["BorderDate"])
            campaigns += (changes.get("Unprocessed") or {}).get("CampaignIds") or ()
        return borders

    def _call(self, operation: str, params: Mapping[str, Any]) -> Any:
        result: Any = self._direct.call("changes", operation, params)
        self._units.add(result.units)
        return result


def pieces_of(
    table: ReportTable, *, after: date | None, since: date | None, today: date, borders: Mapping[int, date]
) -> list[Piece]:
    """Returns the pieces that a run must replace, month by month, the oldest first.

    Args:
        table: The table.
        after: The last stored day; None if there is none.
        since: The day of the last complete run; None if there was none.
        today: The day of this run, which is not read.
        borders: By campaign, its first corrected day, if its statistics were corrected since then.
    """
    yesterday = today - timedelta(days=1)
    start = table.first_day(today)
    first = after + timedelta(days=1) if after is not None else start
    old: dict[int, date] = {}
    if since is not None:
        by_campaign = {
            campaign: border for campaign, border in borders.items() if border < today - timedelta(days=OLD_DAYS)
        }
        old = by_campaign if table.has_campaigns else {}
        recent = [border for campaign, border in borders.items() if campaign not in old]
        lookback = timedelta(days=min(table.lookback, max(0, (today - start).days)))
        first = min([first, since - timedelta(days=SETTLING_DAYS), today - lookback, *recent])
    first = max(first, start)
    pieces = _campaign_pieces(old, start, first - timedelta(days=1))
    if first <= yesterday:
        pieces += [Piece(month) for month in DateRange(first, yesterday).months()]
    return pieces


def _campaign_pieces(old: Mapping[int, date], start: date, last: date) -> list[Piece]:
    """Returns the pieces of corrected campaigns, from the first corrected day to a last one."""
    if not old or (first := max(start, min(old.values()))) > last:
        return []
    limit = report_facts.bundled().limits.values
    campaigns = sorted(old)
    id_lists = [tuple(campaigns[start : start + limit]) for start in range(0, len(campaigns), limit)]
    return [Piece(month, id_list) for month in DateRange(first, last).months() for id_list in id_lists]


def _identity(table: ReportTable, money: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the definition of a table as texts; if they change, the table is read again from its first day."""
    return (f"since {table.since}", table.digest(money, answers), *table.schema().names)


def _moscow_day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(MOSCOW).date()
