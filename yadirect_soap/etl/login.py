"""Determines the login of an account, and the logins of an agency's clients."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.headers import canonical_login

from .columns import Money
from .names import text_list
from .spent_units import SpentUnits

if TYPE_CHECKING:
    from yadirect_soap import Direct


def money_of(direct: object) -> Money:
    """Returns the unit of amounts that a Direct is set to; raises ConfigurationError for what is no Direct."""
    from yadirect_soap import Direct

    if not isinstance(direct, Direct):
        raise ConfigurationError(
            _("found {direct!r:.60} as the client, expected a Direct, such as Direct.from_env()", direct=direct)
        )
    return direct.settings.money


def login_of(direct: "Direct", units: SpentUnits | None = None) -> str:
    """Returns the login whose objects a Direct reads: its client_login, or that of the token (a call of 10 units).

    It is canonical, as in all rows, so that the spelling of a login makes no second account.

    Args:
        direct: The Direct.
        units: The counter of units for the call.

    Raises:
        ConfigurationError: The token belongs to an agency, and no client_login is set.
    """
    if direct.settings.client_login:
        return canonical_login(direct.settings.client_login)
    page: Any = direct.call("clients", "get", {"FieldNames": ["Login"]})
    if units is not None:
        units.add(page.units)
    if len(page) != 1:
        raise ConfigurationError(
            _("found {count} clients for the token, expected one: set client_login", count=len(page))
        )
    return canonical_login(str(page[0]["Login"]))


def _clients_of(direct: "Direct") -> list[str]:
    """Returns the canonical logins of an agency's clients that are not archived."""
    fields = {"SelectionCriteria": {"Archived": "NO"}, "FieldNames": ["Login"]}
    return sorted({canonical_login(str(client["Login"])) for client in direct.items("agencyclients", "get", fields)})


def logins_of(direct: "Direct", clients: Iterable[str] | Literal["all"]) -> list[str]:
    """Returns canonical logins of clients: the given ones, each once, or all that are not archived.

    Args:
        direct: The Direct of the agency.
        clients: The logins, or "all".

    Raises:
        ConfigurationError: `clients` is no list of texts, or empty.
        DirectError: The list of clients cannot be read.
    """
    if clients == "all":
        return _clients_of(direct)
    given = text_list(clients)
    if given is None:
        raise ConfigurationError(
            _("found clients {clients!r:.40}, expected a list of their logins or 'all'", clients=clients)
        )
    logins = list(dict.fromkeys(map(canonical_login, given)))
    if not logins:
        raise ConfigurationError(_("found no client, expected a list of their logins or 'all'"))
    return logins
