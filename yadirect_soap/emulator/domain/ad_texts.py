"""The titles and texts of an ad of any type."""

from collections.abc import Iterator, Mapping
from typing import Any

_READ = frozenset({"Title", "Title2", "Text", "DefaultTexts"})


def ad_texts(value: Any, name: str = "") -> Iterator[str]:
    """Yields the texts in an ad's document, or in the value of its member `name`."""
    if isinstance(value, str):
        if name in _READ:
            yield value
    elif isinstance(value, list):
        for inner in value:
            yield from ad_texts(inner, name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from ad_texts(inner, key)
