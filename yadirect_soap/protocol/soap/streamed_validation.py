"""Validates a document while its bytes arrive, with constant memory use.

libxml2 validates each element as its parser meets it, and no tree is made.  A violation is in the parser's log before
the event that follows its element, and so gets its path:

    <Campaigns>       start Campaigns
    <Id>a</Id>        start Id, end Id
    <Name>            the log has one more entry, of the Id that ended last; start Name
"""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from lxml import etree

from yadirect_soap.language import _, in_words

from ..scalars import DecodeFailure
from . import envelope
from .xsd_violations import XsdViolation, plain_message

MAX_VIOLATIONS = 1000
"""The number of violations after which the rest of a document is not read."""
_BEGINNING = 512


def violations(schema: etree.XMLSchema, pieces: Iterable[bytes]) -> Iterator[XsdViolation]:
    """Validates a document.

    Args:
        schema: the compiled schema.
        pieces: the bytes of the document, in the encoding that it declares.

    Returns:
        An iterator of violations in the order of the document.  What is not well-formed, or has too many violations,
        is read up to there.
    """
    # Before the parsers see them, documents in UTF-16 are in UTF-8, whatever they declare: their lines can be counted.
    pieces, encoding = _in_utf_8(pieces)
    target, beginning = Target(), b""
    validating = parser_of(target, encoding, schema=schema)
    target.log = lambda: validating.feed_error_log
    # A parser that validates does not report what is not well-formed.
    plain = parser_of(_WellFormed(), encoding)
    try:
        for line in _lines(pieces):
            beginning += line[: _BEGINNING - len(beginning)]
            plain.feed(line)
            _refuse_undeclared_prefix(plain.feed_error_log)
            validating.feed(line)
            yield from target.taken()
            target.line += line.endswith(b"\n")
        plain.close()
        validating.close()
        yield from target.taken()
    except (DecodeFailure, etree.XMLSyntaxError) as error:
        yield from target.taken()
        yield XsdViolation(target.line, "", _unreadable(error, beginning))


def parser_of(target: Any, encoding: str | None = None, **options: Any) -> Any:
    """Returns a parser that opens nothing, and gives its events to a target."""
    return etree.XMLParser(
        target=target, encoding=encoding, resolve_entities=False, no_network=True, huge_tree=True, **options
    )


def _refuse_undeclared_prefix(log: Any) -> None:
    """Raises DecodeFailure for a prefix that is not declared, which alone does not end a parse."""
    for entry in log:
        if entry.domain_name == "NAMESPACE" and entry.level_name == "ERROR":
            raise DecodeFailure(_("bytes that are not XML: {message}", message=entry.message), _("well-formed XML"))


class _WellFormed:
    """Takes the events of a parser that only finds what is not well-formed."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """A DOCTYPE, which SOAP forbids: before any of its entities is read."""
        raise DecodeFailure(_("a DOCTYPE"), _("a document without one"))

    def close(self) -> None:
        """The document ends."""


class Target:
    """Takes the events of a parser, and notes where each violation in its log is.

    Attributes:
        line: the line that is read.
    """

    def __init__(self) -> None:
        self.line = 1
        self.log: Callable[[], Sequence[Any]] = tuple
        """Returns the parser's log."""
        self._noted = 0
        self._violations: list[XsdViolation] = []
        self._prefixes: dict[str, str] = {}
        self._path: list[str] = []
        self._counts: list[dict[str, int]] = [{}]
        """The names of the elements so far in the document, in its root, and so on, with their numbers."""
        self.ended = ""
        """The name of the element, if it ended with the last event."""

    def start(self, tag: str, _attributes: Mapping[str, str], declared: Mapping[str | None, str]) -> None:
        """An element starts; `declared` are the namespaces that it declares, by prefix."""
        self._note()
        if len(self._path) == envelope.DEEPEST:
            raise DecodeFailure(
                _("a document nested too deeply"),
                _("at most {deepest} elements in one another", deepest=envelope.DEEPEST),
            )
        if declared:
            self._prefixes.update((uri, prefix or "") for prefix, uri in declared.items())
        counts = self._counts[-1]
        counts[tag] = counts.get(tag, 0) + 1
        self._path.append(tag)
        self._counts.append({})
        self.ended = ""

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._note()
        self.ended = self._path.pop()
        self._counts.pop()

    def close(self) -> None:
        """The document ends."""
        self._note()

    def place(self) -> int:
        """Returns the line of the element of the last event."""
        return self.line

    def taken(self) -> list[XsdViolation]:
        """The violations since the last call; it is made after each line, so that they have the line they are in."""
        self._note()
        taken, self._violations = self._violations, []
        return taken

    def _note(self) -> None:
        log = self.log()
        if len(log) == self._noted:
            return
        path = self._xpath()
        for entry in log[self._noted :]:
            self._violations.append(XsdViolation(self.place(), path, plain_message(entry.message)))
        self._noted = len(log)
        if self._noted >= MAX_VIOLATIONS:
            raise DecodeFailure(
                _("{noted} violations", noted=self._noted), _("fewer: the rest of the document was not read")
            )

    def _xpath(self) -> str:
        """Returns the path of the element of the last event."""
        tags = [*self._path, self.ended] if self.ended else self._path
        return "".join(self._step(tag, counts[tag]) for tag, counts in zip(tags, self._counts, strict=False))

    def _step(self, tag: str, number: int) -> str:
        namespace, __, name = tag.rpartition("}")
        prefix = self._prefixes.get(namespace[1:], "")
        return "/" + (f"{prefix}:{name}" if prefix else name) + (f"[{number}]" if number > 1 else "")


def _in_utf_8(pieces: Iterable[bytes]) -> tuple[Iterable[bytes], str | None]:
    """The pieces of a document, and the encoding to read them in: UTF-16 becomes UTF-8, others are left as they are."""
    remaining = iter(pieces)
    first = next(remaining, b"")
    pieces = chain([first], remaining)
    if not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return pieces, None
    return (text.encode() for text in codecs.iterdecode(pieces, "utf-16")), "utf-8"


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the pieces, none with more than one line."""
    for piece in pieces:
        *lines, last = piece.split(b"\n")
        yield from (line + b"\n" for line in lines)
        if last:
            yield last


def _unreadable(error: Exception, beginning: bytes) -> str:
    if isinstance(error, DecodeFailure):
        return in_words(error)
    cause = envelope.cause(beginning, declared=True)
    return in_words(DecodeFailure(cause or _("bytes that are not XML: {error}", error=error), _("well-formed XML")))
