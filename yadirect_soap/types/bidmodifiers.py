"""BidModifiers: what its operations send and answer, by the names of the contract.

Made from wsdl/bidmodifiers.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

BidModifierTypeEnum = Literal[
    "MOBILE_ADJUSTMENT",
    "DESKTOP_ADJUSTMENT",
    "SMART_TV_ADJUSTMENT",
    "TABLET_ADJUSTMENT",
    "DESKTOP_ONLY_ADJUSTMENT",
    "DEMOGRAPHICS_ADJUSTMENT",
    "RETARGETING_ADJUSTMENT",
    "REGIONAL_ADJUSTMENT",
    "VIDEO_ADJUSTMENT",
    "SMART_AD_ADJUSTMENT",
    "SERP_LAYOUT_ADJUSTMENT",
    "INCOME_GRADE_ADJUSTMENT",
    "AD_GROUP_ADJUSTMENT",
]

BidModifierLevelEnum = Literal["CAMPAIGN", "AD_GROUP"]

BidModifierFieldEnum = Literal["Id", "CampaignId", "AdGroupId", "Level", "Type"]

MobileAdjustmentFieldEnum = Literal["BidModifier", "OperatingSystemType"]

DesktopAdjustmentFieldEnum = Literal["BidModifier"]

SmartTvAdjustmentFieldEnum = Literal["BidModifier"]

TabletAdjustmentFieldEnum = Literal["BidModifier", "OperatingSystemType"]

DesktopOnlyAdjustmentFieldEnum = Literal["BidModifier"]

DemographicsAdjustmentFieldEnum = Literal["Gender", "Age", "BidModifier", "Enabled"]

RetargetingAdjustmentFieldEnum = Literal["RetargetingConditionId", "BidModifier", "Accessible", "Enabled"]

RegionalAdjustmentFieldEnum = Literal["RegionId", "BidModifier", "Enabled"]

VideoAdjustmentFieldEnum = Literal["BidModifier"]

SmartAdAdjustmentFieldEnum = Literal["BidModifier"]

SerpLayoutAdjustmentFieldEnum = Literal["SerpLayout", "BidModifier", "Enabled"]

IncomeGradeAdjustmentFieldEnum = Literal["Grade", "BidModifier", "Enabled"]

AdGroupAdjustmentFieldEnum = Literal["BidModifier"]

OperatingSystemTypeEnum = Literal["IOS", "ANDROID"]


class BidModifiersSelectionCriteria(TypedDict):
    """Sent by bidmodifiers.get."""

    CampaignIds: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    Ids: NotRequired[Sequence[int]]
    Types: NotRequired[Sequence[BidModifierTypeEnum]]
    Levels: Sequence[BidModifierLevelEnum]


class GetRequest(TypedDict):
    """Params of bidmodifiers.get.

    At most 10_000 objects a page, Limit and Offset together to 120_000.
    SelectionCriteria holds at most 1_000 CampaignIds, 10_000 AdGroupIds, 10_000 Ids.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
    Costs 1 unit.
    https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: BidModifiersSelectionCriteria
    FieldNames: Sequence[BidModifierFieldEnum]
    MobileAdjustmentFieldNames: NotRequired[Sequence[MobileAdjustmentFieldEnum]]
    DesktopAdjustmentFieldNames: NotRequired[Sequence[DesktopAdjustmentFieldEnum]]
    SmartTvAdjustmentFieldNames: NotRequired[Sequence[SmartTvAdjustmentFieldEnum]]
    TabletAdjustmentFieldNames: NotRequired[Sequence[TabletAdjustmentFieldEnum]]
    DesktopOnlyAdjustmentFieldNames: NotRequired[Sequence[DesktopOnlyAdjustmentFieldEnum]]
    DemographicsAdjustmentFieldNames: NotRequired[Sequence[DemographicsAdjustmentFieldEnum]]
    RetargetingAdjustmentFieldNames: NotRequired[Sequence[RetargetingAdjustmentFieldEnum]]
    RegionalAdjustmentFieldNames: NotRequired[Sequence[RegionalAdjustmentFieldEnum]]
    VideoAdjustmentFieldNames: NotRequired[Sequence[VideoAdjustmentFieldEnum]]
    SmartAdAdjustmentFieldNames: NotRequired[Sequence[SmartAdAdjustmentFieldEnum]]
    SerpLayoutAdjustmentFieldNames: NotRequired[Sequence[SerpLayoutAdjustmentFieldEnum]]
    IncomeGradeAdjustmentFieldNames: NotRequired[Sequence[IncomeGradeAdjustmentFieldEnum]]
    AdGroupAdjustmentFieldNames: NotRequired[Sequence[AdGroupAdjustmentFieldEnum]]


class MobileAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int
    OperatingSystemType: OperatingSystemTypeEnum | None


class DesktopAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int


class SmartTvAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int


class TabletAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int
    OperatingSystemType: OperatingSystemTypeEnum | None


class DesktopOnlyAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int


class DemographicsAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    Gender: general.GenderEnum | None
    Age: general.AgeRangeEnum | None
    BidModifier: int
    Enabled: general.YesNoEnum


class RetargetingAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    RetargetingConditionId: int
    BidModifier: int
    Accessible: general.YesNoEnum
    Enabled: general.YesNoEnum


class RegionalAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    RegionId: int
    BidModifier: int
    Enabled: general.YesNoEnum


class VideoAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int


class SmartAdAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int


class SerpLayoutAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    SerpLayout: general.SerpLayoutEnum
    BidModifier: int
    Enabled: general.YesNoEnum


class IncomeGradeAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    Grade: general.IncomeGradeEnum
    BidModifier: int
    Enabled: general.YesNoEnum


class AdGroupAdjustmentGet(TypedDict):
    """Answered by bidmodifiers.get."""

    BidModifier: int


class BidModifierGetItem(TypedDict):
    """Answered by bidmodifiers.get."""

    CampaignId: int
    AdGroupId: int | None
    Id: int
    Level: BidModifierLevelEnum
    Type: BidModifierTypeEnum
    MobileAdjustment: MobileAdjustmentGet
    DesktopAdjustment: DesktopAdjustmentGet
    SmartTvAdjustment: SmartTvAdjustmentGet
    TabletAdjustment: TabletAdjustmentGet
    DesktopOnlyAdjustment: DesktopOnlyAdjustmentGet
    DemographicsAdjustment: DemographicsAdjustmentGet
    RetargetingAdjustment: RetargetingAdjustmentGet
    RegionalAdjustment: RegionalAdjustmentGet
    VideoAdjustment: VideoAdjustmentGet
    SmartAdAdjustment: SmartAdAdjustmentGet
    SerpLayoutAdjustment: SerpLayoutAdjustmentGet
    IncomeGradeAdjustment: IncomeGradeAdjustmentGet
    AdGroupAdjustment: AdGroupAdjustmentGet


class GetResponse(TypedDict):
    """Answered by bidmodifiers.get."""

    LimitedBy: int
    BidModifiers: list[BidModifierGetItem]


class MobileAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int
    OperatingSystemType: NotRequired[OperatingSystemTypeEnum]


class DesktopAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int


class SmartTvAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int


class TabletAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int
    OperatingSystemType: NotRequired[OperatingSystemTypeEnum]


class DesktopOnlyAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int


class DemographicsAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    Gender: NotRequired[general.GenderEnum]
    Age: NotRequired[general.AgeRangeEnum]
    BidModifier: int


class RetargetingAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    RetargetingConditionId: int
    BidModifier: int


class RegionalAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    RegionId: int
    BidModifier: int


class VideoAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int


class SmartAdAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int


class SerpLayoutAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    SerpLayout: general.SerpLayoutEnum
    BidModifier: int


class IncomeGradeAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    Grade: general.IncomeGradeEnum
    BidModifier: int


class AdGroupAdjustmentAdd(TypedDict):
    """Sent by bidmodifiers.add."""

    BidModifier: int


class BidModifierAddItem(TypedDict):
    """Sent by bidmodifiers.add."""

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    MobileAdjustment: NotRequired[MobileAdjustmentAdd]
    DesktopAdjustment: NotRequired[DesktopAdjustmentAdd]
    SmartTvAdjustment: NotRequired[SmartTvAdjustmentAdd]
    TabletAdjustment: NotRequired[TabletAdjustmentAdd]
    DesktopOnlyAdjustment: NotRequired[DesktopOnlyAdjustmentAdd]
    DemographicsAdjustments: NotRequired[Sequence[DemographicsAdjustmentAdd]]
    RetargetingAdjustments: NotRequired[Sequence[RetargetingAdjustmentAdd]]
    RegionalAdjustments: NotRequired[Sequence[RegionalAdjustmentAdd]]
    VideoAdjustment: NotRequired[VideoAdjustmentAdd]
    SmartAdAdjustment: NotRequired[SmartAdAdjustmentAdd]
    SerpLayoutAdjustments: NotRequired[Sequence[SerpLayoutAdjustmentAdd]]
    IncomeGradeAdjustments: NotRequired[Sequence[IncomeGradeAdjustmentAdd]]
    AdGroupAdjustment: NotRequired[AdGroupAdjustmentAdd]


class AddRequest(TypedDict):
    """Params of bidmodifiers.add.

    At most 1_000 objects a call.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
    """

    BidModifiers: Sequence[BidModifierAddItem]


class AddResponse(TypedDict):
    """Answered by bidmodifiers.add."""

    AddResults: list[general.MultiIdsActionResult]


class BidModifierSetItem(TypedDict):
    """Sent by bidmodifiers.set."""

    Id: int
    BidModifier: int


class SetRequest(TypedDict):
    """Params of bidmodifiers.set.

    At most 1_000 objects a call.
    Costs 2 units.
    https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
    """

    BidModifiers: Sequence[BidModifierSetItem]


class SetResponse(TypedDict):
    """Answered by bidmodifiers.set."""

    SetResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of bidmodifiers.delete.

    At most 1_000 objects a call.
    Costs 15 units.
    https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by bidmodifiers.delete."""

    DeleteResults: list[general.ActionResult]
