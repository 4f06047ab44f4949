"""TurboPages: what its operations send and answer, by the names of the contract.

Made from wsdl/turbopages.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

TurboPageFieldEnum = Literal["Id", "Name", "Href", "PreviewHref", "TurboSiteHref", "BoundWithHref"]


class TurboPagesSelectionCriteria(TypedDict):
    """Sent by turbopages.get."""

    Ids: NotRequired[Sequence[int]]
    BoundWithHrefs: NotRequired[list[str] | tuple[str, ...]]


class GetRequest(TypedDict):
    """Params of turbopages.get.

    At most 10_000 objects a page.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/turbopages/turbopages
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[TurboPagesSelectionCriteria]
    FieldNames: Sequence[TurboPageFieldEnum]


class TurboPageGetItem(TypedDict):
    """Answered by turbopages.get."""

    Id: int
    Name: str
    Href: str
    PreviewHref: str
    TurboSiteHref: str
    BoundWithHref: str


class GetResponse(TypedDict):
    """Answered by turbopages.get."""

    LimitedBy: int
    TurboPages: list[TurboPageGetItem]
