"""Which calls meet planned faults: by operation, count, turn and chance."""

import pytest
import simplejson

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Fault, Latency, LostAnswer, Status, WrongContentType
from yadirect_soap.errors import ConfigurationError

GET = {"FieldNames": ["Id"]}


def _codes(client: EmulatorClient, calls: int, service: str = "campaigns") -> list[int]:
    """The code of each of so many calls; 0 for one that is not refused."""
    answers = (client.json(service, "get", GET) for _ in range(calls))
    return [answer["error"]["error_code"] if "error" in answer else 0 for answer in answers]


def test_the_next_calls_meet_it(emulator: Emulator, client: EmulatorClient) -> None:
    """The first calls are let through, the next meet the fault, and then all is well again."""
    emulator.faults.inject(Fault(1000), "campaigns.get", after=1, times=2)
    assert _codes(client, 5) == [0, 1000, 1000, 0, 0]
    assert emulator.faults.planned == ()


@pytest.mark.parametrize(
    ("operation", "meets"),
    [("campaigns.get", True), ("campaigns.*", True), ("*.get", True), ("*", True), ("ads.*", False), ("*.add", False)],
)
def test_an_operation_may_be_a_pattern(emulator: Emulator, client: EmulatorClient, operation: str, meets: bool) -> None:
    """A plan names an operation, or all of a service, of a verb, or of the API."""
    emulator.faults.inject(Fault(1000), operation)
    assert _codes(client, 1) == [1000 if meets else 0]


@pytest.mark.parametrize("operation", ["ads.ad", "adds.*", "*.gett", ""])
def test_an_operation_that_does_not_exist_is_refused(emulator: Emulator, operation: str) -> None:
    """A fault that would never happen is a mistake, told at once."""
    with pytest.raises(ConfigurationError, match="which the API does not have"):
        emulator.faults.inject(Fault(1000), operation)


def test_answers_are_replaced_one_after_the_other(emulator: Emulator, client: EmulatorClient) -> None:
    """Of two faults the second waits for the next call."""
    emulator.faults.inject(Fault(1000))
    emulator.faults.inject(Fault(506))
    assert _codes(client, 3) == [1000, 506, 0]


def test_other_faults_add_up(emulator: Emulator, client: EmulatorClient) -> None:
    """A late fault under a wrong content type is three plans for one call, in whatever order they were made."""
    emulator.faults.inject(Fault(1000))
    emulator.faults.inject(WrongContentType("text/plain"))
    emulator.faults.inject(Latency(0.001))
    response = client.send("/json/v5/campaigns", simplejson.dumps({"method": "get", "params": GET}).encode())
    assert simplejson.loads(response.body)["error"]["error_code"] == 1000
    assert response.headers["Content-Type"] == "text/plain"
    assert emulator.faults.planned == ()


def test_a_call_that_cannot_be_read_meets_what_is_planned_for_its_service(
    emulator: Emulator, client: EmulatorClient
) -> None:
    """Without a readable operation the service alone decides."""
    emulator.faults.inject(Status(502), "campaigns.*")
    emulator.faults.inject(Status(503), "ads.*")
    assert client.send("/json/v5/campaigns", b"{").status == 502
    assert client.send("/v5/campaigns", b"<").status == 200


def test_faults_can_be_looked_at_and_cancelled(emulator: Emulator, client: EmulatorClient) -> None:
    """Each plan has a number, and tells how often it was met and how often it still will be."""
    first = emulator.faults.inject(Fault(1000), "campaigns.get", times=3)
    second = emulator.faults.inject(Fault(506), "ads.*", times=None)
    _codes(client, 1)
    assert [(planned.number, planned.met, planned.remaining) for planned in emulator.faults.planned] == [
        (first, 1, 2),
        (second, 0, None),
    ]
    emulator.faults.cancel(first)
    assert _codes(client, 1) == [0]
    with pytest.raises(LookupError, match=f"number {first}"):
        emulator.faults.cancel(first)
    emulator.faults.clear()
    assert _codes(client, 1, "dictionaries") != [506]
    assert emulator.faults.planned == ()


@pytest.mark.parametrize("numbers", [{"times": 0}, {"after": -1}, {"chance": 0}, {"chance": 1.5}], ids=str)
def test_a_plan_that_makes_no_sense_is_refused(emulator: Emulator, numbers: dict[str, float]) -> None:
    """Counts and chances out of their bounds are told at once."""
    with pytest.raises(ConfigurationError, match=r"found .*expected"):
        emulator.faults.inject(LostAnswer(), **numbers)  # type: ignore[arg-type]  # a table of all kinds
