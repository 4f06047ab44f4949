"""What was sent and what was not, told by the connection itself; and that no answer is taken for another's."""

import http.client
import socket
import ssl
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import urllib3
from requests.adapters import HTTPAdapter

from tests.client.servers import (
    CERTIFICATE,
    QUERY,
    TOKEN,
    Handler,
    ScriptedServer,
    Step,
    answer,
    closed_port,
    drop,
    hang,
    raw,
    result,
    served,
    trusted,
    tunnel,
)
from yadirect_soap import (
    ConfigurationError,
    DecodeError,
    Direct,
    DirectError,
    HttpError,
    NotSentError,
    ResponseLostError,
    Retry,
)
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

EAGER = Retry(attempts=3, wait_initial=0)
ADDED: Mapping[str, Any] = {"NegativeKeywordSharedSets": [{"Name": "set", "NegativeKeywords": ["word"]}]}
FAR = "https://127.0.0.1:9"
"""An address with a certificate, that only a proxy is asked for."""


def _added(number: int) -> bytes:
    operation = bundled().operation("negativekeywordsharedsets", "add")
    return WIRES["soap"].encode_result(operation, {"AddResults": [{"Id": number}]})


def _response_bytes(body: bytes, *more: str, status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: text/xml; charset=utf-8", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*head, "", ""]).encode() + body


def _write(direct: Direct) -> DirectError:
    with pytest.raises(DirectError) as raised:
        direct.negativekeywordsharedsets.add(**ADDED)
    return raised.value


def _facts_of(error: DirectError) -> tuple[type[DirectError], bool, bool]:
    return type(error), error.sent, error.repeatable


def reset(handler: Handler) -> None:
    """Ends the connection with RST."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def goodbye(handler: Handler) -> None:
    """Ends TLS as it should be ended, without an answer."""
    handler.close_connection = True
    handler.connection.unwrap().close()


# --- behind a proxy -------------------------------------------------------------------------------------------

ENDINGS = {"FIN": drop, "RST": reset}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS.keys())
@pytest.mark.parametrize("by", ["setting", "environment"])
def test_a_proxy_that_passes_a_write_on_and_closes_loses_the_answer(
    end: Step, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that a proxy has taken is sent once, and may have acted, whatever the proxy does then."""
    with ScriptedServer(end) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url if by == "environment" else "")
        settings: dict[str, Any] = {"proxies": {"http": proxy.url}} if by == "setting" else {}
        with Direct(TOKEN, endpoint="http://api.invalid", retry=EAGER, **settings) as direct:
            assert _facts_of(_write(direct)) == (ResponseLostError, True, False)
        assert len(proxy.received) == 1


@pytest.mark.parametrize("end", [drop, reset, goodbye], ids=["FIN", "RST", "close_notify"])
@pytest.mark.parametrize("by", ["setting", "environment"])
def test_a_tunnel_that_takes_a_write_and_closes_loses_the_answer(
    end: Step, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that went through a CONNECT is sent once, and may have acted, however the tunnel ends."""
    with ScriptedServer(tunnel, end) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url if by == "environment" else "")
        if by == "environment":
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", CERTIFICATE)
        settings: dict[str, Any] = {"proxies": {"https": proxy.url}, "verify": CERTIFICATE} if by == "setting" else {}
        with Direct(TOKEN, endpoint=FAR, retry=EAGER, **settings) as direct:
            assert _facts_of(_write(direct)) == (ResponseLostError, True, False)
        assert [received.method for received in proxy.received] == ["CONNECT", "POST"]


def _silent_handshake(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    hang(handler)


def _reset_handshake(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    handler.connection.recv(1)
    reset(handler)


def _dripping_connect(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n")
    while not handler.script.closing.wait(0.02):
        try:
            handler.wfile.write(b"X: 1\r\n")
        except OSError:
            break
    handler.close_connection = True


UNMADE = {
    "CONNECT is silent": hang,
    "CONNECT drips": _dripping_connect,
    "CONNECT is dropped": drop,
    "CONNECT is refused": answer(status=403, content_type=""),
    "CONNECT is unavailable": answer(status=502, content_type=""),
    "CONNECT is no HTTP": raw(b"SSH-2.0-x\r\n"),
    "handshake is silent": _silent_handshake,
    "handshake is reset": _reset_handshake,
}


@pytest.mark.parametrize("step", UNMADE.values(), ids=UNMADE.keys())
def test_a_tunnel_that_was_not_made_carried_nothing(step: Step) -> None:
    """Where the tunnel or TLS in it was not made, nothing was sent, and the write is tried again."""
    settings: dict[str, Any] = {"verify": CERTIFICATE, "timeout": (0.2, 30), "retry": Retry(attempts=2, wait_initial=0)}
    with ScriptedServer(step) as proxy:
        with Direct(TOKEN, endpoint=FAR, proxies={"https": proxy.url}, **settings) as direct:
            assert _facts_of(_write(direct)) == (NotSentError, False, True)
        assert [received.method for received in proxy.received] == ["CONNECT", "CONNECT"]


def test_a_tunnel_at_second_try_carries_the_write() -> None:
    """A write whose tunnel failed once goes out, once, through the next."""
    with ScriptedServer(drop, tunnel, answer(_added(7))) as proxy:
        settings: dict[str, Any] = {"verify": CERTIFICATE, "retry": EAGER, "proxies": {"https": proxy.url}}
        with Direct(TOKEN, endpoint=FAR, **settings) as direct:
            assert direct.negativekeywordsharedsets.add(**ADDED).ids == [7]
        assert [received.method for received in proxy.received] == ["CONNECT", "CONNECT", "POST"]


@contextmanager
def _listening(*, resets: bool) -> Iterator[int]:
    """A port that takes connections and never speaks TLS: it resets them, or says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        if resets:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        yield listener.getsockname()[1]


def test_a_handshake_that_times_out_sent_nothing() -> None:
    """A server that takes the connection and says nothing to TLS got no request."""
    with _listening(resets=False) as port:
        settings: dict[str, Any] = {"timeout": (0.2, 30), "retry": None}
        with Direct(TOKEN, endpoint=f"https://127.0.0.1:{port}", **settings) as direct:
            error = _write(direct)
    assert _facts_of(error) == (NotSentError, False, True)
    assert "within 0.2 seconds" in str(error)


# --- answers that cannot be read ------------------------------------------------------------------------------

MALFORMED = {
    "two lengths": _response_bytes(_added(1), "Content-Length: 3"),
    "Location is not UTF-8": _response_bytes(b"", "Location: /\xff")
    .replace(b"\xc3\xbf", b"\xff")
    .replace(b"200 OK", b"302 Found"),
    "Location is no address": _response_bytes(b"", "Location: http://[x", status="307 Temporary Redirect"),
    "no status": b"HTTP/1.1 \r\n\r\n",
    "a word for a status": b"HTTP/1.1 two hundred\r\n\r\n",
    "another protocol": b"HTTP/3.0 200 OK\r\n\r\n",
    "a long header": _response_bytes(_added(1), "X: " + "x" * 70_000),
    "many headers": _response_bytes(_added(1), *("X: 1" for _ in range(200))),
    "another protocol from here on": _response_bytes(b"", "Upgrade: x", status="101 Switching Protocols"),
    "interim responses without end": b"HTTP/1.1 100 Continue\r\n\r\n" * 2000,
    "a length that is a word": _response_bytes(_added(1)[:99]).replace(
        b"Content-Length: 99", b"Content-Length: ninety"
    ),
    "a chunk that is no number": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "nonsense for gzip": _response_bytes(b"x" * 40, "Content-Encoding: gzip"),
    "many encodings": _response_bytes(b"x" * 40, "Content-Encoding: " + ", ".join(["gzip"] * 20)),
    "a cookie that is none": _response_bytes(b"<h1>", "Set-Cookie: =;=;expires=never;\x01", status="500 Oh"),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_write_with_a_malformed_answer_was_sent(data: bytes) -> None:
    """Whatever is wrong with the answer to a write: it was sent, once, and the error is one of this package."""
    with served(raw(data), retry=EAGER) as (server, direct):
        error = _write(direct)
        assert len(server.received) == 1
    assert isinstance(error, ResponseLostError | DecodeError | HttpError)
    assert (error.sent, error.repeatable) == (True, False)


def test_a_client_certificate_that_is_demanded_is_reported() -> None:
    """A server that demands a client certificate, which TLS 1.3 says after the handshake, is reported as such."""
    context = trusted()
    context.verify_mode = ssl.CERT_REQUIRED
    with served(hang, tls=context, verify=CERTIFICATE) as (server, direct):
        error = _write(direct)
        assert server.received == []
    assert "demands a client certificate; set cert" in str(error)
    assert error.sent


def test_a_header_that_cannot_be_sent_is_a_wrong_setting() -> None:
    """A header of the session that HTTP cannot carry raises ConfigurationError, before anything is sent."""
    with ScriptedServer(drop) as server, requests.Session() as session:
        session.headers["X-Name"] = "имя"
        with Direct(TOKEN, endpoint=server.url, session=session, retry=EAGER) as direct:
            assert _facts_of(_write(direct)) == (ConfigurationError, False, False)
        assert server.received == []


# --- connections of others ------------------------------------------------------------------------------------


def test_a_session_that_is_in_use_gives_evidence_too() -> None:
    """A connection that the user's session has from before tells what was sent as one of ours does."""
    with ScriptedServer(answer(b"page"), drop) as proxy, requests.Session() as session:
        session.proxies = {"http": proxy.url}
        session.get("http://api.invalid/")
        with Direct(TOKEN, endpoint="http://api.invalid", session=session, retry=EAGER) as direct:
            assert _facts_of(_write(direct)) == (ResponseLostError, True, False)
        assert len({received.connection for received in proxy.received}) == 1


@pytest.mark.parametrize(
    "policy",
    [{"status_forcelist": [502]}, {"status_forcelist": [502], "raise_on_status": False}, {}],
    ids=["by status", "by status, without raising", "by Retry-After"],
)
def test_an_answered_write_is_not_sent_again_by_the_session(policy: Mapping[str, Any]) -> None:
    """A Retry of the user's session that may repeat a POST after a gateway's page doubles no write."""
    gateway = answer(b"page", status=503 if not policy else 502, content_type="text/html", Retry_After="0")
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=urllib3.Retry(3, allowed_methods=None, **policy)))
    with session, served(gateway, session=session) as (server, direct):
        with pytest.raises(ResponseLostError, match=r"HTTP 50.*may have acted"):
            direct.negativekeywordsharedsets.add(**ADDED)
        assert len(server.received) == 1


def test_what_was_sent_stays_sent() -> None:
    """An adapter that tries again by itself, and then finds nobody, does not make a write one that was never sent."""
    port = closed_port()

    class Elsewhere(HTTPAdapter):
        def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
            with pytest.raises(requests.ConnectionError):
                super().send(request, *args, **options)
            request.url = f"http://127.0.0.1:{port}/"
            return super().send(request, *args, **options)

    with ScriptedServer(drop) as server, requests.Session() as session:
        session.mount("http://", Elsewhere())
        with Direct(TOKEN, endpoint=server.url, session=session, retry=EAGER) as direct:
            assert _facts_of(_write(direct)) == (ResponseLostError, True, False)
        assert len(server.received) == 1


STATED: Mapping[str, tuple[Exception, bool]] = {
    "ConnectTimeout": (requests.ConnectTimeout("x"), False),
    "NewConnectionError": (
        requests.ConnectionError(urllib3.exceptions.NewConnectionError(http.client.HTTPConnection("x"), "refused")),  # type: ignore[arg-type]  # only its text counts
        False,
    ),
    "ConnectionError": (requests.ConnectionError("x"), True),
    "ProxyError": (requests.exceptions.ProxyError("x"), True),
    "SSLError": (requests.exceptions.SSLError("x"), True),
    "InvalidURL": (requests.exceptions.InvalidURL("x"), True),
    "ValueError": (ValueError("x"), True),
    "KeyError": (KeyError("x"), True),
}


@pytest.mark.parametrize(("raised", "sent"), STATED.values(), ids=STATED.keys())
def test_an_adapter_without_evidence_is_believed_in_little(raised: Exception, sent: bool) -> None:
    """Of an adapter that is none of requests' own, only an error that says there was no connection is believed."""

    class Odd(requests.adapters.BaseAdapter):
        def send(self, *_args: Any, **_options: Any) -> requests.Response:
            raise raised

        def close(self) -> None:
            pass

    with requests.Session() as session:
        session.mount("http://", Odd())
        with Direct(TOKEN, endpoint="http://api.invalid", session=session, retry=None) as direct:
            assert _write(direct).sent is sent


# --- one answer a request ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["100 Continue", "102 Processing", "103 Early Hints", "199 Odd"])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
def test_an_interim_response_is_skipped(status: str, tls: bool) -> None:
    """After a 1xx each write gets its own answer, over one connection."""
    interim = f"HTTP/1.1 {status}\r\nLink: </x>\r\n\r\n".encode() * 2

    def step(number: int) -> Step:
        def act(handler: Handler) -> None:
            handler.wfile.write(interim + _response_bytes(_added(number)))

        return act

    settings: dict[str, Any] = {"tls": trusted(), "verify": CERTIFICATE} if tls else {}
    with served(step(1), step(2), step(3), **settings) as (server, direct):
        assert [direct.negativekeywordsharedsets.add(**ADDED).ids for _ in range(3)] == [[1], [2], [3]]
        assert len({received.connection for received in server.received}) == 1


def test_switching_protocols_is_no_answer() -> None:
    """101 is an HttpError, and its connection is not used again."""

    def switch(handler: Handler) -> None:
        handler.wfile.write(_response_bytes(b"", status="101 Switching Protocols"))
        handler.script.closing.wait(0.1)

    with served(switch, answer(_added(2))) as (server, direct):
        error = _write(direct)
        assert direct.negativekeywordsharedsets.add(**ADDED).ids == [2]
        assert len({received.connection for received in server.received}) == 2
    assert isinstance(error, HttpError)
    assert error.status == 101


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("size", [0, 20_000], ids=["short", "long"])
def test_an_answer_too_many_is_nobodys(tls: bool, size: int) -> None:
    """A second answer to one request is not taken for the answer to the next."""
    body = _added(1) + b" " * size

    def twice(handler: Handler) -> None:
        handler.wfile.write(_response_bytes(body) + _response_bytes(_added(9)))

    settings: dict[str, Any] = {"tls": trusted(), "verify": CERTIFICATE} if tls else {}
    with served(twice, answer(_added(2)), **settings) as (server, direct):
        assert [direct.negativekeywordsharedsets.add(**ADDED).ids for _ in range(2)] == [[1], [2]]
        assert len({received.connection for received in server.received}) == 2


def test_a_read_after_a_flood_of_interim_responses_goes_over_a_new_connection() -> None:
    """Where interim responses do not end, the connection is given up, and so is what may still come over it."""

    def flood(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 1500 + _response_bytes(_added(1)))

    with served(flood, result("campaigns.get", {"Campaigns": [{"Id": 2}]})) as (_, direct):
        assert _facts_of(_write(direct)) == (ResponseLostError, True, False)
        assert direct.campaigns.get(**QUERY) == [{"Id": 2}]
