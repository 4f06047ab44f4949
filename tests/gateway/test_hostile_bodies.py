"""Bodies that attack an XML parser, over a socket, at the gateway and at the emulator: each is refused."""

import gzip
from collections.abc import Iterator

import pytest

from tests.gateway.callers import envelope
from tests.gateway.test_hostile import exchanged
from tests.gateway.test_server import CALL, served
from yadirect_soap.emulator import Emulator

BODY = envelope("GetRequest: <SelectionCriteria/><FieldNames>Id</FieldNames>")
HEAD = (
    "POST /v501/campaigns HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-token\r\n"
    'SOAPAction: "http://api.direct.yandex.com/v5/campaigns/get"\r\n'
)
LARGEST = 12_000_000
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def with_doctype(declarations: str, text: str = "&x;") -> bytes:
    """An envelope with a DOCTYPE and a reference in a member."""
    return f"<!DOCTYPE x {declarations}>{BODY.replace('>Id<', f'>{text}<')}".encode()


def with_content(content: str) -> bytes:
    """An envelope with more in its message."""
    return BODY.replace("<SelectionCriteria/>", content).encode()


def declared(encoding: str) -> bytes:
    """An envelope that declares an encoding, whatever it has."""
    return f'<?xml version="1.0" encoding="{encoding}"?>{BODY}'.encode()


ATTACKS: dict[str, tuple[bytes, str]] = {
    "entities": (with_doctype(f'[<!ENTITY l0 "ha">{LAUGHS}]', "&l9;"), ""),
    "long text": (with_content(f"<SelectionCriteria/><FieldNames>{'x' * 1_000_000}</FieldNames>"), ""),
    "long entity": (with_doctype(f'[<!ENTITY x "{"a" * 100_000}">]', "&x;" * 10_000), ""),
    "file": (with_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]'), ""),
    "address": (with_doctype('[<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]'), ""),
    "parameter entity": (with_doctype('[<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]', "Id"), ""),
    "external DTD": (with_doctype('SYSTEM "file:///etc/passwd"', "Id"), ""),
    "DOCTYPE before much": (with_doctype("[]", "Id") + b" " * 11_000_000, ""),
    "depth": (with_content("<a>" * 100_000 + "</a>" * 100_000), ""),
    "depth in a header": (BODY.replace("<s:Body>", f"<s:Header>{'<a>' * 100_000}").encode(), ""),
    "attributes": (with_content("<a" + "".join(f' a{n}="x"' for n in range(100_001)) + "/>"), ""),
    "attributes at one element": (with_content("<a" + "".join(f' a{n}="x"' for n in range(90_000)) + "/>"), ""),
    "many violations": (with_content("<FieldNames>x</FieldNames>\n" * 100_000), ""),
    "one attribute": (with_content("<a" + ' a="x"' * 1_000 + "/>"), ""),
    "elements": (with_content("<a/>" * 1_000_001), ""),
    "XInclude": (with_content('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'), ""),
    "NUL": (with_content("<a>\0</a>"), ""),
    "NUL as a reference": (with_content("<a>&#0;</a>"), ""),
    "half a character": (with_content("<a>&#xD800;</a>"), ""),
    "overlong": (BODY.encode().replace(b">Id<", b">\xc0\xc9d<"), ""),
    "invalid UTF-8": (BODY.encode().replace(b">Id<", b">\xff<"), ""),
    "UTF-7 of Content-Type": (BODY.replace("<", "+ADw-").encode(), "Content-Type: text/xml; charset=utf-7\r\n"),
    "punycode": (declared("punycode") + b"-" + b"b9z" * 100_000, ""),
    "gzip bomb": (gzip.compress(bytes(LARGEST + 1), 1), "Content-Encoding: gzip\r\n"),
    "truncated gzip": (gzip.compress(CALL)[:-9], "Content-Encoding: gzip\r\n"),
    "two gzip members": (gzip.compress(CALL) * 2, "Content-Encoding: gzip\r\n"),
    "gzip and more": (gzip.compress(CALL) + b"<a/>", "Content-Encoding: gzip\r\n"),
    "wrong gzip sum": (gzip.compress(CALL)[:-8] + bytes(8), "Content-Encoding: gzip\r\n"),
    "gzip twice": (gzip.compress(gzip.compress(CALL)), "Content-Encoding: gzip, gzip\r\n"),
    "deflate": (CALL, "Content-Encoding: deflate\r\n"),
    "multipart": (
        b"--x\r\nContent-Type: text/xml\r\n\r\n" + CALL + b"\r\n--x--",
        "Content-Type: multipart/related; boundary=x\r\n",
    ),
    "JSON": (b'{"method": "get"}', ""),
    "two documents": (CALL + CALL, ""),
    "two bodies": (BODY.replace("</s:Body>", "</s:Body><s:Body/>").encode(), ""),
    "nothing": (b"", ""),
}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="module", params=["gateway", "emulator"])
def address(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of each of the two servers."""
    with served(emulator, largest_request=LARGEST) if request.param == "gateway" else emulator.serve() as address:
        yield address


@pytest.mark.parametrize(("body", "fields"), ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused(address: str, body: bytes, fields: str) -> None:
    """A body that attacks the parser is a fault 8000 or an HTTP error, reads no file, and is no call."""
    received = exchanged(address, f"{HEAD}{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    status = int(received.split()[1])
    assert status in (413, 415) or (status, b"<errorCode>8000</errorCode>" in received) == (200, True), received[:2000]
    assert b"root:" not in received
    assert b"GetResponse" not in received
    assert len(received) < 50_000


@pytest.mark.parametrize("encoding", ["utf-7", "base64", "unicode_escape", "klingon"])
def test_a_wrong_declaration_reveals_nothing(address: str, encoding: str) -> None:
    """A document in UTF-8 that declares another encoding is refused, or read as UTF-8, as the API reads it."""
    body, fields = declared(encoding), f"Content-Type: text/xml; charset={encoding}\r\n"
    received = exchanged(address, f"{HEAD}{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert received.startswith(b"HTTP/1.1 200 ")
    assert (b"GetResponse" in received) == (b"yadirect-soap-emulator" in received)
    assert (b"<errorCode>8000</errorCode>" in received) == (b"yadirect-soap-emulator" not in received)


def test_what_the_attacks_attack_is_answered(address: str) -> None:
    """Without an attack the same body is a call."""
    body = BODY.encode()
    assert b"GetResponse" in exchanged(address, f"{HEAD}Content-Length: {len(body)}\r\n\r\n".encode() + body)
