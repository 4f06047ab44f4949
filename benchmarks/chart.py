"""Draws the rows as a bar chart in SVG: how much better or worse than its goal each measurement is."""

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from .table import Row

_WIDTH, _LEFT, _RIGHT = 1100, 560, 150
_LINE, _TOP = 22, 60
_FONT = 'font-family="sans-serif" font-size="12"'
_HALVINGS = 3
"""The longest bar, as a power of 2: eight times better or worse than the goal."""


def as_svg(rows: Sequence[Row]) -> str:
    """Returns a chart with a bar for each row with a goal: to the right if the goal is met, to the left if not."""
    shown = [row for row in rows if row.goal is not None]
    height = _TOP + _LINE * len(shown) + 30
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" {_FONT}>',
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
        '<text x="16" y="24" font-size="16">Measured beside goals: a bar to the right is better than asked</text>',
        *_scale(height),
    ]
    for number, row in enumerate(shown):
        lines += _bar(row, _TOP + _LINE * number)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _scale(height: int) -> Iterator[str]:
    for power in range(-_HALVINGS, _HALVINGS + 1):
        x = _x_of(2.0**power)
        name = "goal" if power == 0 else f"{2**power} x" if power > 0 else f"1/{2**-power}"
        colour = "black" if power == 0 else "#ddd"
        yield f'<line x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{height - 20}" stroke="{colour}"/>'
        yield f'<text x="{x}" y="{_TOP - 14}" text-anchor="middle" fill="#555">{name}</text>'


def _bar(row: Row, y: int) -> Iterator[str]:
    assert row.goal is not None
    task, beside, _, _, _ = row.cells()
    zero, end = _x_of(1), _x_of(row.goal.margin(row.measured))
    named = f"{task}, beside {beside}" if beside else task
    yield f'<text x="{_LEFT - 16}" y="{y + 13}" text-anchor="end">{escape(named)}</text>'
    yield (
        f'<rect x="{min(zero, end):.1f}" y="{y + 2}" width="{max(abs(end - zero), 2):.1f}" height="14" '
        f'fill="{"#2a9d5c" if row.met else "#d1495b"}"/>'
    )
    yield f'<text x="{_WIDTH - _RIGHT + 12}" y="{y + 13}">{escape(row.value)}</text>'


def _x_of(margin: float) -> float:
    """Returns the x coordinate of a margin on the scale, which is logarithmic to the base 2."""
    reach = min(max(math.log2(margin) if margin > 0 else -_HALVINGS, -_HALVINGS), _HALVINGS)
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (reach + _HALVINGS) / (2 * _HALVINGS)
