"""The page of a service's objects: a table with their ids, names and states, and a filter."""

from collections.abc import Mapping
from typing import Any

from ..domain.account import Account
from ..storage.store import Key, Row, Store
from .html import Markup, address, element, indented_json, link, page, source, table, timestamp

_SHOWN = 50
"""Objects of one page."""
_BATCH = 500
_MAX_READ = 20_000
"""The maximum number of objects that are compared with a filter for one page; the next page continues there."""
_NAMES = ("Name", "Keyword", "Title", "CompanyName", "CalloutText")
_FILTERED = ("Type", "State", "Status")


def objects_page(store: Store, account: Account, service: str, *, after: Key | None, words: str) -> bytes:
    """Returns the page of the objects beyond an id whose id, name, type, state or status contains the words."""
    rows, last = _matching(store, account, service, after=after, words=words.casefold())
    path = ("accounts", account.login, service)
    following = element("p", link("Next", *path, str(last), filter=words)) if last is not None else ""
    return page(
        f"{service} of {account.login}",
        element("p", link(account.login, "accounts", account.login)),
        _filter(words, *path),
        _table(rows),
        following,
    )


def _matching(
    store: Store, account: Account, service: str, *, after: Key | None, words: str
) -> tuple[list[Row], Key | None]:
    """Returns the rows of a page, and the id beyond which the next page begins; None after the last one."""
    matching: list[Row] = []
    for _ in range(_MAX_READ // _BATCH):
        rows = store.page(service, account.login, after=after, limit=_BATCH)
        for row in rows:
            after = row.id
            if words in _text(row):
                matching.append(row)
            if len(matching) == _SHOWN:
                return matching, after
        if len(rows) < _BATCH:
            return matching, None
    return matching, after


def _text(row: Row) -> str:
    """Returns the text that a filter searches."""
    states = (str(row.document.get(name, "")) for name in _FILTERED)
    return "\n".join((str(row.id), _name(row.document), *states)).casefold()


def _filter(words: str, *path: str) -> Markup:
    control = element("input", name="filter", value=words, type="search", placeholder="Id, name, type or state")
    return element("form", control, element("button", "Filter"), action=address(*path))


def _table(rows: list[Row]) -> Markup:
    """Returns a table without the columns in which no row has a value."""
    columns: dict[str, list[object]] = {
        "Id": [row.id for row in rows],
        "Name": [_name(row.document) for row in rows],
        **{name: [row.document.get(name, "") for row in rows] for name in ("State", "Status", "Type")},
        "Changed": [timestamp(row.changed) for row in rows],
        "Object": [_folded(row) for row in rows],
    }
    filled = {name: cells for name, cells in columns.items() if any(cells)}
    return table(tuple(filled), list(zip(*filled.values(), strict=True)))


def _folded(row: Row) -> Markup:
    return element("details", element("summary", "Members"), source(indented_json(row.document)))


def _name(document: Mapping[str, Any]) -> str:
    """Returns the name of an object, or the first words by which a person knows it: the title of an ad, a keyword."""
    for name in _NAMES:
        if isinstance(text := document.get(name), str):
            return text
    inner = (value[0] if isinstance(value, list) and value else value for value in document.values())
    return next((text for value in inner if isinstance(value, Mapping) and (text := _name(value))), "")
