"""The data of a sign-in that are stored: the tokens, when they expire, and the application that got them."""

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import masked

ADDRESS = "https://oauth.yandex.ru"
"""The root address of Yandex OAuth; https://yandex.ru/dev/id/doc/en/concepts/ya-oauth-intro"""


@dataclass(frozen=True)
class SignIn:
    """The tokens of a profile; its repr shows no secret.

    - `access_token`, `refresh_token`: the tokens; the second is "" where the server gave none.
    - `expires_at`: seconds since the epoch at which the access token expires; None if it does not.
    - `client_id`, `client_secret`: the application; the secret is "" for one that has none.
    - `address`: the root address of the OAuth server.
    - `login`: the login that signed in, "" if it is not known.
    """

    access_token: str = field(repr=False)
    client_id: str
    refresh_token: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    expires_at: float | None = None
    address: str = ADDRESS
    login: str = ""

    def __post_init__(self) -> None:
        for name in ("access_token", "refresh_token", "client_secret"):
            object.__setattr__(self, name, masked(getattr(self, name)))

    def is_valid(self, now: float, *, margin: float = 0) -> bool:
        """Whether the access token is valid at `now` and for `margin` seconds more."""
        return self.expires_at is None or now + margin < self.expires_at

    def as_json(self) -> str:
        """Returns the JSON for a store; it contains the secrets."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str, location: str) -> Self:
        """Reads what as_json() wrote; ConfigurationError, with `location` and without the text, for anything else."""
        try:
            values: Any = json.loads(text)
            known = {own.name: values[own.name] for own in fields(cls) if own.name in values}
            expires_at = known.get("expires_at")
            texts = [value for name, value in known.items() if name != "expires_at"]
            if all(isinstance(value, str) for value in texts) and isinstance(expires_at, int | float | None):
                return cls(**known)
        except (ValueError, TypeError):
            pass
        raise ConfigurationError(
            _(
                "{place}: found no sign-in of this program; remove it by `auth logout`, and sign in again",
                place=location,
            )
        )
