"""Rules for the budgets of strategies: a weekly budget, or one for a custom period.

https://yandex.ru/dev/direct/doc/en/campaigns/add-text-campaign
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ...domain.limits import limit
from ...domain.timestamps import moscow_day
from ..call import OperationCall
from ..crud.item_results import ItemError
from .dates import read_date

_WEEK, _PERIOD = "WeeklySpendLimit", "CustomPeriodBudget"
_BY_BUDGET = frozenset({"WbMaximumAppInstalls", "WbMaximumClicks", "WbMaximumConversionRate"})
"""Strategies that need a budget."""


def check_budget(call: OperationCall, name: str, requested: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Raises ItemError for a strategy with two budgets, without a required budget, or with a wrong period.

    `requested` is the structure in the item, `after` the structure after the change.
    """
    budgets = [budget for budget in (_WEEK, _PERIOD) if requested.get(budget) is not None]
    if len(budgets) > 1:
        raise ItemError(5009, f"{name}: {_WEEK} or {_PERIOD}", f"{name}: либо {_WEEK}, либо {_PERIOD}")
    if name in _BY_BUDGET and after.get(_WEEK) is None and after.get(_PERIOD) is None:
        raise ItemError(5008, f"{name}: {_WEEK} or {_PERIOD} is required", f"{name}: требуется {_WEEK} или {_PERIOD}")
    if budgets == [_PERIOD]:
        _check_period(call.operation.service, requested[_PERIOD], date.fromisoformat(moscow_day(call.now())))


def _check_period(service: str, period: Mapping[str, Any], today: date) -> None:
    start, end = (read_date(name, period[name]) for name in ("StartDate", "EndDate"))
    if start < today:
        raise ItemError(5005, "StartDate is in the past", "StartDate раньше текущей даты")
    longest = limit(service, _PERIOD, "days")
    if end < start or not longest.allows((end - start).days + 1):
        max_days = longest.max
        raise ItemError(longest.code, f"The period must be up to {max_days} days", f"Период: не больше {max_days} дней")
