"""Writes files that appear only when they are complete, gzipped or not."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from yadirect_soap import atomic_files

_LEVEL = 6


@contextmanager
def atomic_write(path: Path, *, compress: bool = False) -> Iterator[BinaryIO]:
    """A file that is written inside the `with`; see yadirect_soap.atomic_files."""
    with atomic_files.atomic_write(path) as file:
        if compress:
            # No name and no time inside: the same report makes the same bytes.
            with gzip.GzipFile(fileobj=file, filename="", mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
                yield cast(BinaryIO, packed)
        else:
            yield file
