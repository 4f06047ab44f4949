"""The exit code and the message for each kind of failure; none has a traceback.

The code of an error is its attribute `exit_code`; `--help` and docs/exit-codes.md print the table below.
"""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from yadirect_soap import DirectError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import Message, _, cleaned, composed, in_words, reason_of, spoken

from .streams import STDOUT

EXIT_CODES: Mapping[int, str] = MappingProxyType(
    {
        0: _("done"),
        1: _("carried out, but some items failed; xml validate: a file is not valid"),
        2: _("nothing was sent: wrong arguments, settings, names or params"),
        3: _("the API refused the request"),
        4: _("no response: not sent, the response was lost, or a report was not ready"),
        5: _("a response that is not the API's, or that cannot be read or written"),
        6: _("stopped before units ran short (units_policy, budget); run it later"),
        7: _("another run uses the destination or the journal; run it later"),
        10: _("contract diff and refresh: changes, none of which breaks anything"),
        11: _("contract diff and refresh: changes that break something"),
        70: _("an error of this program"),
        129: _("ended by SIGHUP, for example because its terminal was closed"),
        130: _("interrupted"),
        143: _("ended by SIGTERM; incomplete files are removed, as by Ctrl-C"),
    }
)
"""What each code means."""

_CANNOT_WRITE = 5
_PROGRAM_ERROR = 70
_INTERRUPTED = 130
_LOGGER = "yadirect_soap.cli"


def lines() -> Iterator[Message]:
    """Yields the lines of the table in the help."""
    yield _("Exit codes:")
    yield from (composed("  {code:<4} {meaning}", code=code, meaning=meaning) for code, meaning in EXIT_CODES.items())


class Stage:
    """The stage of a command: `note` is what an error at this stage must add about the account; "" for nothing."""

    def __init__(self) -> None:
        self.note = ""

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Adds the note to an exception of its block; a DirectError already says what was sent."""
        try:
            yield
        except DirectError:
            raise
        except (Exception, KeyboardInterrupt) as error:
            if self.note:
                error.add_note(self.note)
            raise


def print_error(error: Exception | KeyboardInterrupt, subject: str = "") -> int:
    """Prints an error of a command, or of one of its requests, to stderr; returns its exit code."""
    code, message = _code_and_message(error)
    message = composed("{subject}: {message}", subject=subject, message=message) if subject else message
    notes = getattr(error, "__notes__", ())
    if notes or not isinstance(error, KeyboardInterrupt | BrokenPipeError) or code == _CANNOT_WRITE:
        between = "\n" if "\n" in message else "; "
        print(f"yadirect-soap: {between.join(map(spoken, [message, *notes]))}", file=sys.stderr)
    return code


def _code_and_message(error: Exception | KeyboardInterrupt) -> tuple[int, str]:
    if isinstance(error, KeyboardInterrupt):
        return getattr(error, "exit_code", _INTERRUPTED), _("interrupted")
    if isinstance(error, DirectError):
        return error.exit_code, in_words(error)
    if isinstance(error, BrokenPipeError) and error.filename in (STDOUT, None):
        # The reader of stdout has ended, as `| head` does: that is no failure.
        return 0, _("the program that read stdout has ended")
    if isinstance(error, OSError):
        named = in_words(error)
        if error.filename and error.strerror:
            named = composed("{file}: {reason}", file=error.filename, reason=reason_of(error))
        return _CANNOT_WRITE, cleaned(named, one_line)
    logging.getLogger(_LOGGER).debug("the error of this program", exc_info=error)
    return _PROGRAM_ERROR, _(
        "an error of this program, please report it: {kind}: {error} (-vv logs where)",
        kind=type(error).__name__,
        error=one_line(str(error)),
    )
