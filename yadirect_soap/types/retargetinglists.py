"""RetargetingLists: what its operations send and answer, by the names of the contract.

Made from wsdl/retargetinglists.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

RetargetingListTypeEnum = Literal["RETARGETING", "AUDIENCE"]

RetargetingListFieldEnum = Literal[
    "Type",
    "Id",
    "Name",
    "Description",
    "Rules",
    "IsAvailable",
    "Scope",
    "AvailableForTargetsInAdGroupTypes",
]

RetargetingListRuleOperatorEnum = Literal["ALL", "ANY", "NONE"]

RetargetingListScopeEnum = Literal["FOR_TARGETS_AND_ADJUSTMENTS", "FOR_ADJUSTMENTS_ONLY", "FOR_TARGETS_ONLY"]


class RetargetingListSelectionCriteria(TypedDict):
    """Sent by retargetinglists.get."""

    Types: NotRequired[Sequence[RetargetingListTypeEnum]]
    Ids: NotRequired[Sequence[int]]


class GetRequest(TypedDict):
    """Params of retargetinglists.get.

    At most 10_000 objects a page.
    Costs 1 unit and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[RetargetingListSelectionCriteria]
    FieldNames: Sequence[RetargetingListFieldEnum]


class RetargetingListRuleArgumentItem(TypedDict):
    """Sent by retargetinglists.add, retargetinglists.update.

    Answered by retargetinglists.get.
    """

    MembershipLifeSpan: NotRequired[int]
    ExternalId: int


class RetargetingListRuleItem(TypedDict):
    """Sent by retargetinglists.add, retargetinglists.update.

    Answered by retargetinglists.get.
    """

    Arguments: Sequence[RetargetingListRuleArgumentItem]
    Operator: RetargetingListRuleOperatorEnum


class AvailableForTargetsInAdGroupTypesArray(TypedDict):
    """Answered by retargetinglists.get."""

    Items: list[general.AdGroupTypesEnum]


class RetargetingListGetItem(TypedDict):
    """Answered by retargetinglists.get."""

    Name: str
    Description: str | None
    Rules: list[RetargetingListRuleItem]
    Type: RetargetingListTypeEnum
    Id: int
    IsAvailable: general.YesNoEnum
    Scope: RetargetingListScopeEnum
    AvailableForTargetsInAdGroupTypes: AvailableForTargetsInAdGroupTypesArray | None


class GetResponse(TypedDict):
    """Answered by retargetinglists.get."""

    LimitedBy: int
    RetargetingLists: list[RetargetingListGetItem]


class RetargetingListAddItem(TypedDict):
    """Sent by retargetinglists.add."""

    Type: NotRequired[RetargetingListTypeEnum]
    Name: str
    Description: NotRequired[str]
    Rules: Sequence[RetargetingListRuleItem]


class AddRequest(TypedDict):
    """Params of retargetinglists.add.

    At most 1_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
    """

    RetargetingLists: Sequence[RetargetingListAddItem]


class AddResponse(TypedDict):
    """Answered by retargetinglists.add."""

    AddResults: list[general.ActionResult]


class RetargetingListUpdateItem(TypedDict):
    """Sent by retargetinglists.update."""

    Name: NotRequired[str]
    Description: NotRequired[str | None]
    Rules: NotRequired[Sequence[RetargetingListRuleItem]]
    Id: int


class UpdateRequest(TypedDict):
    """Params of retargetinglists.update.

    At most 1_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
    """

    RetargetingLists: Sequence[RetargetingListUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by retargetinglists.update."""

    UpdateResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of retargetinglists.delete.

    At most 1_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by retargetinglists.delete."""

    DeleteResults: list[general.ActionResult]
