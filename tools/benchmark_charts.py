"""The charts docs/assets/benchmark-*.svg: some of what benchmarks/recorded.json holds, in light and dark colours.

`python -m benchmarks --only decode.ads --only iterate --only reports --only startup --json benchmarks/recorded.json`
records anew.  The charts have no words of a language, so that pages in English and Russian share them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

_ROOT = Path(__file__).resolve().parents[1]
RECORDED = Path("benchmarks") / "recorded.json"
"""What was measured, below the root of a checkout."""

_WIDTH = 360
_TOP = 4
_STEP, _BAR = 42, 12
"""Pixels from one bar to the next, and the height of a bar."""
_CAPTION = 16
_OURS = "yadirect-soap"


@dataclass(frozen=True)
class Bar:
    """One bar: a figure of the row with this task and `beside`; the row's own, or that of what it is beside."""

    label: str
    task: str
    beside: str
    is_ours: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars that are compared with each other, the first one ours; `factor` brings their figures to the unit."""

    unit: str
    factor: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Colours:
    """The colours of a scheme of the site."""

    text: str
    muted: str
    ours: str
    others: str


SCHEMES: Mapping[str, Colours] = MappingProxyType(
    {
        "light": Colours(text="#1f2328", muted="#59636e", ours="#1b7a3d", others="#afb8c1"),
        "dark": Colours(text="#e6edf3", muted="#9198a1", ours="#3fb950", others="#57606a"),
    }
)
_DECODE = "decode 10,000 ads"
_ITERATE = "peak memory of iterate 1,000,000 ads over HTTP, gzip"
_REPORT = "read 1,000,000 rows of 10 columns, gzip"
_CONTRACT = "contract of campaigns"
CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        "decode": Chart(
            "ms",
            1000,
            (
                Bar(_OURS, _DECODE, "lxml.etree.fromstring", is_ours=True),
                Bar("lxml, XML → tree", _DECODE, "lxml.etree.fromstring"),
                Bar("json.loads", _DECODE, "json.loads of the page as JSON"),
                Bar("zeep", _DECODE, "zeep + serialize_object, 1,000 scaled"),
            ),
        ),
        "memory": Chart(
            "MiB",
            1,
            (
                Bar(_OURS, _ITERATE, "tapi-yandex-direct", is_ours=True),
                Bar("tapi-yandex-direct", _ITERATE, "tapi-yandex-direct"),
            ),
        ),
        "report": Chart(
            "s",
            1,
            (
                Bar(_OURS, _REPORT, "tapi-yandex-direct, converted", is_ours=True),
                Bar("tapi-yandex-direct", _REPORT, "tapi-yandex-direct, converted"),
            ),
        ),
        "start": Chart(
            "ms",
            1000,
            (
                Bar(_OURS, _CONTRACT, "zeep.Client on the same WSDL", is_ours=True),
                Bar("zeep.Client", _CONTRACT, "zeep.Client on the same WSDL"),
            ),
        ),
    }
)
"""The charts by name."""


def write(root: Path) -> None:
    """Writes all charts below the root of a checkout."""
    recorded = json.loads((root / RECORDED).read_text(encoding="utf-8"))
    for name, text in charts(recorded).items():
        (root / "docs" / "assets" / name).write_text(text, encoding="utf-8", newline="\n")


def charts(recorded: Mapping[str, Any]) -> dict[str, str]:
    """The SVG of each chart in each scheme, by the name of its file."""
    return {
        f"benchmark-{name}-{scheme}.svg": "\n".join(_lines(chart, colours, recorded)) + "\n"
        for name, chart in CHARTS.items()
        for scheme, colours in SCHEMES.items()
    }


def _lines(chart: Chart, colours: Colours, recorded: Mapping[str, Any]) -> Iterator[str]:
    figures = [_figure(bar, recorded["rows"]) * chart.factor for bar in chart.bars]
    height = _TOP + _STEP * len(figures) + _CAPTION
    described = ", ".join(
        f"{bar.label}: {_shown(figure)} {chart.unit}" for bar, figure in zip(chart.bars, figures, strict=True)
    )
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(described)}" font-family="system-ui, sans-serif" font-size="14">'
    )
    for number, (bar, figure) in enumerate(zip(chart.bars, figures, strict=True)):
        y = _TOP + _STEP * number
        fill = colours.ours if bar.is_ours else colours.others
        weight = ' font-weight="bold"' if bar.is_ours else ""
        yield f'<text x="0" y="{y + 15}" fill="{colours.text}"{weight}>{escape(bar.label)}</text>'
        yield (
            f'<text x="{_WIDTH}" y="{y + 15}" text-anchor="end" fill="{colours.text}"{weight}>'
            f"{_shown(figure)} {chart.unit}</text>"
        )
        width = max(_WIDTH * figure / max(figures), 2)
        yield f'<rect x="0" y="{y + 21}" width="{width:.1f}" height="{_BAR}" rx="2" fill="{fill}"/>'
    yield f'<text x="0" y="{height - 4}" fill="{colours.muted}" font-size="12">{escape(_machine(recorded))}</text>'
    yield "</svg>"


def _figure(bar: Bar, rows: list[Mapping[str, Any]]) -> float:
    """The figure of a bar; the rows must have it."""
    for row in rows:
        if row["task"] == bar.task and row["beside"].startswith(bar.beside) and row["compared"]:
            return float(row["compared"][0 if bar.is_ours else 1])
    raise LookupError(f"{RECORDED} has no row {bar.task!r} beside {bar.beside!r}: record it anew")


def _machine(recorded: Mapping[str, Any]) -> str:
    """The day and the machine of the measurement, in signs that need no language."""
    machine = recorded["machine"]
    processor = machine["processor"].replace("(R)", "").replace(" Processor", "")
    return f"{machine['day']} · {processor}, {machine['cpus']} CPU · Python {machine['python']}"


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.1f}"
