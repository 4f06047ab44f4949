"""The login whose account a Direct reads."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.headers import canonical_login

from .spent_units import SpentUnits

if TYPE_CHECKING:
    from yadirect_soap import Direct


def login_of(direct: "Direct", units: SpentUnits | None = None) -> str:
    """The login whose objects a Direct reads: its client_login, or that of the token, asked for (10 units).

    It is canonical, as in all rows: an account that is named in another way must not come twice.

    Args:
        direct: The Direct.
        units: Adds up what it costs.

    Raises:
        ConfigurationError: the token is an agency's and names no client.
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
    """The logins of an agency's clients that are not archived, canonical; raises what Direct raises."""
    fields = {"SelectionCriteria": {"Archived": "NO"}, "FieldNames": ["Login"]}
    return sorted({canonical_login(str(client["Login"])) for client in direct.items("agencyclients", "get", fields)})


def logins_of(direct: "Direct", clients: Iterable[str] | Literal["all"]) -> list[str]:
    """The logins of clients that are named, each once and canonical, or of all that are not archived.

    Raises:
        ConfigurationError: it is a text, or names nobody.
        DirectError: what Direct raises.
    """
    if clients == "all":
        return _clients_of(direct)
    if isinstance(clients, str):
        raise ConfigurationError(
            _("found the text {clients!r:.40}, expected a list of clients' logins or 'all'", clients=clients)
        )
    logins = list(dict.fromkeys(map(canonical_login, clients)))
    if not logins:
        raise ConfigurationError(_("found no client, expected a list of their logins or 'all'"))
    return logins
