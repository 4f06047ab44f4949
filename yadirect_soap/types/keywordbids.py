"""KeywordBids: what its operations send and answer, by the names of the contract.

Made from wsdl/keywordbids.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

KeywordBidFieldEnum = Literal["KeywordId", "AdGroupId", "CampaignId", "ServingStatus", "StrategyPriority"]

KeywordBidSearchFieldEnum = Literal["Bid", "AutotargetingSearchBidIsAuto", "AuctionBids"]

KeywordBidNetworkFieldEnum = Literal["Bid", "Coverage"]


class KeywordBidsSelectionCriteria(TypedDict):
    """Sent by keywordbids.get."""

    CampaignIds: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    KeywordIds: NotRequired[Sequence[int]]
    ServingStatuses: NotRequired[Sequence[general.ServingStatusEnum]]


class GetRequest(TypedDict):
    """Params of keywordbids.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 KeywordIds, 1_000 AdGroupIds, 10 CampaignIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, KeywordIds.
    Costs 15 units and 3 for each 2_000 objects.
    https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: KeywordBidsSelectionCriteria
    FieldNames: Sequence[KeywordBidFieldEnum]
    SearchFieldNames: NotRequired[Sequence[KeywordBidSearchFieldEnum]]
    NetworkFieldNames: NotRequired[Sequence[KeywordBidNetworkFieldEnum]]


class AuctionBidItem(TypedDict):
    """Answered by keywordbids.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid, Price.
    """

    TrafficVolume: int
    Bid: Amount
    Price: Amount


class AuctionBids(TypedDict):
    """Answered by keywordbids.get."""

    AuctionBidItems: list[AuctionBidItem]


class Search(TypedDict):
    """Answered by keywordbids.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid.
    """

    Bid: Amount
    AutotargetingSearchBidIsAuto: general.YesNoEnum
    AuctionBids: AuctionBids | None


class NetworkCoverageItem(TypedDict):
    """Answered by keywordbids.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid.
    """

    Probability: Decimal
    Bid: Amount


class Coverage(TypedDict):
    """Answered by keywordbids.get."""

    CoverageItems: list[NetworkCoverageItem]


class Network(TypedDict):
    """Answered by keywordbids.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid.
    """

    Bid: Amount
    Coverage: Coverage | None


class KeywordBidGetItem(TypedDict):
    """Answered by keywordbids.get."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    CampaignId: int
    AdGroupId: int
    KeywordId: int
    ServingStatus: general.ServingStatusEnum
    StrategyPriority: general.PriorityEnum | None
    Search: Search
    Network: Network


class GetResponse(TypedDict):
    """Answered by keywordbids.get."""

    LimitedBy: int
    KeywordBids: list[KeywordBidGetItem]


class KeywordBidSetItem(TypedDict):
    """Sent by keywordbids.set.

    Amounts, in micros or with money="decimal" as Decimal: SearchBid, NetworkBid.
    """

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    KeywordId: NotRequired[int]
    SearchBid: NotRequired[Amount]
    AutotargetingSearchBidIsAuto: NotRequired[general.YesNoEnum]
    NetworkBid: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]


class SetRequest(TypedDict):
    """Params of keywordbids.set.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.
    Costs 25 units.
    https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
    """

    KeywordBids: Sequence[KeywordBidSetItem]


class KeywordBidActionResult(TypedDict):
    """Answered by keywordbids.set, keywordbids.setAuto."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    CampaignId: int
    AdGroupId: int
    KeywordId: int


class SetResponse(TypedDict):
    """Answered by keywordbids.set."""

    SetResults: list[KeywordBidActionResult]


class SearchByTrafficVolume(TypedDict):
    """Sent by keywordbids.setAuto.

    Amounts, in micros or with money="decimal" as Decimal: BidCeiling.
    """

    TargetTrafficVolume: int
    IncreasePercent: NotRequired[int]
    BidCeiling: NotRequired[Amount]


class NetworkByCoverage(TypedDict):
    """Sent by keywordbids.setAuto.

    Amounts, in micros or with money="decimal" as Decimal: BidCeiling.
    """

    TargetCoverage: int
    IncreasePercent: NotRequired[int]
    BidCeiling: NotRequired[Amount]


class BiddingRule(TypedDict):
    """Sent by keywordbids.setAuto."""

    SearchByTrafficVolume: NotRequired[SearchByTrafficVolume]
    NetworkByCoverage: NotRequired[NetworkByCoverage]


class KeywordBidSetAutoItem(TypedDict):
    """Sent by keywordbids.setAuto."""

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    KeywordId: NotRequired[int]
    BiddingRule: BiddingRule


class SetAutoRequest(TypedDict):
    """Params of keywordbids.setAuto.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.
    Costs 25 units.
    https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
    """

    KeywordBids: Sequence[KeywordBidSetAutoItem]


class SetAutoResponse(TypedDict):
    """Answered by keywordbids.setAuto."""

    SetAutoResults: list[KeywordBidActionResult]
