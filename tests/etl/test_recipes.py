"""The page of recipes: its commands run as they stand, its SQL gives rows, and each file of it is used."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.etl import clickhouse, postgresql
from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN
from yadirect_soap.etl.destinations.clickhouse_http import ClickHouseHttp, server_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "guides" / "recipes.md").read_text("utf-8")
FILES = dict(re.findall(r'^```(?:sql|toml) title="(\S+)"\n(.*?)^```', PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^(?:.* /opt/direct/bin/)?yadirect-soap (.+)$", PAGE, re.MULTILINE)
SYNCED = {words[2].partition(":")[0]: words for words in map(shlex.split, COMMANDS) if words[0] == "sync"}
"""The commands that sync, by the scheme of the destination."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working directory of the commands, with the files of the page, and an emulator that they call."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    with Emulator().serve() as address:
        monkeypatch.setenv("YADIRECT_ENDPOINT", address)
        monkeypatch.setenv("YADIRECT_TOKEN", ADVERTISER_TOKEN)
        yield tmp_path


def _sync_to(scheme: str, address: str, *more: str) -> None:
    """Runs the page's command with another address of the same kind, and with more options."""
    words = [address if word.startswith(f"{scheme}:") else word for word in SYNCED[scheme]]
    assert main([*words, *more]) == 0


def test_every_command_is_run_here() -> None:
    """No sync of the page is left out here."""
    assert set(SYNCED) == {"duckdb", "postgresql", "clickhouse", "files"}


@pytest.mark.slow
def test_cron_writes_a_database(folder: Path) -> None:
    """The command of the crontab makes its database."""
    _sync_to("duckdb", f"duckdb:{folder / 'direct.duckdb'}", "--tables", "campaigns")
    assert (folder / "direct.duckdb").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.skipif(postgresql.programs() is None or shutil.which("psql") is None, reason="PostgreSQL is not installed")
def test_psql_asks_the_tables(folder: Path) -> None:
    """The sync fills the tables that the query joins, and psql prints the campaign that costs most."""
    with postgresql.server() as address:
        _sync_to("postgresql", address)
        done = subprocess.run(
            ["psql", address, "--file", "costs.sql"],  # noqa: S607  the reader's psql
            capture_output=True,
            encoding="utf-8",
            env={"PGCLIENTENCODING": "UTF8", "PATH": "/usr/bin:/bin"},
            check=True,
        )
    assert done.stdout.splitlines()[2].split("|")[0].strip() == "Полки из кедра — поиск"


@pytest.mark.skipif(find_spec("chdb") is None, reason="chdb, the engine of ClickHouse, is not installed")
@pytest.mark.usefixtures("folder")
def test_clickhouse_asks_the_tables() -> None:
    """The sync fills the tables that the query joins, and ClickHouse gives the campaign that costs most first."""
    with clickhouse.server() as address:
        _sync_to("clickhouse", address)
        http = ClickHouseHttp(server_of(address))
        name, *_ = next(http.select(FILES["costs-clickhouse.sql"]))
        http.close()
    assert name == "Полки из кедра — поиск"


def test_files_for_excel(folder: Path) -> None:
    """Both commands write files with semicolons and a byte order mark."""
    for words in map(shlex.split, COMMANDS):
        if any("excel" in word for word in words):
            assert main(words) == 0
    for name in ("out/campaigns.csv", "out/ads.csv", "clicks.csv"):
        text = (folder / name).read_text("utf-8")
        assert text.startswith("\ufeff")
        assert ";" in text.splitlines()[0]
