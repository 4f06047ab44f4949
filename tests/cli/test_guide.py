"""The guides of commands: what stands in their blocks headed `sh` runs, against an emulator."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, environment
from yadirect_soap.emulator import Emulator

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _blocks(page: str) -> list[str]:
    return BLOCK.findall((ROOT / page).read_text("utf-8"))


def _run(blocks: list[str], folder: Path) -> str:
    """Runs blocks of commands one after the other in a folder, against an emulator; returns what stderr got."""
    command = f'yadirect-soap() {{ {shlex.quote(sys.executable)} -m yadirect_soap "$@"; }}'
    with Emulator() as emulator, emulator.serve() as address:
        done = subprocess.run(
            ["bash", "-c", "\n".join(["set -euo pipefail", command, *blocks])],  # noqa: S607  the reader's own
            cwd=folder,
            env=environment({"YADIRECT_TOKEN": "demo-token", "YADIRECT_ENDPOINT": address}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.slow
def test_the_commands_of_the_guide_run(tmp_path: Path) -> None:
    """A reader who pastes the blocks one after the other gets no error from any command."""
    stderr = _run(_blocks("docs/guides/command-line.md"), tmp_path)
    assert all("--all fetches them" in line for line in stderr.splitlines())
    assert (tmp_path / "campaigns.csv").read_text("utf-8").startswith("Id,Name,DailyBudget.Amount\n")
    assert len((tmp_path / "calls.log").read_text("utf-8").splitlines()) == 1


def test_the_russian_guide_has_the_same_commands() -> None:
    """The blocks of the Russian page are those of the English one."""
    blocks = _blocks("docs/ru/command-line.md")
    assert len(blocks) == 9
    assert blocks == _blocks("docs/guides/command-line.md")


FILES = re.compile(r'^```(?:xml|json) title="([^"]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)
SERVERS = re.compile(r"^yadirect-soap emulator .*\n", re.MULTILINE)
A_REQUEST_ID = "8695244274068608439"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["docs/guides/xml-stacks.md", "docs/ru/xml-stacks.md"])
def test_the_commands_for_xml_stacks_run(tmp_path: Path, page: str) -> None:
    """With the files that the page shows, all of its commands but the servers run."""
    for name, content in FILES.findall((ROOT / page).read_text("utf-8")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "requests").mkdir()
    for name in "12":
        shutil.copy(tmp_path / "request.xml", tmp_path / "requests" / f"{name}.xml")
    request_id = "$(ls archive/*/*/*/*.request.xml | head -n 1 | cut -d- -f2)"
    blocks = "\n".join(_blocks(page)).replace(A_REQUEST_ID, request_id)
    _run([SERVERS.sub("", blocks)], tmp_path)
    responses = sorted(path.name for path in (tmp_path / "responses").glob("*.xml"))
    assert responses == [f"{name}.response.xml" for name in ("1", "2", "many-0001", "many-0002")]


def test_the_russian_page_for_xml_stacks_has_the_same_commands() -> None:
    """But for their comments, the commands of the Russian page are those of the English one."""
    english, russian = (
        [line.partition("  #")[0].rstrip() for block in _blocks(page) for line in block.splitlines()]
        for page in ("docs/guides/xml-stacks.md", "docs/ru/xml-stacks.md")
    )
    assert len(english) > 10
    assert russian == english
