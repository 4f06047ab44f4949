"""The units of each login: the cost of calls, the reserved units, and the policy when few are left.

Every hour adds 1/24 of the daily limit.  https://yandex.ru/dev/direct/doc/ru/concepts/units
"""

import math
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from yadirect_soap.errors import BudgetExceededError, UnitsError
from yadirect_soap.forks import ForkLock
from yadirect_soap.language import _
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.messages import Request, StreamedResponse

from . import call_logging
from .middleware import CallContext, Next
from .settings import Settings

_HOUR = 3600
_HOURS = 24
_FIRST_CALL = 0.05
"""Seconds between two looks whether the first call of an operation was answered."""
_AFTER_THE_HOUR = 5.0
"""Seconds by which clocks may differ."""
MOST_WAITS = 25
"""Hours after which more units will not help."""


def estimate(operation: str, *, calls: int = 1, objects: int = 0, fields: Iterable[str] = ()) -> int:
    """Returns the cost of calls by the documentation.

    Args:
        operation: `ads.get`.
        calls: the number of calls.
        objects: the number of objects in all of them.
        fields: the requested FieldNames, since some cost more.

    Returns:
        Units; 0 for what costs none, such as reports.
    """
    from yadirect_soap.protocol import facts  # noqa: PLC0415  an import of the package need not wait for the facts

    try:
        cost = facts.bundled().cost(operation, fields)
    except KeyError:
        return 0
    return cost.call * calls + cost.object * math.ceil(objects / cost.per)


def seconds_to_next_hour(now: float) -> float:
    """Seconds from a moment (in seconds since the epoch) until units are added."""
    return _HOUR - now % _HOUR + _AFTER_THE_HOUR


class Account:
    """The known units of one login; a value is None before the first response that has it."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.limit: int | None = None
        self.spent = 0
        self.under_way = 0
        """The possible cost of running calls."""
        self.last: dict[str, int] = {}
        """The cost of the last call of each operation."""
        self.first_calls: set[str] = set()
        """Operations whose first call is under way."""
        self.hour = 0
        """The last hour whose units were added, counted since the epoch."""


class UnitsShortage(NamedTuple):
    """The reason why a call is not sent."""

    message: str
    waiting_helps: bool


class UnitsLedger:
    """The accounts of all logins of a Direct.  Threads may share it."""

    def __init__(self) -> None:
        self._lock = ForkLock()
        self._accounts: dict[str, Account] = {}

    def account(self, login: str) -> Account:
        """Returns the account of a login; "" is that of the token."""
        with self._lock:
            return self._accounts.setdefault(login, Account())

    def begin(
        self, login: str, operation: str, *, reserve: float | None, budget: int | None
    ) -> int | UnitsShortage | None:
        """Records that a call begins, if its login has the units for it.

        The number of objects of a get, and so its cost, is unknown before the first response.  So further calls
        of an operation wait for the first one.

        Args:
            login: the login that pays.
            operation: `ads.get`.
            reserve: the share of the daily limit that is left to others; None ignores how many units are left.
            budget: the maximum number of units in all, or None.

        Returns:
            What the call may cost; the reason why it must not be sent; or None if it must wait for the first call.
        """
        account = self.account(login)
        with self._lock:
            if operation in account.first_calls:
                return None
            cost = max(estimate(operation), account.last.get(operation, 0))
            under_way = account.under_way + cost
            if budget is not None and account.spent + under_way > budget:
                return UnitsShortage(
                    _(
                        "{spent} units of the budget of {budget} are spent, {operation} may cost {cost}",
                        spent=account.spent,
                        budget=budget,
                        operation=operation,
                        cost=cost,
                    ),
                    False,
                )
            if reserve is not None and account.left is not None and account.limit is not None:
                reserved = math.ceil(account.limit * reserve)
                if account.left - under_way < reserved and cost:
                    return UnitsShortage(
                        _(
                            "{left} units are left of {limit} a day, {operation} may cost {cost}, "
                            "and {reserved} are reserved (units_reserve)",
                            left=account.left,
                            limit=account.limit,
                            operation=operation,
                            cost=cost,
                            reserved=reserved,
                        ),
                        True,
                    )
            account.under_way = under_way
            if cost and operation not in account.last:
                account.first_calls.add(operation)
            return cost

    def end(self, login: str, operation: str, cost: int, units: Units | None) -> None:
        """Records that a response has begun with its units, or that none came."""
        account = self.account(login)
        with self._lock:
            account.under_way -= cost
            account.first_calls.discard(operation)
            if units is not None:
                account.left, account.limit = units.left, units.limit
                account.spent += units.spent
                account.last[operation] = units.spent

    def add_hour(self, login: str, now: float) -> None:
        """Adds the units of an hour once, however many threads waited for it, until a response says the exact number.

        Args:
            login: the login that pays.
            now: seconds since the epoch.
        """
        account, hour = self.account(login), int(now // _HOUR)
        with self._lock:
            if account.left is not None and account.limit is not None and account.hour != hour:
                account.left = min(account.limit, account.left + account.limit // _HOURS)
                account.hour = hour


class UnitsBudget:
    """Sends a request only if there are enough units, by `settings.units_policy`, `units_reserve` and `units_budget`.

    Args:
        settings: the policy, and how to wait.
        ledger: the known units of each login; responses correct it.
    """

    def __init__(self, settings: Settings, ledger: UnitsLedger) -> None:
        self._settings = settings
        self._ledger = ledger

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        """Sends the request, now or when there are enough units; raises BudgetExceededError if there never will be."""
        login = "" if self._settings.use_operator_units else context.client_login or ""
        cost = self._admitted(login, context.operation)
        with ExitStack() as stack:
            try:
                response = stack.enter_context(send(request))
            except BaseException:
                self._ledger.end(login, context.operation, cost, None)
                raise
            self._ledger.end(login, context.operation, cost, headers.read_units(response.headers.get(headers.UNITS)))
            yield response

    def _admitted(self, login: str, operation: str) -> int:
        settings, waits = self._settings, 0
        reserve = settings.units_reserve if settings.units_policy != "off" else None
        while True:
            answer = self._ledger.begin(login, operation, reserve=reserve, budget=settings.units_budget)
            if isinstance(answer, int):
                return answer
            if answer is None:
                settings.sleep(_FIRST_CALL)
                continue
            if settings.units_policy != "wait" or not answer.waiting_helps or waits == MOST_WAITS:
                raise BudgetExceededError(answer.message, operation=operation)
            waits += 1
            wait_for_units(settings, answer.message)
            self._ledger.add_hour(login, settings.now())


def wait_for_units(settings: Settings, why: str) -> None:
    """Waits until units are added for the next hour; a line in the log says why."""
    seconds = seconds_to_next_hour(settings.now())
    call_logging.LOGGER.warning("%s; waiting %.0f seconds for the next hour's units", why, seconds)
    settings.sleep(seconds)


class UnitsWaits:
    """Handles calls that were refused for lack of units (152), by `settings.units_policy`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._waits = 0

    def wait_after(self, error: Exception) -> bool:
        """Waits for units if the policy is to wait.

        Args:
            error: the failure of the call.

        Returns:
            Whether it waited; False for any other error, and without a policy.

        Raises:
            BudgetExceededError: the policy is to stop, or waiting does not help.
        """
        if not isinstance(error, UnitsError) or self._settings.units_policy == "off":
            return False
        if self._settings.units_policy == "stop" or self._waits == MOST_WAITS:
            stopped = BudgetExceededError(error.args[0], operation=error.operation, request_id=error.request_id)
            stopped.client_login, stopped.advice = error.client_login, error.advice
            raise stopped from error
        self._waits += 1
        wait_for_units(self._settings, _("{operation}: no units are left", operation=error.operation))
        return True
