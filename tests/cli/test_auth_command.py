"""`yadirect-soap auth` against the OAuth server of an emulator: both ways to sign in, and what stands in their way."""

import json
import re
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.cli import terminal
from yadirect_soap.auth.sign_in import SignIn
from yadirect_soap.auth.token_stores import FileStore
from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.oauth.endpoints import CLIENT_ID, CLIENT_SECRET


class Server:
    """A running emulator, its address, and the folder of the tokens."""

    def __init__(self, emulator: Emulator, address: str, folder: Path) -> None:
        self.emulator, self.address, self.folder = emulator, address, folder

    @property
    def tokens(self) -> FileStore:
        return FileStore(self.folder / "tokens")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An emulator that profile `demo` calls, and an application that is set in the environment."""
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_text(CLIENT_SECRET)
    monkeypatch.setenv("YADIRECT_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("YADIRECT_PROFILE", "demo")
    monkeypatch.setenv("YADIRECT_OAUTH_CLIENT_ID", CLIENT_ID)
    monkeypatch.setenv("YADIRECT_OAUTH_CLIENT_SECRET", CLIENT_SECRET)
    with Emulator() as emulator, emulator.serve() as address:
        (tmp_path / "config.toml").write_text(f'[profiles.demo]\nendpoint = "{address}"\n')
        yield Server(emulator, address, tmp_path)


def _port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def _login(server: Server, act: Callable[[str], object], *more: str) -> "tuple[int, str]":
    """Signs in from a terminal; `act` gets the first address that is printed, and plays the user."""
    arguments = ("auth", "login", "--oauth-url", server.address, "--store", "file", "--no-browser", *more)
    with terminal.started(*arguments) as process:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if address := re.search(r"http://\S+", line):
                act(address[0] if "--device" not in more else line)
                break
        lines += process.stderr.readlines()
        return process.wait(60), "".join(lines)


def _allow(address: str) -> None:
    assert "Done" in requests.get(f"{address}&allow=demo-advertiser", timeout=30).text


def _signed_in(server: Server) -> None:
    code, text = _login(server, _allow, "--port", _port())
    assert code == 0, text


@pytest.mark.slow
def test_a_browser(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """After the sign-in in a browser a command works, and the token is in a file that only its owner can read."""
    code, text = _login(server, _allow, "--port", _port())
    assert (code, "the token acts for demo-advertiser" in text) == (0, True), text
    sign_in = server.tokens.load("demo")
    assert sign_in is not None
    file = server.tokens.file("demo")
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    assert main(["units", "--output", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["Payer"] == "demo-advertiser"
    for secret in (sign_in.access_token, sign_in.refresh_token, CLIENT_SECRET):
        assert secret not in text + repr(sign_in)


@pytest.mark.slow
def test_the_challenge_is_that_of_the_verifier(server: Server) -> None:
    """The address has an S256 challenge, a state, the right direct:api and no secret."""
    seen: list[str] = []

    def act(address: str) -> None:
        seen.append(address)
        _allow(address)

    assert _login(server, act, "--port", _port())[0] == 0
    query = parse_qs(urlsplit(seen[0]).query)
    assert (query["code_challenge_method"], query["scope"], query["response_type"]) == (
        ["S256"],
        ["direct:api"],
        ["code"],
    )
    assert len(query["code_challenge"][0]) == 43
    assert len(query["state"][0]) >= 32
    assert CLIENT_SECRET not in seen[0]


@pytest.mark.slow
def test_another_device(server: Server) -> None:
    """With --device the user enters a code elsewhere, and the command waits for it."""

    def act(line: str) -> None:
        place, code = re.search(r"Open (\S+) on .* enter (\S+) within", line).groups()  # type: ignore[union-attr]
        assert "Done" in requests.get(place, {"user_code": code, "allow": "demo-advertiser"}, timeout=30).text

    code, text = _login(server, act, "--device")
    assert (code, "the token acts for demo-advertiser" in text) == (0, True), text


@pytest.mark.slow
def test_a_profile_without_settings(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-in alone makes a profile; the login is asked at the address of the environment, as by later commands."""
    monkeypatch.setenv("YADIRECT_ENDPOINT", server.address)
    code, text = _login(server, _allow, "--port", _port(), "--profile", "other")
    assert (code, "the token acts for demo-advertiser" in text) == (0, True), text
    assert main(["units", "--profile", "other"]) == 0


@pytest.mark.slow
def test_a_token_that_the_api_refuses(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the API refuses the token, that is told with what to do, and the sign-in stays."""
    with Emulator() as another, another.serve() as address:
        monkeypatch.setenv("YADIRECT_ENDPOINT", address)
        code, text = _login(server, _allow, "--port", _port())
    assert code == 0
    assert re.search(r"the token does not work with the API yet: .*53.*doctor", text)
    assert server.tokens.load("demo") is not None


def test_access_is_denied(server: Server) -> None:
    """A user who denies access ends the command with 2, and nothing is kept."""
    code, text = _login(server, lambda address: requests.get(f"{address}&deny=yes", timeout=30), "--port", _port())
    assert code == 2
    assert "the sign-in was refused: access_denied" in text
    assert server.tokens.load("demo") is None


@pytest.mark.slow
def test_a_redirect_with_another_state_is_not_taken(server: Server) -> None:
    """A redirect that another page forged gets 400, and the sign-in goes on."""
    port = _port()

    def act(address: str) -> None:
        forged = requests.get(f"http://127.0.0.1:{port}/callback?code=stolen&state=x", timeout=30)
        assert forged.status_code == 400
        assert requests.get(f"http://127.0.0.1:{port}/favicon.ico", timeout=30).status_code == 404
        _allow(address)

    assert _login(server, act, "--port", port)[0] == 0


def test_the_port_is_taken(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that another program holds is named, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["auth", "login", "--oauth-url", server.address, "--port", port, "--no-browser"]) == 2
    assert re.search(rf"port {port} of 127.0.0.1 cannot be listened on.*--device", capsys.readouterr().err)


@pytest.mark.slow
def test_an_interrupted_login_keeps_the_earlier_one(server: Server) -> None:
    """Ctrl-C during a sign-in ends with 130, without a traceback; the earlier tokens stay."""
    _signed_in(server)
    before = server.tokens.load("demo")
    arguments = ("auth", "login", "--oauth-url", server.address, "--store", "file", "--no-browser", "--port", _port())
    with terminal.started(*arguments) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "http://" in line:
                break
        process.send_signal(signal.SIGINT)
        text = process.stderr.read()
        assert process.wait(30) == 130
    assert "Traceback" not in text
    assert server.tokens.load("demo") == before


def test_a_wrong_secret(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's refusal is one message with its code and what to do, without the secret."""
    monkeypatch.setenv("YADIRECT_OAUTH_CLIENT_SECRET", "wrong-secret-of-mine")
    code, text = _login(server, _allow, "--port", _port())
    assert code == 2
    assert re.search(r"refuses the sign-in: invalid_client \(Wrong client secret\); the application's id", text)
    assert "wrong-secret-of-mine" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--oauth-url", "http://oauth.example"], "expected https://, or http:// on loopback"),
        (["--oauth-url", "ftp://127.0.0.1"], "expected https://"),
        (["--profile", "../x"], "profile: found '../x'"),
    ],
    ids=["no TLS", "scheme", "name"],
)
def test_wrong_arguments(server: Server, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """What would send a secret in clear text, or write elsewhere, is refused before anything is sent."""
    assert main(["auth", "login", "--device", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_no_application(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an application the message says where to register one."""
    monkeypatch.delenv("YADIRECT_OAUTH_CLIENT_ID")
    assert main(["auth", "login", "--device"]) == 2
    assert "no application: register one at https://oauth.yandex.ru" in capsys.readouterr().err


@pytest.mark.slow
def test_status(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """Status shows login, expiry and place, and no token."""
    assert main(["auth", "status"]) == 2
    assert "profile 'demo' is not signed in" in capsys.readouterr().err
    _signed_in(server)
    assert main(["auth", "status", "--output", "json"]) == 0
    out = capsys.readouterr().out
    shown = json.loads(out)
    assert (shown["login"], shown["valid"], shown["refreshes"]) == ("demo-advertiser", True, True)
    assert shown["stored in"] == str(server.tokens.file("demo"))
    sign_in = server.tokens.load("demo")
    assert sign_in is not None
    assert sign_in.access_token not in out
    assert main(["auth", "status"]) == 0
    assert sign_in.access_token not in capsys.readouterr().out


def _name_token_file(server: Server) -> None:
    file = server.folder / "of-file"
    file.touch(0o600)
    file.write_text("demo-token")
    with (server.folder / "config.toml").open("a") as config:
        config.write('token_file = "of-file"\n')


def test_status_of_a_token_file(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """Status of a profile that is not signed in and has a token file names the file."""
    _name_token_file(server)
    assert main(["auth", "status"]) == 0
    shown = capsys.readouterr()
    assert shown.out == f"profile      demo\ntoken file   {server.folder / 'of-file'}\n"
    assert shown.err == ""


@pytest.mark.parametrize("arguments", [["auth", "status"], ["units"], ["doctor"]], ids=" ".join)
def test_a_token_file_beside_a_sign_in(
    server: Server, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, arguments: list[str]
) -> None:
    """A sign-in that is not used, since the profile names a token file, is one line with the place of that name."""
    server.tokens.save("demo", SignIn("kept-token", CLIENT_ID))
    _name_token_file(server)
    assert main(arguments) == 0
    shown = capsys.readouterr()
    text = " ".join(f"{shown.out} {shown.err} {caplog.text}".split())
    assert f"{server.folder / 'config.toml'}, line 3: profiles.demo.token_file" in text
    assert re.search("is not used|delete that line", text)


@pytest.mark.slow
def test_a_login_beside_a_token_file(server: Server) -> None:
    """A login says that its token will not be used, and is kept all the same."""
    _name_token_file(server)
    code, text = _login(server, _allow, "--port", _port())
    assert (code, "the sign-in of profile 'demo' is not used" in text) == (0, True), text
    assert server.tokens.load("demo") is not None


@pytest.mark.slow
def test_refresh(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """A refresh replaces both tokens, and the new one works."""
    _signed_in(server)
    before = server.tokens.load("demo")
    assert main(["auth", "refresh"]) == 0
    after = server.tokens.load("demo")
    assert before is not None
    assert after is not None
    assert before.access_token != after.access_token
    assert before.refresh_token != after.refresh_token
    assert after.login == "demo-advertiser"
    assert main(["units", "--output", "json"]) == 0


@pytest.mark.slow
def test_logout_revokes(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """After a logout the token is invalid at the server, and gone from the machine."""
    _signed_in(server)
    sign_in = server.tokens.load("demo")
    assert sign_in is not None
    assert main(["auth", "logout"]) == 0
    assert capsys.readouterr().err == "yadirect-soap: signed out of profile 'demo'\n"
    assert server.tokens.load("demo") is None
    assert server.emulator.accounts.by_token(sign_in.access_token) is None
    assert main(["units"]) == 2


@pytest.mark.slow
def test_a_file_that_others_can_read(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """A token file with open permissions is not used, and the command that mends it is named."""
    _signed_in(server)
    file = server.tokens.file("demo")
    file.chmod(0o644)
    assert main(["units"]) == 2
    assert f"chmod 600 {file}" in capsys.readouterr().err


@pytest.mark.slow
def test_a_broken_file(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no sign-in is named by its file, and logout removes it."""
    _signed_in(server)
    server.tokens.file("demo").write_text('{"access_token": 5, "client_id": "hidden-value"}')
    assert main(["auth", "status"]) == 2
    err = capsys.readouterr().err
    assert "found no sign-in of this program" in err
    assert "hidden-value" not in err
    assert main(["auth", "logout"]) == 0
    assert not server.tokens.file("demo").exists()
