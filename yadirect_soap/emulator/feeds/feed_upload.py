"""Feeds that a call adds or changes, with their new file or address."""

from collections.abc import Mapping
from typing import Any

from ..storage.store import Document, Store
from . import feed_files, processing
from .formats import UnreadFormat


def upload(store: Store, login: str, before: Document, feed: Document, *, file: bytes | None, at: float) -> None:
    """Begins to read a new feed (`before` is {}), or a changed one with another file or address."""
    address = _address(feed)
    if file is None and address == _address(before):
        return
    read = _in_file(file) if file is not None else feed_files.known(store, address or "")
    if read is not None:
        processing.receive(store, login, feed, read, at=at)
    elif before:
        processing.forget(store, login, feed, at=at)


def load(store: Store, login: str, feed: Document, file: bytes, *, at: float) -> None:
    """Loads the file of a seed's feed, so that it is processed by the time `at`."""
    read = _in_file(file)
    if read is not None:
        processing.receive(store, login, feed, read, at=at - processing.SECONDS)


def _in_file(file: bytes) -> processing.FileContents | None:
    try:
        return processing.read_contents(file)
    except UnreadFormat:
        return None


def _address(feed: Mapping[str, Any]) -> str | None:
    return (feed.get("UrlFeed") or {}).get("Url")
