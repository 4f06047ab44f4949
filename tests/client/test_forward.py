"""forward: an envelope goes out as it is, and its response goes into a file, in flat memory."""

import io
import tracemalloc
from collections.abc import Callable
from random import Random

import pytest

from tests.client.servers import Step, answer, compressed, drop, fault, served
from yadirect_soap import ApiError, DecodeError, Direct, DirectError, HttpError, ResponseLostError, Retry
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.soap import encode_result

GET = bundled().operation("campaigns", "get")
UPDATE = bundled().operation("campaigns", "update")
ENVELOPE = b"<anything/>"
ANSWER = encode_result(GET, {"Campaigns": [{"Id": 1, "Name": "Имя"}]})
READS = Retry(attempts=3, wait_initial=0.0)


def test_the_bytes_pass_through() -> None:
    """What is sent and what is written are the same bytes; the headers are read."""
    out = io.BytesIO(b"older and longer than the response" * 100)
    with served(answer(ANSWER, RequestId="5", Units="10/20/30")) as (server, direct):
        response = direct.forward(GET, ENVELOPE, out)
    assert (server.received[0].body, out.getvalue()) == (ENVELOPE, ANSWER)
    assert (response.request_id, response.units and response.units.left, response.result) == ("5", 20, {})


def test_the_json_transport_forwards_over_soap() -> None:
    """An envelope goes to the SOAP address, whatever the transport of other calls."""
    with served(answer(ANSWER), transport="json") as (server, direct):
        direct.forward(GET, ENVELOPE, io.BytesIO())
    assert server.received[0].path == "/v501/campaigns"


CUT_OFF = answer(ANSWER[: len(ANSWER) // 2], length=len(ANSWER))


@pytest.mark.parametrize(
    "failure",
    [CUT_OFF, drop, fault(1002), answer(b"<html>", content_type="text/html", status=502)],
    ids=["cut-off", "drop", "fault", "page"],
)
def test_a_read_is_repeated_into_the_same_file(failure: Step) -> None:
    """After a passing failure the file has the response of the attempt that succeeded, and nothing else."""
    out = io.BytesIO()
    with served(failure, answer(ANSWER), retry=READS) as (server, direct):
        direct.forward(GET, ENVELOPE, out)
    assert (len(server.received), out.getvalue()) == (2, ANSWER)


def test_a_write_is_not_repeated() -> None:
    """A write whose response was lost may have acted, and is sent once."""
    with served(CUT_OFF, retry=READS) as (server, direct), pytest.raises(ResponseLostError) as error:
        direct.forward(UPDATE, ENVELOPE, io.BytesIO())
    assert (len(server.received), error.value.may_have_acted) == (1, True)


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        (fault(53), ApiError),
        (answer(ANSWER[:-1]), DecodeError),
        (answer(ANSWER + b"<more/>"), DecodeError),
        (answer(ANSWER.replace("Имя".encode(), b"\xff")), DecodeError),
        (answer(b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + ANSWER.partition(b"?>")[2]), DecodeError),
        (answer(ANSWER.replace(b"GetResponse", b"AddResponse")), DecodeError),
        (answer(b""), DecodeError),
        (answer(b"<page/>", content_type="text/html"), HttpError),
    ],
    ids=["fault", "cut", "two-roots", "encoding", "doctype", "another-call", "empty", "page"],
)
def test_it_fails_as_a_call_does(step: Step, wrong: type[DirectError]) -> None:
    """What call() refuses, forward() refuses with the same class of error."""

    def by_call(direct: Direct) -> object:
        return direct.call("campaigns", "get", {"SelectionCriteria": {}, "FieldNames": ["Id"]})

    def by_forward(direct: Direct) -> object:
        return direct.forward(GET, ENVELOPE, io.BytesIO())

    ways: tuple[Callable[[Direct], object], ...] = (by_call, by_forward)
    for way in ways:
        with served(step, retry=None) as (_, direct), pytest.raises(wrong) as error:
            way(direct)
        assert error.value.operation == "campaigns.get"


@pytest.mark.slow
def test_memory_stays_flat() -> None:
    """A response of 18 MB passes with less than 4 MB of memory."""
    source = Random(1)  # of what compresses as little as names do
    campaigns = [{"Id": number, "Name": source.randbytes(200).hex()} for number in range(40_000)]
    body = encode_result(GET, {"Campaigns": campaigns})
    del campaigns

    class Counted(io.BytesIO):
        """A file that counts what it is given, and keeps nothing."""

        size = 0

        def write(self, content: object) -> int:
            assert isinstance(content, bytes)
            self.size += len(content)
            return len(content)

    out = Counted()
    with served(compressed(body)) as (_, direct):
        tracemalloc.start()
        try:
            direct.forward(GET, ENVELOPE, out)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert out.size == len(body) > 15_000_000
    assert peak < 4_000_000
