"""Converts whole messages between the two wires: requests, responses and errors, in both directions and exactly.

<ns:GetRequest xmlns:ns="http://api.direct.yandex.com/v5/ads"><FieldNames>Id</FieldNames></ns:GetRequest>
{"method":"get","params":{"FieldNames":["Id"]}}
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from yadirect_soap.errors import Violation
from yadirect_soap.language import _

from . import json, soap
from .model import Operation, Service
from .scalars import DecodeFailure
from .soap import documents, envelope
from .validation import check


def xml_to_json(services: Mapping[str, Service], document: bytes, unknown: Counter[str]) -> bytes:
    """Converts an envelope, or the element of its Body, to the body of the same message in JSON.

    Args:
        services: the contract.
        document: a request, a response or a fault, in any encoding that it declares.
        unknown: counts what the contract does not have; it is kept, as texts.

    Raises:
        DecodeFailure: it is no such document, or a value is not of its kind.
    """
    message = documents.read(services, document)
    if message.operation is None:
        return json.encode_fault(envelope.read_fault(message.element))
    content = message.content(unknown)
    encoded = json.encode_request if message.role == "request" else json.encode_result
    return encoded(message.operation, content)


def json_to_xml(operation: Operation, body: bytes) -> tuple[bytes, list[Violation]]:
    """Converts the body of a message in JSON, or params alone, to the envelope of the same message.

    Args:
        operation: the operation, which a response does not name.
        body: `{"method": ..., "params": {...}}`, `{"result": {...}}`, `{"error": {...}}`, or the params.

    Returns:
        The envelope, and what of a request does not fit the contract; then the envelope is empty.

    Raises:
        DecodeFailure: it is no such body.
        EncodeError: XML cannot carry a value.
    """
    value = json.load(body)
    if not isinstance(value, dict):
        raise DecodeFailure(_("no object"), _("an object: a body of the API, or params"))
    if value.keys() == {"error"} and isinstance(value["error"], dict):
        return soap.encode_fault(json.read_error(value["error"])), []
    if value.keys() == {"result"}:
        return soap.encode_result(operation, json.decode_result(operation, body, Counter())), []
    return _request(operation, value)


def _request(operation: Operation, value: dict[str, Any]) -> tuple[bytes, list[Violation]]:
    """The envelope of a request; its params are checked as they are, before XML hides a text where a number belongs."""
    params = value
    if isinstance(value.get("method"), str):
        if value["method"] != operation.name:
            raise DecodeFailure(_("the method {value!r:.60}", value=value["method"]), operation.name).inside(".method")
        params = value.get("params", {})
    violations = check(params, operation.request, empty_lists=soap.carries_empty_lists(operation))
    return (b"", violations) if violations else (soap.encode_request(operation, params), [])
