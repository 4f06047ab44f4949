"""Secrets whose values are known, found in a text in whatever form somebody echoes them, and blanked.

A page shows a token bare, percent-encoded, with HTML's or JSON's escapes, in UTF-16, or in base64 behind `Bearer`.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import quote

from .masked_text import MASK, MaskedStr

SHORTEST = 6
"""Characters of a secret below which it would be found in any text."""

SHORTEST_IN_DATA = 16
"""Characters of a secret from which on it is no word that data may hold too; an OAuth token has 39 and more."""

_BEGINNING = 12
"""Characters by which a long secret is found, also where its end was cut off; what follows is taken for its rest."""
_BASE64_BEGINNING = 16
_REST = r"[\w.~+/=%&#;:\\\x00-]*+"


class SecretValues:
    """Some secrets, to be blanked together.  Its repr shows none of them.

    Args:
        values: the secrets; those of less than 6 characters are left out.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values = tuple(MaskedStr(value) for value in values if len(value) >= SHORTEST)

    def blank(self, text: str) -> str:
        """A text with each secret as ***, in time that grows with its length."""
        return self._pattern.sub(MASK, text) if self._values else text

    def blank_data(self, body: bytes) -> bytes:
        """Bytes with each secret as ***; the same object where none of a secret's usual forms is in them."""
        if not any(form in body for form in self._usual_forms):
            return body
        return self.blank_page(body)

    def blank_pieces(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """A stream with each secret as blank_data has it, also where a piece ends inside one.

        Args:
            pieces: the stream; of a piece only what may be the beginning of a secret waits for the next one.
        """
        held = b""
        for piece in pieces:
            buffer = held + piece
            cut = len(buffer) - self._begun(buffer)
            held = buffer[cut:]
            if ready := buffer[:cut]:
                yield self.blank_data(ready)
        if held:
            yield self.blank_data(held)

    def _begun(self, data: bytes) -> int:
        """How many bytes at the end of data may be the beginning of a secret in one of its usual forms."""
        longest = min(len(data), max(map(len, self._usual_forms), default=1) - 1)
        ends = (data[-size:] for size in range(longest, 0, -1))
        return next((len(end) for end in ends if any(form.startswith(end) for form in self._usual_forms)), 0)

    def blank_page(self, body: bytes) -> bytes:
        """Bytes with each secret in any form as ***."""
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
    """A character as itself and in the escapes of URLs, HTML, JSON and Python; each repetition is bounded."""
    code = ord(character)
    names = "|".join(re.escape(name) for name in _names_in_html(character))
    reference = rf"&(?:amp;){{0,4}}(?:#0{{0,6}}{code};|#x0{{0,6}}{code:x};|{names or '(?!)'})"
    escaped = rf"\\{{1,8}}(?:(?:u00|x){code:02x}|{re.escape(character)})"
    return rf"(?:{re.escape(character)}|%(?:25){{0,4}}{code:02x}|{reference}|{escaped})"


def _names_in_html(character: str) -> list[str]:
    from html.entities import html5  # noqa: PLC0415  2,000 names, which an import of the package need not wait for

    return [name for name, meant in html5.items() if meant == character and name.endswith(";")]


def _base64_forms(value: str) -> Iterator[str]:
    """What is the same in the base64 of every text with the secret in it, for each place where it may begin."""
    for before, affected in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * before + value.encode()).decode("ascii")
        yield encoded.rstrip("=")[affected:-1]


def _base64_character(character: str) -> str:
    return {"+": "(?:[+-]|%2b)", "/": "(?:[/_]|%2f)"}.get(character, character)
