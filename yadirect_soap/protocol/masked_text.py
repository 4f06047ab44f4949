"""Texts that hold a secret: their repr does not show it, so that no traceback with local variables does either."""

import re
from typing import Any

MASK = "***"


class MaskedStr(str):
    """A secret text, such as a token: as any str, but its repr is a mask, and it is pickled as one."""

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
    """A str as a MaskedStr; anything else as it is."""
    return MaskedStr(value) if isinstance(value, str) else value


class MaskedUrl(str):
    """An address that may hold a user and a password, such as a proxy's: its repr masks them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(without_userinfo(self))


def masked_url(value: Any) -> Any:
    """A str as a MaskedUrl; anything else as it is."""
    return MaskedUrl(value) if isinstance(value, str) else value


def without_userinfo(address: str) -> str:
    """An address with the user and the password before its host as `***@`."""
    # To its last @: a password may hold one, and a slash too, where somebody did not encode it.
    return re.sub(r"(?s)^([A-Za-z0-9+.-]*://)?.*@", rf"\1{MASK}@", str(address))
