"""stdin, stdout and stderr of the process: in UTF-8, and with errors that name the stream.

Into a pipe or a file text goes as UTF-8, on a terminal in its own encoding, where a character that it lacks is written
as `\\u20bd`.  What cannot be written to stderr is dropped: there is no other place to tell of it.
"""

import io
import os
import sys
from contextlib import suppress
from errno import EBADF
from typing import Any, TextIO

from yadirect_soap import ConfigurationError
from yadirect_soap.atomic_files import NamedFile
from yadirect_soap.language import _, reason_of
from yadirect_soap.text_files import decode

STDOUT = "stdout"
"""What OSError names as its file where stdout cannot be written."""


def take_over() -> None:
    """Makes the streams of this process what the module says."""
    # Closed ones are occupied first, or else the next file or socket that is opened would take their number.  stdout
    # is opened for reading, so that writing into it fails as it does where it is closed.
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        _occupy(number, flags)
    if sys.platform == "win32" and sys.stdout is not None and sys.stdout.isatty():
        return  # a console has an interface of its own
    sys.stdout = _text(NamedFile(1, "wb", display_name=STDOUT, closefd=False), sys.stdout)
    sys.stderr = _text(_Stderr(2, "wb", closefd=False), sys.stderr)


def read_stdin() -> str:
    """All of stdin; ConfigurationError where it is closed, cannot be read, or is no text."""
    if sys.stdin is None:
        raise ConfigurationError(_("stdin is closed: - needs something to read"))
    try:
        content = sys.stdin.buffer.read()
    except OSError as error:
        raise ConfigurationError(_("stdin cannot be read: {reason}", reason=reason_of(error))) from None
    return decode(content, "stdin")


def check_stdout() -> None:
    """Raises ConfigurationError where stdout is closed, or open for reading only; called before anything is sent."""
    try:
        os.write(sys.stdout.fileno(), b"")
    except io.UnsupportedOperation:
        return  # a program has put something else in its place
    except OSError as error:
        if error.errno == EBADF:
            message = _("stdout is closed; nothing was sent: name a file by --out, or send the output to /dev/null")
            raise ConfigurationError(message) from None


def flush_stdout() -> OSError | None:
    """Writes out what stdout still holds; where that fails, drops it and gives the error."""
    try:
        sys.stdout.flush()
    except OSError as error:
        drop_stdout()
        return error
    return None


def drop_stdout() -> None:
    """Drops what stdout still holds, which Python would try to write while it ends."""
    with suppress(io.UnsupportedOperation):
        number = sys.stdout.fileno()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)


def argument_text(argument: str, name: str) -> str:
    """The text of an argument: UTF-8 as in files and pipes, else what the locale says.

    Raises ConfigurationError for bytes that are neither; `name` is what the argument is for.
    """
    try:
        content = os.fsencode(argument)
    except UnicodeEncodeError:
        return argument  # no bytes of a command line
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if argument.isprintable() or not any("\udc80" <= character <= "\udcff" for character in argument):
            return argument
        problem = _(
            "byte 0x{content:02x} at offset {start} is not text in UTF-8",
            content=content[error.start],
            start=error.start,
        )
        message = _(
            "{name}: {problem}, nor in the locale's {encoding}; write it into a file in UTF-8",
            name=name,
            problem=problem,
            encoding=sys.getfilesystemencoding(),
        )
        raise ConfigurationError(message) from None


class _Stderr(io.FileIO):
    """A stderr that never fails: closed, full, or without a reader."""

    def write(self, data: Any) -> int:
        """Writes what it can."""
        try:
            return super().write(data)
        except OSError:
            return len(data)


def _occupy(number: int, flags: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        null = os.open(os.devnull, flags)
        if null != number:
            os.dup2(null, number)
            os.close(null)


def _text(raw: io.FileIO, before: TextIO | None) -> TextIO:
    is_terminal = raw.isatty()
    encoding = before.encoding if is_terminal and before is not None else "utf-8"
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, "backslashreplace", line_buffering=is_terminal or raw.fileno() == 2
    )
