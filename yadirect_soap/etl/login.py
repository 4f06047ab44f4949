"""The login whose account a Direct reads."""

from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import ConfigurationError

if TYPE_CHECKING:
    from yadirect_soap import Direct


def login_of(direct: "Direct") -> str:
    """The login whose objects a Direct reads: its client_login, or that of the token, asked for (10 units).

    Raises:
        ConfigurationError: the token is an agency's and names no client.
    """
    if direct.settings.client_login:
        return direct.settings.client_login
    page: Any = direct.call("clients", "get", {"FieldNames": ["Login"]})
    if len(page) != 1:
        raise ConfigurationError(f"found {len(page)} clients for the token, expected one: set client_login")
    return str(page[0]["Login"])


def clients_of(direct: "Direct") -> list[str]:
    """The logins of an agency's clients that are not archived; raises what Direct raises."""
    fields = {"SelectionCriteria": {"Archived": "NO"}, "FieldNames": ["Login"]}
    return sorted({str(client["Login"]) for client in direct.items("agencyclients", "get", fields)})
