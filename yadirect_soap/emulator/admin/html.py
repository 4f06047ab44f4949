"""Writes HTML from elements; every text that is no Markup is escaped."""

from collections.abc import Sequence
from html import escape
from types import MappingProxyType
from urllib.parse import quote


class Markup(str):
    """A text of HTML, which is not escaped again."""

    __slots__ = ()


_ATTRIBUTES = MappingProxyType({"class_": "class"})
_VOID = frozenset({"link", "meta"})


def element(name: str, *children: object, **attributes: str) -> Markup:
    """An element with its children, texts and elements; `class_` stands for the attribute `class`."""
    fields = "".join(f' {_ATTRIBUTES.get(key, key)}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{fields}>" if name in _VOID else f"<{name}{fields}>{joined(*children)}</{name}>")


def joined(*children: object) -> Markup:
    """The HTML of several children."""
    return Markup("".join(child if isinstance(child, Markup) else escape(str(child)) for child in children))


def table(header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Markup:
    """A table with a header; a note if there are no rows."""
    if not rows:
        return element("p", "None.", class_="none")
    cells = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    head = element("tr", *(element("th", name) for name in header))
    return element("table", element("thead", head), element("tbody", *cells))


def link(text: object, *path: str) -> Markup:
    """A link to a page of the emulator."""
    return element("a", text, href="/".join(("/_emulator/admin", *(quote(part, safe="") for part in path))))


def page(title: str, *children: object) -> bytes:
    """A whole page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("title", f"{title} - emulator"),
        element("link", rel="stylesheet", href="/_emulator/admin/style.css"),
    )
    body = element("body", element("nav", link("Emulator")), element("h1", title), *children)
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()
