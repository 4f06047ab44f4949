"""AgencyClients: what its operations send and answer, by the names of the contract.

Made from wsdl/agencyclients.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general, generalclients

AgencyClientFieldEnum = Literal[
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


class AgencyClientsSelectionCriteria(TypedDict):
    """Sent by agencyclients.get."""

    Logins: NotRequired[list[str] | tuple[str, ...]]
    Archived: NotRequired[general.YesNoEnum]


class GetRequest(TypedDict):
    """Params of agencyclients.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Logins.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: AgencyClientsSelectionCriteria
    FieldNames: Sequence[AgencyClientFieldEnum]
    TinInfoFieldNames: NotRequired[Sequence[generalclients.TinInfoFieldEnum]]
    OrganizationFieldNames: NotRequired[Sequence[generalclients.OrgInfoFieldEnum]]
    ContractFieldNames: NotRequired[Sequence[generalclients.ContractInfoFieldEnum]]
    ContragentFieldNames: NotRequired[Sequence[generalclients.ContragentInfoFieldEnum]]
    ContragentTinInfoFieldNames: NotRequired[Sequence[generalclients.TinInfoFieldEnum]]


class GetResponse(TypedDict):
    """Answered by agencyclients.get."""

    LimitedBy: int
    Clients: list[generalclients.ClientGetItem]


class AddRequest(TypedDict):
    """Params of agencyclients.add.

    Refused with error 3001: for agencies with a permission; others call addPassportOrganization.
    At most 1 object a call.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    Login: str
    FirstName: str
    LastName: str
    Currency: general.CurrencyEnum
    Notification: generalclients.NotificationAdd
    Settings: NotRequired[Sequence[generalclients.ClientSettingAddItem]]
    Grants: NotRequired[Sequence[generalclients.GrantItem]]
    TinInfo: NotRequired[generalclients.TinInfoAdd]


class AddResponse(TypedDict):
    """Answered by agencyclients.add."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    Login: str
    Password: str
    Email: str
    ClientId: int


class AddPassportOrganizationRequest(TypedDict):
    """Params of agencyclients.addPassportOrganization.

    At most 1 object a call.
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    Name: str
    Currency: general.CurrencyEnum
    Notification: generalclients.NotificationAdd
    Settings: NotRequired[Sequence[generalclients.ClientSettingAddItem]]
    Grants: NotRequired[Sequence[generalclients.GrantItem]]
    TinInfo: NotRequired[generalclients.TinInfoAdd]


class AddPassportOrganizationResponse(TypedDict):
    """Answered by agencyclients.addPassportOrganization."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    Login: str
    ClientId: int


class SendInviteTo(TypedDict):
    """Sent by agencyclients.addPassportOrganizationMember."""

    Phone: NotRequired[str]
    Email: NotRequired[str]


class AddPassportOrganizationMemberRequest(TypedDict):
    """Params of agencyclients.addPassportOrganizationMember.

    At most 1 object a call.
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    PassportOrganizationLogin: str
    Role: general.RoleEnum
    SendInviteTo: SendInviteTo


class AddPassportOrganizationMemberResponse(TypedDict):
    """Answered by agencyclients.addPassportOrganizationMember."""

    Warnings: list[general.ExceptionNotification]
    Errors: list[general.ExceptionNotification]
    PassportOrganizationLogin: str


class AgencyClientUpdateItem(TypedDict):
    """Sent by agencyclients.update."""

    ClientInfo: NotRequired[str]
    Phone: NotRequired[str]
    Notification: NotRequired[generalclients.NotificationUpdate]
    Settings: NotRequired[Sequence[generalclients.ClientSettingUpdateItem]]
    TinInfo: NotRequired[generalclients.TinInfoUpdate | None]
    ErirAttributes: NotRequired[generalclients.ErirAttributesUpdate | None]
    ClientId: int
    Grants: NotRequired[Sequence[generalclients.GrantItem]]


class UpdateRequest(TypedDict):
    """Params of agencyclients.update.

    At most 1_000 objects a call.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    Clients: Sequence[AgencyClientUpdateItem]


class UpdateResponse(TypedDict):
    """Answered by agencyclients.update."""

    UpdateResults: list[general.ClientsActionResult]
