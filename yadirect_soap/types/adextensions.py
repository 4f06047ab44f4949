"""AdExtensions: what its operations send and answer, by the names of the contract.

Made from wsdl/adextensions.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import adextensiontypes, general

AdExtensionFieldEnum = Literal["Id", "Type", "State", "Status", "StatusClarification", "Associated"]

CalloutFieldEnum = Literal["CalloutText"]


class AdExtensionAddItem(TypedDict):
    """Sent by adextensions.add."""

    Callout: NotRequired[adextensiontypes.Callout]


class AddRequest(TypedDict):
    """Params of adextensions.add.

    At most 1_000 objects a call.
    Costs 5 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
    """

    AdExtensions: Sequence[AdExtensionAddItem]


class AddResponse(TypedDict):
    """Answered by adextensions.add."""

    AddResults: list[general.ActionResult]


class AdExtensionsSelectionCriteria(TypedDict):
    """Sent by adextensions.get."""

    Ids: NotRequired[Sequence[int]]
    Types: NotRequired[Sequence[adextensiontypes.AdExtensionTypeEnum]]
    States: NotRequired[Sequence[adextensiontypes.AdExtensionStateSelectionEnum]]
    Statuses: NotRequired[Sequence[general.ExtensionStatusSelectionEnum]]
    ModifiedSince: NotRequired[str]


class GetRequest(TypedDict):
    """Params of adextensions.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids.
    Costs 5 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: AdExtensionsSelectionCriteria
    FieldNames: Sequence[AdExtensionFieldEnum]
    CalloutFieldNames: NotRequired[Sequence[CalloutFieldEnum]]


class AdExtensionGetItem(TypedDict):
    """Answered by adextensions.get."""

    Type: adextensiontypes.AdExtensionTypeEnum
    Callout: adextensiontypes.Callout
    State: general.StateEnum
    Status: general.StatusEnum
    StatusClarification: str
    Id: int
    Associated: general.YesNoEnum


class GetResponse(TypedDict):
    """Answered by adextensions.get."""

    LimitedBy: int
    AdExtensions: list[AdExtensionGetItem]


class DeleteRequest(TypedDict):
    """Params of adextensions.delete.

    At most 10_000 objects a call.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by adextensions.delete."""

    DeleteResults: list[general.ActionResult]
