"""AdImages: what its operations send and answer, by the names of the contract.

Made from wsdl/adimages.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

AdImageAddTypeEnum = Literal["REGULAR", "WIDE", "FIXED_IMAGE", "AUTO"]

AdImageFieldEnum = Literal["AdImageHash", "OriginalUrl", "PreviewUrl", "Name", "Type", "Subtype", "Associated"]

AdImageTypeEnum = Literal["SMALL", "REGULAR", "WIDE", "FIXED_IMAGE", "UNFIT"]

AdImageSubtypeEnum = Literal[
    "IMG_240_400",
    "IMG_300_250",
    "IMG_300_500",
    "IMG_300_600",
    "IMG_320_50",
    "IMG_320_100",
    "IMG_320_480",
    "IMG_336_280",
    "IMG_480_320",
    "IMG_728_90",
    "IMG_970_250",
    "IMG_516_272",
    "IMG_223_159",
    "IMG_480_800",
    "IMG_600_500",
    "IMG_600_1000",
    "IMG_600_1200",
    "IMG_640_100",
    "IMG_640_200",
    "IMG_640_960",
    "IMG_672_560",
    "IMG_960_640",
    "IMG_1456_180",
    "IMG_1940_500",
    "IMG_1032_544",
    "IMG_446_318",
    "IMG_720_1200",
    "IMG_900_750",
    "IMG_900_1500",
    "IMG_900_1800",
    "IMG_960_150",
    "IMG_960_300",
    "IMG_960_1440",
    "IMG_1008_840",
    "IMG_1440_960",
    "IMG_2184_270",
    "IMG_2910_750",
    "IMG_1548_816",
    "IMG_669_477",
    "IMG_960_1600",
    "IMG_1200_1000",
    "IMG_1200_2000",
    "IMG_1200_2400",
    "IMG_1280_200",
    "IMG_1280_400",
    "IMG_1280_1920",
    "IMG_1344_1120",
    "IMG_1920_1280",
    "IMG_2912_360",
    "IMG_3880_1000",
    "IMG_2064_1088",
    "IMG_892_636",
    "NONE",
    "IMG_3840_2160",
    "IMG_7680_4320",
    "IMG_11520_6480",
    "IMG_15360_8640",
]


class AdImageAddItem(TypedDict):
    """Sent by adimages.add."""

    ImageData: bytes | str
    Type: NotRequired[AdImageAddTypeEnum]
    Name: str


class AddRequest(TypedDict):
    """Params of adimages.add.

    At most 100 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/adimages/adimages
    """

    AdImages: Sequence[AdImageAddItem]


class AdImageActionResult(TypedDict):
    """Answered by adimages.add, adimages.delete."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    AdImageHash: str


class AddResponse(TypedDict):
    """Answered by adimages.add."""

    AddResults: list[AdImageActionResult]


class AdImageSelectionCriteria(TypedDict):
    """Sent by adimages.get."""

    AdImageHashes: NotRequired[list[str] | tuple[str, ...]]
    Associated: NotRequired[general.YesNoEnum]


class GetRequest(TypedDict):
    """Params of adimages.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 AdImageHashes.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adimages/adimages
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[AdImageSelectionCriteria]
    FieldNames: Sequence[AdImageFieldEnum]


class AdImageGetItem(TypedDict):
    """Answered by adimages.get."""

    AdImageHash: str
    Name: str
    Associated: general.YesNoEnum
    Type: AdImageTypeEnum
    Subtype: AdImageSubtypeEnum
    OriginalUrl: str | None
    PreviewUrl: str | None


class GetResponse(TypedDict):
    """Answered by adimages.get."""

    LimitedBy: int
    AdImages: list[AdImageGetItem]


class AdImageHashesCriteria(TypedDict):
    """Sent by adimages.delete."""

    AdImageHashes: list[str] | tuple[str, ...]


class DeleteRequest(TypedDict):
    """Params of adimages.delete.

    At most 10_000 objects a call.
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/adimages/adimages
    """

    SelectionCriteria: AdImageHashesCriteria


class DeleteResponse(TypedDict):
    """Answered by adimages.delete."""

    DeleteResults: list[AdImageActionResult]
