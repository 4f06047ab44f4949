"""Whole PNG images for uploads."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def head(width: int, height: int) -> bytes:
    """The chunk IHDR of an image in black and white."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))


def png(width: int, height: int, comment: int = 0) -> bytes:
    """A black image of a size in pixels, with a comment of so many bytes."""
    pixels = chunk(b"IDAT", zlib.compress(bytes(1 + (width + 7) // 8) * height))
    text = chunk(b"tEXt", b"Comment\0" + b"x" * comment)
    return SIGNATURE + head(width, height) + text + pixels + chunk(b"IEND", b"")
