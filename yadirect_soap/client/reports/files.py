"""Files that appear when they are whole: written beside their place under another name, and moved there at the end."""

import gzip
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from yadirect_soap.errors import ConfigurationError

_LEVEL = 6


@contextmanager
def whole(path: Path, *, compress: bool = False) -> Iterator[BinaryIO]:
    """A file to be written inside the with; it takes the place of `path` when that ends well, else it is removed.

    Raises ConfigurationError where there can be none, before anything else is done.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with _opened(beside, path) as file:
            if compress:
                # No name and no time inside: the same report makes the same bytes.
                with gzip.GzipFile(fileobj=file, filename="", mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _opened(beside: Path, path: Path) -> BinaryIO:
    try:
        return beside.open("xb")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from None
