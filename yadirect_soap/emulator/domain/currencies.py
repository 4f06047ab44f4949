"""What bids may be in a currency, by the Currencies dictionary: bounds and the step of the auction, in micros."""

from dataclasses import dataclass
from functools import cache

from .dictionaries import dictionary


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest amount that a parameter accepts; None where there is no greatest."""

    least: int
    greatest: int | None = None

    def hold(self, amount: int) -> bool:
        """Whether an amount lies between them."""
        return self.nearest(amount) == amount

    def nearest(self, amount: int) -> int:
        """The amount, or the bound that it is beyond."""
        least = max(amount, self.least)
        return least if self.greatest is None else min(least, self.greatest)


@dataclass(frozen=True, slots=True)
class Prices:
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
        """The amount as the auction takes it: raised to the next step, never above the greatest bid."""
        raised = -(-amount // self.step) * self.step
        return raised if self.bid.greatest is None else min(raised, max(self.bid.greatest, amount))


@cache
def prices(currency: str) -> Prices:
    """The rules of a currency; one that the dictionary does not have goes by the ruble's."""
    found = {item["Currency"]: item["Properties"] for item in dictionary("Currencies")}
    known = {entry["Name"]: entry["Value"] for entry in found.get(currency, found["RUB"])}
    amounts = {name: int(value) for name, value in known.items() if value.isdecimal()}
    return Prices(
        currency=currency,
        step=amounts["BidIncrement"],
        bid=Bounds(amounts["MinimumBid"], amounts["MaximumBid"]),
        cpm=Bounds(amounts["MinimumCPM"], amounts["MaximumCPM"]),
        average_cpc=Bounds(amounts["MinimumAverageCPC"], amounts["MaximumBid"]),
        average_cpa=Bounds(amounts["MinimumAverageCPA"]),
        daily_budget=Bounds(amounts["MinimumDailyBudget"]),
        weekly_limit=Bounds(amounts["MinimumWeeklySpendLimit"]),
    )
