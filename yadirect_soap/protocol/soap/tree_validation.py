"""Validates a message that was parsed already, in a time that grows no faster than the message.

libxml2 counts the elements before each violation to write its XPath, so many violations in a long list take a time that
grows with the square of its length, and the lock of the schema for as long.  A large message is therefore written out
and validated as a stream, which knows its path, and stops at a maximum:

    <Ids>1</Ids>      element 4 of the stream
    <Ids>a</Ids>      element 5: a violation; in the tree this is an element with a line
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from lxml import etree

from yadirect_soap.language import in_words

from ..scalars import DecodeFailure
from .streamed_validation import Target, parser_of
from .xsd_violations import XsdViolation, violations_in_log

LARGE = 2_000
"""Elements from which on a message is validated as a stream."""
_PIECE = 1 << 16


def violations(schema: etree.XMLSchema, element: etree._Element) -> list[XsdViolation]:
    """Validates a message.

    Args:
        schema: the compiled schema, which no other thread uses now.
        element: the message, without comments.

    Returns:
        The violations in the order of the document; [] if it is valid.  Of a large message they are the first 1,000,
        and one that says so.
    """
    elements: Any = element.xpath("count(.//*)")
    if elements <= LARGE:
        return [] if schema.validate(element) else list(violations_in_log(schema))
    document = etree.tostring(element, with_tail=False)
    if _is_valid(schema, document):
        return []
    found = _numbered(schema, document)
    numbers = {violation.line for violation in found}
    places: dict[int, Any] = {number: each for number, each in enumerate(element.iter("*"), 1) if number in numbers}
    return [violation._replace(line=places[violation.line].sourceline) for violation in found]


def _is_valid(schema: etree.XMLSchema, document: bytes) -> bool:
    """Whether a document is valid; its elements are no objects, so this is quick."""
    parser = parser_of(_NoEvents(), schema=schema)
    with suppress(etree.XMLSyntaxError):
        for piece in _pieces(document):
            parser.feed(piece)
            if parser.feed_error_log:
                return False
        parser.close()
        return True
    return False


def _numbered(schema: etree.XMLSchema, document: bytes) -> list[XsdViolation]:
    """Returns the violations; each has the number of its element in place of the line."""
    target = _NumberingTarget()
    parser = parser_of(target, schema=schema)
    target.log = lambda: parser.feed_error_log
    try:
        for piece in _pieces(document):
            parser.feed(piece)
        with suppress(etree.XMLSyntaxError):  # it is not valid
            parser.close()
    except DecodeFailure as failure:
        return [*target.taken(), XsdViolation(target.place(), "", in_words(failure))]
    return target.taken()


def _pieces(document: bytes) -> Iterator[bytes]:
    for start in range(0, len(document), _PIECE):
        yield document[start : start + _PIECE]


class _NoEvents:
    """Takes no event of a parser."""

    def close(self) -> None:
        """The document ends."""


class _NumberingTarget(Target):
    """Notes violations by the number of their element in the document, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self._started = 0
        self._open: list[int] = []
        self._ended_number = 0

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str | None, str]) -> None:
        """An element starts."""
        super().start(tag, attributes, declared)
        self._started += 1
        self._open.append(self._started)

    def end(self, tag: str) -> None:
        """An element ends."""
        super().end(tag)
        self._ended_number = self._open.pop()

    def place(self) -> int:
        """Returns the number of the element of the last event."""
        return self._ended_number if self.ended else self._open[-1]
