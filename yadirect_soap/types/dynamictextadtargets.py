"""DynamicTextAdTargets: what its operations send and answer, by the names of the contract.

Made from wsdl/dynamictextadtargets.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

WebpageConditionOperandEnum = Literal["DOMAIN", "OFFERS_LIST_URL", "PAGE_CONTENT", "PAGE_TITLE", "URL"]

StringConditionOperatorEnum = Literal["EQUALS_ANY", "NOT_EQUALS_ALL", "CONTAINS_ANY", "NOT_CONTAINS_ALL"]

WebpageFieldEnum = Literal[
    "AdGroupId",
    "Bid",
    "CampaignId",
    "Conditions",
    "ConditionType",
    "ContextBid",
    "Id",
    "Name",
    "State",
    "StatusClarification",
    "StrategyPriority",
]

WebpageTypeEnum = Literal["PAGES_ALL", "PAGES_SUBSET"]


class WebpageCondition(TypedDict):
    """Sent by dynamictextadtargets.add.

    Answered by dynamictextadtargets.get.
    """

    Operand: WebpageConditionOperandEnum
    Operator: StringConditionOperatorEnum
    Arguments: list[str] | tuple[str, ...]


class WebpageAddItem(TypedDict):
    """Sent by dynamictextadtargets.add.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    Name: str
    AdGroupId: int
    Conditions: NotRequired[Sequence[WebpageCondition]]
    Bid: NotRequired[Amount]
    ContextBid: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]


class AddRequest(TypedDict):
    """Params of dynamictextadtargets.add.

    At most 1_000 objects a call.
    Costs 20 units and 5 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    Webpages: Sequence[WebpageAddItem]


class AddResponse(TypedDict):
    """Answered by dynamictextadtargets.add."""

    AddResults: list[general.ActionResult]


class GetRequest(TypedDict):
    """Params of dynamictextadtargets.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: general.AdTargetsSelectionCriteria
    FieldNames: Sequence[WebpageFieldEnum]


class WebpageGetItem(TypedDict):
    """Answered by dynamictextadtargets.get.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    Id: int
    AdGroupId: int
    CampaignId: int
    Name: str
    Bid: Amount
    ContextBid: Amount
    StrategyPriority: general.PriorityEnum | None
    State: general.StateEnum
    StatusClarification: str
    Conditions: list[WebpageCondition]
    ConditionType: WebpageTypeEnum


class GetResponse(TypedDict):
    """Answered by dynamictextadtargets.get."""

    LimitedBy: int
    Webpages: list[WebpageGetItem]


class DeleteRequest(TypedDict):
    """Params of dynamictextadtargets.delete.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by dynamictextadtargets.delete."""

    DeleteResults: list[general.ActionResult]


class SuspendRequest(TypedDict):
    """Params of dynamictextadtargets.suspend.

    At most 10_000 objects a call.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class SuspendResponse(TypedDict):
    """Answered by dynamictextadtargets.suspend."""

    SuspendResults: list[general.ActionResult]


class ResumeRequest(TypedDict):
    """Params of dynamictextadtargets.resume.

    At most 10_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    SelectionCriteria: general.IdsCriteria


class ResumeResponse(TypedDict):
    """Answered by dynamictextadtargets.resume."""

    ResumeResults: list[general.ActionResult]


class SetBidsItem(TypedDict):
    """Sent by dynamictextadtargets.setBids.

    Amounts, in micros or with money="decimal" as Decimal: Bid, ContextBid.
    """

    CampaignId: NotRequired[int]
    AdGroupId: NotRequired[int]
    Id: NotRequired[int]
    Bid: NotRequired[Amount]
    ContextBid: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]


class SetBidsRequest(TypedDict):
    """Params of dynamictextadtargets.setBids.

    At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call.
    Costs 25 units.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    Bids: Sequence[SetBidsItem]


class SetBidsResponse(TypedDict):
    """Answered by dynamictextadtargets.setBids."""

    SetBidsResults: list[general.SetBidsActionResult]
