"""Sitelinks: what its operations send and answer, by the names of the contract.

Made from wsdl/sitelinks.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

SitelinksSetFieldEnum = Literal["Id", "Sitelinks"]

SitelinkFieldEnum = Literal["Title", "Href", "Description", "TurboPageId"]


class SitelinkAddItem(TypedDict):
    """Sent by sitelinks.add."""

    Title: str
    Href: NotRequired[str]
    Description: NotRequired[str]
    TurboPageId: NotRequired[int]


class SitelinksSetAddItem(TypedDict):
    """Sent by sitelinks.add."""

    Sitelinks: Sequence[SitelinkAddItem]


class AddRequest(TypedDict):
    """Params of sitelinks.add.

    At most 1_000 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
    """

    SitelinksSets: Sequence[SitelinksSetAddItem]


class AddResponse(TypedDict):
    """Answered by sitelinks.add."""

    AddResults: list[general.ActionResult]


class GetRequest(TypedDict):
    """Params of sitelinks.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[general.IdsCriteria]
    FieldNames: NotRequired[Sequence[SitelinksSetFieldEnum]]
    SitelinkFieldNames: NotRequired[Sequence[SitelinkFieldEnum]]


class SitelinkGetItem(TypedDict):
    """Answered by sitelinks.get."""

    Title: str
    Href: str | None
    Description: str | None
    TurboPageId: int | None


class SitelinksSetGetItem(TypedDict):
    """Answered by sitelinks.get."""

    Id: int
    Sitelinks: list[SitelinkGetItem]


class GetResponse(TypedDict):
    """Answered by sitelinks.get."""

    LimitedBy: int
    SitelinksSets: list[SitelinksSetGetItem]


class DeleteRequest(TypedDict):
    """Params of sitelinks.delete.

    At most 1_000 objects a call.
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by sitelinks.delete."""

    DeleteResults: list[general.ActionResult]
