"""DynamicFeedAdTargets: what its operations send and answer, by the names of the contract.

Made from wsdl/dynamicfeedadtargets.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

DynamicFeedAdTargetFieldEnum = Literal[
    "Id",
    "AdGroupId",
    "CampaignId",
    "Name",
    "Bid",
    "ContextBid",
    "Conditions",
    "ConditionType",
    "State",
    "AvailableItemsOnly",
]


class FeedCondition(TypedDict):
    """Sent by dynamicfeedadtargets.add.

    Answered by dynamicfeedadtargets.get.
    """

    Operand: str
    Operator: general.StringConditionOperatorEnum
    Arguments: list[str] | tuple[str, ...]


class ConditionsArray(TypedDict):
    """Sent by dynamicfeedadtargets.add.

    Answered by dynamicfeedadtargets.get.
    """

    Items: Sequence[FeedCondition]


class DynamicFeedAdTargetAddItem(TypedDict):
    """Sent by dynamicfeedadtargets.add.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    Name: str
    AdGroupId: int
    Bid: NotRequired[Amount]
    ContextBid: NotRequired[Amount]
    Conditions: NotRequired[ConditionsArray]
    AvailableItemsOnly: NotRequired[general.YesNoEnum]


class AddRequest(TypedDict):
    """Params of dynamicfeedadtargets.add.

    At most 1_000 objects a call.
    Costs 20 units and 5 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    DynamicFeedAdTargets: Sequence[DynamicFeedAdTargetAddItem]


class AddResponse(TypedDict):
    """Answered by dynamicfeedadtargets.add."""

    AddResults: list[general.ActionResult]


class GetRequest(TypedDict):
    """Params of dynamicfeedadtargets.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
    Costs 15 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: general.AdTargetsSelectionCriteria
    FieldNames: Sequence[DynamicFeedAdTargetFieldEnum]


class DynamicFeedAdTargetGetItem(TypedDict):
    """Answered by dynamicfeedadtargets.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    Id: int
    AdGroupId: int
    CampaignId: int
    Name: str
    Bid: Amount
    ContextBid: Amount
    State: general.StateEnum
    Conditions: ConditionsArray | None
    ConditionType: general.ConditionTypeEnum
    AvailableItemsOnly: general.YesNoEnum


class GetResponse(TypedDict):
    """Answered by dynamicfeedadtargets.get."""

    LimitedBy: int
    DynamicFeedAdTargets: list[DynamicFeedAdTargetGetItem]


class DeleteRequest(TypedDict):
    """Params of dynamicfeedadtargets.delete.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by dynamicfeedadtargets.delete."""

    DeleteResults: list[general.ActionResult]


class SuspendRequest(TypedDict):
    """Params of dynamicfeedadtargets.suspend.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class SuspendResponse(TypedDict):
    """Answered by dynamicfeedadtargets.suspend."""

    SuspendResults: list[general.ActionResult]


class ResumeRequest(TypedDict):
    """Params of dynamicfeedadtargets.resume.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class ResumeResponse(TypedDict):
    """Answered by dynamicfeedadtargets.resume."""

    ResumeResults: list[general.ActionResult]


class SetBidsItem(TypedDict):
    """Sent by dynamicfeedadtargets.setBids.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    Id: NotRequired[int]
    Bid: NotRequired[Amount]
    ContextBid: NotRequired[Amount]


class SetBidsRequest(TypedDict):
    """Params of dynamicfeedadtargets.setBids.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call (not documented, assumed).
    Costs 25 units (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    Bids: Sequence[SetBidsItem]


class SetBidsResponse(TypedDict):
    """Answered by dynamicfeedadtargets.setBids."""

    SetBidsResults: list[general.SetBidsActionResult]
