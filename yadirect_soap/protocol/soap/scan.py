"""The items of an answer's list, found in the text of a document and read one by one, from memory or from a stream.

The document is cut into a frame (all but the items, with one empty item in their place) and the items.  The frame is
read as any document is; that it holds the empty item where the contract has the list proves that the others stood
there too.  They are read by what the ones before them looked like (forms.py), and where one looks different, it is cut
out and read by decode.py.  Nothing is accepted that decode.py refuses; what cannot be cut up is left to it whole.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from ..contract import Member
from ..scalars import Unreadable
from . import decode, envelope
from .encode import escape
from .forms import learned
from .patterns import SPACE, Odd, Reader, Style
from .texts import Window, texts

Whole = Callable[[bytes, Counter[str]], dict[str, Any]]
"""Reads a whole answer, by decode.py alone."""

_IN_VAIN = 64 * 2**20
"""Characters that are parsed in vain at most, in search of the ends of items."""

_EMPTY = re.compile("/>")
_GAP = re.compile(f"{SPACE}(?:<!--(?:[^-]|-[^-])*+-->{SPACE})*+")
_OTHER_ENCODING = re.compile(r"""<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_DECLARED_NIL = re.escape(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>')
_NIL = re.escape(' xsi:nil="true"/>')
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DEPTH = 4
"""An item stands in the answer's element, that in the Body, and that in the Envelope."""

_NOTHING: Any = object()


class Scan:
    """Reads one answer.  `result` is all that stands beside the items, once these have all been read."""

    def __init__(self, listed: Member, unknown: Counter[str], whole: Whole) -> None:
        self.result: dict[str, Any] = {}
        self._listed = listed
        self._unknown = unknown
        self._whole = whole
        self._learned = learned(listed)
        self._reader: Reader | None = None
        self._nil = _DECLARED_NIL
        self._count = 0
        self._vain = 0
        self._open = re.compile(f"<{listed.name}[ \\t\\n\\r/>]")
        self._ends = re.compile(f"</{listed.name}[ \\t\\n\\r]*>")
        self._outer = ""
        self._begun: list[bytes] | None = []

    def items(self, chunks: Iterable[bytes]) -> Iterator[Any]:
        """The items of the answer that comes in chunks; raises Unreadable, and the answer's fault as ApiError."""
        chunks = iter(chunks)
        window = Window(texts(self._kept(chunks)))
        head = self._head(window)
        begun, self._begun = self._begun or [], None
        if head is None:
            yield from self._by_decode(b"".join([*begun, *chunks]))
            return
        del begun
        yield from self._run(window)
        frame = f"{head}<{self._listed.name}/>{window.rest()}"
        yield from list(self._by_decode(frame.encode()))[1:]

    def _kept(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, each kept until it is known that there are items: without any, the whole is read at once."""
        for chunk in chunks:
            if self._begun is not None:
                self._begun.append(chunk)
            yield chunk

    def _head(self, window: Window) -> str | None:
        """The text before the first item; None where there is none, or something else holds it."""
        try:
            while (found := self._open.search(window.text)) is None:
                if not window.more():
                    return None
        except Unreadable:
            return None
        head = window.text[: found.start()]
        window.at = found.start()
        return head if not _OTHER_ENCODING.match(head) and self._leads_to_items(head) else None

    def _leads_to_items(self, head: str) -> bool:
        """Whether an element of the list's name, put behind the head, stands in the element in the Body."""
        parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, huge_tree=False)
        try:
            parser.feed(f"{head}<{self._listed.name}> ".encode())
        except etree.XMLSyntaxError:
            return False
        started: list[etree._Element] = [element for _, element in parser.read_events()]  # type: ignore[misc]  # "start"
        if len(started) < _DEPTH or envelope.has_doctype(started[0]):
            return False
        item = started[-1]
        answer, body = [*item.iterancestors()][:2]
        self._outer = "".join(map(_declaration, answer.nsmap.items()))
        if answer.nsmap.get("xsi") == _XSI:
            self._nil = f"(?:{_DECLARED_NIL}|{_NIL})"
        return body.tag == f"{{{envelope.SOAP}}}Body" and decode.local_name(item) == self._listed.name

    def _by_decode(self, body: bytes) -> Iterator[Any]:
        self.result = self._whole(body, self._unknown)
        yield from self.result.pop(self._listed.name, None) or ()

    def _run(self, window: Window) -> Iterator[Any]:
        """Item after item, until something else comes."""
        while True:
            window.skip(_GAP)
            yield from self._alike(window)
            window.skip(_GAP)
            item = self._cut_out(window)
            if item is not _NOTHING:
                self._count += 1
                yield item
            elif self._something_else(window) or not window.more():
                return

    def _alike(self, window: Window) -> Iterator[Any]:
        """The items from here on that look like those before."""
        if self._reader is None:
            return
        read = self._reader.read
        strange: list[str] = []
        while window.plain:
            try:
                item, end = read(window.text, window.at, strange)
            except (Odd, Unreadable):
                return
            if strange:
                self._unknown.update(strange)
                strange.clear()
            window.at = end
            self._count += 1
            yield item

    def _cut_out(self, window: Window) -> Any:
        """The item that begins here, read by decode.py; nothing where none begins, or its end has not come yet."""
        if not self._open.match(window.text, window.at):
            return _NOTHING
        for end in self._candidates(window):
            text = window.text[window.at : end]
            if (element := self._element(text)) is not None:
                item = self._decoded(element)
                self._reader = self._learned.learn(item, len(text), Style.of(text, self._nil)) or self._reader
                window.at = end
                return item
        return _NOTHING

    def _candidates(self, window: Window) -> Iterator[int]:
        """Where the item that begins here may end: at its first tag, if that is empty, else at an end tag."""
        following = window.text.find("<", window.at + 1)
        for end in _EMPTY.finditer(window.text, window.at, following if following > 0 else len(window.text)):
            yield end.end()
        for end in self._ends.finditer(window.text, window.at):
            yield end.end()

    def _element(self, text: str) -> etree._Element | None:
        """The one element that a text is, among the namespaces around it; None where it is not one whole element."""
        try:
            outer = envelope.parse(f"<items{self._outer}>{text}</items>".encode())
        except Unreadable:
            self._vain += len(text)
            if self._vain > _IN_VAIN:
                raise
            return None
        return outer[0] if len(outer) == 1 and not outer.text and not outer[0].tail else None

    def _decoded(self, element: etree._Element) -> Any:
        try:
            return decode.value(element, self._listed.shape, self._unknown)
        except Unreadable as unreadable:
            raise unreadable.inside(f".{self._listed.name}[{self._count}]") from None

    def _something_else(self, window: Window) -> bool:
        """Whether what stands here is certainly no item: another tag, and not the beginning of a comment."""
        here = window.text[window.at : window.at + len(self._listed.name) + 2]
        return len(here) == len(self._listed.name) + 2 and here[1] != "!" and not self._open.match(here)


def _declaration(namespace: tuple[str | None, str]) -> str:
    """A namespace by its prefix, or the default one, as an attribute."""
    prefix, uri = namespace
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    value = escape(uri).replace('"', "&quot;")
    return f' {name}="{value}"'
