"""Changes: what its operations send and answer, by the names of the contract.

Made from wsdl/changes.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NotRequired, TypedDict

from . import general

CampaignChangesInEnum = Literal["SELF", "CHILDREN", "STAT"]

CheckFieldEnum = Literal["CampaignIds", "AdGroupIds", "AdIds", "CampaignsStat"]


class CheckDictionariesRequest(TypedDict):
    """Params of changes.checkDictionaries.

    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/changes/changes
    """

    Timestamp: NotRequired[str | datetime]


class CheckDictionariesResponse(TypedDict):
    """Answered by changes.checkDictionaries."""

    TimeZonesChanged: general.YesNoEnum
    RegionsChanged: general.YesNoEnum
    InterestsChanged: general.YesNoEnum
    Timestamp: str


class CheckCampaignsRequest(TypedDict):
    """Params of changes.checkCampaigns.

    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/changes/changes
    """

    Timestamp: str | datetime


class CampaignChangesItem(TypedDict):
    """Answered by changes.checkCampaigns."""

    CampaignId: int
    ChangesIn: list[CampaignChangesInEnum]


class CheckCampaignsResponse(TypedDict):
    """Answered by changes.checkCampaigns."""

    Campaigns: list[CampaignChangesItem]
    Timestamp: str


class CheckRequest(TypedDict):
    """Params of changes.check.

    At most 3_000 by CampaignIds, 10_000 by AdGroupIds, 50_000 by AdIds a call.
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/changes/changes
    """

    CampaignIds: NotRequired[Sequence[int]]
    AdGroupIds: NotRequired[Sequence[int]]
    AdIds: NotRequired[Sequence[int]]
    Timestamp: str | datetime
    FieldNames: Sequence[CheckFieldEnum]


class CampaignStatItem(TypedDict):
    """Answered by changes.check."""

    CampaignId: int
    BorderDate: str


class CheckResponseModified(TypedDict):
    """Answered by changes.check."""

    CampaignIds: list[int]
    AdGroupIds: list[int]
    AdIds: list[int]
    CampaignsStat: list[CampaignStatItem]


class CheckResponseIds(TypedDict):
    """Answered by changes.check."""

    CampaignIds: list[int]
    AdGroupIds: list[int]
    AdIds: list[int]


class CheckResponse(TypedDict):
    """Answered by changes.check."""

    Modified: CheckResponseModified
    NotFound: CheckResponseIds
    Unprocessed: CheckResponseIds
    Timestamp: str
