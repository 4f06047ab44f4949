"""AdGroups: what its operations send and answer, by the names of the contract.

Made from wsdl/adgroups.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

AdGroupStatusSelectionEnum = Literal["ACCEPTED", "DRAFT", "MODERATION", "REJECTED", "PREACCEPTED"]

AdGroupAppIconStatusSelectionEnum = Literal["ACCEPTED", "MODERATION", "REJECTED"]

AdGroupFieldEnum = Literal[
    "Id",
    "CampaignId",
    "Status",
    "Name",
    "RegionIds",
    "RestrictedRegionIds",
    "NegativeKeywords",
    "NegativeKeywordSharedSetIds",
    "Type",
    "TrackingParams",
    "Subtype",
    "ServingStatus",
]

MobileAppAdGroupFieldEnum = Literal[
    "StoreUrl",
    "TargetDeviceType",
    "TargetCarrier",
    "TargetOperatingSystemVersion",
    "AppIconModeration",
    "AppAvailabilityStatus",
    "AppOperatingSystemType",
]

DynamicTextAdGroupFieldEnum = Literal[
    "AutotargetingCategories",
    "AutotargetingSettings",
    "DomainUrl",
    "DomainUrlProcessingStatus",
]

DynamicTextFeedAdGroupFieldEnum = Literal[
    "AutotargetingCategories",
    "AutotargetingSettings",
    "Source",
    "FeedId",
    "SourceType",
    "SourceProcessingStatus",
]

SmartAdGroupFieldEnum = Literal["FeedId", "AdTitleSource", "AdBodySource"]

TextAdGroupFeedParamsFieldEnum = Literal["FeedId", "FeedCategoryIds"]

UnifiedAdGroupFieldEnum = Literal["OfferRetargeting", "Scenario", "CurrentAudienceRetargetingConditionId"]
"""Scenario, CurrentAudienceRetargetingConditionId: in no WSDL; seen 2026-09-01, public scripts."""

AdGroupSubtypeEnum = Literal["WEBPAGE", "FEED", "NONE", "KEYWORDS", "USER_PROFILE"]

TargetDeviceTypeEnum = Literal["DEVICE_TYPE_MOBILE", "DEVICE_TYPE_TABLET"]

TargetCarrierEnum = Literal["WI_FI_ONLY", "WI_FI_AND_CELLULAR"]

AppAvailabilityStatusEnum = Literal["UNPROCESSED", "AVAILABLE", "NOT_AVAILABLE"]

SourceProcessingStatusEnum = Literal["EMPTY_RESULT", "PROCESSED", "UNKNOWN", "UNPROCESSED"]

SourceTypeGetEnum = Literal["RETAIL_FEED", "UNKNOWN"]


class AdGroupsSelectionCriteria(TypedDict):
    """Sent by adgroups.get."""

    CampaignIds: NotRequired[Sequence[int]]
    Ids: NotRequired[Sequence[int]]
    Types: NotRequired[Sequence[general.AdGroupTypesEnum]]
    Statuses: NotRequired[Sequence[AdGroupStatusSelectionEnum]]
    TagIds: NotRequired[Sequence[int]]
    Tags: NotRequired[list[str] | tuple[str, ...]]
    AppIconStatuses: NotRequired[Sequence[AdGroupAppIconStatusSelectionEnum]]
    ServingStatuses: NotRequired[Sequence[general.ServingStatusEnum]]
    NegativeKeywordSharedSetIds: NotRequired[Sequence[int]]


class GetRequest(TypedDict):
    """Params of adgroups.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10 CampaignIds, 10 NegativeKeywordSharedSetIds, 10_000 Ids, 10_000 TagIds.
    SelectionCriteria needs one of CampaignIds, Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: AdGroupsSelectionCriteria
    FieldNames: Sequence[AdGroupFieldEnum]
    MobileAppAdGroupFieldNames: NotRequired[Sequence[MobileAppAdGroupFieldEnum]]
    DynamicTextAdGroupFieldNames: NotRequired[Sequence[DynamicTextAdGroupFieldEnum]]
    DynamicTextFeedAdGroupFieldNames: NotRequired[Sequence[DynamicTextFeedAdGroupFieldEnum]]
    AutotargetingSettingsCategoriesFieldNames: NotRequired[Sequence[general.AutotargetingCategoriesFieldEnum]]
    AutotargetingSettingsBrandOptionsFieldNames: NotRequired[Sequence[general.AutotargetingBrandOptionsFieldEnum]]
    SmartAdGroupFieldNames: NotRequired[Sequence[SmartAdGroupFieldEnum]]
    TextAdGroupFeedParamsFieldNames: NotRequired[Sequence[TextAdGroupFeedParamsFieldEnum]]
    UnifiedAdGroupFieldNames: NotRequired[Sequence[UnifiedAdGroupFieldEnum]]


class MobileAppAdGroupGet(TypedDict):
    """Answered by adgroups.get."""

    StoreUrl: str
    TargetDeviceType: list[TargetDeviceTypeEnum]
    TargetCarrier: TargetCarrierEnum
    TargetOperatingSystemVersion: str
    AppIconModeration: general.ExtensionModeration | None
    AppOperatingSystemType: general.MobileOperatingSystemTypeEnum
    AppAvailabilityStatus: AppAvailabilityStatusEnum


class DynamicTextAdGroupGet(TypedDict):
    """Answered by adgroups.get."""

    AutotargetingCategories: general.AutotargetingCategoryArray
    AutotargetingSettings: general.AutotargetingSettings
    DomainUrl: str
    DomainUrlProcessingStatus: SourceProcessingStatusEnum


class DynamicTextFeedAdGroupGet(TypedDict):
    """Answered by adgroups.get."""

    AutotargetingCategories: general.AutotargetingCategoryArray
    AutotargetingSettings: general.AutotargetingSettings
    Source: str
    FeedId: int
    SourceType: SourceTypeGetEnum
    SourceProcessingStatus: SourceProcessingStatusEnum


class SmartAdGroupGet(TypedDict):
    """Answered by adgroups.get."""

    FeedId: int
    AdTitleSource: str | None
    AdBodySource: str | None


class TextAdGroupFeedParamsGet(TypedDict):
    """Answered by adgroups.get."""

    FeedId: int | None
    FeedCategoryIds: general.ArrayOfLong | None


class UnifiedAdGroupGet(TypedDict):
    """Answered by adgroups.get.

    Scenario, CurrentAudienceRetargetingConditionId: in no WSDL; seen 2026-09-01, public scripts.
    """

    OfferRetargeting: general.YesNoEnum
    Scenario: str | None
    CurrentAudienceRetargetingConditionId: int | None


class AdGroupGetItem(TypedDict):
    """Answered by adgroups.get."""

    RegionIds: list[int]
    NegativeKeywords: general.ArrayOfString | None
    NegativeKeywordSharedSetIds: general.ArrayOfLong | None
    TrackingParams: str
    Id: int
    Name: str
    CampaignId: int
    Status: general.StatusEnum
    Type: general.AdGroupTypesEnum
    Subtype: AdGroupSubtypeEnum
    MobileAppAdGroup: MobileAppAdGroupGet
    DynamicTextAdGroup: DynamicTextAdGroupGet
    DynamicTextFeedAdGroup: DynamicTextFeedAdGroupGet
    SmartAdGroup: SmartAdGroupGet
    ServingStatus: general.ServingStatusEnum
    RestrictedRegionIds: general.ArrayOfLong | None
    TextAdGroupFeedParams: TextAdGroupFeedParamsGet
    UnifiedAdGroup: UnifiedAdGroupGet


class GetResponse(TypedDict):
    """Answered by adgroups.get."""

    LimitedBy: int
    AdGroups: list[AdGroupGetItem]


class MobileAppAdGroupAdd(TypedDict):
    """Sent by adgroups.add."""

    StoreUrl: str
    TargetDeviceType: Sequence[TargetDeviceTypeEnum]
    TargetCarrier: TargetCarrierEnum
    TargetOperatingSystemVersion: str


class DynamicTextAdGroup(TypedDict):
    """Sent by adgroups.add, adgroups.update."""

    AutotargetingCategories: NotRequired[Sequence[general.AutotargetingCategory]]
    AutotargetingSettings: NotRequired[general.AutotargetingSettings]
    DomainUrl: str


class DynamicTextFeedAdGroup(TypedDict):
    """Sent by adgroups.add."""

    AutotargetingCategories: NotRequired[Sequence[general.AutotargetingCategory]]
    AutotargetingSettings: NotRequired[general.AutotargetingSettings]
    FeedId: int


class CpmBannerKeywordsAdGroupAdd(TypedDict):
    """Sent by adgroups.add."""


class CpmBannerUserProfileAdGroupAdd(TypedDict):
    """Sent by adgroups.add."""


class CpmVideoAdGroupAdd(TypedDict):
    """Sent by adgroups.add."""


class SmartAdGroupAdd(TypedDict):
    """Sent by adgroups.add."""

    FeedId: int
    AdTitleSource: NotRequired[str]
    AdBodySource: NotRequired[str]


class UnifiedAdGroupAdd(TypedDict):
    """Sent by adgroups.add."""

    OfferRetargeting: general.YesNoEnum


class TextAdGroupFeedParamsAdd(TypedDict):
    """Sent by adgroups.add."""

    FeedId: int
    FeedCategoryIds: NotRequired[general.ArrayOfLong]


class AdGroupAddItem(TypedDict):
    """Sent by adgroups.add."""

    Name: str
    CampaignId: int
    RegionIds: Sequence[int]
    NegativeKeywords: NotRequired[general.ArrayOfString]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong]
    TrackingParams: NotRequired[str]
    MobileAppAdGroup: NotRequired[MobileAppAdGroupAdd]
    DynamicTextAdGroup: NotRequired[DynamicTextAdGroup]
    DynamicTextFeedAdGroup: NotRequired[DynamicTextFeedAdGroup]
    CpmBannerKeywordsAdGroup: NotRequired[CpmBannerKeywordsAdGroupAdd]
    CpmBannerUserProfileAdGroup: NotRequired[CpmBannerUserProfileAdGroupAdd]
    CpmVideoAdGroup: NotRequired[CpmVideoAdGroupAdd]
    SmartAdGroup: NotRequired[SmartAdGroupAdd]
    UnifiedAdGroup: NotRequired[UnifiedAdGroupAdd]
    TextAdGroupFeedParams: NotRequired[TextAdGroupFeedParamsAdd]


class AddRequest(TypedDict):
    """Params of adgroups.add.

    At most 1_000 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
    """

    AdGroups: Sequence[AdGroupAddItem]


class AddResponse(TypedDict):
    """Answered by adgroups.add."""

    AddResults: list[general.ActionResult]


class MobileAppAdGroupUpdate(TypedDict):
    """Sent by adgroups.update."""

    TargetDeviceType: NotRequired[Sequence[TargetDeviceTypeEnum]]
    TargetCarrier: NotRequired[TargetCarrierEnum]
    TargetOperatingSystemVersion: NotRequired[str]


class DynamicTextFeedAdGroupUpdate(TypedDict):
    """Sent by adgroups.update."""

    AutotargetingCategories: NotRequired[Sequence[general.AutotargetingCategory]]
    AutotargetingSettings: NotRequired[general.AutotargetingSettings]
    FeedId: NotRequired[int]


class SmartAdGroupUpdate(TypedDict):
    """Sent by adgroups.update."""

    AdTitleSource: NotRequired[str | None]
    AdBodySource: NotRequired[str | None]


class TextAdGroupFeedParamsUpdate(TypedDict):
    """Sent by adgroups.update."""

    FeedId: int | None
    FeedCategoryIds: NotRequired[general.ArrayOfLong | None]


class UnifiedAdGroupUpdate(TypedDict):
    """Sent by adgroups.update."""

    OfferRetargeting: NotRequired[general.YesNoEnum]


class AdGroupUpdateItem(TypedDict):
    """Sent by adgroups.update."""

    RegionIds: NotRequired[Sequence[int]]
    NegativeKeywords: NotRequired[general.ArrayOfString | None]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]
    TrackingParams: NotRequired[str]
    Id: int
    Name: NotRequired[str]
    MobileAppAdGroup: NotRequired[MobileAppAdGroupUpdate]
    DynamicTextAdGroup: NotRequired[DynamicTextAdGroup]
    DynamicTextFeedAdGroup: NotRequired[DynamicTextFeedAdGroupUpdate]
    SmartAdGroup: NotRequired[SmartAdGroupUpdate]
    TextAdGroupFeedParams: NotRequired[TextAdGroupFeedParamsUpdate]
    UnifiedAdGroup: NotRequired[UnifiedAdGroupUpdate]


class UpdateRequest(TypedDict):
    """Params of adgroups.update.

    At most 1_000 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
    """

    AdGroups: Sequence[AdGroupUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by adgroups.update."""

    UpdateResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of adgroups.delete.

    At most 10_000 objects a call.
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by adgroups.delete."""

    DeleteResults: list[general.ActionResult]
