"""--profile and YADIRECT_PROFILE on the command line, against a running emulator."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A configuration with a profile for an emulator's advertiser."""
    token_file = tmp_path / "token"
    token_file.touch(0o600)
    token_file.write_text("demo-token")
    path = tmp_path / "config.toml"
    monkeypatch.setenv("YADIRECT_CONFIG", str(path))
    with Emulator() as emulator, emulator.serve() as address:
        path.write_text(f'[profiles.demo]\nendpoint = "{address}"\ntoken_file = "token"\nlanguage = "ru"\n')
        yield path


def test_a_command_takes_a_profile(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A call with --profile uses its address and its token."""
    assert main(["units", "--profile", "demo", "--output", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["Payer"] == "demo-advertiser"


def test_doctor_shows_the_profile(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Doctor names the profile, its file, and where the token comes from."""
    monkeypatch.setenv("YADIRECT_PROFILE", "demo")
    assert main(["doctor", "--output", "json"]) == 0
    found = {finding["check"]: finding["text"] for finding in json.loads(capsys.readouterr().out)}
    assert found["profile"] == f"demo, of {config}"
    assert found["token"] == "from profile demo; it is valid, and never shown"


COMMANDS = (
    ("call", "ads", "get"),
    ("contract", "show"),
    ("contract", "diff"),
    ("contract", "xsd", "--out", "xsd"),
    ("doctor",),
    ("xml", "validate", "-"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_wsdls_of_a_profile(
    config: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command that goes by the contract reads the folder that the profile names."""
    config.write_text(f"{config.read_text()}wsdl = 'my-wsdls'\n")
    monkeypatch.setenv("YADIRECT_PROFILE", "demo")
    assert main(list(command)) == 2
    captured = capsys.readouterr()
    assert "my-wsdls" in captured.err + captured.out


def test_the_archive_of_a_profile(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of an archive read the one that calls with the profile write."""
    config.write_text(f"{config.read_text()}archive = '{config.parent / 'archive'}'\n")
    assert main(["call", "clients", "get", '{"FieldNames": ["Login"]}', "--profile", "demo"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("YADIRECT_PROFILE", "demo")
    assert main(["archive", "list", "--output", "jsonl"]) == 0
    call = json.loads(capsys.readouterr().out)
    assert call["operation"] == "clients.get"
    assert main(["archive", "resend", call["name"]]) == 0
    assert "demo-advertiser" in capsys.readouterr().out


def test_a_request_is_shown_with_the_default_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What --show-request shows is what would be sent: the settings are those of the profile "default"."""
    config = tmp_path / "config.toml"
    config.write_text('[profiles.default]\nclient_login = "some-client"\n')
    monkeypatch.setenv("YADIRECT_CONFIG", str(config))
    assert main(["call", "campaigns", "get", '{"FieldNames": ["Id"]}', "--show-request"]) == 0
    assert "Client-Login: some-client" in capsys.readouterr().out


def test_a_profile_that_is_missing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong name ends with 2, and the message has the nearest one."""
    assert main(["units", "--profile", "dmeo"]) == 2
    assert "did you mean 'demo'" in capsys.readouterr().err
