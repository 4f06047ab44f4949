"""Writes HTML from elements; every text that is no Markup is escaped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType
from urllib.parse import quote, urlencode

import simplejson

from ..http.web_pages import ICON

ADMIN = "/_emulator/admin"
"""The address of the first page."""


class Markup(str):
    """A text of HTML, which is not escaped again."""

    __slots__ = ()


_ATTRIBUTES = MappingProxyType({"class_": "class"})
_VOID = frozenset({"input", "link", "meta"})
_MAX_SOURCE = 40_000
"""The most characters of a message that are shown; an image in base64 can be much longer."""


def element(name: str, /, *children: object, **attributes: str) -> Markup:
    """Returns an element with its children, texts and elements; `class_` stands for the attribute `class`."""
    fields = "".join(f' {_ATTRIBUTES.get(key, key)}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{fields}>" if name in _VOID else f"<{name}{fields}>{joined(*children)}</{name}>")


def joined(*children: object) -> Markup:
    """Returns the HTML of several children."""
    return Markup("".join(child if isinstance(child, Markup) else escape(str(child)) for child in children))


def table(header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Markup:
    """Returns a table with a header; a note if there are no rows."""
    if not rows:
        return element("p", "None.", class_="none")
    cells = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    head = element("tr", *(element("th", name) for name in header))
    return element("div", element("table", element("thead", head), element("tbody", *cells)), class_="wide")


def address(*path: str, **query: str) -> str:
    """Returns the address of a page; parts of the query that are empty are left out."""
    parts = urlencode({name: value for name, value in query.items() if value})
    return "/".join((ADMIN, *(quote(part, safe="") for part in path))) + (f"?{parts}" if parts else "")


def link(text: object, *path: str, **query: str) -> Markup:
    """Returns a link to a page of the emulator."""
    return element("a", text, href=address(*path, **query))


def source(text: str) -> Markup:
    """Returns a message as it is, or its beginning."""
    rest = len(text) - _MAX_SOURCE
    return element("pre", f"{text[:_MAX_SOURCE]}\n... and {rest} characters more" if rest > 0 else text)


def indented_json(data: object) -> str:
    """Data as indented JSON."""
    return simplejson.dumps(data, ensure_ascii=False, use_decimal=True, indent=2, default=str)


def timestamp(seconds: float) -> Markup:
    """Returns a moment in UTC, given in seconds since the epoch."""
    return element("time", f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}")


def page(title: str, *children: object) -> bytes:
    """Returns a whole page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} - emulator"),
        element("link", rel="icon", href=ICON),
        element("link", rel="stylesheet", href=f"{ADMIN}/style.css"),
    )
    body = element("body", element("nav", link("Emulator")), element("h1", title), *children)
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()
