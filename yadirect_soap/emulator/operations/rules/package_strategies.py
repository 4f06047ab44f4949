"""What the API asks of package strategies: https://yandex.ru/dev/direct/doc/en/strategies/add."""

from collections.abc import Mapping
from typing import Any

from ...domain.resources import resources
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from ..crud.paths import values
from ..crud.unified_campaigns import shown
from .amounts import check_amounts
from .bidding_strategies import check_closed
from .budgets import check_budget
from .goals import check_goals, check_wanted_goals
from .texts import check_count, check_distinct, check_length

_NAME = 255
_COUNTERS = 100
_CAMPAIGNS = 100


def check(call: Call, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a strategy that the API would not have."""
    check_length("Name", after["Name"], _NAME)
    check_closed(call, after["Type"])
    check_amounts(call.account.currency, item)
    for name in resources()["strategies"].choices:
        if item.get(name) is not None:
            check_budget(call, name, item[name], after[name])
    counters = (item.get("CounterIds") or {}).get("Items", [])
    check_distinct("CounterIds", counters)
    check_count("CounterIds", counters, _COUNTERS)
    check_goals(call.account.currency, item)
    check_wanted_goals(after["Type"], after)


def check_company(call: Call, campaign: Document, before: Document) -> None:
    """Raises Refused for a campaign that joins the package strategy of campaigns of another type, or of too many."""
    key = _strategy(campaign)
    if key is None or key == _strategy(before):
        return
    rows = call.store.rows("campaigns", call.account.login)
    others = [shown(call, "campaigns", row.document) for row in rows if _strategy(row.document) == key]
    if any(other.get("Type") != campaign["Type"] for other in others):
        raise Refused(6000, "A package is of campaigns of one type", "В пакете кампании одного типа")
    if len(others) >= _CAMPAIGNS:
        raise Refused(
            7001, f"No more than {_CAMPAIGNS} campaigns a strategy", f"Не более {_CAMPAIGNS} кампаний в пакете"
        )


def _strategy(campaign: Document) -> int | None:
    """The package strategy of a campaign, or None."""
    return next((key for key in values(campaign, "*.PackageBiddingStrategy.StrategyId") if key), None)
