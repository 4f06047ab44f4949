"""The SOAP wire: converts params, results and faults to SOAP 1.1 document/literal messages and back; implements Wire.

This package, wsdl/ and the XML of reports are the only places that import lxml.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import ApiError
from yadirect_soap.language import _

from .. import headers
from ..model import Operation, Service
from ..scalars import DecodeFailure, EncodeError
from . import decode, encode, envelope, fast_encode
from .documents import local
from .streamed_envelope import StreamedEnvelope

if TYPE_CHECKING:
    from .fast_decode import ItemStream

name = "soap"
content_type = "text/xml; charset=utf-8"
_LARGE = 1 << 16
"""The size in bytes from which on observing the items of a response pays."""

_CHUNK = 1 << 20

media_types = frozenset({"text/xml", "application/xml", "application/soap+xml"})


def path(version: str, service: str) -> str:
    """Returns the path of a service's address: /v5/ads."""
    return f"/{version}/{service}"


def request_headers(operation: Operation) -> dict[str, str]:
    """Returns the headers that this wire adds to a request."""
    action = headers.write_soap_action(operation.soap_action)
    return {headers.CONTENT_TYPE: content_type, headers.SOAP_ACTION: action}


def encode_request(operation: Operation, params: Mapping[str, Any]) -> bytes:
    """Returns the envelope of a call; EncodeError for params that XML cannot carry.

    In an add an empty list means the same as no list, and is left out.
    """
    if carries_empty_lists(operation):
        params = encode.without_empty_lists(params, operation.request)
    return envelope.wrap(local(operation.request.name), operation.namespace, encode.content(params, operation.request))


def carries_empty_lists(operation: Operation) -> bool:
    """Whether an empty list means the same as an absent one, which is all that XML can say."""
    return operation.name.startswith("add")


def encode_fitting(operation: Operation, params: Mapping[str, Any]) -> bytes | None:
    """Returns the envelope of a call if the params fit the contract; None if check() must validate them."""
    try:
        content = fast_encode.content(params, operation.request)
    except (fast_encode.NeedsFullCheck, EncodeError, TypeError, ValueError):
        # Objects of other libraries raise errors of their own where they are compared.
        return None
    return envelope.wrap(local(operation.request.name), operation.namespace, content)


def decode_request(service: Service, body: bytes) -> tuple[Operation | None, dict[str, Any]]:
    """Returns the operation and the params of a call; DecodeFailure for an element of no operation of the service."""
    root = envelope.parse(body)
    element = envelope.only_child(root)
    envelope.refuse_not_understood(root)
    if b"nil" in body:
        decode.refuse_invalid_nil(element)
    for operation in service.operations.values():
        if element.tag == f"{{{operation.namespace}}}{local(operation.request.name)}":
            return operation, decode.params(element, operation.request)
    requests = sorted(local(operation.request.name) for operation in service.operations.values())
    namespace = next(iter(service.operations.values())).namespace
    raise DecodeFailure(
        _("the element {tag!r:.120}", tag=str(element.tag)),
        _("one of {names} in {namespace}", names=", ".join(requests), namespace=namespace),
    )


def encode_result(operation: Operation, result: Mapping[str, Any]) -> bytes:
    """Returns the envelope of a response."""
    shape = operation.response
    return envelope.wrap(local(shape.name), operation.namespace, encode.content(result, shape))


def decode_result(operation: Operation, body: bytes, unknown: Counter[str]) -> dict[str, Any]:
    """Returns the result in a response; raises its fault as ApiError, or DecodeFailure if it is of another call."""
    if operation.listed is None or len(body) < _LARGE:
        return _decode_whole(operation, body, unknown)
    reading = read_items(operation, unknown)
    chunks = (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))
    items = list(reading.items(chunks, len(body)))
    return {**reading.result, operation.listed.name: items} if items else reading.result


def read_items(operation: Operation, unknown: Counter[str]) -> "ItemStream":
    """Reads the items of a response as its bytes come; see wires.Reading."""
    if operation.listed is None:
        raise ValueError(_("the result of {key} is not one list", key=operation.key))
    from .fast_decode import item_decoder  # noqa: PLC0415  small responses need none of it, nor does an import wait for it

    return item_decoder(operation.listed).stream(unknown, partial(_decode_whole, operation))


def checked_pieces(operation: Operation, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Passes the pieces of a response on as they come, if it answers the call and is well-formed to its end.

    Yields:
        The same bytes.

    Raises:
        ApiError: it is a fault; no piece was yielded.
        DecodeFailure: it answers another call (no piece was yielded), or is not well-formed.
    """
    reading, begun, pieces = StreamedEnvelope(), list[bytes](), iter(pieces)
    with suppress(DecodeFailure):
        for piece in pieces:
            begun.append(piece)
            reading.feed(piece)
            if reading.content is not None:
                break
    if reading.content != local(operation.response.name):
        begun.extend(pieces)
        # As decode_result reads it, for the same errors.
        _decode_whole(operation, b"".join(begun), Counter())
        yield from begun
        return
    yield from begun
    for piece in pieces:
        reading.feed(piece)
        yield piece
    reading.end()


def _decode_whole(operation: Operation, body: bytes, unknown: Counter[str]) -> dict[str, Any]:
    """Returns the result in a response, read by decode.py alone; all faster ways must give the same."""
    element = envelope.unwrap(body)
    if element.tag == f"{{{envelope.SOAP}}}Fault":
        raise envelope.read_fault(element)
    expected = local(operation.response.name)
    if decode.local_name(element) != expected:
        raise DecodeFailure(_("the element {tag!r:.80}", tag=str(element.tag)), expected)
    return decode.decode(element, operation.response, unknown)


def encode_fault(error: ApiError) -> bytes:
    """Returns the envelope of a fault."""
    return envelope.wrap_fault(error)
