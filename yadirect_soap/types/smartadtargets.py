"""SmartAdTargets: what its operations send and answer, by the names of the contract.

Made from wsdl/smartadtargets.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

AudienceEnum = Literal["INTERESTED_IN_SIMILAR_PRODUCTS", "VISITED_PRODUCT_PAGE", "ALL_SEGMENTS"]

SmartAdTargetFieldEnum = Literal[
    "Id",
    "AdGroupId",
    "CampaignId",
    "Name",
    "AverageCpc",
    "AverageCpa",
    "StrategyPriority",
    "Conditions",
    "ConditionType",
    "State",
    "Audience",
    "AvailableItemsOnly",
]


class ConditionsItem(TypedDict):
    """Sent by smartadtargets.add, smartadtargets.update.

    Answered by smartadtargets.get.
    """

    Operand: str
    Operator: general.StringConditionOperatorEnum
    Arguments: list[str] | tuple[str, ...]


class ConditionsArray(TypedDict):
    """Sent by smartadtargets.add, smartadtargets.update.

    Answered by smartadtargets.get.
    """

    Items: Sequence[ConditionsItem]


class SmartAdTargetAddItem(TypedDict):
    """Sent by smartadtargets.add.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, AverageCpa.
    """

    Name: str
    AdGroupId: int
    AverageCpc: NotRequired[Amount]
    AverageCpa: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]
    Audience: AudienceEnum
    Conditions: NotRequired[ConditionsArray]
    AvailableItemsOnly: NotRequired[general.YesNoEnum]


class AddRequest(TypedDict):
    """Params of smartadtargets.add.

    At most 1_000 objects a call (not documented, assumed).
    Costs 20 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    SmartAdTargets: Sequence[SmartAdTargetAddItem]


class AddResponse(TypedDict):
    """Answered by smartadtargets.add."""

    AddResults: list[general.ActionResult]


class GetRequest(TypedDict):
    """Params of smartadtargets.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: general.AdTargetsSelectionCriteria
    FieldNames: Sequence[SmartAdTargetFieldEnum]


class SmartAdTargetGetItem(TypedDict):
    """Answered by smartadtargets.get.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, AverageCpa.
    """

    Id: int
    AdGroupId: int
    CampaignId: int
    Name: str
    AverageCpc: Amount | None
    AverageCpa: Amount | None
    StrategyPriority: general.PriorityEnum | None
    State: general.StateEnum
    Audience: AudienceEnum
    Conditions: ConditionsArray | None
    ConditionType: general.ConditionTypeEnum
    AvailableItemsOnly: general.YesNoEnum | None


class GetResponse(TypedDict):
    """Answered by smartadtargets.get."""

    LimitedBy: int
    SmartAdTargets: list[SmartAdTargetGetItem]


class SmartAdTargetUpdateItem(TypedDict):
    """Sent by smartadtargets.update.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, AverageCpa.
    """

    Id: int
    Name: NotRequired[str]
    AverageCpc: NotRequired[Amount | None]
    AverageCpa: NotRequired[Amount | None]
    StrategyPriority: NotRequired[general.PriorityEnum]
    Audience: NotRequired[AudienceEnum]
    Conditions: NotRequired[ConditionsArray]
    AvailableItemsOnly: NotRequired[general.YesNoEnum]


class UpdateRequest(TypedDict):
    """Params of smartadtargets.update.

    At most 1_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    SmartAdTargets: Sequence[SmartAdTargetUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by smartadtargets.update."""

    UpdateResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of smartadtargets.delete.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by smartadtargets.delete."""

    DeleteResults: list[general.ActionResult]


class SuspendRequest(TypedDict):
    """Params of smartadtargets.suspend.

    At most 10_000 objects a call.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class SuspendResponse(TypedDict):
    """Answered by smartadtargets.suspend."""

    SuspendResults: list[general.ActionResult]


class ResumeRequest(TypedDict):
    """Params of smartadtargets.resume.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class ResumeResponse(TypedDict):
    """Answered by smartadtargets.resume."""

    ResumeResults: list[general.ActionResult]


class SetBidsItem(TypedDict):
    """Sent by smartadtargets.setBids.

    Amounts, in micros or with money="decimal" as Decimal: AverageCpc, AverageCpa.
    """

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    Id: NotRequired[int]
    AverageCpc: NotRequired[Amount | None]
    AverageCpa: NotRequired[Amount | None]
    StrategyPriority: NotRequired[general.PriorityEnum]


class SetBidsRequest(TypedDict):
    """Params of smartadtargets.setBids.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call (not documented, assumed).
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    Bids: Sequence[SetBidsItem]


class SetBidsResponse(TypedDict):
    """Answered by smartadtargets.setBids."""

    SetBidsResults: list[general.SetBidsActionResult]
