"""Bytes that mean harm, or are no SOAP at all: a clear error in bounded time and memory, never a part of a result."""

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.scalars import DecodeFailure

OPERATION = bundled().operation("campaigns", "get")
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
RESULT = {"Campaigns": [{"Id": 1, "Name": "Лодки & вёсла"}, {"Id": 2, "EndDate": None}], "LimitedBy": 2}
PARAMS = {"SelectionCriteria": {"Ids": [1, 2]}, "FieldNames": ["Id", "Name"], "Page": {"Limit": 10}}

ANSWER = soap.encode_result(OPERATION, RESULT)
REQUEST = soap.encode_request(OPERATION, PARAMS)
FAULT = soap.encode_fault(api_error(8000, "Invalid request", "поле Id", request_id="17"))


def _answer(name: str = "x", prolog: str = "", attributes: str = "") -> str:
    return (
        f'{prolog}<S:Envelope xmlns:S="{ENVELOPE}"><S:Body><n:GetResponse xmlns:n="{OPERATION.namespace}">'
        f"<Campaigns{attributes}><Name>{name}</Name></Campaigns></n:GetResponse></S:Body></S:Envelope>"
    )


def _entities(levels: int, width: int) -> str:
    """Entities each of which is `width` of the one before: &e0; &e1; ..."""
    inner = (f'<!ENTITY e{level} "{f"&e{level - 1};" * width}">' for level in range(1, levels))
    return f'<!DOCTYPE S [<!ENTITY e0 "{"x" * 100}">{"".join(inner)}]>'


def _read(body: bytes) -> dict[str, Any]:
    return soap.decode_result(OPERATION, body, Counter())


# --- documents that mean harm -------------------------------------------------------------------------------

NESTED = "<A>" * 100_000
HOSTILE: dict[str, str] = {
    "DOCTYPE": _answer(prolog="<!DOCTYPE Envelope>"),
    "empty DOCTYPE": _answer(prolog="<!DOCTYPE Envelope []>"),
    "DOCTYPE after a comment": _answer(prolog="<?xml version='1.0'?><!-- x --><!DOCTYPE a:b [ ]>"),
    "external DOCTYPE": _answer(prolog='<!DOCTYPE S SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "public DOCTYPE": _answer(prolog='<!DOCTYPE S PUBLIC "-//X//X" "http://127.0.0.1:9/x.dtd">'),
    "entity": _answer("&e;", '<!DOCTYPE S [<!ENTITY e "x">]>'),
    "entity that is not used": _answer("x", '<!DOCTYPE S [<!ENTITY e "x">]>'),
    "entity that holds elements": _answer("&e;", '<!DOCTYPE S [<!ENTITY e "<Id>1</Id>">]>'),
    "entity of a file": _answer("&e;", '<!DOCTYPE S [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
    "entity of the network": _answer("&e;", '<!DOCTYPE S [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>'),
    "parameter entity": _answer(prolog='<!DOCTYPE S [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'),
    "entity in itself": _answer("&e;", '<!DOCTYPE S [<!ENTITY e "&f;"><!ENTITY f "&e;">]>'),
    "default attribute": _answer(prolog='<!DOCTYPE S [<!ATTLIST Name nil CDATA "true">]>'),
    "billion laughs": _answer("&e9;", _entities(10, 10)),
    "billion laughs in an attribute": _answer("x", _entities(10, 10), ' a="&e9;"'),
    "quadratic": _answer("&e0;" * 50_000, f'<!DOCTYPE S [<!ENTITY e0 "{"x" * 50_000}">]>'),
    "quadratic in an attribute": _answer(
        "x", f'<!DOCTYPE S [<!ENTITY e0 "{"x" * 50_000}">]>', f' a="{"&e0;" * 50_000}"'
    ),
    "undefined entity": _answer("&nbsp;"),
    "nested 100 000 deep": _answer(NESTED + NESTED.replace("<", "</")),
    "nested and never closed": _answer(NESTED),
    "nested 300 deep": _answer("<A>" * 300 + "</A>" * 300),
    "NUL": _answer("a\0b"),
    "NUL at the end": _answer() + "\0",
    "reference to NUL": _answer("&#0;"),
    "reference to half a character": _answer("&#xD83D;"),
    "reference beyond Unicode": _answer("&#x110000;"),
    "control character": _answer("\x1b"),
    "U+FFFF": _answer("\uffff"),
    "prefix that is not declared": _answer("<q:A/>"),
    "xsi that is not declared": _answer().replace("<Name>", '<Name xsi:nil="true">'),
    "attribute twice": _answer(attributes=' a="1" a="2"'),
    "attribute without quotes": _answer(attributes=" a=1"),
    "bare ampersand": _answer("a & b"),
    "end of CDATA": _answer("]]>"),
    "tags that cross": _answer("<A><B></A></B>"),
    "two documents": _answer() + _answer(),
    "text after the document": _answer() + "x",
    "text before the document": "x" + _answer(),
    "declaration after a blank": ' <?xml version="1.0"?>' + _answer(),
    "name without end": _answer(f"<{'x' * 100_000}/>"),
    "empty body": "",
    "blank body": " \r\n ",
    "only a declaration": '<?xml version="1.0" encoding="UTF-8"?>',
    "HTML page": "<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>",
    "HTML page without a DOCTYPE": "<html><body><center><h1>504 Gateway Time-out</h1></center><hr>nginx</body></html>",
    "XHTML page": '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "captcha": '<html prefix="og: http://ogp.me/ns#"><body><img src=captcha.gif>Вы не робот?</body></html>',
    "JSON": '{"result":{"Campaigns":[]}}',
    "JSON error": '{"error":{"error_code":8000,"error_string":"Invalid request","request_id":"17"}}',
    "text": "upstream connect error or disconnect/reset before headers",
    "tab-separated report": "Date\tClicks\n2026-01-01\t5\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_an_error(text: str) -> None:
    """An answer that is no whole, plain SOAP envelope is DecodeFailure, and the error is short."""
    with pytest.raises(DecodeFailure) as caught:
        _read(text.encode())
    assert 0 < len(str(caught.value)) < 500


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_request_is_an_error(text: str) -> None:
    """A request that is no whole, plain SOAP envelope is DecodeFailure."""
    with pytest.raises(DecodeFailure):
        soap.decode_request(bundled()["campaigns"], text.replace("GetResponse", "GetRequest").encode())


def test_no_file_is_read(tmp_path: Path) -> None:
    """What a hostile document points at gets neither into a result nor into an error."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret", encoding="utf-8")
    declared = f'<!DOCTYPE S [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(DecodeFailure) as caught:
        _read(_answer("&e;", declared).encode())
    assert "the-secret" not in str(caught.value)


INCLUDED = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'


def test_xinclude_includes_nothing(tmp_path: Path) -> None:
    """An XInclude is an unknown element like any other."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret", encoding="utf-8")
    assert _read(_answer(INCLUDED.format(secret.as_uri())).encode()) == {"Campaigns": [{"Name": {"include": ""}}]}


# --- encodings ----------------------------------------------------------------------------------------------

CYRILLIC = _answer("Лодки")


def _declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{CYRILLIC}'


NOT_UTF_8: dict[str, bytes] = {
    "UTF-16 with a mark": CYRILLIC.encode("utf-16"),
    "UTF-16 without a mark": CYRILLIC.encode("utf-16-le"),
    "UTF-16 as declared": _declared("UTF-16").encode("utf-16"),
    "UTF-32": CYRILLIC.encode("utf-32"),
    "windows-1251": CYRILLIC.encode("cp1251"),
    "windows-1251 as declared": _declared("windows-1251").encode("cp1251"),
    "windows-1251 that claims to be UTF-8": _declared("UTF-8").encode("cp1251"),
    "EBCDIC": _declared("cp500").encode("cp500", "replace"),
    "stray byte": CYRILLIC.encode().replace(b"</Name>", b"\xff</Name>"),
    "character cut in two": CYRILLIC.encode().replace("и</Name>".encode(), b"\xd0</Name>"),
    "overlong slash": CYRILLIC.encode().replace(b"</Name>", b"\xc0\xaf</Name>"),
    "surrogates in UTF-8": CYRILLIC.encode().replace(b"</Name>", b"\xed\xa0\xbd\xed\xba\x80</Name>"),
    "beyond Unicode": CYRILLIC.encode().replace(b"</Name>", b"\xf5\x80\x80\x80</Name>"),
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
}


@pytest.mark.parametrize("body", NOT_UTF_8.values(), ids=NOT_UTF_8)
def test_bytes_that_are_not_utf_8_are_an_error(body: bytes) -> None:
    """The API's bodies are UTF-8: anything else is DecodeFailure, never wrong letters."""
    with pytest.raises(DecodeFailure):
        _read(body)


@pytest.mark.parametrize("encoding", ["UTF-8", "utf8", "ISO-8859-1", "windows-1251", "UTF-16", "UTF-7", "x-unknown"])
def test_utf_8_is_read_whatever_it_declares(encoding: str) -> None:
    """Bytes that are UTF-8 are read as such, since a wrong declaration would make wrong letters of them."""
    assert _read(_declared(encoding).encode()) == {"Campaigns": [{"Name": "Лодки"}]}


# --- cut short ----------------------------------------------------------------------------------------------

WHOLE = {"answer": ANSWER, "fault": FAULT}
CUTS = [(name, length) for name, body in WHOLE.items() for length in range(0, len(body), 7)]


@pytest.mark.parametrize(("name", "length"), CUTS)
def test_an_answer_cut_short_is_an_error(name: str, length: int) -> None:
    """However much of an answer or of a fault arrived, less than all of it is DecodeFailure, never a shorter result."""
    with pytest.raises(DecodeFailure):
        _read(WHOLE[name][:length])


@pytest.mark.parametrize("length", range(0, len(REQUEST), 7))
def test_a_request_cut_short_is_an_error(length: int) -> None:
    """However much of a request arrived, less than all of it is DecodeFailure, never a smaller request."""
    with pytest.raises(DecodeFailure):
        soap.decode_request(bundled()["campaigns"], REQUEST[:length])


@pytest.mark.parametrize("start", [1, 7, 40, 100])
def test_an_answer_without_its_beginning_is_an_error(start: int) -> None:
    """The end of an answer is no answer."""
    with pytest.raises(DecodeFailure):
        _read(ANSWER[start:])


@given(st.integers(0, len(ANSWER) - 1), st.integers(0, 3), st.binary(max_size=3))
def test_damaged_bytes_raise_nothing_else(offset: int, lost: int, inserted: bytes) -> None:
    """Whatever happens to the bytes on their way, they are a result, the API's error, or DecodeFailure."""
    for body in (ANSWER, FAULT):
        with suppress(DecodeFailure, ApiError):
            assert isinstance(_read(body[:offset] + inserted + body[offset + lost :]), dict)


@given(st.binary(max_size=200))
def test_any_bytes_raise_nothing_else(body: bytes) -> None:
    """Bytes of no meaning are DecodeFailure, to both ends."""
    with pytest.raises(DecodeFailure):
        _read(body)
    with pytest.raises(DecodeFailure):
        soap.decode_request(bundled()["campaigns"], body)


# --- bounded memory and time --------------------------------------------------------------------------------

BOMBS = (
    "billion laughs",
    "billion laughs in an attribute",
    "quadratic",
    "quadratic in an attribute",
    "nested 100 000 deep",
)
ENDLESS = _answer("&e;", '<!DOCTYPE S [<!ENTITY e SYSTEM "file:///dev/zero">]>')
GREEDY = {name: HOSTILE[name] for name in BOMBS} | {"entity of an endless file": ENDLESS}
CONFINED = """
import resource, sys
from collections import Counter
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.scalars import DecodeFailure
operation = bundled().operation("campaigns", "get")
body = sys.stdin.buffer.read()
used = resource.getrusage(resource.RUSAGE_SELF)
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 5,) * 2)
try:
    soap.decode_result(operation, body, Counter())
except DecodeFailure:
    print("unreadable")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("text", GREEDY.values(), ids=GREEDY)
def test_a_bomb_does_not_go_off(text: str) -> None:
    """A document that would fill the memory is refused within 512 megabytes and 5 seconds."""
    done = subprocess.run(
        [sys.executable, "-c", CONFINED],
        input=text.encode(),
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"unreadable\n", b"")
