"""Removes from recordings personal members, and the tokens and logins of headers."""

from typing import Any

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.masked_text import MASK
from yadirect_soap.protocol.messages import Headers
from yadirect_soap.protocol.redaction import redact_message
from yadirect_soap.protocol.secret_values import SecretValues

_SHORTEST = 3
"""The least characters of a login that is removed; a shorter one would be found in any text."""


def redacted(message: Any, service: str, known: frozenset[str] = frozenset()) -> Any:
    """Returns a copy of a message with masks instead of personal members and of the `known` texts."""
    secrets = SecretValues(known)
    longest_first = sorted(known, key=len, reverse=True)

    def blank(text: str) -> str:
        for secret in longest_first:
            text = text.replace(secret, MASK)
        return secrets.blank(text)

    return redact_message(message, service, blank)


def texts_of(*fields: Headers) -> frozenset[str]:
    """Returns the token and the logins in headers."""
    texts: set[str] = set()
    for header_fields in fields:
        texts.add(headers.read_authorization(header_fields.get(headers.AUTHORIZATION, "")) or "")
        texts.update(header_fields.get(name, "") for name in (headers.CLIENT_LOGIN, headers.UNITS_USED_LOGIN))
    return frozenset(text for text in texts if len(text) >= _SHORTEST)
