"""The OAuth token, which is never printed; protocol/headers.py writes it into a header."""

from collections.abc import Callable
from typing import NoReturn, Protocol, Self, runtime_checkable

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, in_words
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.masked_text import MaskedStr, masked
from yadirect_soap.protocol.secret_values import SecretValues

_RECENT = 4
"""How many tokens of a function are remembered."""

TokenSource = str | Callable[[], str]


@runtime_checkable
class RefreshableToken(Protocol):
    """A function that returns the current token, and can replace one that the API refuses."""

    def __call__(self) -> str:
        """Returns the current token."""

    def refresh_refused(self, token: str) -> bool:
        """Replaces a token that the API refused; False if it cannot be replaced. Threads may call this at once."""


class Token:
    """A token, or a function that returns the current one and is called for each request."""

    __slots__ = ("_recent", "_secrets", "_source")

    def __init__(self, source: TokenSource) -> None:
        self._source: object = masked(source)
        self._recent: tuple[str, ...] = (self._source,) if isinstance(self._source, str) else ()
        self._secrets = SecretValues(self._recent)

    def checked(self) -> Self:
        """Returns itself; ConfigurationError if it is neither a token nor a function."""
        if not self._source or not (isinstance(self._source, str) or callable(self._source)):
            raise ConfigurationError(_("a token is needed: a str, or a function that returns one"))
        if isinstance(self._source, str):
            self.authorization()
        return self

    def __call__(self) -> str:
        """Returns the current token."""
        token = masked(self._source() if callable(self._source) else self._source)
        return token if isinstance(token, str) else MaskedStr()

    def authorization(self) -> str:
        """Returns the value of the Authorization header; ConfigurationError if a header cannot carry the token."""
        token = self()
        self._remember(token)
        try:
            return headers.write_authorization(token)
        except ValueError as error:
            raise ConfigurationError(in_words(error)) from None

    def refresh(self, authorization: str) -> bool:
        """Replaces the token that a request was sent with.

        Args:
            authorization: the Authorization header of the request, which the API refused with error 53.

        Returns:
            Whether there is another token now; False if the source cannot refresh.

        Raises:
            ConfigurationError: the server does not refresh the token.
            NotSentError: the OAuth server gave no response.
        """
        if not isinstance(self._source, RefreshableToken):
            return False
        return self._source.refresh_refused(headers.read_authorization(authorization) or "")

    @property
    def secrets(self) -> SecretValues:
        """The tokens that were sent last, which are masked if a server repeats them."""
        return self._secrets

    def _remember(self, token: str) -> None:
        # Calls of other threads may still run with the tokens before it.
        if token not in self._recent:
            self._recent = (*self._recent[1 - _RECENT :], token)
            self._secrets = SecretValues(self._recent)

    def __repr__(self) -> str:
        return "Token(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Token is not pickled: it would be written in clear text")


def token_of(source: TokenSource) -> Token:
    """Returns the Token of a source; a Token is returned unchanged, because it knows the tokens that were sent."""
    return source if isinstance(source, Token) else Token(source)
