"""AudienceTargets: what its operations send and answer, by the names of the contract.

Made from wsdl/audiencetargets.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

AudienceTargetStateEnum = Literal["ON", "SUSPENDED"]

AudienceTargetFieldEnum = Literal[
    "Id",
    "AdGroupId",
    "CampaignId",
    "RetargetingListId",
    "InterestId",
    "ContextBid",
    "StrategyPriority",
    "State",
]


class AudienceTargetSelectionCriteria(TypedDict):
    """Sent by audiencetargets.get."""

    Ids: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    CampaignIds: NotRequired[Sequence[int]]
    RetargetingListIds: NotRequired[Sequence[int]]
    InterestIds: NotRequired[Sequence[int]]
    States: NotRequired[Sequence[AudienceTargetStateEnum]]


class GetRequest(TypedDict):
    """Params of audiencetargets.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 100 CampaignIds, 1_000 RetargetingListIds, 1_000
    InterestIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids, InterestIds, RetargetingListIds.
    Costs 1 unit and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: AudienceTargetSelectionCriteria
    FieldNames: Sequence[AudienceTargetFieldEnum]


class AudienceTargetGetItem(TypedDict):
    """Answered by audiencetargets.get.

    Amounts, in micros or with money="decimal" as Decimal: ContextBid.
    """

    ContextBid: Amount
    StrategyPriority: general.PriorityEnum
    Id: int
    AdGroupId: int
    CampaignId: int
    RetargetingListId: int | None
    InterestId: int | None
    State: general.StateEnum


class GetResponse(TypedDict):
    """Answered by audiencetargets.get."""

    LimitedBy: int
    AudienceTargets: list[AudienceTargetGetItem]


class AudienceTargetAddItem(TypedDict):
    """Sent by audiencetargets.add.

    Amounts, in micros or with money="decimal" as Decimal: ContextBid.
    """

    ContextBid: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]
    AdGroupId: int
    RetargetingListId: NotRequired[int]
    InterestId: NotRequired[int]


class AddRequest(TypedDict):
    """Params of audiencetargets.add.

    At most 1_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    AudienceTargets: Sequence[AudienceTargetAddItem]


class AddResponse(TypedDict):
    """Answered by audiencetargets.add."""

    AddResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of audiencetargets.delete.

    At most 10_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by audiencetargets.delete."""

    DeleteResults: list[general.ActionResult]


class SuspendRequest(TypedDict):
    """Params of audiencetargets.suspend.

    At most 10_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    SelectionCriteria: general.IdsCriteria


class SuspendResponse(TypedDict):
    """Answered by audiencetargets.suspend."""

    SuspendResults: list[general.ActionResult]


class ResumeRequest(TypedDict):
    """Params of audiencetargets.resume.

    At most 10_000 objects a call.
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    SelectionCriteria: general.IdsCriteria


class ResumeResponse(TypedDict):
    """Answered by audiencetargets.resume."""

    ResumeResults: list[general.ActionResult]


class AudienceTargetSetBidsItem(TypedDict):
    """Sent by audiencetargets.setBids.

    Amounts, in micros or with money="decimal" as Decimal: ContextBid.
    """

    ContextBid: NotRequired[Amount]
    StrategyPriority: NotRequired[general.PriorityEnum]
    Id: NotRequired[int]
    AdGroupId: NotRequired[int]
    CampaignId: NotRequired[int]


class SetBidsRequest(TypedDict):
    """Params of audiencetargets.setBids.

    At most 100 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call (not documented, assumed).
    Costs 10 units and 2 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    Bids: Sequence[AudienceTargetSetBidsItem]


class SetBidsResponse(TypedDict):
    """Answered by audiencetargets.setBids."""

    SetBidsResults: list[general.SetBidsActionResult]
