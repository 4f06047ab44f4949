"""Reports, which is `direct.reports`: definitions in, Report out."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from yadirect_soap.errors import ConfigurationError, InvalidParamsError, Violation
from yadirect_soap.protocol.dates import MOSCOW
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.protocol.reports.delivery import Mode
from yadirect_soap.protocol.validation import describe_value

from ..model_objects import as_dicts
from ..setting_values import chosen
from ..settings import Settings
from . import splitting
from .deadline import ProgressCallback, WaitPolicy
from .download import Download, Source
from .poller import ReportPoller
from .report import Report
from .request import OPERATION, ReportRequest, build

_HOUR = 3600.0


def moscow_today() -> date:
    """The day that it is where statistics are kept."""
    return moscow_now().date()


def moscow_now() -> datetime:
    """The moment as the clocks show it where statistics are kept."""
    return datetime.now(UTC).astimezone(MOSCOW)


@dataclass(frozen=True, slots=True)
class Reports:
    """Statistics: `direct.reports.get(ReportType="CUSTOM_REPORT", FieldNames=["Date", "Clicks"], ...)`."""

    settings: Settings = field(repr=False)
    poller: ReportPoller = field(repr=False)
    today: Callable[[], date] = field(default=moscow_today, repr=False)
    now: Callable[[], datetime] = field(default=moscow_now, repr=False)
    unique: Callable[[], str] = field(default=lambda: uuid4().hex, repr=False)
    max_rows: int = field(default_factory=lambda: facts.bundled().limits.rows, repr=False)
    """Rows of a report at most."""

    def get(
        self,
        definition: Any = None,
        /,
        *,
        mode: Mode = "auto",
        unique_name: bool = False,
        split: bool = False,
        deadline: float | None = _HOUR,
        progress: ProgressCallback | None = None,
        cancel: threading.Event | None = None,
        **params: Any,
    ) -> Report:
        """A report by its definition, as one mapping or by the names of its members; its rows come when asked for.

        SelectionCriteria, Format, IncludeVAT (NO) and, where there are DateFrom and DateTo, DateRangeType may be left
        out; without a ReportName it gets one that the same definition has all day, or all hour where its days may hold
        today, whose figures still grow.  Numbers and dates may stand where the API has texts, objects such as
        dataclasses where it has objects; money in filters is what Direct's `money` says.  The day of a datetime with a
        zone is the one in Moscow; a datetime without a zone is a day at midnight only, and else refused.

        - `mode`: "online" (at once or error 8312), "offline" (through the queue) or "auto".
        - `unique_name`: a name of its own, so that nothing built before is taken for it; nobody else finds it.
        - `split`: a range of days with more rows than a report can have is asked for in pieces, and joined.
        - `deadline`: seconds to wait for it at most, in the queue and between attempts alike, None without end; a
          request under way at its end is given ten seconds to be answered.  `cancel`, once set, ends the waiting.
        - `progress` is called with a Progress now and then.

        Raises InvalidParamsError with every mistake, ConfigurationError where it cannot be split, a deadline is no
        time or a ReportName is given with `unique_name`.  Nothing is sent before rows are asked for.  https://yandex.ru/dev/direct/doc/ru/spec
        """
        # Not `< 0`: no comparison with NaN holds, and nothing would ever come after it.
        if deadline is not None and not deadline >= 0:
            raise ConfigurationError(f"deadline is a number of seconds, 0 or more, or None, not {deadline!r:.40}")
        members = as_dicts({**_members(definition), **params})
        if unique_name and "ReportName" in members:
            raise ConfigurationError("unique_name makes a name that nobody had: leave ReportName out, or unique_name")
        today = self.today()
        request = build(
            members,
            self.settings,
            mode=chosen("mode", mode, Mode),
            today=today,
            hour=self.now().hour,
            unique=self.unique() if unique_name else "",
        )

        def wait_policy() -> WaitPolicy:
            return WaitPolicy(
                request.name,
                deadline=deadline,
                cancel=cancel,
                progress=progress,
                clock=self.settings.clock,
                sleep=self.settings.sleep,
            )

        source = self._pieces(request, today) if split else Download(request, self.poller, self.max_rows)
        return Report(request, source, self.poller, wait_policy)

    def _pieces(self, request: ReportRequest, today: date) -> Source:
        days, backwards = splitting.check(request.definition, today)

        def of_days(piece: DateRange) -> Download:
            return Download(request if piece == days else splitting.cut(request, piece), self.poller, self.max_rows)

        return splitting.Pieces(days, backwards, of_days)


def _members(definition: Any) -> Mapping[str, Any]:
    """The members of a definition; InvalidParamsError for what is none."""
    members = as_dicts({} if definition is None else definition)
    if isinstance(members, Mapping):
        return members
    violation = Violation("$", describe_value(members), "a definition: an object, or its members by their names")
    raise InvalidParamsError([violation], operation=OPERATION.key)
