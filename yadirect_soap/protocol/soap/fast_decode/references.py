"""Resolves references in a text, such as &amp; and &#1095;."""

import re

from ...scalars import FORBIDDEN_IN_XML

_REFERENCE = re.compile("&(?:#x([0-9A-Fa-f]{1,6});|#([0-9]{1,7});|(amp|lt|gt|quot|apos);)?")
_NAMED = (("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"))


class NotMatched(Exception):
    """A text differs from what the pattern expects (an undeclared entity, for example); decode.py has to read it."""


def resolved(text: str) -> str:
    """Returns a text with its references resolved; NotMatched for one that is not predefined in XML."""
    if text.count("&") == text.count("&amp;"):
        return text.replace("&amp;", "&")
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return dict(_NAMED)[name]
    try:
        character = chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
    except (TypeError, ValueError, OverflowError):
        raise NotMatched from None
    if FORBIDDEN_IN_XML.match(character):
        raise NotMatched
    return character
