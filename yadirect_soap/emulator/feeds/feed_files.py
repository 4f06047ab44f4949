"""The files at the addresses of feeds, which a test, a control request or a seed puts there."""

from collections.abc import Callable

from ..domain.accounts import Accounts
from ..storage.store import Document, Store
from . import processing

_NOTE = "feed addresses"


class Feeds:
    """Holds the files at addresses: `emulator.feeds.put("https://shop.example/feed.xml", contents)`."""

    def __init__(self, store: Store, accounts: Accounts, clock: Callable[[], float]) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    def put(self, address: str, contents: bytes | str) -> None:
        """Puts a file at an address: feeds with this address are read again, and new ones when they are added.

        A text is encoded in UTF-8.  Raises ConfigurationError for a workbook, which the emulator does not read; a file
        that is no feed gives its feeds the status ERROR.
        """
        file_contents = processing.read_contents(contents.encode() if isinstance(contents, str) else contents)
        with self._store.transaction():
            self._store.set_note(_NOTE, {**_known(self._store), address: file_contents})
            for account in self._accounts:
                for row in list(self._store.rows("feeds", account.login)):
                    if _address(row.document) == address:
                        processing.receive(self._store, account.login, row.document, file_contents, at=self._clock())

    @property
    def addresses(self) -> list[str]:
        """The addresses with a file."""
        return sorted(_known(self._store))


def known(store: Store, address: str) -> processing.FileContents | None:
    """Returns the contents of the file at an address; None if there is none."""
    return _known(store).get(address)


def _address(feed: Document) -> str | None:
    return (feed.get("UrlFeed") or {}).get("Url")


def _known(store: Store) -> dict[str, processing.FileContents]:
    return store.note(_NOTE) or {}
