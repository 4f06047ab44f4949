"""The items of a response's list, found in the text of a document and read one by one, from memory or from a stream.

The document is cut into a frame (all but the items, with one empty item in their place) and the items.  The frame is
read as any document is; that it holds the empty item where the contract has the list proves that the others stood
there too.  They are read by what the ones before them looked like (observed_shape.py), and where one looks different,
it is cut out and read by decode.py.  Nothing is accepted that decode.py refuses; what cannot be cut up is left to it
whole.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from ...model import Member
from ...scalars import DecodeFailure
from ...unknown_names import count
from .. import decode, envelope
from .compiler import SPACE, NotMatched, Reader, Style
from .item_parser import ItemParser
from .reader_cache import ReaderCache
from .text_window import TextWindow, decoded_texts

DecodeWhole = Callable[[bytes, Counter[str]], dict[str, Any]]
"""Reads a whole response, by decode.py alone."""

_GAP = re.compile(f"{SPACE}(?:<!--(?:[^-]|-[^-])*+-->{SPACE})*+")
_OTHER_ENCODING = re.compile(r"""<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_DECLARED_NIL = re.escape(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>')
_NIL = re.escape(' xsi:nil="true"/>')
_NOTHING: Any = object()


class ItemStream:
    """Reads one response.  `result` is all that stands beside the items, once these have all been read."""

    def __init__(self, listed: Member, readers: ReaderCache, unknown: Counter[str], decode_whole: DecodeWhole) -> None:
        self.result: dict[str, Any] = {}
        self._listed = listed
        self._unknown = unknown
        self._decode_whole = decode_whole
        self._readers = readers
        self._reader: Reader | None = None
        self._nil = _DECLARED_NIL
        self._count = 0
        self._parser = ItemParser(listed.name)
        self._open = re.compile(f"<{listed.name}[ \\t\\n\\r/>]")
        self._ends = re.compile(f"/>|</{listed.name}[ \\t\\n\\r]*>")
        self._begun: list[bytes] | None = []

    def items(self, chunks: Iterable[bytes]) -> Iterator[Any]:
        """Yields the items of a response that comes in chunks; raises DecodeFailure, and its fault as ApiError."""
        chunks = iter(chunks)
        window = TextWindow(decoded_texts(self._buffered(chunks)))
        head = self._head(window)
        begun, self._begun = self._begun or [], None
        if head is None:
            yield from self._by_decode(b"".join([*begun, *chunks]))
            return
        del begun
        yield from self._read_items(window)
        frame = f"{head}<{self._listed.name}/>{window.read_to_end()}"
        yield from list(self._by_decode(frame.encode()))[1:]

    def _buffered(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, each kept until it is known that there are items: without any, the whole is read at once."""
        for chunk in chunks:
            if self._begun is not None:
                self._begun.append(chunk)
            yield chunk

    def _head(self, window: TextWindow) -> str | None:
        """The text before the first item; None where there is none, or something else holds it."""
        try:
            while (match := self._open.search(window.text)) is None:
                if not window.more():
                    return None
        except DecodeFailure:
            return None
        head = window.text[: match.start()]
        window.at = match.start()
        return head if not _OTHER_ENCODING.match(head) and self._leads_to_items(head) else None

    def _leads_to_items(self, head: str) -> bool:
        """Whether an element of the list's name, put behind the head, stands in the element in the Body."""
        try:
            parent = self._parser.open(head)
        except DecodeFailure:
            return False
        if parent is None:
            return False
        if parent.nsmap.get("xsi") == envelope.XSI:
            self._nil = f"(?:{_DECLARED_NIL}|{_NIL})"
        return True

    def _by_decode(self, body: bytes) -> Iterator[Any]:
        self.result = self._decode_whole(body, self._unknown)
        yield from self.result.pop(self._listed.name, None) or ()

    def _read_items(self, window: TextWindow) -> Iterator[Any]:
        """Item after item, until something else comes."""
        while True:
            window.skip(_GAP)
            yield from self._read_compiled(window)
            window.skip(_GAP)
            item = self._cut_out(window)
            if item is not _NOTHING:
                self._count += 1
                yield item
            elif self._something_else(window) or not window.more():
                return

    def _read_compiled(self, window: TextWindow) -> Iterator[Any]:
        """The items from here on that look like those before."""
        if self._reader is None or self._parser.begun:  # an item that the parser has begun, it must end
            return
        read = self._reader.read
        unknown: list[str] = []
        while window.has_no_cdata_end:
            try:
                item, end = read(window.text, window.at, unknown)
            except (NotMatched, DecodeFailure):
                return
            if unknown:
                for name in unknown:
                    count(self._unknown, name)
                unknown.clear()
            window.at = end
            self._count += 1
            yield item

    def _cut_out(self, window: TextWindow) -> Any:
        """The item that begins here, read by decode.py; nothing where none begins, or its end has not come yet."""
        if not self._open.match(window.text, window.at):
            return _NOTHING
        for end in self._ends.finditer(window.text, window.at + self._parser.begun):
            element = self._parser.feed(window.text, window.at, end.end())
            if element is not None:
                return self._decode_cut_out(element, window, end.end())
        return _NOTHING

    def _decode_cut_out(self, element: etree._Element, window: TextWindow, end: int) -> Any:
        """The item that an element is, learnt from; its text ends in the window at `end`."""
        text = window.text[window.at : end]
        item = self._decoded(element)
        self._parser.drop(element)
        self._reader = self._readers.learn(item, len(text), Style.of(text, self._nil)) or self._reader
        window.at = end
        return item

    def _decoded(self, element: etree._Element) -> Any:
        try:
            return decode.value(element, self._listed.shape, self._unknown)
        except DecodeFailure as failure:
            raise failure.inside(f".{self._listed.name}[{self._count}]") from None

    def _something_else(self, window: TextWindow) -> bool:
        """Whether what stands here is certainly no item: another tag, and not the beginning of a comment."""
        tag = window.text[window.at : window.at + len(self._listed.name) + 2]
        return len(tag) == len(self._listed.name) + 2 and tag[1] != "!" and not self._open.match(tag)
