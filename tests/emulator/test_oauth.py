"""The emulator's OAuth server, asked by Authlib and by plain HTTP: codes, devices, refresh, expiry, revocation."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
import requests
import simplejson
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from yadirect_soap import AuthError, Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.oauth.endpoints import CLIENT_ID, CLIENT_SECRET
from yadirect_soap.protocol.messages import Headers, Request

REDIRECT = "http://127.0.0.1:9/callback"
VERIFIER = "v" * 43
SECRETS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as running:
        yield running


@pytest.fixture
def address(emulator: Emulator) -> Iterator[str]:
    """Its address."""
    with emulator.serve() as served:
        yield served


def _session(**settings: Any) -> OAuth2Session:
    public = {"token_endpoint_auth_method": "client_secret_post", "code_challenge_method": "S256", **settings}
    return OAuth2Session(CLIENT_ID, CLIENT_SECRET, redirect_uri=REDIRECT, scope="direct:api", **public)


def _redirect(address: str, session: OAuth2Session, **choice: str) -> dict[str, list[str]]:
    url, _state = session.create_authorization_url(
        f"{address}/authorize", state="my-state", code_verifier=VERIFIER, device_id="device-1", **choice
    )
    response = requests.get(url, allow_redirects=False, timeout=30)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(REDIRECT)
    return parse_qs(urlsplit(response.headers["Location"]).query)


def _tokens(address: str, verifier: str = VERIFIER) -> dict[str, Any]:
    session = _session()
    code = _redirect(address, session, allow="demo-advertiser")["code"][0]
    tokens: dict[str, Any] = session.fetch_token(f"{address}/token", code=code, code_verifier=verifier)
    return tokens


def _post(address: str, path: str, **form: str) -> dict[str, Any]:
    values: dict[str, Any] = requests.post(f"{address}{path}", data=SECRETS | form, timeout=30).json()
    return values


def _login(address: str, token: str) -> object:
    with Direct(token, endpoint=address) as direct:
        return direct.clients.get(FieldNames=["Login"])[0]["Login"]


def test_a_code_with_pkce(address: str) -> None:
    """Authlib gets tokens for a code and its verifier; the token acts for the login that allowed access."""
    tokens = _tokens(address)
    assert (tokens["token_type"], tokens["expires_in"]) == ("bearer", 31_536_000)
    assert _login(address, tokens["access_token"]) == "demo-advertiser"


def test_a_wrong_verifier(address: str) -> None:
    """A verifier that does not fit the challenge is refused."""
    with pytest.raises(OAuthError, match="invalid_grant: code_verifier not matched"):
        _tokens(address, "w" * 43)


def test_a_code_works_once(address: str) -> None:
    """The second exchange of a code is refused."""
    code = _redirect(address, _session(), allow="demo-advertiser")["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
    assert "access_token" in _post(address, "/token", **form)
    assert _post(address, "/token", **form)["error"] == "invalid_grant"


def test_a_code_expires(emulator: Emulator, address: str) -> None:
    """Ten minutes after it was issued, by the emulator's clock, a code is invalid."""
    code = _redirect(address, _session(), allow="demo-advertiser")["code"][0]
    emulator.clock.advance(minutes=10)
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
    assert _post(address, "/token", **form)["error_description"] == "Code has expired"


def test_access_is_denied(address: str) -> None:
    """Who denies access is redirected with the error and the state."""
    answer = _redirect(address, _session(), deny="yes")
    assert (answer["error"], answer["state"]) == (["access_denied"], ["my-state"])


def test_the_page_lists_the_logins(address: str) -> None:
    """Without a choice a page shows every login, as a link that keeps the request."""
    url, _state = _session().create_authorization_url(f"{address}/authorize", state='"><script>')
    page = requests.get(url, timeout=30).text
    assert "allow=demo-advertiser" in page
    assert "deny=yes" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    "redirect_uri",
    ["https://evil.example/", "http://127.0.0.1:9@evil.example/", "http://127.0.0.1:9/\r\nX: y"],
    ids=["host", "user", "line end"],
)
def test_a_foreign_redirect_is_refused(address: str, redirect_uri: str) -> None:
    """Codes go to this machine only."""
    query = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": redirect_uri,
        "allow": "demo-advertiser",
    }
    assert requests.get(f"{address}/authorize", query, allow_redirects=False, timeout=30).status_code == 400


def test_a_device(emulator: Emulator, address: str) -> None:
    """A device polls: pending, slow_down if it is too fast, then the tokens, once."""
    codes = _post(address, "/device/code")
    assert (codes["interval"], codes["expires_in"], codes["verification_url"]) == (5, 600, f"{address}/device")
    poll = {"grant_type": "device_code", "code": codes["device_code"]}
    assert _post(address, "/token", **poll)["error"] == "authorization_pending"
    assert _post(address, "/token", **poll)["error"] == "slow_down"
    emulator.clock.advance(seconds=5)
    assert _post(address, "/token", **poll)["error"] == "authorization_pending"
    choice = {"user_code": codes["user_code"], "allow": "demo-advertiser"}
    assert requests.get(codes["verification_url"], choice, timeout=30).status_code == 200
    assert _login(address, _post(address, "/token", **poll)["access_token"]) == "demo-advertiser"
    assert _post(address, "/token", **poll)["error"] == "invalid_grant"


def test_the_device_page_takes_the_code_and_the_login(address: str) -> None:
    """Who opens the address that the device names enters the code there, and then chooses the login."""
    codes = _post(address, "/device/code")
    first = requests.get(codes["verification_url"], timeout=30).text
    (form,) = re.findall('<form action="([^"]*)">', first)
    (field,) = re.findall('<input name="([^"]*)"', first)
    second = requests.get(urljoin(address, form), {field: codes["user_code"]}, timeout=30).text
    (link,) = re.findall('<a href="([^"]*)">demo-advertiser</a>', second)
    assert requests.get(urljoin(address, unescape(link)), timeout=30).status_code == 200
    tokens = _post(address, "/token", grant_type="device_code", code=codes["device_code"])
    assert _login(address, tokens["access_token"]) == "demo-advertiser"


def test_a_device_code_expires_or_is_denied(emulator: Emulator, address: str) -> None:
    """A denied device gets access_denied, one that polls too late expired_token."""
    denied, late = _post(address, "/device/code"), _post(address, "/device/code")
    page = requests.get(f"{address}/device", {"user_code": denied["user_code"], "deny": "yes"}, timeout=30)
    assert page.status_code == 200
    assert _post(address, "/token", grant_type="device_code", code=denied["device_code"])["error"] == "access_denied"
    emulator.clock.advance(minutes=10)
    assert _post(address, "/token", grant_type="device_code", code=late["device_code"])["error"] == "expired_token"
    choice = {"user_code": late["user_code"], "allow": "demo-advertiser"}
    assert requests.get(f"{address}/device", choice, timeout=30).status_code == 400


def test_a_refresh_token_works_once(address: str) -> None:
    """A refresh gives new tokens; the refresh token is then used up, and the new one works."""
    tokens = _tokens(address)
    session = _session()
    new = session.refresh_token(f"{address}/token", refresh_token=tokens["refresh_token"])
    assert _login(address, new["access_token"]) == "demo-advertiser"
    with pytest.raises(OAuthError, match="invalid_grant"):
        session.refresh_token(f"{address}/token", refresh_token=tokens["refresh_token"])
    assert "access_token" in session.refresh_token(f"{address}/token", refresh_token=new["refresh_token"])


def test_a_token_expires(emulator: Emulator, address: str) -> None:
    """After its year a token is refused with error 53."""
    token = _tokens(address)["access_token"]
    emulator.clock.advance(seconds=31_536_000)
    with pytest.raises(AuthError):
        _login(address, token)


def test_revocation(address: str) -> None:
    """A token of a device can be revoked, and its refresh token with it; another token cannot."""
    tokens = _tokens(address)
    assert _post(address, "/revoke_token", access_token=tokens["access_token"]) == {"status": "ok"}
    with pytest.raises(AuthError):
        _login(address, tokens["access_token"])
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert _post(address, "/token", **refresh)["error"] == "invalid_grant"
    codes = _post(address, "/device/code")
    requests.get(f"{address}/device", {"user_code": codes["user_code"], "allow": "demo-advertiser"}, timeout=30)
    plain = _post(address, "/token", grant_type="device_code", code=codes["device_code"])
    refused = _post(address, "/revoke_token", access_token=plain["access_token"])
    assert refused["error"] == "unsupported_token_type"


@pytest.mark.parametrize(
    ("path", "form", "error"),
    [
        ("/token", {"client_id": "another", "grant_type": "device_code"}, "invalid_client"),
        ("/token", {"client_secret": "wrong", "grant_type": "device_code"}, "invalid_client"),
        ("/token", {"grant_type": "password"}, "unsupported_grant_type"),
        ("/token", {"grant_type": "device_code", "code": "unknown"}, "invalid_grant"),
        ("/device/code", {"client_id": "another"}, "invalid_client"),
        ("/revoke_token", {"access_token": "unknown"}, "invalid_grant"),
    ],
    ids=["application", "secret", "grant type", "code", "device", "revocation"],
)
def test_refusals(address: str, path: str, form: dict[str, str], error: str) -> None:
    """Each wrong request has its error code."""
    assert _post(address, path, **form)["error"] == error


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/token", "POST"),
        ("GET", "/device/code", "POST"),
        ("PUT", "/revoke_token", "POST"),
        ("POST", "/authorize", "GET"),
        ("POST", "/device", "GET"),
    ],
)
def test_another_method(address: str, method: str, path: str, allowed: str) -> None:
    """A method that an address does not take is 405, with those that it takes."""
    response = requests.request(method, f"{address}{path}", timeout=30)
    assert (response.status_code, response.headers["Allow"]) == (405, f"{allowed}, OPTIONS")


@pytest.mark.parametrize(
    ("public_url", "fields", "expected"),
    [
        (None, {}, "http://emulator.test/device"),
        (None, {"X-Forwarded-Proto": "https"}, "https://emulator.test/device"),
        ("https://direct.test/emulator/", {}, "https://direct.test/emulator/device"),
    ],
    ids=["the caller's", "behind TLS", "public"],
)
def test_the_address_of_the_device_page(public_url: str | None, fields: dict[str, str], expected: str) -> None:
    """A device shows the public address of the page for its code, or the one that it used itself."""
    body = urlencode(SECRETS).encode()
    with Emulator(public_url=public_url) as emulator:
        request = Request("http://emulator.test/device/code", Headers(fields), body)
        codes = simplejson.loads(emulator.handle_request(request).body)
    assert codes["verification_url"] == expected
