"""The proxies and certificates for an address from a session and the environment, computed again after they change.

requests looks through all variables of the environment twice for each request, which is a tenth of a small call.
"""

import os
import urllib.request
from collections.abc import Mapping
from typing import Any

import requests

_MAX_ADDRESSES = 256
_ONLY_VARIABLES = urllib.request.getproxies is urllib.request.getproxies_environment
"""Whether requests reads only the environment; on Windows and macOS it also reads settings of the system."""


class SessionSettings:
    """The proxies and certificates for each address: the given ones, or those of the session and the environment.

    Args:
        session: the session, whose attributes may change at any time.
        proxies: proxies that win over those of the session and the environment.
        verify: the same for the check of certificates; None leaves it to them.
        cert: the same for the client's certificate.
    """

    def __init__(
        self,
        session: requests.Session,
        proxies: Mapping[str, str] | None,
        verify: bool | str | None,
        cert: str | tuple[str, str] | None,
    ) -> None:
        self._session = session
        self._proxies = proxies or {}
        self._verify = verify
        self._cert = cert
        self._known: tuple[object, dict[str, dict[str, Any]]] = (None, {})
        """The state of session and environment, and the settings by address."""

    def of(self, address: str) -> dict[str, Any]:
        """Returns the settings for an address, as requests merges them: proxies, stream, verify and cert."""
        state = self._state()
        if state is None:
            return self._merged(address)
        known, by_address = self._known
        if known != state or len(by_address) >= _MAX_ADDRESSES:
            by_address = {}
            self._known = state, by_address
        settings = by_address.get(address)
        if settings is None:
            settings = self._merged(address)
            if self._state() == state:
                by_address[address] = settings
        return {**settings, "proxies": settings["proxies"].copy()}

    def _merged(self, address: str) -> dict[str, Any]:
        return dict(
            # Here and not on the session, where requests would let the environment take their place.
            self._session.merge_environment_settings(address, dict(self._proxies), True, self._verify, self._cert)
        )

    def _state(self) -> object:
        """Returns all that the settings of an address follow from; None if that cannot be seen."""
        session = self._session
        merge = getattr(session.merge_environment_settings, "__func__", None)
        # os.environ decodes each variable on access; comparing its internal dict takes a microsecond.
        variables = getattr(os.environ, "_data", None)
        if merge is not requests.Session.merge_environment_settings or variables is None or not _ONLY_VARIABLES:
            return None
        proxies = session.proxies and dict(session.proxies)
        return dict(variables), session.trust_env, proxies, session.stream, session.verify, session.cert
