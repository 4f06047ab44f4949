"""The guide of the command line: what stands in its blocks headed `sh` runs, against an emulator."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.cli.terminal import ROOT, environment
from yadirect_soap.emulator import Emulator

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _blocks(page: str) -> list[str]:
    return BLOCK.findall((ROOT / page).read_text("utf-8"))


def test_the_commands_of_the_guide_run(tmp_path: Path) -> None:
    """A reader who pastes the blocks one after the other gets no error from any command."""
    command = f'yadirect-soap() {{ {shlex.quote(sys.executable)} -m yadirect_soap "$@"; }}'
    script = "\n".join(["set -euo pipefail", command, *_blocks("docs/guides/command-line.md")])
    with Emulator() as emulator, emulator.serve() as address:
        done = subprocess.run(
            ["bash", "-c", script],  # noqa: S607  the reader's own
            cwd=tmp_path,
            env=environment({"YADIRECT_TOKEN": "demo-token", "YADIRECT_ENDPOINT": address}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert all("--all fetches them" in line for line in done.stderr.splitlines())
    assert (tmp_path / "campaigns.csv").read_text("utf-8").startswith("Id,Name,DailyBudget.Amount\n")
    assert len((tmp_path / "calls.log").read_text("utf-8").splitlines()) == 1


def test_the_russian_guide_has_the_same_commands() -> None:
    """The blocks of the Russian page are those of the English one."""
    blocks = _blocks("docs/ru/command-line.md")
    assert len(blocks) == 9
    assert blocks == _blocks("docs/guides/command-line.md")
