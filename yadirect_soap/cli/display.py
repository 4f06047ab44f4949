"""Formats output for a terminal with rich: tables in its width, JSON and XML in colour.

Each function returns a text.  It has no colours for a pipe, NO_COLOR, --no-color and TERM=dumb.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import global_options

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_MAX_COLORED = 1 << 18
"""The longest text that is shown in colour, in characters: colouring a longer one would take too long."""
_MIN_WIDTH = 8
"""The smallest width of a wrapped column, in characters."""
_GAP = 3
"""The number of characters between two columns."""


def is_colorful() -> bool:
    """Whether stdout is a terminal that shows colours, and the user did not switch them off."""
    is_allowed = global_options.current().color and not os.environ.get("NO_COLOR")
    return is_allowed and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def json(text: str) -> str:
    """Colours a JSON text for stdout; its characters do not change."""
    if not is_colorful() or len(text) > _MAX_COLORED:
        return text
    from rich.highlighter import JSONHighlighter
    from rich.text import Text

    text_in_color = Text(text, end="")
    JSONHighlighter().highlight(text_in_color)
    return _rendered(text_in_color)


def xml(text: str) -> str:
    """Colours an XML text for stdout; its characters do not change."""
    if not is_colorful() or len(text) > _MAX_COLORED:
        return text
    from rich.syntax import Syntax

    text_in_color = Syntax("", "xml", background_color="default").highlight(text)
    text_in_color.rstrip()
    return _rendered(text_in_color)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> str:
    """Formats a table for the width of the terminal; cells wrap if needed, numbers and short words last.

    Args:
        header: the names of the columns.
        rows: cells without control characters.
        numeric: which columns are numbers; they are aligned to the right.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold" if is_colorful() else "")
    room = console().width - _GAP * (len(header) - 1)
    if sum(_width([row[index] for row in (header, *rows)]) for index in range(len(header))) > room:
        header = [name.replace(".", ".\n") for name in header]
    whole = _unwrapped_columns(list(zip(header, *rows, strict=True)), numeric, room)
    for index, (name, is_number) in enumerate(zip(header, numeric, strict=True)):
        justify: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(Text(name), justify=justify, overflow="fold", no_wrap=index in whole)
    for row in rows:
        table.add_row(*map(Text, row))
    return _rendered(table, wraps=True)


def _unwrapped_columns(columns: Sequence[Sequence[str]], numeric: Sequence[bool], room: int) -> set[int]:
    """Returns the columns that are not wrapped: numbers, then the narrowest without spaces, as far as they fit.

    A user who copies a wrapped id may copy only a part of it.

    Args:
        columns: the cells of each column, with the header.
        numeric: which columns are numbers.
        room: the number of characters for all cells of a row.
    """
    widths = [_width(cells) for cells in columns]
    left = room - sum(min(width, _MIN_WIDTH) for width in widths)
    whole = set()
    for _, width, index in sorted((not is_number, widths[index], index) for index, is_number in enumerate(numeric)):
        more = max(width - _MIN_WIDTH, 0)
        if more <= left and (numeric[index] or not any(" " in cell for cell in columns[index])):
            whole.add(index)
            left -= more
    return whole


def _width(cells: Sequence[str]) -> int:
    from rich.cells import cell_len

    return max(cell_len(line) for cell in cells for line in cell.split("\n"))


def console(*, stderr: bool = False) -> "Console":
    """Returns a console of rich for stdout or stderr."""
    from rich.console import Console

    is_plain = not global_options.current().color or bool(os.environ.get("NO_COLOR"))
    return Console(file=sys.stderr if stderr else sys.stdout, no_color=is_plain, highlight=False)


def _rendered(renderable: "RenderableType", *, wraps: bool = False) -> str:
    printer: Any = console()
    with printer.capture() as captured:
        printer.print(renderable, soft_wrap=not wraps, end="")
    return str(captured.get()).rstrip("\n")
