"""Requests that SOAP stacks sent, byte for byte, to the gateway and to the emulator.

Each file under recorded/ is one request of the stack in its name.  docs/interoperability.md has their versions.
"""

from pathlib import Path

import pytest
from lxml import etree

from tests.gateway.callers import CAMPAIGN, Caller
from tests.gateway.conftest import Open
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import Options
from yadirect_soap.protocol.messages import Headers, Request

RECORDED = Path(__file__).parent / "recorded"
CAMPAIGNS, AD = [str(CAMPAIGN)], ["17000000001"]

READ: dict[str, tuple[str, list[str]]] = {
    "axis-call": ("RegionsChanged", ["YES"]),
    "jaxws-nil": ("Id", CAMPAIGNS),
    "kdsoap": ("LimitedBy", ["2"]),
    "lua-soap": ("LimitedBy", ["2"]),
    "mono-wcf": ("Id", CAMPAIGNS),
    "nusoap-rpc": ("Id", CAMPAIGNS),
    "nusoap-wsdl": ("Errors", []),
    "osa": ("Id", CAMPAIGNS),
    "php-without-wsdl": ("Id", CAMPAIGNS),
    "pysimplesoap": ("Id", CAMPAIGNS),
    "soap-wsdl": ("Errors", []),
    "soap4r-rpc": ("RegionsChanged", ["YES"]),
    "soap4r-wsdl": ("Id", AD),
    "strong-soap-nil": ("Id", CAMPAIGNS),
}
"""What both ends answer: an element, and its texts."""

NAMED_BY_THE_OPERATION = {"pysimplesoap-operation": "CheckDictionariesResponse", "soap-lite-operation": "GetResponse"}
"""What the gateway answers; the emulator has no such element, as the API."""

REFUSED = {
    "axis-call-references": "found elements that refer to one another, as rpc/encoded messages have",
    "strong-soap-bare": "found a Body with SelectionCriteria, FieldNames",
}
"""Why both ends refuse a request."""


def recorded(name: str) -> tuple[str, dict[str, str], bytes]:
    """The path, the headers and the body of a recorded request."""
    head, _, body = (RECORDED / f"{name}.http").read_bytes().partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    method, path, _version = first.split(" ")
    assert method == "POST"
    return path, dict(line.split(": ", 1) for line in lines), body


def through_gateway(caller: Caller, name: str) -> etree._Element:
    """The envelope that the gateway answers."""
    path, fields, body = recorded(name)
    return caller.request("POST", path, body, **{key.replace("-", "_"): value for key, value in fields.items()}).root


def from_emulator(emulator: Emulator, name: str) -> etree._Element:
    """The envelope that the emulator answers, with the token that the gateway would add."""
    path, fields, body = recorded(name)
    fields["Authorization"] = "Bearer demo-token"
    answer = emulator.handle_request(Request(f"{emulator.endpoint}{path}", Headers(fields), body))
    return etree.fromstring(answer.body)


def texts(envelope: etree._Element, name: str) -> list[str]:
    """The texts of all elements of a local name."""
    return [element.text or "" for element in envelope.iter(f"{{*}}{name}", name)]


@pytest.mark.parametrize(("name", "element", "expected"), [(name, *case) for name, case in READ.items()], ids=READ)
def test_a_request_is_read(gateway: Caller, emulator: Emulator, name: str, element: str, expected: list[str]) -> None:
    """The gateway and the emulator carry out what the stack means."""
    for envelope in (through_gateway(gateway, name), from_emulator(emulator, name)):
        assert texts(envelope, "errorDetail") == []
        assert texts(envelope, element) == expected


@pytest.mark.parametrize(("name", "answer"), NAMED_BY_THE_OPERATION.items(), ids=NAMED_BY_THE_OPERATION)
def test_an_element_may_be_named_by_the_operation(gateway: Caller, emulator: Emulator, name: str, answer: str) -> None:
    """The gateway reads an element that has the name of the operation; the emulator refuses it."""
    assert len(texts(through_gateway(gateway, name), answer)) == 1
    assert texts(from_emulator(emulator, name), "errorCode") == ["8000"]


@pytest.mark.parametrize(("name", "says"), REFUSED.items(), ids=REFUSED)
def test_a_refusal_names_what_the_stack_does(gateway: Caller, emulator: Emulator, name: str, says: str) -> None:
    """What no schema allows is error 8000 with the cause, at both ends."""
    for envelope in (through_gateway(gateway, name), from_emulator(emulator, name)):
        assert says in "".join(texts(envelope, "errorDetail"))


def test_an_array_of_soap_encoding_is_refused_by_its_name(gateway: Caller) -> None:
    """An array of an rpc/encoded message is told to be one, not to be a wrong value."""
    (detail,) = texts(through_gateway(gateway, "soap4r-rpc-array"), "errorDetail")
    assert detail == "found arrayType at 'FieldNames' (rpc/encoded), expected a document/literal message"


def test_empty_elements_for_unset_members_are_refused(gateway: Caller, emulator: Emulator) -> None:
    """soap4r writes an empty element for each object that is not set; neither end takes it for a value."""
    for envelope in (through_gateway(gateway, "soap4r-wsdl-nil"), from_emulator(emulator, "soap4r-wsdl-nil")):
        assert texts(envelope, "errorCode") == ["8000"]


@pytest.mark.parametrize("name", ["jaxws-nil", "mono-wcf", "strong-soap-nil"])
def test_the_nil_guard_knows_the_nil_of_a_stack(open_gateway: Open, name: str) -> None:
    """With `--nil refuse` an update that clears a member is refused, whoever wrote the nil."""
    envelope = through_gateway(open_gateway(Options(nil="refuse")), name)
    assert "Campaigns[0].EndDate" in "".join(texts(envelope, "errorDetail"))
