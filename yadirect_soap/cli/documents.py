"""Reads XML and JSON documents from a file or stdin, and writes them to a file or stdout, as bytes."""

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
_CHUNK = 1 << 16


@contextmanager
def open_input(file: str) -> Iterator[BinaryIO]:
    """Opens a file or stdin; raises ConfigurationError if it cannot be read."""
    if file == STDIN:
        if sys.stdin is None:
            raise ConfigurationError(_("stdin is closed: - needs something to read"))
        yield sys.stdin.buffer
        return
    try:
        content = Path(file).open("rb")  # noqa: SIM115  errors of the block are not handled here
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise ConfigurationError(_("{file} cannot be read: {reason}", file=file, reason=reason)) from None
    with content:
        yield content


def read(file: str) -> bytes:
    """Reads a file or stdin; raises ConfigurationError if it cannot be read."""
    with open_input(file) as content:
        return content.read()


def chunks(content: BinaryIO) -> Iterator[bytes]:
    """Yields the bytes of a file in chunks."""
    return iter(partial(content.read, _CHUNK), b"")


@contextmanager
def open_output(out: str) -> Iterator[BinaryIO]:
    """Opens a file that appears only when it is complete, or stdout; raises ConfigurationError if it cannot."""
    if out != STDOUT:
        with atomic_files.atomic_write(out) as file:
            yield file
        return
    streams.check_stdout()
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def is_stream(out: str) -> bool:
    """Whether an output is stdout, a pipe or a device, and not a file that is replaced at the end."""
    return out == STDOUT or atomic_files.is_stream(Path(out))
