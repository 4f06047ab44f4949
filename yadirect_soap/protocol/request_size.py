"""Limits the number of elements in a body, since the objects in memory can be a hundred times as large."""

_SMALL = 1_000_000
"""Bytes of a body that is not checked, since it cannot have too many elements."""
_MAX_TAGS = 1_000_000
_MAX_ATTRIBUTES = 100_000
_MAX_VALUES = 2_000_000


def is_excessive(body: bytes) -> bool:
    """Whether a body has more elements, attributes or JSON values than the largest call needs.

    It counts bytes such as "<"; texts contain them too, but never so many.
    """
    if len(body) <= _SMALL:
        return False
    if body.lstrip()[:1] == b"<":
        return body.count(b"<") > _MAX_TAGS or body.count(b'="') + body.count(b"='") > _MAX_ATTRIBUTES
    return sum(body.count(mark) for mark in (b",", b"[", b"{")) > _MAX_VALUES
