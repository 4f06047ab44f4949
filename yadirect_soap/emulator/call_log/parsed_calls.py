"""What the two messages of a call say, read when they are asked about: a call of a service, or one of the reports."""

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

from ..fault_injection import REPORTS

Over = Callable[[str], bytes]
"""Says a message over "soap" or "json", whichever it came by; EncodeError for what that wire cannot carry."""


@dataclass(frozen=True, slots=True)
class ParsedResponse:
    """How a call ended: "ok", "error 8000", "HTTP 503" or "unreadable", with what there is of a result or an error.

    `over` is None for what the two wires do not both say: a report, a web server's page.
    """

    outcome: str
    result: dict[str, Any] | None = None
    error: ApiError | None = None
    over: Over | None = None


class ParsedCall(Protocol):
    """A request, and how its answer is read.  ServiceCall and ReportCall are the two that exist."""

    @property
    def request(self) -> Request:
        """The message as it came."""

    @property
    def wire(self) -> str:
        """The wire that it came by, "soap" or "json"."""

    @property
    def operation(self) -> str:
        """What was called, such as "ads.add"."""

    @property
    def params(self) -> dict[str, Any]:
        """The params; {} where the body cannot be read."""

    @property
    def over(self) -> Over | None:
        """Says the request; None where the body cannot be read."""

    def parse_response(self, response: Response, /) -> ParsedResponse:
        """Reads the answer."""


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
        """The operation's key; "ads.?" where the body cannot be read or the service has no such operation."""
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
        """Says the call."""
        known = self.known
        return None if known is None else lambda wire: WIRES[wire].encode_request(known, self.params)

    def parse_response(self, response: Response) -> ParsedResponse:
        """Reads the result or the error; the answer to what cannot be read is not read either."""
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
            _ended(response, "ok"), result, over=lambda wire: WIRES[wire].encode_result(known, result)
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
        """The wire whose form the definition has."""
        return self.form.name

    @property
    def params(self) -> dict[str, Any]:
        """The definition, with the API's names."""
        return self._definition or {}

    @property
    def over(self) -> Over | None:
        """Says the definition."""
        definition = self._definition
        return None if definition is None else lambda wire: FORMATS[wire].encode_definition(definition)

    def parse_response(self, response: Response) -> ParsedResponse:
        """Tells a report by its Content-Type, without a look at its rows, and reads an error."""
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


def _ended(response: Response, outcome: str) -> str:
    """How a call ended that no error refused; another status than 200 says more than the body does."""
    return outcome if response.status == HTTPStatus.OK else f"HTTP {response.status}"
