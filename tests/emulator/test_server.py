"""The emulator on a socket, and as a WSGI application."""

import gzip
import http.client
import io
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
import simplejson

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.http.request import LARGEST_BODY
from yadirect_soap.emulator.http.wsgi import application

GET = simplejson.dumps({"method": "get", "params": {"FieldNames": ["Id", "Name"]}}).encode()
HEADERS = {"Authorization": "Bearer anna-token", "Content-Type": "application/json"}


@pytest.fixture
def url(emulator: Emulator) -> Iterator[str]:
    """The root address of an emulator that listens."""
    with emulator.serve() as url:
        yield url


@pytest.fixture
def connection(url: str) -> Iterator[http.client.HTTPConnection]:
    """A connection to it, not yet open."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    yield connection
    connection.close()


def test_a_connection_stays_open(connection: http.client.HTTPConnection) -> None:
    """Several calls go over one connection, refused ones among them."""
    sockets = set()
    for path in ("/json/v5/campaigns", "/json/v5/nosuch", "/json/v5/campaigns"):
        connection.request("POST", path, GET, HEADERS)
        connection.getresponse().read()
        sockets.add(id(connection.sock))
    assert len(sockets) == 1
    assert connection.sock is not None


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, deflate", "gzip"), ("identity", None)])
def test_answers_are_compressed_for_who_accepts_it(
    client: EmulatorClient, connection: http.client.HTTPConnection, accepted: str, encoding: str | None
) -> None:
    """Gzip is applied where it is asked for, and says the same."""
    for _ in range(20):
        client.campaign()
    connection.request("POST", "/json/v5/campaigns", GET, HEADERS | {"Accept-Encoding": accepted})
    response = connection.getresponse()
    body = response.read()
    assert response.headers["Content-Encoding"] == encoding
    answer = simplejson.loads(gzip.decompress(body) if encoding else body)
    assert len(answer["result"]["Campaigns"]) == 20


@pytest.mark.parametrize("host", ["localhost:8080", "localhost.:80", None])
def test_a_description_names_the_address_that_was_called(
    connection: http.client.HTTPConnection, host: str | None
) -> None:
    """The Host header decides what soap:address says, so that it is reachable from where it is read."""
    connection.request("GET", "/v501/ads?wsdl", headers={"Host": host} if host else {})
    expected = host or f"{connection.host}:{connection.port}"
    assert f'location="http://{expected}/v501/ads"'.encode() in connection.getresponse().read()


def test_a_body_may_come_in_chunks(url: str) -> None:
    """A body of unknown length is read to its end."""
    pieces = iter([GET[:10], GET[10:]])
    response = requests.post(f"{url}/json/v5/campaigns", data=pieces, headers=HEADERS, timeout=5)
    assert response.json() == {"result": {"Campaigns": []}}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (b"Content-Length: abc\r\n", 400),
        (b"Content-Length: -1\r\n", 400),
        (b"Content-Length: " + b"9" * 5_000 + b"\r\n", 400),
        (b"Content-Length: %d\r\n" % (LARGEST_BODY + 1), 413),
        (b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    ],
    ids=["no number", "negative", "too long a number", "too long", "no chunk"],
)
def test_a_body_that_cannot_be_read_ends_the_connection(url: str, fields: bytes, status: int) -> None:
    """What cannot be read as a request is refused by the server, which then hangs up."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.sendall(b"POST /json/v5/campaigns HTTP/1.1\r\nHost: localhost\r\n" + fields + b"\r\n")
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())


def test_a_caller_who_hangs_up_is_no_mistake(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A connection that its caller resets leaves nothing on stderr, and the next one is answered."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(b"POST /json/v5/campaigns HTTP/1.1\r\nContent-Length: 5\r\n\r\n")
    assert requests.post(f"{url}/json/v5/campaigns", data=GET, headers=HEADERS, timeout=5).json() == {
        "result": {"Campaigns": []}
    }
    assert capfd.readouterr().err == ""


def test_a_head_has_no_body(connection: http.client.HTTPConnection) -> None:
    """HEAD gives the length of a description and nothing else."""
    connection.request("HEAD", "/v5/general.xsd")
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_a_closed_server_listens_no_more(emulator: Emulator) -> None:
    """After the `with` the address answers nothing."""
    with emulator.serve() as url:
        assert requests.get(f"{url}/v5/ads?wsdl", timeout=5).ok
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/v5/ads?wsdl", timeout=5)


@pytest.mark.parametrize(
    ("name", "value"),
    [("HTTP_HOST", "a!b.evil"), ("HTTP_HOST", "user@localhost"), ("CONTENT_LENGTH", "many"), ("CONTENT_LENGTH", "-1")],
)
def test_a_wsgi_request_that_is_none_is_refused(emulator: Emulator, name: str, value: str) -> None:
    """A Host that is none and a length that is no number are told with status 400, and nothing is called."""
    started: list[str] = []
    environ = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": io.BytesIO(), name: value}
    body = application(emulator.handle_request)(environ, lambda status, _fields: started.append(status))
    assert started == ["400 Bad Request"]
    assert value in b"".join(body).decode()


def test_a_wsgi_server_can_carry_it(emulator: Emulator) -> None:
    """The application takes an environ and gives what the socket would."""
    started: list[tuple[str, dict[str, str]]] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/json/v5/campaigns",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(GET)),
        "CONTENT_TYPE": "application/json",
        "HTTP_AUTHORIZATION": "Bearer anna-token",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(GET),
    }
    body = application(emulator.handle_request)(environ, lambda status, fields: started.append((status, dict(fields))))
    assert (started[0][0], b"".join(body)) == ("200 OK", b'{"result":{"Campaigns":[]}}')
    assert started[0][1]["Units"] == "10/159990/160000"


NOBODY_CLOSES = """
import gc
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator

with Emulator().serve() as address, Direct("demo-token", endpoint=address) as direct:
    list(direct.reports.get(ReportType="CUSTOM_REPORT", FieldNames=["Date"], DateRangeType="YESTERDAY"))
gc.collect()
"""


def test_an_emulator_that_nobody_closes_leaves_nothing_open() -> None:
    """`with Emulator().serve()` leaves no database and no folder, of which Python would warn."""
    command = [sys.executable, "-W", "always::ResourceWarning", "-c", NOBODY_CLOSES]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert ended.stderr == ""
