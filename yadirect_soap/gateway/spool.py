"""Holds a response until it is complete: a small one in memory, a large one in a temporary file."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

IN_MEMORY = 1 << 20
"""Bytes of an answer that are held in memory."""
PIECE = 1 << 16


def spool() -> BinaryIO:
    """A file for an answer; closing it removes it."""
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(IN_MEMORY))


def size(file: BinaryIO) -> int:
    """The bytes from the position of a file to its end; the position stays."""
    position = file.tell()
    end = file.seek(0, 2)
    file.seek(position)
    return end - position


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The bytes from the position of a file to its end; then it is closed."""
    with file:
        while piece := file.read(PIECE):
            yield piece
