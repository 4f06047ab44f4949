"""The drawings of terminals on the site's first page: made by the command, and of what commands print today."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tools import terminal_svg

ROOT = Path(__file__).resolve().parents[2]


def _text(drawing: str) -> list[str]:
    """The lines of a drawing, without the figures, which differ from run to run."""
    lines: dict[float, str] = {}
    for element in etree.fromstring(drawing.encode()).iter("{http://www.w3.org/2000/svg}text"):
        row = float(element.get("y", "0"))
        lines[row] = lines.get(row, "") + (element.text or "").replace("\xa0", " ")
    return [re.sub(r"[0-9.]+", "0", line) for _, line in sorted(lines.items())]


@pytest.mark.slow
def test_the_command_draws_what_is_there() -> None:
    """The drawing of `bulk run` is what the tool makes of the same commands now, figures apart."""
    drawn = terminal_svg.svg("bulk")
    assert _text(drawn) == _text(terminal_svg.path(ROOT, "bulk").read_text("utf-8"))


@pytest.mark.parametrize("name", terminal_svg.RECORDINGS)
def test_a_drawing_shows_its_commands(name: str) -> None:
    """Each drawing shows the commands of its recording with output after each, and takes nothing from another host."""
    drawn = terminal_svg.path(ROOT, name).read_text("utf-8")
    shown = "\n".join(_text(drawn))
    parts = shown.split("$yadirect-soap ")
    assert len(parts) - 1 == len(terminal_svg.RECORDINGS[name].commands)
    assert all("\n" in part.strip() for part in parts[1:])
    assert "Traceback" not in shown
    assert re.findall(r"(?:href|src|url)[=(]\W*https?:", drawn) == []
