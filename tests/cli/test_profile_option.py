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


def test_a_profile_that_is_missing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong name ends with 2, and the message has the nearest one."""
    assert main(["units", "--profile", "dmeo"]) == 2
    assert "did you mean 'demo'" in capsys.readouterr().err
