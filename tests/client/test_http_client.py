"""The exchange with a real server: each way in which it can fail, and connections, compression, proxies and TLS."""

import io
import socket
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
import urllib3

from tests.client.servers import (
    CERTIFICATE,
    HTML,
    QUERY,
    TOKEN,
    Handler,
    ScriptedServer,
    Step,
    answer,
    chunked,
    closed_port,
    compressed,
    drip,
    drop,
    fault,
    hang,
    raw,
    result,
    served,
    trusted,
)
from yadirect_soap import (
    ApiError,
    ConfigurationError,
    DecodeError,
    Direct,
    DirectError,
    HttpError,
    NotSentError,
    ResponseLostError,
    Retry,
    Timeouts,
)
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
BODY = WIRES["soap"].encode_result(bundled().operation("campaigns", "get"), {"Campaigns": [{"Id": 1}] * 50})
CAPTCHA = answer(b"<html><title>Are you a robot?</title></html>", content_type=HTML)

Case = tuple[Step, dict[str, Any], type[DirectError], str]

BROKEN: Mapping[str, Case] = {
    "dropped before the answer": (drop, {}, ResponseLostError, "the connection broke"),
    "dropped in the answer": (answer(BODY[:99], length=len(BODY)), {}, ResponseLostError, "broke off"),
    "dropped in a chunk": (chunked(BODY[:99], complete=False), {}, ResponseLostError, "broke off"),
    "no response in time": (hang, {"timeout": 0.2}, ResponseLostError, "no response in time"),
    "stopped in the answer": (drip(BODY, every=0.5), {"timeout": 0.1}, ResponseLostError, "broke off"),
    "drip": (drip(BODY, every=0.01), {"timeout": Timeouts(total=0.2)}, ResponseLostError, "after 0.2 seconds"),
    "not HTTP": (raw(b"220 smtp.example.com ESMTP\r\n"), {}, ResponseLostError, "the connection broke"),
    "Content-Length too small": (answer(BODY, length=99), {}, DecodeError, "99 bytes that are not XML"),
    "empty": (answer(b""), {}, DecodeError, "found an empty body"),
    "half of it": (answer(BODY[:99]), {}, DecodeError, "not XML"),
    "half a gzip": (compressed(BODY, length=60), {}, DecodeError, "an empty body"),
    "no gzip": (answer(BODY, Content_Encoding="gzip"), {}, DecodeError, "decompressed"),
    "too large": (answer(BODY), {"max_response_bytes": 99}, DecodeError, "larger than 99 bytes"),
    "captcha": (CAPTCHA, {}, HttpError, "HTTP 200 with text/html"),
    "proxy's page": (answer(b"<h1>Bad Gateway</h1>", status=502, content_type=HTML), {}, HttpError, "HTTP 502"),
    "not found": (answer(b"<h1>Not Found</h1>", status=404, content_type=HTML), {}, HttpError, "HTTP 404"),
    "another type": (answer(BODY, content_type="text/plain"), {}, HttpError, "text/plain"),
    "redirect": (answer(status=302, content_type="", Location="/v5/ads"), {}, HttpError, "HTTP 302"),
    "error 500 with a fault": (fault(1000, status=500), {}, ApiError, "error 1000"),
    "fault": (fault(8000), {}, ApiError, "error 8000"),
}


def _error(direct: Direct, operation: str = "campaigns.get") -> DirectError:
    service, name = operation.split(".")
    params = QUERY if name == "get" else {"SelectionCriteria": {"Ids": [1]}}
    with pytest.raises(DirectError) as raised:
        direct.call(service, name, params)
    return raised.value


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port that listens and whose queue is full: a connection to it is neither accepted nor refused."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(address)
        yield address[1]
        for connection in waiting:
            connection.close()


# --- failures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "settings", "kind", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_exchange_is_reported_by_its_class(
    step: Step, settings: dict[str, Any], kind: type[DirectError], words: str
) -> None:
    """Each way for an exchange to break has its class, and its text names the operation and what happened."""
    with served(step, **settings) as (_, direct):
        error = _error(direct)
    assert isinstance(error, kind)
    assert str(error).startswith("campaigns.get: ")
    assert words in str(error)


@pytest.mark.parametrize(("step", "settings", "kind", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_what_may_have_acted_is_not_repeatable(
    step: Step, settings: dict[str, Any], kind: type[DirectError], words: str
) -> None:
    """Whatever fails once the request has left says that it was sent, and not that it may be repeated."""
    with served(step, **settings) as (server, direct):
        error = _error(direct, "campaigns.suspend")
        assert len(server.received) == 1
    assert (error.sent, error.response_received, error.repeatable) == (True, kind is not ResponseLostError, False)


def test_a_refused_connection_is_not_sent() -> None:
    """A port that nobody listens on raises NotSentError: the request may be repeated."""
    with Direct(TOKEN, endpoint=f"http://127.0.0.1:{closed_port()}", retry=None) as direct:
        error = _error(direct)
    assert isinstance(error, NotSentError)
    assert (error.sent, error.response_received, error.repeatable) == (False, False, True)


def test_a_connection_that_takes_too_long_is_not_sent(busy_port: int) -> None:
    """A server that does not take the connection in time raises NotSentError."""
    with Direct(TOKEN, endpoint=f"http://127.0.0.1:{busy_port}", retry=None, timeout=(0.2, 30)) as direct:
        assert isinstance(_error(direct), NotSentError)


def test_tls_to_a_plain_port_is_not_sent() -> None:
    """A server that speaks no TLS raises NotSentError."""
    with ScriptedServer(FOUND) as server, Direct(TOKEN, endpoint=f"https{server.url[4:]}", retry=None) as direct:
        assert isinstance(_error(direct), NotSentError)


def test_an_untrusted_certificate_is_not_sent() -> None:
    """A server whose certificate nobody vouches for raises NotSentError and gets nothing to read."""
    with served(FOUND, tls=trusted()) as (server, direct):
        assert isinstance(_error(direct), NotSentError)
        assert server.received == []


def test_tls_that_breaks_after_the_request_is_a_lost_answer() -> None:
    """TLS that fails when the request has left raises ResponseLostError, since a write may have acted."""
    with served(raw(b"no TLS record"), tls=trusted(), verify=CERTIFICATE, retry=Retry()) as (server, direct):
        assert isinstance(_error(direct, "campaigns.suspend"), ResponseLostError)
        assert len(server.received) == 1


def test_a_drip_ends_with_the_total_limit() -> None:
    """An answer whose bytes keep coming is given up after the total limit, however much of it is missing."""
    began = time.monotonic()
    with served(drip(b" " * 1_000_000, every=0.01), timeout=Timeouts(total=0.3)) as (_, direct):
        assert isinstance(_error(direct), ResponseLostError)
    assert time.monotonic() - began < 5


@pytest.mark.slow
def test_a_small_answer_cannot_unfold_without_end() -> None:
    """A small compressed answer of enormous size is given up at the limit, before it fills the memory."""
    bomb = compressed(b" " * 100_000_000)
    with served(bomb, max_response_bytes=1_000_000) as (_, direct):
        tracemalloc.start()
        error = _error(direct)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert isinstance(error, DecodeError)
    assert peak < 20_000_000


def test_a_redirect_is_not_followed() -> None:
    """A redirect is an error, and its target is never asked: a POST would become a GET, with the token in it."""
    with served(answer(status=302, content_type="", Location="/v5/ads"), FOUND) as (server, direct):
        error = _error(direct)
        assert [received.path for received in server.received] == ["/v501/campaigns"]
    assert isinstance(error, HttpError)
    assert error.status == 302


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_a_captcha_is_shown_in_part(wire: str) -> None:
    """An HTML page is an HttpError with its status, its type and its first characters."""
    with served(CAPTCHA, transport=wire) as (_, direct):
        error = _error(direct)
    assert isinstance(error, HttpError)
    assert (error.status, error.content_type) == (200, HTML)
    assert "Are you a robot?" in error.excerpt


@pytest.mark.parametrize("setting", ["verify", "cert"])
def test_a_missing_certificate_file_is_a_wrong_setting(setting: str, tmp_path: Path) -> None:
    """A CA bundle or a certificate that is not there raises ConfigurationError before anything is sent."""
    settings: dict[str, Any] = {"verify": CERTIFICATE, setting: str(tmp_path / "missing.pem")}
    with served(FOUND, tls=trusted(), **settings) as (server, direct):
        assert isinstance(_error(direct), ConfigurationError)
        assert server.received == []


# --- connections ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step", [FOUND, compressed(BODY), chunked(BODY[:99], BODY[99:])], ids=["plain", "gzip", "chunks"]
)
def test_a_connection_is_used_again(step: Step) -> None:
    """Calls one after another go over one connection, whatever form the answers have."""
    with served(step) as (server, direct):
        for _ in range(3):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 3
        assert len({received.connection for received in server.received}) == 1


def test_a_connection_survives_a_refusal() -> None:
    """An answer that is an error leaves the connection fit for the next call."""
    with served(fault(8000), CAPTCHA, FOUND) as (server, direct):
        _error(direct)
        _error(direct)
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]
        assert len({received.connection for received in server.received}) == 1


def test_a_connection_that_the_server_closed_is_made_anew() -> None:
    """A write after the server has closed the idle connection goes out over a new one."""

    def farewell(handler: Handler) -> None:
        result("campaigns.suspend", {"SuspendResults": [{"Id": 1}]})(handler)
        handler.cut()

    with served(farewell) as (server, direct):
        for _ in range(3):
            assert direct.campaigns.suspend(SelectionCriteria={"Ids": [1]}).ids == [1]
            time.sleep(0.05)
        assert len({received.connection for received in server.received}) == 3


def test_compressed_answers_are_asked_for() -> None:
    """Every request accepts gzip, and a compressed answer reads as any other."""
    with served(compressed(BODY)) as (server, direct):
        campaigns = direct.campaigns.get(**QUERY)
        assert "gzip" in server.received[0].headers["Accept-Encoding"]
    assert len(campaigns) == 50
    assert campaigns.raw.body == BODY


def test_an_answer_in_chunks_is_whole() -> None:
    """An answer sent in many chunks reads as any other."""
    pieces = [BODY[start : start + 7] for start in range(0, len(BODY), 7)]
    with served(chunked(*pieces)) as (_, direct):
        assert len(direct.campaigns.get(**QUERY)) == 50


def _connections_left(server: ScriptedServer) -> int:
    """How many connections stay open, once there was time to see them close."""
    for _ in range(50):
        if server.open_connections == 0:
            break
        time.sleep(0.02)
    return server.open_connections


def test_its_own_session_is_closed() -> None:
    """A Direct closes the connections of the session that it made."""
    with ScriptedServer(FOUND) as server:
        with Direct(TOKEN, endpoint=server.url) as direct:
            direct.campaigns.get(**QUERY)
            assert server.open_connections == 1
        assert _connections_left(server) == 0


def test_your_own_session_stays_open() -> None:
    """A session that was given is used as it is, and left open."""
    with ScriptedServer(FOUND) as server, requests.Session() as session:
        session.headers["X-Trace"] = "42"
        for _ in range(2):
            with Direct(TOKEN, endpoint=server.url, session=session) as direct:
                direct.campaigns.get(**QUERY)
        assert [received.headers["X-Trace"] for received in server.received] == ["42", "42"]
        assert len({received.connection for received in server.received}) == 1


def test_threads_share_a_direct() -> None:
    """Eight threads that share a Direct make 200 calls, and each gets the answer to its own question."""

    def echo(handler: Handler) -> None:
        operation = bundled().operation("campaigns", "get")
        _, params = WIRES["soap"].decode_request(bundled()["campaigns"], handler.received.body)
        campaigns = {"Campaigns": [{"Id": number} for number in params["SelectionCriteria"]["Ids"]]}
        answer(WIRES["soap"].encode_result(operation, campaigns), RequestId=str(campaigns["Campaigns"][0]["Id"]))(
            handler
        )

    with served(echo) as (server, direct), ThreadPoolExecutor(8) as pool:

        def get_one(number: int) -> tuple[int, str]:
            campaigns = direct.campaigns.get(SelectionCriteria={"Ids": [number]}, FieldNames=["Id"])
            return campaigns[0]["Id"], campaigns.request_id

        assert list(pool.map(get_one, range(1, 201))) == [(number, str(number)) for number in range(1, 201)]
        assert len({received.connection for received in server.received}) <= 8


# --- proxies and TLS ------------------------------------------------------------------------------------------


@pytest.fixture
def away() -> str:
    """A root address that no network knows."""
    return "http://api.invalid"


def test_a_proxy_is_asked(away: str) -> None:
    """With proxies, the proxy gets the request with its whole address."""
    with ScriptedServer(FOUND) as proxy:
        with Direct(TOKEN, endpoint=away, proxies={"http": proxy.url}) as direct:
            assert direct.campaigns.get(**QUERY) == [{"Id": 1}]
        assert proxy.received[0].path == "http://api.invalid/v501/campaigns"


def test_a_proxy_of_the_environment_is_asked(away: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without proxies, those of the environment are used, as requests does."""
    with ScriptedServer(FOUND) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with Direct(TOKEN, endpoint=away) as direct:
            assert direct.campaigns.get(**QUERY) == [{"Id": 1}]


def test_a_given_proxy_goes_before_the_environment(away: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies that were given are used even where the environment names others."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    with ScriptedServer(FOUND) as proxy, Direct(TOKEN, endpoint=away, proxies={"http": proxy.url}) as direct:
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]


def test_an_absent_proxy_is_not_sent(away: str) -> None:
    """A proxy that nobody answers at raises NotSentError."""
    proxies = {"http": f"http://127.0.0.1:{closed_port()}"}
    with Direct(TOKEN, endpoint=away, proxies=proxies, retry=None) as direct:
        assert isinstance(_error(direct), NotSentError)


@pytest.mark.parametrize("status", [200, 407], ids=["but speaks no TLS", "refused"])
def test_a_tunnel_that_fails_is_not_sent(status: int) -> None:
    """A proxy whose tunnel to an https address cannot be used raises NotSentError."""
    with ScriptedServer(answer(status=status, content_type="", length=0)) as proxy:
        with Direct(TOKEN, endpoint="https://api.invalid", proxies={"https": proxy.url}, retry=None) as direct:
            assert isinstance(_error(direct), NotSentError)
        assert proxy.received[0].method == "CONNECT"


def test_a_ca_bundle_vouches_for_a_server() -> None:
    """A server whose certificate is in the bundle of `verify` is trusted."""
    with served(FOUND, tls=trusted(), verify=CERTIFICATE) as (_, direct):
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]


def test_a_given_ca_bundle_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bundle that was given is used even where the environment names another."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with served(FOUND, tls=trusted(), verify=CERTIFICATE) as (_, direct):
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]


def test_a_certificate_need_not_be_checked() -> None:
    """With verify=False any certificate will do, and urllib3 warns of it."""
    unsafe = pytest.warns(urllib3.exceptions.InsecureRequestWarning)
    with unsafe, served(FOUND, tls=trusted(), verify=False) as (_, direct):
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]


def test_a_client_certificate_is_shown() -> None:
    """The certificate of `cert` is shown to a server that asks for one."""
    certificates: list[Any] = []

    def look(handler: Handler) -> None:
        certificates.append(handler.connection.getpeercert())
        FOUND(handler)

    with served(look, tls=trusted(), verify=CERTIFICATE, cert=CERTIFICATE) as (_, direct):
        direct.campaigns.get(**QUERY)
    assert certificates[0]["subject"] == ((("commonName", "loopback test"),),)


def test_another_adapter_may_answer() -> None:
    """A session may have an adapter of its own, whose responses need not come from urllib3."""

    class Local(requests.adapters.BaseAdapter):
        def send(self, request: requests.PreparedRequest, *_args: Any, **_options: Any) -> requests.Response:
            response = requests.Response()
            response.status_code, response.request = 200, request
            response.raw = io.BytesIO(BODY)
            return response

        def close(self) -> None:
            pass

    with requests.Session() as session:
        session.mount("http://api.invalid", Local())
        with closing(Direct(TOKEN, endpoint="http://api.invalid", session=session)) as direct:
            assert len(direct.campaigns.get(**QUERY)) == 50
