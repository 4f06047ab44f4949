"""Campaigns: what its operations send and answer, by the names of the contract.

Made from wsdl/campaigns.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

SmsEventsEnum = Literal["MONITORING", "MODERATION", "MONEY_IN", "MONEY_OUT", "FINISHED"]

DailyBudgetModeEnum = Literal["STANDARD", "DISTRIBUTED"]

TextCampaignSearchStrategyTypeEnum = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "WB_MAXIMUM_CONVERSION_RATE",
    "HIGHEST_POSITION",
    "IMPRESSIONS_BELOW_SEARCH",
    "SERVING_OFF",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "WEEKLY_CLICK_PACKAGE",
    "AVERAGE_ROI",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "AVERAGE_CPA_MULTIPLE_GOALS",
    "PAY_FOR_CONVERSION_MULTIPLE_GOALS",
    "MAX_PROFIT",
]

TextCampaignNetworkStrategyTypeEnum = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "WB_MAXIMUM_CONVERSION_RATE",
    "MAXIMUM_COVERAGE",
    "NETWORK_DEFAULT",
    "SERVING_OFF",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "WEEKLY_CLICK_PACKAGE",
    "AVERAGE_ROI",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "AVERAGE_CPA_MULTIPLE_GOALS",
    "PAY_FOR_CONVERSION_MULTIPLE_GOALS",
    "MAX_PROFIT",
]

TextCampaignSettingsEnum = Literal[
    "EXCLUDE_PAUSED_COMPETING_ADS",
    "ADD_OPENSTAT_TAG",
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_SITE_MONITORING",
    "ENABLE_BEHAVIORAL_TARGETING",
    "ENABLE_AUTOFOCUS",
    "REQUIRE_SERVICING",
    "ENABLE_RELATED_KEYWORDS",
    "ENABLE_EXTENDED_AD_TITLE",
    "MAINTAIN_NETWORK_CPC",
    "ENABLE_COMPANY_INFO",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
    "ALTERNATIVE_TEXTS_ENABLED",
]

RelevantKeywordsModeEnum = Literal["MINIMUM", "OPTIMAL", "MAXIMUM"]

UnifiedCampaignSearchStrategyTypeEnum = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "WB_MAXIMUM_CONVERSION_RATE",
    "HIGHEST_POSITION",
    "SERVING_OFF",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "AVERAGE_CPA_MULTIPLE_GOALS",
    "PAY_FOR_CONVERSION_MULTIPLE_GOALS",
    "MAX_PROFIT",
]

UnifiedCampaignNetworkStrategyTypeEnum = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "WB_MAXIMUM_CONVERSION_RATE",
    "NETWORK_DEFAULT",
    "SERVING_OFF",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "AVERAGE_CPA_MULTIPLE_GOALS",
    "PAY_FOR_CONVERSION_MULTIPLE_GOALS",
    "MAX_PROFIT",
]

UnifiedCampaignSettingsEnum = Literal[
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_SITE_MONITORING",
    "REQUIRE_SERVICING",
    "ENABLE_COMPANY_INFO",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
    "ALTERNATIVE_TEXTS_ENABLED",
]

MobileAppCampaignSearchStrategyTypeEnum = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPI",
    "WB_MAXIMUM_APP_INSTALLS",
    "HIGHEST_POSITION",
    "IMPRESSIONS_BELOW_SEARCH",
    "SERVING_OFF",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "WEEKLY_CLICK_PACKAGE",
    "PAY_FOR_INSTALL",
]

MobileAppCampaignNetworkStrategyTypeEnum = Literal[
    "NETWORK_DEFAULT",
    "MAXIMUM_COVERAGE",
    "AVERAGE_CPC",
    "AVERAGE_CPI",
    "WB_MAXIMUM_APP_INSTALLS",
    "SERVING_OFF",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "WEEKLY_CLICK_PACKAGE",
    "PAY_FOR_INSTALL",
]

MobileAppCampaignSettingsEnum = Literal[
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_BEHAVIORAL_TARGETING",
    "ENABLE_AUTOFOCUS",
    "REQUIRE_SERVICING",
    "MAINTAIN_NETWORK_CPC",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
]

DynamicTextCampaignSearchStrategyTypeEnum = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "WB_MAXIMUM_CONVERSION_RATE",
    "HIGHEST_POSITION",
    "IMPRESSIONS_BELOW_SEARCH",
    "UNKNOWN",
    "WB_MAXIMUM_CLICKS",
    "WEEKLY_CLICK_PACKAGE",
    "AVERAGE_ROI",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "SERVING_OFF",
]

DynamicTextCampaignNetworkStrategyTypeEnum = Literal[
    "NETWORK_DEFAULT",
    "MAXIMUM_COVERAGE",
    "WB_MAXIMUM_CONVERSION_RATE",
    "WB_MAXIMUM_CLICKS",
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "AVERAGE_ROI",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "WEEKLY_CLICK_PACKAGE",
    "SERVING_OFF",
    "UNKNOWN",
]

DynamicTextCampaignSettingsEnum = Literal[
    "ADD_OPENSTAT_TAG",
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_SITE_MONITORING",
    "ENABLE_BEHAVIORAL_TARGETING",
    "REQUIRE_SERVICING",
    "ENABLE_EXTENDED_AD_TITLE",
    "ENABLE_COMPANY_INFO",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
]

PlacementTypesEnum = Literal["SEARCH_RESULTS", "PRODUCT_GALLERY"]

CpmBannerCampaignSearchStrategyTypeEnum = Literal["SERVING_OFF", "UNKNOWN"]

CpmBannerCampaignNetworkStrategyTypeEnum = Literal[
    "MANUAL_CPM",
    "WB_DECREASED_PRICE_FOR_REPEATED_IMPRESSIONS",
    "CP_DECREASED_PRICE_FOR_REPEATED_IMPRESSIONS",
    "WB_MAXIMUM_IMPRESSIONS",
    "CP_MAXIMUM_IMPRESSIONS",
    "WB_AVERAGE_CPV",
    "CP_AVERAGE_CPV",
    "UNKNOWN",
]

CpmBannerCampaignSettingsEnum = Literal[
    "ADD_OPENSTAT_TAG",
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_SITE_MONITORING",
    "REQUIRE_SERVICING",
]

SmartCampaignSearchStrategyTypeEnum = Literal[
    "AVERAGE_CPC_PER_CAMPAIGN",
    "AVERAGE_CPC_PER_FILTER",
    "AVERAGE_CPA_PER_CAMPAIGN",
    "AVERAGE_CPA_PER_FILTER",
    "PAY_FOR_CONVERSION_PER_CAMPAIGN",
    "PAY_FOR_CONVERSION_PER_FILTER",
    "AVERAGE_ROI",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "SERVING_OFF",
    "UNKNOWN",
]

SmartCampaignNetworkStrategyTypeEnum = Literal[
    "NETWORK_DEFAULT",
    "AVERAGE_CPC_PER_CAMPAIGN",
    "AVERAGE_CPC_PER_FILTER",
    "AVERAGE_CPA_PER_CAMPAIGN",
    "AVERAGE_CPA_PER_FILTER",
    "PAY_FOR_CONVERSION_PER_CAMPAIGN",
    "PAY_FOR_CONVERSION_PER_FILTER",
    "AVERAGE_ROI",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "SERVING_OFF",
    "UNKNOWN",
]

SmartCampaignSettingsEnum = Literal[
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "REQUIRE_SERVICING",
]

BudgetTypeEnum = Literal["WEEKLY_BUDGET", "CUSTOM_PERIOD_BUDGET"]

CampaignTypeEnum = Literal[
    "TEXT_CAMPAIGN",
    "MOBILE_APP_CAMPAIGN",
    "DYNAMIC_TEXT_CAMPAIGN",
    "CPM_BANNER_CAMPAIGN",
    "SMART_CAMPAIGN",
    "UNIFIED_CAMPAIGN",
]

CampaignStateEnum = Literal["ARCHIVED", "CONVERTED", "ENDED", "OFF", "ON", "SUSPENDED"]

CampaignStatusSelectionEnum = Literal["ACCEPTED", "DRAFT", "MODERATION", "REJECTED"]

CampaignStatusPaymentEnum = Literal["DISALLOWED", "ALLOWED"]

CampaignFieldEnum = Literal[
    "BlockedIps",
    "ExcludedSites",
    "Currency",
    "DailyBudget",
    "Notification",
    "EndDate",
    "Funds",
    "ClientInfo",
    "Id",
    "Name",
    "NegativeKeywords",
    "RepresentedBy",
    "StartDate",
    "Statistics",
    "State",
    "Status",
    "StatusPayment",
    "StatusClarification",
    "SourceId",
    "TimeTargeting",
    "TimeZone",
    "Type",
    "CreateTime",
]
"""CreateTime: in no WSDL; seen 2026-09-09, public scripts."""

TextCampaignFieldEnum = Literal[
    "CounterIds",
    "RelevantKeywords",
    "Settings",
    "BiddingStrategy",
    "PriorityGoals",
    "TrackingParams",
    "AttributionModel",
    "PackageBiddingStrategy",
    "CanBeUsedAsPackageBiddingStrategySource",
    "NegativeKeywordSharedSetIds",
    "WeeklyBudgetRollover",
]

TextCampaignSearchStrategyPlacementTypesFieldEnum = Literal["SearchResults", "ProductGallery", "DynamicPlaces"]

MobileAppCampaignFieldEnum = Literal[
    "Settings",
    "BiddingStrategy",
    "PackageBiddingStrategy",
    "CanBeUsedAsPackageBiddingStrategySource",
    "NegativeKeywordSharedSetIds",
    "WeeklyBudgetRollover",
]

DynamicTextCampaignFieldEnum = Literal[
    "PlacementTypes",
    "CounterIds",
    "Settings",
    "BiddingStrategy",
    "PriorityGoals",
    "TrackingParams",
    "AttributionModel",
    "PackageBiddingStrategy",
    "CanBeUsedAsPackageBiddingStrategySource",
    "NegativeKeywordSharedSetIds",
]

DynamicTextCampaignSearchStrategyPlacementTypesFieldEnum = Literal["SearchResults", "ProductGallery", "DynamicPlaces"]

CpmBannerCampaignFieldEnum = Literal["CounterIds", "FrequencyCap", "VideoTarget", "Settings", "BiddingStrategy"]

SmartCampaignFieldEnum = Literal[
    "CounterId",
    "Settings",
    "BiddingStrategy",
    "PriorityGoals",
    "TrackingParams",
    "AttributionModel",
    "PackageBiddingStrategy",
    "CanBeUsedAsPackageBiddingStrategySource",
]

UnifiedCampaignFieldEnum = Literal[
    "CounterIds",
    "Settings",
    "BiddingStrategy",
    "PriorityGoals",
    "TrackingParams",
    "AttributionModel",
    "PackageBiddingStrategy",
    "CanBeUsedAsPackageBiddingStrategySource",
    "NegativeKeywordSharedSetIds",
    "WeeklyBudgetRollover",
    "DefaultBusinessId",
    "DefaultPhoneId",
]
"""DefaultBusinessId, DefaultPhoneId: in no WSDL; seen 2026-09-09, public scripts."""

UnifiedCampaignSearchStrategyPlacementTypesFieldEnum = Literal[
    "SearchResults",
    "ProductGallery",
    "DynamicPlaces",
    "Maps",
    "SearchOrganizationList",
]

UnifiedCampaignPackageBiddingStrategyPlatformsFieldEnum = Literal[
    "SearchResult",
    "ProductGallery",
    "Maps",
    "SearchOrganizationList",
    "Network",
    "DynamicPlaces",
]

UnifiedCampaignNetworkStrategyPlacementTypesFieldEnum = Literal["Network", "Maps"]
"""No WSDL has this type: its name is not the API's.

Network, Maps: in no WSDL; seen 2026-09-03, public scripts.
"""

CampaignTypeGetEnum = Literal[
    "TEXT_CAMPAIGN",
    "MOBILE_APP_CAMPAIGN",
    "DYNAMIC_TEXT_CAMPAIGN",
    "CPM_BANNER_CAMPAIGN",
    "SMART_CAMPAIGN",
    "UNIFIED_CAMPAIGN",
    "UNKNOWN",
]

CampaignStateGetEnum = Literal["ARCHIVED", "CONVERTED", "ENDED", "OFF", "ON", "SUSPENDED", "UNKNOWN"]

CampaignFundsEnum = Literal["CAMPAIGN_FUNDS", "SHARED_ACCOUNT_FUNDS"]

TextCampaignSettingsGetEnum = Literal[
    "EXCLUDE_PAUSED_COMPETING_ADS",
    "ADD_OPENSTAT_TAG",
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_SITE_MONITORING",
    "ENABLE_BEHAVIORAL_TARGETING",
    "ENABLE_AUTOFOCUS",
    "REQUIRE_SERVICING",
    "ENABLE_RELATED_KEYWORDS",
    "ENABLE_EXTENDED_AD_TITLE",
    "MAINTAIN_NETWORK_CPC",
    "ENABLE_COMPANY_INFO",
    "SHARED_ACCOUNT_ENABLED",
    "DAILY_BUDGET_ALLOWED",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
    "ALTERNATIVE_TEXTS_ENABLED",
]

UnifiedCampaignSettingsGetEnum = Literal[
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_SITE_MONITORING",
    "REQUIRE_SERVICING",
    "ENABLE_COMPANY_INFO",
    "SHARED_ACCOUNT_ENABLED",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
    "ALTERNATIVE_TEXTS_ENABLED",
]

MobileAppCampaignSettingsGetEnum = Literal[
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_BEHAVIORAL_TARGETING",
    "ENABLE_AUTOFOCUS",
    "REQUIRE_SERVICING",
    "MAINTAIN_NETWORK_CPC",
    "SHARED_ACCOUNT_ENABLED",
    "DAILY_BUDGET_ALLOWED",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
]

DynamicTextCampaignSettingsGetEnum = Literal[
    "ADD_OPENSTAT_TAG",
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_SITE_MONITORING",
    "ENABLE_BEHAVIORAL_TARGETING",
    "REQUIRE_SERVICING",
    "ENABLE_EXTENDED_AD_TITLE",
    "ENABLE_COMPANY_INFO",
    "SHARED_ACCOUNT_ENABLED",
    "DAILY_BUDGET_ALLOWED",
    "CAMPAIGN_EXACT_PHRASE_MATCHING_ENABLED",
]

CpmBannerCampaignSettingsGetEnum = Literal[
    "ADD_OPENSTAT_TAG",
    "ADD_METRICA_TAG",
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "ENABLE_SITE_MONITORING",
    "REQUIRE_SERVICING",
    "SHARED_ACCOUNT_ENABLED",
    "DAILY_BUDGET_ALLOWED",
]

SmartCampaignSettingsGetEnum = Literal[
    "ADD_TO_FAVORITES",
    "ENABLE_AREA_OF_INTEREST_TARGETING",
    "ENABLE_CURRENT_AREA_TARGETING",
    "ENABLE_REGULAR_AREA_TARGETING",
    "REQUIRE_SERVICING",
    "SHARED_ACCOUNT_ENABLED",
    "DAILY_BUDGET_ALLOWED",
]


class SmsSettings(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    Events: NotRequired[Sequence[SmsEventsEnum]]
    TimeFrom: NotRequired[str]
    TimeTo: NotRequired[str]


class EmailSettings(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    Email: NotRequired[str]
    CheckPositionInterval: NotRequired[int]
    WarningBalance: NotRequired[int]
    SendAccountNews: NotRequired[general.YesNoEnum]
    SendWarnings: NotRequired[general.YesNoEnum]


class Notification(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    SmsSettings: NotRequired[SmsSettings]
    EmailSettings: NotRequired[EmailSettings]


class DailyBudget(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: Amount.
    """

    Amount: Amount
    Mode: DailyBudgetModeEnum


class CustomPeriodBudget(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: SpendLimit.
    """

    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class StrategyMaximumClicksAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    BidCeiling: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyMaximumConversionRateAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    BidCeiling: NotRequired[Amount]
    GoalId: int
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAverageCpcAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit.
    """

    AverageCpc: Amount
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class ExplorationBudget(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: MinimumExplorationBudget.
    """

    MinimumExplorationBudget: Amount
    IsMinimumExplorationBudgetCustom: general.YesNoEnum


class StrategyAverageCpaAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyWeeklyClickPackageAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, BidCeiling.
    """

    ClicksPerWeek: int
    AverageCpc: NotRequired[Amount]
    BidCeiling: NotRequired[Amount]


class StrategyAverageRoiAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    In millionths, and no money: RoiCoef, Profitability.
    """

    ReserveReturn: int
    RoiCoef: int
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    Profitability: NotRequired[int]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyAverageCrrAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: int
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionCrrAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: int
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAverageCpaMultipleGoalsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionMultipleGoalsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyMaxProfitAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    ExplorationBudget: NotRequired[ExplorationBudget]


class TextCampaignSearchStrategyPlacementTypes(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    SearchResults: NotRequired[general.YesNoEnum]
    ProductGallery: NotRequired[general.YesNoEnum]
    DynamicPlaces: NotRequired[general.YesNoEnum]


class TextCampaignSearchStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpa: NotRequired[StrategyAverageCpaAdd]
    PayForConversion: NotRequired[StrategyPayForConversionAdd]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackageAdd]
    AverageRoi: NotRequired[StrategyAverageRoiAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoalsAdd]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoalsAdd]
    MaxProfit: NotRequired[StrategyMaxProfitAdd]
    BiddingStrategyType: TextCampaignSearchStrategyTypeEnum
    PlacementTypes: NotRequired[TextCampaignSearchStrategyPlacementTypes]


class StrategyNetworkDefaultAdd(TypedDict):
    """Sent by campaigns.add."""

    LimitPercent: NotRequired[int]


class TextCampaignNetworkStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpa: NotRequired[StrategyAverageCpaAdd]
    PayForConversion: NotRequired[StrategyPayForConversionAdd]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackageAdd]
    AverageRoi: NotRequired[StrategyAverageRoiAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoalsAdd]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoalsAdd]
    MaxProfit: NotRequired[StrategyMaxProfitAdd]
    BiddingStrategyType: TextCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefaultAdd]


class TextCampaignStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    Search: TextCampaignSearchStrategyAdd
    Network: TextCampaignNetworkStrategyAdd


class TextCampaignSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update."""

    Option: TextCampaignSettingsEnum
    Value: general.YesNoEnum


class RelevantKeywordsSettingAdd(TypedDict):
    """Sent by campaigns.add."""

    BudgetPercent: int
    Mode: NotRequired[RelevantKeywordsModeEnum]
    OptimizeGoalId: NotRequired[int | None]


class PriorityGoalsItem(TypedDict):
    """Sent by campaigns.add.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: Value.
    """

    GoalId: int
    Value: Amount
    IsMetrikaSourceOfValue: NotRequired[general.YesNoEnum]


class PriorityGoalsArray(TypedDict):
    """Sent by campaigns.add.

    Answered by campaigns.get.
    """

    Items: Sequence[PriorityGoalsItem]


class TextCampaignPlatforms(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    SearchResult: general.YesNoEnum
    ProductGallery: general.YesNoEnum
    Network: general.YesNoEnum
    DynamicPlaces: NotRequired[general.YesNoEnum]


class TextCampaignPackageBiddingStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]
    Platforms: TextCampaignPlatforms


class TextCampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategy: NotRequired[TextCampaignStrategyAdd]
    Settings: NotRequired[Sequence[TextCampaignSetting]]
    CounterIds: NotRequired[general.ArrayOfInteger]
    RelevantKeywords: NotRequired[RelevantKeywordsSettingAdd]
    PriorityGoals: NotRequired[PriorityGoalsArray]
    TrackingParams: NotRequired[str]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    PackageBiddingStrategy: NotRequired[TextCampaignPackageBiddingStrategyAdd]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]


class StrategyHighestPositionAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount]


class UnifiedCampaignSearchStrategyPlacementTypes(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    SearchResults: NotRequired[general.YesNoEnum]
    ProductGallery: NotRequired[general.YesNoEnum]
    DynamicPlaces: NotRequired[general.YesNoEnum]
    Maps: NotRequired[general.YesNoEnum]
    SearchOrganizationList: NotRequired[general.YesNoEnum]


class UnifiedCampaignSearchStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    HighestPosition: NotRequired[StrategyHighestPositionAdd]
    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpa: NotRequired[StrategyAverageCpaAdd]
    PayForConversion: NotRequired[StrategyPayForConversionAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoalsAdd]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoalsAdd]
    MaxProfit: NotRequired[StrategyMaxProfitAdd]
    BiddingStrategyType: UnifiedCampaignSearchStrategyTypeEnum
    PlacementTypes: NotRequired[UnifiedCampaignSearchStrategyPlacementTypes]


class UnifiedCampaignNetworkStrategyPlacementTypes(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    No WSDL has this type: its name is not the API's.
    """

    Network: NotRequired[general.YesNoEnum]
    Maps: NotRequired[general.YesNoEnum]


class UnifiedCampaignNetworkStrategyAdd(TypedDict):
    """Sent by campaigns.add.

    PlacementTypes: in no WSDL; seen 2026-09-03, public scripts.
    """

    HighestPosition: NotRequired[StrategyHighestPositionAdd]
    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpa: NotRequired[StrategyAverageCpaAdd]
    PayForConversion: NotRequired[StrategyPayForConversionAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoalsAdd]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoalsAdd]
    MaxProfit: NotRequired[StrategyMaxProfitAdd]
    BiddingStrategyType: UnifiedCampaignNetworkStrategyTypeEnum
    PlacementTypes: NotRequired[UnifiedCampaignNetworkStrategyPlacementTypes]


class UnifiedCampaignStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    Search: UnifiedCampaignSearchStrategyAdd
    Network: UnifiedCampaignNetworkStrategyAdd


class UnifiedCampaignSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update."""

    Option: UnifiedCampaignSettingsEnum
    Value: general.YesNoEnum


class UnifiedCampaignPlatforms(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    SearchResult: general.YesNoEnum
    ProductGallery: general.YesNoEnum
    Maps: NotRequired[general.YesNoEnum]
    SearchOrganizationList: NotRequired[general.YesNoEnum]
    Network: general.YesNoEnum
    DynamicPlaces: NotRequired[general.YesNoEnum]


class UnifiedCampaignPackageBiddingStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]
    Platforms: UnifiedCampaignPlatforms


class UnifiedCampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategy: NotRequired[UnifiedCampaignStrategyAdd]
    Settings: NotRequired[Sequence[UnifiedCampaignSetting]]
    CounterIds: NotRequired[general.ArrayOfInteger]
    PriorityGoals: NotRequired[PriorityGoalsArray]
    TrackingParams: NotRequired[str]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    PackageBiddingStrategy: NotRequired[UnifiedCampaignPackageBiddingStrategyAdd]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]


class StrategyMaximumAppInstallsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    BidCeiling: NotRequired[Amount]


class StrategyAverageCpiAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpi, WeeklySpendLimit, BidCeiling.
    """

    AverageCpi: Amount
    WeeklySpendLimit: NotRequired[Amount]
    BidCeiling: NotRequired[Amount]


class StrategyPayForInstallAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpi, WeeklySpendLimit.
    """

    AverageCpi: Amount
    WeeklySpendLimit: NotRequired[Amount]


class MobileAppCampaignSearchStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    HighestPosition: NotRequired[StrategyHighestPositionAdd]
    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumAppInstalls: NotRequired[StrategyMaximumAppInstallsAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpi: NotRequired[StrategyAverageCpiAdd]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackageAdd]
    PayForInstall: NotRequired[StrategyPayForInstallAdd]
    BiddingStrategyType: MobileAppCampaignSearchStrategyTypeEnum


class MobileAppCampaignNetworkStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    HighestPosition: NotRequired[StrategyHighestPositionAdd]
    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumAppInstalls: NotRequired[StrategyMaximumAppInstallsAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpi: NotRequired[StrategyAverageCpiAdd]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackageAdd]
    PayForInstall: NotRequired[StrategyPayForInstallAdd]
    BiddingStrategyType: MobileAppCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefaultAdd]


class MobileAppCampaignStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    Search: MobileAppCampaignSearchStrategyAdd
    Network: MobileAppCampaignNetworkStrategyAdd


class MobileAppCampaignSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update."""

    Option: MobileAppCampaignSettingsEnum
    Value: general.YesNoEnum


class MobileAppCampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategy: MobileAppCampaignStrategyAdd
    Settings: NotRequired[Sequence[MobileAppCampaignSetting]]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]


class DynamicTextCampaignSearchStrategyPlacementTypesAdd(TypedDict):
    """Sent by campaigns.add."""

    SearchResults: NotRequired[general.YesNoEnum]
    ProductGallery: NotRequired[general.YesNoEnum]
    DynamicPlaces: NotRequired[general.YesNoEnum]


class DynamicTextCampaignSearchStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpa: NotRequired[StrategyAverageCpaAdd]
    PayForConversion: NotRequired[StrategyPayForConversionAdd]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackageAdd]
    AverageRoi: NotRequired[StrategyAverageRoiAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    BiddingStrategyType: DynamicTextCampaignSearchStrategyTypeEnum
    PlacementTypes: NotRequired[DynamicTextCampaignSearchStrategyPlacementTypesAdd]


class DynamicTextCampaignNetworkStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    WbMaximumClicks: NotRequired[StrategyMaximumClicksAdd]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAdd]
    AverageCpc: NotRequired[StrategyAverageCpcAdd]
    AverageCpa: NotRequired[StrategyAverageCpaAdd]
    PayForConversion: NotRequired[StrategyPayForConversionAdd]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackageAdd]
    AverageRoi: NotRequired[StrategyAverageRoiAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    BiddingStrategyType: DynamicTextCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefaultAdd]


class DynamicTextCampaignStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    Search: DynamicTextCampaignSearchStrategyAdd
    Network: DynamicTextCampaignNetworkStrategyAdd


class DynamicTextCampaignSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update."""

    Option: DynamicTextCampaignSettingsEnum
    Value: general.YesNoEnum


class PlacementType(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    Type: PlacementTypesEnum
    Value: general.YesNoEnum


class DynamicTextCampaignPackageBiddingStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]


class DynamicTextCampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategy: NotRequired[DynamicTextCampaignStrategyAdd]
    Settings: NotRequired[Sequence[DynamicTextCampaignSetting]]
    PlacementTypes: NotRequired[Sequence[PlacementType]]
    CounterIds: NotRequired[general.ArrayOfInteger]
    PriorityGoals: NotRequired[PriorityGoalsArray]
    TrackingParams: NotRequired[str]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    PackageBiddingStrategy: NotRequired[DynamicTextCampaignPackageBiddingStrategyAdd]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]


class CpmBannerCampaignSearchStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategyType: CpmBannerCampaignSearchStrategyTypeEnum


class StrategyManualCpmAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount]


class StrategyWbMaximumImpressionsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount


class StrategyCpMaximumImpressionsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class StrategyWbDecreasedPriceForRepeatedImpressionsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount


class StrategyCpDecreasedPriceForRepeatedImpressionsAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class StrategyWbAverageCpvAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpv, SpendLimit.
    """

    AverageCpv: Amount
    SpendLimit: Amount


class StrategyCpAverageCpvAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpv, SpendLimit.
    """

    AverageCpv: Amount
    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class CpmBannerCampaignNetworkStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategyType: CpmBannerCampaignNetworkStrategyTypeEnum
    ManualCpm: NotRequired[StrategyManualCpmAdd]
    WbMaximumImpressions: NotRequired[StrategyWbMaximumImpressionsAdd]
    CpMaximumImpressions: NotRequired[StrategyCpMaximumImpressionsAdd]
    WbDecreasedPriceForRepeatedImpressions: NotRequired[StrategyWbDecreasedPriceForRepeatedImpressionsAdd]
    CpDecreasedPriceForRepeatedImpressions: NotRequired[StrategyCpDecreasedPriceForRepeatedImpressionsAdd]
    WbAverageCpv: NotRequired[StrategyWbAverageCpvAdd]
    CpAverageCpv: NotRequired[StrategyCpAverageCpvAdd]


class CpmBannerCampaignStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    Search: CpmBannerCampaignSearchStrategyAdd
    Network: CpmBannerCampaignNetworkStrategyAdd


class CpmBannerCampaignSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update."""

    Option: CpmBannerCampaignSettingsEnum
    Value: general.YesNoEnum


class FrequencyCapSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    Impressions: int
    PeriodDays: int | None


class CpmBannerCampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategy: CpmBannerCampaignStrategyAdd
    Settings: NotRequired[Sequence[CpmBannerCampaignSetting]]
    CounterIds: NotRequired[general.ArrayOfInteger]
    FrequencyCap: NotRequired[FrequencyCapSetting]
    VideoTarget: NotRequired[general.VideoTargetEnum]


class StrategyAverageCpcPerCampaignAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit, BidCeiling.
    """

    AverageCpc: Amount
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]


class StrategyAverageCpcPerFilterAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpc, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpc: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]


class StrategyAverageCpaPerCampaignAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionPerCampaignAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyPayForConversionPerFilterAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAverageCpaPerFilterAdd(TypedDict):
    """Sent by campaigns.add.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpa, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class SmartCampaignSearchStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    AverageCpcPerCampaign: NotRequired[StrategyAverageCpcPerCampaignAdd]
    AverageCpcPerFilter: NotRequired[StrategyAverageCpcPerFilterAdd]
    AverageCpaPerCampaign: NotRequired[StrategyAverageCpaPerCampaignAdd]
    PayForConversionPerCampaign: NotRequired[StrategyPayForConversionPerCampaignAdd]
    PayForConversionPerFilter: NotRequired[StrategyPayForConversionPerFilterAdd]
    AverageCpaPerFilter: NotRequired[StrategyAverageCpaPerFilterAdd]
    AverageRoi: NotRequired[StrategyAverageRoiAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    BiddingStrategyType: SmartCampaignSearchStrategyTypeEnum


class SmartCampaignNetworkStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    AverageCpcPerCampaign: NotRequired[StrategyAverageCpcPerCampaignAdd]
    AverageCpcPerFilter: NotRequired[StrategyAverageCpcPerFilterAdd]
    AverageCpaPerCampaign: NotRequired[StrategyAverageCpaPerCampaignAdd]
    PayForConversionPerCampaign: NotRequired[StrategyPayForConversionPerCampaignAdd]
    PayForConversionPerFilter: NotRequired[StrategyPayForConversionPerFilterAdd]
    AverageCpaPerFilter: NotRequired[StrategyAverageCpaPerFilterAdd]
    AverageRoi: NotRequired[StrategyAverageRoiAdd]
    AverageCrr: NotRequired[StrategyAverageCrrAdd]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAdd]
    BiddingStrategyType: SmartCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefaultAdd]


class SmartCampaignStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    Search: SmartCampaignSearchStrategyAdd
    Network: SmartCampaignNetworkStrategyAdd


class SmartCampaignSetting(TypedDict):
    """Sent by campaigns.add, campaigns.update."""

    Option: SmartCampaignSettingsEnum
    Value: general.YesNoEnum


class SmartCampaignPlatforms(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    Search: general.YesNoEnum
    Network: general.YesNoEnum


class SmartCampaignPackageBiddingStrategyAdd(TypedDict):
    """Sent by campaigns.add."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]
    Platforms: SmartCampaignPlatforms


class SmartCampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    BiddingStrategy: NotRequired[SmartCampaignStrategyAdd]
    Settings: NotRequired[Sequence[SmartCampaignSetting]]
    CounterId: int
    PriorityGoals: NotRequired[PriorityGoalsArray]
    TrackingParams: NotRequired[str]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    PackageBiddingStrategy: NotRequired[SmartCampaignPackageBiddingStrategyAdd]


class TimeTargetingOnPublicHolidays(TypedDict):
    """Sent by campaigns.add, campaigns.update.

    Answered by campaigns.get.
    """

    SuspendOnHolidays: general.YesNoEnum
    BidPercent: NotRequired[int]
    StartHour: NotRequired[int]
    EndHour: NotRequired[int]


class TimeTargetingAdd(TypedDict):
    """Sent by campaigns.add."""

    Schedule: NotRequired[general.ArrayOfString]
    ConsiderWorkingWeekends: general.YesNoEnum
    HolidaysSchedule: NotRequired[TimeTargetingOnPublicHolidays]


class CampaignAddItem(TypedDict):
    """Sent by campaigns.add."""

    ClientInfo: NotRequired[str]
    Notification: NotRequired[Notification]
    TimeZone: NotRequired[str]
    Name: str
    StartDate: str | date
    DailyBudget: NotRequired[DailyBudget]
    EndDate: NotRequired[str | date]
    NegativeKeywords: NotRequired[general.ArrayOfString]
    BlockedIps: NotRequired[general.ArrayOfString]
    ExcludedSites: NotRequired[general.ArrayOfString]
    TextCampaign: NotRequired[TextCampaignAddItem]
    UnifiedCampaign: NotRequired[UnifiedCampaignAddItem]
    MobileAppCampaign: NotRequired[MobileAppCampaignAddItem]
    DynamicTextCampaign: NotRequired[DynamicTextCampaignAddItem]
    CpmBannerCampaign: NotRequired[CpmBannerCampaignAddItem]
    SmartCampaign: NotRequired[SmartCampaignAddItem]
    TimeTargeting: NotRequired[TimeTargetingAdd]


class AddRequest(TypedDict):
    """Params of campaigns.add.

    At most 10 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    Campaigns: Sequence[CampaignAddItem]


class AddResponse(TypedDict):
    """Answered by campaigns.add."""

    AddResults: list[general.ActionResult]


class RelevantKeywordsSetting(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    BudgetPercent: NotRequired[int]
    Mode: NotRequired[RelevantKeywordsModeEnum]
    OptimizeGoalId: NotRequired[int | None]


class StrategyMaximumClicks(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    BidCeiling: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyMaximumConversionRate(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    BidCeiling: NotRequired[Amount | None]
    GoalId: NotRequired[int]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCpc(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit.
    """

    AverageCpc: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCpa(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyPayForConversion(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyWeeklyClickPackage(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, BidCeiling.
    """

    ClicksPerWeek: NotRequired[int]
    AverageCpc: NotRequired[Amount | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyAverageRoi(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    In millionths, and no money: RoiCoef, Profitability.
    """

    ReserveReturn: NotRequired[int]
    RoiCoef: NotRequired[int]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    Profitability: NotRequired[int | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCrr(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: NotRequired[int]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyPayForConversionCrr(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: NotRequired[int]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCpaMultipleGoals(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyPayForConversionMultipleGoals(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyMaxProfit(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class TextCampaignSearchStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRate]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpa: NotRequired[StrategyAverageCpa]
    PayForConversion: NotRequired[StrategyPayForConversion]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackage]
    AverageRoi: NotRequired[StrategyAverageRoi]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoals]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoals]
    MaxProfit: NotRequired[StrategyMaxProfit]
    BiddingStrategyType: TextCampaignSearchStrategyTypeEnum
    PlacementTypes: NotRequired[TextCampaignSearchStrategyPlacementTypes]


class StrategyNetworkDefault(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    LimitPercent: NotRequired[int]


class TextCampaignNetworkStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRate]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpa: NotRequired[StrategyAverageCpa]
    PayForConversion: NotRequired[StrategyPayForConversion]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackage]
    AverageRoi: NotRequired[StrategyAverageRoi]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoals]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoals]
    MaxProfit: NotRequired[StrategyMaxProfit]
    BiddingStrategyType: TextCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefault]


class TextCampaignStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Search: NotRequired[TextCampaignSearchStrategy]
    Network: NotRequired[TextCampaignNetworkStrategy]


class PriorityGoalsUpdateItem(TypedDict):
    """Sent by campaigns.update.

    Amounts, in micros or with money="decimal" as Decimal: Value.
    """

    GoalId: int
    Value: Amount
    IsMetrikaSourceOfValue: NotRequired[general.YesNoEnum]
    Operation: general.OperationEnum


class PriorityGoalsUpdateSetting(TypedDict):
    """Sent by campaigns.update."""

    Items: Sequence[PriorityGoalsUpdateItem]


class TextCampaignPackageBiddingStrategyUpdate(TypedDict):
    """Sent by campaigns.update."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]
    Platforms: NotRequired[TextCampaignPlatforms]


class TextCampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    CounterIds: NotRequired[general.ArrayOfInteger | None]
    RelevantKeywords: NotRequired[RelevantKeywordsSetting | None]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]
    BiddingStrategy: NotRequired[TextCampaignStrategy]
    Settings: NotRequired[Sequence[TextCampaignSetting]]
    TrackingParams: NotRequired[str | None]
    PriorityGoals: NotRequired[PriorityGoalsUpdateSetting | None]
    PackageBiddingStrategy: NotRequired[TextCampaignPackageBiddingStrategyUpdate | None]


class StrategyHighestPosition(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount | None]


class UnifiedCampaignSearchStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    HighestPosition: NotRequired[StrategyHighestPosition]
    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRate]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpa: NotRequired[StrategyAverageCpa]
    PayForConversion: NotRequired[StrategyPayForConversion]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoals]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoals]
    MaxProfit: NotRequired[StrategyMaxProfit]
    BiddingStrategyType: UnifiedCampaignSearchStrategyTypeEnum
    PlacementTypes: NotRequired[UnifiedCampaignSearchStrategyPlacementTypes]


class UnifiedCampaignNetworkStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    PlacementTypes: in no WSDL; seen 2026-09-03, public scripts.
    """

    HighestPosition: NotRequired[StrategyHighestPosition]
    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRate]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpa: NotRequired[StrategyAverageCpa]
    PayForConversion: NotRequired[StrategyPayForConversion]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoals]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoals]
    MaxProfit: NotRequired[StrategyMaxProfit]
    BiddingStrategyType: UnifiedCampaignNetworkStrategyTypeEnum
    PlacementTypes: NotRequired[UnifiedCampaignNetworkStrategyPlacementTypes]


class UnifiedCampaignStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Search: NotRequired[UnifiedCampaignSearchStrategy]
    Network: NotRequired[UnifiedCampaignNetworkStrategy]


class UnifiedCampaignPackageBiddingStrategyUpdate(TypedDict):
    """Sent by campaigns.update."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]
    Platforms: NotRequired[UnifiedCampaignPlatforms]


class UnifiedCampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    CounterIds: NotRequired[general.ArrayOfInteger | None]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]
    BiddingStrategy: NotRequired[UnifiedCampaignStrategy]
    Settings: NotRequired[Sequence[UnifiedCampaignSetting]]
    TrackingParams: NotRequired[str | None]
    PriorityGoals: NotRequired[PriorityGoalsUpdateSetting | None]
    PackageBiddingStrategy: NotRequired[UnifiedCampaignPackageBiddingStrategyUpdate | None]


class StrategyMaximumAppInstalls(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyAverageCpi(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpi, WeeklySpendLimit, BidCeiling.
    """

    AverageCpi: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyPayForInstall(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpi, WeeklySpendLimit.
    """

    AverageCpi: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount | None]


class MobileAppCampaignSearchStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    HighestPosition: NotRequired[StrategyHighestPosition]
    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumAppInstalls: NotRequired[StrategyMaximumAppInstalls]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpi: NotRequired[StrategyAverageCpi]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackage]
    PayForInstall: NotRequired[StrategyPayForInstall]
    BiddingStrategyType: MobileAppCampaignSearchStrategyTypeEnum


class MobileAppCampaignNetworkStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    HighestPosition: NotRequired[StrategyHighestPosition]
    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumAppInstalls: NotRequired[StrategyMaximumAppInstalls]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpi: NotRequired[StrategyAverageCpi]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackage]
    PayForInstall: NotRequired[StrategyPayForInstall]
    BiddingStrategyType: MobileAppCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefault]


class MobileAppCampaignStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Search: NotRequired[MobileAppCampaignSearchStrategy]
    Network: NotRequired[MobileAppCampaignNetworkStrategy]


class MobileAppCampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    BiddingStrategy: NotRequired[MobileAppCampaignStrategy]
    Settings: NotRequired[Sequence[MobileAppCampaignSetting]]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]


class DynamicTextCampaignSearchStrategyPlacementTypes(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    SearchResults: NotRequired[general.YesNoEnum]
    ProductGallery: NotRequired[general.YesNoEnum]
    DynamicPlaces: NotRequired[general.YesNoEnum]


class DynamicTextCampaignSearchStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRate]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpa: NotRequired[StrategyAverageCpa]
    PayForConversion: NotRequired[StrategyPayForConversion]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackage]
    AverageRoi: NotRequired[StrategyAverageRoi]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    BiddingStrategyType: DynamicTextCampaignSearchStrategyTypeEnum
    PlacementTypes: NotRequired[DynamicTextCampaignSearchStrategyPlacementTypes]


class DynamicTextCampaignNetworkStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    WbMaximumClicks: NotRequired[StrategyMaximumClicks]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRate]
    AverageCpc: NotRequired[StrategyAverageCpc]
    AverageCpa: NotRequired[StrategyAverageCpa]
    PayForConversion: NotRequired[StrategyPayForConversion]
    WeeklyClickPackage: NotRequired[StrategyWeeklyClickPackage]
    AverageRoi: NotRequired[StrategyAverageRoi]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    BiddingStrategyType: DynamicTextCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefault]


class DynamicTextCampaignStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Search: NotRequired[DynamicTextCampaignSearchStrategy]
    Network: NotRequired[DynamicTextCampaignNetworkStrategy]


class DynamicTextCampaignPackageBiddingStrategyUpdate(TypedDict):
    """Sent by campaigns.update."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]


class DynamicTextCampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    CounterIds: NotRequired[general.ArrayOfInteger | None]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    NegativeKeywordSharedSetIds: NotRequired[general.ArrayOfLong | None]
    BiddingStrategy: NotRequired[DynamicTextCampaignStrategy]
    Settings: NotRequired[Sequence[DynamicTextCampaignSetting]]
    PlacementTypes: NotRequired[Sequence[PlacementType]]
    TrackingParams: NotRequired[str | None]
    PriorityGoals: NotRequired[PriorityGoalsUpdateSetting | None]
    PackageBiddingStrategy: NotRequired[DynamicTextCampaignPackageBiddingStrategyUpdate | None]


class CpmBannerCampaignSearchStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    BiddingStrategyType: CpmBannerCampaignSearchStrategyTypeEnum


class StrategyManualCpm(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount]


class StrategyWbMaximumImpressions(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount


class StrategyCpMaximumImpressions(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class StrategyWbDecreasedPriceForRepeatedImpressions(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount


class StrategyCpDecreasedPriceForRepeatedImpressions(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpm, SpendLimit.
    """

    AverageCpm: Amount
    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class StrategyWbAverageCpv(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpv, SpendLimit.
    """

    AverageCpv: Amount
    SpendLimit: Amount


class StrategyCpAverageCpv(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpv, SpendLimit.
    """

    AverageCpv: Amount
    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class CpmBannerCampaignNetworkStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    BiddingStrategyType: CpmBannerCampaignNetworkStrategyTypeEnum
    ManualCpm: NotRequired[StrategyManualCpm]
    WbMaximumImpressions: NotRequired[StrategyWbMaximumImpressions]
    CpMaximumImpressions: NotRequired[StrategyCpMaximumImpressions]
    WbDecreasedPriceForRepeatedImpressions: NotRequired[StrategyWbDecreasedPriceForRepeatedImpressions]
    CpDecreasedPriceForRepeatedImpressions: NotRequired[StrategyCpDecreasedPriceForRepeatedImpressions]
    WbAverageCpv: NotRequired[StrategyWbAverageCpv]
    CpAverageCpv: NotRequired[StrategyCpAverageCpv]


class CpmBannerCampaignStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Search: NotRequired[CpmBannerCampaignSearchStrategy]
    Network: NotRequired[CpmBannerCampaignNetworkStrategy]


class CpmBannerCampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    CounterIds: NotRequired[general.ArrayOfInteger | None]
    FrequencyCap: NotRequired[FrequencyCapSetting | None]
    BiddingStrategy: NotRequired[CpmBannerCampaignStrategy]
    Settings: NotRequired[Sequence[CpmBannerCampaignSetting]]
    VideoTarget: NotRequired[general.VideoTargetEnum]


class StrategyAverageCpcPerCampaign(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit, BidCeiling.
    """

    AverageCpc: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCpcPerFilter(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpc, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpc: NotRequired[Amount | None]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCpaPerCampaign(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyPayForConversionPerCampaign(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyPayForConversionPerFilter(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class StrategyAverageCpaPerFilter(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpa, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BudgetType: NotRequired[BudgetTypeEnum]


class SmartCampaignSearchStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    AverageCpcPerCampaign: NotRequired[StrategyAverageCpcPerCampaign]
    AverageCpcPerFilter: NotRequired[StrategyAverageCpcPerFilter]
    AverageCpaPerCampaign: NotRequired[StrategyAverageCpaPerCampaign]
    PayForConversionPerCampaign: NotRequired[StrategyPayForConversionPerCampaign]
    PayForConversionPerFilter: NotRequired[StrategyPayForConversionPerFilter]
    AverageCpaPerFilter: NotRequired[StrategyAverageCpaPerFilter]
    AverageRoi: NotRequired[StrategyAverageRoi]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    BiddingStrategyType: SmartCampaignSearchStrategyTypeEnum


class SmartCampaignNetworkStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    AverageCpcPerCampaign: NotRequired[StrategyAverageCpcPerCampaign]
    AverageCpcPerFilter: NotRequired[StrategyAverageCpcPerFilter]
    AverageCpaPerCampaign: NotRequired[StrategyAverageCpaPerCampaign]
    PayForConversionPerCampaign: NotRequired[StrategyPayForConversionPerCampaign]
    PayForConversionPerFilter: NotRequired[StrategyPayForConversionPerFilter]
    AverageCpaPerFilter: NotRequired[StrategyAverageCpaPerFilter]
    AverageRoi: NotRequired[StrategyAverageRoi]
    AverageCrr: NotRequired[StrategyAverageCrr]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrr]
    BiddingStrategyType: SmartCampaignNetworkStrategyTypeEnum
    NetworkDefault: NotRequired[StrategyNetworkDefault]


class SmartCampaignStrategy(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Search: NotRequired[SmartCampaignSearchStrategy]
    Network: NotRequired[SmartCampaignNetworkStrategy]


class SmartCampaignPackageBiddingStrategyUpdate(TypedDict):
    """Sent by campaigns.update."""

    StrategyId: NotRequired[int]
    StrategyFromCampaignId: NotRequired[int]
    Platforms: NotRequired[SmartCampaignPlatforms]


class SmartCampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    CounterId: NotRequired[int]
    AttributionModel: NotRequired[general.AttributionModelEnum]
    BiddingStrategy: NotRequired[SmartCampaignStrategy]
    Settings: NotRequired[Sequence[SmartCampaignSetting]]
    TrackingParams: NotRequired[str | None]
    PriorityGoals: NotRequired[PriorityGoalsUpdateSetting | None]
    PackageBiddingStrategy: NotRequired[SmartCampaignPackageBiddingStrategyUpdate | None]


class TimeTargeting(TypedDict):
    """Sent by campaigns.update.

    Answered by campaigns.get.
    """

    Schedule: NotRequired[general.ArrayOfString]
    ConsiderWorkingWeekends: general.YesNoEnum
    HolidaysSchedule: NotRequired[TimeTargetingOnPublicHolidays | None]


class CampaignUpdateItem(TypedDict):
    """Sent by campaigns.update."""

    ClientInfo: NotRequired[str]
    Notification: NotRequired[Notification]
    TimeZone: NotRequired[str]
    Id: int
    Name: NotRequired[str]
    StartDate: NotRequired[str | date]
    DailyBudget: NotRequired[DailyBudget | None]
    EndDate: NotRequired[str | date | None]
    NegativeKeywords: NotRequired[general.ArrayOfString | None]
    BlockedIps: NotRequired[general.ArrayOfString | None]
    ExcludedSites: NotRequired[general.ArrayOfString | None]
    TextCampaign: NotRequired[TextCampaignUpdateItem]
    UnifiedCampaign: NotRequired[UnifiedCampaignUpdateItem]
    MobileAppCampaign: NotRequired[MobileAppCampaignUpdateItem]
    DynamicTextCampaign: NotRequired[DynamicTextCampaignUpdateItem]
    CpmBannerCampaign: NotRequired[CpmBannerCampaignUpdateItem]
    SmartCampaign: NotRequired[SmartCampaignUpdateItem]
    TimeTargeting: NotRequired[TimeTargeting]


class UpdateRequest(TypedDict):
    """Params of campaigns.update.

    At most 10 objects a call.
    Costs 10 units and 3 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    Campaigns: Sequence[CampaignUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by campaigns.update."""

    UpdateResults: list[general.ActionResult]


class CampaignsSelectionCriteria(TypedDict):
    """Sent by campaigns.get."""

    Ids: NotRequired[Sequence[int]]
    Types: NotRequired[Sequence[CampaignTypeEnum]]
    States: NotRequired[Sequence[CampaignStateEnum]]
    Statuses: NotRequired[Sequence[CampaignStatusSelectionEnum]]
    StatusesPayment: NotRequired[Sequence[CampaignStatusPaymentEnum]]


class GetRequest(TypedDict):
    """Params of campaigns.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 1_000 Ids.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[CampaignsSelectionCriteria]
    FieldNames: Sequence[CampaignFieldEnum]
    TextCampaignFieldNames: NotRequired[Sequence[TextCampaignFieldEnum]]
    TextCampaignSearchStrategyPlacementTypesFieldNames: NotRequired[Sequence[TextCampaignSearchStrategyPlacementTypesFieldEnum]]
    MobileAppCampaignFieldNames: NotRequired[Sequence[MobileAppCampaignFieldEnum]]
    DynamicTextCampaignFieldNames: NotRequired[Sequence[DynamicTextCampaignFieldEnum]]
    DynamicTextCampaignSearchStrategyPlacementTypesFieldNames: NotRequired[Sequence[DynamicTextCampaignSearchStrategyPlacementTypesFieldEnum]]
    CpmBannerCampaignFieldNames: NotRequired[Sequence[CpmBannerCampaignFieldEnum]]
    SmartCampaignFieldNames: NotRequired[Sequence[SmartCampaignFieldEnum]]
    UnifiedCampaignFieldNames: NotRequired[Sequence[UnifiedCampaignFieldEnum]]
    UnifiedCampaignSearchStrategyPlacementTypesFieldNames: NotRequired[Sequence[UnifiedCampaignSearchStrategyPlacementTypesFieldEnum]]
    UnifiedCampaignPackageBiddingStrategyPlatformsFieldNames: NotRequired[Sequence[UnifiedCampaignPackageBiddingStrategyPlatformsFieldEnum]]
    UnifiedCampaignNetworkStrategyPlacementTypesFieldNames: NotRequired[Sequence[UnifiedCampaignNetworkStrategyPlacementTypesFieldEnum]]


class CampaignFundsParam(TypedDict):
    """Answered by campaigns.get.

    Amounts, in micros or with money="decimal" as Decimal: Sum, Balance, BalanceBonus, SumAvailableForTransfer.
    """

    Sum: Amount
    Balance: Amount
    BalanceBonus: Amount
    SumAvailableForTransfer: Amount


class SharedAccountFundsParam(TypedDict):
    """Answered by campaigns.get.

    Amounts, in micros or with money="decimal" as Decimal: Refund, Spend.
    """

    Refund: Amount
    Spend: Amount


class FundsParam(TypedDict):
    """Answered by campaigns.get."""

    Mode: CampaignFundsEnum
    CampaignFunds: CampaignFundsParam
    SharedAccountFunds: SharedAccountFundsParam


class CampaignAssistant(TypedDict):
    """Answered by campaigns.get."""

    Manager: str | None
    Agency: str | None


class TextCampaignSettingGet(TypedDict):
    """Answered by campaigns.get."""

    Option: TextCampaignSettingsGetEnum
    Value: general.YesNoEnum


class TextCampaignPackageBiddingStrategyGet(TypedDict):
    """Answered by campaigns.get."""

    StrategyId: int
    Platforms: TextCampaignPlatforms


class TextCampaignGetItem(TypedDict):
    """Answered by campaigns.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklyBudgetRollover.
    """

    CounterIds: general.ArrayOfInteger | None
    RelevantKeywords: RelevantKeywordsSetting | None
    AttributionModel: general.AttributionModelEnum
    NegativeKeywordSharedSetIds: general.ArrayOfLong | None
    BiddingStrategy: TextCampaignStrategy
    Settings: list[TextCampaignSettingGet]
    TrackingParams: str | None
    PriorityGoals: PriorityGoalsArray | None
    PackageBiddingStrategy: TextCampaignPackageBiddingStrategyGet | None
    CanBeUsedAsPackageBiddingStrategySource: general.YesNoEnum
    WeeklyBudgetRollover: Amount | None


class UnifiedCampaignSettingGet(TypedDict):
    """Answered by campaigns.get."""

    Option: UnifiedCampaignSettingsGetEnum
    Value: general.YesNoEnum


class UnifiedCampaignPackageBiddingStrategyGet(TypedDict):
    """Answered by campaigns.get."""

    StrategyId: int
    Platforms: UnifiedCampaignPlatforms


class UnifiedCampaignGetItem(TypedDict):
    """Answered by campaigns.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklyBudgetRollover.
    DefaultBusinessId, DefaultPhoneId: in no WSDL; seen 2026-09-09, public scripts.
    """

    CounterIds: general.ArrayOfInteger | None
    AttributionModel: general.AttributionModelEnum
    NegativeKeywordSharedSetIds: general.ArrayOfLong | None
    BiddingStrategy: UnifiedCampaignStrategy
    Settings: list[UnifiedCampaignSettingGet]
    TrackingParams: str | None
    PriorityGoals: PriorityGoalsArray | None
    PackageBiddingStrategy: UnifiedCampaignPackageBiddingStrategyGet | None
    CanBeUsedAsPackageBiddingStrategySource: general.YesNoEnum
    WeeklyBudgetRollover: Amount | None
    DefaultBusinessId: int | None
    DefaultPhoneId: int | None


class MobileAppCampaignSettingGet(TypedDict):
    """Answered by campaigns.get."""

    Option: MobileAppCampaignSettingsGetEnum
    Value: general.YesNoEnum


class MobileAppCampaignPackageBiddingStrategyGet(TypedDict):
    """Answered by campaigns.get."""

    StrategyId: int


class MobileAppCampaignGetItem(TypedDict):
    """Answered by campaigns.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklyBudgetRollover.
    """

    BiddingStrategy: MobileAppCampaignStrategy
    Settings: list[MobileAppCampaignSettingGet]
    PackageBiddingStrategy: MobileAppCampaignPackageBiddingStrategyGet | None
    CanBeUsedAsPackageBiddingStrategySource: general.YesNoEnum
    NegativeKeywordSharedSetIds: general.ArrayOfLong | None
    WeeklyBudgetRollover: Amount | None


class DynamicTextCampaignSettingGet(TypedDict):
    """Answered by campaigns.get."""

    Option: DynamicTextCampaignSettingsGetEnum
    Value: general.YesNoEnum


class PlacementTypeArray(TypedDict):
    """Answered by campaigns.get."""

    Items: list[PlacementType]


class DynamicTextCampaignPackageBiddingStrategyGet(TypedDict):
    """Answered by campaigns.get."""

    StrategyId: int


class DynamicTextCampaignGetItem(TypedDict):
    """Answered by campaigns.get."""

    CounterIds: general.ArrayOfInteger | None
    AttributionModel: general.AttributionModelEnum
    NegativeKeywordSharedSetIds: general.ArrayOfLong | None
    BiddingStrategy: DynamicTextCampaignStrategy
    Settings: list[DynamicTextCampaignSettingGet]
    PlacementTypes: PlacementTypeArray
    TrackingParams: str | None
    PriorityGoals: PriorityGoalsArray | None
    PackageBiddingStrategy: DynamicTextCampaignPackageBiddingStrategyGet | None
    CanBeUsedAsPackageBiddingStrategySource: general.YesNoEnum


class CpmBannerCampaignSettingGet(TypedDict):
    """Answered by campaigns.get."""

    Option: CpmBannerCampaignSettingsGetEnum
    Value: general.YesNoEnum


class CpmBannerCampaignGetItem(TypedDict):
    """Answered by campaigns.get."""

    CounterIds: general.ArrayOfInteger | None
    FrequencyCap: FrequencyCapSetting | None
    BiddingStrategy: CpmBannerCampaignStrategy
    Settings: list[CpmBannerCampaignSettingGet]
    VideoTarget: general.VideoTargetEnum | None


class SmartCampaignSettingGet(TypedDict):
    """Answered by campaigns.get."""

    Option: SmartCampaignSettingsGetEnum
    Value: general.YesNoEnum


class SmartCampaignPackageBiddingStrategyGet(TypedDict):
    """Answered by campaigns.get."""

    StrategyId: int
    Platforms: SmartCampaignPlatforms


class SmartCampaignGetItem(TypedDict):
    """Answered by campaigns.get."""

    CounterId: int
    AttributionModel: general.AttributionModelEnum
    BiddingStrategy: SmartCampaignStrategy
    Settings: list[SmartCampaignSettingGet]
    TrackingParams: str | None
    PriorityGoals: PriorityGoalsArray | None
    PackageBiddingStrategy: SmartCampaignPackageBiddingStrategyGet | None
    CanBeUsedAsPackageBiddingStrategySource: general.YesNoEnum


class CampaignGetItem(TypedDict):
    """Answered by campaigns.get.

    CreateTime: in no WSDL; seen 2026-09-09, public scripts.
    """

    ClientInfo: str | None
    Notification: Notification | None
    TimeZone: str
    Id: int
    Name: str
    StartDate: str
    Type: CampaignTypeGetEnum
    Status: general.StatusEnum
    State: CampaignStateGetEnum
    StatusPayment: CampaignStatusPaymentEnum
    StatusClarification: str
    SourceId: int | None
    Statistics: general.Statistics
    Currency: general.CurrencyEnum
    Funds: FundsParam
    RepresentedBy: CampaignAssistant
    DailyBudget: DailyBudget | None
    EndDate: str | None
    NegativeKeywords: general.ArrayOfString | None
    BlockedIps: general.ArrayOfString | None
    ExcludedSites: general.ArrayOfString | None
    TextCampaign: TextCampaignGetItem
    UnifiedCampaign: UnifiedCampaignGetItem
    MobileAppCampaign: MobileAppCampaignGetItem
    DynamicTextCampaign: DynamicTextCampaignGetItem
    CpmBannerCampaign: CpmBannerCampaignGetItem
    SmartCampaign: SmartCampaignGetItem
    TimeTargeting: TimeTargeting
    CreateTime: str


class GetResponse(TypedDict):
    """Answered by campaigns.get."""

    LimitedBy: int
    Campaigns: list[CampaignGetItem]


class DeleteRequest(TypedDict):
    """Params of campaigns.delete.

    At most 1_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by campaigns.delete."""

    DeleteResults: list[general.ActionResult]


class ArchiveRequest(TypedDict):
    """Params of campaigns.archive.

    At most 1_000 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    SelectionCriteria: general.IdsCriteria


class ArchiveResponse(TypedDict):
    """Answered by campaigns.archive."""

    ArchiveResults: list[general.ActionResult]


class UnarchiveRequest(TypedDict):
    """Params of campaigns.unarchive.

    At most 1_000 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    SelectionCriteria: general.IdsCriteria


class UnarchiveResponse(TypedDict):
    """Answered by campaigns.unarchive."""

    UnarchiveResults: list[general.ActionResult]


class SuspendRequest(TypedDict):
    """Params of campaigns.suspend.

    At most 1_000 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    SelectionCriteria: general.IdsCriteria


class SuspendResponse(TypedDict):
    """Answered by campaigns.suspend."""

    SuspendResults: list[general.ActionResult]


class ResumeRequest(TypedDict):
    """Params of campaigns.resume.

    At most 1_000 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    SelectionCriteria: general.IdsCriteria


class ResumeResponse(TypedDict):
    """Answered by campaigns.resume."""

    ResumeResults: list[general.ActionResult]
