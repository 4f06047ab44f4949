"""Reads members of documents by path: `TextAd.PriceExtension.Price`, `*.SitelinkSetId`."""

from collections.abc import Iterator, Mapping
from typing import Any


def values(document: object, path: str) -> Iterator[Any]:
    """Yields every value at a path, also inside lists; `*` is any member.  A path that does not exist has no values."""
    if isinstance(document, list):
        for item in document:
            yield from values(item, path)
    elif not path:
        yield document
    elif isinstance(document, Mapping):
        name, _, inner_path = path.partition(".")
        for inner in document.values() if name == "*" else (document.get(name),):
            yield from values(inner, inner_path)
