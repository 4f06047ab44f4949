"""KeywordsResearch: what its operations send and answer, by the names of the contract.

Made from wsdl/keywordsresearch.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

HasSearchVolumeFieldEnum = Literal["Keyword", "RegionIds", "AllDevices", "MobilePhones", "Tablets", "Desktops"]

DeduplicateOperationEnum = Literal["MERGE_DUPLICATES", "ELIMINATE_OVERLAPPING"]


class HasSearchVolumeSelectionCriteria(TypedDict):
    """Sent by keywordsresearch.hasSearchVolume."""

    RegionIds: Sequence[int]
    Keywords: list[str] | tuple[str, ...]


class HasSearchVolumeRequest(TypedDict):
    """Params of keywordsresearch.hasSearchVolume.

    SelectionCriteria holds at most 10_000 Keywords.
    Costs 1 unit.
    https://yandex.ru/dev/direct/doc/en/keywordsresearch/keywordsresearch
    """

    SelectionCriteria: HasSearchVolumeSelectionCriteria
    FieldNames: Sequence[HasSearchVolumeFieldEnum]


class HasSearchVolumeItem(TypedDict):
    """Answered by keywordsresearch.hasSearchVolume."""

    Keyword: str
    RegionIds: list[int]
    AllDevices: general.YesNoEnum
    MobilePhones: general.YesNoEnum
    Tablets: general.YesNoEnum
    Desktops: general.YesNoEnum


class HasSearchVolumeResponse(TypedDict):
    """Answered by keywordsresearch.hasSearchVolume."""

    HasSearchVolumeResults: list[HasSearchVolumeItem]


class DeduplicateRequestItem(TypedDict):
    """Sent by keywordsresearch.deduplicate."""

    Id: NotRequired[int]
    Keyword: str
    Weight: NotRequired[int]


class DeduplicateRequest(TypedDict):
    """Params of keywordsresearch.deduplicate.

    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/keywordsresearch/keywordsresearch
    """

    Operation: NotRequired[Sequence[DeduplicateOperationEnum]]
    Keywords: Sequence[DeduplicateRequestItem]


class DeduplicateResponseAddItem(TypedDict):
    """Answered by keywordsresearch.deduplicate."""

    Keyword: str


class DeduplicateResponseUpdateItem(TypedDict):
    """Answered by keywordsresearch.deduplicate."""

    Id: int
    Keyword: str


class DeduplicateErrorItem(TypedDict):
    """Answered by keywordsresearch.deduplicate."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    Id: int
    Position: int


class DeduplicateResponse(TypedDict):
    """Answered by keywordsresearch.deduplicate."""

    Add: list[DeduplicateResponseAddItem]
    Update: list[DeduplicateResponseUpdateItem]
    Delete: general.IdsCriteria
    Failure: list[DeduplicateErrorItem]
