"""Snapshots: what is saved comes back whole, in other emulators too, and nobody else can read it."""

import stat
from pathlib import Path

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Emulator
from yadirect_soap.errors import ConfigurationError


def _names(emulator: Emulator) -> list[str]:
    result = EmulatorClient(emulator).result("campaigns", "get", {"FieldNames": ["Name"]})
    return [campaign["Name"] for campaign in result.get("Campaigns", [])]


def test_a_snapshot_brings_back_what_was(emulator: Emulator, client: EmulatorClient, tmp_path: Path) -> None:
    """Objects made since are gone, deleted ones are there again, and units are what they were."""
    campaign = client.campaign(Name="Kept")
    emulator.save(tmp_path / "snapshot")
    units = client.send("/json/v5/campaigns", b"{}").headers["Units"]
    client.on("campaigns", "delete", campaign)
    client.campaign(Name="Later")
    emulator.load(tmp_path / "snapshot")
    assert client.send("/json/v5/campaigns", b"{}").headers["Units"] == units
    assert _names(emulator) == ["Kept"]


@pytest.mark.parametrize("store", [":memory:", "e.db"])
def test_a_snapshot_fills_another_emulator(
    emulator: Emulator, client: EmulatorClient, tmp_path: Path, store: str
) -> None:
    """Accounts and tokens travel with their objects."""
    client.campaign(Name="Kept")
    emulator.save(tmp_path / "snapshot")
    with Emulator(store if store == ":memory:" else tmp_path / store) as other:
        other.load(tmp_path / "snapshot")
        assert _names(other) == ["Kept"]
        assert other.accounts.by_login("demo-advertiser") is None


def test_a_snapshot_is_its_owner_s_alone(emulator: Emulator, tmp_path: Path) -> None:
    """The file has mode 0600 whatever stood there, and nothing is left beside it."""
    (tmp_path / "snapshot").write_text("", "utf-8")
    (tmp_path / "snapshot").chmod(0o644)
    emulator.save(tmp_path / "snapshot")
    assert stat.S_IMODE((tmp_path / "snapshot").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["snapshot"]


def test_no_token_is_in_a_snapshot(emulator: Emulator, tmp_path: Path) -> None:
    """Tokens are kept as digests only."""
    emulator.save(tmp_path / "snapshot")
    assert b"anna-token" not in (tmp_path / "snapshot").read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"no database at all " * 100], ids=["missing", "empty", "other"])
def test_another_file_changes_nothing(
    emulator: Emulator, client: EmulatorClient, tmp_path: Path, content: bytes | None
) -> None:
    """What is no snapshot is told as such, and not made where it was missing."""
    client.campaign(Name="Kept")
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    with pytest.raises(ConfigurationError, match="snapshot"):
        emulator.load(tmp_path / "file")
    assert _names(emulator) == ["Kept"]
    assert (tmp_path / "file").exists() == (content is not None)
