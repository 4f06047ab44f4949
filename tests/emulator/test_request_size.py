"""Requests that say more than a call has use for, and images that are as large as the API takes them."""

import base64
import tracemalloc

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.http.request import LARGEST_BODY

ENVELOPE = (
    b'<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body>'
    b'<ns:GetRequest xmlns:ns="http://api.direct.yandex.com/v5/campaigns">%b</ns:GetRequest></E:Body></E:Envelope>'
)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v5/campaigns", ENVELOPE % (b"<a/>" * (LARGEST_BODY // 5))),
        ("/v5/campaigns", ENVELOPE % (b"<a" + b"".join(b' b%d=""' % number for number in range(200_000)) + b"/>")),
        ("/v5/reports", b"<a>" + b"<a/>" * 2_000_000),
        ("/json/v5/campaigns", b'{"method": "get", "params": {"x": [' + b"[]," * 2_000_000 + b"1]}}"),
        ("/json/v5/campaigns", b'{"method": "get", "params": {"x": [' + b"1," * 3_000_000 + b"1]}}"),
        ("/json/v5/reports", b"[" * 3_000_000),
    ],
    ids=["elements", "attributes", "elements of a report", "lists", "numbers", "brackets of a report"],
)
def test_a_body_that_says_too_much_is_not_read(client: EmulatorClient, path: str, body: bytes) -> None:
    """It is 413 before anything is made of it, so it takes no memory beside its own."""
    tracemalloc.start()
    response = client.send(path, body, SOAPAction="x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert response.status == 413
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/json/v5/campaigns", b"[" * 900_000),
        ("/json/v5/campaigns", b'{"method": "get", "params": {"x": "\\ud800"}}'),
        ("/json/v5/campaigns", b'{"method": "get", "params": {"x": 1e999999999999999999999}}'),
        ("/json/v5/campaigns", b'{"method": "get", "params": {"x": 1' + b"0" * 10_000 + b"}}"),
        ("/v5/campaigns", ENVELOPE % (b"<a>" * 10_000 + b"</a>" * 10_000)),
        ("/v5/campaigns", ENVELOPE % (b"<a>" * 1_000 + b"x" * 11_000_000 + b"</a>" * 1_000)),
        ("/v5/campaigns", ENVELOPE % b"<a>&#xD800;</a>"),
        ("/v5/campaigns", ENVELOPE % b"<a>\xed\xa0\x80</a>"),
        ("/v5/campaigns", b'<!DOCTYPE a [<!ENTITY b "c">]><a>' + b"x" * 11_000_000 + b"</a>"),
    ],
    ids=[
        "brackets",
        "half a character in JSON",
        "an exponent beyond decimals",
        "a number of many digits",
        "deep XML",
        "deep and huge XML",
        "half a character in XML",
        "its bytes in XML",
        "a DOCTYPE before a huge text",
    ],
)
def test_a_body_that_cannot_be_read_is_error_8000(client: EmulatorClient, path: str, body: bytes) -> None:
    """It is the caller's mistake and none of the emulator."""
    response = client.send(path, body, SOAPAction="x")
    assert (response.status, b"8000" in response.body) == (200, True)


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_an_image_of_eight_megabytes_is_taken(wire: str) -> None:
    """Its base64 is longer than what XML parsers take for a text unless they are told to."""
    image = b"GIF89a\xe8\x03\xe8\x03" + bytes(8_000_000)
    encoded = base64.b64encode(image)
    with Emulator() as emulator:
        client = EmulatorClient(emulator, "demo-token")
        if wire == "json":
            body = b'{"method":"add","params":{"AdImages":[{"Name":"Large","ImageData":"%b"}]}}' % encoded
            response = client.send("/json/v5/adimages", body)
        else:
            content = b"<AdImages><ImageData>%b</ImageData><Name>Large</Name></AdImages>" % encoded
            body = ENVELOPE.replace(b"Get", b"Add").replace(b"campaigns", b"adimages") % content
            response = client.send("/v5/adimages", body, SOAPAction="add")
    assert b"AdImageHash" in response.body, response.body[:500]
