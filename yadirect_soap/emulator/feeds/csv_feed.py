"""Reads feeds of lines with columns: names in the first line, separated by commas or tabs, in UTF-8."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from .formats import COLUMN_FORMATS, MAX_ELEMENTS, Contents, NotAFeed

_LONGEST_HEAD = 1 << 16


def read(file: BinaryIO) -> Contents:
    """Returns the contents of a file of lines; raises NotAFeed if it is no feed."""
    lines = io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        head = lines.readline(_LONGEST_HEAD)
        delimiter = "\t" if "\t" in head else ","
        names = next(csv.reader([head], delimiter=delimiter), [])
        return _contents(names, csv.reader(lines, delimiter=delimiter))
    except UnicodeDecodeError as error:
        raise NotAFeed(f"not UTF-8: {error}") from error
    except csv.Error as error:
        raise NotAFeed(f"not CSV: {error}") from error


def _contents(names: list[str], rows: Iterable[list[str]]) -> Contents:
    named = {name.strip(): index for index, name in enumerate(names)}
    forms = [form for form in COLUMN_FORMATS if form.required <= named.keys()]
    if not forms:
        raise NotAFeed(f"found the columns {', '.join(named):.200}, which no kind of feed has")
    # If two formats fit, an offer has the required columns of both.
    needed = [named[name] for name in frozenset.intersection(*(form.required for form in forms))]
    items = sum(all(index < len(row) and row[index].strip() for index in needed) for row in _bounded(rows))
    texts = frozenset().union(*(form.texts for form in forms)) & named.keys()
    return Contents(items, 0, tuple(sorted(texts)), frozenset().union(*(form.businesses for form in forms)))


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number == MAX_ELEMENTS:
            raise NotAFeed(f"more than {MAX_ELEMENTS} lines")
        yield row
