"""The options of the connection, --proxy, --ca, --cert, --key, --retries: against real TLS and a real CONNECT."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tests.cli.terminal import run, started
from tests.client.servers import CERTIFICATE, Handler, ScriptedServer, answer, closed_port, result, trusted, tunnel
from yadirect_soap.cli import commands
from yadirect_soap.client import connection_settings
from yadirect_soap.errors import ConfigurationError

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
GET = ("call", "campaigns", "get", '{"SelectionCriteria": {}, "FieldNames": ["Id"]}', "--output", "jsonl")
REQUEST = (
    '<ns:GetRequest xmlns:ns="http://api.direct.yandex.com/v5/campaigns">'
    "<SelectionCriteria/><FieldNames>Id</FieldNames></ns:GetRequest>"
)
CONNECTION = {"--proxy", "--ca", "--cert", "--key"}


def insistent() -> ssl.SSLContext:
    """TLS that ends the handshake where the client has no certificate."""
    context = trusted()
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def settings(address: str, **more: str) -> dict[str, str]:
    """The environment of a command that calls a server, whatever this process has in its own."""
    unset = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"), "")
    return {**unset, "YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": address, **more}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """The files of a certificate and of its key."""
    begin = "-----BEGIN CERTIFICATE-----"
    before, _, after = Path(CERTIFICATE).read_text().partition(begin)
    certificate, _, rest = after.partition("-----END CERTIFICATE-----")
    (tmp_path / "client.pem").write_text(f"{begin}{certificate}-----END CERTIFICATE-----\n")
    (tmp_path / "client.key").write_text(before + rest)
    return str(tmp_path / "client.pem"), str(tmp_path / "client.key")


# --- TLS ------------------------------------------------------------------------------------------------------


def test_a_certificate_and_its_key_are_shown(pair: tuple[str, str]) -> None:
    """With --ca, --cert and --key a server that insists on a client certificate answers."""
    certificate, key = pair
    with ScriptedServer(FOUND, tls=insistent()) as server:
        options = ("--ca", CERTIFICATE, "--cert", certificate, "--key", key)
        done = run(*GET, *options, settings=settings(server.url))
    assert (done.returncode, done.stdout) == (0, '{"Id": 1}\n'), done.stderr


def test_the_environment_names_the_files(pair: tuple[str, str]) -> None:
    """YADIRECT_VERIFY and YADIRECT_CERT are --ca and --cert, and --key goes with both."""
    certificate, key = pair
    with ScriptedServer(FOUND, tls=insistent()) as server:
        named = settings(server.url, YADIRECT_VERIFY=CERTIFICATE, YADIRECT_CERT=certificate)
        sent = run("--quiet", "xml", "send", "-", "--key", key, stdin=REQUEST, settings=named)
    assert (sent.returncode, sent.stderr) == (0, "")
    assert "<Id>1</Id>" in sent.stdout


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ((), 4, "not trusted"),
        (("--ca", CERTIFICATE), 4, "demands a client certificate"),
        (("--ca", "missing.pem"), 2, "missing.pem"),
        (("--ca", CERTIFICATE, "--cert", "missing.pem"), 2, "missing.pem"),
        (("--ca", CERTIFICATE, "--key", CERTIFICATE), 2, "--key: found no certificate"),
    ],
    ids=["no CA", "no certificate", "no file of the CA", "no file of the certificate", "a key alone"],
)
def test_what_is_missing_is_named(options: tuple[str, ...], code: int, message: str) -> None:
    """Without the files of TLS nothing is sent, and the error names what is missing."""
    with ScriptedServer(FOUND, tls=insistent()) as server:
        done = run(*GET, "--retries", "0", *options, settings=settings(server.url))
        assert server.received == []
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr


# --- proxies --------------------------------------------------------------------------------------------------


def test_a_tunnel_of_the_proxy_is_used() -> None:
    """With --proxy a call to an https address goes through the proxy's CONNECT, with its user and password."""
    with ScriptedServer(tunnel, FOUND) as proxy:
        address = proxy.url.replace("//", "//user:p%40ss@")
        done = run(*GET, "--ca", CERTIFICATE, "--proxy", address, settings=settings("https://127.0.0.1:9"))
        connect, call = proxy.received
    assert (done.returncode, done.stdout) == (0, '{"Id": 1}\n'), done.stderr
    assert (connect.method, connect.path) == ("CONNECT", "127.0.0.1:9")
    assert connect.headers["Proxy-Authorization"] == "Basic dXNlcjpwQHNz"
    assert "Authorization" not in connect.headers
    assert call.path == "/v501/campaigns"


def test_a_given_proxy_goes_before_the_environment() -> None:
    """--proxy is used where HTTP_PROXY names another; a host and a port are enough."""
    with ScriptedServer(FOUND) as proxy:
        elsewhere = settings("http://api.invalid") | {"HTTP_PROXY": f"http://127.0.0.1:{closed_port()}"}
        done = run(*GET, "--proxy", proxy.url.removeprefix("http://"), settings=elsewhere)
        assert [received.path for received in proxy.received] == ["http://api.invalid/v501/campaigns"]
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", ["ftp://user:secret@proxy", "http://user:secret@:3128", "user:secret@h:port", "a b"])
def test_a_wrong_proxy_is_told_without_its_password(text: str) -> None:
    """What is no address of a proxy is an error of the settings that shows no password."""
    with pytest.raises(ConfigurationError, match=r"--proxy: found .*expected http://HOST:PORT") as caught:
        connection_settings.read_proxy("--proxy", text)
    assert "secret" not in str(caught.value)


def test_the_descriptions_are_fetched_through_the_proxy() -> None:
    """`contract diff` takes the options of the connection too."""
    with ScriptedServer(answer(b"no", status=403)) as proxy:
        options = ("--from", "http://api.invalid/v5", "--proxy", proxy.url, "--retries", "0")
        run("contract", "diff", *options, settings=settings("http://api.invalid"))
        assert proxy.received[0].path.startswith("http://api.invalid/v5/")


@pytest.mark.slow
@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_recording_is_made_through_the_proxy(tmp_path: Path, by: str) -> None:
    """`record` forwards calls through the proxy of --proxy or YADIRECT_PROXIES."""
    with ScriptedServer(FOUND) as proxy:
        named = settings("http://unused.invalid", **({"YADIRECT_PROXIES": proxy.url} if by == "variable" else {}))
        options = ("--proxy", proxy.url) if by == "option" else ()
        upstream = ("--upstream", "http://api.invalid", "--port", "0")
        with started("record", str(tmp_path / "recording"), *upstream, *options, settings=named) as process:
            assert process.stdout is not None
            address = process.stdout.readline().split()[2]
            done = run(*GET, settings=settings(address))
        assert [received.path for received in proxy.received] == ["http://api.invalid/v501/campaigns"]
    assert done.returncode == 0, done.stderr


# --- retries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("retries", "requests"), [("0", 1), ("1", 2)])
def test_retries_are_counted(retries: str, requests: int) -> None:
    """--retries N sends a read that fails N times more."""
    with ScriptedServer(answer(b"busy", status=503, Retry_After="0")) as server:
        done = run(*GET, "--retries", retries, settings=settings(server.url))
        assert len(server.received) == requests
    assert done.returncode == 5, done.stderr


@pytest.mark.parametrize("text", ["-1", "many", "1.5", "99999", "٣"])
def test_a_wrong_number_of_retries_is_told(text: str) -> None:
    """What is no number of repeats is an error before anything is sent."""
    done = run(*GET, f"--retries={text}", settings=settings("http://127.0.0.1:9"))
    assert done.returncode == 2
    assert "--retries is a whole number of 0 or more" in done.stderr


# --- every command --------------------------------------------------------------------------------------------


def _all_commands(context: click.Context) -> Iterator[click.Context]:
    command = context.command
    if not isinstance(command, click.Group):
        yield context
        return
    for name in command.list_commands(context):
        inner: Any = command.get_command(context, name)
        yield from _all_commands(click.Context(inner, parent=context, info_name=name))


def test_every_command_that_calls_the_api_has_them() -> None:
    """Whatever connects to the API, to what stands for it or to its OAuth server has the options of the connection."""
    root = commands.command_line()
    paths: dict[str, set[str]] = {}
    for context in _all_commands(click.Context(root, info_name="")):
        names = {name for parameter in context.command.params for name in parameter.opts}
        paths[context.command_path.strip()] = names
    calling = {path for path, names in paths.items() if names & {"--endpoint", "--from", "--upstream", "--oauth-url"}}
    assert {
        "call",
        "report",
        "xml send",
        "archive resend",
        "gateway",
        "doctor",
        "contract refresh",
        "record",
    } <= calling
    assert {path for path, names in paths.items() if names >= CONNECTION} == calling


def test_the_handshake_is_seen_by_the_server() -> None:
    """The certificate that the server sees is the one of --cert."""
    seen: list[Any] = []

    def look(handler: Handler) -> None:
        seen.append(handler.connection.getpeercert())
        FOUND(handler)

    with ScriptedServer(look, tls=insistent()) as server:
        run(*GET, "--ca", CERTIFICATE, "--cert", CERTIFICATE, settings=settings(server.url))
    assert seen[0]["subject"] == ((("commonName", "loopback test"),),)
