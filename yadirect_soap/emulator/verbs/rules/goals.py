"""What the API asks of key goals, in campaigns and in package strategies alike.

https://yandex.ru/dev/direct/doc/en/campaigns/add
"""

from collections.abc import Mapping
from typing import Any

from ..outcome import Refused
from .amounts import amounts
from .texts import check_count, check_distinct

_MOST = 100


def check_goals(currency: str, given: Mapping[str, Any]) -> None:
    """Raises Refused for goals that are repeated, too many, or worth too little or too much."""
    goals = (given.get("PriorityGoals") or {}).get("Items", [])
    check_count("PriorityGoals", goals, _MOST)
    check_distinct("PriorityGoals", [goal["GoalId"] for goal in goals])
    least, most = (amounts(currency)[name] for name in ("MinBidForPriorityGoal", "MaxBidForPriorityGoal"))
    for goal in goals:
        if not least <= goal["Value"] <= most:
            raise Refused(5005, f"Value must be from {least} to {most}", f"Value: допустимо от {least} до {most}")
