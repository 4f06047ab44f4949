"""`python -m tools.terminal_svg`: runs commands against an emulator, and draws their terminals.

The drawings, docs/assets/terminal-*.svg, are on the first page of the site.
"""

import errno
import io
import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import pyte
from rich.console import Console
from rich.text import Text

from yadirect_soap.emulator import Emulator

_ROOT = Path(__file__).resolve().parents[1]
_COLUMNS = 84
_MOST_LINES = 200
"""Lines of a terminal; a recording is far shorter."""
_CHANGES = """\
{"do": "adgroups.add", "ref": "g1", "item": {"Name": "Benches", "CampaignId": 700000001, "RegionIds": [225]}}
{"do": "ads.add", "ref": "a1", "item": {"AdGroupId": "@g1", "TextAd": {"Title": "Cedar benches", "Text": "In a week", \
"Href": "https://example.com/", "Mobile": "NO"}}}
{"do": "keywords.add", "item": {"AdGroupId": "@g1", "Keyword": "cedar bench"}}
{"do": "ads.moderate", "item": "@a1"}
{"do": "campaigns.suspend", "item": 1}
"""
_TABLES = "campaigns,ads"
# rich's own format takes its font from another host.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


@dataclass(frozen=True)
class Recording:
    """Commands that are run one after the other in one folder, and shown in one terminal.

    - `commands`: the arguments of `yadirect-soap`, as they would be typed.
    - `most_lines`: how many lines of a command's output are shown.
    """

    commands: tuple[str, ...]
    most_lines: int = _MOST_LINES


RECORDINGS: Mapping[str, Recording] = MappingProxyType(
    {
        "demo": Recording(("demo",), most_lines=15),
        "sync": Recording(
            (
                f"sync --to duckdb:direct.duckdb --tables {_TABLES}",
                f"sync --to duckdb:direct.duckdb --tables {_TABLES} --plan",
            )
        ),
        "bulk": Recording(("bulk run spring.jsonl --journal spring.db", "bulk results spring.db")),
    }
)
"""The recordings by name."""


def main(root: Path = _ROOT) -> None:
    """Records all, and writes them below docs/assets."""
    for name in RECORDINGS:
        path(root, name).write_text(svg(name), encoding="utf-8", newline="\n")


def path(root: Path, name: str) -> Path:
    """The file of a recording below the root of a checkout."""
    return root / "docs" / "assets" / f"terminal-{name}.svg"


def svg(name: str) -> str:
    """Runs the commands of a recording against an emulator of its own, and draws what the terminal shows."""
    recording = RECORDINGS[name]
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), color_system="truecolor")
    with Emulator() as emulator, emulator.serve() as address, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "spring.jsonl").write_text(_CHANGES, encoding="utf-8")
        for number, command in enumerate(recording.commands):
            console.print(
                ("\n" if number else "") + f"[bold green]$[/] [bold]yadirect-soap {command}[/]", highlight=False
            )
            lines = _shown_lines(_run(command, Path(folder), address))
            for line in lines[: recording.most_lines]:
                console.print(line, soft_wrap=True)
            if len(lines) > recording.most_lines:
                console.print("[dim]…[/]")
    drawn = console.export_svg(title="", code_format=_FORMAT, unique_id=f"terminal-{name}")
    return "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"


def _run(command: str, folder: Path, address: str) -> bytes:
    """What a command writes into a terminal of its own."""
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": str(_COLUMNS),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        "TERM": "xterm-256color",
        "YADIRECT_CONFIG": str(folder / "config.toml"),
        "YADIRECT_ENDPOINT": address,
        "YADIRECT_TOKEN": "demo-token",
    }
    process = subprocess.Popen(  # noqa: S603  a command of this package
        [sys.executable, "-m", "yadirect_soap", *command.split()],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=environment,
    )
    os.close(theirs)
    written = b"".join(_pieces(ours))
    os.close(ours)
    process.wait()
    return written


def _pieces(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # which is how Linux says that the other end is closed
                raise
            return
        if not piece:
            return
        yield piece


def _shown_lines(written: bytes) -> list[Text]:
    """The lines that a terminal shows in the end, without progress that was erased."""
    screen = pyte.Screen(_COLUMNS, _MOST_LINES)
    pyte.ByteStream(screen).feed(written)
    return [_line(screen, number) for number in range(screen.cursor.y)]


def _line(screen: pyte.Screen, number: int) -> Text:
    cells = [screen.buffer[number][column] for column in range(_COLUMNS)]
    text = Text()
    for style, run in groupby(cells, _style):
        text.append("".join(cell.data for cell in run), style)
    text.rstrip()
    return text


def _style(cell: pyte.screens.Char) -> str:
    colour = "default" if cell.fg == "default" else _COLOURS.get(cell.fg, f"#{cell.fg}")
    return f"bold {colour}" if cell.bold else colour


_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in ("black", "red", "green", "blue", "magenta", "cyan", "white")},
        "brown": "yellow",
        **{f"bright{name}": f"bright_{name}" for name in ("black", "red", "green", "blue", "magenta", "cyan", "white")},
        "brightbrown": "bright_yellow",
    }
)
"""The colours of pyte by rich's names; others are six digits."""


if __name__ == "__main__":
    main()
