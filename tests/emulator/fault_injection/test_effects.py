"""Injected faults: what each effect does to a call, and that a session and a socket give the same errors."""

import http.client
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import simplejson

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import (
    Captcha,
    ClockJump,
    Duplicate,
    Effect,
    Fault,
    Latency,
    LostAnswer,
    Malformed,
    Reset,
    SlowBody,
    Status,
    Truncated,
    WrongContentType,
)
from yadirect_soap.emulator.http import requests_adapter
from yadirect_soap.errors import ConfigurationError

CALL = simplejson.dumps({"method": "get", "params": {"FieldNames": ["Id", "Name"]}})
ADD = simplejson.dumps(
    {"method": "add", "params": {"Campaigns": [{"Name": "New", "StartDate": "2026-06-01", "TextCampaign": {}}]}}
)
HEADERS = {"Authorization": "Bearer anna-token", "Accept-Encoding": "identity"}

Post = Callable[..., requests.Response]


@pytest.fixture(params=["in process", "on a socket"])
def post(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[Post]:
    """Posts a body to campaigns over JSON, in this process and over a socket."""

    def sender(session: requests.Session, root: str) -> Post:
        return lambda body=CALL, timeout=5: session.post(
            f"{root}/json/v5/campaigns", body, headers=HEADERS, timeout=timeout
        )

    if request.param == "in process":
        with emulator.session() as session:
            yield sender(session, emulator.endpoint)
    else:
        with emulator.serve() as url, requests.Session() as session:
            yield sender(session, url)


def _names(client: EmulatorClient) -> list[str]:
    return [
        campaign["Name"]
        for campaign in client.result("campaigns", "get", {"FieldNames": ["Name"]}).get("Campaigns", [])
    ]


def test_a_fault_refuses_in_the_api_s_way(emulator: Emulator, post: Post) -> None:
    """A planned fault is an answer of the API with the code, a request id and no units spent."""
    emulator.faults.inject(Fault(1002, "in the middle of it"), "campaigns.get")
    answer = post()
    assert answer.status_code == 200
    error = answer.json()["error"]
    assert (error["error_code"], error["error_detail"]) == (1002, "in the middle of it")
    assert error["request_id"] == answer.headers["RequestId"]
    assert "result" in post().json()


@pytest.mark.parametrize(
    ("effect", "status", "text"),
    [
        (Status(503), 503, "503 Service Unavailable"),
        (Status(599, "made up"), 599, "made up"),
        (Captcha(), 200, "robot"),
    ],
    ids=["status", "status with a page", "captcha"],
)
def test_a_page_answers_in_place_of_the_api(
    emulator: Emulator, post: Post, client: EmulatorClient, effect: Effect, status: int, text: str
) -> None:
    """A status or a captcha is an HTML page, and the call is not carried out."""
    emulator.faults.inject(effect, "campaigns.add")
    answer = post(ADD)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert text in answer.text
    assert _names(client) == []


@pytest.mark.parametrize(
    ("effect", "acted"),
    [(Reset(), []), (Reset("before"), []), (LostAnswer(), ["New"])],
    ids=["reset", "before", "lost answer"],
)
def test_a_reset_leaves_the_call_undone_and_a_lost_answer_does_not(
    emulator: Emulator, post: Post, client: EmulatorClient, effect: Effect, acted: list[str]
) -> None:
    """Both are a ConnectionError of a reset connection, and differ in what has happened."""
    emulator.faults.inject(effect, "campaigns.add")
    with pytest.raises(requests.ConnectionError, match="Connection reset by peer"):
        post(ADD)
    assert _names(client) == acted


def test_a_reset_during_the_answer_breaks_it_off(emulator: Emulator, post: Post, client: EmulatorClient) -> None:
    """The call is carried out, the answer begins, and the connection is reset in the middle of its body."""
    emulator.faults.inject(Reset("during"), "campaigns.add")
    with pytest.raises(requests.RequestException) as raised:
        post(ADD)
    assert isinstance(raised.value, requests.exceptions.ChunkedEncodingError)
    assert _names(client) == ["New"]


def test_a_reset_after_the_answer_leaves_it_whole(emulator: Emulator, post: Post) -> None:
    """The answer comes in full."""
    emulator.faults.inject(Reset("after"))
    assert "result" in post().json()


def test_a_connection_that_was_reset_after_an_answer_is_dead(emulator: Emulator) -> None:
    """Who reads on after the answer meets the reset, and not the end of a connection that was closed in order."""
    emulator.faults.inject(Reset("after"))
    with emulator.serve() as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
        connection.request("POST", "/json/v5/campaigns", CALL, HEADERS)
        assert b"result" in connection.getresponse().read()
        with pytest.raises(ConnectionResetError):
            connection.sock.recv(1)
        connection.close()


def test_an_answer_is_truncated_under_right_headers(emulator: Emulator, post: Post) -> None:
    """Half of the body comes as if it were the whole."""
    whole = post().content
    emulator.faults.inject(Truncated())
    assert post().content == whole[: len(whole) // 2]


def test_a_malformed_answer_cannot_be_read(emulator: Emulator, post: Post) -> None:
    """The body has one byte more, a NUL."""
    whole = post().content
    emulator.faults.inject(Malformed())
    body = post().content
    assert body.count(b"\0") == 1
    assert body.replace(b"\0", b"") == whole


def test_a_wrong_content_type_stands_over_a_right_answer(emulator: Emulator, post: Post) -> None:
    """Only the header is wrong."""
    emulator.faults.inject(WrongContentType("application/pdf"))
    answer = post()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "result" in answer.json()


def test_a_duplicate_is_carried_out_as_often_as_it_comes(
    emulator: Emulator, post: Post, client: EmulatorClient
) -> None:
    """A write that some proxy delivers three times acts three times and answers once."""
    emulator.faults.inject(Duplicate(3), "campaigns.add")
    assert len(post(ADD).json()["result"]["AddResults"]) == 1
    assert _names(client) == ["New"] * 3


def test_the_clock_jumps_before_the_call(emulator: Emulator, post: Post) -> None:
    """A jump moves the emulator's own clock, and it stays moved."""
    before = emulator.clock()
    emulator.faults.inject(ClockJump(-3600))
    post()
    assert emulator.clock() == before - 3600


def test_a_late_answer_runs_into_the_timeout(emulator: Emulator, post: Post, client: EmulatorClient) -> None:
    """Who waits less than the latency gets a ReadTimeout, and the call has been carried out."""
    emulator.faults.inject(Latency(0.5), "campaigns.add")
    with pytest.raises(requests.exceptions.ReadTimeout, match="Read timed out"):
        post(ADD, timeout=0.1)
    assert _names(client) == ["New"]


def test_a_slow_drip_runs_into_the_timeout_between_two_bytes(emulator: Emulator, post: Post) -> None:
    """A body that stops for longer than the timeout is a ConnectionError."""
    emulator.faults.inject(SlowBody(piece=4, pause=0.5))
    with pytest.raises(requests.ConnectionError, match="Read timed out"):
        post(timeout=0.1)


def test_a_drip_within_the_timeout_is_whole(emulator: Emulator, post: Post) -> None:
    """Piece by piece the same body comes."""
    whole = post().content
    emulator.faults.inject(SlowBody(piece=7, pause=0))
    assert post().content == whole


class Slept:
    """Waits without waiting, and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def _latencies(seed: int) -> list[float]:
    slept = Slept()
    with Emulator(sleep=slept) as emulator, emulator.session() as session:
        emulator.faults.clear(seed)
        emulator.faults.inject(Latency(1, jitter=2), times=None, chance=0.5)
        for _ in range(20):
            session.post(f"{emulator.endpoint}/json/v5/campaigns", CALL)
    return slept.seconds


def test_a_seed_repeats_a_run() -> None:
    """Equal seeds give the same calls the same jitter, other seeds another, and all of it within the bounds."""
    first = _latencies(7)
    assert first == _latencies(7)
    assert first != _latencies(8)
    assert 0 < len(first) < 20
    assert all(1 <= seconds <= 3 for seconds in first)


def test_an_answer_without_a_connection_raises_what_the_connection_would(
    emulator: Emulator, client: EmulatorClient
) -> None:
    """Emulator.handle_request, which knows no connection, raises ConnectionResetError for a lost answer."""
    emulator.faults.inject(LostAnswer())
    with pytest.raises(ConnectionResetError):
        client.json("campaigns", "get", {"FieldNames": ["Id"]})


@pytest.mark.parametrize(
    "make",
    [
        lambda: Fault(6000),
        lambda: Fault(1),
        lambda: Status(99),
        lambda: Captcha(600),
        lambda: Reset("between"),
        lambda: Latency(-1),
        lambda: Latency(10**400),
        lambda: Latency(1, jitter=-1),
        lambda: SlowBody(piece=0),
        lambda: SlowBody(pause=-1),
        lambda: Truncated(1),
        lambda: Duplicate(1),
        lambda: ClockJump(1e11),
    ],
    ids=[
        "item code",
        "no code",
        "status",
        "captcha",
        "when",
        "latency",
        "endless latency",
        "jitter",
        "piece",
        "pause",
        "part",
        "once",
        "jump",
    ],
)
def test_an_effect_that_makes_no_sense_is_refused(make: Callable[[], Any]) -> None:
    """What was found and what was expected is told when the effect is made."""
    with pytest.raises(ConfigurationError, match=r"found .*expected"):
        make()


def test_a_late_call_keeps_its_place(emulator: Emulator) -> None:
    """An advertiser's calls whose answers are late count among its five at a time; once they have come, none does."""
    emulator.faults.inject(Latency(0.5), "campaigns.get", times=5)
    with emulator.serve() as url, ThreadPoolExecutor(8) as pool:

        def code(_: object = None) -> int:
            answer = requests.post(f"{url}/json/v5/campaigns", CALL, headers=HEADERS, timeout=5).json()
            return int(answer.get("error", {}).get("error_code", 0))

        assert sorted(pool.map(code, range(8))) == [0] * 5 + [506] * 3
        assert code() == 0


def test_a_late_call_that_nobody_waits_for_gives_up_its_place(emulator: Emulator) -> None:
    """In process an answer beyond the caller's timeout is given up, and so is the call's place."""
    emulator.faults.inject(Latency(9), "campaigns.get", times=6)
    session = requests_adapter.session(emulator.handle, emulator.endpoint, sleep=lambda _: None)
    for _ in range(6):
        with pytest.raises(requests.ReadTimeout):
            session.post(f"{emulator.endpoint}/json/v5/campaigns", CALL, headers=HEADERS, timeout=1)
    assert "result" in session.post(f"{emulator.endpoint}/json/v5/campaigns", CALL, headers=HEADERS).json()


@pytest.mark.parametrize("kind", [WrongContentType, partial(Status, 503, "")], ids=["wrong content type", "status"])
def test_a_content_type_is_what_a_header_can_hold(kind: Callable[[str], Effect]) -> None:
    """Line ends, which would begin another header, are refused before anything is planned."""
    with pytest.raises(ConfigurationError, match="expected what a header can hold"):
        kind("text/html\r\nX-Other: 1")
