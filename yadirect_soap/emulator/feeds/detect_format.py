"""Unpacks a file of offers and recognizes its format by the first bytes, never by the name."""

import gzip
import io
import zipfile
import zlib
from typing import Any, BinaryIO, cast

from . import csv_feed, xml_feed
from .formats import LARGEST, Contents, NotAFeed, UnreadFormat

_WORKBOOK = b"\xd0\xcf\x11\xe0"
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes) -> Contents:
    """Returns the contents of a file; raises NotAFeed if it is no feed, and UnreadFormat for a workbook."""
    if data.startswith(_WORKBOOK):
        raise UnreadFormat("the emulator does not read workbooks (xls, xlsx)")
    try:
        with _unpacked(data) as packed:
            file = io.BufferedReader(_Bounded(packed))
            read_as = xml_feed.read if _is_xml(file.peek(256)) else csv_feed.read
            return read_as(cast("BinaryIO", file))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        # RuntimeError: an archive with a password.
        raise NotAFeed(f"cannot be unpacked: {error}") from error


def _unpacked(data: bytes) -> BinaryIO:
    """Returns the unpacked file; of an archive, the first file in it."""
    if data.startswith(_GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(data)))
    if not data.startswith(_ZIP):
        return io.BytesIO(data)
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = [member.filename for member in archive.infolist() if not member.is_dir()]
    if "[Content_Types].xml" in names:
        raise UnreadFormat("the emulator does not read workbooks (xls, xlsx)")
    if not names:
        raise NotAFeed("the archive is empty")
    return cast("BinaryIO", archive.open(names[0]))


def _is_xml(begins: bytes) -> bool:
    return begins.startswith(_UTF_16) or begins.removeprefix(_MARK).lstrip().startswith(b"<")


class _Bounded(io.RawIOBase):
    """A file that is read up to LARGEST bytes, whatever length it declares."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._remaining = LARGEST

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads the next bytes; raises NotAFeed beyond the bound."""
        piece = self._file.read(len(buffer))
        self._remaining -= len(piece)
        if self._remaining < 0:
            raise NotAFeed(f"longer than {LARGEST} bytes")
        buffer[: len(piece)] = piece
        return len(piece)
