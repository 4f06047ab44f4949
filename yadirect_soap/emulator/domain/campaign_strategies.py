"""A campaign's bidding strategies on search and in networks, read from its document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OFF = "SERVING_OFF"
NETWORK_IS_OFF = (
    "Network bids won't be changed since network impressions are disabled",
    "Ставки в сетях не изменятся, так как показы в сетях отключены",
)
"""The details of a warning about a bid in networks, as recorded in English."""
_BY_SEARCH = "NETWORK_DEFAULT"


@dataclass(frozen=True, slots=True)
class CampaignStrategies:
    """The two BiddingStrategyTypes of a campaign; "" if it has none.

    https://yandex.ru/dev/direct/doc/en/objects/campaign-strategies
    """

    search: str
    network: str

    @property
    def manual_search(self) -> bool:
        """Whether the advertiser sets the bids on search."""
        return self.search in {"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH"}

    @property
    def manual_network(self) -> bool:
        """Whether the advertiser sets the bids in networks, apart from those on search."""
        return self.network in {"MAXIMUM_COVERAGE", "MANUAL_CPM"}

    @property
    def automatic(self) -> bool:
        """Whether an algorithm sets the bids on search or in networks, so that priorities count."""
        on_search = not self.manual_search and self.search not in {"", OFF}
        return on_search or (not self.manual_network and self.network not in {"", OFF, _BY_SEARCH})

    @property
    def by_impressions(self) -> bool:
        """Whether the bid in networks is for a thousand impressions."""
        return self.network == "MANUAL_CPM"

    def type_of(self, placement: str) -> str:
        """Returns the type on "Search" or in "Network"."""
        return self.search if placement == "Search" else self.network


def strategies_of(campaign: Mapping[str, Any]) -> CampaignStrategies:
    """Returns the strategies of a campaign's document, whatever its type."""
    for name, value in campaign.items():
        if name.endswith("Campaign") and isinstance(value, Mapping) and "BiddingStrategy" in value:
            strategy = value["BiddingStrategy"]
            search, network = (strategy.get(placement) or {} for placement in ("Search", "Network"))
            return CampaignStrategies(search.get("BiddingStrategyType", ""), network.get("BiddingStrategyType", ""))
    return CampaignStrategies("", "")
