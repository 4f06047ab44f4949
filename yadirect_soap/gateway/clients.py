"""Selects the Direct for a call by the client's login and the version, with the token of the login if it has one."""

from collections.abc import Mapping
from functools import lru_cache

from yadirect_soap import Direct
from yadirect_soap.protocol.headers import canonical_login

_CACHE_SIZE = 512
"""The number of cached Directs; creating one takes less than a millisecond."""


class Clients:
    """Creates a Direct for each login and version; all of them share one session and the state of units.

    Args:
        direct: the client, with the token for logins without their own.
        tokens: tokens by login.
    """

    def __init__(self, direct: Direct, tokens: Mapping[str, str]) -> None:
        # The gateway checks requests against the XSD only: the API refuses what exceeds documented limits, with its own
        # codes.
        fixed = {"transport": "soap", "money": "micros", "strict": False, "check": "off"}
        self._direct = direct.with_settings(**fixed).with_default_concurrency()
        self._tokens = {canonical_login(login): token for login, token in tokens.items()}
        self.of = lru_cache(_CACHE_SIZE)(self._of)

    @property
    def default_login(self) -> str | None:
        """The login of the client for calls that name none."""
        return self._direct.settings.client_login

    def _of(self, login: str | None, version: str) -> Direct:
        """Returns the Direct for calls of a client.

        Args:
            login: the client's login; None for that of the settings.
            version: v5 or v501.

        Returns:
            A Direct.

        Raises:
            ConfigurationError: the text is not a login.
        """
        settings: dict[str, str] = {"version": version}
        login = login or self.default_login
        if login is not None:
            settings["client_login"] = login
            if (token := self._tokens.get(canonical_login(login))) is not None:
                settings["token"] = token
        return self._direct.with_settings(**settings)
