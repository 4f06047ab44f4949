"""Plain zeep as the witness: it reads our messages as we meant them, and we read its messages as it meant them.

zeep tells less than our codec does: nil, an empty text, an empty object and an absent element all become None, so
both sides are compared with these left out.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import zeep
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from zeep import xsd
from zeep.helpers import serialize_object

from tests.protocol import strategies
from tests.protocol.extended_wsdl import extended_directory
from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
FEW = settings(max_examples=settings().max_examples // 8)
"""Of each operation; all of them together make many."""


@cache
def _client(service: str) -> zeep.Client:
    return zeep.Client(str(extended_directory() / f"{service}.wsdl"))


def _read_request(operation: Operation, envelope: bytes) -> Any:
    """The params as zeep reads them from a request."""
    client = _client(operation.service)
    declared = client.service._binding.get(operation.name).input.body
    return serialize_object(declared.parse(etree.fromstring(envelope)[0][0], client.wsdl.types), dict)


def _read_answer(operation: Operation, envelope: bytes) -> Any:
    """The result as zeep reads it from an answer; it unpacks a result of one member, which is packed again here."""
    client = _client(operation.service)
    binding = client.service._binding
    response = SimpleNamespace(status_code=200, headers={}, encoding="utf-8", content=envelope)
    result = serialize_object(binding.process_reply(client, binding.get(operation.name), response), dict)
    members = operation.response.members
    return {members[0].name: result} if len(members) == 1 else result


def _write_request(operation: Operation, params: Mapping[str, Any]) -> bytes:
    """The request that zeep makes of the same params."""
    client = _client(operation.service)
    message = client.create_message(client.service, operation.name, **_with_nil(params))
    return etree.tostring(message)


def _with_nil(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _with_nil(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_nil(item) for item in value]
    return xsd.Nil if value is None else value


def _as_plain(value: Any) -> Any:
    """What zeep can tell of a value: nothing empty, nothing nil; inside a list an empty item keeps its place."""
    if isinstance(value, Mapping):
        members = {name: _as_plain(inner) for name, inner in value.items()}
        return {name: inner for name, inner in members.items() if inner is not None} or None
    if isinstance(value, list):
        return [_as_plain(item) for item in value] or None
    return None if value in ("", b"") else value


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
@FEW
@given(data=st.data())
def test_zeep_reads_our_request_as_we_meant_it(operation: Operation, data: st.DataObject) -> None:
    """Any params that we encode are the same params to zeep."""
    params = data.draw(strategies.params(operation.request))
    assert _as_plain(_read_request(operation, soap.encode_request(operation, params))) == _as_plain(params)


@pytest.mark.parametrize("nil", [False, True], ids=["values", "nil"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_zeep_reads_every_member_of_our_request(operation: Operation, nil: bool) -> None:
    """No member of a request is encoded in a way that zeep takes for something else."""
    params = strategies.complete(operation.request, nil=nil)
    assert _as_plain(_read_request(operation, soap.encode_request(operation, params))) == _as_plain(params)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
@FEW
@given(data=st.data())
def test_we_read_the_request_of_zeep_as_it_was_meant(operation: Operation, data: st.DataObject) -> None:
    """Any params that zeep encodes are the same params to us, nil, empty and absent kept apart."""
    params = data.draw(strategies.params(operation.request))
    read = soap.decode_request(bundled()[operation.service], _write_request(operation, params))
    assert read == (operation, params)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
@FEW
@given(data=st.data())
def test_zeep_reads_our_answer_as_we_meant_it(operation: Operation, data: st.DataObject) -> None:
    """Any result that we encode is the same result to zeep."""
    result = data.draw(strategies.results(operation.response))
    assert _as_plain(_read_answer(operation, soap.encode_result(operation, result))) == _as_plain(result)


@pytest.mark.parametrize("nil", [False, True], ids=["values", "nil"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_zeep_reads_every_member_of_our_answer(operation: Operation, nil: bool) -> None:
    """No member of an answer is encoded in a way that zeep takes for something else."""
    result = strategies.complete(operation.response, nil=nil)
    assert _as_plain(_read_answer(operation, soap.encode_result(operation, result))) == _as_plain(result)
    assert soap.decode_result(operation, soap.encode_result(operation, result), Counter()) == result


FAULTS = {
    "in full": api_error(8000, "Invalid request", "The required field Id is omitted", request_id="17"),
    "without a detail": api_error(53, "Ошибка авторизации <&>", request_id="17"),
}


@pytest.mark.parametrize("error", FAULTS.values(), ids=FAULTS)
def test_zeep_raises_our_fault(error: ApiError) -> None:
    """A fault of ours is a fault to zeep, with its text, code, RequestId and detail."""
    with pytest.raises(zeep.exceptions.Fault) as caught:
        _read_answer(bundled().operation("ads", "get"), soap.encode_fault(error))
    fields = {etree.QName(node).localname: node.text for node in caught.value.detail.iter() if not len(node)}
    assert (caught.value.message, caught.value.code) == (error.message, "SOAP-ENV:Client")
    detail = {"errorDetail": error.detail} if error.detail else {}
    assert fields == {"requestId": "17", "errorCode": str(error.code), **detail}
