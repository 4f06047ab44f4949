"""Selects the Direct for a call: by the client's login, the version in the address, and the token of the login."""

from collections.abc import Mapping
from functools import lru_cache

from yadirect_soap import Direct
from yadirect_soap.protocol.headers import canonical_login

_CACHE_SIZE = 512
"""Logins and versions whose Direct is kept; making another one takes less than a millisecond."""


class Clients:
    """Makes the Direct for each login and version; all share one session and what is known of units.

    Args:
        direct: with the token for logins that have none of their own.
        tokens: tokens by login.
    """

    def __init__(self, direct: Direct, tokens: Mapping[str, str]) -> None:
        # Requests are checked against the XSD; the limits that only the documentation has are the API's to refuse, with
        # its own codes.
        fixed = {"transport": "soap", "money": "micros", "strict": False, "check": "off"}
        self._direct = direct.with_settings(**fixed).with_default_concurrency()
        self._tokens = {canonical_login(login): token for login, token in tokens.items()}
        self.of = lru_cache(_CACHE_SIZE)(self._of)

    @property
    def default_login(self) -> str | None:
        """The client of calls that name none."""
        return self._direct.settings.client_login

    def _of(self, login: str | None, version: str) -> Direct:
        """The Direct for calls of a client.

        Args:
            login: the client's login; None is that of the settings.
            version: v5 or v501.

        Returns:
            A Direct.

        Raises:
            ConfigurationError: it is not a login.
        """
        settings: dict[str, str] = {"version": version}
        login = login or self.default_login
        if login is not None:
            settings["client_login"] = login
            if (token := self._tokens.get(canonical_login(login))) is not None:
                settings["token"] = token
        return self._direct.with_settings(**settings)
