"""Bounds of amounts and other numbers in an item; the name of a member decides its bounds.

https://yandex.ru/dev/direct/doc/en/dictionaries/get
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ...domain.dictionaries import dictionary
from ...domain.limits import Limit, limits
from ..crud.item_results import ItemError

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
"""The properties of the Currencies dictionary that are the bounds of a member."""


def check_amounts(service: str, currency: str, value: Any) -> None:
    """Raises an error for the first number, at any depth, that is out of its bounds.

    The first by name, since the two wires have the members of an object in different orders.
    """
    if isinstance(value, list):
        for item in value:
            check_amounts(service, currency, item)
    elif isinstance(value, Mapping):
        for name, inner in sorted(value.items()):
            if isinstance(inner, int):
                _check(service, currency, name, inner)
            else:
                check_amounts(service, currency, inner)


def _check(service: str, currency: str, name: str, number: int) -> None:
    if name in _OF_THE_CURRENCY:
        least, greatest = (amounts(currency)[bound] for bound in _OF_THE_CURRENCY[name])
        if not least <= number <= greatest:
            raise beyond(name, (least, greatest))
    allowed = limits().get((service, name, "value"))
    if allowed is not None:
        check_value(allowed, name, number)


def check_value(allowed: Limit, name: str, number: int) -> None:
    """Raises the limit's code for a number out of its bounds."""
    if not allowed.allows(number):
        raise beyond(name, (allowed.min, allowed.max), allowed.step, code=allowed.code)


def beyond(name: str, bounds: tuple[int | None, int | None], step: int = 1, *, code: int = 5005) -> ItemError:
    """Returns the error of a number that is out of its bounds."""
    least, greatest = bounds
    by, russian = (f" in steps of {step}", f", кратно {step}") if step > 1 else ("", "")
    return ItemError(
        code, f"{name} must be from {least} to {greatest}{by}", f"{name}: допустимо от {least} до {greatest}{russian}"
    )


@cache
def amounts(currency: str) -> Mapping[str, int]:
    """Returns the properties of a currency that are amounts, in micros; those of the ruble for an unknown currency."""
    known = {item["Currency"]: item["Properties"] for item in dictionary("Currencies")}
    properties: list[dict[str, str]] = known.get(currency, known["RUB"])
    return MappingProxyType({row["Name"]: int(row["Value"]) for row in properties if row["Value"].isdecimal()})


def check_bid(currency: str, name: str, bid: int | None, *, by_impressions: bool = False) -> None:
    """Raises 5005 for a bid out of the currency's bounds, for a click or for a thousand impressions."""
    bounds = ("MinimumCPM", "MaximumCPM") if by_impressions else ("MinimumBid", "MaximumBid")
    least, greatest = (amounts(currency)[bound] for bound in bounds)
    if bid is not None and not least <= bid <= greatest:
        raise beyond(name, (least, greatest))
