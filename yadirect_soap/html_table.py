"""Tables in HTML for notebooks: all text is escaped, and rows, columns and cells have maximum sizes.

>>> table("1 object", ["Id"], [[5]])
'<table><caption>1 object</caption><tr><th>Id</th></tr><tr><td>5</td></tr></table>'
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from .escaping import one_line

ROWS = 20
"""Rows that are shown; the caption says how many there are."""
COLUMNS = 30
_NUMBERS = (int, float, Decimal)
_FIRST = ("Id", "Name")
_LONGEST_CELL = 200
_LONGEST_CAPTION = 500


class Absent:
    """The value of a cell whose object has no such member: the cell is empty, while None is shown as None."""


def table(caption: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Writes a table.

    Args:
        caption: a sentence above the table.
        names: the heads of the columns; those after the first 30 are left out, and the last head counts them.
        rows: the cells; the caller bounds their number.

    Returns:
        The element `table`.
    """
    shown = [*names[:COLUMNS], *([f"and {len(names) - COLUMNS} more"] if len(names) > COLUMNS else [])]
    cells = [row[:COLUMNS] for row in rows]
    is_numeric = [all(isinstance(cell, _NUMBERS) for cell in column) for column in zip(*cells, strict=True)]
    head = _row("th", shown, is_numeric)
    body = "".join(f"<tr>{_row('td', row, is_numeric)}</tr>" for row in cells)
    return f"<table><caption>{_text(caption, _LONGEST_CAPTION)}</caption><tr>{head}</tr>{body}</table>"


def of_objects(caption: str, objects: Sequence[Mapping[str, Any]]) -> str:
    """Writes a table of the first objects, a column for each member that one of them has, Id and Name first.

    Args:
        caption: a sentence above the table.
        objects: dicts by the names of members.

    Returns:
        The element `table`.
    """
    first = objects[:ROWS]
    members = dict.fromkeys(name for item in first for name in item)
    names = [name for name in _FIRST if name in members] + [name for name in members if name not in _FIRST]
    return table(caption, names, [[item.get(name, Absent) for name in names] for item in first])


def of_results(caption: str, item_results: Sequence[Any]) -> str:
    """Writes a table of the first results of a write's items.

    Args:
        caption: a sentence above the table.
        item_results: ItemResult objects.

    Returns:
        The element `table`, with index, id, errors, advice and warnings.
    """
    rows = [
        (
            item_result.index,
            Absent if item_result.id is None else item_result.id,
            "; ".join(map(str, item_result.errors)) or ("" if item_result.ok else "its result is empty"),
            " ".join(filter(None, (error.advice for error in item_result.errors))),
            "; ".join(map(str, item_result.warnings)),
        )
        for item_result in item_results[:ROWS]
    ]
    names = ["index", "id", "errors", "what to do", "warnings"]
    return table(f"{caption}; {counted(len(item_results), 'result')}", names, rows)


def counted(number: int, noun: str) -> str:
    """How many there are, and how many of them a table shows: `25 objects, the first 20 are shown`."""
    text = f"{number:,} {noun}{'' if number == 1 else 's'}"
    return text if number <= ROWS else f"{text}, the first {ROWS} are shown"


def _row(element: str, cells: Sequence[object], is_numeric: Sequence[bool]) -> str:
    """Returns the cells of a row; texts are aligned to the left, since notebooks align them to the right."""
    return "".join(
        f"<{element}>{_text(cell)}</{element}>"
        if column < len(is_numeric) and is_numeric[column]
        else f'<{element} style="text-align: left">{_text(cell)}</{element}>'
        for column, cell in enumerate(cells)
    )


def _text(cell: object, longest: int = _LONGEST_CELL) -> str:
    return "" if cell is Absent else escape(one_line(cell if isinstance(cell, str) else str(cell), longest))
