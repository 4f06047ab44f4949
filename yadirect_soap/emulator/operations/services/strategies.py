"""Package strategies: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/strategies/strategies
"""

from collections.abc import Mapping
from typing import Any

from ...domain.resources import resources
from ...storage.store import Document
from ..call import OperationCall
from ..crud.service_rules import ServiceRules
from ..rules.amounts import check_amounts
from ..rules.bidding_strategies import check_closed
from ..rules.budgets import check_budget
from ..rules.goals import check_goals, check_required_goals
from ..rules.texts import check_count, check_distinct, check_length

_SERVICE = "strategies"


def _validate(call: OperationCall, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a strategy that the API refuses."""
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
    check_required_goals(_SERVICE, after["Type"], after)


RULES = ServiceRules(validate=_validate)
