"""Prints notes to stderr, unless --quiet is given."""

import sys

from yadirect_soap.language import spoken

from . import global_options


def note(text: str) -> None:
    """Prints a note: a useful text that is no error, such as how to get the rest of a result."""
    options = global_options.current()
    if not options.quiet:
        global_options.print_line(f"yadirect-soap: {spoken(text)}", options)


def shows_progress() -> bool:
    """Whether stderr is a terminal that shows the progress of a command."""
    return sys.stderr.isatty() and not global_options.current().quiet
