"""Finds the items of a response's list in the text of a document and reads them one by one, from memory or a stream.

The document is cut into the items and a frame: everything else, with one empty item in their place.  The frame is read
like any document: that it has the empty item where the contract has the list proves that the others were there too.

    <Envelope><Body><GetResponse><Ads/><LimitedBy>2</LimitedBy></GetResponse></Body></Envelope>    the frame

Each item is read in the first possible way: by the reader compiled for those before it (reader_cache.py), once there
were enough; tag by tag (tag_reader.py); or it is cut out and read by decode.py.  Nothing is accepted that decode.py
refuses; it also reads whole documents that cannot be cut.
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
from .compiler import SPACE, Reader, Style
from .item_parser import ItemParser
from .reader_cache import SAMPLE, ReaderCache
from .references import NotMatched
from .tag_reader import DECLARED_NIL, NIL, read_item
from .text_window import TextWindow, decoded_texts

DecodeWhole = Callable[[bytes, Counter[str]], dict[str, Any]]
"""Reads a whole response by decode.py alone."""

_GAP = re.compile(f"{SPACE}(?:<!--(?:[^-]|-[^-])*+-->{SPACE})*+")
_OTHER_ENCODING = re.compile(r"""<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)

_EVERY = 16
"""Of the items after the first SAMPLE, every such one is observed: observing takes nearly as long as reading."""

_PARSED = 4
"""The time of the parser and decode.py for an item, in readings tag by tag."""

_NOTHING: Any = object()


class ItemStream:
    """Reads one response.  After the last item `result` has the rest of the response."""

    def __init__(self, listed: Member, readers: ReaderCache, unknown: Counter[str], decode_whole: DecodeWhole) -> None:
        self.result: dict[str, Any] = {}
        self._listed = listed
        self._unknown = unknown
        self._decode_whole = decode_whole
        self._readers = readers
        self._reader: Reader | None = None
        self._nil = frozenset({DECLARED_NIL})
        self._unlearnt = 0
        self._size = 0
        self._count = 0
        self._parser = ItemParser(listed.name)
        self._open = re.compile(f"<{listed.name}[ \\t\\n\\r/>]")
        self._start = f"<{listed.name}>"
        self._end = re.compile(f"</{listed.name}[ \\t\\n\\r]*+>")
        self._end_or_empty = re.compile(f"/>|{self._end.pattern}")
        self._begun: list[bytes] | None = []

    def items(self, chunks: Iterable[bytes], size: int = 0) -> Iterator[Any]:
        """Yields the items of a response.

        Args:
            chunks: its bytes, as they come.
            size: the number of its bytes; 0 if that is not known yet.

        Raises:
            DecodeFailure: it is not the response of the contract.
            ApiError: it is a fault.
        """
        chunks, self._size = iter(chunks), size
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
        """Yields the chunks, and stores them until the first item: without items the document is decoded whole."""
        for chunk in chunks:
            if self._begun is not None:
                self._begun.append(chunk)
            yield chunk

    def _head(self, window: TextWindow) -> str | None:
        """Returns the text before the first item; None if there is no item, or it is elsewhere."""
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
        """Whether an element with the list's name after this head is inside the element in the Body."""
        try:
            parent = self._parser.open(head)
        except DecodeFailure:
            return False
        if parent is None:
            return False
        if parent.nsmap.get("xsi") == envelope.XSI:
            self._nil = frozenset({DECLARED_NIL, NIL})
        return True

    def _by_decode(self, body: bytes) -> Iterator[Any]:
        self.result = self._decode_whole(body, self._unknown)
        yield from self.result.pop(self._listed.name, None) or ()

    def _read_items(self, window: TextWindow) -> Iterator[Any]:
        """Yields item after item, up to something else."""
        while True:
            window.skip(_GAP)
            yield from self._read_fast(window)
            window.skip(_GAP)
            item = self._cut_out(window)
            if item is not _NOTHING:
                self._count += 1
                yield item
            elif self._something_else(window) or not window.more():
                return

    def _read_fast(self, window: TextWindow) -> Iterator[Any]:
        """Yields the following items that need no parser: read by a compiled reader, or tag by tag."""
        if self._parser.begun:  # an item that the parser has begun, it must end
            return
        table = self._readers.tag_table(self._nil)
        while window.has_no_cdata_end:
            if self._reader is not None:
                yield from self._read_compiled(window, self._reader)
                window.skip(_GAP)
            try:
                item, end = read_item(window.text, window.at, table, self._listed.name)
            except (NotMatched, DecodeFailure):
                return
            self._learn(item, window, end)
            window.skip(_GAP)
            self._count += 1
            yield item

    def _read_compiled(self, window: TextWindow, reader: Reader) -> Iterator[Any]:
        """Yields the following items that the compiled reader can read."""
        read = reader.read
        unknown: list[str] = []
        while True:
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
        """Returns the next item, read by decode.py; _NOTHING if there is no item, or its end has not arrived yet."""
        if not self._open.match(window.text, window.at):
            return _NOTHING
        ends = self._end if window.text.startswith(self._start, window.at) else self._end_or_empty
        for end in ends.finditer(window.text, window.at + self._parser.begun):
            element = self._parser.feed(window.text, window.at, end.end())
            if element is not None:
                return self._decode_cut_out(element, window, end.end())
        return _NOTHING

    def _decode_cut_out(self, element: etree._Element, window: TextWindow, end: int) -> Any:
        """Decodes and observes an item whose text ends in the window at `end`."""
        item = self._decoded(element)
        self._parser.drop(element)
        self._learn(item, window, end, times=_PARSED)
        return item

    def _learn(self, item: Any, window: TextWindow, end: int, *, times: int = 1) -> None:
        """Moves behind an item that ends in the window at `end`, and observes it unless enough others are.

        `times`: the time of reading it, in readings tag by tag.
        """
        self._unlearnt += (end - window.at) * times
        if self._reader is not None or times > 1 or self._count < SAMPLE or not self._count % _EVERY:
            style = Style.of(window.text[window.at : end], self._nil)
            self._reader = self._readers.learn(item, self._unlearnt, style, self._size) or self._reader
            self._unlearnt = 0
        window.at = end

    def _decoded(self, element: etree._Element) -> Any:
        try:
            return decode.value(element, self._listed.shape, self._unknown)
        except DecodeFailure as failure:
            raise failure.inside(f".{self._listed.name}[{self._count}]") from None

    def _something_else(self, window: TextWindow) -> bool:
        """Whether the next thing is certainly not an item: another tag, and not the beginning of a comment."""
        tag = window.text[window.at : window.at + len(self._listed.name) + 2]
        return len(tag) == len(self._listed.name) + 2 and tag[1] != "!" and not self._open.match(tag)
