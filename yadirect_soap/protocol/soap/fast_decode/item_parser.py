"""Parses items that are cut out of a document, one after another, with the namespaces of their place.

One libxml2 parser reads the head of the document once, and then the text of the items that it is given.  So an item has
the namespaces of the document, however long they are, and no character is parsed twice, wherever the item ends:

    <Envelope><Body><GetResponse>     the head
    <Ads><Id>1</Id><Ads/>             given up to what may be the end of the item, but is not
    </Ads>                            given up to the next candidate: now the parser reports the end of the item
"""

from lxml import etree

from yadirect_soap.language import _

from ...scalars import DecodeFailure
from .. import envelope

_PIECE = 1 << 20
"""The number of characters in each call of the parser: libxml2 refuses to search more than 10 MB."""

_DEPTH = 4
"""An item is in the element of the response, which is in the Body, which is in the Envelope."""


class ItemParser:
    """Parses the items of one document.  `begun` counts the parsed characters of the current item."""

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
        """Returns the element that will contain the items after this head; None if items would stand elsewhere.

        Raises DecodeFailure if the head is not well-formed.
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
        """Parses the current item further, up to an index of the text; returns the item if that is its end.

        Raises DecodeFailure if the item is not well-formed.
        """
        try:
            for at in range(start + self.begun, end, _PIECE):
                self._parser.feed(text[at : min(at + _PIECE, end)].encode())
        except etree.XMLSyntaxError as error:
            raise DecodeFailure(
                _("{value} characters that are not XML: {error}", value=end - start, error=error), "well-formed XML"
            ) from error
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
        """Raises DecodeFailure for errors after which the parser continues, such as an unbound prefix."""
        for error in self._parser.feed_error_log.filter_from_errors():
            raise DecodeFailure(_("an item that is not XML: {message}", message=error.message), "well-formed XML")

    def drop(self, item: etree._Element) -> None:
        """Releases an item that was read."""
        parent = item.getparent()
        item.clear()  # first: removing what has attributes would copy their namespaces
        if parent is not None:
            parent.remove(item)
