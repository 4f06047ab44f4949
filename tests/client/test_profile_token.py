"""The token of a signed-in profile: refreshed in time, once for all processes, and never lost."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from tests.cli import terminal
from tests.client.servers import HTML, ScriptedServer, answer
from yadirect_soap import ConfigurationError, Direct, NotSentError
from yadirect_soap.auth import token_stores
from yadirect_soap.auth.oauth import Application, SignInRefused
from yadirect_soap.auth.profile_token import ProfileToken
from yadirect_soap.auth.sign_in import SignIn
from yadirect_soap.auth.token_stores import FileStore
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.oauth.endpoints import CLIENT_ID, CLIENT_SECRET
from yadirect_soap.emulator.oauth.grants import LIFETIME, Grants

APPLICATION = {
    "client_id": CLIENT_ID,
    "redirect_uri": "",
    "device_id": "",
    "code_challenge": "",
    "code_challenge_method": "",
}


class SignedIn:
    """An emulator, its address, and a profile `demo` that is signed in there."""

    def __init__(self, emulator: Emulator, address: str, config: Path) -> None:
        self.emulator, self.address, self.config = emulator, address, config
        self.store = FileStore(config.parent / "tokens")
        grants = Grants(emulator.store, emulator.accounts, emulator.clock)
        code = grants.new_code("demo-advertiser", APPLICATION)
        application = Application(CLIENT_ID, CLIENT_SECRET, address=address, now=emulator.clock)
        self.sign_in = application.exchange(code, redirect_uri="", verifier="")
        self.store.save("demo", self.sign_in)

    def expire(self, seconds: float) -> None:
        """Lets the stored token expire in so many seconds from now."""
        self.store.save("demo", replace(self.sign_in, expires_at=time.time() + seconds))


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignedIn]:
    """A profile that is signed in at an emulator."""
    config = tmp_path / "config.toml"
    monkeypatch.setenv("YADIRECT_CONFIG", str(config))
    with Emulator() as emulator, emulator.serve() as address:
        config.write_text(f'[profiles.demo]\nendpoint = "{address}"\n')
        yield SignedIn(emulator, address, config)


def _call(direct: Direct) -> object:
    return direct.call("campaigns", "get", {"SelectionCriteria": {}, "FieldNames": ["Id"], "Page": {"Limit": 1}})


def test_a_token_that_expires_during_a_long_run(signed_in: SignedIn) -> None:
    """A Direct goes on after the end of its token: it is refreshed before the next call, and the old one is refused."""
    clock = signed_in.emulator.clock
    token = ProfileToken(signed_in.config, "demo", now=clock)
    with Direct(token, endpoint=signed_in.address) as direct, Direct(token(), endpoint=signed_in.address) as constant:
        _call(direct)
        clock.advance(seconds=LIFETIME)
        _call(direct)
        with pytest.raises(Exception, match="53"):
            _call(constant)
    assert signed_in.sign_in.access_token not in (token(), repr(direct.settings.credentials))


def test_a_profile_refreshes_its_token(signed_in: SignedIn) -> None:
    """from_profile takes the stored token, and a new one in place of one that is about to expire."""
    with Direct.from_profile("demo") as direct:
        assert direct.settings.credentials() == signed_in.sign_in.access_token
    signed_in.expire(60)
    with Direct.from_profile("demo") as direct:
        _call(direct)
        assert direct.settings.credentials() != signed_in.sign_in.access_token


_PROGRAM = """
import sys
from yadirect_soap import Direct
sys.stdin.readline()
print(Direct.from_profile("demo").settings.credentials())
"""


@pytest.mark.slow
def test_processes_refresh_once(signed_in: SignedIn) -> None:
    """Of processes that find the token expired at once, one refreshes it; the others take what it has stored."""
    signed_in.expire(-1)
    command = [sys.executable, "-c", _PROGRAM]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, env=terminal.environment(), **pipes) for _ in range(3)]  # type: ignore[call-overload]
    with ThreadPoolExecutor(3) as pool:
        outputs = list(pool.map(lambda process: process.communicate("\n", timeout=60)[0].strip(), processes))
    assert [process.returncode for process in processes] == [0, 0, 0]
    stored = signed_in.store.load("demo")
    assert stored is not None
    assert set(outputs) == {stored.access_token}
    assert stored.refresh_token != signed_in.sign_in.refresh_token


def test_threads_refresh_once(signed_in: SignedIn) -> None:
    """Threads that share a Direct refresh once."""
    signed_in.expire(-1)
    token = ProfileToken(signed_in.config, "demo")
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: token(), range(16)))) == 1


def test_a_refused_refresh(signed_in: SignedIn) -> None:
    """A refresh token that the server no longer knows is an error that says to sign in, and shows no secret."""
    signed_in.store.save("demo", replace(signed_in.sign_in, expires_at=1.0, refresh_token="used-up-token"))
    with (
        Direct.from_profile("demo") as direct,
        pytest.raises(SignInRefused, match=r"invalid_grant.*sign in again") as error,
    ):
        _call(direct)
    assert "used-up-token" not in str(error.value)
    assert error.value.sent is False


def test_no_refresh_token(signed_in: SignedIn) -> None:
    """A token without a refresh token is used to its end, and then the user must sign in."""
    signed_in.store.save("demo", replace(signed_in.sign_in, expires_at=time.time() + 60, refresh_token=""))
    assert ProfileToken(signed_in.config, "demo")() == signed_in.sign_in.access_token
    signed_in.store.save("demo", replace(signed_in.sign_in, expires_at=time.time() - 60, refresh_token=""))
    with pytest.raises(ConfigurationError, match=r"cannot be refreshed.*auth login --profile demo"):
        ProfileToken(signed_in.config, "demo")()


def test_a_server_that_cannot_be_reached(signed_in: SignedIn) -> None:
    """A token that is about to expire is used while the OAuth server is down; an expired one is an error."""
    down = replace(signed_in.sign_in, address="http://127.0.0.1:1")
    signed_in.store.save("demo", replace(down, expires_at=time.time() + 60))
    assert ProfileToken(signed_in.config, "demo")() == signed_in.sign_in.access_token
    signed_in.store.save("demo", replace(down, expires_at=time.time() - 1))
    with pytest.raises(NotSentError, match=r"http://127\.0\.0\.1:1 gave no response"):
        ProfileToken(signed_in.config, "demo")()


def test_something_other_than_oauth_answers() -> None:
    """The page of a proxy in place of OAuth is named as that."""
    with (
        ScriptedServer(answer(b"<html>", content_type=HTML)) as server,
        pytest.raises(ConfigurationError, match="other than"),
    ):
        Application("id", "s", address=server.url).device_code()


def test_a_device_polls_as_slowly_as_it_is_told(signed_in: SignedIn) -> None:
    """After slow_down the interval grows by 5 seconds; when the code has expired the sign-in ends."""
    clock, waits = signed_in.emulator.clock, []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.advance(seconds=seconds)

    application = Application(CLIENT_ID, CLIENT_SECRET, address=signed_in.address)
    codes = application.device_code()
    assert codes.device_code not in repr(codes)
    with pytest.raises(SignInRefused, match="expired_token"):
        application.wait_for_user(codes._replace(interval=2.0), sleep=sleep, clock=clock)
    assert waits[:3] == [2.0, 2.0, 7.0]
    assert sum(waits) > 580


class Memory(KeyringBackend):
    """A keyring that keeps its passwords in memory, and can be locked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def _unlocked(self) -> dict[tuple[str, str], str]:
        if self.is_locked:
            raise KeyringLocked("secret-of-the-keyring")
        return self.passwords

    def get_password(self, service: str, username: str) -> str | None:
        return self._unlocked().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._unlocked()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._unlocked()[service, username]


@pytest.fixture
def memory() -> Iterator[Memory]:
    """The keyring of this process."""
    before, backend = keyring.get_keyring(), Memory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_a_keyring(tmp_path: Path, memory: Memory) -> None:
    """A usable keyring is preferred; what it keeps comes back, and a locked one is named without what it said."""
    config = tmp_path / "config.toml"
    store = token_stores.stores(config)["keyring"]
    assert next(iter(token_stores.stores(config))) == "keyring"
    sign_in = SignIn("access", "app", refresh_token="refresh", expires_at=5.0, login="me")
    store.save("demo", sign_in)
    assert token_stores.find(config, "demo") == (store, sign_in) or store.load("demo") == sign_in
    memory.is_locked = True
    with pytest.raises(ConfigurationError, match=r"KeyringLocked\): unlock the keyring, or .*--store file") as error:
        token_stores.find(config, "demo")
    assert "secret-of-the-keyring" not in str(error.value)
    memory.is_locked = False
    store.remove("demo")
    store.remove("demo")
    assert memory.passwords == {}


def test_a_keyring_that_is_locked_during_a_refresh(signed_in: SignedIn, memory: Memory) -> None:
    """The new refresh token is not lost: the old one is used up, so it is kept in the file instead."""

    class LocksForWriting(Memory):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise KeyringLocked

    locking = LocksForWriting()
    locking.passwords["yadirect-soap", "demo"] = replace(signed_in.sign_in, expires_at=1.0).as_json()
    signed_in.store.remove("demo")
    keyring.set_keyring(locking)
    token = ProfileToken(signed_in.config, "demo")()
    kept = signed_in.store.load("demo")
    assert kept is not None
    assert kept.access_token == token


def test_no_keyring(tmp_path: Path) -> None:
    """A machine without a place for passwords keeps tokens in files."""
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert list(token_stores.stores(tmp_path / "config.toml")) == ["file"]
    finally:
        keyring.set_keyring(before)
