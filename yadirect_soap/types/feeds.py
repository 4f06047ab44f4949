"""Feeds: what its operations send and answer, by the names of the contract.

Made from wsdl/feeds.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

BusinessTypeEnum = Literal["RETAIL", "HOTELS", "REALTY", "AUTOMOBILES", "FLIGHTS", "OTHER"]

SourceTypeEnum = Literal["URL", "FILE"]

FeedFieldEnum = Literal[
    "Id",
    "Name",
    "BusinessType",
    "SourceType",
    "FilterSchema",
    "UpdatedAt",
    "CampaignIds",
    "NumberOfItems",
    "NumberOfListings",
    "Status",
    "TitleAndTextSources",
]

FileFeedFieldEnum = Literal["Filename"]

UrlFeedFieldEnum = Literal["Login", "Url", "RemoveUtmTags"]

FeedStatusEnum = Literal["NEW", "UPDATING", "DONE", "ERROR"]


class UrlFeedAdd(TypedDict):
    """Sent by feeds.add."""

    RemoveUtmTags: NotRequired[general.YesNoEnum]
    Url: str
    Login: NotRequired[str]
    Password: NotRequired[str]


class FileFeedAdd(TypedDict):
    """Sent by feeds.add."""

    Data: bytes | str
    Filename: str


class FeedAddItem(TypedDict):
    """Sent by feeds.add."""

    Name: str
    BusinessType: BusinessTypeEnum
    SourceType: SourceTypeEnum
    UrlFeed: NotRequired[UrlFeedAdd]
    FileFeed: NotRequired[FileFeedAdd]


class AddRequest(TypedDict):
    """Params of feeds.add.

    At most 50 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/feeds/feeds
    """

    Feeds: Sequence[FeedAddItem]


class AddResponse(TypedDict):
    """Answered by feeds.add."""

    AddResults: list[general.ActionResult]


class FeedsSelectionCriteria(TypedDict):
    """Sent by feeds.get, feeds.delete."""

    Ids: Sequence[int]


class GetRequest(TypedDict):
    """Params of feeds.get.

    At most 10_000 objects a page.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/feeds/feeds
    """

    Page: NotRequired[general.LimitOffset]
    FieldNames: Sequence[FeedFieldEnum]
    FileFeedFieldNames: NotRequired[Sequence[FileFeedFieldEnum]]
    UrlFeedFieldNames: NotRequired[Sequence[UrlFeedFieldEnum]]
    SelectionCriteria: NotRequired[FeedsSelectionCriteria]


class FileFeedGet(TypedDict):
    """Answered by feeds.get."""

    Filename: str


class UrlFeedGet(TypedDict):
    """Answered by feeds.get."""

    RemoveUtmTags: general.YesNoEnum
    Url: str
    Login: str | None


class FeedGetItem(TypedDict):
    """Answered by feeds.get."""

    Id: int
    Name: str
    BusinessType: BusinessTypeEnum
    SourceType: SourceTypeEnum
    FilterSchema: str
    UpdatedAt: str | None
    CampaignIds: general.ArrayOfLong | None
    FileFeed: FileFeedGet | None
    NumberOfItems: int | None
    NumberOfListings: int | None
    Status: FeedStatusEnum
    UrlFeed: UrlFeedGet | None
    TitleAndTextSources: general.ArrayOfString | None


class GetResponse(TypedDict):
    """Answered by feeds.get."""

    LimitedBy: int
    Feeds: list[FeedGetItem]


class UrlFeedUpdate(TypedDict):
    """Sent by feeds.update."""

    RemoveUtmTags: NotRequired[general.YesNoEnum]
    Url: NotRequired[str]
    Login: NotRequired[str | None]
    Password: NotRequired[str | None]


class FileFeedUpdate(TypedDict):
    """Sent by feeds.update."""

    Data: bytes | str
    Filename: str


class FeedUpdateItem(TypedDict):
    """Sent by feeds.update."""

    Id: int
    Name: NotRequired[str]
    UrlFeed: NotRequired[UrlFeedUpdate]
    FileFeed: NotRequired[FileFeedUpdate]


class UpdateRequest(TypedDict):
    """Params of feeds.update.

    At most 50 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/feeds/feeds
    """

    Feeds: Sequence[FeedUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by feeds.update."""

    UpdateResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of feeds.delete.

    At most 50 objects a call.
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/feeds/feeds
    """

    SelectionCriteria: FeedsSelectionCriteria


class DeleteResponse(TypedDict):
    """Answered by feeds.delete."""

    DeleteResults: list[general.ActionResult]
