"""Masks the token in texts of a server that repeat it.

The pages of some gateways quote the request that they refuse, with its Authorization.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from yadirect_soap.errors import DirectError
from yadirect_soap.language import Message
from yadirect_soap.protocol.messages import Headers, Response, StreamedResponse
from yadirect_soap.protocol.secret_values import SecretValues

from .token import Token

_OK = 200
_PAGE = 1 << 20
"""The size in bytes up to which a page is searched for a token in any form; larger ones only for its usual forms."""


def blank_response(response: Response, secrets: SecretValues) -> Response:
    """Masks secrets in a response: thoroughly in an error page, quickly in data.

    Args:
        response: the response, unchanged.
        secrets: the tokens that were sent.

    Returns:
        The response; its body is the same object if it contains no secret.
    """
    body = blank_body(response.status, response.body, secrets)
    return Response(response.status, _blank_headers(response.headers, secrets), body)


def blank_body(status: int, body: bytes, secrets: SecretValues) -> bytes:
    """Masks secrets in the body of a response; see blank_response."""
    is_page = status != _OK and len(body) <= _PAGE
    return secrets.blank_page(body) if is_page else secrets.blank_data(body)


@contextmanager
def masking_errors(token: Token) -> Iterator[None]:
    """Masks the token in errors that leave the `with`, and in their causes.

    Args:
        token: its value may change while the call runs: the last values count.
    """
    try:
        yield
    except DirectError as error:
        for cause in _chain(error):
            _blank_texts(cause, token.secrets)
        raise


@contextmanager
def masked_stream(token: Token, opened: AbstractContextManager[StreamedResponse]) -> Iterator[StreamedResponse]:
    """Masks the token in a streamed response: in its headers, its pieces, and the errors of its reader."""
    with masking_errors(token), opened as response:
        secrets = token.secrets
        headers = _blank_headers(response.headers, secrets)
        yield StreamedResponse(response.status, headers, secrets.blank_pieces(response.pieces))


def _blank_headers(headers: Headers, secrets: SecretValues) -> Headers:
    blanked = {name: secrets.blank_data(value.encode("utf-8", "surrogatepass")) for name, value in headers.items()}
    return Headers({name: value.decode("utf-8", "surrogatepass") for name, value in blanked.items()})


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yields an error, its causes and theirs."""
    pending: list[BaseException | None] = [error]
    visited: set[int] = set()
    while pending:
        current = pending.pop()
        if current is not None and id(current) not in visited:
            visited.add(id(current))
            pending += [current.__cause__, current.__context__]
            yield current


def _blank_texts(error: BaseException, secrets: SecretValues) -> None:
    error.args = tuple(_blanked(value, secrets) for value in error.args)
    vars(error).update({name: _blanked(value, secrets) for name, value in vars(error).items()})


def _blanked(value: object, secrets: SecretValues) -> object:
    if isinstance(value, Message):
        return value.masked(secrets.blank)
    if isinstance(value, str):
        return secrets.blank(value)
    if isinstance(value, bytes):
        return secrets.blank_data(value)
    if type(value) in (list, tuple):
        return type(value)(_blanked(item, secrets) for item in value)  # type: ignore[call-arg, attr-defined]
    return value
