"""Converts HTTP responses to results or errors: pages that are not the API's, unreadable bodies, unknown names."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any

from yadirect_soap.errors import ApiError, DecodeError, HttpError
from yadirect_soap.language import _, in_words, joined
from yadirect_soap.protocol import headers, redaction
from yadirect_soap.protocol.messages import Response, StreamedResponse
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.wires import Wire

from .echoes import blank_response
from .results import CallResponse
from .settings import Settings
from .unknown_log import listed

_OK = 200
_PAGE = 1 << 16
"""The number of bytes of a page that are searched."""
_CAPTCHA = _(
    "the server takes this address for that of a robot: send fewer requests, check the endpoint and the proxies, "
    "or ask from another IP address"
)


def read(operation: Operation, response: Response, wire: Wire, *, strict: bool) -> CallResponse:
    """Reads a response: the result, and its units, RequestId and unknown names.

    Args:
        operation: the operation that was called.
        response: the whole response.
        wire: the format in which it was called.
        strict: raise DecodeError for anything that the contract does not have.

    Returns:
        The result and the known facts about the response.

    Raises:
        ApiError: the API refused the request; the class follows its code.
        HttpError: the page is not from the API.
        DecodeError: the API's response cannot be read in full.
    """
    if not _is_of(wire, response):
        raise not_the_api(operation, response)
    unknown: Counter[str] = Counter()
    call_response = _call_response(operation, response)
    with _errors_of_call(operation, response, call_response):
        result = wire.decode_result(operation, response.body, unknown)
    if response.status != _OK:
        raise not_the_api(operation, response)
    if strict:
        _refuse_unknown(unknown, call_response)
    return call_response._replace(result=result, unknown=dict(unknown))


def read_items(
    operation: Operation, response: StreamedResponse, settings: Settings
) -> Generator[dict[str, Any], None, CallResponse]:
    """Yields the objects of a response as it arrives; returns the rest of it.  Raises the errors of read()."""
    _refuse_page(operation, response, settings)
    wire, strict = settings.wire, settings.strict
    unknown: Counter[str] = Counter()
    call_response = _call_response(operation, Response(response.status, response.headers))
    reading = wire.read_items(operation, unknown)
    name = operation.listed.name if operation.listed else ""
    with _errors_of_call(operation, call_response.raw, call_response):
        for index, item in enumerate(reading.items(response.pieces)):
            if item is None:
                raise DecodeFailure("nil", _("an object")).inside(f".{name}[{index}]")
            if strict:
                _refuse_unknown(unknown, call_response)
            yield item
    if strict:
        _refuse_unknown(unknown, call_response)
    return call_response._replace(result=reading.result, unknown=dict(unknown))


def save(operation: Operation, response: StreamedResponse, out: IO[bytes], settings: Settings) -> CallResponse:
    """Writes a response over SOAP to a file as it arrives; raises the errors of read()."""
    from yadirect_soap.protocol import soap  # noqa: PLC0415  lxml is loaded by those who call

    _refuse_page(operation, response, settings)
    call_response = beginning(operation, response)
    out.seek(0)
    out.truncate()
    with _errors_of_call(operation, call_response.raw, call_response):
        for piece in soap.checked_pieces(operation, response.pieces):
            out.write(piece)
    return call_response


def _refuse_page(operation: Operation, response: StreamedResponse, settings: Settings) -> None:
    """Raises the error of a streamed response that is not a result of the API."""
    if response.status != _OK or not _is_of(settings.wire, response):
        page = Response(response.status, response.headers, b"".join(response.pieces))
        blanked = blank_response(page, settings.credentials.secrets)
        read(operation, blanked, settings.wire, strict=settings.strict)


def beginning(operation: Operation, response: StreamedResponse) -> CallResponse:
    """Reads the headers of a response, before its body."""
    return _call_response(operation, Response(response.status, response.headers))


@contextmanager
def _errors_of_call(operation: Operation, response: Response, call_response: CallResponse) -> Iterator[None]:
    """Translates errors of a wire into errors of this call."""
    try:
        yield
    except ApiError as error:
        error.operation = operation.key
        error.units = call_response.units
        error.retry_after = retry_after(response)
        error.request_id = error.request_id or call_response.request_id
        raise
    except DecodeFailure as failure:
        if response.status != _OK:
            raise not_the_api(operation, response) from None
        raise _undecodable(in_words(failure), call_response, failure.json_path) from failure


def _is_of(wire: Wire, response: Response | StreamedResponse) -> bool:
    return headers.media_type(response.headers.get(headers.CONTENT_TYPE)) in {*wire.media_types, ""}


def _refuse_unknown(unknown: Counter[str], call_response: CallResponse) -> None:
    if unknown:
        names = listed(sorted(unknown))
        raise _undecodable(_("the contract does not know {names}", names=names), call_response)


def _call_response(operation: Operation, response: Response) -> CallResponse:
    units = response.headers.get(headers.UNITS)
    return CallResponse(
        operation=operation.key,
        request_id=response.headers.get(headers.REQUEST_ID, ""),
        units=headers.read_units(units, response.headers.get(headers.UNITS_USED_LOGIN)),
        raw=response,
    )


def not_the_api(operation: Operation, response: Response) -> HttpError:
    """Returns the error for a page that is not from the API, with the beginning of its text."""
    content_type = response.headers.get(headers.CONTENT_TYPE, "")
    excerpt = redaction.excerpt(response.body, operation.service)
    verdict = _("a captcha") if _is_captcha(response) else _("which is not from the API")
    message: str = _(
        "HTTP {status} with {content_type}, {verdict}: {excerpt!r}",
        status=response.status,
        content_type=content_type or _("no Content-Type"),
        verdict=verdict,
        excerpt=excerpt,
    )
    if _is_captcha(response):
        message = joined("; ", [message, _CAPTCHA])
    error = HttpError(
        message, status=response.status, content_type=content_type, excerpt=excerpt, operation=operation.key
    )
    error.retry_after = retry_after(response)
    return error


def _is_captcha(response: Response) -> bool:
    """Whether a page is a captcha, such as Yandex's SmartCaptcha."""
    location = response.headers.get("Location", "")
    return b"captcha" in response.body[:_PAGE].lower() or "captcha" in location.lower()


def retry_after(response: Response) -> float | None:
    """Seconds after which the server asks to repeat the request; None if it does not say."""
    return headers.read_retry_after(response.headers, datetime.now(UTC))


def _undecodable(message: str, call_response: CallResponse, path: str = "") -> DecodeError:
    return DecodeError(message, path=path, operation=call_response.operation, request_id=call_response.request_id)
