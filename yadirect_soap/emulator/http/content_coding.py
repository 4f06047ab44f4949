"""Content codings of HTTP: the codings that a client accepts, and gzip."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

GZIP, IDENTITY = "gzip", "identity"

_ITEM = re.compile(r"\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*(?:;\s*[qQ]\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?")
_GZIP_FORMAT = 31
"""What zlib calls the format of gzip."""


@lru_cache(maxsize=64)
def accepted_codings(field: str | None) -> frozenset[str]:
    """Returns the codings that a client accepts, of gzip and identity (RFC 9110, section 12.5.3).

    Args:
        field: The value of Accept-Encoding, such as `gzip;q=1.0, identity;q=0`; None without the field.
    """
    weights: dict[str, float] = {}
    for item in (field or "").split(","):
        if match := _ITEM.fullmatch(item):
            weights[match[1].lower().removeprefix("x-")] = float(match[2] or 1)
    # Identity is accepted unless it or "*" has the weight 0.
    usual = {GZIP: weights.get("*", 0.0), IDENTITY: weights.get("*", 1.0)}
    return frozenset(coding for coding, weight in usual.items() if weights.get(coding, weight) > 0)


def compress(body: bytes) -> bytes:
    """Returns a body compressed with gzip; equal bodies give equal bytes."""
    return gzip.compress(body, compresslevel=1, mtime=0)


def compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the pieces of a body, compressed with gzip."""
    packer = zlib.compressobj(level=1, wbits=_GZIP_FORMAT)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
