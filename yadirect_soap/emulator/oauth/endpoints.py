"""The addresses of the OAuth server: /authorize, /device/code, /device, /token and /revoke_token.

A page replaces the sign-in: its user chooses the login that allows access.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

import simplejson

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Request, Response

from ..backend import Backend
from ..http import web_pages
from ..http.routes import OAuthRoute
from .grants import CODE_LIFETIME, INTERVAL, Grants, OAuthFault

CLIENT_ID, CLIENT_SECRET = "demo-application", "demo-application-secret"
"""The application that is registered here."""

_JSON = "application/json"
_LOOPBACK_URI = r"http://(?:127\.0\.0\.1|localhost):[0-9]{1,5}(?:/[!-~]*)?"
_CODE_FORM = (
    '<form action="/device"><label>Code <input name="user_code" inputmode="numeric" required autofocus></label>'
    " <button>Next</button></form>\n"
)


class Endpoints:
    """Answers the requests of the OAuth server.

    Args:
        backend: The parts of the emulator.
        public_url: The root address of its pages; None takes that of the request.
    """

    def __init__(self, backend: Backend, public_url: str | None = None) -> None:
        self._backend = backend
        self._public_url = public_url
        self._grants = Grants(backend.store, backend.accounts, backend.clock)

    def handle(self, route: OAuthRoute, request: Request) -> Response:
        """Answers a request of a route."""
        is_page = request.method == "GET"
        values = dict(
            parse_qsl(urlsplit(request.address).query if is_page else request.body.decode("utf-8", "replace"))
        )
        if route.path == "/authorize":
            return self._authorize(values)
        if route.path == "/device":
            return self._device(values)
        page = f"{self._public_url or route.root}/device"
        answers: Mapping[str, Callable[[Mapping[str, str]], dict[str, object]]] = {
            "/device/code": lambda form: self._device_code(form, page),
            "/token": self._token,
            "/revoke_token": self._revoke,
        }
        try:
            return _json(200, answers[route.path](values))
        except OAuthFault as fault:
            return _json(400, {"error": fault.code, "error_description": str(fault)})

    # --- the pages that a user sees ------------------------------------------------------------------------------

    def _authorize(self, values: Mapping[str, str]) -> Response:
        redirect_uri, state = values.get("redirect_uri", ""), values.get("state", "")
        if values.get("client_id") != CLIENT_ID or values.get("response_type") != "code":
            return _page(400, "Unknown application", f"Expected response_type=code and client_id={CLIENT_ID}.")
        if not re.fullmatch(_LOOPBACK_URI, redirect_uri):
            return _page(400, "Unknown redirect_uri", "Expected an address of this machine.")
        if "deny" in values:
            return _redirect(redirect_uri, {"error": "access_denied", "error_description": "denied", "state": state})
        if self._is_login(login := values.get("allow", "")):
            members = ("client_id", "redirect_uri", "device_id", "code_challenge", "code_challenge_method")
            code = self._grants.new_code(login, {name: values.get(name, "") for name in members})
            return _redirect(redirect_uri, {"code": code, "state": state})
        return self._choice("/authorize", values)

    def _device(self, values: Mapping[str, str]) -> Response:
        user_code, login = values.get("user_code", ""), values.get("allow", "")
        if not user_code:
            return _page(200, "Which code does the device show?", _CODE_FORM)
        if "deny" not in values and not self._is_login(login):
            return self._choice("/device", values)
        try:
            self._grants.allow_device(user_code, None if "deny" in values else login)
        except KeyError:
            return _page(400, "Unknown code", "No device shows this code, or it has expired.")
        return _page(200, "Done", "Go back to the device.")

    def _choice(self, path: str, values: Mapping[str, str]) -> Response:
        """Returns a page that asks which login allows access."""
        query = {name: value for name, value in values.items() if name not in ("allow", "deny")}
        choices = [{"allow": account.login} for account in self._backend.accounts] + [{"deny": "yes"}]
        links = "".join(
            f'<li><a href="{path}?{escape(urlencode(query | choice))}">{escape(choice.get("allow", "deny"))}</a></li>\n'
            for choice in choices
        )
        return _page(200, "Who allows access?", f"<ul>\n{links}</ul>\n")

    def _is_login(self, login: str) -> bool:
        return bool(login) and self._backend.accounts.by_login(login) is not None

    # --- the requests of an application --------------------------------------------------------------------------

    def _device_code(self, form: Mapping[str, str], page: str) -> dict[str, object]:
        _check_application(form)
        device_code, user_code = self._grants.new_device(CLIENT_ID, form.get("device_id", ""))
        return {
            "device_code": device_code,
            "user_code": user_code,
            "verification_url": page,
            "interval": INTERVAL,
            "expires_in": CODE_LIFETIME,
        }

    def _token(self, form: Mapping[str, str]) -> dict[str, object]:
        has_secret = _check_application(form)
        kind, code = form.get("grant_type", ""), form.get("code", "")
        if kind == "authorization_code":
            return self._grants.redeem_code(
                code,
                CLIENT_ID,
                redirect_uri=form.get("redirect_uri", ""),
                verifier=form.get("code_verifier", ""),
                has_secret=has_secret,
            )
        if kind not in ("device_code", "refresh_token"):
            raise OAuthFault("unsupported_grant_type", "Unknown grant_type")
        if not has_secret:
            raise OAuthFault("invalid_client", "client_secret is required")
        if kind == "device_code":
            return self._grants.poll_device(code, CLIENT_ID)
        return self._grants.refresh(form.get("refresh_token", ""), CLIENT_ID)

    def _revoke(self, form: Mapping[str, str]) -> dict[str, object]:
        _check_application(form)
        self._grants.revoke(form.get("access_token", ""), CLIENT_ID)
        return {"status": "ok"}


def _check_application(form: Mapping[str, str]) -> bool:
    """Whether a form has the application's secret; OAuthFault for another application or a wrong secret."""
    if form.get("client_id") != CLIENT_ID:
        raise OAuthFault("invalid_client", "Client not found")
    if form.get("client_secret", CLIENT_SECRET) != CLIENT_SECRET:
        raise OAuthFault("invalid_client", "Wrong client secret")
    return "client_secret" in form


def _redirect(address: str, parameters: Mapping[str, str]) -> Response:
    target = f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"
    return Response(302, Headers({"Location": target, **web_pages.SECURITY_HEADERS}), b"")


def _page(status: int, title: str, content: str) -> Response:
    return web_pages.page(status, title, content, **web_pages.SECURITY_HEADERS)


def _json(status: int, values: object) -> Response:
    fields = {headers.CONTENT_TYPE: _JSON, **web_pages.SECURITY_HEADERS}
    return Response(status, Headers(fields), simplejson.dumps(values).encode())
