"""`yadirect-soap record` and `replay`: what one has kept the other answers, in processes of their own."""

import re
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.terminal import run, started
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.search(r"http://127[^ ]*", said)
    assert found, said
    return found[0].strip()


@pytest.mark.slow
def test_what_was_recorded_is_replayed(tmp_path: Path) -> None:
    """Calls that went through `record` to an upstream are answered by `replay` without it."""
    file = tmp_path / "calls.jsonl"
    with (
        Emulator() as emulator,
        emulator.serve() as upstream,
        started("record", str(file), "--upstream", upstream, "--port", "0") as process,
        Direct("demo-token", endpoint=_address(process)) as direct,
    ):
        live = direct.campaigns.get(FieldNames=["Id", "Name"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with (
        started("replay", str(file), "--port", "0") as process,
        Direct("another-token", endpoint=_address(process), transport="json") as direct,
    ):
        assert direct.campaigns.get(FieldNames=["Name", "Id"]) == live


@pytest.mark.slow
@pytest.mark.parametrize("command", ["record", "replay"])
def test_a_file_that_will_not_do_is_told(tmp_path: Path, command: str) -> None:
    """A file that is there is not recorded over, one that is no recording is not replayed; both exit with 2."""
    file = tmp_path / "calls.jsonl"
    file.write_text("precious", "utf-8")
    done = run(command, str(file), "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert str(file) in done.stderr
    assert file.read_text("utf-8") == "precious"
