"""The decoded messages of a call of a service or of Reports; they are decoded only when they are read."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from http import HTTPStatus
from typing import Any, Protocol

from yadirect_soap.errors import ApiError, DecodeError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Request, Response
from yadirect_soap.protocol.model import Operation, Service
from yadirect_soap.protocol.reports import delivery as deliveries
from yadirect_soap.protocol.reports.formats import FORMATS, Format
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.wires import WIRES, Wire

from ..domain.item_counts import count_items
from ..domain.operation_keys import REPORTS

Over = Callable[[str], bytes]
"""Encodes a message for "soap" or "json"; EncodeError for what that wire cannot carry."""


@dataclass(frozen=True, slots=True)
class ParsedResponse:
    """The outcome of a call (see RecordedCall.outcome), with its result or error.

    `over` is None for messages that only one wire has: a report, a web server's page.
    """

    outcome: str
    result: dict[str, Any] | None = None
    error: ApiError | None = None
    over: Over | None = None


class ParsedCall(Protocol):
    """A request, and the decoder of its response: a ServiceCall or a ReportCall."""

    @property
    def request(self) -> Request:
        """The message as it came."""

    @property
    def wire(self) -> str:
        """The wire that it came by, "soap" or "json"."""

    @property
    def operation(self) -> str:
        """The operation's key, such as "ads.add"."""

    @property
    def params(self) -> dict[str, Any]:
        """The params; {} if the body cannot be read."""

    @property
    def over(self) -> Over | None:
        """Encodes the request for a wire; None if the body cannot be read."""

    def parse_response(self, response: Response, /) -> ParsedResponse:
        """Decodes the response."""


@dataclass(frozen=True)
class ServiceCall:
    """A call of a service's operation."""

    service: Service
    form: Wire
    request: Request

    @property
    def wire(self) -> str:
        """The wire that it came by."""
        return self.form.name

    @property
    def operation(self) -> str:
        """The operation's key; "ads.?" if the body cannot be read or the service has no such operation."""
        return self.known.key if self.known else f"{self.service.name}.?"

    @property
    def known(self) -> Operation | None:
        """The operation's record in the contract."""
        return self._read[0]

    @property
    def params(self) -> dict[str, Any]:
        """The operation's params."""
        return self._read[1]

    @property
    def over(self) -> Over | None:
        """Encodes the request for a wire."""
        known = self.known
        return None if known is None else lambda wire: WIRES[wire].encode_request(known, self.params)

    def parse_response(self, response: Response) -> ParsedResponse:
        """Decodes the result or the error, if the request could be decoded."""
        known = self.known
        if known is None:
            return ParsedResponse(_ended(response, "unreadable"))
        try:
            result = self.form.decode_result(known, response.body, Counter())
        except ApiError as error:
            return _refused(error, lambda fault, wire: WIRES[wire].encode_fault(fault))
        except (DecodeError, DecodeFailure, RecursionError):
            return ParsedResponse(_ended(response, "unreadable"))
        return ParsedResponse(
            _ended(response, _of_items(known, result)),
            result,
            over=lambda wire: WIRES[wire].encode_result(known, result),
        )

    @cached_property
    def _read(self) -> tuple[Operation | None, dict[str, Any]]:
        try:
            return self.form.decode_request(self.service, self.request.body)
        except (DecodeFailure, RecursionError):
            return None, {}


@dataclass(frozen=True)
class ReportCall:
    """A request for a report, whose params are the report's definition."""

    form: Format
    request: Request

    operation = REPORTS

    @property
    def wire(self) -> str:
        """The wire of the definition's form."""
        return self.form.name

    @property
    def params(self) -> dict[str, Any]:
        """The definition, with the API's names."""
        return self._definition or {}

    @property
    def over(self) -> Over | None:
        """Encodes the definition for a wire."""
        definition = self._definition
        return None if definition is None else lambda wire: FORMATS[wire].encode_definition(definition)

    def parse_response(self, response: Response) -> ParsedResponse:
        """Recognizes a report by its Content-Type, without reading its rows, and decodes an error."""
        if headers.media_type(response.headers.get(headers.CONTENT_TYPE)) == deliveries.MEDIA_TYPE:
            return ParsedResponse(_ended(response, "ok"))
        try:
            error = self.form.decode_error(response.body)
        except (DecodeFailure, RecursionError):
            return ParsedResponse(_ended(response, "unreadable"))
        return _refused(error, lambda fault, wire: FORMATS[wire].encode_error(fault))

    @cached_property
    def _definition(self) -> dict[str, Any] | None:
        try:
            return self.form.decode_definition(self.request.body)
        except (DecodeFailure, RecursionError):
            return None


def _refused(error: ApiError, encode: Callable[[ApiError, str], bytes]) -> ParsedResponse:
    return ParsedResponse(f"error {error.code}", error=error, over=partial(encode, error))


def _of_items(operation: Operation, result: dict[str, Any]) -> str:
    """Returns the outcome of a call that was carried out, whose items may have failed."""
    succeeded, failed = count_items(operation, result)
    return f"{failed} of {succeeded + failed} items failed" if failed else "ok"


def _ended(response: Response, outcome: str) -> str:
    """Returns the outcome of a call without an error: that of the body, or a status other than 200."""
    return outcome if response.status == HTTPStatus.OK else f"HTTP {response.status}"
