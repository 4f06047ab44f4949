"""What an HTTP answer says: result, refusal, foreign page or nonsense; told from the message alone."""

import pickle
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yadirect_soap import (
    ApiError,
    AuthError,
    DecodeError,
    DirectError,
    HttpError,
    InvalidRequestError,
    NotFoundError,
    NotSupportedError,
    RateError,
    RightsError,
    ServerError,
    TemporaryError,
    Units,
    UnitsError,
)
from yadirect_soap.client import responses
from yadirect_soap.client.results import CallResponse
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers, Response
from yadirect_soap.protocol.wires import WIRES

GET = bundled().operation("campaigns", "get")
FOUND: Mapping[str, bytes] = {name: wire.encode_result(GET, {"Campaigns": [{"Id": 1}]}) for name, wire in WIRES.items()}
FAULT: Mapping[str, bytes] = {name: wire.encode_fault(api_error(8000, "Invalid")) for name, wire in WIRES.items()}
ANOTHER = WIRES["soap"].encode_result(bundled().operation("campaigns", "suspend"), {"SuspendResults": [{"Id": 1}]})
XML, JSON, HTML = "text/xml;charset=utf-8", "application/json;charset=utf-8", "text/html"


def _read(
    body: bytes, content_type: str, status: int = 200, *, wire: str = "soap", strict: bool = False, **fields: str
) -> CallResponse:
    head = {"Content-Type": content_type} | {name.replace("_", "-"): value for name, value in fields.items()}
    present = Headers({name: value for name, value in head.items() if value})
    return responses.read(GET, Response(status, present, body), WIRES[wire], strict=strict)


def _envelope(content: str) -> bytes:
    return (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        f'<n:GetResponse xmlns:n="http://api.direct.yandex.com/v5/campaigns">{content}</n:GetResponse>'
        "</S:Body></S:Envelope>"
    ).encode()


# --- what an answer is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wire", "content_type"),
    [
        ("soap", "text/xml"),
        ("soap", "text/xml;charset=utf-8"),
        ("soap", "TEXT/XML; charset=UTF-8"),
        ("soap", "application/xml"),
        ("soap", "application/soap+xml"),
        ("soap", ""),
        ("json", "application/json"),
        ("json", "application/json;charset=utf-8"),
        ("json", ""),
    ],
)
def test_an_answer_of_its_wire_is_read(wire: str, content_type: str) -> None:
    """A body of the wire's type is read, and one of no stated type is tried."""
    assert _read(FOUND[wire], content_type, wire=wire).result == {"Campaigns": [{"Id": 1}]}


@pytest.mark.parametrize(
    ("wire", "body", "content_type", "status", "kind"),
    [
        ("soap", FAULT["soap"], XML, 200, InvalidRequestError),
        ("soap", FAULT["soap"], XML, 500, InvalidRequestError),
        ("json", FAULT["json"], JSON, 200, InvalidRequestError),
        ("json", FAULT["json"], JSON, 400, InvalidRequestError),
        ("soap", FAULT["soap"], "", 500, InvalidRequestError),
        ("soap", b"<html/>", HTML, 200, HttpError),
        ("soap", FOUND["soap"], HTML, 200, HttpError),
        ("soap", FOUND["json"], JSON, 200, HttpError),
        ("json", FOUND["soap"], XML, 200, HttpError),
        ("soap", FOUND["soap"], XML, 500, HttpError),
        ("soap", FOUND["soap"], XML, 302, HttpError),
        ("soap", b"<error/>", XML, 502, HttpError),
        ("soap", b"", "", 503, HttpError),
        ("json", b"upstream", JSON, 504, HttpError),
        ("soap", b"", XML, 200, DecodeError),
        ("soap", b"<a>", XML, 200, DecodeError),
        ("soap", b"<a/>", XML, 200, DecodeError),
        ("soap", FOUND["soap"][:-1], XML, 200, DecodeError),
        ("soap", ANOTHER, XML, 200, DecodeError),
        ("soap", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", XML, 200, DecodeError),
        ("json", b"", JSON, 200, DecodeError),
        ("json", b"[]", JSON, 200, DecodeError),
        ("json", b'{"result": []}', JSON, 200, DecodeError),
        ("json", FOUND["json"][:-1], JSON, 200, DecodeError),
        ("json", b"[" * 100_000, JSON, 200, DecodeError),
    ],
    ids=[
        "fault with 200",
        "fault with 500",
        "error with 200",
        "error with 400",
        "fault of no type",
        "page",
        "result called a page",
        "JSON for SOAP",
        "SOAP for JSON",
        "result with 500",
        "result with 302",
        "gateway's XML",
        "nothing with 503",
        "gateway's JSON",
        "nothing",
        "no XML",
        "no envelope",
        "truncated XML",
        "answer to another operation",
        "document type",
        "no JSON",
        "array",
        "result of another kind",
        "truncated JSON",
        "deep JSON",
    ],
)
def test_what_is_no_result_has_its_class(
    wire: str, body: bytes, content_type: str, status: int, kind: type[DirectError]
) -> None:
    """A refusal is an ApiError under any status, another's page an HttpError, and half an answer a DecodeError."""
    with pytest.raises(DirectError) as raised:
        _read(body, content_type, status, wire=wire)
    assert type(raised.value) is kind
    assert raised.value.operation == "campaigns.get"


@pytest.mark.parametrize("wire", WIRES)
@given(body=st.binary(), status=st.sampled_from([200, 500]), typed=st.booleans())
def test_no_bytes_are_a_surprise(wire: str, body: bytes, status: int, typed: bool) -> None:
    """Whatever bytes come, an error of this package says that they are no answer."""
    with pytest.raises(DirectError):
        _read(body, WIRES[wire].content_type if typed else "", status, wire=wire)


@pytest.mark.parametrize("wire", WIRES)
@given(offset=st.integers(min_value=0), byte=st.binary(min_size=0, max_size=2))
def test_no_damage_is_a_surprise(wire: str, offset: int, byte: bytes) -> None:
    """An answer damaged anywhere is read, or refused with an error of this package."""
    offset %= len(FOUND[wire])
    with suppress(DirectError):
        _read(FOUND[wire][:offset] + byte + FOUND[wire][offset + 1 :], "", wire=wire)


def test_a_page_is_shown_in_part() -> None:
    """Of a page that is not the API's the first 200 bytes are shown, whatever its encoding."""
    with pytest.raises(HttpError) as raised:
        _read(b"\xcf\xf0\xe8" + b"x" * 1000, "text/html; charset=windows-1251", 418)
    error = raised.value
    assert (error.status, error.content_type) == (418, "text/html; charset=windows-1251")
    assert error.excerpt == "\ufffd" * 3 + "x" * 197


# --- refusals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (52, TemporaryError),
        (53, AuthError),
        (54, RightsError),
        (55, InvalidRequestError),
        (56, RateError),
        (58, AuthError),
        (152, UnitsError),
        (506, RateError),
        (513, RightsError),
        (1000, TemporaryError),
        (1001, TemporaryError),
        (1002, TemporaryError),
        (1003, ServerError),
        (1020, ServerError),
        (3000, RightsError),
        (3001, RightsError),
        (3500, NotSupportedError),
        (3600, NotSupportedError),
        (4000, InvalidRequestError),
        (4006, InvalidRequestError),
        (5005, InvalidRequestError),
        (8000, InvalidRequestError),
        (8800, NotFoundError),
        (9000, RateError),
        (9300, InvalidRequestError),
        (9301, InvalidRequestError),
        (12345, ApiError),
    ],
)
@pytest.mark.parametrize("wire", WIRES)
def test_a_code_has_its_class(wire: str, code: int, kind: type[ApiError]) -> None:
    """A refusal is of the class that its code stands for, in both wires."""
    with pytest.raises(ApiError) as raised:
        _read(WIRES[wire].encode_fault(api_error(code, "Text", "Detail", request_id="9")), "", wire=wire)
    error = raised.value
    assert type(error) is kind
    assert (error.code, error.message, error.detail, error.request_id) == (code, "Text", "Detail", "9")
    assert str(error) == f"campaigns.get: error {code}: Text (Detail) [RequestId 9]"


def test_a_refusal_tells_what_it_cost() -> None:
    """A refusal carries the units of the answer's headers."""
    with pytest.raises(ApiError) as raised:
        _read(FAULT["soap"], XML, Units="20/100/500", Units_Used_Login="payer")
    assert raised.value.units == Units(20, 100, 500, "payer")


def test_a_refusal_without_an_id_takes_that_of_the_headers() -> None:
    """Where a refusal names no RequestId, that of the headers is reported."""
    with pytest.raises(ApiError) as raised:
        _read(FAULT["soap"], XML, RequestId="77")
    assert raised.value.request_id == "77"


def test_a_refusal_survives_pickling() -> None:
    """A refusal that was pickled says all that it said before."""
    with pytest.raises(ApiError) as raised:
        _read(FAULT["soap"], XML, Units="20/100/500")
    error, again = raised.value, pickle.loads(pickle.dumps(raised.value))  # noqa: S301  our own bytes
    assert (type(again), str(again), again.__dict__) == (type(error), str(error), error.__dict__)


# --- results --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "login", "expected"),
    [
        ("10/20828/64000", "payer", Units(10, 20828, 64000, "payer")),
        (" 10/20828/64000 ", "", Units(10, 20828, 64000)),
        ("", "payer", None),
        ("10/20828", "payer", None),
        ("a/b/c", "payer", None),
    ],
    ids=["with a login", "without", "absent", "two numbers", "no numbers"],
)
def test_units_are_read_off_the_headers(units: str, login: str, expected: Units | None) -> None:
    """Units and who paid them are told where the headers say so, and None where they do not."""
    assert _read(FOUND["soap"], XML, Units=units, Units_Used_Login=login).units == expected


def test_an_answer_keeps_what_came() -> None:
    """An answer keeps its RequestId and the HTTP message as it came."""
    answer = _read(FOUND["soap"], XML, RequestId="18446744073709551615")
    assert answer.request_id == "18446744073709551615"
    assert (answer.raw.status, answer.raw.body) == (200, FOUND["soap"])


@pytest.mark.parametrize(
    ("wire", "body", "path"),
    [
        (
            "soap",
            _envelope("<Campaigns><Id>1</Id></Campaigns><Campaigns><Id>abc</Id></Campaigns>"),
            "$.Campaigns[1].Id",
        ),
        ("soap", _envelope("<LimitedBy>many</LimitedBy>"), "$.LimitedBy"),
        ("json", b'{"result": {"Campaigns": [{"Id": 1}, {"Id": "abc"}]}}', "$.Campaigns[1].Id"),
        ("json", b'{"result": {"Campaigns": [{"Id": 1.5}]}}', "$.Campaigns[0].Id"),
    ],
    ids=["text for a number", "text for a number on top", "JSON text for a number", "fraction for a number"],
)
def test_a_value_of_the_wrong_type_is_reported_by_its_path(wire: str, body: bytes, path: str) -> None:
    """A value that is not what the contract says raises DecodeError with its path and the RequestId."""
    with pytest.raises(DecodeError) as raised:
        _read(body, "", wire=wire, RequestId="9")
    assert (raised.value.path, raised.value.request_id) == (path, "9")
    assert f"{path}: found" in str(raised.value)


UNKNOWN: Mapping[str, tuple[str, bytes, dict[str, object], str]] = {
    "element": (
        "soap",
        _envelope("<Campaigns><New>1</New></Campaigns>"),
        {"New": "1"},
        "campaigns:CampaignGetItem.New",
    ),
    "value": (
        "soap",
        _envelope("<Campaigns><State>DREAMING</State></Campaigns>"),
        {"State": "DREAMING"},
        "campaigns:CampaignStateGetEnum = DREAMING",
    ),
    "JSON member": (
        "json",
        b'{"result": {"Campaigns": [{"New": 1}]}}',
        {"New": 1},
        "campaigns:CampaignGetItem.New",
    ),
    "JSON value": (
        "json",
        b'{"result": {"Campaigns": [{"State": "DREAMING"}]}}',
        {"State": "DREAMING"},
        "campaigns:CampaignStateGetEnum = DREAMING",
    ),
}


@pytest.mark.parametrize(("wire", "body", "expected", "name"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_the_unknown_is_kept_and_counted(wire: str, body: bytes, expected: dict[str, object], name: str) -> None:
    """What the contract does not know stays in the result, and is counted by its name."""
    answer = _read(body, "", wire=wire)
    assert answer.result == {"Campaigns": [expected]}
    assert answer.unknown == {name: 1}


@pytest.mark.parametrize(("wire", "body", "expected", "name"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_the_unknown_is_an_error_when_strict(wire: str, body: bytes, expected: dict[str, object], name: str) -> None:
    """With strict, what the contract does not know raises DecodeError and is named."""
    with pytest.raises(DecodeError, match="the contract does not know") as raised:
        _read(body, "", wire=wire, strict=True)
    assert name in str(raised.value)


def test_the_unknown_is_counted_as_often_as_it_comes() -> None:
    """Each occurrence counts, in whatever order the elements come."""
    body = _envelope(
        "<New/><Campaigns><New/><Id>1</Id></Campaigns><Campaigns><New/></Campaigns><LimitedBy>2</LimitedBy>"
    )
    answer = _read(body, XML)
    assert answer.unknown == {"campaigns:GetResponse.New": 1, "campaigns:CampaignGetItem.New": 2}
    assert answer.result["LimitedBy"] == 2


def test_strict_is_content_with_the_known() -> None:
    """With strict, an answer that holds only what the contract knows is read as ever."""
    assert _read(FOUND["soap"], XML, strict=True).result == {"Campaigns": [{"Id": 1}]}
