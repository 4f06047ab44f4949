"""NegativeKeywordSharedSets: what its operations send and answer, by the names of the contract.

Made from wsdl/negativekeywordsharedsets.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

NegativeKeywordSharedSetFieldEnum = Literal["Id", "Name", "NegativeKeywords", "Associated"]


class GetRequest(TypedDict):
    """Params of negativekeywordsharedsets.get.

    At most 10_000 objects a page.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[general.IdsCriteria]
    FieldNames: Sequence[NegativeKeywordSharedSetFieldEnum]


class NegativeKeywordSharedSetGetItem(TypedDict):
    """Answered by negativekeywordsharedsets.get."""

    Name: str
    NegativeKeywords: list[str]
    Id: int
    Associated: general.YesNoEnum


class GetResponse(TypedDict):
    """Answered by negativekeywordsharedsets.get."""

    LimitedBy: int
    NegativeKeywordSharedSets: list[NegativeKeywordSharedSetGetItem]


class NegativeKeywordSharedSetAddItem(TypedDict):
    """Sent by negativekeywordsharedsets.add."""

    Name: str
    NegativeKeywords: list[str] | tuple[str, ...]


class AddRequest(TypedDict):
    """Params of negativekeywordsharedsets.add.

    At most 30 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
    """

    NegativeKeywordSharedSets: Sequence[NegativeKeywordSharedSetAddItem]


class AddResponse(TypedDict):
    """Answered by negativekeywordsharedsets.add."""

    AddResults: list[general.ActionResult]


class NegativeKeywordSharedSetUpdateItem(TypedDict):
    """Sent by negativekeywordsharedsets.update."""

    Name: NotRequired[str]
    NegativeKeywords: NotRequired[list[str] | tuple[str, ...]]
    Id: int


class UpdateRequest(TypedDict):
    """Params of negativekeywordsharedsets.update.

    At most 30 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
    """

    NegativeKeywordSharedSets: Sequence[NegativeKeywordSharedSetUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by negativekeywordsharedsets.update."""

    UpdateResults: list[general.ActionResult]


class DeleteRequest(TypedDict):
    """Params of negativekeywordsharedsets.delete.

    At most 30 objects a call.
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by negativekeywordsharedsets.delete."""

    DeleteResults: list[general.ActionResult]
