"""Reads an envelope while its bytes are passed on: which element its Body has, and whether it is well-formed.

It is checked by expat, which keeps nothing of it in memory.
"""

from xml.parsers import expat

from yadirect_soap.language import _

from ..scalars import DecodeFailure
from .envelope import SOAP

_BODY = (f"{SOAP} Envelope", f"{SOAP} Body")


class StreamedEnvelope:
    """One envelope.  It is read as UTF-8, whatever it declares.

    Attributes:
        content: the local name of the first element in the Body; None as long as it has not come.
    """

    def __init__(self) -> None:
        self.content: str | None = None
        self._open: list[str] = []
        self._size = 0
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, piece: bytes) -> None:
        """Reads a piece; DecodeFailure if the document is not well-formed."""
        self._parse(piece, is_last=False)

    def end(self) -> None:
        """Ends the document; DecodeFailure if it breaks off."""
        self._parse(b"", is_last=True)

    def _parse(self, piece: bytes, *, is_last: bool) -> None:
        self._size += len(piece)
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise DecodeFailure(
                _("{size} bytes that are not XML: {error}", size=self._size, error=error), _("well-formed XML")
            ) from error

    def _start(self, name: str, _attributes: object) -> None:
        if tuple(self._open) == _BODY:
            self.content = name.rpartition(" ")[2]
            # What follows is only checked: a call for each element would take most of the time.
            self._parser.StartElementHandler = self._parser.EndElementHandler = None
        self._open.append(name)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise DecodeFailure(_("a DOCTYPE"), _("a document without one"))
