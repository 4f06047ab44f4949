"""How much a body may say, beside its length: what is made of it in memory is up to a hundred times as large."""

_SMALL = 1_000_000
"""Bytes of a body that is not looked at: it cannot say too much."""
_MAX_TAGS = 1_000_000
_MAX_ATTRIBUTES = 100_000
_MAX_VALUES = 2_000_000


def is_excessive(body: bytes) -> bool:
    """Whether a body has more elements, attributes or JSON values than the largest call has any use for.

    It is told by its bytes alone, whichever the wire: a text may hold some of them, but never so many.
    """
    if len(body) <= _SMALL:
        return False
    if body.lstrip()[:1] == b"<":
        return body.count(b"<") > _MAX_TAGS or body.count(b'="') + body.count(b"='") > _MAX_ATTRIBUTES
    return sum(body.count(mark) for mark in (b",", b"[", b"{")) > _MAX_VALUES
