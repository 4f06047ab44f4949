"""Sets up stdin, stdout and stderr of the process: with UTF-8, and with errors that name the stream.

A pipe or a file gets UTF-8; a terminal gets its own encoding, and a character that this encoding lacks is written as
`\\u20bd`.  A text that cannot be written to stderr is dropped, since it could not be reported anywhere else.
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
"""The file name in an OSError of stdout."""


def set_up() -> None:
    """Replaces stdout and stderr of this process as the module describes."""
    # Closed streams are opened first, since the next file or socket would get their descriptors.  A closed stdout is
    # opened for reading only, so that writing to it still fails.
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        _open_if_closed(number, flags)
    if sys.platform == "win32" and sys.stdout is not None and sys.stdout.isatty():
        return  # Python writes to a Windows console through an API that needs no encoding
    sys.stdout = _text(NamedFile(1, "wb", display_name=STDOUT, closefd=False), sys.stdout)
    sys.stderr = _text(_Stderr(2, "wb", closefd=False), sys.stderr)


def read_stdin() -> str:
    """Reads all of stdin; raises ConfigurationError if it is closed, cannot be read, or is not text."""
    if sys.stdin is None:
        raise ConfigurationError(_("stdin is closed: - needs something to read"))
    try:
        content = sys.stdin.buffer.read()
    except OSError as error:
        raise ConfigurationError(_("stdin cannot be read: {reason}", reason=reason_of(error))) from None
    return decode(content, "stdin")


def check_stdout() -> None:
    """Raises ConfigurationError if stdout is closed or cannot be written; called before anything is sent."""
    try:
        os.write(sys.stdout.fileno(), b"")
    except io.UnsupportedOperation:
        return  # the program that calls the command replaced stdout
    except OSError as error:
        if error.errno == EBADF:
            message = _("stdout is closed; nothing was sent: name a file by --out, or send the output to /dev/null")
            raise ConfigurationError(message) from None


def flush_stdout() -> OSError | None:
    """Flushes stdout; if that fails, drops the buffered text and returns the error."""
    try:
        sys.stdout.flush()
    except OSError as error:
        drop_stdout()
        return error
    return None


def drop_stdout() -> None:
    """Drops the buffered text of stdout, which Python would try to write at its end."""
    with suppress(io.UnsupportedOperation):
        number = sys.stdout.fileno()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)


def argument_text(argument: str, name: str) -> str:
    """Decodes an argument of the command line: as UTF-8, like files and pipes, else in the encoding of the locale.

    Args:
        argument: the argument, as Python decoded it.
        name: its name in errors.

    Raises:
        ConfigurationError: its bytes are text in neither encoding.
    """
    try:
        content = os.fsencode(argument)
    except UnicodeEncodeError:
        return argument  # it does not come from a command line
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
    """A stderr on which writing never fails, even if it is closed, full, or without a reader."""

    def write(self, data: Any) -> int:
        """Writes data, or drops it if that fails."""
        try:
            return super().write(data)
        except OSError:
            return len(data)


def _open_if_closed(number: int, flags: int) -> None:
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
