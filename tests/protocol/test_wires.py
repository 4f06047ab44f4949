"""What holds for both wires: whatever fits the contract goes out and comes back as it was, on either of them."""

import inspect
from collections import Counter, UserDict, deque
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol import strategies
from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.validation import check
from yadirect_soap.protocol.wires import WIRES, Wire

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
FEW = settings(max_examples=settings().max_examples // 8)
"""Of each operation; all of them together make many."""

wires = pytest.mark.parametrize("wire", WIRES.values(), ids=WIRES)
operations = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)


class Colour(StrEnum):
    LOW = "LOW"


class Mixed(str, Enum):  # noqa: UP042  this older way of spelling StrEnum is what is tried here
    LOW = "LOW"


class Size(IntEnum):
    SEVEN = 7


def _operation(key: str) -> Operation:
    return bundled().operation(*key.split("."))


def _read_request(wire: Wire, operation: Operation, body: bytes) -> dict[str, Any]:
    """The params in a request, which must be one of that operation."""
    decoded_operation, params = wire.decode_request(bundled()[operation.service], body)
    assert decoded_operation is operation
    return params


def _read_result(wire: Wire, operation: Operation, body: bytes) -> dict[str, Any]:
    """The result in an answer that holds nothing unknown."""
    unknown: Counter[str] = Counter()
    result = wire.decode_result(operation, body, unknown)
    assert unknown == {}
    return result


# --- all operations -----------------------------------------------------------------------------------------


@operations
@FEW
@given(data=st.data())
def test_params_go_out_and_come_back(operation: Operation, data: st.DataObject) -> None:
    """Any params that fit are not complained of, and arrive over SOAP and over JSON as they were."""
    params = data.draw(strategies.params(operation.request))
    assert check(params, operation.request) == []
    for wire in WIRES.values():
        assert _read_request(wire, operation, wire.encode_request(operation, params)) == params


@operations
@FEW
@given(data=st.data())
def test_a_result_goes_out_and_comes_back(operation: Operation, data: st.DataObject) -> None:
    """Any result that fits arrives over SOAP and over JSON as it was, so that both wires tell the same."""
    result = data.draw(strategies.results(operation.response))
    for wire in WIRES.values():
        assert _read_result(wire, operation, wire.encode_result(operation, result)) == result


@pytest.mark.parametrize("nil", [False, True], ids=["values", "nil"])
@wires
@operations
def test_every_member_goes_out_and_comes_back(operation: Operation, wire: Wire, nil: bool) -> None:
    """No member of any operation is lost or changed, neither in params nor in a result."""
    params, result = (strategies.complete(shape, nil=nil) for shape in (operation.request, operation.response))
    assert _read_request(wire, operation, wire.encode_request(operation, params)) == params
    assert _read_result(wire, operation, wire.encode_result(operation, result)) == result


@wires
def test_a_value_comes_back_as_its_own_type(wire: Wire) -> None:
    """Ids and micros are int, decimals Decimal, bytes bytes, texts str; nothing is ever a float."""
    point = dict.fromkeys(("X", "Y", "X1", "Y1", "X2", "Y2"), Decimal("37.50"))
    result = {"VCards": [{"Id": 2**63 - 1, "City": "7", "PointOnMap": point}]}
    operation = _operation("vcards.get")
    (card,) = _read_result(wire, operation, wire.encode_result(operation, result))["VCards"]
    assert (type(card["Id"]), type(card["City"]), type(card["PointOnMap"]["X"])) == (int, str, Decimal)
    assert str(card["PointOnMap"]["X"]) == "37.50"


# --- absent, nil, empty, a value ----------------------------------------------------------------------------

THREE_THINGS: dict[str, dict[str, Any]] = {
    "absent": {},
    "nil": {"EndDate": None},
    "empty": {"EndDate": ""},
    "blank": {"EndDate": " "},
    "value": {"EndDate": "2026-12-31"},
    "the word null": {"EndDate": "null"},
    "nil object": {"DailyBudget": None},
    "object": {"DailyBudget": {"Amount": 300_000_000, "Mode": "STANDARD"}},
    "object without members": {"DailyBudget": {}},
    "zero": {"DailyBudget": {"Amount": 0}},
    "nil list": {"NegativeKeywords": None},
    "list of an empty text": {"NegativeKeywords": {"Items": [""]}},
}


@pytest.mark.parametrize("members", THREE_THINGS.values(), ids=THREE_THINGS)
@wires
def test_absent_nil_and_empty_are_kept_apart_in_params(wire: Wire, members: dict[str, Any]) -> None:
    """In params, what is absent, None, empty or a value arrives as just that."""
    operation, params = _operation("campaigns.update"), {"Campaigns": [{"Id": 1, **members}]}
    assert _read_request(wire, operation, wire.encode_request(operation, params)) == params


@pytest.mark.parametrize("members", THREE_THINGS.values(), ids=THREE_THINGS)
@wires
def test_absent_nil_and_empty_are_kept_apart_in_a_result(wire: Wire, members: dict[str, Any]) -> None:
    """In a result, what is absent, None, empty or a value arrives as just that."""
    operation, result = _operation("campaigns.get"), {"Campaigns": [{"Id": 1, **members}]}
    assert _read_result(wire, operation, wire.encode_result(operation, result)) == result


@wires
def test_an_object_without_members_is_there(wire: Wire) -> None:
    """An empty object is an object, neither None nor absent, in a list too."""
    operation, result = _operation("ads.add"), {"AddResults": [{}, {"Id": 1}, {}]}
    assert _read_result(wire, operation, wire.encode_result(operation, result)) == result


@wires
def test_a_result_without_members_is_empty(wire: Wire) -> None:
    """A result of nothing is {}: a get that found nothing."""
    operation = _operation("ads.get")
    assert _read_result(wire, operation, wire.encode_result(operation, {})) == {}


def test_soap_cannot_say_an_empty_list() -> None:
    """Over SOAP an empty list would arrive as an absent one, so it is refused with its place."""
    with pytest.raises(EncodeError) as caught:
        WIRES["soap"].encode_request(_operation("ads.get"), {"SelectionCriteria": {"Ids": []}, "FieldNames": ["Id"]})
    assert caught.value.json_path == "$.SelectionCriteria.Ids"
    assert caught.value.found == "an empty list, which SOAP cannot express"


def test_json_says_an_empty_list() -> None:
    """Over JSON an empty list arrives as an empty list, in params and in a result."""
    wire, operation = WIRES["json"], _operation("ads.get")
    params = {"SelectionCriteria": {"Ids": []}, "FieldNames": ["Id"]}
    assert _read_request(wire, operation, wire.encode_request(operation, params)) == params
    assert _read_result(wire, operation, wire.encode_result(operation, {"Ads": []})) == {"Ads": []}


# --- other values that fit ----------------------------------------------------------------------------------

LIKE: dict[str, tuple[Any, Any]] = {
    "tuple": ({"Keywords": ({"Keyword": "x", "AdGroupId": 7},)}, {"Keywords": [{"Keyword": "x", "AdGroupId": 7}]}),
    "deque": ({"Keywords": deque([{"Bid": 7}])}, {"Keywords": [{"Bid": 7}]}),
    "mapping that is no dict": ({"Keywords": [UserDict(Bid=7)]}, {"Keywords": [{"Bid": 7}]}),
    "frozen mapping": (MappingProxyType({"Keywords": [{"Bid": 7}]}), {"Keywords": [{"Bid": 7}]}),
    "IntEnum": ({"Keywords": [{"Bid": Size.SEVEN}]}, {"Keywords": [{"Bid": 7}]}),
    "StrEnum": ({"Keywords": [{"StrategyPriority": Colour.LOW}]}, {"Keywords": [{"StrategyPriority": "LOW"}]}),
    "str and Enum": ({"Keywords": [{"StrategyPriority": Mixed.LOW}]}, {"Keywords": [{"StrategyPriority": "LOW"}]}),
}


@pytest.mark.parametrize(("params", "arriving"), LIKE.values(), ids=LIKE)
@wires
def test_what_is_like_a_value_arrives_as_one(wire: Wire, params: Any, arriving: Any) -> None:
    """Tuples, other mappings and enumerations of Python arrive as lists, objects and their values."""
    operation = _operation("keywords.add")
    arrived = _read_request(wire, operation, wire.encode_request(operation, params))
    assert repr(arrived) == repr(arriving)


@wires
def test_names_that_the_contract_does_not_know_go_out(wire: Wire) -> None:
    """With the check off, a member newer than our descriptions is sent all the same, at any depth."""
    operation = _operation("ads.update")
    params = {"Ads": [{"Id": 1, "NewAd": {"Title": "x", "Parts": ["a", "b"], "Nil": None}}], "Mode": "FAST"}
    assert _read_request(wire, operation, wire.encode_request(operation, params)) == params


# --- what cannot be said ------------------------------------------------------------------------------------

UNSAYABLE: dict[str, tuple[Any, str]] = {
    "float": ({"Keywords": [{"Bid": 7}, {"Bid": 1.5}]}, "$.Keywords[1].Bid"),
    "NaN": ({"Keywords": [{"Bid": Decimal("NaN")}]}, "$.Keywords[0].Bid"),
    "infinity": ({"Keywords": [{"Bid": Decimal("-Infinity")}]}, "$.Keywords[0].Bid"),
    "decimal that fills a memory": ({"Keywords": [{"Bid": Decimal("1e999999999")}]}, "$.Keywords[0].Bid"),
    "int of 5000 digits": ({"Keywords": [{"Bid": 10**5000}]}, "$.Keywords[0].Bid"),
    "date": ({"Keywords": [{"Keyword": datetime(2026, 1, 31, tzinfo=UTC)}]}, "$.Keywords[0].Keyword"),
    "set": ({"Keywords": {1}}, "$.Keywords"),
    "generator": ({"Keywords": (item for item in "ab")}, "$.Keywords"),
    "lone surrogate": ({"Keywords": [{"Keyword": "a\ud83d"}]}, "$.Keywords[0].Keyword"),
    "name of no text": ({"Keywords": [{7: "x"}]}, "$.Keywords[0]"),
    "name of None": ({None: "x"}, "$"),
    "name with half a character": ({"Keywords": [{"\ud83d": "x"}]}, "$.Keywords[0]"),
    "in an unknown member": ({"New": [{"Deep": {1.5}}]}, "$.New[0].Deep"),
}


@pytest.mark.parametrize(("params", "path"), UNSAYABLE.values(), ids=UNSAYABLE)
@wires
def test_what_would_be_a_loss_is_refused_with_its_place(wire: Wire, params: Any, path: str) -> None:
    """Even with the check off, what a wire cannot carry exactly is EncodeError, with its path."""
    with pytest.raises(EncodeError) as caught:
        wire.encode_request(_operation("keywords.add"), params)
    assert caught.value.json_path == path


SOAP_ONLY: dict[str, tuple[Any, str]] = {
    "bool": ({"Keywords": [{"Bid": True}]}, "$.Keywords[0].Bid"),
    "NUL": ({"Keywords": [{"Keyword": "a\0b"}]}, "$.Keywords[0].Keyword"),
    "U+FFFE": ({"Keywords": [{"Keyword": "\ufffe"}]}, "$.Keywords[0].Keyword"),
    "empty list": ({"Keywords": []}, "$.Keywords"),
    "empty list inside": ({"Keywords": [{"New": []}]}, "$.Keywords[0].New"),
    "list in a list": ({"Keywords": [[{"Bid": 7}]]}, "$.Keywords[0]"),
    "name with a blank": ({"Keywords": [{"New Name": 7}]}, "$.Keywords[0]"),
    "name that is markup": ({"Keywords": [{"x/><Bid>1</Bid><y": 7}]}, "$.Keywords[0]"),
    "name that XML does not have": ({"Keywords": [{"ª": 7}]}, "$.Keywords[0]"),
    "name with a prefix": ({"Keywords": [{"ns:Bid": 7}]}, "$.Keywords[0]"),
    "empty name": ({"Keywords": [{"": 7}]}, "$.Keywords[0]"),
}


@pytest.mark.parametrize(("params", "path"), SOAP_ONLY.values(), ids=SOAP_ONLY)
def test_what_xml_cannot_say_is_refused_with_its_place(params: Any, path: str) -> None:
    """What XML cannot carry, or only as something else, is EncodeError over SOAP, with its path."""
    with pytest.raises(EncodeError) as caught:
        WIRES["soap"].encode_request(_operation("keywords.add"), params)
    assert caught.value.json_path == path


# --- refusals -----------------------------------------------------------------------------------------------

REFUSALS = {
    "in full": api_error(8000, "Invalid request", "The required field Id is omitted", request_id="1670008794873972340"),
    "without a detail": api_error(53, "Authorization error", request_id="17"),
    "without a request id": api_error(1000, "The service is temporarily unavailable"),
    "Russian": api_error(152, "Недостаточно баллов", "осталось: 0 < 10 & всё", request_id="17"),
    "in lines": api_error(8000, "a\r\nb", "\tc ", request_id="17"),
    "unknown code": api_error(99999, "Something new", "", request_id="17"),
    "negative code": api_error(-1, "Something odd", "", request_id="17"),
}


def _refusal(wire: Wire, body: bytes) -> ApiError:
    with pytest.raises(ApiError) as caught:
        wire.decode_result(_operation("ads.get"), body, Counter())
    return caught.value


@pytest.mark.parametrize("error", REFUSALS.values(), ids=REFUSALS)
@wires
def test_a_refusal_comes_back(wire: Wire, error: ApiError) -> None:
    """A refusal arrives as the error that it was, by class, code, texts and RequestId."""
    arrived = _refusal(wire, wire.encode_fault(error))
    assert (type(arrived), vars(arrived)) == (type(error), vars(error))


@pytest.mark.parametrize("text", ["NUL \0", "half \ud83d", "\ufffe"], ids=["NUL", "lone surrogate", "U+FFFE"])
@wires
def test_a_refusal_gets_out_whatever_it_quotes(wire: Wire, text: str) -> None:
    """A fault that quotes what the wire cannot carry is sent all the same, and its code arrives."""
    assert _refusal(wire, wire.encode_fault(api_error(8000, text, text, request_id=text))).code == 8000


# --- the two are alike --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, _ in inspect.getmembers(Wire, inspect.isfunction) if name[0] != "_"])
@wires
def test_a_wire_takes_what_its_protocol_says(wire: Wire, name: str) -> None:
    """Each function of a wire has as many parameters as the Wire protocol gives it."""
    expected = len(inspect.signature(getattr(Wire, name)).parameters) - 1
    assert len(inspect.signature(getattr(wire, name)).parameters) == expected


@pytest.mark.parametrize(("name", "path"), [("soap", "/v501/ads"), ("json", "/json/v501/ads")], ids=["soap", "json"])
def test_a_wire_has_its_own_address(name: str, path: str) -> None:
    """The same service and version stand under another path on each wire."""
    assert WIRES[name].path("v501", "ads") == path


HEADERS = {
    "soap": {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": '"http://api.direct.yandex.com/v5/ads/get"',
    },
    "json": {"Content-Type": "application/json; charset=utf-8"},
}


@pytest.mark.parametrize(("name", "fields"), HEADERS.items(), ids=HEADERS)
def test_a_wire_adds_its_headers(name: str, fields: dict[str, str]) -> None:
    """A request says what its body is, and over SOAP which operation it asks for."""
    assert WIRES[name].request_headers(_operation("ads.get")) == fields
    assert WIRES[name].content_type == fields["Content-Type"]
