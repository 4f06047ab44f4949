"""An auction that never took place: prices made from a keyword's id alone, so that the same id has the same ones.

The more traffic or the higher the place, the dearer; all prices are on the currency's step.
"""

import hashlib
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ...domain.currencies import Prices

VOLUMES = (5, 15, 25, 40, 55, 65, 75, 85, 100)
"""The volumes of traffic that are on offer."""

POSITIONS = MappingProxyType({"P11": 100, "P12": 85, "P13": 75, "P14": 65, "P21": 25, "P22": 15, "P23": 10, "P24": 5})
"""The places on a page and the traffic that each brings, the best first."""

BLOCKS = MappingProxyType({"PREMIUMFIRST": "P11", "PREMIUMBLOCK": "P14", "FOOTERFIRST": "P21", "FOOTERBLOCK": "P24"})
"""The first and the last places of the two blocks."""

SHARES = (20, 50, 100)
"""The shares of the audience in networks, in percent, that are on offer."""


class Auction:
    """The prices around one keyword, in micros."""

    def __init__(self, keyword: int, prices: Prices) -> None:
        self._prices = prices
        digest = hashlib.sha256(str(keyword).encode()).digest()
        self._whole = prices.bid.least * (10 + digest[0] % 60)
        """What the whole traffic costs."""

    def bid(self, volume: int) -> int:
        """The bid that buys a volume of traffic."""
        part = self._whole * (20 + volume * volume * 80 // 10_000) // 100
        return self._prices.on_step(max(part, self._prices.bid.least))

    def price(self, volume: int) -> int:
        """What a click then costs, which is less than the bid."""
        return max(self._prices.on_step(self.bid(volume) * 4 // 5), self._prices.bid.least)

    def network_bid(self, share: int) -> int:
        """The bid that reaches a share of the audience in networks."""
        return max(self._prices.on_step(self.bid(share) // 2), self._prices.bid.least)

    def volumes(self) -> list[dict[str, Any]]:
        """AuctionBidItems of KeywordBids, the greatest volume first."""
        return [
            {"TrafficVolume": volume, "Bid": self.bid(volume), "Price": self.price(volume)}
            for volume in reversed(VOLUMES)
        ]

    def positions(self) -> list[dict[str, Any]]:
        """AuctionBids of Bids, the best place first."""
        return [
            {"Position": position, "Bid": self.bid(volume), "Price": self.price(volume)}
            for position, volume in POSITIONS.items()
        ]

    def blocks(self) -> list[dict[str, Any]]:
        """SearchPrices of Bids."""
        return [{"Position": block, "Price": self.bid(POSITIONS[position])} for block, position in BLOCKS.items()]

    def coverage(self, price_name: str) -> list[dict[str, Any]]:
        """The shares of the audience with the bids for them, under the name that the service has for these."""
        return [{"Probability": Decimal(share), price_name: self.network_bid(share)} for share in reversed(SHARES)]

    def least(self) -> int:
        """The least bid that brings any traffic on search."""
        return self.bid(VOLUMES[0])

    def current(self, bid: int) -> int:
        """What a click costs with this bid."""
        reached = [volume for volume in VOLUMES if self.bid(volume) <= bid]
        return self.price(reached[-1]) if reached else self.price(VOLUMES[0])

    def at(self, position: str) -> int:
        """The bid for a position: a place, or the end of a block."""
        return self.bid(POSITIONS[BLOCKS.get(position, position)])

    def above(self, position: str) -> int:
        """The bid for the next better place; the best one has none above itself.

        The end of a block is the place that it stands for, but that the footer is worth its own first place.
        """
        if position == "FOOTERBLOCK":
            return self.at("FOOTERFIRST")
        ladder = list(POSITIONS)
        return self.at(ladder[max(ladder.index(BLOCKS.get(position, position)) - 1, 0)])
