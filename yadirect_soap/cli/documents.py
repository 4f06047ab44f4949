"""XML and JSON documents of the user, as bytes: a file, or "-" for stdin; and where the bytes of a message go."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from yadirect_soap import ConfigurationError
from yadirect_soap.atomic_files import atomic_write

from . import streams

STDIN = STDOUT = "-"


def read(file: str) -> bytes:
    """The bytes of a file, or of stdin; ConfigurationError if they cannot be read."""
    if file == STDIN:
        if sys.stdin is None:
            raise ConfigurationError("stdin is closed: - needs something to read")
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigurationError(f"{file} cannot be read: {reason}") from None


@contextmanager
def written(out: str) -> Iterator[BinaryIO]:
    """Opens a file that is there when it is whole, or stdout; ConfigurationError before anything is sent."""
    if out != STDOUT:
        with atomic_write(out) as file:
            yield file
        return
    streams.check_stdout()
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
