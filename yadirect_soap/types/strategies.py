"""Strategies: what its operations send and answer, by the names of the contract.

Made from wsdl/strategies.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

StrategyType = Literal[
    "AVERAGE_CPC",
    "AVERAGE_CPA",
    "PAY_FOR_CONVERSION",
    "WB_MAXIMUM_CONVERSION_RATE",
    "WB_MAXIMUM_CLICKS",
    "AVERAGE_CRR",
    "PAY_FOR_CONVERSION_CRR",
    "AVERAGE_CPC_PER_CAMPAIGN",
    "AVERAGE_CPC_PER_FILTER",
    "AVERAGE_CPA_PER_CAMPAIGN",
    "AVERAGE_CPA_PER_FILTER",
    "PAY_FOR_CONVERSION_PER_CAMPAIGN",
    "PAY_FOR_CONVERSION_PER_FILTER",
    "MAX_PROFIT",
    "AVERAGE_CPA_MULTIPLE_GOALS",
    "PAY_FOR_CONVERSION_MULTIPLE_GOALS",
    "UNKNOWN",
]

StrategyFieldEnum = Literal["Id", "AttributionModel", "CounterIds", "PriorityGoals", "Type", "Name", "StatusArchived"]

StrategyMaximumClicksFieldEnum = Literal[
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
    "WeeklyBudgetRollover",
]

StrategyMaximumConversionRateFieldEnum = Literal[
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
    "GoalId",
    "WeeklyBudgetRollover",
]

StrategyAverageCpcFieldEnum = Literal[
    "AverageCpc",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "WeeklyBudgetRollover",
]

StrategyAverageCpaFieldEnum = Literal[
    "AverageCpa",
    "GoalId",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
    "ExplorationBudget",
    "WeeklyBudgetRollover",
]

StrategyMaxProfitFieldEnum = Literal[
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "ExplorationBudget",
    "WeeklyBudgetRollover",
]

StrategyPayForConversionFieldEnum = Literal["Cpa", "GoalId", "WeeklySpendLimit", "CustomPeriodBudget", "BudgetType"]

StrategyAverageCpaPerCampaignFieldEnum = Literal[
    "AverageCpa",
    "GoalId",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
    "ExplorationBudget",
]

StrategyPayForConversionPerCampaignFieldEnum = Literal[
    "Cpa",
    "GoalId",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
]

StrategyPayForConversionPerFilterFieldEnum = Literal[
    "Cpa",
    "GoalId",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
]

StrategyAverageCpaPerFilterFieldEnum = Literal[
    "FilterAverageCpa",
    "GoalId",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
    "ExplorationBudget",
]

StrategyAverageCpcPerCampaignFieldEnum = Literal[
    "AverageCpc",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
]

StrategyAverageCpcPerFilterFieldEnum = Literal[
    "FilterAverageCpc",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "BidCeiling",
]

StrategyAverageCrrFieldEnum = Literal[
    "Crr",
    "GoalId",
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "ExplorationBudget",
    "WeeklyBudgetRollover",
]

StrategyPayForConversionCrrFieldEnum = Literal["Crr", "GoalId", "WeeklySpendLimit", "CustomPeriodBudget", "BudgetType"]

StrategyAverageCpaMultipleGoalsFieldEnum = Literal[
    "WeeklySpendLimit",
    "CustomPeriodBudget",
    "BudgetType",
    "ExplorationBudget",
    "BidCeiling",
    "WeeklyBudgetRollover",
]

StrategyPayForConversionMultipleGoalsFieldEnum = Literal["WeeklySpendLimit", "CustomPeriodBudget", "BudgetType"]

BudgetTypeEnum = Literal["WEEKLY_BUDGET", "CUSTOM_PERIOD_BUDGET"]


class PriorityGoalsItem(TypedDict):
    """Sent by strategies.add, strategies.update.

    Answered by strategies.get.
    Amounts, in micros or with money="decimal" as Decimal: Value.
    """

    GoalId: int
    Value: Amount
    IsMetrikaSourceOfValue: NotRequired[general.YesNoEnum]


class PriorityGoalsArray(TypedDict):
    """Sent by strategies.add, strategies.update.

    Answered by strategies.get.
    """

    Items: Sequence[PriorityGoalsItem]


class CustomPeriodBudget(TypedDict):
    """Sent by strategies.add, strategies.update.

    Answered by strategies.get.
    Amounts, in micros or with money="decimal" as Decimal: SpendLimit.
    """

    SpendLimit: Amount
    StartDate: str | date
    EndDate: str | date
    AutoContinue: general.YesNoEnum


class StrategyMaximumClicksAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]


class StrategyMaximumConversionRateAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    GoalId: int


class StrategyAverageCpcAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit.
    """

    AverageCpc: Amount
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class ExplorationBudget(TypedDict):
    """Sent by strategies.add, strategies.update.

    Answered by strategies.get.
    Amounts, in micros or with money="decimal" as Decimal: MinimumExplorationBudget.
    """

    MinimumExplorationBudget: Amount
    IsMinimumExplorationBudgetCustom: general.YesNoEnum


class StrategyAverageCpaAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyMaxProfitAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAverageCpaPerCampaignAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionPerCampaignAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyPayForConversionPerFilterAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAverageCpaPerFilterAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpa, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyAverageCpcPerCampaignAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit, BidCeiling.
    """

    AverageCpc: Amount
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]


class StrategyAverageCpcPerFilterAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpc, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpc: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    BidCeiling: NotRequired[Amount]


class StrategyAverageCrrAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: int
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    ExplorationBudget: NotRequired[ExplorationBudget]


class StrategyPayForConversionCrrAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: int
    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAverageCpaMultipleGoalsAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]
    ExplorationBudget: NotRequired[ExplorationBudget]
    BidCeiling: NotRequired[Amount]


class StrategyPayForConversionMultipleGoalsAddItem(TypedDict):
    """Sent by strategies.add.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    GoalId: int
    WeeklySpendLimit: NotRequired[Amount]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget]


class StrategyAddItem(TypedDict):
    """Sent by strategies.add."""

    AttributionModel: NotRequired[general.AttributionModelEnum]
    Name: str
    CounterIds: NotRequired[general.ArrayOfLong]
    PriorityGoals: NotRequired[PriorityGoalsArray]
    WbMaximumClicks: NotRequired[StrategyMaximumClicksAddItem]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateAddItem]
    AverageCpc: NotRequired[StrategyAverageCpcAddItem]
    AverageCpa: NotRequired[StrategyAverageCpaAddItem]
    MaxProfit: NotRequired[StrategyMaxProfitAddItem]
    PayForConversion: NotRequired[StrategyPayForConversionAddItem]
    AverageCpaPerCampaign: NotRequired[StrategyAverageCpaPerCampaignAddItem]
    PayForConversionPerCampaign: NotRequired[StrategyPayForConversionPerCampaignAddItem]
    PayForConversionPerFilter: NotRequired[StrategyPayForConversionPerFilterAddItem]
    AverageCpaPerFilter: NotRequired[StrategyAverageCpaPerFilterAddItem]
    AverageCpcPerCampaign: NotRequired[StrategyAverageCpcPerCampaignAddItem]
    AverageCpcPerFilter: NotRequired[StrategyAverageCpcPerFilterAddItem]
    AverageCrr: NotRequired[StrategyAverageCrrAddItem]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrAddItem]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoalsAddItem]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoalsAddItem]


class AddRequest(TypedDict):
    """Params of strategies.add.

    At most 1_000 objects a call (not documented, assumed).
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    Strategies: Sequence[StrategyAddItem]


class AddResponse(TypedDict):
    """Answered by strategies.add."""

    AddResults: list[general.ActionResult]


class StrategyMaximumClicksUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyMaximumConversionRateUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    GoalId: NotRequired[int]


class StrategyAverageCpcUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit.
    """

    AverageCpc: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]


class StrategyAverageCpaUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]


class StrategyMaxProfitUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]


class StrategyPayForConversionUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]


class StrategyAverageCpaPerCampaignUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]


class StrategyPayForConversionPerCampaignUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]


class StrategyPayForConversionPerFilterUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]


class StrategyAverageCpaPerFilterUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpa, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpa: NotRequired[Amount]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]


class StrategyAverageCpcPerCampaignUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit, BidCeiling.
    """

    AverageCpc: NotRequired[Amount]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyAverageCpcPerFilterUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpc, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpc: NotRequired[Amount | None]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyAverageCrrUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: NotRequired[int]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]


class StrategyPayForConversionCrrUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: NotRequired[int]
    GoalId: NotRequired[int]
    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]


class StrategyAverageCpaMultipleGoalsUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]
    ExplorationBudget: NotRequired[ExplorationBudget | None]
    BidCeiling: NotRequired[Amount | None]


class StrategyPayForConversionMultipleGoalsUpdateItem(TypedDict):
    """Sent by strategies.update.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: NotRequired[Amount | None]
    CustomPeriodBudget: NotRequired[CustomPeriodBudget | None]


class StrategyUpdateItem(TypedDict):
    """Sent by strategies.update."""

    Id: int
    AttributionModel: NotRequired[general.AttributionModelEnum]
    Name: NotRequired[str]
    CounterIds: NotRequired[general.ArrayOfLong | None]
    PriorityGoals: NotRequired[PriorityGoalsArray | None]
    WbMaximumClicks: NotRequired[StrategyMaximumClicksUpdateItem]
    WbMaximumConversionRate: NotRequired[StrategyMaximumConversionRateUpdateItem]
    AverageCpc: NotRequired[StrategyAverageCpcUpdateItem]
    AverageCpa: NotRequired[StrategyAverageCpaUpdateItem]
    MaxProfit: NotRequired[StrategyMaxProfitUpdateItem]
    PayForConversion: NotRequired[StrategyPayForConversionUpdateItem]
    AverageCpaPerCampaign: NotRequired[StrategyAverageCpaPerCampaignUpdateItem]
    PayForConversionPerCampaign: NotRequired[StrategyPayForConversionPerCampaignUpdateItem]
    PayForConversionPerFilter: NotRequired[StrategyPayForConversionPerFilterUpdateItem]
    AverageCpaPerFilter: NotRequired[StrategyAverageCpaPerFilterUpdateItem]
    AverageCpcPerCampaign: NotRequired[StrategyAverageCpcPerCampaignUpdateItem]
    AverageCpcPerFilter: NotRequired[StrategyAverageCpcPerFilterUpdateItem]
    AverageCrr: NotRequired[StrategyAverageCrrUpdateItem]
    PayForConversionCrr: NotRequired[StrategyPayForConversionCrrUpdateItem]
    AverageCpaMultipleGoals: NotRequired[StrategyAverageCpaMultipleGoalsUpdateItem]
    PayForConversionMultipleGoals: NotRequired[StrategyPayForConversionMultipleGoalsUpdateItem]


class UpdateRequest(TypedDict):
    """Params of strategies.update.

    At most 1_000 objects a call (not documented, assumed).
    Costs 10 units and 3 for each object.
    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    Strategies: Sequence[StrategyUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by strategies.update."""

    UpdateResults: list[general.ActionResult]


class StrategiesSelectionCriteria(TypedDict):
    """Sent by strategies.get."""

    Ids: NotRequired[Sequence[int]]
    Types: NotRequired[Sequence[StrategyType]]
    IsArchived: NotRequired[general.YesNoEnum]


class GetRequest(TypedDict):
    """Params of strategies.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids.
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: StrategiesSelectionCriteria
    FieldNames: Sequence[StrategyFieldEnum]
    StrategyMaximumClicksFieldNames: NotRequired[Sequence[StrategyMaximumClicksFieldEnum]]
    StrategyMaximumConversionRateFieldNames: NotRequired[Sequence[StrategyMaximumConversionRateFieldEnum]]
    StrategyAverageCpcFieldNames: NotRequired[Sequence[StrategyAverageCpcFieldEnum]]
    StrategyAverageCpaFieldNames: NotRequired[Sequence[StrategyAverageCpaFieldEnum]]
    StrategyMaxProfitFieldNames: NotRequired[Sequence[StrategyMaxProfitFieldEnum]]
    StrategyPayForConversionFieldNames: NotRequired[Sequence[StrategyPayForConversionFieldEnum]]
    StrategyAverageCpaPerCampaignFieldNames: NotRequired[Sequence[StrategyAverageCpaPerCampaignFieldEnum]]
    StrategyPayForConversionPerCampaignFieldNames: NotRequired[Sequence[StrategyPayForConversionPerCampaignFieldEnum]]
    StrategyPayForConversionPerFilterFieldNames: NotRequired[Sequence[StrategyPayForConversionPerFilterFieldEnum]]
    StrategyAverageCpaPerFilterFieldNames: NotRequired[Sequence[StrategyAverageCpaPerFilterFieldEnum]]
    StrategyAverageCpcPerCampaignFieldNames: NotRequired[Sequence[StrategyAverageCpcPerCampaignFieldEnum]]
    StrategyAverageCpcPerFilterFieldNames: NotRequired[Sequence[StrategyAverageCpcPerFilterFieldEnum]]
    StrategyAverageCrrFieldNames: NotRequired[Sequence[StrategyAverageCrrFieldEnum]]
    StrategyPayForConversionCrrFieldNames: NotRequired[Sequence[StrategyPayForConversionCrrFieldEnum]]
    StrategyAverageCpaMultipleGoalsFieldNames: NotRequired[Sequence[StrategyAverageCpaMultipleGoalsFieldEnum]]
    StrategyPayForConversionMultipleGoalsFieldNames: NotRequired[Sequence[StrategyPayForConversionMultipleGoalsFieldEnum]]


class StrategyMaximumClicksGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling, WeeklyBudgetRollover.
    """

    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BidCeiling: Amount | None
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyMaximumConversionRateGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling, WeeklyBudgetRollover.
    """

    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BidCeiling: Amount | None
    GoalId: int
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyAverageCpcGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit, WeeklyBudgetRollover.
    """

    AverageCpc: Amount
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyAverageCpaGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling,
    WeeklyBudgetRollover.
    """

    AverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: Amount | None
    BidCeiling: Amount | None
    ExplorationBudget: ExplorationBudget | None
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyMaxProfitGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, WeeklyBudgetRollover.
    """

    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    ExplorationBudget: ExplorationBudget | None
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyPayForConversionGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BudgetType: BudgetTypeEnum


class StrategyAverageCpaPerCampaignGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpa, WeeklySpendLimit, BidCeiling.
    """

    AverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BidCeiling: Amount | None
    ExplorationBudget: ExplorationBudget | None
    BudgetType: BudgetTypeEnum


class StrategyPayForConversionPerCampaignGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BudgetType: BudgetTypeEnum


class StrategyPayForConversionPerFilterGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: Cpa, WeeklySpendLimit.
    """

    Cpa: Amount
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BudgetType: BudgetTypeEnum


class StrategyAverageCpaPerFilterGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpa, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpa: Amount
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BidCeiling: Amount | None
    ExplorationBudget: ExplorationBudget | None
    BudgetType: BudgetTypeEnum


class StrategyAverageCpcPerCampaignGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, WeeklySpendLimit, BidCeiling.
    """

    AverageCpc: Amount
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BidCeiling: Amount | None
    BudgetType: BudgetTypeEnum


class StrategyAverageCpcPerFilterGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: FilterAverageCpc, WeeklySpendLimit, BidCeiling.
    """

    FilterAverageCpc: Amount | None
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BidCeiling: Amount | None
    BudgetType: BudgetTypeEnum


class StrategyAverageCrrGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, WeeklyBudgetRollover.
    """

    Crr: int
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    ExplorationBudget: ExplorationBudget | None
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyPayForConversionCrrGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    Crr: int
    GoalId: int
    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BudgetType: BudgetTypeEnum


class StrategyAverageCpaMultipleGoalsGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit, BidCeiling, WeeklyBudgetRollover.
    """

    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    ExplorationBudget: ExplorationBudget | None
    BidCeiling: Amount | None
    BudgetType: BudgetTypeEnum
    WeeklyBudgetRollover: Amount | None


class StrategyPayForConversionMultipleGoalsGetItem(TypedDict):
    """Answered by strategies.get.

    Amounts, in micros or with money="decimal" as Decimal: WeeklySpendLimit.
    """

    WeeklySpendLimit: Amount | None
    CustomPeriodBudget: CustomPeriodBudget | None
    BudgetType: BudgetTypeEnum


class StrategyGetItem(TypedDict):
    """Answered by strategies.get."""

    Id: int
    AttributionModel: general.AttributionModelEnum
    Type: StrategyType
    PriorityGoals: PriorityGoalsArray | None
    CounterIds: general.ArrayOfLong | None
    Name: str
    StatusArchived: general.YesNoEnum
    WbMaximumClicks: StrategyMaximumClicksGetItem
    WbMaximumConversionRate: StrategyMaximumConversionRateGetItem
    AverageCpc: StrategyAverageCpcGetItem
    AverageCpa: StrategyAverageCpaGetItem
    MaxProfit: StrategyMaxProfitGetItem
    PayForConversion: StrategyPayForConversionGetItem
    AverageCpaPerCampaign: StrategyAverageCpaPerCampaignGetItem
    PayForConversionPerCampaign: StrategyPayForConversionPerCampaignGetItem
    PayForConversionPerFilter: StrategyPayForConversionPerFilterGetItem
    AverageCpaPerFilter: StrategyAverageCpaPerFilterGetItem
    AverageCpcPerCampaign: StrategyAverageCpcPerCampaignGetItem
    AverageCpcPerFilter: StrategyAverageCpcPerFilterGetItem
    AverageCrr: StrategyAverageCrrGetItem
    PayForConversionCrr: StrategyPayForConversionCrrGetItem
    AverageCpaMultipleGoals: StrategyAverageCpaMultipleGoalsGetItem
    PayForConversionMultipleGoals: StrategyPayForConversionMultipleGoalsGetItem


class GetResponse(TypedDict):
    """Answered by strategies.get."""

    LimitedBy: int
    Strategies: list[StrategyGetItem]


class ArchiveRequest(TypedDict):
    """Params of strategies.archive.

    At most 10_000 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    SelectionCriteria: general.IdsCriteria


class ArchiveResponse(TypedDict):
    """Answered by strategies.archive."""

    ArchiveResults: list[general.ActionResult]


class UnarchiveRequest(TypedDict):
    """Params of strategies.unarchive.

    At most 10_000 objects a call.
    Costs 10 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    SelectionCriteria: general.IdsCriteria


class UnarchiveResponse(TypedDict):
    """Answered by strategies.unarchive."""

    UnarchiveResults: list[general.ActionResult]
