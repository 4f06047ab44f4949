"""Rules for the priority goals of campaigns and package strategies.

https://yandex.ru/dev/direct/doc/en/campaigns/add
"""

from collections.abc import Mapping
from typing import Any

from ...domain.limits import limit
from ...storage.store import Document
from ..crud.item_results import ItemError
from .amounts import amounts
from .texts import check_count, check_distinct

_SEVERAL = "MULTIPLE_GOALS"
_BY_PROFIT = "MAX_PROFIT"


def check_goals(service: str, currency: str, requested: Mapping[str, Any]) -> None:
    """Raises ItemError for repeated goals, too many goals, or a value out of its bounds."""
    goals = (requested.get("PriorityGoals") or {}).get("Items", [])
    check_count(service, "PriorityGoals", goals)
    check_distinct("PriorityGoals", [goal["GoalId"] for goal in goals])
    least, greatest = (amounts(currency)[name] for name in ("MinBidForPriorityGoal", "MaxBidForPriorityGoal"))
    for goal in goals:
        if not least <= goal["Value"] <= greatest:
            raise ItemError(
                5005, f"Value must be from {least} to {greatest}", f"Value: допустимо от {least} до {greatest}"
            )


def check_required_goals(service: str, strategy_type: str, after: Document) -> None:
    """Raises ItemError for a strategy without the priority goals that it requires."""
    several = strategy_type.endswith(_SEVERAL)
    if not several and strategy_type != _BY_PROFIT:
        return
    goals = (after.get("PriorityGoals") or {}).get("Items")
    if not goals:
        raise ItemError(4000, f"{strategy_type} requires PriorityGoals", f"Для {strategy_type} требуется PriorityGoals")
    least = limit(service, "PriorityGoals", "items, for several goals")
    if several and not least.allows(len(goals)):
        english, russian = f"requires goals: at least {least.min}", f"требует целей: не менее {least.min}"
        raise ItemError(least.code, f"{strategy_type} {english}", f"{strategy_type} {russian}")
