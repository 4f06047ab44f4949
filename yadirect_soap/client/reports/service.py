"""Reports, which is `direct.reports`: takes definitions, returns Report objects."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack
from uuid import uuid4

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import ConfigurationError, InvalidParamsError, Violation
from yadirect_soap.language import _
from yadirect_soap.protocol.dates import MOSCOW
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.protocol.reports.delivery import Mode
from yadirect_soap.protocol.validation import describe_value

from ..model_objects import as_dicts
from ..setting_values import check_choice
from ..settings import Settings
from . import splitting
from .deadline import ProgressCallback, WaitPolicy
from .download import Download, Source
from .poller import ReportPoller
from .report import Report
from .request import OPERATION, ReportRequest, build

if TYPE_CHECKING:
    from yadirect_soap.types import reports as types

_HOUR = 3600.0


def moscow_today() -> date:
    """Returns the current day in Moscow, by which statistics are kept."""
    return moscow_now().date()


def moscow_now() -> datetime:
    """Returns the current time in Moscow, by which statistics are kept."""
    return datetime.now(UTC).astimezone(MOSCOW)


@dataclass(frozen=True, slots=True)
class Reports:
    """The Reports service: `direct.reports.get(ReportType="CUSTOM_REPORT", FieldNames=["Date", "Clicks"], ...)`."""

    settings: Settings = field(repr=False)
    poller: ReportPoller = field(repr=False)
    today: Callable[[], date] = field(default=moscow_today, repr=False)
    now: Callable[[], datetime] = field(default=moscow_now, repr=False)
    unique: Callable[[], str] = field(default=lambda: uuid4().hex, repr=False)
    max_rows: int = field(default_factory=lambda: facts.bundled().limits.rows, repr=False)
    """The maximum number of rows of a report."""

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
        **params: Unpack["types.ReportParams"],
    ) -> Report:
        """Defines a report; nothing is sent before its rows are read.

        SelectionCriteria, Format, IncludeVAT (NO) and, if there are DateFrom and DateTo, DateRangeType may be omitted.
        Without a ReportName the report gets one that is the same for the same definition all day, or all hour if its
        days may include today, whose figures still grow. https://yandex.ru/dev/direct/doc/ru/spec

        Args:
            definition: the members of the definition as one mapping or object. Numbers and dates may be given instead
                of texts. Money in filters is micros, or currency units with the setting money="decimal". The day of a
                datetime with a zone is its day in Moscow; a datetime without a zone is a day only at midnight, and is
                refused otherwise.
            mode: "online" (at once or error 8312), "offline" (through the queue) or "auto".
            unique_name: use a name that no other report has, so that no finished report is returned.
            split: if the range of days has too many rows for one report, request it in several pieces and join them.
            deadline: the longest wait in seconds, in the queue and between attempts; None waits without end. A request
                that is running at the deadline has ten more seconds.
            progress: is called with a Progress now and then.
            cancel: ends the wait when it is set.
            params: members that override those of `definition`: SelectionCriteria (DateFrom, DateTo, Filter), Goals,
                AttributionModels, FieldNames, Page, OrderBy, ReportName, ReportType, DateRangeType, Format, IncludeVAT,
                IncludeDiscount. `yadirect-soap contract reports TYPE` shows fields and operators.

        Returns:
            The report; iterating over it requests and reads the rows.

        Raises:
            InvalidParamsError: the definition is wrong; all mistakes are listed.
            ConfigurationError: the report cannot be split, `deadline` is not a time, ReportName is given together with
                `unique_name`, or `unique_name` or `split` is neither True nor False.
        """
        _check_deadline(deadline)
        checked_boolean("unique_name", unique_name)
        checked_boolean("split", split)
        today = self.today()
        request = self._request({**_members(definition), **params}, mode, unique_name=unique_name, today=today)
        source = self._pieces(request, today) if split else Download(request, self.poller, self.max_rows)
        wait_policy = partial(
            WaitPolicy,
            request.name,
            deadline=deadline,
            cancel=cancel,
            progress=progress,
            clock=self.settings.clock,
            sleep=self.settings.sleep,
        )
        return Report(request, source, self.poller, wait_policy)

    def _request(self, definition: Mapping[str, Any], mode: Mode, *, unique_name: bool, today: date) -> ReportRequest:
        members = as_dicts(definition)
        if unique_name and "ReportName" in members:
            raise ConfigurationError(_("unique_name makes a new name: omit ReportName, or unique_name"))
        return build(
            members,
            self.settings,
            mode=check_choice("mode", mode, Mode),
            today=today,
            hour=self.now().hour,
            unique=self.unique() if unique_name else "",
        )

    def _pieces(self, request: ReportRequest, today: date) -> Source:
        days, backwards = splitting.check(request.definition, today)

        def of_days(piece: DateRange) -> Download:
            return Download(request if piece == days else splitting.cut(request, piece), self.poller, self.max_rows)

        return splitting.Pieces(days, backwards, of_days)


def _check_deadline(deadline: float | None) -> None:
    # Not `< 0`: no comparison with NaN holds, and nothing would ever come after it.
    if deadline is not None and not deadline >= 0:
        raise ConfigurationError(
            _("deadline is a number of seconds, 0 or more, or None, not {deadline!r:.40}", deadline=deadline)
        )


def _members(definition: Any) -> Mapping[str, Any]:
    """Returns the members of a definition; InvalidParamsError if it has none."""
    members = as_dicts({} if definition is None else definition)
    if isinstance(members, Mapping):
        return members
    violation = Violation("$", describe_value(members), _("a definition: an object, or its members by their names"))
    raise InvalidParamsError([violation], operation=OPERATION.key)
