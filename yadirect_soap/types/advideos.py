"""AdVideos: what its operations send and answer, by the names of the contract.

Made from wsdl/advideos.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

AdVideoFieldEnum = Literal["Id", "Status"]

StatusEnum = Literal["READY", "ERROR", "CONVERTING", "NEW"]


class AdVideoAddItem(TypedDict):
    """Sent by advideos.add."""

    Url: NotRequired[str]
    VideoData: NotRequired[bytes | str]
    Name: NotRequired[str]


class AddRequest(TypedDict):
    """Params of advideos.add.

    At most 10 by Url, 1 by VideoData a call.
    Costs 20 units and 40 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/advideos/advideos
    """

    AdVideos: Sequence[AdVideoAddItem]


class VideoActionResult(TypedDict):
    """Answered by advideos.add."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    Id: str


class AddResponse(TypedDict):
    """Answered by advideos.add."""

    AddResults: list[VideoActionResult]


class AdVideosSelectionCriteria(TypedDict):
    """Sent by advideos.get."""

    Ids: list[str] | tuple[str, ...]


class GetRequest(TypedDict):
    """Params of advideos.get.

    At most 10_000 objects a page.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/advideos/advideos
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: AdVideosSelectionCriteria
    FieldNames: Sequence[AdVideoFieldEnum]


class AdVideoGetItem(TypedDict):
    """Answered by advideos.get."""

    Id: str
    Status: StatusEnum


class GetResponse(TypedDict):
    """Answered by advideos.get."""

    LimitedBy: int
    AdVideos: list[AdVideoGetItem]
