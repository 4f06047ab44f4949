"""Bounds of bids and budgets and the auction's step in each currency, in micros, from the Currencies dictionary."""

from dataclasses import dataclass
from functools import cache

from .dictionaries import dictionary


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest amount that a parameter accepts; None means no greatest."""

    least: int
    greatest: int | None = None

    def hold(self, amount: int) -> bool:
        """Whether an amount lies within the bounds."""
        return self.nearest(amount) == amount

    def nearest(self, amount: int) -> int:
        """Returns the amount, or the bound that it exceeds."""
        least = max(amount, self.least)
        return least if self.greatest is None else min(least, self.greatest)


@dataclass(frozen=True, slots=True)
class CurrencyRules:
    """The rules of a currency."""

    currency: str
    step: int
    bid: Bounds
    cpm: Bounds
    average_cpc: Bounds
    average_cpa: Bounds
    daily_budget: Bounds
    weekly_limit: Bounds

    def on_step(self, amount: int) -> int:
        """Returns the amount raised to the next step of the auction, never above the greatest bid."""
        raised = -(-amount // self.step) * self.step
        return raised if self.bid.greatest is None else min(raised, max(self.bid.greatest, amount))


def codes() -> list[str]:
    """Returns the codes of the currencies: "RUB", "KZT" and so on."""
    return [item["Currency"] for item in dictionary("Currencies")]


@cache
def prices(currency: str) -> CurrencyRules:
    """Returns the rules of a currency; those of the ruble if the dictionary does not have it."""
    properties = {item["Currency"]: item["Properties"] for item in dictionary("Currencies")}
    values = {entry["Name"]: entry["Value"] for entry in properties.get(currency, properties["RUB"])}
    amounts = {name: int(value) for name, value in values.items() if value.isdecimal()}
    return CurrencyRules(
        currency=currency,
        step=amounts["BidIncrement"],
        bid=Bounds(amounts["MinimumBid"], amounts["MaximumBid"]),
        cpm=Bounds(amounts["MinimumCPM"], amounts["MaximumCPM"]),
        average_cpc=Bounds(amounts["MinimumAverageCPC"], amounts["MaximumBid"]),
        average_cpa=Bounds(amounts["MinimumAverageCPA"]),
        daily_budget=Bounds(amounts["MinimumDailyBudget"]),
        weekly_limit=Bounds(amounts["MinimumWeeklySpendLimit"]),
    )
