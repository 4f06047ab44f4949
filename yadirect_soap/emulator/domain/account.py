"""One account of Direct; accounts.py has the list of accounts."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_network
from typing import Any

from yadirect_soap.language import _


class AccountKind(StrEnum):
    """The kinds of accounts: an independent advertiser, an agency, or a client of an agency."""

    ADVERTISER = "advertiser"
    AGENCY = "agency"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Account:
    """A login of Direct, with the values that Clients.get and AgencyClients.get return.

    `agency` is the login of a client's agency.  `details` holds further members of a Clients.get item (Notification,
    Grants, Phone ...), in the API's names and shapes; they take precedence over members from the other
    attributes.  `restrictions` are its own limits (ADS_TOTAL_PER_ADGROUP ...) instead of the usual ones.

    A login that `represents` another one acts for it: it has no own objects and units.  `readonly` logins
    may call get and nothing that writes; an agency's representative with `clients` works for those logins only.
    `networks` are the addresses that the user lets the API be called from ("192.0.2.0/24"), everywhere if empty.
    `closed_strategies` are types of strategies that it may not use (error 3600).

    Error 3000 meets a login whose `api_access` is off, 513 one that is not `enabled` in Direct at all, and 54 one
    without a `currency`.
    """

    login: str
    client_id: int
    kind: AccountKind = AccountKind.ADVERTISER
    agency: str = ""
    currency: str = "RUB"
    first_name: str = ""
    last_name: str = ""
    country_id: int = 225
    language: str = "RU"
    created_at: str = "2020-01-01"
    archived: bool = False
    readonly: bool = False
    daily_units: int = 160_000
    represents: str = ""
    clients: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    api_access: bool = True
    enabled: bool = True
    restrictions: dict[str, int] = field(default_factory=dict)
    closed_strategies: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError for what no account can have."""
        if not self.login:
            raise ValueError(_("found an empty login, expected one with letters"))
        if self.daily_units < 0:
            raise ValueError(_("found {daily_units} daily_units, expected 0 or more", daily_units=self.daily_units))
        for network in self.networks:
            ip_network(network)

    @property
    def is_agency(self) -> bool:
        """Whether it is an agency, which calls on behalf of clients."""
        return self.kind is AccountKind.AGENCY

    def serves(self, account: "Account") -> bool:
        """Whether an account is a client of this agency that its representative works for."""
        return account.agency == self.login and (not self.clients or account.login in self.clients)
