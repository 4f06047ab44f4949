"""Long reports: they come in pieces, over a socket and in process, and are held nowhere as a whole."""

import gzip
import http.client
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.emulator.http.wsgi import application
from yadirect_soap.protocol.messages import Headers, Request, StreamedResponse
from yadirect_soap.protocol.reports.formats import FORMATS

PATH = "/json/v5/reports"


@pytest.fixture
def big(client: EmulatorClient) -> EmulatorClient:
    """An account of 20 ads and 30 keywords in one group: every pair of them has a row for each day."""
    store, login = client.emulator.store, "big"
    client.emulator.accounts.add(Account(login, 5), token="big-token")
    running = {"State": "ON", "Status": "ACCEPTED"}
    inside = {"CampaignId": 1, "AdGroupId": 1, **running}
    with store.transaction():
        campaign = {"Id": 1, "Name": "Big", "Type": "TEXT_CAMPAIGN", "StartDate": "2026-01-01", **running}
        store.put("campaigns", 1, login, campaign, changed=0)
        store.put("adgroups", 1, login, {"Id": 1, "CampaignId": 1, "Name": "Group", "RegionIds": [225]}, changed=0)
        for number in range(30):
            keyword = {"Id": number, "Keyword": f"слон {number}", "Bid": 9_000_000, **inside}
            store.put("keywords", number, login, keyword, changed=0)
        for number in range(20):
            store.put("ads", number, login, {"Id": number, "Type": "TEXT_AD", **inside}, changed=0)
    client.token = "big-token"
    return client


@pytest.fixture
def definition(big: EmulatorClient) -> dict[str, Any]:
    """A report of some five thousand rows that has been built."""
    definition = big.definition("Date AdId CriterionId Device Clicks Cost", DateRangeType="LAST_3_DAYS")
    big.report_text(definition, processingMode="offline")
    return definition


@pytest.fixture
def connection(big: EmulatorClient) -> Iterator[http.client.HTTPConnection]:
    """A connection to the emulator on a socket."""
    with big.emulator.serve() as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        yield connection
        connection.close()


def _fields(**more: str) -> dict[str, str]:
    return {"Authorization": "Bearer big-token", "processingMode": "offline", **more}


def test_a_long_report_comes_in_pieces(big: EmulatorClient, definition: dict[str, Any]) -> None:
    """What is stored is read from its file as it is sent."""
    body = FORMATS["json"].encode_definition(definition)
    reply = big.emulator.handle_streaming(Request(f"http://emulator.test{PATH}", Headers(_fields()), body))
    assert isinstance(reply, StreamedResponse)
    pieces = list(reply.pieces)
    assert len(pieces) > 1
    assert b"".join(pieces) == big.report_text(definition, processingMode="offline").encode()


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_a_long_report_comes_in_chunks(
    big: EmulatorClient, definition: dict[str, Any], connection: http.client.HTTPConnection, accepted: str
) -> None:
    """Over a socket too, compressed for who accepts it; the connection stays open for the next request."""
    expected = big.report_text(definition, processingMode="offline").encode()
    body = FORMATS["json"].encode_definition(definition)
    for _ in range(2):
        connection.request("POST", PATH, body, _fields(**{"Accept-Encoding": accepted}))
        response = connection.getresponse()
        text = response.read()
        assert response.headers["Transfer-Encoding"] == "chunked"
        assert (gzip.decompress(text) if accepted == "gzip" else text) == expected
        assert response.headers["Content-Encoding"] == (None if accepted == "identity" else "gzip")


def test_who_knows_no_chunks_reads_to_the_end(
    big: EmulatorClient, definition: dict[str, Any], connection: http.client.HTTPConnection
) -> None:
    """HTTP/1.0 gets the body as it is, and the connection ends with it."""
    connection.connect()
    body = FORMATS["json"].encode_definition(definition)
    head = f"POST {PATH} HTTP/1.0\r\nContent-Length: {len(body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in _fields().items())
    connection.sock.sendall(head.encode() + b"\r\n" + body)
    with connection.sock.makefile("rb") as file:
        answered, _, text = file.read().partition(b"\r\n\r\n")
    assert b"chunked" not in answered
    assert text == big.report_text(definition, processingMode="offline").encode()


def test_a_caller_may_hang_up_in_the_middle(
    big: EmulatorClient,
    definition: dict[str, Any],
    connection: http.client.HTTPConnection,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The rest of the report is dropped without a word, and the next caller gets a whole one."""
    body = FORMATS["json"].encode_definition(definition)
    for _ in range(3):
        connection.request("POST", PATH, body, _fields())
        connection.getresponse().read(100)
        connection.close()
    connection.request("POST", PATH, body, _fields())
    text = connection.getresponse().read()
    assert text == big.report_text(definition, processingMode="offline").encode()
    assert capfd.readouterr().err == ""


def test_a_long_report_is_read_as_it_comes_in_process(big: EmulatorClient, definition: dict[str, Any]) -> None:
    """A session without a socket streams as well."""
    expected = big.report_text(definition, processingMode="offline").encode()
    body = FORMATS["json"].encode_definition(definition)
    with big.emulator.session() as session:
        with session.post(big.emulator.endpoint + PATH, data=body, headers=_fields(), stream=True) as response:
            first = response.raw.read(10)
            assert first + response.raw.read() == expected
        with requests.Session() as other:
            other.mount(big.emulator.endpoint, session.get_adapter(big.emulator.endpoint))
            other.trust_env = False
            lines = other.post(big.emulator.endpoint + PATH, data=body, headers=_fields()).text
    assert lines.encode() == expected


def test_a_wsgi_server_gets_the_pieces(big: EmulatorClient, definition: dict[str, Any]) -> None:
    """Behind a server of one's own, a long report has no Content-Length and comes piece by piece."""
    import io

    body = FORMATS["json"].encode_definition(definition)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "SERVER_NAME": "emulator.test",
        "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": "Bearer big-token",
        "HTTP_PROCESSINGMODE": "offline",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    started: list[Any] = []
    pieces = application(big.emulator.handle_streaming)(environ, lambda *arguments: started.append(arguments))
    assert b"".join(pieces) == big.report_text(definition, processingMode="offline").encode()
    assert "Content-Length" not in dict(started[0][1])


@pytest.mark.slow
def test_rows_are_held_nowhere(big: EmulatorClient) -> None:
    """Five times as many rows take no more memory to build, to sort and to send."""
    peaks, rows = [], []
    for first in ("2026-05-26", "2026-05-14"):
        definition = big.definition(
            "Date AdId CriterionId Device Age Clicks Cost",
            OrderBy=[{"Field": "Cost", "SortOrder": "DESCENDING"}],
            DateRangeType="CUSTOM_DATE",
            SelectionCriteria={"DateFrom": first, "DateTo": "2026-05-28"},
        )
        big.send_report(definition, processingMode="offline")
        big.clock.now += 60
        tracemalloc.start()
        body = FORMATS["json"].encode_definition(definition)
        request = Request(f"http://emulator.test{PATH}", Headers(_fields()), body)
        # On a loaded machine the report may still be written, which is 202.
        while not isinstance(reply := big.emulator.handle_streaming(request), StreamedResponse):
            time.sleep(0.05)
        rows.append(sum(piece.count(b"\n") for piece in reply.pieces))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert rows[1] > 4 * rows[0] > 15_000
    assert peaks[1] < peaks[0] + 2**20
