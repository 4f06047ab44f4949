"""Leads: what its operations send and answer, by the names of the contract.

Made from wsdl/leads.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NotRequired, TypedDict

from . import general

LeadFieldEnum = Literal["Id", "SubmittedAt", "TurboPageId", "TurboPageName", "Data"]


class LeadsSelectionCriteria(TypedDict):
    """Sent by leads.get."""

    TurboPageIds: Sequence[int]
    DateTimeFrom: NotRequired[str | datetime]
    DateTimeTo: NotRequired[str | datetime]


class GetRequest(TypedDict):
    """Params of leads.get.

    At most 10_000 objects a page.
    Costs 1 unit and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/leads/leads
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: LeadsSelectionCriteria
    FieldNames: Sequence[LeadFieldEnum]


class LeadDataItem(TypedDict):
    """Answered by leads.get."""

    Name: str
    Value: str


class LeadGetItem(TypedDict):
    """Answered by leads.get."""

    Id: str
    SubmittedAt: str
    TurboPageId: int
    TurboPageName: str
    Data: list[LeadDataItem]


class GetResponse(TypedDict):
    """Answered by leads.get."""

    LimitedBy: int
    Leads: list[LeadGetItem]
