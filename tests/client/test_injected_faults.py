"""The client under faults that the emulator injects: what it repeats, what it does not, and what it says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from yadirect_soap import ApiError, DecodeError, Direct, DirectError, HttpError, ResponseLostError, Retry
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import (
    Captcha,
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

STRATEGY = {
    "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
    "Network": {"BiddingStrategyType": "SERVING_OFF"},
}
NEW: Any = {"Name": "New", "StartDate": "2036-06-01", "TextCampaign": {"BiddingStrategy": STRATEGY}}
NO_WAIT = Retry(wait_initial=0)

Made = Callable[..., Direct]


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(params=["in process", "on a socket"])
def connect(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[Made]:
    """Makes a Direct of the emulator, in this process and over a socket."""
    if request.param == "in process":
        yield lambda **more: Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), **more)
    else:
        with emulator.serve() as url:
            yield lambda **more: Direct("demo-token", endpoint=url, **more)


def _campaigns(direct: Direct) -> int:
    return len(direct.campaigns.get(FieldNames=["Id"]))


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize(
    "effect",
    [LostAnswer(), Reset("before"), Reset("during"), Status(503), Fault(1000), Fault(506)],
    ids=["lost answer", "reset", "reset during the answer", "503", "1000", "506"],
)
def test_a_read_is_repeated(emulator: Emulator, connect: Made, effect: Effect, wire: WireName) -> None:
    """After two failures that may pass, a read has its answer, and was asked for three times."""
    emulator.faults.inject(effect, "campaigns.get", times=2)
    with connect(transport=wire, retry=NO_WAIT) as direct:
        assert _campaigns(direct) > 0
    emulator.calls.assert_called("campaigns.get", times=3)


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize(
    "effect", [LostAnswer(), Reset("during"), Fault(1000)], ids=["lost answer", "reset during the answer", "1000"]
)
def test_a_write_that_may_have_acted_is_not_repeated(
    emulator: Emulator, connect: Made, effect: Effect, wire: WireName
) -> None:
    """The caller gets an error, and no second campaign comes of it."""
    with connect(transport=wire, retry=NO_WAIT) as direct:
        before = _campaigns(direct)
        emulator.faults.inject(effect, "campaigns.add")
        with pytest.raises(DirectError) as raised:
            direct.campaigns.add(Campaigns=[NEW])
        assert isinstance(raised.value, ResponseLostError | ApiError)
        assert not raised.value.repeatable
        assert _campaigns(direct) - before == (0 if isinstance(effect, Fault) else 1)
    emulator.calls.assert_called("campaigns.add", times=1)


@pytest.mark.parametrize("code", [52, 56, 506])
def test_a_write_that_was_turned_away_is_repeated(emulator: Emulator, connect: Made, code: int) -> None:
    """A code that says that nothing was read lets a write be sent again, and it acts once."""
    with connect(retry=NO_WAIT) as direct:
        before = _campaigns(direct)
        emulator.faults.inject(Fault(code), "campaigns.add", times=2)
        direct.campaigns.add(Campaigns=[NEW]).raise_for_errors()
        assert _campaigns(direct) == before + 1


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (Captcha(), HttpError),
        (WrongContentType(), HttpError),
        (Status(418), HttpError),
        (Truncated(), DecodeError),
        (Malformed(), DecodeError),
        (Latency(5), ResponseLostError),
        (SlowBody(pause=5), ResponseLostError),
    ],
    ids=["captcha", "content type", "418", "truncated", "malformed", "latency", "slow_body"],
)
def test_a_fault_has_its_error(
    emulator: Emulator, connect: Made, effect: Effect, error: type[DirectError], wire: WireName
) -> None:
    """Each kind of fault is reported as what it is, and as a failure of this operation."""
    emulator.faults.inject(effect, "campaigns.get")
    with connect(transport=wire, retry=None, timeout=0.2) as direct, pytest.raises(error) as raised:
        _campaigns(direct)
    assert raised.value.operation == "campaigns.get"


def test_a_flow_goes_on_where_its_page_broke_off(emulator: Emulator, connect: Made) -> None:
    """Objects of a page whose connection was reset come once each, none twice and none missing."""
    with connect(retry=NO_WAIT) as direct:
        all_ids = [campaign["Id"] for campaign in direct.campaigns.items(FieldNames=["Id"])]
        emulator.faults.inject(Reset("during"), "campaigns.get", times=2)
        assert [campaign["Id"] for campaign in direct.campaigns.items(FieldNames=["Id"])] == all_ids


def test_a_doubled_delivery_is_seen_in_the_account(emulator: Emulator, connect: Made) -> None:
    """What a proxy doubles is no doing of the client's, and reading back shows it."""
    with connect() as direct:
        before = _campaigns(direct)
        emulator.faults.inject(Duplicate(), "campaigns.add")
        direct.campaigns.add(Campaigns=[NEW]).raise_for_errors()
        assert _campaigns(direct) == before + 2
