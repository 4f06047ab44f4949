"""Finds known secrets in texts in any form in which a server may repeat them, and masks them.

A page may show a token bare, percent-encoded, with escapes of HTML or JSON, in UTF-16, or in base64 after `Bearer`.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import quote

from .masked_text import MASK, MaskedStr

SHORTEST = 6
"""The length of a secret below which it would be found in any text."""

SHORTEST_IN_DATA = 16
"""The length of a secret from which on it cannot be a word of the data; an OAuth token has 39 characters and more."""

_BEGINNING = 12
"""The number of first characters by which a long secret is found, even if its end was cut off; the following characters
count as its rest.
"""
_BASE64_BEGINNING = 16
_REST = r"[\w.~+/=%&#;:\\\x00-]*+"


class SecretValues:
    """Secrets that are masked together; its repr shows none of them.

    Args:
        values: the secrets; those of less than 6 characters are left out.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values = tuple(MaskedStr(value) for value in values if len(value) >= SHORTEST)

    def blank(self, text: str) -> str:
        """Replaces each secret in a text by ***, in time linear in its length."""
        return self._pattern.sub(MASK, text) if self._values else text

    def blank_data(self, body: bytes) -> bytes:
        """Replaces each secret in bytes by ***; returns the same object if they contain no usual form of a secret."""
        if not any(form in body for form in self._usual_forms):
            return body
        return self.blank_page(body)

    def blank_pieces(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Masks secrets in a stream as blank_data does, even across pieces.

        Args:
            pieces: the stream; only the end of a piece that may begin a secret is held back until the next piece.
        """
        remainder = b""
        for piece in pieces:
            buffer = remainder + piece
            cut = len(buffer) - self._begun(buffer)
            remainder = buffer[cut:]
            if ready := buffer[:cut]:
                yield self.blank_data(ready)
        if remainder:
            yield self.blank_data(remainder)

    def _begun(self, data: bytes) -> int:
        """How many bytes at the end of the data may be the beginning of a secret in a usual form."""
        longest = min(len(data), max(map(len, self._usual_forms), default=1) - 1)
        ends = (data[-size:] for size in range(longest, 0, -1))
        return next((len(end) for end in ends if any(form.startswith(end) for form in self._usual_forms)), 0)

    def blank_page(self, body: bytes) -> bytes:
        """Replaces each secret in bytes, in any form, by ***."""
        return self.blank(body.decode("latin-1")).encode("latin-1")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(form for value in self._values for form in _patterns(value)), re.IGNORECASE)

    @cached_property
    def _usual_forms(self) -> frozenset[bytes]:
        import html  # noqa: PLC0415  with it comes the table of entities

        return frozenset(
            form.encode()
            for value in self._values
            if len(value) >= SHORTEST_IN_DATA
            for form in (
                str(value),
                quote(value, safe=""),
                quote(value, safe="").replace("%", "%25"),
                html.escape(value),
                value.replace("/", "\\/"),
                *_base64_forms(value),
            )
        )

    def __repr__(self) -> str:
        return f"SecretValues({len(self._values)})"


NO_SECRETS = SecretValues(())


def _patterns(value: str) -> Iterator[str]:
    is_long = len(value) >= SHORTEST_IN_DATA
    beginning = value[:_BEGINNING] if is_long else value
    tail = _REST if is_long else ""
    yield "\x00?".join(map(_character, beginning)) + tail
    if is_long:
        yield value[:_BEGINNING].encode().hex() + tail
        for form in _base64_forms(value):
            yield "".join(map(_base64_character, form[:_BASE64_BEGINNING])) + tail


def _character(character: str) -> str:
    """Returns a pattern of a character and its escapes in URLs, HTML, JSON and Python; each repetition is bounded."""
    code = ord(character)
    names = "|".join(re.escape(name) for name in _names_in_html(character))
    reference = rf"&(?:amp;){{0,4}}(?:#0{{0,6}}{code};|#x0{{0,6}}{code:x};|{names or '(?!)'})"
    escaped = rf"\\{{1,8}}(?:(?:u00|x){code:02x}|{re.escape(character)})"
    return rf"(?:{re.escape(character)}|%(?:25){{0,4}}{code:02x}|{reference}|{escaped})"


def _names_in_html(character: str) -> list[str]:
    from html.entities import html5  # noqa: PLC0415  2,000 names, which an import of the package need not wait for

    return [name for name, meant in html5.items() if meant == character and name.endswith(";")]


def _base64_forms(value: str) -> Iterator[str]:
    """Yields the common part of the base64 of all texts with the secret, for each of its three alignments."""
    for before, affected in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * before + value.encode()).decode("ascii")
        yield encoded.rstrip("=")[affected:-1]


def _base64_character(character: str) -> str:
    return {"+": "(?:[+-]|%2b)", "/": "(?:[/_]|%2f)"}.get(character, character)
