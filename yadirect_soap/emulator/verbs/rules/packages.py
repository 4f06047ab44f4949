"""What the API asks of package strategies: https://yandex.ru/dev/direct/doc/en/strategies/add."""

from collections.abc import Mapping
from typing import Any

from ...call import Call
from ...resources import resources
from ...store import Document
from ..outcome import Refused
from .amounts import check_amounts
from .bidding import check_closed
from .budgets import check_budget
from .goals import check_goals
from .texts import check_count, check_distinct, check_length

_NAME = 255
_COUNTERS = 100


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
    if after["Type"].endswith("MULTIPLE_GOALS") and not (after.get("PriorityGoals") or {}).get("Items"):
        raise Refused(4000, f"{after['Type']} requires PriorityGoals", f"Для {after['Type']} требуется PriorityGoals")
