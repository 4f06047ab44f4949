"""Answers of the gateway that do not stay in memory."""

import io
from typing import Any
from wsgiref.util import FileWrapper

import pytest
import requests
from lxml import etree
from waitress.buffers import ReadOnlyFileBasedBuffer

from tests.client.servers import answer, served
from tests.gateway.callers import GET_ALL, SOAP_1_1, SOAP_1_2, Caller, envelope
from yadirect_soap.gateway import Options, application, serving
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.soap import encode_result

COUNT = 20_000
NAMES = [{"Id": number, "Name": f"Campaign {number} " + "n" * 60} for number in range(COUNT)]
PAGE = encode_result(bundled().operation("campaigns", "get"), {"Campaigns": NAMES})


def test_a_large_answer_comes_byte_for_byte() -> None:
    """A response of more than a megabyte reaches the caller as it came, with its length and its units."""
    with served(answer(PAGE, RequestId="5", Units="10/20/30")) as (_, direct):
        reply = Caller(application(direct)).post(GET_ALL)
    assert (reply.body, reply.fields["Content-Length"]) == (PAGE, str(len(PAGE)))
    assert (reply.fields["RequestId"], reply.fields["Units"]) == ("5", "10/20/30")


@pytest.mark.parametrize("soap", [SOAP_1_1, SOAP_1_2], ids=["SOAP 1.1", "SOAP 1.2"])
def test_a_large_answer_has_the_block_and_the_version_of_its_caller(soap: str) -> None:
    """Only the beginning of a large answer is altered: by the header block, and by the version of SOAP."""
    with served(answer(PAGE, RequestId="5")) as (_, direct):
        reply = Caller(application(direct, Options(header_block=True))).post(envelope(GET_ALL, soap=soap))
    assert reply.fields["Content-Length"] == str(len(reply.body))
    assert (reply.root.tag, reply.texts("RequestId")) == (f"{{{soap}}}Envelope", ["5"])
    ids = [element.text for element in reply.root.iter("Id")]
    assert ids == [str(number) for number in range(COUNT)]


def test_the_server_may_send_the_file() -> None:
    """A server with a file wrapper is given the file itself, so that a slow reader holds no thread."""
    with served(answer(PAGE)) as (_, direct):
        caller = Caller(application(direct))
        caller.file_wrapper = FileWrapper
        assert caller.post(GET_ALL).body == PAGE
        assert isinstance(caller.pieces, FileWrapper)
        assert not isinstance(caller.pieces.filelike, io.BytesIO)


def test_a_large_answer_that_breaks_off_is_a_fault() -> None:
    """What is not whole is not handed on: the caller gets a fault, and no half of a page."""
    with served(answer(PAGE[:-100])) as (_, direct):
        reply = Caller(application(direct)).post(GET_ALL)
    assert reply.texts("faultcode") == ["SOAP-ENV:Server"]
    assert etree.QName(reply.root[0][0]).localname == "Fault"


def test_what_the_schema_does_not_have_is_handed_on(caplog: pytest.LogCaptureFixture) -> None:
    """A response with a member that the schema lacks comes as it is, and the log tells of it."""
    body = PAGE.replace(b"<Campaigns><Id>0</Id>", b"<Campaigns><New>1</New><Id>0</Id>")[:2000]
    body = body[: body.rindex(b"<Campaigns>")] + PAGE[PAGE.index(b"</ns:GetResponse>") :]
    with served(answer(body)) as (_, direct), caplog.at_level("INFO", "yadirect_soap.gateway"):
        assert Caller(application(direct)).post(GET_ALL).body == body
    assert "invalid response: line 2, " in caplog.text
    assert "New" in caplog.text


def test_a_large_response_is_sent_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a response in a file a piece is read for each send, however much the socket could take."""
    read: list[int] = []
    get = ReadOnlyFileBasedBuffer.get

    def counted(buffer: Any, numbytes: int = -1, skip: bool = False) -> bytes:
        read.append(numbytes)
        content: bytes = get(buffer, numbytes, skip)
        return content

    monkeypatch.setattr(ReadOnlyFileBasedBuffer, "get", counted)
    with served(answer(PAGE)) as (_, direct), serving(application(direct)) as address:
        body = envelope(GET_ALL).encode()
        assert len(requests.post(f"{address}/v501/campaigns", body, timeout=60).content) > 1_000_000
    assert max(read) <= 1 << 18
