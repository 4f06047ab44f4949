"""Keywords: what its operations send and answer, by the names of the contract.

Made from wsdl/keywords.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

KeywordStateSelectionEnum = Literal["OFF", "ON", "SUSPENDED"]

KeywordStatusSelectionEnum = Literal["DRAFT", "ACCEPTED", "REJECTED"]

KeywordFieldEnum = Literal[
    "Id",
    "Keyword",
    "State",
    "Status",
    "AdGroupId",
    "CampaignId",
    "Bid",
    "AutotargetingSearchBidIsAuto",
    "ContextBid",
    "StrategyPriority",
    "UserParam1",
    "UserParam2",
    "Productivity",
    "StatisticsSearch",
    "StatisticsNetwork",
    "ServingStatus",
    "AutotargetingCategories",
    "AutotargetingBrandOptions",
    "AutotargetingMode",
    "AutotargetingBrief",
    "AutotargetingBriefSuggests",
]
"""AutotargetingMode, AutotargetingBrief, AutotargetingBriefSuggests: in no WSDL; seen 2026-09-09, public scripts."""


class KeywordAddItem(TypedDict):
    """Sent by keywords.add.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    Keyword: str
    AdGroupId: int
    Bid: NotRequired[Amount]
    AutotargetingSearchBidIsAuto: NotRequired[general.YesNoEnum]
    ContextBid: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]
    UserParam1: NotRequired[str]
    UserParam2: NotRequired[str]
    AutotargetingCategories: NotRequired[Sequence[general.AutotargetingCategory]]
    AutotargetingBrandOptions: NotRequired[Sequence[general.AutotargetingBrandOption]]
    AutotargetingSettings: NotRequired[general.AutotargetingSettings]


class AddRequest(TypedDict):
    """Params of keywords.add.

    At most 1_000 objects a call.
    Costs 20 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    Keywords: Sequence[KeywordAddItem]


class AddResponse(TypedDict):
    """Answered by keywords.add."""

    AddResults: list[general.ActionResult]


class KeywordsSelectionCriteria(TypedDict):
    """Sent by keywords.get."""

    Ids: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    CampaignIds: NotRequired[Sequence[int]]
    States: NotRequired[Sequence[KeywordStateSelectionEnum]]
    Statuses: NotRequired[Sequence[KeywordStatusSelectionEnum]]
    ModifiedSince: NotRequired[str]
    ServingStatuses: NotRequired[Sequence[general.ServingStatusEnum]]


class GetRequest(TypedDict):
    """Params of keywords.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 10 CampaignIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
    Costs 15 units and 1 for each 2_000 objects; 3 in place of 1 with Productivity, StatisticsNetwork,
    StatisticsSearch.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: KeywordsSelectionCriteria
    FieldNames: Sequence[KeywordFieldEnum]
    AutotargetingSettingsCategoriesFieldNames: NotRequired[Sequence[general.AutotargetingCategoriesFieldEnum]]
    AutotargetingSettingsBrandOptionsFieldNames: NotRequired[Sequence[general.AutotargetingBrandOptionsFieldEnum]]


class KeywordProductivity(TypedDict):
    """Answered by keywords.get."""

    Value: Decimal
    References: list[int]


class KeywordGetItem(TypedDict):
    """Answered by keywords.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    AutotargetingMode, AutotargetingBrief, AutotargetingBriefSuggests: in no WSDL; seen 2026-09-09, public scripts.
    """

    Id: int
    Keyword: str
    AdGroupId: int
    CampaignId: int
    Bid: Amount
    AutotargetingSearchBidIsAuto: general.YesNoEnum
    ContextBid: Amount
    StrategyPriority: general.PriorityEnum | None
    State: general.StateEnum
    Status: general.StatusEnum
    UserParam1: str | None
    UserParam2: str | None
    Productivity: KeywordProductivity | None
    StatisticsSearch: general.Statistics
    StatisticsNetwork: general.Statistics
    ServingStatus: general.ServingStatusEnum
    AutotargetingCategories: general.AutotargetingCategoryArray | None
    AutotargetingBrandOptions: general.AutotargetingBrandOptionArray | None
    AutotargetingSettings: general.AutotargetingSettings | None
    AutotargetingMode: str | None
    AutotargetingBrief: str | None
    AutotargetingBriefSuggests: str | None


class GetResponse(TypedDict):
    """Answered by keywords.get."""

    LimitedBy: int
    Keywords: list[KeywordGetItem]


class KeywordUpdateItem(TypedDict):
    """Sent by keywords.update."""

    Id: int
    Keyword: NotRequired[str]
    UserParam1: NotRequired[str | None]
    UserParam2: NotRequired[str | None]
    AutotargetingCategories: NotRequired[Sequence[general.AutotargetingCategory]]
    AutotargetingBrandOptions: NotRequired[Sequence[general.AutotargetingBrandOption]]
    AutotargetingSettings: NotRequired[general.AutotargetingSettings]


class UpdateRequest(TypedDict):
    """Params of keywords.update.

    At most 1_000 objects a call.
    Costs 20 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    Keywords: Sequence[KeywordUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by keywords.update."""

    UpdateResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of keywords.delete.

    At most 10_000 objects a call.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by keywords.delete."""

    DeleteResults: list[general.ActionResult]


class SuspendRequest(TypedDict):
    """Params of keywords.suspend.

    At most 10_000 objects a call.
    Costs 15 units.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    SelectionCriteria: general.IdsCriteria


class SuspendResponse(TypedDict):
    """Answered by keywords.suspend."""

    SuspendResults: list[general.ActionResult]


class ResumeRequest(TypedDict):
    """Params of keywords.resume.

    At most 10_000 objects a call.
    Costs 15 units.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    SelectionCriteria: general.IdsCriteria


class ResumeResponse(TypedDict):
    """Answered by keywords.resume."""

    ResumeResults: list[general.ActionResult]
