"""Statistics of one login: the days that a run replaces, and the reports that it reads for them.

Figures are restated, so days are replaced whole and never added to: those since the last run, the three days in which
figures settle, those of the table's lookback, and those that Changes names (BorderDate).  What changed longer than
thirty days ago is read for its campaigns alone.  https://yandex.ru/dev/direct/doc/en/changes/check
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.dates import MOSCOW
from yadirect_soap.protocol.reports import facts as report_facts
from yadirect_soap.protocol.reports.days import DateRange

from .destination import Destination, Package, Scope
from .login_sync import Progress
from .report_rows import ReportRows
from .report_tables import CAMPAIGN_COLUMN, DATE_COLUMN, ReportTable
from .spent_units import SpentUnits
from .sync_state import SyncState, TableState, answers_of

if TYPE_CHECKING:
    from yadirect_soap import Direct

SETTLING_DAYS = 3
"""Days in which figures settle, as a rule.  https://yandex.ru/dev/direct/doc/ru/auto"""
OLD_DAYS = 30
"""Days after which a change is read for its campaigns alone."""


class Piece(NamedTuple):
    """Days that are replaced together: of all campaigns, or of some."""

    days: DateRange
    campaigns: tuple[int, ...] = ()


class Statistics:
    """Brings tables of statistics up to date for one login.

    Args:
        direct: Whose statistics are read.
        destination: Where they go.
        login: The login, as it stands in the rows.
        tables: The tables.
        units: Adds up what its calls cost; reports cost nothing.
        on_progress: Called after each piece.
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
        """Rows that were written, by table."""

    def run(self) -> None:
        """Replaces the days of each table that may have changed; what an earlier run began is finished first.

        Raises:
            DirectError: What a call or a report raises; the days before are committed.
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
            # Before anything is read: a run that is repeated asks for the same reports, and finds them built.
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
        """Puts the rows of a piece in the place of those that are there, with the state, in one package."""
        schema = table.schema(self._money)
        where: dict[str, frozenset[Any]] = {DATE_COLUMN: frozenset(day.isoformat() for day in piece.days)}
        if piece.campaigns:
            where[CAMPAIGN_COLUMN] = frozenset(piece.campaigns)
        report = self._direct.reports.get(
            table.report(self._name(table, piece, state), piece.days, piece.campaigns), split=True
        )
        with tempfile.TemporaryDirectory(prefix="yadirect-report-") as folder:
            path = Path(folder) / "report.tsv"
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
            package = self._package(table, state)
            self._destination.apply(package._replace(batches=rows, replaced=[Scope(schema, where)]))
        self.written[table.name] = self.written.get(table.name, 0) + count
        self._on_progress(Progress(self._login, table.name, self.written[table.name]))

    def _name(self, table: ReportTable, piece: Piece, state: TableState) -> str:
        """The same for a run that is repeated, and another one for every later run."""
        content = [dict(table.definition), str(piece.days), piece.campaigns, state.began, self._money]
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:16]
        return f"{table.name} {self._login} {piece.days} {digest}"

    # --- the state --------------------------------------------------------------------------------------------

    def _state(self, table: ReportTable) -> TableState:
        """How far a table is; a new start where its report is another.  `after` is the number of its last day."""
        columns = _identity(table, self._money, answers_of(self._direct))
        known = SyncState.of(self._destination.state(self._login)).tables.get(table.name)
        return TableState(columns) if known is None or known.columns != columns else known

    def _package(self, table: ReportTable, state: TableState) -> Package:
        """A package without rows, with the state of the login in which one table's is another."""
        whole = SyncState.of(self._destination.state(self._login))
        whole.tables[table.name] = state
        return Package(self._login, [], whole.to_plain(), state.began or state.since)

    # --- the API ----------------------------------------------------------------------------------------------

    def _now(self) -> str:
        return str(self._call("checkDictionaries", {})["Timestamp"])

    def _borders(self, since: str) -> dict[int, date]:
        """The first corrected day of each campaign whose statistics were corrected."""
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
    """The days that a run replaces, month by month, the oldest first.

    Args:
        table: The table.
        after: The last day that is there; None where there is none.
        since: The day of the last whole run; None where there was none.
        today: The day of this run, which is not over.
        borders: The first corrected day of campaigns whose statistics were corrected since.
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
        first = min([first, since - timedelta(days=SETTLING_DAYS), today - timedelta(days=table.lookback), *recent])
    first = max(first, start)
    pieces = _pieces_of_campaigns(old, start, first - timedelta(days=1))
    if first <= yesterday:
        pieces += [Piece(month) for month in DateRange(first, yesterday).months()]
    return pieces


def _pieces_of_campaigns(old: Mapping[int, date], start: date, last: date) -> list[Piece]:
    """The days of campaigns from the first corrected one on, within two days."""
    if not old or (first := max(start, min(old.values()))) > last:
        return []
    limit = report_facts.bundled().limits.values
    campaigns = sorted(old)
    id_lists = [tuple(campaigns[start : start + limit]) for start in range(0, len(campaigns), limit)]
    return [Piece(month, id_list) for month in DateRange(first, last).months() for id_list in id_lists]


def _identity(table: ReportTable, money: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """What makes a table another one, which is read anew: its report, its first day, its money, the answers."""
    content = json.dumps([dict(table.definition), money, answers], sort_keys=True, default=str)
    return (f"since {table.since}", hashlib.sha256(content.encode()).hexdigest()[:16], *table.schema().names)


def _moscow_day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(MOSCOW).date()
