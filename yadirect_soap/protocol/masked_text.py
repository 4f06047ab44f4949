"""Strings that hold a secret: their repr masks it, so that tracebacks with local variables do not show it."""

import re
from typing import Any

MASK = "***"
_SHOWN_OPTIONS = frozenset({"dataset", "format", "dialect", "secure", "driver", "sslmode", "schema", "charset"})
"""Options of addresses whose values are no secrets; an address of ODBC has its password in another one."""


class MaskedStr(str):
    """A secret string, such as a token: like any str, but its repr is a mask, and it is pickled as the mask."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(MASK)

    def __getitem__(self, index: Any) -> "MaskedStr":
        return MaskedStr(super().__getitem__(index))

    def __copy__(self) -> "MaskedStr":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "MaskedStr":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (MASK,)


def masked(value: Any) -> Any:
    """Converts a str to a MaskedStr; returns anything else unchanged."""
    return MaskedStr(value) if isinstance(value, str) else value


class MaskedUrl(str):
    """An address that may contain a user and a password, such as a proxy's: its repr masks them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(without_credentials(self))


def masked_url(value: Any) -> Any:
    """Converts a str to a MaskedUrl; returns anything else unchanged."""
    return MaskedUrl(value) if isinstance(value, str) else value


def resembles_token(text: str) -> bool:
    """Whether a text looks like an OAuth token: `y0_AgAAA...`, or a long mixture of letters and digits."""
    if re.search(r"\by\d_[\w-]{6}", text):
        return True
    is_mixed = re.search(r"\d", text) and re.search(r"[a-z]", text, re.IGNORECASE)
    return bool(is_mixed and re.fullmatch(r"[\w.~+/=-]{32,}", text) and not re.search(r"[/.~]", text[:-1]))


def without_tokens(text: str) -> str:
    """Masks everything in a text that looks like a token, in case a user wrote one by mistake."""
    return MASK if resembles_token(text) else text


def without_userinfo(address: str) -> str:
    """Replaces the user and the password before the host of an address by `***@`."""
    # Up to the last @, because a password may contain one, or a slash, that is not encoded.
    return re.sub(r"(?s)^([A-Za-z0-9+.-]*://)?.*@", rf"\1{MASK}@", str(address))


def without_credentials(address: str) -> str:
    """Masks user and password in an address, and the values of options that may contain them."""

    def masked_option(match: re.Match[str]) -> str:
        name, value = match["name"], match["value"]
        return name + (value if name[1:].lower() in _SHOWN_OPTIONS else f"={MASK}")

    return re.sub(r"(?s)(?P<name>[?&;][^=&;?]*)(?P<value>=[^&]*)", masked_option, without_userinfo(address))
