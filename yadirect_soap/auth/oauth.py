"""The requests to Yandex OAuth: an authorization code with PKCE, a device code, refresh and revocation.

https://yandex.ru/dev/id/doc/en/codes/code-url, https://yandex.ru/dev/id/doc/en/codes/screen-code-oauth and
https://yandex.ru/dev/id/doc/en/tokens/refresh-client.  Authlib speaks the protocol; it is the extra `auth`.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, NamedTuple

import requests

from yadirect_soap import extras
from yadirect_soap.errors import ConfigurationError, NotSentError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import MASK, masked

from .sign_in import ADDRESS, SignIn

SCOPE = "direct:api"
"""The right to call the Direct API."""

_DEVICE = "yadirect-soap"
"""The name under which Yandex ID shows the access."""
_TIMEOUT = 30
"""Seconds between two bytes of a response."""
_PENDING, _SLOW_DOWN = "authorization_pending", "slow_down"
_SLOWER = 5
"""Seconds that slow_down adds to the interval; RFC 8628, section 3.5."""
_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "access_denied": _("access was not allowed; sign in again, and allow it"),
        "bad_verification_code": _("the code is wrong or was used; sign in again"),
        "expired_token": _("the code has expired; sign in again, and enter it within the time"),
        "invalid_client": _("the application's id or secret is wrong; compare them with https://oauth.yandex.ru"),
        "invalid_grant": _("the code or the refresh token is no longer valid; sign in again"),
        "invalid_scope": _("the application lacks the right direct:api; add it at https://oauth.yandex.ru"),
        "unauthorized_client": _("the application was refused or is not yet moderated; see https://oauth.yandex.ru"),
    }
)
"""What to do about an error, by its code."""


class SignInRefused(ConfigurationError):
    """The OAuth server refused; `code` is its error code, such as "invalid_grant"."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class DeviceCode(NamedTuple):
    """The codes of a sign-in on another device.

    - `user_code`, `verification_url`: what the user enters, and where.
    - `interval`, `expires_in`: seconds between two polls, and seconds until the codes expire.
    """

    device_code: str
    user_code: str
    verification_url: str
    interval: float
    expires_in: float


@dataclass(frozen=True)
class Application:
    """An application that is registered at Yandex OAuth, and how its server is reached.

    - `client_id`, `client_secret`: those of the application; the secret is "" if it is not known.
    - `address`: the root address of the OAuth server.
    - `connection`: attributes of a requests.Session: proxies, verify, cert.
    - `now`: returns seconds since the epoch.
    """

    client_id: str
    client_secret: str = field(default="", repr=False)
    address: str = ADDRESS
    connection: Mapping[str, Any] = field(default_factory=dict, repr=False)
    now: Callable[[], float] = field(default=time.time, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "client_secret", masked(self.client_secret))

    def authorization_address(self, *, redirect_uri: str, state: str, verifier: str, login: str = "") -> str:
        """Returns the address at which the user allows access, with the S256 challenge of a code verifier."""
        hint = {"login_hint": login} if login else {}
        # Only a token of a device can be revoked.
        device = {"device_id": uuid.uuid4().hex, "device_name": _DEVICE}
        with self._session(redirect_uri=redirect_uri) as session:
            address, _state = session.create_authorization_url(
                f"{self.address}/authorize", state=state, code_verifier=verifier, scope=SCOPE, **device, **hint
            )
        return str(address)

    def exchange(self, code: str, *, redirect_uri: str, verifier: str) -> SignIn:
        """Exchanges an authorization code for tokens.

        Raises:
            SignInRefused: the server refuses the code.
            NotSentError: no response came; the call that wanted a token was not sent.
            ConfigurationError: the response is not that of an OAuth server.
        """
        return self._fetch(
            "authorization_code", (code, verifier), code=code, redirect_uri=redirect_uri, code_verifier=verifier
        )

    def device_code(self) -> DeviceCode:
        """Begins a sign-in on another device; errors are those of exchange()."""
        device = {"device_id": uuid.uuid4().hex, "device_name": _DEVICE}
        values = self._post("/device/code", {"scope": SCOPE, **device})
        try:
            return DeviceCode(
                device_code=masked(str(values["device_code"])),
                user_code=str(values["user_code"]),
                verification_url=str(values["verification_url"]),
                interval=float(values.get("interval", _SLOWER)),
                expires_in=float(values["expires_in"]),
            )
        except (KeyError, TypeError, ValueError):
            raise self._foreign() from None

    def wait_for_user(
        self,
        codes: DeviceCode,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> SignIn:
        """Polls until the user has entered the code.

        Args:
            codes: what device_code() returned.
            sleep: waits for a number of seconds.
            clock: returns seconds.

        Returns:
            The tokens.

        Raises:
            SignInRefused: the user denied access, or the codes have expired.
            NotSentError: no response came.
            ConfigurationError: the response is not that of an OAuth server.
        """
        deadline, interval = clock() + codes.expires_in, codes.interval
        while clock() < deadline:
            sleep(interval)
            try:
                return self._fetch("device_code", (codes.device_code,), code=codes.device_code)
            except SignInRefused as refused:
                if refused.code not in (_PENDING, _SLOW_DOWN):
                    raise
                interval += _SLOWER if refused.code == _SLOW_DOWN else 0
        raise self._refused("expired_token", "", ())

    def refresh(self, sign_in: SignIn) -> SignIn:
        """Gets new tokens for a refresh token; the server may keep the access token. Errors are those of exchange()."""
        new = self._fetch("refresh_token", (sign_in.refresh_token,), refresh_token=sign_in.refresh_token)
        return replace(new, login=sign_in.login, refresh_token=new.refresh_token or sign_in.refresh_token)

    def revoke(self, sign_in: SignIn) -> None:
        """Revokes an access token; errors are those of exchange().

        https://yandex.ru/dev/id/doc/en/tokens/token-invalidate: only tokens of a device can be revoked, those that were
        requested with a device_id; the server refuses others with unsupported_token_type.
        """
        secret = {"client_secret": str(self.client_secret)} if self.client_secret else {}
        self._post("/revoke_token", {"access_token": str(sign_in.access_token), **secret})

    def _post(self, path: str, data: Mapping[str, str]) -> Mapping[str, Any]:
        """Sends a form that is no request for a token, which Authlib has no words for."""

        def post(session: Any) -> requests.Response:
            form = {"client_id": self.client_id, **data}
            response: requests.Response = session.post(
                self.address + path, data=form, withhold_token=True, timeout=_TIMEOUT, allow_redirects=False
            )
            return response

        secrets = tuple(data.values())
        values = self._answering(post, secrets)
        if "error" in values:
            raise self._refused(values["error"], values.get("error_description"), secrets)
        return values

    def _fetch(self, grant_type: str, secrets: tuple[str, ...], **parameters: str) -> SignIn:
        def fetch(session: Any) -> Any:
            return session.fetch_token(
                f"{self.address}/token", grant_type=grant_type, timeout=_TIMEOUT, allow_redirects=False, **parameters
            )

        values = self._answering(fetch, secrets)
        token, expires_in = values.get("access_token"), values.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(expires_in, int | float | None):
            raise self._foreign()
        return SignIn(
            access_token=token,
            refresh_token=str(values.get("refresh_token") or ""),
            expires_at=None if expires_in is None else self.now() + expires_in,
            client_id=self.client_id,
            client_secret=self.client_secret,
            address=self.address,
        )

    def _answering(self, request: Callable[[Any], Any], secrets: tuple[str, ...]) -> Mapping[str, Any]:
        """Returns the JSON object in the response to a request; `secrets` are masked in the text of an error."""
        session = self._session()
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415  an extra, which _session() has looked for

        try:
            with session:
                response = request(session)
                values = response.json() if isinstance(response, requests.Response) else response
        except AuthlibBaseError as error:
            raise self._refused(error.error, error.description, secrets) from None
        except requests.exceptions.HTTPError as error:
            status = error.response.status_code if error.response is not None else _("no status")
            raise NotSentError(
                _("{address} failed: HTTP {status}; try again later", address=self.address, status=status)
            ) from None
        except requests.exceptions.JSONDecodeError:
            raise self._foreign() from None
        except requests.exceptions.RequestException as error:
            raise NotSentError(
                _(
                    "{address} gave no response ({kind}): check network, proxy and address",
                    address=self.address,
                    kind=type(error).__name__,
                )
            ) from None
        except ValueError:
            raise self._foreign() from None
        if not isinstance(values, Mapping):
            raise self._foreign()
        return values

    def _session(self, **settings: Any) -> Any:
        with extras.needed(_("signing in"), "auth"):
            from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415  an extra
        session = OAuth2Session(
            self.client_id,
            str(self.client_secret) or None,
            token_endpoint_auth_method="client_secret_post" if self.client_secret else "none",
            code_challenge_method="S256",
            **settings,
        )
        for name, value in self.connection.items():
            setattr(session, name, value)
        return session

    def _refused(self, code: object, description: object, secrets: tuple[str, ...]) -> SignInRefused:
        code_text = one_line(str(code), 60)
        text = one_line(str(description or ""), 200)
        for secret in (*secrets, self.client_secret):
            text = text.replace(secret, MASK) if secret else text
        advice = _ADVICE.get(code_text, _("sign in again by `yadirect-soap auth login`"))
        detail = f" ({text})" if text else ""
        message = _(
            "{address} refuses the sign-in: {code}{detail}; {advice}",
            address=self.address,
            code=code_text,
            detail=detail,
            advice=advice,
        )
        return SignInRefused(message, code_text)

    def _foreign(self) -> ConfigurationError:
        return ConfigurationError(
            _(
                "{address} answers with something other than OAuth; check the address and the proxy",
                address=self.address,
            )
        )
