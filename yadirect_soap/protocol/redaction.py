"""Masks personal values and credentials in texts and messages, for logs, errors and recordings.

    >>> redact_text('<Email>anna@example.com</Email> {"Phone": {"PhoneNumber": "123"}, "Id": 7}')
    '<Email>***</Email> {"Phone": "***", "Id": 7}'

A text need not be well-formed: it may be cut anywhere, or be a page that quotes a message with HTML escapes.  It is
read once from left to right.  When a personal member begins, everything up to its end, or to the end of the text, is
masked.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from .masked_text import MASK

PERSONAL = frozenset(
    {
        "Address",
        "Agency",
        "Apartment",
        "Building",
        "City",
        "ClientInfo",
        "CompanyName",
        "ContactEmail",
        "ContactPerson",
        "Email",
        "EpayNumber",
        "Extension",
        "ExtraMessage",
        "FirstName",
        "House",
        "InstantMessenger",
        "LastName",
        "Login",
        "Logins",
        "Manager",
        "MessengerLogin",
        "Ogrn",
        "OksmNumber",
        "PassportOrganizationLogin",
        "Password",
        "Phone",
        "PhoneNumber",
        "PointOnMap",
        "RegNumber",
        "SmsPhoneNumber",
        "Street",
        "Tin",
    }
)
"""Members of any service by the API's names: names, logins, addresses, telephones, registration numbers."""

_OF_SERVICES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "agencyclients": frozenset({"Name", "Number"}),
        "businesses": frozenset({"Name", "ProfileUrl"}),
        "clients": frozenset({"Name", "Number"}),
        "leads": frozenset({"Value"}),
    }
)
"""Members that are personal in one service only: names of organizations, numbers of contracts, contents of forms."""

_BEGINNING = 1 << 12
_EXCERPT = 200
"""The number of characters of an excerpt; cut after masking, because half a credential would not be recognised."""

_QUOTE = r"(?<!\\)\\*+\"|&quot;|&#0*34;|'"
_CREDENTIALS: tuple[tuple[str, str], ...] = (
    (r"(?i)\b(Bearer(?:\s|%20|\+|&nbsp;|&#32;)+)[^\s\"'<>&,;]+", r"\1***"),
    (r"(?i)\b(OAuth(?:\s|%20|\+|&nbsp;|&#32;)+)[^\s\"'<>&,;]{16,}", r"\1***"),
    (
        r"(?i)\b((?:(?:oauth|access|refresh)_token|client_secret)(?:\W|%3d|%22|&quot;|&#34;){1,12})[^\s\"'<>&,;]+",
        r"\1***",
    ),
    (r"(?i)(authorization(?:\W|&quot;){1,12}(?:Basic|Bearer|OAuth)\s+)[^\s\"'<>&,;]+", r"\1***"),
    (r"(://)[^\s/@\"'<>]{1,300}@", r"\1***@"),
    (r"(?<![\w.%+/:-])[\w.%+-]++@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}", "***"),
)
"""Patterns of credentials and e-mail addresses of any owner."""


def personal_members(service: str = "") -> frozenset[str]:
    """Returns the names of the personal members of a service.

    Args:
        service: "clients"; "" for those that are personal in every service.

    Returns:
        The API's names.
    """
    return PERSONAL | _OF_SERVICES.get(service, frozenset())


def redact_text(text: str, service: str = "") -> str:
    """Replaces personal values and credentials by *** in a message or a page.

    Args:
        text: XML, JSON or HTML, complete or cut.
        service: the service of the message, if it is known.

    Returns:
        The masked text; the time is linear in its length.
    """
    names = personal_members(service)
    opening = re.compile(_opening(names))
    pieces: list[str] = []
    at = 0
    while match := opening.search(text, at):
        pieces.append(text[at : match.end()])
        if match["key"] and _unescaped(match["key"]) not in names:
            at = match.end()
            continue
        skip: Callable[[str, re.Match[str]], tuple[str, int]] = _SKIPPING[match.lastgroup or ""]
        replacement_text, at = skip(text, match)
        pieces.append(replacement_text)
    text = "".join([*pieces, text[at:]])
    for pattern, replacement in _CREDENTIALS:
        text = re.sub(pattern, replacement, text)
    return text


def excerpt(body: bytes, service: str = "") -> str:
    """Returns the beginning of a page, for an error message.

    Args:
        body: a page of any size and kind.
        service: the service that was called.

    Returns:
        At most 200 characters, without personal values and credentials.
    """
    return redact_text(body[:_BEGINNING].decode("utf-8", "replace"), service)[:_EXCERPT]


def redact_message(message: Any, service: str, blank_text: Callable[[str], str] = str) -> Any:
    """Returns a copy of a message with personal members masked.

    Args:
        message: plain JSON.
        service: the service of the message.
        blank_text: masks other secrets in any text.

    Returns:
        A message of the same shape: texts of personal members are ***, their numbers 0.
    """
    return _redacted(message, personal_members(service), blank_text)


def _redacted(value: Any, names: frozenset[str], blank_text: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _blanked(inner) if name in names else _redacted(inner, names, blank_text)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_redacted(inner, names, blank_text) for inner in value]
    return blank_text(value) if isinstance(value, str) else value


def _blanked(value: Any) -> Any:
    """Masks texts and numbers and keeps the structure, so that readers still find a text where they expect one."""
    if isinstance(value, Mapping):
        return {name: _blanked(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_blanked(inner) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    return MASK if isinstance(value, str) else 0


def _opening(names: frozenset[str]) -> str:
    """Returns a pattern of the possible beginnings of a personal value: an element, an attribute, a member."""
    of = "|".join(sorted(names))
    return (
        rf"(?:<|&lt;|\\u003c)(?:[\w.-]++:)?(?P<element>{of})(?![\w.:-])"
        rf"|(?<![\w.-])(?:{of})\s*=\s*(?P<attribute>[\"'])"
        rf"|(?P<quote>{_QUOTE})(?:{of}|(?P<key>\w*+(?:\\+u00[0-9A-Fa-f]{{2}}\w*+)++))(?P=quote)\s*:\s*(?P<member>)"
    )


# --- elements of XML ------------------------------------------------------------------------------------------

_END_OF_TAG = r"(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>"
_END_OF_ESCAPED_TAG = r"(?:[^&\\]|&(?!gt;)|\\(?!u003e))*+(?:&gt;|\\u003e)"
_MARKUP = r"<!--|<!\[CDATA\[|(?:<|&lt;|\\u003c)(?P<slash>(?:\\?/)?)(?:[\w.-]++:)?(?P<name>[\w.-]++)"
_CLOSED_BY: Mapping[str, str] = MappingProxyType({"<!--": "-->", "<![CDATA[": "]]>"})
_QUOTED = r"(?<![\w:.-])([\w:.-]++)(\s*=\s*)(\"[^\"]+\"|'[^']+')"


def _skip_element(text: str, opened: re.Match[str]) -> tuple[str, int]:
    """Masks an element; returns its masked text after the name, and the index of its closing tag."""
    pattern = _end_of_tag(opened[0])
    end = re.compile(pattern).match(text, opened.end())
    if end is None:
        return MASK, len(text)
    attributes = re.sub(_QUOTED, _blank_attribute, end[0]) if end[0][-1] == ">" else end[0]
    if _is_empty(end[0]):
        return attributes, end.end()
    closed = _closing(text, end.end(), opened["element"], pattern)
    return attributes + (MASK if text[end.end() : closed].strip() else ""), closed


def _closing(text: str, at: int, name: str, end_of_tag: str) -> int:
    """Returns the index of the closing tag of an element, or of the end of the text; equal elements may nest."""
    depth = 1
    markup = re.compile(_MARKUP)
    while match := markup.search(text, at):
        at = match.end()
        if match[0] in _CLOSED_BY:
            at = text.find(_CLOSED_BY[match[0]], at)
            if at < 0:
                break
        elif match["name"] == name and match["slash"]:
            depth -= 1
            if not depth:
                return match.start()
        elif match["name"] == name:
            end = re.compile(end_of_tag).match(text, at)
            if end is None:
                break
            at = end.end()
            depth += not _is_empty(end[0])
    return len(text)


def _end_of_tag(opening: str) -> str:
    return _END_OF_TAG if opening.startswith("<") else _END_OF_ESCAPED_TAG


def _is_empty(rest_of_tag: str) -> bool:
    return rest_of_tag.endswith(("/>", "/&gt;", "/\\u003e"))


def _blank_attribute(match: re.Match[str]) -> str:
    """Masks the value of an attribute; namespaces and types are kept."""
    prefix, _, name = match[1].rpartition(":")
    if match[1] == "xmlns" or prefix in ("xmlns", "xsi") or name in ("nil", "type"):
        return match[0]
    return f"{match[1]}{match[2]}{match[3][0]}{MASK}{match[3][0]}"


def _skip_attribute(text: str, opened: re.Match[str]) -> tuple[str, int]:
    """Masks an attribute; returns its masked text after the opening quote, and the index of the closing quote."""
    end = text.find(opened["attribute"], opened.end())
    return (MASK, len(text)) if end < 0 else (MASK if end > opened.end() else "", end)


# --- members of JSON ------------------------------------------------------------------------------------------

_PLAIN = r"[^\s,\]}<&\"'\\]++"
_KEPT = frozenset({"null", "true", "false", "None", "True", "False"})


def _unescaped(key: str) -> str:
    """Returns the name of a member without JSON escapes."""
    return re.sub(r"\\+u00([0-9A-Fa-f]{2})", lambda match: chr(int(match[1], 16)), key)


def _skip_member(text: str, opened: re.Match[str]) -> tuple[str, int]:
    """Masks the value of a member; returns its masked text after the colon, and the index of its end."""
    quote, at = opened["quote"], opened.end()
    if quote == "'" and text.startswith('"', at):
        quote = '"'  # as Python writes a text with an apostrophe
    masked = f"{quote}{MASK}{quote}"
    if text.startswith(quote, at):
        end = _end_of_string(text, at + len(quote), quote)
        return (quote * 2 if end == at + 2 * len(quote) else masked), end
    if text.startswith(("[", "{"), at):
        return masked, _end_of_brackets(text, at, quote)
    literal = re.compile(_PLAIN).match(text, at)
    if literal is None or literal[0] in _KEPT:
        return "", at
    return masked, literal.end()


def _end_of_string(text: str, at: int, quote: str) -> int:
    """The index after the closing quote: it has as many backslashes before it as the first, or pairs of them more."""
    bare = quote.lstrip("\\")
    escapes = len(quote) - len(bare)
    for match in re.compile(rf"(?<!\\)(\\*+){re.escape(bare)}").finditer(text, at):
        if len(match[1]) % (2 * escapes + 2) == escapes:
            return match.end()
    return len(text)


def _end_of_brackets(text: str, at: int, quote: str) -> int:
    """Returns the index after the bracket that closes the one at an index; brackets in strings do not count."""
    depth = 0
    tokens = re.compile(rf"[\[\]{{}}]|{re.escape(quote)}")
    while match := tokens.search(text, at):
        at = match.end()
        if match[0] == quote:
            at = _end_of_string(text, at, quote)
        else:
            depth += 1 if match[0] in "[{" else -1
            if not depth:
                return at
    return len(text)


_SKIPPING: Mapping[str, Callable[[str, re.Match[str]], tuple[str, int]]] = MappingProxyType(
    {"element": _skip_element, "attribute": _skip_attribute, "member": _skip_member}
)
