"""Parses the items that are cut out of a document, one after the other, in the place where the document has them.

One libxml2 parser reads the document's head once, and then the text of those items that it is given.  So an item's
namespaces are those of the document, however long they are, and no character is parsed twice, wherever the item ends:

    <Envelope><Body><GetResponse>     the head
    <Ads><Id>1</Id><Ads/>             fed up to what may be the item's end, and is not
    </Ads>                            fed up to the next place: now the parser says that the item has ended
"""

from lxml import etree

from ...scalars import DecodeFailure
from .. import envelope

_PIECE = 1 << 20
"""Characters given to the parser at once: libxml2 refuses to look through more than 10 MB."""

_DEPTH = 4
"""An item stands in the response's element, that in the Body, and that in the Envelope."""


class ItemParser:
    """Parses the items of one document.  `begun` counts the characters of the present item that were parsed."""

    def __init__(self, name: str) -> None:
        self.begun = 0
        self._name = name
        self._item: etree._Element | None = None
        self._parser = etree.XMLPullParser(
            ("start", "end"),
            tag=f"{{*}}{name}",
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )

    def open(self, head: str) -> etree._Element | None:
        """The element that holds the items, where the head leads to it; None where an item would stand elsewhere.

        Raises DecodeFailure where the head is not well-formed.
        """
        probe = self.feed(f"{head}<{self._name}/>", 0, len(head) + len(self._name) + 3)
        if probe is None:
            return None
        ancestors = [*probe.iterancestors()]
        if len(ancestors) != _DEPTH - 1 or envelope.has_doctype(probe):
            return None
        self.drop(probe)
        return ancestors[0] if ancestors[1].tag == f"{{{envelope.SOAP}}}Body" else None

    def feed(self, text: str, start: int, end: int) -> etree._Element | None:
        """Parses the item that starts in the text on to a place; gives the item if this is its end.

        Raises DecodeFailure where the item is not well-formed.
        """
        try:
            for at in range(start + self.begun, end, _PIECE):
                self._parser.feed(text[at : min(at + _PIECE, end)].encode())
        except etree.XMLSyntaxError as error:
            raise DecodeFailure(f"{end - start} characters that are not XML: {error}", "well-formed XML") from error
        self.begun = end - start
        for event, element in self._parser.read_events():
            if self._item is None and isinstance(element, etree._Element):
                self._item = element
            elif event == "end" and element is self._item:
                item, self._item, self.begun = self._item, None, 0
                self._refuse_errors()
                return item
        return None

    def _refuse_errors(self) -> None:
        """Raises DecodeFailure for a prefix that is not bound and its like, after which the parser itself goes on."""
        for error in self._parser.feed_error_log.filter_from_errors():
            raise DecodeFailure(f"an item that is not XML: {error.message}", "well-formed XML")

    def drop(self, item: etree._Element) -> None:
        """Lets go of an item that was read."""
        parent = item.getparent()
        item.clear()  # first: removing what has attributes would copy their namespaces
        if parent is not None:
            parent.remove(item)
