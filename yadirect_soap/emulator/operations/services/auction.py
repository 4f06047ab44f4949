"""A simulated auction: prices that depend on a keyword's id alone, so that they are always the same.

More traffic and higher positions cost more; all prices are on the currency's step.
"""

import hashlib
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ...domain.currencies import CurrencyRules

VOLUMES = (5, 15, 25, 40, 55, 65, 75, 85, 100)
"""The volumes of traffic with a price."""

POSITIONS = MappingProxyType({"P11": 100, "P12": 85, "P13": 75, "P14": 65, "P21": 25, "P22": 15, "P23": 10, "P24": 5})
"""The positions on a page and the traffic of each, the best first."""

BLOCKS = MappingProxyType({"PREMIUMFIRST": "P11", "PREMIUMBLOCK": "P14", "FOOTERFIRST": "P21", "FOOTERBLOCK": "P24"})
"""The first and the last position of each of the two blocks."""

SHARES = (20, 50, 100)
"""The shares of the audience in networks with a price, in percent."""


class Auction:
    """The prices of one keyword, in micros."""

    def __init__(self, keyword: int, prices: CurrencyRules) -> None:
        self._prices = prices
        digest = hashlib.sha256(str(keyword).encode()).digest()
        self._whole = prices.bid.least * (10 + digest[0] % 60)
        """The price of all traffic."""

    def bid(self, volume: int) -> int:
        """Returns the bid that buys a volume of traffic."""
        part = self._whole * (20 + volume * volume * 80 // 10_000) // 100
        return self._prices.on_step(max(part, self._prices.bid.least))

    def price(self, volume: int) -> int:
        """Returns the price of a click with that bid, which is less than the bid."""
        return max(self._prices.on_step(self.bid(volume) * 4 // 5), self._prices.bid.least)

    def network_bid(self, share: int) -> int:
        """Returns the bid that reaches a share of the audience in networks."""
        return max(self._prices.on_step(self.bid(share) // 2), self._prices.bid.least)

    def volumes(self) -> list[dict[str, Any]]:
        """AuctionBidItems of KeywordBids, the greatest volume first."""
        return [
            {"TrafficVolume": volume, "Bid": self.bid(volume), "Price": self.price(volume)}
            for volume in reversed(VOLUMES)
        ]

    def positions(self) -> list[dict[str, Any]]:
        """AuctionBids of Bids, the best position first."""
        return [
            {"Position": position, "Bid": self.bid(volume), "Price": self.price(volume)}
            for position, volume in POSITIONS.items()
        ]

    def blocks(self) -> list[dict[str, Any]]:
        """SearchPrices of Bids."""
        return [{"Position": block, "Price": self.bid(POSITIONS[position])} for block, position in BLOCKS.items()]

    def coverage(self, price_name: str) -> list[dict[str, Any]]:
        """Returns the shares of the audience with their bids; `price_name` is the service's name for the bid."""
        return [{"Probability": Decimal(share), price_name: self.network_bid(share)} for share in reversed(SHARES)]

    def least(self) -> int:
        """Returns the least bid that brings any traffic on search."""
        return self.bid(VOLUMES[0])

    def current(self, bid: int) -> int:
        """Returns the price of a click with this bid."""
        reached = [volume for volume in VOLUMES if self.bid(volume) <= bid]
        return self.price(reached[-1]) if reached else self.price(VOLUMES[0])

    def at(self, position: str) -> int:
        """Returns the bid for a position, or for the end of a block."""
        return self.bid(POSITIONS[BLOCKS.get(position, position)])

    def above(self, position: str) -> int:
        """Returns the bid for the next better position; for the best one, its own bid.

        The end of a block is the position that it names; above the footer's end is the footer's first position.
        """
        if position == "FOOTERBLOCK":
            return self.at("FOOTERFIRST")
        ladder = list(POSITIONS)
        return self.at(ladder[max(ladder.index(BLOCKS.get(position, position)) - 1, 0)])
