"""Files that appear when they are whole: written beside their place under another name, and moved there at the end."""

import gzip
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from errno import EISDIR
from pathlib import Path
from typing import BinaryIO, cast

from yadirect_soap.errors import ConfigurationError

_LEVEL = 6


@contextmanager
def whole(path: Path, *, compress: bool = False) -> Iterator[BinaryIO]:
    """A file to be written inside the with; it takes the place of `path` when that ends well, else it is removed.

    A file that was there before passes its permissions on, a link stays one.  A stream is written into at once.
    Raises ConfigurationError where nothing can be written, before anything else is done.
    """
    opened: AbstractContextManager[BinaryIO] = _stream(path) if is_stream(path) else _exchanged(path)
    with opened as file:
        if compress:
            # No name and no time inside: the same report makes the same bytes.
            with gzip.GzipFile(fileobj=file, filename="", mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
                yield cast(BinaryIO, packed)
        else:
            yield file


def is_stream(path: Path) -> bool:
    """Whether it is a pipe or a device, of which what has been written cannot be taken back."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _stream(path: Path) -> BinaryIO:
    with _refused(path):
        return path.open("wb")


@contextmanager
def _exchanged(path: Path) -> Iterator[BinaryIO]:
    """A file beside the one that is meant, and in its place at the end."""
    with _refused(path):
        target = path.resolve()
        beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        if target.is_dir():
            raise IsADirectoryError(EISDIR, "it is a folder")
        file = beside.open("xb")
    try:
        with file:
            if target.exists():
                shutil.copymode(target, beside)
            yield file
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from None
