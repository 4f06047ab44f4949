"""What a recording must not hold: tokens, logins and what belongs to a person, blanked in messages of plain JSON."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers
from yadirect_soap.protocol.personal import MASK, PERSONAL

_OF_SERVICES: Mapping[str, frozenset[str]] = MappingProxyType({"leads": frozenset({"Value"})})
"""Members that are personal in one service alone: a lead is what somebody wrote into a form."""

_SHORTEST = 3
"""Characters of a login below which it would be found in any text."""


def scrubbed(message: Any, service: str, known: frozenset[str] = frozenset()) -> Any:
    """A copy of a message with personal members blanked, and each of the `known` texts wherever it stands."""
    return _scrubbed(message, PERSONAL | _OF_SERVICES.get(service, frozenset()), known)


def texts_of(*fields: Headers) -> frozenset[str]:
    """The token and the logins that headers tell."""
    found: set[str] = set()
    for each in fields:
        found.add(headers.read_authorization(each.get(headers.AUTHORIZATION, "")) or "")
        found.update(each.get(name, "") for name in (headers.CLIENT_LOGIN, headers.UNITS_USED_LOGIN))
    return frozenset(text for text in found if len(text) >= _SHORTEST)


def _scrubbed(value: Any, names: frozenset[str], known: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _blanked(inner) if name in names else _scrubbed(inner, names, known) for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_scrubbed(inner, names, known) for inner in value]
    if isinstance(value, str):
        for text in sorted(known, key=len, reverse=True):
            value = value.replace(text, MASK)
    return value


def _blanked(value: Any) -> Any:
    """The same form without its texts: what reads it still finds a text where there was one."""
    if isinstance(value, Mapping):
        return {name: _blanked(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_blanked(inner) for inner in value]
    return MASK if isinstance(value, str) else value
