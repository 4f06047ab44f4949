"""Bids: what its operations send and answer, by the names of the contract.

Made from wsdl/bids.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

BidFieldEnum = Literal[
    "KeywordId",
    "AdGroupId",
    "CampaignId",
    "Bid",
    "AutotargetingSearchBidIsAuto",
    "ContextBid",
    "StrategyPriority",
    "CompetitorsBids",
    "SearchPrices",
    "ContextCoverage",
    "MinSearchPrice",
    "CurrentSearchPrice",
    "AuctionBids",
    "ServingStatus",
]

CalculateByEnum = Literal["VALUE", "DIFF"]


class BidsSelectionCriteria(TypedDict):
    """Sent by bids.get."""

    CampaignIds: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    KeywordIds: NotRequired[Sequence[int]]
    ServingStatuses: NotRequired[Sequence[general.ServingStatusEnum]]


class GetRequest(TypedDict):
    """Params of bids.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 KeywordIds, 1_000 AdGroupIds, 10 CampaignIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, KeywordIds.
    Costs 15 units and 3 for each 2_000 objects.
    https://yandex.ru/dev/direct/doc/en/bids/bids
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: BidsSelectionCriteria
    FieldNames: Sequence[BidFieldEnum]


class SearchPrices(TypedDict):
    """Answered by bids.get.

    Amounts, in micros or with money="decimal" as Decimal: Price.
    """

    Position: general.PositionEnum
    Price: Amount


class ContextCoverageItem(TypedDict):
    """Answered by bids.get.

    Amounts, in micros or with money="decimal" as Decimal: Price.
    """

    Probability: Decimal
    Price: Amount


class ContextCoverage(TypedDict):
    """Answered by bids.get."""

    Items: list[ContextCoverageItem]


class AuctionBidItem(TypedDict):
    """Answered by bids.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid, Price.
    """

    Position: str
    Bid: Amount
    Price: Amount


class BidGetItem(TypedDict):
    """Answered by bids.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid, CompetitorsBids, MinSearchPrice,
    CurrentSearchPrice.
    """

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    CampaignId: int
    AdGroupId: int
    KeywordId: int
    Bid: Amount
    AutotargetingSearchBidIsAuto: general.YesNoEnum
    ContextBid: Amount
    StrategyPriority: general.PriorityEnum | None
    CompetitorsBids: list[Amount]
    SearchPrices: list[SearchPrices]
    ContextCoverage: ContextCoverage | None
    MinSearchPrice: Amount | None
    CurrentSearchPrice: Amount | None
    AuctionBids: list[AuctionBidItem]
    ServingStatus: general.ServingStatusEnum


class GetResponse(TypedDict):
    """Answered by bids.get."""

    LimitedBy: int
    Bids: list[BidGetItem]


class BidSetItem(TypedDict):
    """Sent by bids.set.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    KeywordId: NotRequired[int]
    Bid: NotRequired[Amount]
    ContextBid: NotRequired[Amount]
    AutotargetingSearchBidIsAuto: NotRequired[general.YesNoEnum]
    StrategyPriority: NotRequired[general.PriorityEnum]


class SetRequest(TypedDict):
    """Params of bids.set.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.
    Costs 25 units.
    https://yandex.ru/dev/direct/doc/en/bids/bids
    """

    Bids: Sequence[BidSetItem]


class BidActionResult(TypedDict):
    """Answered by bids.set, bids.setAuto."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    CampaignId: int
    AdGroupId: int
    KeywordId: int


class SetResponse(TypedDict):
    """Answered by bids.set."""

    SetResults: list[BidActionResult]


class BidSetAutoItem(TypedDict):
    """Sent by bids.setAuto.

    Amounts, in micros or with money="decimal" as Decimal: MaxBid.
    """

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    KeywordId: NotRequired[int]
    MaxBid: NotRequired[Amount]
    Position: NotRequired[general.PositionEnum]
    IncreasePercent: NotRequired[int]
    CalculateBy: NotRequired[CalculateByEnum]
    ContextCoverage: NotRequired[int]
    Scope: Sequence[general.ScopeEnum]


class SetAutoRequest(TypedDict):
    """Params of bids.setAuto.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.
    Costs 25 units.
    https://yandex.ru/dev/direct/doc/en/bids/bids
    """

    Bids: Sequence[BidSetAutoItem]


class SetAutoResponse(TypedDict):
    """Answered by bids.setAuto."""

    SetAutoResults: list[BidActionResult]
