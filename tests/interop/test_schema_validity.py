"""lxml's XMLSchema as the witness: what the client sends and what the emulator answers is valid under wsdl/.

What is live and in no WSDL is not asked for: no schema of the API has it. Values of that kind may be answered
all the same, a smart group's Type among them, as by the live API.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.interop import emulator_copies, plausible_params, stack_requests
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import bundled, bundled_directory
from yadirect_soap.protocol.facts import bundled as facts
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.model import Member, Operation, Shape

OPERATIONS = [operation.key for service in bundled().values() for operation in service.operations.values()]
READABLE = [service.name for service in bundled().values() if "get" in service.operations]
FEW = settings(max_examples=settings().max_examples // 8)
"""Of each operation; all of them together make many."""

XSD = "{http://www.w3.org/2001/XMLSchema}"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
AT_ONCE = 10
"""Campaigns in a criterion, of which some services take no more."""
LIVE_VALUE = re.compile(f"The value '({'|'.join(name for _, name in api_changes.bundled().by_addition)})'")
"""What the witness says of a value that is live and in no WSDL."""


@cache
def schema(name: str) -> etree.XMLSchema:
    """The schema of a service with those that it imports, or a shared one."""
    path = bundled_directory() / name
    inside = next(etree.parse(path).iter(f"{XSD}schema"))
    return etree.XMLSchema(etree.fromstring(etree.tostring(inside), base_url=path.as_uri()))


def message(body: bytes) -> etree._Element:
    """The one element in the Body of an envelope."""
    envelope = etree.fromstring(body)
    assert envelope.tag == f"{SOAP}Envelope"
    (inside,) = envelope.iterfind(f"{SOAP}Body/*")
    return inside


def check_message(service: str, body: bytes) -> str:
    """The local name of a message that is valid; fails where it is not."""
    element = message(body)
    if element.tag == f"{SOAP}Fault":
        assert [child.tag for child in element] == ["faultcode", "faultstring", "detail"]
        (detail,) = element[2]
        schema("general.xsd").assertValid(detail)
        return "FaultResponse"
    witness = schema(f"{service}.wsdl")
    if not witness.validate(element):
        assert [line for line in str(witness.error_log).splitlines() if not LIVE_VALUE.search(line)] == []
    return etree.QName(element).localname


def exchange(emulator: Emulator, service: str, operation: str, params: Mapping[str, Any], **who: Any) -> list[str]:
    """What is sent and what is answered, both valid."""
    request = emulator_copies.client(emulator, **who).build_request(service, operation, params)
    return [check_message(service, request.body), check_message(service, emulator.handle_request(request).body)]


def asks(service: str, having: plausible_params.Account) -> Iterator[dict[str, Any]]:
    """Params of a service's get that together mean all that an account has, with every field that its WSDL has."""
    members = bundled().operation(service, "get").request.by_name
    if "DictionaryNames" in members:
        yield {"DictionaryNames": list(members["DictionaryNames"].shape.published_values)}
        return
    if "SelectionCriteria" not in members:
        yield dict(stack_requests.fields(service))
        return
    criteria = members["SelectionCriteria"].shape.members
    always = {member.name: _values(service, member, having) for member in criteria if member.required}
    for part in _parts(facts().required_criteria(f"{service}.get"), service, having):
        yield {"SelectionCriteria": always | part, **stack_requests.fields(service)}


def _parts(needed: Collection[str], service: str, having: plausible_params.Account) -> list[dict[str, list[Any]]]:
    """Criteria that the service cannot do without, in parts of what it takes at once."""
    if not needed:
        return [{}]
    by, about = ("CampaignIds", "campaigns") if "CampaignIds" in needed else ("Ids", service)
    ids = [document["Id"] for document in having.documents[about]]
    return [{by: ids[start : start + AT_ONCE]} for start in range(0, len(ids), AT_ONCE)]


def _values(service: str, member: Member, having: plausible_params.Account) -> list[Any]:
    """All that a required criterion may be: every value, or every id."""
    about = {"TurboPageIds": "turbopages"}.get(member.name, service)
    return list(member.shape.published_values) or [document["Id"] for document in having.documents[about]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the emulators are, one after the other."""
    return tmp_path_factory.mktemp("valid")


@pytest.fixture(scope="module")
def advertiser(seed: Path, folder: Path) -> plausible_params.Account:
    """What the demo advertiser has."""
    with emulator_copies.copied_emulator(seed, folder / "accounts.db") as emulator:
        return plausible_params.Account(emulator, "demo-advertiser")


def published(shape: Shape, seen: dict[int, Shape]) -> Shape:
    """A type with the members and values that a WSDL has."""
    if id(shape) not in seen:
        copy = seen[id(shape)] = Shape(shape.name, shape.kind, values=shape.published_values)
        copy.members = tuple(
            member._replace(shape=published(member.shape, seen))
            for member in shape.members
            if member.name not in shape.beyond_wsdl
        )
    return seen[id(shape)]


def name_of(operation: Operation, suffix: str) -> str:
    """The name of an operation's message."""
    return operation.name[0].upper() + operation.name[1:] + suffix


@pytest.mark.parametrize("service", READABLE)
def test_every_get_with_every_field(service: str, emulator: Emulator, advertiser: plausible_params.Account) -> None:
    """All that the demo accounts hold, with all fields asked for, is a valid answer to a valid request."""
    token = "demo-agency-token" if service == "agencyclients" else "demo-token"
    responses = [exchange(emulator, service, "get", params, token=token) for params in asks(service, advertiser)]
    assert set(map(tuple, responses)) == {("GetRequest", "GetResponse")}


@pytest.mark.parametrize("key", OPERATIONS)
@FEW
@given(data=st.data())
def test_whatever_is_asked(
    key: str, data: st.DataObject, seed: Path, folder: Path, advertiser: plausible_params.Account
) -> None:
    """Requests are valid whatever the params, and so are answers, carried out or refused."""
    operation = bundled().operation(*key.split("."))
    operation = operation._replace(request=published(operation.request, {}))
    params = data.draw(plausible_params.params(operation, advertiser))
    token = "demo-agency-token" if operation.service == "agencyclients" else "demo-token"
    with emulator_copies.copied_emulator(seed, folder / "single.db") as emulator:
        sent, answered = exchange(emulator, operation.service, operation.name, params, token=token)
    assert sent == name_of(operation, "Request")
    assert answered in (name_of(operation, "Response"), "FaultResponse")


@pytest.mark.parametrize(
    "body",
    [b"", b"<not XML", b'<?xml version="1.0"?><a>&b;</a>', b"\xff\xfe", "<я>\u0001</я>".encode(), b"<a>" * 300],
    ids=["empty", "cut short", "entity", "bytes", "forbidden", "deep"],
)
def test_refusals_of_what_is_no_request(emulator: Emulator, body: bytes) -> None:
    """A fault is valid even where it has to tell of bytes that XML cannot carry."""
    request = emulator_copies.client(emulator).build_request("ads", "suspend", {"SelectionCriteria": {"Ids": [1]}})
    answer = emulator.handle_request(Request(request.address, request.headers, body))
    assert check_message("ads", answer.body) == "FaultResponse"
