"""general: what its operations send and answer, by the names of the contract.

Made from wsdl/general.xsd and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

ExtensionStatusSelectionEnum = Literal["DRAFT", "MODERATION", "ACCEPTED", "REJECTED"]

StateEnum = Literal["OFF", "ON", "SUSPENDED", "OFF_BY_MONITORING", "ARCHIVED", "DELETED", "UNKNOWN"]

StatusEnum = Literal["ACCEPTED", "DRAFT", "MODERATION", "PREACCEPTED", "REJECTED", "UNKNOWN"]

YesNoEnum = Literal["YES", "NO"]

AdGroupTypesEnum = Literal[
    "DYNAMIC_TEXT_AD_GROUP",
    "MOBILE_APP_AD_GROUP",
    "TEXT_AD_GROUP",
    "CPM_BANNER_AD_GROUP",
    "CPM_VIDEO_AD_GROUP",
    "UNIFIED_AD_GROUP",
    "SMART_AD_GROUP",
]
"""SMART_AD_GROUP: in no WSDL; seen 2026-09-01, https://yandex.ru/dev/direct/doc/en/adgroups/get."""

ServingStatusEnum = Literal["ELIGIBLE", "RARELY_SERVED"]

AutotargetingCategoriesFieldEnum = Literal["Exact", "Narrow", "Alternative", "Accessory", "Broader"]

AutotargetingBrandOptionsFieldEnum = Literal["WithoutBrands", "WithAdvertiserBrand", "WithCompetitorsBrand"]

MobileOperatingSystemTypeEnum = Literal["IOS", "ANDROID", "OS_TYPE_OTHER", "OS_TYPE_UNKNOWN"]

AutotargetingCategoriesEnum = Literal["EXACT", "ALTERNATIVE", "COMPETITOR", "BROADER", "ACCESSORY"]

MobileAppAdActionEnum = Literal["DOWNLOAD", "GET", "INSTALL", "MORE", "OPEN", "UPDATE", "PLAY", "BUY_AUTODETECT"]

StringConditionOperatorEnum = Literal[
    "CONTAINS_ANY",
    "EQUALS_ANY",
    "EXISTS",
    "GREATER_THAN",
    "IN_RANGE",
    "LESS_THAN",
    "NOT_CONTAINS_ALL",
]

OperationEnum = Literal["ADD", "REMOVE", "SET"]

YesNoUnknownEnum = Literal["YES", "NO", "UNKNOWN"]

CurrencyEnum = Literal["YND_FIXED", "RUB", "CHF", "EUR", "KZT", "TRY", "UAH", "USD", "BYN", "GBP"]

LangEnum = Literal["RU", "UK", "EN", "TR"]

RepresentativeRoleEnum = Literal["CHIEF", "DELEGATE", "LIMITED", "READONLY", "UNKNOWN"]

RoleEnum = Literal["ADMIN", "USER"]

PriorityEnum = Literal["LOW", "NORMAL", "HIGH"]

GenderEnum = Literal["GENDER_MALE", "GENDER_FEMALE"]

AgeRangeEnum = Literal["AGE_0_17", "AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45", "AGE_45_54", "AGE_55"]

SerpLayoutEnum = Literal["ALONE", "SUGGEST"]

IncomeGradeEnum = Literal["VERY_HIGH", "HIGH", "ABOVE_AVERAGE"]

PositionEnum = Literal[
    "PREMIUMFIRST",
    "PREMIUMBLOCK",
    "FOOTERFIRST",
    "FOOTERBLOCK",
    "P11",
    "P12",
    "P13",
    "P14",
    "P21",
    "P22",
    "P23",
    "P24",
]

ScopeEnum = Literal["SEARCH", "NETWORK"]

AttributionModelEnum = Literal["LC", "LSC", "FC", "LYDC", "LSCCD", "FCCD", "LYDCCD", "AUTO"]

VideoTargetEnum = Literal["VIEWS", "CLICKS"]

AdTargetStateSelectionEnum = Literal["ON", "OFF", "SUSPENDED", "DELETED"]

ConditionTypeEnum = Literal["ITEMS_ALL", "ITEMS_SUBSET"]

AutotargetingBrandOptionsEnum = Literal["WITHOUT_BRANDS", "WITH_ADVERTISER_BRAND"]


class ExceptionNotification(TypedDict):
    """Answered by 82 operations."""

    Code: int
    Message: str
    Details: str


class ActionResult(TypedDict):
    """Answered by 62 operations."""

    Warnings: list[ExceptionNotification]
    Errors: list[ExceptionNotification]
    Id: int


class LimitOffset(TypedDict):
    """Sent by 26 operations."""

    Limit: NotRequired[int]
    Offset: NotRequired[int]


class IdsCriteria(TypedDict):
    """Sent by 39 operations.

    Answered by keywordsresearch.deduplicate.
    """

    Ids: Sequence[int]


class ArrayOfString(TypedDict):
    """Sent by 6 operations.

    Answered by 7 operations.
    """

    Items: list[str] | tuple[str, ...]


class ArrayOfLong(TypedDict):
    """Sent by 7 operations.

    Answered by 5 operations.
    """

    Items: Sequence[int]


class ExtensionModeration(TypedDict):
    """Answered by adgroups.get, ads.get."""

    Status: StatusEnum
    StatusClarification: str


class AutotargetingCategory(TypedDict):
    """Sent by adgroups.add, adgroups.update, keywords.add, keywords.update.

    Answered by adgroups.get, keywords.get.
    """

    Category: AutotargetingCategoriesEnum
    Value: YesNoEnum


class AutotargetingCategoryArray(TypedDict):
    """Answered by adgroups.get, keywords.get."""

    Items: list[AutotargetingCategory]


class AutotargetingCategories(TypedDict):
    """Sent by adgroups.add, adgroups.update, keywords.add, keywords.update.

    Answered by adgroups.get, keywords.get.
    """

    Exact: NotRequired[YesNoEnum]
    Narrow: NotRequired[YesNoEnum]
    Alternative: NotRequired[YesNoEnum]
    Accessory: NotRequired[YesNoEnum]
    Broader: NotRequired[YesNoEnum]


class AutotargetingBrandOptions(TypedDict):
    """Sent by adgroups.add, adgroups.update, keywords.add, keywords.update.

    Answered by adgroups.get, keywords.get.
    """

    WithoutBrands: NotRequired[YesNoEnum]
    WithAdvertiserBrand: NotRequired[YesNoEnum]
    WithCompetitorsBrand: NotRequired[YesNoEnum]


class AutotargetingSettings(TypedDict):
    """Sent by adgroups.add, adgroups.update, keywords.add, keywords.update.

    Answered by adgroups.get, keywords.get.
    """

    Categories: NotRequired[AutotargetingCategories]
    BrandOptions: NotRequired[AutotargetingBrandOptions]


class ClientsActionResult(TypedDict):
    """Answered by agencyclients.update, clients.update."""

    Warnings: list[ExceptionNotification]
    Errors: list[ExceptionNotification]
    ClientId: int


class SetBidsActionResult(TypedDict):
    """Answered by audiencetargets.setBids, dynamicfeedadtargets.setBids, dynamictextadtargets.setBids,
    smartadtargets.setBids.
    """

    Warnings: list[ExceptionNotification]
    Errors: list[ExceptionNotification]
    Id: int
    CampaignId: int
    AdGroupId: int


class MultiIdsActionResult(TypedDict):
    """Answered by bidmodifiers.add."""

    Warnings: list[ExceptionNotification]
    Errors: list[ExceptionNotification]
    Ids: list[int]


class ArrayOfInteger(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    Items: Sequence[int]


class Statistics(TypedDict):
    """Answered by campaigns.get, keywords.get."""

    Clicks: int
    Impressions: int


class AdTargetsSelectionCriteria(TypedDict):
    """Sent by dynamicfeedadtargets.get, dynamictextadtargets.get, smartadtargets.get."""

    Ids: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    CampaignIds: NotRequired[Sequence[int]]
    States: NotRequired[Sequence[AdTargetStateSelectionEnum]]


class AutotargetingBrandOption(TypedDict):
    """Sent by keywords.add, keywords.update.

    Answered by keywords.get.
    """

    Option: AutotargetingBrandOptionsEnum
    Value: YesNoEnum


class AutotargetingBrandOptionArray(TypedDict):
    """Answered by keywords.get."""

    Items: list[AutotargetingBrandOption]
