"""When a call is repeated: the policy as a table, and what a server sees of it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.servers import HTML, QUERY, TOKEN, Step, answer, closed_port, compressed, drop, fault, result, served
from tests.client.whole_responses import WholeResponses
from yadirect_soap import (
    ApiError,
    AuthError,
    ConfigurationError,
    DecodeError,
    Direct,
    DirectError,
    HttpError,
    ItemsError,
    NotSentError,
    PagingError,
    RateError,
    ResponseLostError,
    Retry,
    TemporaryError,
)
from yadirect_soap.errors import api_error
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Request, Response

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
SUSPENDED = result("campaigns.suspend", {"SuspendResults": [{"Id": 1}]})
IDS: Mapping[str, Any] = {"SelectionCriteria": {"Ids": [1]}}
OPERATIONS = tuple(operation.key for service in bundled().values() for operation in service.operations.values())


def _page(status: int) -> HttpError:
    return HttpError("a page", status=status)


# --- the policy -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "read", "write"),
    [
        (NotSentError("refused"), True, True),
        (ResponseLostError("dropped"), True, False),
        (_page(502), True, False),
        (_page(429), True, False),
        (_page(503), True, False),
        (_page(504), True, False),
        (_page(200), False, False),
        (_page(404), False, False),
        (_page(500), False, False),
        (DecodeError("half"), False, False),
        (api_error(52, ""), True, True),
        (api_error(56, ""), True, True),
        (api_error(506, ""), True, True),
        (api_error(9000, ""), True, True),
        (api_error(1000, ""), True, False),
        (api_error(1001, ""), True, False),
        (api_error(1002, ""), True, False),
        (api_error(0, ""), False, False),
        (api_error(53, ""), False, False),
        (api_error(54, ""), False, False),
        (api_error(55, ""), False, False),
        (api_error(152, ""), False, False),
        (api_error(1003, ""), False, False),
        (api_error(1020, ""), False, False),
        (api_error(3500, ""), False, False),
        (api_error(8000, ""), False, False),
        (api_error(8800, ""), False, False),
        (api_error(9300, ""), False, False),
        (ConfigurationError("token"), False, False),
        (PagingError("back"), False, False),
        (ItemsError("some"), False, False),
    ],
    ids=lambda value: (
        f"{type(value).__name__} {getattr(value, 'code', getattr(value, 'status', ''))}".strip()
        if isinstance(value, Exception)
        else ""
    ),
)
def test_a_failure_is_repeated_where_it_is_safe(error: DirectError, read: bool, write: bool) -> None:
    """A read is repeated after what may pass, a write only where it certainly did not act."""
    assert (Retry().allows(error, reads=True), Retry().allows(error, reads=False)) == (read, write)


def test_waits_double_up_to_the_longest() -> None:
    """Each wait is twice the one before, up to the longest."""
    policy = Retry(attempts=9, wait_initial=1, wait_max=20)
    waits = [policy.delay(NotSentError(), reads=True, attempt=n, elapsed=0, random=1) for n in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 20, 20, 20]


@pytest.mark.slow
@given(
    attempt=st.integers(1, 5000),
    random=st.floats(0, 1),
    wait_initial=st.floats(0, 100),
    wait_max=st.floats(0, 1000),
)
def test_a_wait_is_between_half_and_the_whole(
    attempt: int, random: float, wait_initial: float, wait_max: float
) -> None:
    """Jitter takes away at most half of a wait, whichever the attempt."""
    policy = Retry(attempts=5001, wait_initial=wait_initial, wait_max=wait_max, timeout=1000)
    wait = policy.delay(NotSentError(), reads=True, attempt=attempt, elapsed=0, random=random)
    longest = min(wait_max, wait_initial * 2 ** min(attempt - 1, 60))
    assert wait is not None
    assert longest / 2 <= wait <= longest


def test_no_attempt_is_made_beyond_the_number() -> None:
    """After the last attempt there is no wait, but an end."""
    policy = Retry(attempts=3)
    waits = [policy.delay(NotSentError(), reads=True, attempt=n, elapsed=0, random=0) for n in (1, 2, 3, 4)]
    assert [wait is None for wait in waits] == [False, False, True, True]


def test_no_wait_ends_after_the_deadline() -> None:
    """A wait that would end after the deadline is not begun."""
    policy = Retry(wait_initial=10, timeout=60)
    assert policy.delay(NotSentError(), reads=True, attempt=1, elapsed=50, random=1) == 10
    assert policy.delay(NotSentError(), reads=True, attempt=1, elapsed=50.1, random=1) is None


def test_a_policy_is_a_value() -> None:
    """A Retry cannot be changed, and equals another of the same numbers."""
    with pytest.raises(AttributeError):
        Retry().attempts = 7  # type: ignore[misc]  # that it is refused is the fact
    assert Retry(attempts=2) == Retry(attempts=2)


# --- calls ----------------------------------------------------------------------------------------------------


class Timed:
    """A clock that runs only while something sleeps by it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def settings(self, retry: Retry | None, random: float = 1.0) -> dict[str, Any]:
        return {"retry": retry, "clock": self.clock, "sleep": self.sleep, "random": lambda: random}


class Failing(WholeResponses):
    """A Transport on which every exchange fails in the same way, and is counted."""

    def __init__(self, error: type[DirectError]) -> None:
        self.error = error
        self.count = 0

    def exchange(self, _request: Request, /) -> Response:
        self.count += 1
        raise self.error("as ever")

    def close(self) -> None:
        pass


PASSING: Mapping[str, Step] = {
    "dropped": drop,
    "dropped midway": answer(b"<S", length=100),
    "502": answer(b"<h1>Bad Gateway</h1>", status=502, content_type=HTML),
    "503": answer(b"", status=503, content_type=""),
    "1000": fault(1000),
    "1002 with 500": fault(1002, status=500),
}
TURNED_AWAY: Mapping[str, Step] = {"52": fault(52), "56": fault(56), "506": fault(506), "9000": fault(9000)}
LASTING: Mapping[str, Step] = {
    "captcha": answer(b"<html/>", content_type=HTML),
    "404": answer(b"<html/>", content_type=HTML, status=404),
    "malformed": answer(b"<a>"),
    "half a gzip": compressed(b"<a/>" * 100, length=20),
    "53": fault(53),
    "152": fault(152),
    "8000": fault(8000),
}


@pytest.mark.parametrize("step", [*PASSING.values(), *TURNED_AWAY.values()], ids=[*PASSING, *TURNED_AWAY])
def test_a_read_is_repeated_until_it_succeeds(step: Step) -> None:
    """A read that fails in passing is repeated, and its result comes as if nothing had been."""
    timed = Timed()
    with served(step, step, FOUND, **timed.settings(Retry())) as (server, direct):
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]
        assert len({received.body for received in server.received}) == 1
        assert len(server.received) == 3
    assert timed.slept == [1, 2]


@pytest.mark.parametrize("step", PASSING.values(), ids=PASSING.keys())
def test_a_write_that_may_have_acted_is_sent_once(step: Step) -> None:
    """A write whose answer is lost or doubtful is not repeated."""
    timed = Timed()
    with served(step, SUSPENDED, **timed.settings(Retry())) as (server, direct):
        with pytest.raises(DirectError) as raised:
            direct.campaigns.suspend(**IDS)
        assert len(server.received) == 1
    assert (raised.value.repeatable, timed.slept) == (False, [])


@pytest.mark.parametrize("step", TURNED_AWAY.values(), ids=TURNED_AWAY.keys())
def test_a_write_that_was_turned_away_is_repeated(step: Step) -> None:
    """A write that the API turned away unread is repeated."""
    with served(step, SUSPENDED, **Timed().settings(Retry())) as (server, direct):
        assert direct.campaigns.suspend(**IDS).ids == [1]
        assert len(server.received) == 2


@pytest.mark.parametrize("step", LASTING.values(), ids=LASTING.keys())
def test_what_lasts_is_not_repeated(step: Step) -> None:
    """A failure that would come again ends even a read at once."""
    with served(step, FOUND, **Timed().settings(Retry())) as (server, direct):
        with pytest.raises(DirectError):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 1


def test_a_refused_connection_is_tried_again_for_a_write() -> None:
    """A write that never left is repeated, and the last failure is raised."""
    timed = Timed()
    unheard = Direct(TOKEN, endpoint=f"http://127.0.0.1:{closed_port()}", **timed.settings(Retry(attempts=4)))
    with unheard as direct, pytest.raises(NotSentError, match=r"^campaigns\.suspend: no connection"):
        direct.campaigns.suspend(**IDS)
    assert timed.slept == [1, 2, 4]


def test_the_last_failure_is_raised() -> None:
    """When all attempts have failed, the last failure is what the caller gets."""
    with served(fault(1000), fault(1001), fault(506), **Timed().settings(Retry(attempts=3))) as (server, direct):
        with pytest.raises(RateError):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 3


def test_a_failure_that_lasts_ends_the_repeating() -> None:
    """A repeated call that then fails for good is not repeated once more."""
    with served(fault(1000), fault(53), **Timed().settings(Retry())) as (server, direct):
        with pytest.raises(AuthError):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 2


def test_without_a_policy_there_is_one_attempt() -> None:
    """With retry=None even a read that was turned away is sent once."""
    with served(fault(506), FOUND, retry=None) as (server, direct):
        with pytest.raises(RateError):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 1


def test_the_deadline_counts_from_the_first_attempt() -> None:
    """Attempts end when the next wait would go beyond the deadline, on the clock that was given."""
    timed = Timed()
    policy = Retry(attempts=99, wait_initial=10, wait_max=10, timeout=35)
    with served(fault(1000), **timed.settings(policy)) as (server, direct):
        with pytest.raises(TemporaryError):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 4
    assert timed.slept == [10, 10, 10]


def test_chance_spreads_the_waits() -> None:
    """The waits are shortened by the chance that was given."""
    timed = Timed()
    with served(fault(1000), fault(1000), FOUND, **timed.settings(Retry(), random=0.5)) as (_, direct):
        direct.campaigns.get(**QUERY)
    assert timed.slept == [0.75, 1.5]


def test_an_interruption_is_not_a_failure() -> None:
    """An interruption while waiting leaves the call at once."""

    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    with served(fault(1000), retry=Retry(), sleep=interrupted) as (server, direct):
        with pytest.raises(KeyboardInterrupt):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 1


# --- every operation ------------------------------------------------------------------------------------------


def _attempts(operation: str, error: type[DirectError]) -> int:
    service, name = operation.split(".")
    failing = Failing(error)
    direct = Direct(TOKEN, http_client=failing, check="off", **Timed().settings(Retry(attempts=3)))
    with pytest.raises(error):
        direct.call(service, name)
    return failing.count


@pytest.mark.parametrize("operation", OPERATIONS)
def test_only_reads_are_repeated_after_a_lost_answer(operation: str) -> None:
    """Of all operations, those that read are repeated when their answer is lost, and no other."""
    reads = facts.bundled().is_read(*operation.split("."))
    assert _attempts(operation, ResponseLostError) == (3 if reads else 1)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_is_repeated_when_it_never_left(operation: str) -> None:
    """Any operation is repeated when its request never reached a server."""
    assert _attempts(operation, NotSentError) == 3


@pytest.fixture(params=["pages", "items"])
def walk(request: pytest.FixtureRequest) -> str:
    """The two ways of walking through a get."""
    return str(request.param)


def test_a_walk_repeats_a_page(walk: str) -> None:
    """A page that fails in passing is repeated, and the walk goes on from there."""
    first = result("campaigns.get", {"LimitedBy": 1, "Campaigns": [{"Id": 1}]})
    last = result("campaigns.get", {"Campaigns": [{"Id": 2}]})
    with served(first, fault(1000), drop, last, **Timed().settings(Retry())) as (server, direct):
        walked: Iterator[Any] = getattr(direct.campaigns, walk)(**QUERY)
        items = [item for page in walked for item in page] if walk == "pages" else list(walked)
        assert len(server.received) == 4
    assert items == [{"Id": 1}, {"Id": 2}]


def test_a_refusal_keeps_its_class() -> None:
    """What was repeated in vain is still an ApiError with its code."""
    with served(fault(1000), **Timed().settings(Retry(attempts=2))) as (_, direct), pytest.raises(ApiError) as raised:
        direct.campaigns.get(**QUERY)
    assert raised.value.code == 1000


# --- Retry-After ----------------------------------------------------------------------------------------------


def _asked_to_wait(*steps: Step, retry: Retry, operation: str = "get") -> tuple[int, list[float]]:
    """How many requests a server saw, and the waits between them."""
    slept: list[float] = []
    params = {"get": QUERY, "suspend": IDS}[operation]
    with served(*steps, retry=retry, clock=lambda: sum(slept), sleep=slept.append) as (server, direct):
        with suppress(HttpError):
            direct.call("campaigns", operation, params)
        return len(server.received), slept


def _busy(status: int, seconds: str) -> Step:
    return answer(b"busy", status=status, content_type=HTML, Retry_After=seconds)


@pytest.mark.parametrize(
    ("step", "operation"),
    [(_busy(429, "100"), "get"), (_busy(503, "100"), "get"), (fault(506, Retry_After="100"), "suspend")],
    ids=["429", "503", "a refusal of a write"],
)
def test_retry_after_is_obeyed(step: Step, operation: str) -> None:
    """The wait is the one that the server asks for, although it is longer than the policy's longest."""
    reply = {"get": FOUND, "suspend": SUSPENDED}[operation]
    assert _asked_to_wait(step, reply, retry=Retry(wait_max=60), operation=operation) == (2, [100.0])


def test_a_write_is_not_repeated_after_a_page_with_retry_after() -> None:
    """Whoever wrote a page with 429 or 503, it does not prove that a write has not acted."""
    for status in (429, 503):
        assert _asked_to_wait(_busy(status, "1"), SUSPENDED, retry=Retry(), operation="suspend") == (1, [])


def test_retry_after_is_bounded_by_the_deadline() -> None:
    """Who asks for more time than the policy has is not waited for."""
    assert _asked_to_wait(_busy(429, "86400"), FOUND, retry=Retry()) == (1, [])


@pytest.mark.parametrize("step", [_busy(503, "86400"), fault(56, Retry_After="86400")], ids=["a page", "a refusal"])
def test_the_error_tells_the_seconds_of_retry_after(step: Step) -> None:
    """An error has the seconds after which the server asks to repeat the request, for who repeats it later."""
    with served(step) as (_, direct), pytest.raises(DirectError) as caught:
        direct.campaigns.get(**QUERY)
    assert caught.value.retry_after == 86400


def test_a_short_retry_after_does_not_shorten_the_wait() -> None:
    """Retry-After of nothing leaves the policy's own wait as it is."""
    requests, slept = _asked_to_wait(_busy(503, "0"), FOUND, retry=Retry(wait_initial=8))
    assert requests == 2
    assert slept[0] >= 4
