"""Creatives: what its operations send and answer, by the names of the contract.

Made from wsdl/creatives.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

CreativeTypeEnum = Literal[
    "IMAGE_CREATIVE",
    "HTML5_CREATIVE",
    "VIDEO_EXTENSION_CREATIVE",
    "CPC_VIDEO_CREATIVE",
    "CPM_VIDEO_CREATIVE",
    "SMART_CREATIVE",
]

CreativeFieldEnum = Literal[
    "Id",
    "Type",
    "Name",
    "PreviewUrl",
    "Width",
    "Height",
    "ThumbnailUrl",
    "Associated",
    "IsAdaptive",
]

VideoExtensionCreativeFieldEnum = Literal["Duration"]

CpcVideoCreativeFieldEnum = Literal["Duration"]

CpmVideoCreativeFieldEnum = Literal["Duration"]

SmartCreativeFieldEnum = Literal["CreativeGroupId", "CreativeGroupName", "BusinessType"]

BusinessTypeEnum = Literal["RETAIL", "HOTELS", "REALTY", "AUTOMOBILES", "FLIGHTS", "CLOTHES", "OTHER"]


class VideoExtensionCreativeAddItem(TypedDict):
    """Sent by creatives.add."""

    VideoId: str


class CreativeAddItem(TypedDict):
    """Sent by creatives.add."""

    VideoExtensionCreative: VideoExtensionCreativeAddItem


class AddRequest(TypedDict):
    """Params of creatives.add.

    At most 10 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/creatives/creatives
    """

    Creatives: Sequence[CreativeAddItem]


class AddResponse(TypedDict):
    """Answered by creatives.add."""

    AddResults: list[general.ActionResult]


class CreativesSelectionCriteria(TypedDict):
    """Sent by creatives.get."""

    Types: NotRequired[Sequence[CreativeTypeEnum]]
    Ids: NotRequired[Sequence[int]]


class GetRequest(TypedDict):
    """Params of creatives.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/creatives/creatives
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: CreativesSelectionCriteria
    FieldNames: Sequence[CreativeFieldEnum]
    VideoExtensionCreativeFieldNames: NotRequired[Sequence[VideoExtensionCreativeFieldEnum]]
    CpcVideoCreativeFieldNames: NotRequired[Sequence[CpcVideoCreativeFieldEnum]]
    CpmVideoCreativeFieldNames: NotRequired[Sequence[CpmVideoCreativeFieldEnum]]
    SmartCreativeFieldNames: NotRequired[Sequence[SmartCreativeFieldEnum]]


class VideoExtensionCreativeGet(TypedDict):
    """Answered by creatives.get."""

    Duration: int


class CpcVideoCreativeGet(TypedDict):
    """Answered by creatives.get."""

    Duration: int


class CpmVideoCreativeGet(TypedDict):
    """Answered by creatives.get."""

    Duration: int


class SmartCreativeGet(TypedDict):
    """Answered by creatives.get."""

    CreativeGroupId: int
    CreativeGroupName: str
    BusinessType: BusinessTypeEnum


class CreativeGetItem(TypedDict):
    """Answered by creatives.get."""

    Id: int
    Type: CreativeTypeEnum
    Name: str
    PreviewUrl: str
    Width: int
    Height: int
    ThumbnailUrl: str
    Associated: general.YesNoEnum
    IsAdaptive: general.YesNoEnum
    VideoExtensionCreative: VideoExtensionCreativeGet
    CpcVideoCreative: CpcVideoCreativeGet
    CpmVideoCreative: CpmVideoCreativeGet
    SmartCreative: SmartCreativeGet


class GetResponse(TypedDict):
    """Answered by creatives.get."""

    LimitedBy: int
    Creatives: list[CreativeGetItem]
