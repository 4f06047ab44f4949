"""The JSON wire: what it writes, to the letter, what it reads, and what it refuses; hostile bytes included."""

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplejson
from hypothesis import given
from hypothesis import strategies as st

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol import json
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.validation import check


def _operation(key: str) -> Operation:
    return bundled().operation(*key.split("."))


def _read(text: str | bytes, key: str = "campaigns.get") -> tuple[dict[str, Any], dict[str, int]]:
    unknown: Counter[str] = Counter()
    body = text if isinstance(text, bytes) else text.encode()
    return json.decode_result(_operation(key), body, unknown), dict(unknown)


def _call(text: str | bytes, service: str = "campaigns") -> tuple[Operation | None, dict[str, Any]]:
    return json.decode_request(bundled()[service], text if isinstance(text, bytes) else text.encode())


# --- to the letter ------------------------------------------------------------------------------------------


def test_a_request_to_the_letter() -> None:
    """A request is the method's name and the params, without blanks, in UTF-8."""
    params = {"SelectionCriteria": {"Ids": (1, 2)}, "FieldNames": ["Id"], "New": "Лодки 🚤 <&> \"'"}
    assert json.encode_request(_operation("campaigns.get"), params).decode() == (
        '{"method":"get","params":{"SelectionCriteria":{"Ids":[1,2]},"FieldNames":["Id"],"New":"Лодки 🚤 <&> \\"\'"}}'
    )


def test_the_method_keeps_its_case() -> None:
    """Methods are named as the API names them: checkCampaigns."""
    assert json.encode_request(_operation("changes.checkCampaigns"), {}) == b'{"method":"checkCampaigns","params":{}}'


WRITTEN: dict[str, tuple[Any, str]] = {
    "nil": (None, "null"),
    "empty text": ("", '""'),
    "empty list": ([], "[]"),
    "empty object": ({}, "{}"),
    "long": (2**63 - 1, "9223372036854775807"),
    "decimal": (Decimal("37.50"), "37.50"),
    "tiny decimal": (Decimal("0.0000001"), "1E-7"),
    "decimal of 30 digits": (Decimal("0." + "1" * 30), "0." + "1" * 30),
    "bytes": (b"\x00\xff", '"AP8="'),
    "bool": (True, "true"),
    "control characters": ("a\r\n\t\0", '"a\\r\\n\\t\\u0000"'),
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_to_the_letter(value: Any, text: str) -> None:
    """A value is written exactly, never by way of a float."""
    assert json.encode_result(_operation("campaigns.get"), {"New": value}).decode() == f'{{"result":{{"New":{text}}}}}'


# --- answers ------------------------------------------------------------------------------------------------

ITEM = "campaigns:CampaignGetItem"
CAMPAIGN: dict[str, tuple[str, dict[str, Any], dict[str, int]]] = {
    "nothing": ("", {}, {}),
    "long": ('"Id":9223372036854775807', {"Id": 2**63 - 1}, {}),
    "nil": ('"EndDate":null', {"EndDate": None}, {}),
    "nil object": ('"DailyBudget":null', {"DailyBudget": None}, {}),
    "empty text": ('"EndDate":""', {"EndDate": ""}, {}),
    "empty object": ('"DailyBudget":{}', {"DailyBudget": {}}, {}),
    "empty array": ('"BlockedIps":{"Items":[]}', {"BlockedIps": {"Items": []}}, {}),
    "nil array": ('"BlockedIps":{"Items":null}', {"BlockedIps": {"Items": None}}, {}),
    "value for an array": ('"BlockedIps":{"Items":"a"}', {"BlockedIps": {"Items": ["a"]}}, {}),
    "text for a long": ('"Id":"17"', {"Id": 17}, {}),
    "whole decimal for a long": ('"Id":17.0', {"Id": 17}, {}),
    "exponent for a long": ('"Id":1.7e1', {"Id": 17}, {}),
    "number for a text": ('"Name":17', {"Name": "17"}, {}),
    "decimal for a text": ('"Name":17.50', {"Name": "17.50"}, {}),
    "new value": ('"State":"PAUSED"', {"State": "PAUSED"}, {"campaigns:CampaignStateGetEnum = PAUSED": 1}),
    "number for a value": ('"State":7', {"State": "7"}, {"campaigns:CampaignStateGetEnum = 7": 1}),
    "unknown": ('"New":{"A":[1,null,2.50]}', {"New": {"A": [1, None, Decimal("2.50")]}}, {f"{ITEM}.New": 1}),
    "unknown bool": ('"New":true', {"New": True}, {f"{ITEM}.New": 1}),
    "unknown inside a known": (
        '"DailyBudget":{"Amount":1,"Currency":"RUB"}',
        {"DailyBudget": {"Amount": 1, "Currency": "RUB"}},
        {"campaigns:DailyBudget.Currency": 1},
    ),
    "known in another case": ('"id":1', {"id": 1}, {f"{ITEM}.id": 1}),
    "object for a text": ('"Name":{"A":1}', {"Name": {"A": 1}}, {"xsd:string (with children)": 1}),
    "array for a text": ('"Name":["A"]', {"Name": ["A"]}, {"xsd:string (with children)": 1}),
    "escaped letters": ('"Name":"\\u041b\\u043e"', {"Name": "Ло"}, {}),
    "escaped emoji": ('"Name":"\\ud83d\\uDEA4"', {"Name": "🚤"}, {}),
    "escaped backslash before ud": ('"Name":"C:\\\\udir"', {"Name": "C:\\udir"}, {}),
    "escaped NUL": ('"Name":"\\u0000"', {"Name": "\0"}, {}),
    "blanks": (' "Id" :\r\n\t1 ', {"Id": 1}, {}),
}


@pytest.mark.parametrize(("inside", "campaign", "unknown"), CAMPAIGN.values(), ids=CAMPAIGN)
def test_an_answer_is_read_tolerantly(inside: str, campaign: dict[str, Any], unknown: dict[str, int]) -> None:
    """An answer is read as what it says; what the contract does not know is kept and counted, nothing is lost."""
    read = _read(f'{{"result":{{"Campaigns":[{{{inside}}}]}}}}')
    assert repr(read) == repr(({"Campaigns": [campaign]}, unknown))


ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "no result of anything": ('{"result":{}}', {}),
    "empty list": ('{"result":{"Campaigns":[]}}', {"Campaigns": []}),
    "any order": ('{"result":{"LimitedBy":2,"Campaigns":[{}]}}', {"LimitedBy": 2, "Campaigns": [{}]}),
    "byte order mark": ('\ufeff{"result":{}}', {}),
    "blanks around": (' \r\n{"result":{}}\n', {}),
    "more beside the result": ('{"warnings":[],"result":{}}', {}),
}


@pytest.mark.parametrize(("text", "result"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_may_look_otherwise(text: str, result: dict[str, Any]) -> None:
    """The order of names, blanks and a byte order mark mean nothing."""
    assert _read(text) == (result, {})


WRONG: dict[str, tuple[str, str, str]] = {
    "word for a long": ('{"Campaigns":[{},{"Id":"abc"}]}', "$.Campaigns[1].Id", "found 'abc', expected an integer"),
    "fraction for a long": ('{"Campaigns":[{"Id":1.5}]}', "$.Campaigns[0].Id", "found 1.5, expected an integer"),
    "number that fills a memory": (
        '{"Campaigns":[{"Id":1e999999999}]}',
        "$.Campaigns[0].Id",
        "found 1E+999999999, expected an integer",
    ),
    "tiny number": (
        '{"Campaigns":[{"Id":1e-999999999}]}',
        "$.Campaigns[0].Id",
        "found 1E-999999999, expected an integer",
    ),
    "bool for a long": ('{"Campaigns":[{"Id":true}]}', "$.Campaigns[0].Id", "found a boolean, expected long"),
    "bool for a text": ('{"Campaigns":[{"Name":false}]}', "$.Campaigns[0].Name", "found a boolean, expected string"),
    "array for a long": ('{"LimitedBy":[1,1]}', "$.LimitedBy", "found an array, expected a value (xsd:long)"),
    "object for a long": ('{"LimitedBy":{"A":1}}', "$.LimitedBy", "found an object, expected a value (xsd:long)"),
    "text for an object": (
        '{"Campaigns":[{"DailyBudget":"300"}]}',
        "$.Campaigns[0].DailyBudget",
        "found a string, expected an object (campaigns:DailyBudget)",
    ),
    "array for an object": (
        '{"Campaigns":[{"DailyBudget":[1]}]}',
        "$.Campaigns[0].DailyBudget",
        "found an array, expected an object (campaigns:DailyBudget)",
    ),
    "text for an item": ('{"Campaigns":["none"]}', "$.Campaigns[0]", f"found a string, expected an object ({ITEM})"),
    "array in an array": ('{"Campaigns":[[{}]]}', "$.Campaigns[0]", f"found an array, expected an object ({ITEM})"),
    "deep inside": (
        '{"Campaigns":[{"DailyBudget":{"Amount":"3e8"}}]}',
        "$.Campaigns[0].DailyBudget.Amount",
        "found '3e8', expected an integer",
    ),
}


@pytest.mark.parametrize(("result", "path", "message"), WRONG.values(), ids=WRONG)
def test_what_is_not_the_value_is_refused_with_its_place(result: str, path: str, message: str) -> None:
    """What is not the number or the object that stands there is DecodeFailure, with its path."""
    with pytest.raises(DecodeFailure) as caught:
        _read(f'{{"result":{result}}}')
    assert (caught.value.json_path, str(caught.value)) == (path, message)


def test_a_decimal_is_bounded() -> None:
    """A decimal beyond all bounds is DecodeFailure, as it is over SOAP."""
    with pytest.raises(DecodeFailure) as caught:
        _read('{"result":{"VCards":[{"PointOnMap":{"X":1e999999999}}]}}', "vcards.get")
    assert caught.value.json_path == "$.VCards[0].PointOnMap.X"


NO_ANSWERS = {
    "array": "[]",
    "null": "null",
    "text": '"busy"',
    "number": "8000",
    "empty object": "{}",
    "result of null": '{"result":null}',
    "result of an array": '{"result":[]}',
    "result of a text": '{"result":"ok"}',
    "a request": '{"method":"get","params":{}}',
    "error of a text": '{"error":"busy"}',
    "error of a word": '{"error":{"error_code":"many"}}',
    "error of a fraction": '{"error":{"error_code":8000.5}}',
    "error of a bool": '{"error":{"error_code":true}}',
    "error of null": '{"error":{"error_code":null}}',
}


@pytest.mark.parametrize("text", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_is_refused(text: str) -> None:
    """JSON without a result or an error of the API's form is DecodeFailure."""
    with pytest.raises(DecodeFailure):
        _read(text)


# --- errors -------------------------------------------------------------------------------------------------

DETAIL = "The required field Id is omitted in an item in the BidModifiers array"
ERRORS: dict[str, tuple[str, ApiError]] = {
    "as recorded": (
        '{"error":{"request_id":"2726106659050373240","error_code":8000,'
        f'"error_detail":"{DETAIL}","error_string":"Invalid request"}}}}',
        api_error(8000, "Invalid request", DETAIL, request_id="2726106659050373240"),
    ),
    "code as a text": (
        '{"error":{"request_id":"17","error_code":"8000","error_detail":"","error_string":"Invalid request"}}',
        api_error(8000, "Invalid request", request_id="17"),
    ),
    "request id as a number": ('{"error":{"request_id":17,"error_code":53}}', api_error(53, "", request_id="17")),
    "detail of null": ('{"error":{"error_code":152,"error_detail":null}}', api_error(152, "")),
    "no code": ('{"error":{"error_string":"busy"}}', api_error(0, "busy")),
    "only a code": ('{"error":{"error_code":506}}', api_error(506, "")),
    "unknown code": ('{"error":{"error_code":99999,"error_string":"new"}}', api_error(99999, "new")),
    "beside a result": ('{"result":{},"error":{"error_code":1000}}', api_error(1000, "")),
    "more than is known": ('{"error":{"error_code":1000,"trace":["x"]}}', api_error(1000, "")),
}


@pytest.mark.parametrize(("text", "error"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_raised_as_its_class(text: str, error: ApiError) -> None:
    """An error object is the error of its code, which is an int in the services and a text in Reports."""
    with pytest.raises(ApiError) as caught:
        _read(text)
    assert (type(caught.value), vars(caught.value)) == (type(error), vars(error))


def test_an_error_to_the_letter() -> None:
    """An error has the API's four fields, its code as an int."""
    error = api_error(53, "Ошибка авторизации", request_id="17")
    assert json.encode_fault(error).decode() == (
        '{"error":{"request_id":"17","error_code":53,"error_string":"Ошибка авторизации","error_detail":""}}'
    )


@pytest.mark.parametrize("number", [7, 2**53 + 1, 1914841739704982433])
def test_a_result_may_have_numbers_as_texts(number: int) -> None:
    """An id that comes as a text is the same int as one that comes as a number, exactly."""
    results = [_read(f'{{"result":{{"Campaigns":[{{"Id":{written}}}]}}}}') for written in (number, f'"{number}"')]
    assert results == [({"Campaigns": [{"Id": number}]}, {})] * 2


# --- requests -----------------------------------------------------------------------------------------------


def test_a_request_keeps_the_types_that_it_came_with() -> None:
    """Values stay what the caller wrote, for check() to judge."""
    operation, params = _call('{"method":"delete","params":{"SelectionCriteria":{"Ids":["one",2.0,true,null,3]}}}')
    assert operation is not None
    assert params == {"SelectionCriteria": {"Ids": ["one", Decimal("2.0"), True, None, 3]}}
    assert [violation.path for violation in check(params, operation.request)] == [
        f"$.SelectionCriteria.Ids[{index}]" for index in range(4)
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("9007199254740993", 2**53 + 1), ("1914841739704982433", 1914841739704982433), ("-1", -1)],
)
def test_a_request_may_have_numbers_as_texts(text: str, number: int) -> None:
    """A text of a number is read as the number, exactly; check() itself accepts no text."""
    operation, params = _call(simplejson.dumps({"method": "delete", "params": {"SelectionCriteria": {"Ids": [text]}}}))
    assert operation is not None
    assert params == {"SelectionCriteria": {"Ids": [number]}}
    as_text = {"SelectionCriteria": {"Ids": [text]}}
    assert [str(violation.path) for violation in check(as_text, operation.request)] == ["$.SelectionCriteria.Ids[0]"]


@pytest.mark.parametrize("text", ["", " ", "0x7", "7.5", "1e3", "٧", "7,0", "7 8"])
def test_a_text_that_is_no_number_stays(text: str) -> None:
    """Only digits with a sign are an integer; check() names everything else."""
    params = {"SelectionCriteria": {"Ids": [text]}}
    operation, read = _call(simplejson.dumps({"method": "delete", "params": params}))
    assert operation is not None
    assert read == params
    assert check(read, operation.request)


def test_texts_stay_texts_where_the_contract_has_texts() -> None:
    """Digits in a name are a name, and unknown members are untouched."""
    item = {"Name": "7", "StartDate": "2030", "Unknown": "7", "TimeZone": "1"}
    assert _call(simplejson.dumps({"method": "add", "params": {"Campaigns": [item]}}))[1] == {"Campaigns": [item]}


def test_a_request_may_leave_out_empty_params() -> None:
    """A request without params has empty ones."""
    assert _call('{"method":"get"}') == (_operation("campaigns.get"), {})


def test_base64_becomes_bytes() -> None:
    """Only base64 is turned into what it means; what is none is left for check()."""
    text = (
        '{"method":"add","params":{"AdImages":[{"ImageData":"AP8=","Name":"AP8="},{"ImageData":"!"},{"ImageData":5}]}}'
    )
    operation, params = _call(text, "adimages")
    assert operation is not None
    assert params == {"AdImages": [{"ImageData": b"\x00\xff", "Name": "AP8="}, {"ImageData": "!"}, {"ImageData": 5}]}


METHODS = {
    "unknown": "toggle",
    "other case": "Get",
    "of another service": "moderate",
    "empty": "",
    "attribute": "__class__",
}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_method_that_the_service_does_not_have(method: str) -> None:
    """A method that is none of the service's asks for no operation."""
    assert _call(f'{{"method":"{method}","params":{{"A":1}}}}') == (None, {})


NO_CALLS: dict[str, tuple[str, str, str]] = {
    "no method": ('{"params":{}}', "$", "a body without a method"),
    "method of null": ('{"method":null}', "$", "a body without a method"),
    "method of a number": ('{"method":5}', "$", "a body without a method"),
    "method of an array": ('{"method":["get"]}', "$", "a body without a method"),
    "array": ('["get"]', "$", "a body without a method"),
    "null": ("null", "$", "a body without a method"),
    "params of null": ('{"method":"get","params":null}', "$.params", "found null, expected an object"),
    "params of an array": ('{"method":"get","params":[]}', "$.params", "found an array, expected an object"),
    "params of a text": ('{"method":"get","params":"x"}', "$.params", "found a string, expected an object"),
}


@pytest.mark.parametrize(("text", "path", "message"), NO_CALLS.values(), ids=NO_CALLS)
def test_what_is_no_call_is_refused(text: str, path: str, message: str) -> None:
    """A body without a method, or with params that are no object, is DecodeFailure."""
    with pytest.raises(DecodeFailure) as caught:
        _call(text)
    assert (caught.value.json_path, message in str(caught.value)) == (path, True)


# --- hostile bytes ------------------------------------------------------------------------------------------


def _result(inside: str) -> str:
    return f'{{"method":"get","params":{{{inside}}},"result":{{{inside}}}}}'


_DOCUMENTS: dict[str, str | bytes] = {
    "empty body": "",
    "blank body": " \r\n",
    "XML": '<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"/>',
    "HTML page": "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
    "text": "upstream connect error",
    "nested 100 000 deep": "[" * 100_000 + "]" * 100_000,
    "nested and never closed": '{"result":' * 100_000,
    "nested deep inside": _result('"New":' + "[" * 100_000 + "]" * 100_000),
    "NaN": _result('"LimitedBy":NaN'),
    "Infinity": _result('"LimitedBy":Infinity'),
    "negative Infinity": _result('"New":-Infinity'),
    "int of 5000 digits": _result(f'"LimitedBy":{"9" * 5000}'),
    "exponent without end": _result(f'"New":1e{"9" * 50}'),
    "negative exponent without end": _result(f'"New":1e-{"9" * 50}'),
    "name twice": _result('"LimitedBy":1,"LimitedBy":2'),
    "name twice in an item": _result('"Campaigns":[{"Id":1,"Id":2}]'),
    "name twice in the unknown": _result('"New":{"A":{"B":1,"B":1}}'),
    "name twice, once escaped": _result('"LimitedBy":1,"\\u004cimitedBy":2'),
    "result twice": '{"method":"get","method":"get","result":{"LimitedBy":1},"result":{}}',
    "lone high surrogate": _result('"New":"\\ud83d"'),
    "lone low surrogate": _result('"New":"\\uDEA4 x"'),
    "surrogates the wrong way round": _result('"New":"\\ude00\\ud83d"'),
    "lone surrogate in a name": _result('"\\ud83d":1'),
    "NUL": _result('"New":"a\0b"'),
    "newline in a text": _result('"New":"a\nb"'),
    "unfinished escape": _result('"New":"\\u12"'),
    "unknown escape": _result('"New":"\\x41"'),
    "single quotes": "{'result':{}}",
    "names without quotes": "{result:{}}",
    "comma at the end": '{"result":{},}',
    "comment": '{"result":{}/* x */}',
    "leading zero": _result('"LimitedBy":007'),
    "leading plus": _result('"LimitedBy":+7'),
    "hexadecimal": _result('"LimitedBy":0x7'),
    "True of Python": _result('"New":True'),
    "two documents": '{"result":{}}{"result":{}}',
    "text after the document": '{"result":{}} x',
    "NUL after the document": '{"result":{}}\0',
    "UTF-16": '{"method":"get","result":{}}'.encode("utf-16"),
    "UTF-16 without a mark": '{"method":"get","result":{}}'.encode("utf-16-le"),
    "UTF-32": '{"method":"get","result":{}}'.encode("utf-32"),
    "windows-1251": _result('"New":"Лодки"').encode("cp1251"),
    "stray byte": b'{"method":"get","result":{"New":"\xff"}}',
    "overlong slash": b'{"method":"get","result":{"New":"\xc0\xaf"}}',
    "surrogates in UTF-8": b'{"method":"get","result":{"New":"\xed\xa0\xbd\xed\xba\x80"}}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
}
HOSTILE = {name: text if isinstance(text, bytes) else text.encode() for name, text in _DOCUMENTS.items()}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_an_error(body: bytes) -> None:
    """An answer that is no whole JSON document, or would lose a part of itself, is refused; the error is short."""
    with pytest.raises(DecodeFailure) as caught:
        _read(body)
    assert 0 < len(str(caught.value)) < 500


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_request_is_an_error(body: bytes) -> None:
    """A request that is no whole JSON document, or would lose a part of itself, is DecodeFailure."""
    with pytest.raises(DecodeFailure):
        _call(body)


@pytest.mark.parametrize("depth", [100, 500, 900, 2_000, 20_000])
def test_deep_lists_are_read_or_refused(depth: int) -> None:
    """However deep a list goes, a request is read or DecodeFailure; no end runs out of its stack."""
    lists = "[" * depth + "]" * depth
    with suppress(DecodeFailure):
        operation, params = _call(f'{{"method":"get","params":{{"FieldNames":{lists}}}}}')
        assert operation is not None
        assert [violation.path for violation in check(params, operation.request)] == ["$.FieldNames[0]"]


RESULT = {"Campaigns": [{"Id": 1, "Name": "Лодки & вёсла"}, {"Id": 2, "EndDate": None}], "LimitedBy": 2}
PARAMS = {"SelectionCriteria": {"Ids": [1, 2]}, "FieldNames": ["Id", "Name"], "Page": {"Limit": 10}}
ANSWER = json.encode_result(_operation("campaigns.get"), RESULT)
REQUEST = json.encode_request(_operation("campaigns.get"), PARAMS)
REFUSAL = json.encode_fault(api_error(8000, "Invalid request", "поле Id", request_id="17"))
WHOLE = {"answer": ANSWER, "error": REFUSAL}


@pytest.mark.parametrize(
    ("name", "length"), [(name, cut) for name, body in WHOLE.items() for cut in range(0, len(body), 7)]
)
def test_an_answer_cut_short_is_an_error(name: str, length: int) -> None:
    """However much of an answer or of an error arrived, less than all of it is refused, never a shorter result."""
    with pytest.raises(DecodeFailure):
        _read(WHOLE[name][:length])


@pytest.mark.parametrize("length", range(0, len(REQUEST), 7))
def test_a_request_cut_short_is_an_error(length: int) -> None:
    """However much of a request arrived, less than all of it is refused, never a smaller request."""
    with pytest.raises(DecodeFailure):
        _call(REQUEST[:length])


@given(st.integers(0, len(ANSWER) - 1), st.integers(0, 3), st.binary(max_size=3))
def test_damaged_bytes_raise_nothing_else(path: int, lost: int, inserted: bytes) -> None:
    """Whatever happens to the bytes on their way, they are a result, the API's error, or DecodeFailure."""
    for body in (ANSWER, REFUSAL):
        with suppress(DecodeFailure, ApiError):
            assert isinstance(_read(body[:path] + inserted + body[path + lost :])[0], dict)


@given(st.binary(max_size=200))
def test_any_bytes_raise_nothing_else(body: bytes) -> None:
    """Bytes of no meaning are DecodeFailure, to both ends."""
    with pytest.raises(DecodeFailure):
        _read(body)
    with pytest.raises(DecodeFailure):
        _call(body)


GREEDY = {
    "number of a billion digits": b'{"result":{"LimitedBy":1e999999999}}',
    "decimal of a billion digits": b'{"result":{"Campaigns":[{"Funds":{"CampaignFunds":{"Balance":1e-999999999}}}]}}',
    "nested 100 000 deep": HOSTILE["nested 100 000 deep"],
}
CONFINED = """
import resource, sys
from collections import Counter
from yadirect_soap.protocol import json
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.scalars import DecodeFailure
operation = bundled().operation("campaigns", "get")
body = sys.stdin.buffer.read()
used = resource.getrusage(resource.RUSAGE_SELF)
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 5,) * 2)
try:
    json.decode_result(operation, body, Counter())
except DecodeFailure:
    print("unreadable")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("body", GREEDY.values(), ids=GREEDY)
def test_a_bomb_does_not_go_off(body: bytes) -> None:
    """A document that would fill the memory is refused within 512 megabytes and 5 seconds."""
    done = subprocess.run(
        [sys.executable, "-c", CONFINED],
        input=body,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"unreadable\n", b"")
