"""What the errors of a connection say, and what neither they nor their tracebacks show."""

import base64
import re
import ssl
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

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
    result,
    served,
    trusted,
    tunnel,
)
from yadirect_soap import ConfigurationError, Direct, DirectError, NotSentError, Retry

FAR = "https://127.0.0.1:9"
PASSWORD = "pa55-w0rd"
USER = "proxy-user"
ENCODED = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
LIBRARIES = ("requests", "urllib3", "http.client", "socket", "ssl")


def _error(direct: Direct) -> DirectError:
    with pytest.raises(DirectError) as raised:
        direct.campaigns.get(**QUERY)
    return raised.value


def _all(error: BaseException) -> Iterator[BaseException]:
    """An error and all that is chained to it."""
    yield error
    for cause in (error.__cause__, error.__context__):
        if cause is not None:
            yield from _all(cause)


def _frames(error: BaseException) -> Iterator[FrameType]:
    return (frame for cause in _all(error) for frame, _ in traceback.walk_tb(cause.__traceback__))


def _locals(error: BaseException) -> list[str]:
    return [repr(value) for frame in _frames(error) for value in frame.f_locals.values()]


def _echo(handler: Handler) -> None:
    """Refuses a tunnel, and says with what it was asked for."""
    credentials = handler.received.headers["Proxy-Authorization"]
    handler.wfile.write(f"HTTP/1.1 407 {credentials} Proxy-Authorization: {credentials}\r\n\r\n".encode())
    handler.close_connection = True


BEHIND: Mapping[str, Step | None] = {
    "nobody is there": None,
    "refused": answer(status=407, content_type=""),
    "refused with an echo": _echo,
    "dropped": drop,
    "silent": hang,
}


@pytest.mark.parametrize("step", BEHIND.values(), ids=BEHIND.keys())
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_error_shows_the_password_of_a_proxy(step: Step | None, scheme: str) -> None:
    """However a proxy fails, neither text, causes nor local variables of the error show its user's password."""
    with ScriptedServer(step or drop) as server:
        port = server.server_port if step else closed_port()
        proxies = {scheme: f"http://{USER}:{PASSWORD}@127.0.0.1:{port}"}
        endpoint = FAR if scheme == "https" else "http://api.invalid"
        with Direct(TOKEN, endpoint=endpoint, proxies=proxies, retry=None, timeout=0.3) as direct:
            error = _error(direct)
    texts = [*traceback.format_exception(error), *_locals(error)]
    assert [text for text in texts if PASSWORD in text or ENCODED in text] == []


@pytest.mark.parametrize(
    "proxy",
    [
        "http://{}@127.0.0.1:port",
        "http://{}@:80",
        "http://{}@[x",
        "{}@nowhere:99999",
        "http://{}/@@h ost:1",
        "odd://{}@x",
    ],
)
def test_no_error_shows_the_password_of_a_malformed_proxy(proxy: str) -> None:
    """An address of a proxy that cannot be read is reported without its password, and nothing was sent."""
    proxies = {"https": proxy.format(f"{USER}:{PASSWORD}")}
    with Direct(TOKEN, endpoint=FAR, proxies=proxies, retry=None, timeout=0.3) as direct:
        error = _error(direct)
    assert not error.sent
    assert [text for text in traceback.format_exception(error) if PASSWORD in text] == []


FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
FAILING: Mapping[str, tuple[Step, Mapping[str, Any]]] = {
    "dropped": (drop, {}),
    "silent": (hang, {"timeout": 0.1}),
    "too large": (FOUND, {"max_response_bytes": 9}),
    "no gzip": (answer(b"x" * 99, Content_Encoding="gzip"), {}),
    "cut": (answer(b"x" * 99, length=200), {}),
    "two lengths": (answer(b"", content_length="3"), {}),
    "not trusted": (FOUND, {"tls": trusted()}),
    "no certificate": (FOUND, {"tls": trusted(), "verify": "/nowhere.pem"}),
    "nobody is there": (FOUND, {"endpoint": f"http://127.0.0.1:{closed_port()}"}),
}


@pytest.mark.parametrize(("step", "settings"), FAILING.values(), ids=FAILING.keys())
def test_a_traceback_has_no_frame_of_the_libraries(step: Step, settings: Mapping[str, Any]) -> None:
    """No frame of requests and urllib3, whose variables hold the headers, is in the traceback of an error."""
    with served(step, **settings) as (_, direct):
        error = _error(direct)
    modules = {str(frame.f_globals.get("__name__")) for frame in _frames(error)}
    assert {name for name in modules if name.startswith(LIBRARIES)} == set()
    assert [text for text in _locals(error) if TOKEN in text] == []


def _behind(proxy: ScriptedServer) -> Direct:
    return Direct(TOKEN, endpoint=FAR, proxies={"https": proxy.url}, retry=None)


def _words(error: DirectError, *words: str) -> None:
    assert isinstance(error, NotSentError)
    assert [word for word in words if word not in str(error)] == []
    assert "Max retries" not in str(error)


def test_a_refused_connection_says_what_to_check() -> None:
    """A port that nobody listens on is reported as a refusal, with what to check."""
    with Direct(TOKEN, endpoint=f"http://127.0.0.1:{closed_port()}", retry=None) as direct:
        _words(_error(direct), "refused", "endpoint", "proxies")


def test_an_untrusted_certificate_says_what_to_set() -> None:
    """A certificate that nobody vouches for is reported with the settings that name a CA bundle."""
    with served(FOUND, tls=trusted()) as (_, direct):
        _words(_error(direct), "not trusted", "verify", "REQUESTS_CA_BUNDLE")


def test_a_refused_tunnel_says_what_to_check() -> None:
    """A proxy that refuses the tunnel is reported with its status, and the setting that names the proxy."""
    with ScriptedServer(answer(status=407, content_type="")) as proxy, _behind(proxy) as direct:
        _words(_error(direct), "407", "proxies")


def test_an_untrusted_certificate_in_a_tunnel_says_what_to_set() -> None:
    """Through a CONNECT too, a certificate that nobody vouches for is reported as such."""
    with ScriptedServer(tunnel) as proxy, _behind(proxy) as direct:
        _words(_error(direct), "not trusted", "verify")


def test_a_missing_certificate_file_is_named() -> None:
    """A CA bundle that is not there is reported with its path."""
    with served(FOUND, tls=trusted(), verify="/nowhere.pem") as (_, direct):
        assert "/nowhere.pem" in str(_error(direct))


@pytest.mark.parametrize(
    "settings",
    [lambda path: {"verify": path}, lambda path: {"verify": CERTIFICATE, "cert": (CERTIFICATE, path)}],
    ids=["verify", "cert"],
)
def test_a_broken_certificate_file_is_a_wrong_setting(
    tmp_path: Path, settings: Callable[[str], dict[str, Any]]
) -> None:
    """A file that holds no certificate or key is named by a ConfigurationError, and the call is not repeated."""
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    waits: list[float] = []
    with (
        served(drop, tls=trusted(), retry=Retry(), sleep=waits.append, **settings(str(broken))) as (server, direct),
        pytest.raises(ConfigurationError, match=re.escape(str(broken))),
    ):
        direct.campaigns.get(**QUERY)
    assert (server.received, waits) == ([], [])


def test_a_demanded_certificate_under_tls_1_2_is_reported() -> None:
    """A server that refuses a handshake without a client certificate points at the setting."""
    context = trusted()
    context.maximum_version, context.verify_mode = ssl.TLSVersion.TLSv1_2, ssl.CERT_REQUIRED
    with served(FOUND, tls=context, verify=CERTIFICATE) as (_, direct):
        _words(_error(direct), "cert")
