"""Clients: what its operations send and answer, by the names of the contract.

Made from wsdl/clients.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general, generalclients

ClientFieldEnum = Literal[
    "AccountQuality",
    "Archived",
    "ClientId",
    "ClientInfo",
    "CountryId",
    "CreatedAt",
    "Currency",
    "Grants",
    "Bonuses",
    "Login",
    "Notification",
    "OverdraftSumAvailable",
    "Phone",
    "Representatives",
    "Restrictions",
    "Settings",
    "Type",
    "VatRate",
    "ForbiddenPlatform",
    "AvailableCampaignTypes",
    "AvailableAdGroupTypes",
]


class GetRequest(TypedDict):
    """Params of clients.get.

    Costs 10 units.
    https://yandex.ru/dev/direct/doc/en/clients/clients
    """

    FieldNames: Sequence[ClientFieldEnum]
    TinInfoFieldNames: NotRequired[Sequence[generalclients.TinInfoFieldEnum]]
    OrganizationFieldNames: NotRequired[Sequence[generalclients.OrgInfoFieldEnum]]
    ContractFieldNames: NotRequired[Sequence[generalclients.ContractInfoFieldEnum]]
    ContragentFieldNames: NotRequired[Sequence[generalclients.ContragentInfoFieldEnum]]
    ContragentTinInfoFieldNames: NotRequired[Sequence[generalclients.TinInfoFieldEnum]]


class GetResponse(TypedDict):
    """Answered by clients.get."""

    Clients: list[generalclients.ClientGetItem]


class UpdateRequest(TypedDict):
    """Params of clients.update.

    At most 1_000 objects a call (not documented, assumed).
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/clients/clients
    """

    Clients: Sequence[generalclients.ClientUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by clients.update."""

    UpdateResults: list[general.ClientsActionResult]
