"""Shows long texts in a pager on a terminal, wrapped to its width; a pipe gets the lines unchanged."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from textwrap import wrap

from yadirect_soap.language import spoken


def show(lines: Iterable[str]) -> None:
    """Prints lines in the language of the terminal.

    If they do not fit on the terminal, the program in PAGER shows them; PAGER=cat switches this off.
    """
    if not sys.stdout.isatty():
        for line in map(spoken, lines):
            print(line)
        return
    size = shutil.get_terminal_size()
    wrapped = [part for line in map(spoken, lines) for part in _wrapped(line, size.columns)]
    if len(wrapped) < size.lines or not sys.stdin.isatty():
        print("\n".join(wrapped))
        return
    import click

    sys.stdout.flush()
    click.echo_via_pager("\n".join(wrapped))


def hanging(text: str, *, indent: int) -> str:
    """Wraps a text for a terminal with a hanging indent; for a pipe, returns the text unchanged.

    Args:
        text: the text.
        indent: the number of characters before the text, by which its other lines are indented.
    """
    width = shutil.get_terminal_size().columns - indent
    if not sys.stdout.isatty() or width < indent:
        return text
    return f"\n{' ' * indent}".join(wrap(text, width, break_long_words=False, break_on_hyphens=False))


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Wraps a line; the lines after the first are indented."""
    if len(line) <= width or "\x1b" in line:  # a coloured table already has the width
        yield line
        return
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    yield from wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
