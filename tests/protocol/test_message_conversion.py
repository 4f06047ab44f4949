"""Messages between XML and JSON: both directions, exactly."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.test_exchanges import EXCHANGES, Exchange
from yadirect_soap.protocol import json as json_wire
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.message_conversion import json_to_xml, xml_to_json
from yadirect_soap.protocol.scalars import DecodeFailure

MESSAGES = [
    (name, message)
    for name, exchange in EXCHANGES.items()
    for message in ("request", "answer")
    if message == "answer" or "violations" not in exchange
]
"""All but the requests that do not fit the contract."""


def _to_json(document: bytes) -> bytes:
    return xml_to_json(bundled(), document, Counter())


def _to_xml(key: str, body: bytes) -> bytes:
    service, _, operation = key.partition(".")
    envelope, violations = json_to_xml(bundled().operation(service, operation), body)
    assert violations == []
    return envelope


@pytest.mark.parametrize(("name", "message"), MESSAGES, ids=[f"{name} {message}" for name, message in MESSAGES])
def test_a_golden_message_comes_back(name: str, message: str) -> None:
    """Each golden request, response and fault becomes JSON, from that XML, and from that the same JSON."""
    exchange: Exchange = EXCHANGES[name]
    key = f"{exchange['service']}.{exchange['operation']}"
    body = _to_json("".join(exchange["soap"][message]).encode())
    again = _to_json(_to_xml(key, body))
    assert again == body


@pytest.mark.parametrize("name", [name for name in EXCHANGES if "result" in EXCHANGES[name]])
def test_both_wires_say_the_same(name: str) -> None:
    """The JSON of a golden request in XML is the golden request in JSON."""
    exchange = EXCHANGES[name]
    converted = json.loads(_to_json("".join(exchange["soap"]["request"]).encode()))
    assert converted["method"] == exchange["json"]["request"]["method"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
NUMBERS = st.integers(-(2**63), 2**63 - 1)


@given(name=TEXTS, number=NUMBERS, clears=st.booleans())
def test_texts_and_numbers_are_exact(name: str, number: int, clears: bool) -> None:
    """Any text and any 64-bit number, present, absent or null, is the same after two conversions."""
    campaign: dict[str, Any] = {"Id": number, "Name": name}
    if clears:
        campaign["NegativeKeywords"] = None
    body = json_wire.dump({"method": "update", "params": {"Campaigns": [campaign]}})
    assert json.loads(_to_json(_to_xml("campaigns.update", body))) == json.loads(body)


def test_params_alone_are_a_request() -> None:
    """Params without a method become the envelope that a call sends."""
    params = {"SelectionCriteria": {"Ids": [1]}, "FieldNames": ["Id"]}
    operation = bundled().operation("ads", "get")
    assert _to_xml("ads.get", json.dumps(params).encode()) == soap.encode_request(operation, params)


def test_bytes_are_base64_on_both_wires() -> None:
    """An image is the same text in XML and JSON."""
    body = b'{"method":"add","params":{"AdImages":[{"ImageData":"iVBORw0K","Name":"n"}]}}'
    envelope = _to_xml("adimages.add", body)
    assert b"<ImageData>iVBORw0K</ImageData>" in envelope
    assert json.loads(_to_json(envelope)) == json.loads(body)


WRONG = {
    "another method": (b'{"method": "add", "params": {}}', "found the method 'add', expected get"),
    "no object": (b"[1]", "found no object"),
    "no JSON": (b"<a/>", "not JSON"),
    "twice": (b'{"Ids": 1, "Ids": 2}', "appears twice"),
}


@pytest.mark.parametrize(("body", "message"), WRONG.values(), ids=WRONG)
def test_what_is_no_message_is_refused(body: bytes, message: str) -> None:
    """A body that is none of this operation is refused with what was found."""
    with pytest.raises(DecodeFailure, match=message):
        _to_xml("ads.get", body)


def test_params_that_do_not_fit_are_violations() -> None:
    """Params are checked before they become XML, which would hide a text where a number belongs."""
    operation = bundled().operation("ads", "get")
    envelope, violations = json_to_xml(operation, b'{"FieldNames": ["Id"], "Page": {"Limit": "1"}}')
    assert (envelope, [violation.path for violation in violations]) == (b"", ["$.Page.Limit", "$.SelectionCriteria"])


def test_what_the_contract_lacks_is_counted() -> None:
    """An unknown element is kept as text, and counted."""
    unknown: Counter[str] = Counter()
    response = soap.encode_result(bundled().operation("ads", "get"), {"Ads": [{"Id": 1, "New": "x"}]})
    assert json.loads(xml_to_json(bundled(), response, unknown)) == {"result": {"Ads": [{"Id": 1, "New": "x"}]}}
    assert unknown == {"ads:AdGetItem.New": 1}
