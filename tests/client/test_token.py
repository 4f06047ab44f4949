"""The token: where it is sent, that it is asked for anew, and that nothing else ever shows it."""

import copy
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.client.servers import (
    CERTIFICATE,
    HTML,
    QUERY,
    ScriptedServer,
    Step,
    answer,
    closed_port,
    compressed,
    drop,
    fault,
    hang,
    raw,
    result,
    served,
    trusted,
)
from yadirect_soap import ConfigurationError, Direct, HttpError, ResponseLostError, Retry
from yadirect_soap.client.prepared_requests import TokenAuth
from yadirect_soap.client.token import Token

MARK = "AQAA-this-is-the-secret"
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]}, Units="10/20/30", RequestId="1")
UNAVAILABLE = answer(b"<h1>Unavailable</h1>", status=503, content_type=HTML)


@pytest.fixture
def netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .netrc file with a password for the host that the tests ask."""
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login someone password else\ndefault login someone password else\n")
    monkeypatch.setenv("NETRC", str(file))


# --- what is sent ---------------------------------------------------------------------------------------------


def test_the_token_is_sent_as_a_bearer() -> None:
    """Authorization is `Bearer` and the token."""
    with served(FOUND, token=MARK) as (server, direct):
        direct.campaigns.get(**QUERY)
        assert server.received[0].headers["Authorization"] == f"Bearer {MARK}"


def test_a_function_is_asked_for_each_attempt() -> None:
    """A token that is a function is asked anew for each attempt of each call."""
    tokens = iter(["first", "second", "third", "fourth"])
    settings: dict[str, Any] = {"token": lambda: next(tokens), "retry": Retry(wait_initial=0)}
    with served(UNAVAILABLE, UNAVAILABLE, FOUND, **settings) as (server, direct):
        direct.campaigns.get(**QUERY)
        direct.campaigns.get(**QUERY)
        sent = [received.headers["Authorization"] for received in server.received]
    assert sent == ["Bearer first", "Bearer second", "Bearer third", "Bearer fourth"]


def test_a_function_is_not_asked_before_it_is_needed() -> None:
    """Making a Direct asks for no token."""

    def token() -> str:
        raise AssertionError

    Direct(token).close()


@pytest.mark.parametrize("source", ["", "two words", "a\r\nX-Injected: 1", "токен", None, 5, b"bytes"], ids=ascii)
def test_what_is_no_token_is_refused(source: Any) -> None:
    """A token that no header can carry raises ConfigurationError at once, without being shown."""
    with pytest.raises(ConfigurationError, match="token") as raised:
        Direct(source)
    assert str(source or "-") not in str(raised.value).replace("token", "")


@pytest.mark.parametrize("value", ["", f"{MARK} ", None, 5], ids=ascii)
def test_a_function_that_gives_no_token_sends_nothing(value: Any) -> None:
    """A function that gives no token raises ConfigurationError, and nothing is sent."""
    with served(FOUND, token=lambda: value) as (server, direct):
        with pytest.raises(ConfigurationError) as raised:
            direct.campaigns.get(**QUERY)
        assert server.received == []
    assert MARK not in str(raised.value)


@pytest.mark.usefixtures("netrc")
def test_a_netrc_file_cannot_replace_the_token() -> None:
    """A .netrc file that knows the host leaves the token alone, as plain requests would not."""
    with served(FOUND, token=MARK) as (server, direct):
        requests.get(server.url, timeout=5).close()
        direct.campaigns.get(**QUERY)
        direct.zeep("campaigns").service.get(**QUERY)
        sent = [received.headers["Authorization"].partition(" ")[0] for received in server.received]
    assert sent == ["Basic", "Bearer", "Bearer"]


def test_a_session_cannot_replace_the_token() -> None:
    """A session's own credentials and headers give way to the token."""
    with ScriptedServer(FOUND) as server, requests.Session() as session:
        session.auth = ("someone", "else")
        session.headers["Authorization"] = "Bearer another"
        with Direct(MARK, endpoint=server.url, session=session) as direct:
            direct.campaigns.get(**QUERY)
        assert server.received[0].headers["Authorization"] == f"Bearer {MARK}"


def test_a_request_that_is_not_signed_stays_so() -> None:
    """Without an authorization the signature adds no header."""
    prepared = requests.Request("POST", "http://127.0.0.1/", auth=TokenAuth(None)).prepare()
    assert "Authorization" not in prepared.headers


# --- what is not shown ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("holder", [Token(MARK), Direct(MARK)], ids=["Token", "Direct"])
def test_a_token_is_not_pickled(holder: object) -> None:
    """What holds a token refuses to be pickled, since it would be written in clear text."""
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(holder)


def test_a_direct_is_not_copied_with_its_token() -> None:
    """A deep copy of a Direct is refused; with_client_login is the way to a second one."""
    with Direct(MARK) as direct, pytest.raises(TypeError, match="not pickled"):
        copy.deepcopy(direct)


def _echo(handler: Any) -> None:
    """Answers with a page that tells the headers of the request, as some gateways do."""
    page = "".join(f"<li>{name}: {value}</li>" for name, value in sorted(handler.received.headers.items()))
    answer(page.encode(), status=502, content_type=HTML)(handler)


BODY = b"<html>" + b"x" * 1000
CALLS: Mapping[str, tuple[Step, dict[str, Any], Callable[[Direct], Any]]] = {
    "success": (FOUND, {}, lambda direct: direct.campaigns.get(**QUERY)),
    "success over JSON": (
        result("campaigns.get", {"Campaigns": []}, wire="json"),
        {"transport": "json"},
        lambda direct: direct.campaigns.get(**QUERY),
    ),
    "items": (FOUND, {}, lambda direct: list(direct.campaigns.items(**QUERY))),
    "envelope": (FOUND, {}, lambda direct: direct.build_request("campaigns", "get", QUERY)),
    "zeep": (FOUND, {}, lambda direct: direct.zeep("campaigns").service.get(**QUERY)),
    "fault": (fault(53), {}, lambda direct: direct.campaigns.get(**QUERY)),
    "fault to zeep": (fault(53), {}, lambda direct: direct.zeep("campaigns").service.get(**QUERY)),
    "captcha": (answer(BODY, content_type=HTML), {}, lambda direct: direct.campaigns.get(**QUERY)),
    "gateway that echoes": (_echo, {}, lambda direct: direct.campaigns.get(**QUERY)),
    "repeated": (UNAVAILABLE, {"retry": Retry(2, wait_initial=0)}, lambda direct: direct.campaigns.get(**QUERY)),
    "dropped": (drop, {}, lambda direct: direct.campaigns.get(**QUERY)),
    "no answer": (hang, {"timeout": 0.1}, lambda direct: direct.campaigns.get(**QUERY)),
    "not HTTP": (raw(b"220 ESMTP\r\n"), {}, lambda direct: direct.campaigns.get(**QUERY)),
    "half a gzip": (compressed(BODY, length=20), {}, lambda direct: direct.campaigns.get(**QUERY)),
    "no gzip": (answer(BODY, Content_Encoding="gzip"), {}, lambda direct: direct.campaigns.get(**QUERY)),
    "malformed": (answer(b"<a>"), {}, lambda direct: direct.campaigns.get(**QUERY)),
    "refused": (FOUND, {"endpoint": f"http://127.0.0.1:{closed_port()}"}, lambda direct: direct.ads.get(**QUERY)),
    "no TLS": (FOUND, {"endpoint": f"https://127.0.0.1:{closed_port()}"}, lambda direct: direct.ads.get(**QUERY)),
    "no proxy": (
        FOUND,
        {"proxies": {"http": f"http://{MARK}:{MARK}@127.0.0.1:{closed_port()}"}},
        lambda direct: direct.campaigns.get(**QUERY),
    ),
    "invalid params": (FOUND, {}, lambda direct: direct.campaigns.get(FieldNames=[])),
    "params sent all the same": (
        FOUND,
        {"check": "warn"},
        lambda direct: direct.call("campaigns", "get", {"FieldNames": ["Odd"]}),
    ),
    "unsayable params": (FOUND, {"check": "off"}, lambda direct: direct.campaigns.get(FieldNames=[])),
    "unknown operation": (FOUND, {}, lambda direct: direct.call("ads", "gett", {})),
    "not the API, for a client": (
        answer(BODY, content_type=HTML),
        {"client_login": "client"},
        lambda direct: direct.with_client_login("other").campaigns.get(**QUERY),
    ),
}


def _texts(value: object) -> Iterator[str]:
    """Every text in which a value may show itself: an error with all that caused it, a result, a request."""
    yield from (str(value), repr(value))
    if isinstance(value, BaseException):
        yield from traceback.format_exception(value)
        for cause in (value.__cause__, value.__context__):
            if cause is not None:
                yield from _texts(cause)
    for name in ("raw", "response", "headers", "__dict__"):
        if not isinstance(value, requests.RequestException) and hasattr(value, name):
            yield repr(getattr(value, name))


@pytest.mark.parametrize(("step", "settings", "call"), CALLS.values(), ids=CALLS.keys())
def test_nothing_shows_the_token(
    step: Step, settings: dict[str, Any], call: Callable[[Direct], Any], caplog: pytest.LogCaptureFixture
) -> None:
    """No log line at DEBUG, no result and no error with all its causes shows the token, whatever happens."""
    caplog.set_level(logging.DEBUG)
    with served(step, **{"token": MARK, **settings}) as (_, direct):
        try:
            outcome = call(direct)
        except Exception as error:  # noqa: BLE001  whatever it is, it must not show the token
            outcome = error
        texts = [*_texts(outcome), *_texts(direct), caplog.text]
    assert [text for text in texts if MARK in text] == []


def test_nothing_shows_the_token_over_tls(caplog: pytest.LogCaptureFixture) -> None:
    """TLS that breaks after the request shows no token either."""
    caplog.set_level(logging.DEBUG)
    settings: dict[str, Any] = {"token": MARK, "verify": CERTIFICATE}
    broken = served(raw(b"no TLS record"), tls=trusted(), **settings)
    with broken as (_, direct), pytest.raises(ResponseLostError) as raised:
        direct.campaigns.get(**QUERY)
    assert [text for text in [*_texts(raised.value), caplog.text] if MARK in text] == []


def test_an_error_is_pickled_without_the_token() -> None:
    """The bytes of a pickled error hold no token."""
    with served(UNAVAILABLE, token=MARK) as (_, direct), pytest.raises(HttpError) as raised:
        direct.campaigns.get(**QUERY)
    assert MARK.encode() not in pickle.dumps(raised.value)
