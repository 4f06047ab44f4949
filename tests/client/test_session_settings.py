"""What a session and the environment say of an address: the same as requests alone says, after every change."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from yadirect_soap.client.session_settings import SessionSettings

ADDRESS = "https://api.direct.yandex.com/json/v501/ads"
VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "no_proxy", "NO_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def _without_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def _as_requests(session: requests.Session, address: str = ADDRESS, **given: Any) -> dict[str, Any]:
    proxies = dict(given.get("proxies", {}))
    return dict(session.merge_environment_settings(address, proxies, True, given.get("verify"), given.get("cert")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "http://p:1"),
        ("https_proxy", "http://p:2"),
        ("hTTps_PrOXy", "http://p:3"),
        ("ALL_PROXY", "http://p:4"),
        ("REQUESTS_CA_BUNDLE", "/a.pem"),
        ("CURL_CA_BUNDLE", "/b.pem"),
    ],
)
def test_a_variable_counts_as_soon_as_it_changes(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set, changed or deleted after the first request counts for the next one."""
    with requests.Session() as session:
        settings = SessionSettings(session, None, None, None)
        before = settings.of(ADDRESS)
        assert before == _as_requests(session)
        for text in (value, f"{value}0"):
            monkeypatch.setenv(name, text)
            assert settings.of(ADDRESS) == _as_requests(session) != before
        monkeypatch.delenv(name)
        assert settings.of(ADDRESS) == before


def test_no_proxy_counts_by_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_PROXY is for its hosts alone, and counts as soon as it changes."""
    monkeypatch.setenv("HTTPS_PROXY", "http://p:1")
    with requests.Session() as session:
        settings = SessionSettings(session, None, None, None)
        found = []
        for hosts in ("", "yandex.com", "yandex.ru", "api.direct.yandex.com:443,other"):
            monkeypatch.setenv("NO_PROXY", hosts)
            for address in (ADDRESS, "https://yandex.ru/"):
                assert settings.of(address) == settings.of(address) == _as_requests(session, address)
                found.append("https" in settings.of(address)["proxies"])
        assert found == [True, True, False, True, True, False, True, True]


CHANGES: dict[str, Callable[[requests.Session], object]] = {
    "trust_env": lambda session: setattr(session, "trust_env", False),
    "proxies": lambda session: session.proxies.update(https="http://q:1"),
    "no proxies": lambda session: setattr(session, "proxies", None),
    "verify": lambda session: setattr(session, "verify", False),
    "cert": lambda session: setattr(session, "cert", ["a.pem", "a.key"]),
    "stream": lambda session: setattr(session, "stream", True),
    "its own way": lambda session: setattr(session, "merge_environment_settings", lambda *_: {"verify": "mine"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_session_may_change(change: Callable[[requests.Session], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a user changes on the session counts for the next request."""
    monkeypatch.setenv("HTTPS_PROXY", "http://p:1")
    monkeypatch.setenv("CURL_CA_BUNDLE", "/b.pem")
    with requests.Session() as session:
        settings = SessionSettings(session, None, None, None)
        assert settings.of(ADDRESS) == _as_requests(session)
        change(session)
        assert settings.of(ADDRESS) == settings.of(ADDRESS) == _as_requests(session)


def test_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies and certificates that are given stand before those of session and environment."""
    monkeypatch.setenv("HTTPS_PROXY", "http://p:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/a.pem")
    given: dict[str, Any] = {"proxies": {"https": "http://q:1"}, "verify": "/c.pem", "cert": "/d.pem"}
    with requests.Session() as session:
        settings = SessionSettings(session, **given)
        for _ in range(2):
            assert settings.of(ADDRESS) == _as_requests(session, **given)
            assert settings.of(ADDRESS)["proxies"]["https"] == "http://q:1"


def test_the_settings_are_the_callers_own() -> None:
    """An adapter that alters the proxies that it is given alters them for its request alone."""
    with requests.Session() as session:
        settings = SessionSettings(session, {"https": "http://q:1"}, None, None)
        settings.of(ADDRESS)["proxies"].clear()
        assert settings.of(ADDRESS)["proxies"] == {"https": "http://q:1"}
