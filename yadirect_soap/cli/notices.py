"""Prints notes on stderr, unless --quiet."""

import sys

from yadirect_soap.language import spoken

from . import global_options


def note(text: str) -> None:
    """Tells what is good to know and no error, such as where a result continues."""
    options = global_options.current()
    if not options.quiet:
        global_options.print_line(f"yadirect-soap: {spoken(text)}", options)


def shows_progress() -> bool:
    """Whether stderr is a terminal that may show how far a command is."""
    return sys.stderr.isatty() and not global_options.current().quiet
