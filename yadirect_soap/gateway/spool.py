"""Holds a response until it is complete: a small one in memory, a large one in a temporary file."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

IN_MEMORY = 1 << 20
"""The size up to which a response is held in memory, in bytes."""
PIECE = 1 << 16


def spool() -> BinaryIO:
    """Returns a new file for a response; closing it removes it."""
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(IN_MEMORY))


def size(file: BinaryIO) -> int:
    """Returns the number of bytes from the position of a file to its end; the position stays."""
    position = file.tell()
    end = file.seek(0, 2)
    file.seek(position)
    return end - position


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yields the bytes from the position of a file to its end in chunks, then closes it."""
    with file:
        while piece := file.read(PIECE):
            yield piece
