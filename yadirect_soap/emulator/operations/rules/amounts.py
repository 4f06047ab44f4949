"""Bounds of amounts and other numbers, wherever they stand in an item: what they are bounds of is told by their names.

https://yandex.ru/dev/direct/doc/en/dictionaries/get
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ...domain.dictionaries import dictionary
from ..crud.item_results import Refused

_OF_THE_CURRENCY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "AverageCpa": ("MinimumAverageCPA", "MaxAutobudget"),
        "AverageCpc": ("MinimumAverageCPC", "MaximumBid"),
        "AverageCpi": ("MinimumAverageCPA", "MaxAutobudget"),
        "AverageCpm": ("MinimumCPM", "MaximumCPM"),
        "AverageCpv": ("MinimumAverageCPV", "MaximumAverageCPV"),
        "BidCeiling": ("MinimumBid", "MaximumBid"),
        "Cpa": ("MinimumPayForConversionCPA", "MaximumPayForConversionCPA"),
        "FilterAverageCpa": ("MinimumAverageCPA", "MaxAutobudget"),
        "FilterAverageCpc": ("MinimumAverageCPC", "MaximumBid"),
        "SpendLimit": ("MinDailyBudgetForPeriod", "MaxDailyBudgetForPeriod"),
        "WeeklySpendLimit": ("MinimumWeeklySpendLimit", "MaxAutobudget"),
    }
)
"""The Currencies dictionary's properties that bound a member."""

_NUMBERS: Mapping[str, range] = MappingProxyType(
    {
        "BudgetPercent": range(1, 101),
        "ClicksPerWeek": range(100, 2**31),
        "Crr": range(1, 501),
        "LimitPercent": range(10, 101, 10),
        "PeriodDays": range(1, 31),
        "ReserveReturn": range(0, 101, 10),
    }
)


def check_amounts(currency: str, value: Any) -> None:
    """Raises 5005 for the first number, however deep inside, that is out of its bounds.

    First by name: the wires bring the members of an object in orders of their own.
    """
    if isinstance(value, list):
        for item in value:
            check_amounts(currency, item)
    elif isinstance(value, Mapping):
        for name, inner in sorted(value.items()):
            if isinstance(inner, int):
                _check(currency, name, inner)
            else:
                check_amounts(currency, inner)


def _check(currency: str, name: str, number: int) -> None:
    if name in _OF_THE_CURRENCY:
        least, most = (amounts(currency)[bound] for bound in _OF_THE_CURRENCY[name])
        if not least <= number <= most:
            raise _beyond(name, least, most)
    allowed = _NUMBERS.get(name)
    if allowed is not None and number not in allowed:
        raise _beyond(name, allowed.start, allowed[-1], allowed.step)


def _beyond(name: str, least: int, most: int, step: int = 1) -> Refused:
    by, russian = (f" in steps of {step}", f", кратно {step}") if step > 1 else ("", "")
    return Refused(
        5005, f"{name} must be from {least} to {most}{by}", f"{name}: допустимо от {least} до {most}{russian}"
    )


@cache
def amounts(currency: str) -> Mapping[str, int]:
    """A currency's properties that are amounts, in micros; an unknown one goes by the ruble's."""
    known = {item["Currency"]: item["Properties"] for item in dictionary("Currencies")}
    properties: list[dict[str, str]] = known.get(currency, known["RUB"])
    return MappingProxyType({each["Name"]: int(each["Value"]) for each in properties if each["Value"].isdecimal()})


def check_bid(currency: str, name: str, bid: int | None, *, by_impressions: bool = False) -> None:
    """Raises 5005 for a bid out of the currency's bounds: those of a click, or of a thousand impressions."""
    bounds = ("MinimumCPM", "MaximumCPM") if by_impressions else ("MinimumBid", "MaximumBid")
    least, most = (amounts(currency)[bound] for bound in bounds)
    if bid is not None and not least <= bid <= most:
        raise _beyond(name, least, most)
