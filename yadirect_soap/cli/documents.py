"""XML and JSON documents of the user, as bytes: read from a file or stdin, written to a file or stdout."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from yadirect_soap import ConfigurationError, atomic_files
from yadirect_soap.language import _, reason_of

from . import streams

STDIN = STDOUT = "-"
_PIECE = 1 << 16


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """Opens a file, or stdin; ConfigurationError if it cannot be read."""
    if file == STDIN:
        if sys.stdin is None:
            raise ConfigurationError(_("stdin is closed: - needs something to read"))
        yield sys.stdin.buffer
        return
    try:
        content = Path(file).open("rb")  # noqa: SIM115  errors of those who read it are not ours
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise ConfigurationError(_("{file} cannot be read: {reason}", file=file, reason=reason)) from None
    with content:
        yield content


def read(file: str) -> bytes:
    """The bytes of a file, or of stdin; ConfigurationError if they cannot be read."""
    with opened(file) as content:
        return content.read()


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    return iter(partial(content.read, _PIECE), b"")


@contextmanager
def written(out: str) -> Iterator[BinaryIO]:
    """Opens a file that is there when it is whole, or stdout; ConfigurationError before anything is sent."""
    if out != STDOUT:
        with atomic_files.atomic_write(out) as file:
            yield file
        return
    streams.check_stdout()
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def is_stream(out: str) -> bool:
    """Whether what is written there goes on at once, and does not replace a file at the end."""
    return out == STDOUT or atomic_files.is_stream(Path(out))
