"""Reports: what `direct.reports.get` takes, the fields of each type of report, and the rows of a report.

Made from protocol/reports/facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict, overload

from . import Amount

FilterOperatorEnum = Literal[
    "EQUALS",
    "IN",
    "NOT_EQUALS",
    "NOT_IN",
    "LESS_THAN",
    "GREATER_THAN",
    "STARTS_WITH_IGNORE_CASE",
    "DOES_NOT_START_WITH_IGNORE_CASE",
    "STARTS_WITH_ANY_IGNORE_CASE",
    "DOES_NOT_START_WITH_ALL_IGNORE_CASE",
]

AttributionModelEnum = Literal["FCCD", "LC", "LSCCD", "AUTO", "LSC", "FC", "LYDC", "LYDCCD"]

SortOrderEnum = Literal["ASCENDING", "DESCENDING"]

ReportTypeEnum = Literal[
    "ACCOUNT_PERFORMANCE_REPORT",
    "AD_PERFORMANCE_REPORT",
    "ADGROUP_PERFORMANCE_REPORT",
    "CAMPAIGN_PERFORMANCE_REPORT",
    "CRITERIA_PERFORMANCE_REPORT",
    "CUSTOM_REPORT",
    "REACH_AND_FREQUENCY_PERFORMANCE_REPORT",
    "SEARCH_QUERY_PERFORMANCE_REPORT",
]

DateRangeTypeEnum = Literal[
    "TODAY",
    "YESTERDAY",
    "LAST_3_DAYS",
    "LAST_5_DAYS",
    "LAST_7_DAYS",
    "LAST_14_DAYS",
    "LAST_30_DAYS",
    "LAST_90_DAYS",
    "LAST_365_DAYS",
    "THIS_WEEK_MON_TODAY",
    "THIS_WEEK_SUN_TODAY",
    "LAST_WEEK",
    "LAST_BUSINESS_WEEK",
    "LAST_WEEK_SUN_SAT",
    "THIS_MONTH",
    "LAST_MONTH",
    "ALL_TIME",
    "CUSTOM_DATE",
    "AUTO",
]

FormatEnum = Literal["TSV"]

YesNoEnum = Literal["YES", "NO"]

FieldOfEveryReport = Literal[
    "AvgCpc",
    "AvgEffectiveBid",
    "AvgPageviews",
    "AvgTrafficVolume",
    "BounceRate",
    "Bounces",
    "CampaignType",
    "Clicks",
    "ClientLogin",
    "ConversionRate",
    "Conversions",
    "Cost",
    "CostPerConversion",
    "Ctr",
    "Date",
    "GoalsRoi",
    "Impressions",
    "Month",
    "Profit",
    "PurchaseRevenue",
    "PurchaseProfit",
    "PurchaseGoalsRoi",
    "Quarter",
    "Revenue",
    "Week",
    "WeightedCtr",
    "WeightedImpressions",
    "Year",
]

AccountPerformanceReportField = FieldOfEveryReport | Literal[
    "AdFormat",
    "AdNetworkType",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CarrierType",
    "ClickType",
    "CriteriaType",
    "CriterionType",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "ImpressionShare",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchType",
    "MobilePlatform",
    "Placement",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
]

AdPerformanceReportField = FieldOfEveryReport | Literal[
    "AdFormat",
    "AdGroupId",
    "AdGroupName",
    "AdId",
    "AdNetworkType",
    "AdUrl",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CarrierType",
    "ClickType",
    "CriteriaType",
    "CriterionType",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchType",
    "MobilePlatform",
    "Placement",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
]

AdgroupPerformanceReportField = FieldOfEveryReport | Literal[
    "AdFormat",
    "AdGroupId",
    "AdGroupName",
    "AdNetworkType",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CarrierType",
    "ClickType",
    "CriteriaType",
    "CriterionType",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "ImpressionShare",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchType",
    "MobilePlatform",
    "Placement",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
]

CampaignPerformanceReportField = FieldOfEveryReport | Literal[
    "AdFormat",
    "AdNetworkType",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CarrierType",
    "ClickType",
    "CriteriaType",
    "CriterionType",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "ImpressionShare",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchType",
    "MobilePlatform",
    "Placement",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
]

CriteriaPerformanceReportField = FieldOfEveryReport | Literal[
    "AdGroupId",
    "AdGroupName",
    "AdNetworkType",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CarrierType",
    "ClickType",
    "Criteria",
    "CriteriaId",
    "CriteriaType",
    "Criterion",
    "CriterionId",
    "CriterionType",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "ImpressionShare",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchType",
    "MobilePlatform",
    "Placement",
    "RlAdjustmentId",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
]

CustomReportField = FieldOfEveryReport | Literal[
    "AdFormat",
    "AdGroupId",
    "AdGroupName",
    "AdId",
    "AdNetworkType",
    "AdUrl",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CarrierType",
    "ClickType",
    "Criteria",
    "CriteriaId",
    "CriteriaType",
    "Criterion",
    "CriterionId",
    "CriterionType",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchType",
    "MobilePlatform",
    "OfferUrl",
    "Placement",
    "RlAdjustmentId",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
]

ReachAndFrequencyPerformanceReportField = FieldOfEveryReport | Literal[
    "AdGroupId",
    "AdGroupName",
    "AdId",
    "Age",
    "AvgCpm",
    "AvgImpressionFrequency",
    "AvgVideoCompleteCost",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CPV",
    "Device",
    "Gender",
    "ImpressionReach",
    "Sessions",
    "TargetingLocationId",
    "TargetingLocationName",
    "VideoComplete",
    "VideoCompleteRate",
    "VideoFirstQuartile",
    "VideoFirstQuartileRate",
    "VideoMidpoint",
    "VideoMidpointRate",
    "VideoThirdQuartile",
    "VideoThirdQuartileRate",
    "VideoViews",
    "VideoViewsRate",
    "Views",
]

SearchQueryPerformanceReportField = FieldOfEveryReport | Literal[
    "AdGroupId",
    "AdGroupName",
    "AdId",
    "AdUrl",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgImpressionPosition",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "Criteria",
    "CriteriaId",
    "CriteriaType",
    "Criterion",
    "CriterionId",
    "CriterionType",
    "IncomeGrade",
    "MatchedKeyword",
    "MatchType",
    "Placement",
    "Query",
    "TargetingCategory",
]

FilterFieldEnum = Literal[
    "AdFormat",
    "AdGroupId",
    "AdId",
    "AdNetworkType",
    "Age",
    "AudienceTargetId",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgCpc",
    "AvgCpm",
    "AvgEffectiveBid",
    "AvgImpressionFrequency",
    "AvgImpressionPosition",
    "AvgPageviews",
    "AvgTrafficVolume",
    "AvgVideoCompleteCost",
    "BounceRate",
    "CampaignId",
    "CampaignType",
    "CarrierType",
    "Clicks",
    "ClickType",
    "ClientLogin",
    "ConversionRate",
    "Conversions",
    "Cost",
    "CostPerConversion",
    "CPV",
    "CriteriaType",
    "CriterionType",
    "Ctr",
    "Device",
    "DynamicTextAdTargetId",
    "ExternalNetworkName",
    "Gender",
    "GoalsRoi",
    "ImpressionReach",
    "Impressions",
    "ImpressionShare",
    "IncomeGrade",
    "Keyword",
    "LocationOfPresenceId",
    "MatchedKeyword",
    "MatchType",
    "MobilePlatform",
    "Placement",
    "Profit",
    "PurchaseGoals",
    "PurchaseRevenue",
    "PurchaseProfit",
    "PurchaseGoalsRoi",
    "Query",
    "Revenue",
    "RlAdjustmentId",
    "Slot",
    "SmartAdTargetId",
    "SmartBannerFilterId",
    "TargetingCategory",
    "TargetingLocationId",
    "VideoComplete",
    "VideoCompleteRate",
    "VideoFirstQuartile",
    "VideoFirstQuartileRate",
    "VideoMidpoint",
    "VideoMidpointRate",
    "VideoThirdQuartile",
    "VideoThirdQuartileRate",
    "VideoViews",
    "VideoViewsRate",
    "Views",
    "WeightedCtr",
    "WeightedImpressions",
]

OrderFieldEnum = Literal[
    "AdFormat",
    "AdGroupId",
    "AdGroupName",
    "AdId",
    "AdNetworkType",
    "AdUrl",
    "Age",
    "AutotargetingBrandOption",
    "AvgClickPosition",
    "AvgCpc",
    "AvgCpm",
    "AvgEffectiveBid",
    "AvgImpressionFrequency",
    "AvgImpressionPosition",
    "AvgPageviews",
    "AvgTrafficVolume",
    "AvgVideoCompleteCost",
    "BounceRate",
    "Bounces",
    "CampaignId",
    "CampaignName",
    "CampaignUrlPath",
    "CampaignType",
    "CarrierType",
    "Clicks",
    "ClickType",
    "ClientLogin",
    "ConversionRate",
    "Conversions",
    "Cost",
    "CostPerConversion",
    "CPV",
    "CriteriaType",
    "CriterionType",
    "Ctr",
    "Date",
    "Device",
    "ExternalNetworkName",
    "Gender",
    "GoalsRoi",
    "ImpressionReach",
    "Impressions",
    "ImpressionShare",
    "IncomeGrade",
    "LocationOfPresenceId",
    "LocationOfPresenceName",
    "MatchedKeyword",
    "MatchType",
    "MobilePlatform",
    "Month",
    "OfferUrl",
    "Placement",
    "Profit",
    "PurchaseRevenue",
    "PurchaseProfit",
    "PurchaseGoalsRoi",
    "Quarter",
    "Query",
    "Revenue",
    "RlAdjustmentId",
    "Sessions",
    "Slot",
    "TargetingCategory",
    "TargetingLocationId",
    "TargetingLocationName",
    "VideoComplete",
    "VideoCompleteRate",
    "VideoFirstQuartile",
    "VideoFirstQuartileRate",
    "VideoMidpoint",
    "VideoMidpointRate",
    "VideoThirdQuartile",
    "VideoThirdQuartileRate",
    "VideoViews",
    "VideoViewsRate",
    "Views",
    "Week",
    "WeightedCtr",
    "WeightedImpressions",
    "Year",
]

FieldEnum = OrderFieldEnum | Literal["Criteria", "CriteriaId", "Criterion", "CriterionId"]


class ReportFilter(TypedDict):
    """Filter of a report definition."""

    Field: FilterFieldEnum
    Operator: FilterOperatorEnum
    Values: Sequence[int] | Sequence[Decimal] | list[str] | tuple[str, ...]


class ReportSelectionCriteria(TypedDict):
    """SelectionCriteria of a report definition."""

    DateFrom: NotRequired[str | date]
    DateTo: NotRequired[str | date]
    Filter: NotRequired[Sequence[ReportFilter]]


class ReportPage(TypedDict):
    """Page of a report definition."""

    Limit: int
    Offset: NotRequired[int]


class ReportOrderBy(TypedDict):
    """OrderBy of a report definition."""

    Field: OrderFieldEnum
    SortOrder: NotRequired[SortOrderEnum]


class DefinitionMembers(TypedDict):
    """Members that are the same in all types.

    https://yandex.ru/dev/direct/doc/ru/spec
    """

    SelectionCriteria: NotRequired[ReportSelectionCriteria]
    Goals: NotRequired[Sequence[int] | list[str] | tuple[str, ...]]
    AttributionModels: NotRequired[Sequence[AttributionModelEnum]]
    Page: NotRequired[ReportPage]
    OrderBy: NotRequired[Sequence[ReportOrderBy]]
    ReportName: NotRequired[str]
    DateRangeType: NotRequired[DateRangeTypeEnum]
    Format: NotRequired[FormatEnum]
    IncludeVAT: NotRequired[YesNoEnum]
    IncludeDiscount: NotRequired[YesNoEnum]


class ReportParams(DefinitionMembers):
    """Params of reports.get: those of a definition, or those that override members of a definition.

    https://yandex.ru/dev/direct/doc/ru/spec
    """

    ReportType: NotRequired[ReportTypeEnum]
    FieldNames: NotRequired[Sequence[FieldEnum]]


class AccountPerformanceReport(DefinitionMembers):
    """A report of the type ACCOUNT_PERFORMANCE_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["ACCOUNT_PERFORMANCE_REPORT"]
    FieldNames: Sequence[AccountPerformanceReportField]


class AdPerformanceReport(DefinitionMembers):
    """A report of the type AD_PERFORMANCE_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["AD_PERFORMANCE_REPORT"]
    FieldNames: Sequence[AdPerformanceReportField]


class AdgroupPerformanceReport(DefinitionMembers):
    """A report of the type ADGROUP_PERFORMANCE_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["ADGROUP_PERFORMANCE_REPORT"]
    FieldNames: Sequence[AdgroupPerformanceReportField]


class CampaignPerformanceReport(DefinitionMembers):
    """A report of the type CAMPAIGN_PERFORMANCE_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["CAMPAIGN_PERFORMANCE_REPORT"]
    FieldNames: Sequence[CampaignPerformanceReportField]


class CriteriaPerformanceReport(DefinitionMembers):
    """A report of the type CRITERIA_PERFORMANCE_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["CRITERIA_PERFORMANCE_REPORT"]
    FieldNames: Sequence[CriteriaPerformanceReportField]


class CustomReport(DefinitionMembers):
    """A report of the type CUSTOM_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["CUSTOM_REPORT"]
    FieldNames: Sequence[CustomReportField]


class ReachAndFrequencyPerformanceReport(DefinitionMembers):
    """A report of the type REACH_AND_FREQUENCY_PERFORMANCE_REPORT, with the fields of this type.

    FieldNames needs CampaignId.
    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["REACH_AND_FREQUENCY_PERFORMANCE_REPORT"]
    FieldNames: Sequence[ReachAndFrequencyPerformanceReportField]


class SearchQueryPerformanceReport(DefinitionMembers):
    """A report of the type SEARCH_QUERY_PERFORMANCE_REPORT, with the fields of this type.

    https://yandex.ru/dev/direct/doc/ru/type
    """

    ReportType: Literal["SEARCH_QUERY_PERFORMANCE_REPORT"]
    FieldNames: Sequence[SearchQueryPerformanceReportField]


class ReportRow(dict[str, Any]):
    """A row of a report, by the fields of FieldNames; at run time a plain dict.

    None is `--`: there is no value. Money is an int of micros, or a Decimal with the setting money="decimal".
    A column of a goal, such as Conversions_12345_LC, is Any.
    https://yandex.ru/dev/direct/doc/ru/fields-list
    """

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, name: Literal["AdFormat", "AdGroupName", "AdNetworkType", "AdUrl", "Age", "AutotargetingBrandOption", "CampaignName", "CampaignUrlPath", "CampaignType", "CarrierType", "ClickType", "ClientLogin", "Criteria", "CriteriaType", "Criterion", "CriterionType", "Device", "ExternalNetworkName", "Gender", "IncomeGrade", "LocationOfPresenceName", "MatchedKeyword", "MatchType", "MobilePlatform", "OfferUrl", "Placement", "Query", "Slot", "TargetingCategory", "TargetingLocationName"], /) -> str | None: ...

        @overload
        def __getitem__(self, name: Literal["AdGroupId", "AdId", "Bounces", "CampaignId", "Conversions", "CriteriaId", "CriterionId", "ImpressionReach", "LocationOfPresenceId", "RlAdjustmentId", "Sessions", "TargetingLocationId", "VideoComplete", "VideoFirstQuartile", "VideoMidpoint", "VideoThirdQuartile", "VideoViews", "Views"], /) -> int | None: ...

        @overload
        def __getitem__(self, name: Literal["AvgClickPosition", "AvgImpressionFrequency", "AvgImpressionPosition", "AvgPageviews", "AvgTrafficVolume", "BounceRate", "ConversionRate", "Ctr", "GoalsRoi", "ImpressionShare", "PurchaseGoalsRoi", "VideoCompleteRate", "VideoFirstQuartileRate", "VideoMidpointRate", "VideoThirdQuartileRate", "VideoViewsRate", "WeightedCtr", "WeightedImpressions"], /) -> Decimal | None: ...

        @overload
        def __getitem__(self, name: Literal["AvgCpc", "AvgCpm", "AvgEffectiveBid", "AvgVideoCompleteCost", "CostPerConversion", "CPV", "Profit", "PurchaseRevenue", "PurchaseProfit", "Revenue"], /) -> Amount | None: ...

        @overload
        def __getitem__(self, name: Literal["Clicks", "Impressions"], /) -> int: ...

        @overload
        def __getitem__(self, name: Literal["Cost"], /) -> Amount: ...

        @overload
        def __getitem__(self, name: Literal["Date", "Month", "Quarter", "Week", "Year"], /) -> date: ...

        @overload
        def __getitem__(self, name: str, /) -> Any: ...

        def __getitem__(self, name: str, /) -> Any: ...
