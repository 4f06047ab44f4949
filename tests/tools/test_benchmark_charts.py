"""The charts of the site's first page are drawn from what was recorded."""

import json
from pathlib import Path

import pytest
from lxml import etree

from tools import benchmark_charts
from tools.benchmark_charts import CHARTS, RECORDED, charts

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_charts_are_what_was_recorded() -> None:
    """docs/assets has the charts that `make generate` draws from benchmarks/recorded.json."""
    drawn = charts(json.loads((ROOT / RECORDED).read_text("utf-8")))
    assert drawn == {name: (ROOT / "docs" / "assets" / name).read_text("utf-8") for name in drawn}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_its_bars_and_the_machine(name: str) -> None:
    """Each bar has a label and a figure, the longest is as wide as the chart, and the day and the machine are named."""
    chart = CHARTS[name]
    root = etree.fromstring((ROOT / "docs" / "assets" / f"benchmark-{name}-light.svg").read_bytes())
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    widths = [float(element.get("width", "0")) for element in root.iter(f"{SVG}rect")]
    assert texts[:-1:2] == [bar.label for bar in chart.bars]
    assert all(text.endswith(f" {chart.unit}") for text in texts[1:-1:2])
    assert max(widths) == float(root.get("width", "0"))
    machine = json.loads((ROOT / RECORDED).read_text("utf-8"))["machine"]
    assert machine["day"] in texts[-1]
    assert machine["python"] in texts[-1]


def test_a_record_without_a_figure_is_named() -> None:
    """A record that lacks a row of a chart is an error that names the row and says what to do."""
    recorded = json.loads((ROOT / RECORDED).read_text("utf-8"))
    recorded["rows"] = [row for row in recorded["rows"] if not row["task"].startswith("contract")]
    with pytest.raises(LookupError, match=r"has no row 'contract of campaigns' beside .*: record it anew"):
        benchmark_charts.charts(recorded)
