"""Handles a call of a service: reads and checks it, sends it with Direct, and returns the API's envelope."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from yadirect_soap import ConfigurationError, Direct, DirectError
from yadirect_soap.language import composed, in_words
from yadirect_soap.protocol import facts, limits
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.soap import decode, encode_request, encode_result, envelope
from yadirect_soap.protocol.soap.xsd import Schemas

from . import faults, messages, nil_guard, responses, spool
from .clients import Clients
from .faults import Fault
from .options import Options
from .responses import GatewayResponse
from .routes import Route
from .units_floor import UnitsFloor

_MAX_NOTED = 5
"""The number of violations of a message that are noted."""


class Calls:
    """The handler of calls of services.

    Args:
        clients: selects the Direct for each call.
        contract: the contract with the services.
        options: the options of the gateway.
        now: a function that returns seconds since the epoch.
    """

    def __init__(self, clients: Clients, contract: Contract, options: Options, now: Callable[[], float]) -> None:
        self._clients = clients
        self._contract = contract
        self._options = options
        self._schemas = Schemas(contract.directory)
        self.units = UnitsFloor(options.units_floor, now)

    def handle(self, route: Route, fields: Mapping[str, str], body: bytes) -> GatewayResponse:
        """Handles one call.

        Args:
            route: the route with service, version and client.
            fields: the headers, in any case.
            body: the bytes of the body.

        Returns:
            The response; every failure is a fault.
        """
        notes: list[str] = []
        try:
            document = messages.decode_body(body, fields, self._options.largest_request, notes)
            message = messages.read(document, notes)
        except messages.NotUnderstood as error:
            return self._fault(faults.not_understood(in_words(error)), notes, is_soap_1_2="SOAP 1.2" in notes)
        except DecodeFailure as failure:
            return self._fault(faults.invalid([_failure_text(failure)]), notes, is_soap_1_2="SOAP 1.2" in notes)
        login = route.login or message.login or fields.get("Client-Login") or self._clients.default_login or ""
        try:
            response = self._handle(message, route, login)
        except DecodeFailure as failure:
            response = self._fault(faults.invalid([_failure_text(failure)]), notes, is_soap_1_2=message.is_soap_1_2)
        response.login = login
        return response

    def _handle(self, message: messages.Message, route: Route, login: str) -> GatewayResponse:
        operation = messages.operation_of(message, self._contract[route.name])
        messages.normalize(message.content, operation.request, message.notes)
        params, refusal = self._check(message, operation, login)
        if refusal is None:
            try:
                direct = self._clients.of(login or None, route.version)
            except ConfigurationError as error:
                refusal = faults.invalid([in_words(error)])
        if refusal is None:
            try:
                response = self._call(direct, operation, params, message)
            except DirectError as error:
                refusal = faults.of_error(error)
                units = getattr(error, "units", None)
                self.units.record_of_error(login, units)
                response = self._fault(refusal, message.notes, is_soap_1_2=message.is_soap_1_2, units=units)
            else:
                self.units.record(login, response.units)
        else:
            response = self._fault(refusal, message.notes, is_soap_1_2=message.is_soap_1_2)
        response.operation = operation.key
        return response

    def _check(
        self, message: messages.Message, operation: Operation, login: str
    ) -> tuple[Mapping[str, Any], Fault | None]:
        """Returns the params, and the fault if they must not be sent."""
        options = self._options
        if options.validate != "off":
            violations = self._schemas.violations(operation.service, message.content)
            if violations and options.validate == "error":
                return {}, faults.invalid(violations)
            message.notes.extend(f"invalid request: {violation}" for violation in violations[:_MAX_NOTED])
        params = decode.decode(message.content, operation.request, Counter())
        if options.nil == "refuse" and (nils := nil_guard.violations(operation, params, options.nil_allowed)):
            return {}, faults.invalid(nils)
        if writes(operation) and (units_left := self.units.shortage(login)) is not None:
            return {}, faults.below_floor(units_left, options.units_floor or 0)
        return params, None

    def _call(
        self, direct: Direct, operation: Operation, params: Mapping[str, Any], message: messages.Message
    ) -> GatewayResponse:
        file = spool.spool()
        try:
            if self._is_split(operation, params):
                result: Any = direct.call(operation.service, operation.name, params, split=True)
                file.write(encode_result(operation, result.result))
                response, request_ids = result.response, result.request_ids
            else:
                response = direct.forward(operation, self._envelope(operation, params, message), file)
                request_ids = (response.request_id,)
            fields = responses.call_fields(response.units, ",".join(request_ids))
            body = self._body(operation, file, self._header_block(fields), message)
        except BaseException:
            file.close()
            raise
        return GatewayResponse(
            200,
            body,
            responses.content_type(is_soap_1_2=message.is_soap_1_2),
            fields,
            units=response.units,
            request_id=response.request_id,
            notes=message.notes,
        )

    def _envelope(self, operation: Operation, params: Mapping[str, Any], message: messages.Message) -> bytes:
        """Returns the envelope to send: a valid request is encoded from its params, any other is sent as it is."""
        if self._options.validate == "error":
            return encode_request(operation, params)
        return envelope.wrap_element(message.content)

    def _body(
        self, operation: Operation, file: BinaryIO, block: bytes, message: messages.Message
    ) -> list[bytes] | BinaryIO:
        """Returns the body for the caller from a response in a file; a large one stays in the file, not validated."""
        file.seek(0)
        if spool.size(file) > spool.IN_MEMORY:
            return responses.adapt_file(file, block, is_soap_1_2=message.is_soap_1_2)
        with file:
            body = file.read()
        self._note_response(operation, body, message.notes)
        return [responses.adapt_envelope(body, block, is_soap_1_2=message.is_soap_1_2)]

    def _is_split(self, operation: Operation, params: Mapping[str, Any]) -> bool:
        """Whether a call is split into several: a write with too many objects, or a get of all pages."""
        if not writes(operation):
            return self._options.all_pages and operation.listed is not None and "Page" not in params
        if operation.listed is None or (objects := limits.object_list(operation, params)) is None:
            return False
        limit = limits.max_objects(operation, objects[1], facts.bundled())
        return limit is not None and len(objects[1]) > limit

    def _note_response(self, operation: Operation, body: bytes, notes: list[str]) -> None:
        """Notes violations of the schema in a response; it is returned anyway, since the call was carried out."""
        if self._options.validate == "off":
            return
        violations = self._schemas.violations(operation.service, envelope.unwrap(body))
        notes.extend(f"invalid response: {violation}" for violation in violations[:_MAX_NOTED])

    def _header_block(self, fields: Mapping[str, str]) -> bytes:
        return responses.header_block(fields) if self._options.header_block else b""

    def _fault(self, fault: Fault, notes: list[str], *, is_soap_1_2: bool, units: Any = None) -> GatewayResponse:
        fields = responses.call_fields(units, fault.request_id)
        body = faults.write(fault, is_soap_1_2=is_soap_1_2)
        return GatewayResponse(
            self._options.fault_status,
            [responses.adapt_envelope(body, self._header_block(fields), is_soap_1_2=False)],
            responses.content_type(is_soap_1_2=is_soap_1_2),
            fields,
            outcome=str(fault.code),
            units=units,
            request_id=fault.request_id,
            notes=notes,
        )


def writes(operation: Operation) -> bool:
    """Whether an operation changes data."""
    return not facts.bundled().is_read(operation.service, operation.name)


def _failure_text(failure: DecodeFailure) -> str:
    path = failure.json_path.removeprefix("$").removeprefix(".")
    text = in_words(failure)
    return composed("{path}: {text}", path=path, text=text) if path else text
