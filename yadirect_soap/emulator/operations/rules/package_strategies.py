"""What the API asks of package strategies: https://yandex.ru/dev/direct/doc/en/strategies/add."""

from collections.abc import Mapping
from typing import Any

from ...domain.limits import limit
from ...domain.resources import resources
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from ..crud.paths import values
from .amounts import check_amounts
from .bidding_strategies import check_closed
from .budgets import check_budget
from .goals import check_goals, check_wanted_goals
from .texts import check_count, check_distinct, check_length
from .unified_campaigns import shown

_SERVICE = "strategies"


def check(call: Call, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a strategy that the API would not have."""
    check_length(_SERVICE, "Name", after["Name"])
    check_closed(call, after["Type"])
    check_amounts(_SERVICE, call.account.currency, item)
    for name in resources()[_SERVICE].choices:
        if item.get(name) is not None:
            check_budget(call, name, item[name], after[name])
    counters = (item.get("CounterIds") or {}).get("Items", [])
    check_distinct("CounterIds", counters)
    check_count(_SERVICE, "CounterIds", counters)
    check_goals(_SERVICE, call.account.currency, item)
    check_wanted_goals(_SERVICE, after["Type"], after)


def check_company(call: Call, campaign: Document, before: Document) -> None:
    """Raises Refused for a campaign that joins the package strategy of campaigns of another type, or of too many."""
    key = _strategy(campaign)
    if key is None or key == _strategy(before):
        return
    rows = call.store.rows("campaigns", call.account.login)
    others = [shown(call, row.document) for row in rows if _strategy(row.document) == key]
    if any(other.get("Type") != campaign["Type"] for other in others):
        raise Refused(6000, "A package is of campaigns of one type", "В пакете кампании одного типа")
    campaigns = limit(_SERVICE, "", "campaigns")
    if not campaigns.allows(len(others) + 1):
        most = campaigns.max
        raise Refused(campaigns.code, f"No more than {most} campaigns a strategy", f"Не более {most} кампаний в пакете")


def _strategy(campaign: Document) -> int | None:
    """The package strategy of a campaign, or None."""
    return next((key for key in values(campaign, "*.PackageBiddingStrategy.StrategyId") if key), None)
