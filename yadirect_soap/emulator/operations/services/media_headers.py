"""Reads images and videos: the size in pixels, the length in seconds, and whether a PNG is whole."""

import struct
import zlib
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of JPEG before a frame, which has the size."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
_LONGEST = 24 * 3600
"""Seconds; a longer video is broken."""


@dataclass(frozen=True, slots=True)
class ImageSize:
    """Width and height in pixels."""

    width: int
    height: int


def size(data: bytes) -> ImageSize | None:
    """Returns the size of a PNG, JPEG or GIF; None for other or truncated files, or a PNG with a wrong checksum."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_GIF):
            return ImageSize(*struct.unpack_from("<HH", data, 6))
        return _jpeg(data) if data.startswith(_JPEG) else None
    except struct.error:
        return None


def seconds(data: bytes) -> int | None:
    """Returns the rounded length of an MP4 or MOV video, from its movie header; None if there is none."""
    if data[4:8] not in {b"ftyp", b"moov", b"mdat", b"wide", b"free"}:
        return None
    at = data.find(b"mvhd")
    try:
        (version,) = struct.unpack_from(">B", data, at + 4)
        scale, length = struct.unpack_from(">IQ" if version == 1 else ">II", data, at + (24 if version == 1 else 16))
    except struct.error:
        return None
    return round(length / scale) if at > 0 and scale and length < scale * _LONGEST else None


def _png(data: bytes) -> ImageSize | None:
    """Follows the chunks from IHDR to IEND; each is a length, a type, its bytes and their checksum."""
    at = len(_PNG)
    kinds: list[bytes] = []
    while not kinds or kinds[-1] != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 8 + length
        (checksum,) = struct.unpack_from(">I", data, end)
        if zlib.crc32(memoryview(data)[at + 4 : end]) != checksum:
            return None
        kinds.append(kind)
        at = end + 4
    width, height = struct.unpack_from(">II", data, 16)
    is_whole = kinds[0] == b"IHDR" and b"IDAT" in kinds and width > 0 and height > 0
    return ImageSize(width, height) if is_whole else None


def _jpeg(data: bytes) -> ImageSize | None:
    at = 2
    while at < len(data):
        lead, marker = struct.unpack_from(">BB", data, at)
        if lead != 0xFF:
            return None
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return ImageSize(width, height)
        if marker == 0xFF:
            at += 1
        elif marker in _ALONE:
            at += 2
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None
