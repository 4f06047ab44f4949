"""What there is at the addresses of feeds: nothing, unless a test, a control request or a seed has put it there."""

from collections.abc import Callable

from ..domain.accounts import Accounts
from ..storage.store import Document, Store
from . import processing

_NOTE = "feed addresses"


class Feeds:
    """The files that feeds at addresses have: `emulator.feeds.put("https://shop.example/feed.xml", contents)`."""

    def __init__(self, store: Store, accounts: Accounts, clock: Callable[[], float]) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    def put(self, address: str, contents: bytes | str) -> None:
        """Puts a file at an address: feeds that point there are read anew, and later ones when they are added.

        A text is put in UTF-8.  Raises ConfigurationError for a workbook, which the emulator does not read; what is
        no feed at all is put all the same, and is an ERROR to the feeds.
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
        """Where something was put."""
        return sorted(_known(self._store))


def known(store: Store, address: str) -> processing.FileContents | None:
    """What was put at an address."""
    return _known(store).get(address)


def _address(feed: Document) -> str | None:
    return (feed.get("UrlFeed") or {}).get("Url")


def _known(store: Store) -> dict[str, processing.FileContents]:
    return store.note(_NOTE) or {}
