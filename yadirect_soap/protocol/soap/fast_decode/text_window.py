"""The text of a document as its bytes arrive, checked for what XML 1.0 requires of any text; knows no tags."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator

from yadirect_soap.language import _

from ...scalars import DecodeFailure

_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_NO_CHARACTERS = ("\ufffe", "\uffff")


def decoded_texts(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yields the text of UTF-8 bytes, piece by piece, with every line end as \\n (XML 1.0, 2.11).

    Raises DecodeFailure for bytes that are not UTF-8 and for characters that XML forbids.
    """
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")(), translate=True)
    for chunk in chunks:
        if len(chunk.translate(None, _CONTROLS)) != len(chunk):
            raise DecodeFailure(_("a control character"), _("characters that XML allows"))
        yield _checked(decoder, chunk, final=False)
    yield _checked(decoder, b"", final=True)


def _checked(decoder: io.IncrementalNewlineDecoder, chunk: bytes, *, final: bool) -> str:
    try:
        text = decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        raise DecodeFailure(_("bytes that are not UTF-8 ({reason})", reason=error.reason), "UTF-8") from None
    if any(character in text for character in _NO_CHARACTERS):
        raise DecodeFailure(_("U+FFFE or U+FFFF"), _("characters that XML allows"))
    return text


class TextWindow:
    """The current part of a text: `text` from `at` on; the part before is dropped.

    `has_no_cdata_end`: it has no "]]>", which XML allows only as the end of a CDATA section.
    """

    def __init__(self, source: Iterator[str]) -> None:
        self.text = ""
        self.at = 0
        self.has_no_cdata_end = True
        self._source = source

    def more(self) -> bool:
        """Reads at least as much as is left in the window, so that repeated searches cost no more in all than one.

        Returns False at the end of the text.
        """
        pieces = [self.text[self.at :]]
        minimum, length = len(pieces[0]), 0
        for piece in self._source:
            pieces.append(piece)
            length += len(piece)
            if length > minimum:
                break
        self.text, self.at = "".join(pieces), 0
        # One character is looked for much faster than three.
        self.has_no_cdata_end = "]" not in self.text or "]]>" not in self.text
        return length > 0

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Moves to the end of the match of a pattern here."""
        if (match := pattern.match(self.text, self.at)) is not None:
            self.at = match.end()

    def read_to_end(self) -> str:
        """Returns the rest of the text."""
        return self.text[self.at :] + "".join(self._source)
