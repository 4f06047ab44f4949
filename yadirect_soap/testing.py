"""The pytest plugin: fixtures of an emulator, a clean account in it and clients for it; installed, it is on.

def test_ads_are_stopped(yadirect, yadirect_emulator):
    stop_everything(yadirect)
    yadirect_emulator.calls.assert_called("ads.suspend", times=1)

Each test has an emulator of its own, so that nothing is left over from another.  The marker
`@pytest.mark.yadirect(seed="shop.yaml", scenario="night.yaml")` fills it and plans trouble, from files beside the test;
`demo=True` adds the demo accounts.

Requests for reports are among the calls, as "reports.get" with the report's definition for params.
"""

from collections.abc import Generator, Iterator
from typing import Any

import pytest

from yadirect_soap import Direct
from yadirect_soap.emulator import Clock, Emulator, newcomers
from yadirect_soap.emulator.newcomers import Newcomer
from yadirect_soap.emulator.trouble import read_scenario

_CALLS_SHOWN = 20


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line("markers", "yadirect(seed, scenario, demo): what the test's emulator begins with")


@pytest.fixture
def yadirect_clock() -> Clock:
    """The time in the emulator: that of the machine, until the test moves or freezes it."""
    return Clock()


@pytest.fixture
def yadirect_emulator(request: pytest.FixtureRequest, yadirect_clock: Clock) -> Iterator[Emulator]:
    """An emulator in memory, of this test alone; in process, late answers move its clock and nobody waits."""
    wished = _wished(request)
    seed = wished["demo"] if wished["seed"] is None else request.path.parent / wished["seed"]
    with Emulator(seed=seed, clock=yadirect_clock, sleep=_moving(yadirect_clock)) as emulator:
        if wished["scenario"] is not None:
            emulator.trouble.play(read_scenario(request.path.parent / wished["scenario"]))
        yield emulator


@pytest.fixture
def yadirect_account(yadirect_emulator: Emulator) -> Newcomer:
    """An advertiser with nothing in it, with its `login` and `token`."""
    return newcomers.add(yadirect_emulator)


@pytest.fixture
def yadirect(yadirect_emulator: Emulator, yadirect_clock: Clock, yadirect_account: Newcomer) -> Iterator[Direct]:
    """A Direct of the clean account, in process; its waits between attempts move the clock and nobody waits."""
    with (
        yadirect_emulator.session() as session,
        Direct(
            yadirect_account.token,
            endpoint=yadirect_emulator.endpoint,
            session=session,
            clock=yadirect_clock,
            sleep=_moving(yadirect_clock),
        ) as direct,
    ):
        yield direct


@pytest.fixture
def yadirect_url(yadirect_emulator: Emulator) -> Iterator[str]:
    """The address of the emulator on a socket of loopback, for programs that are not this process."""
    with yadirect_emulator.serve(control=True) as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the last calls under a test that failed."""
    report = yield
    emulator = getattr(item, "funcargs", {}).get("yadirect_emulator")
    if report.when == "call" and report.failed and isinstance(emulator, Emulator):
        calls = list(emulator.calls)[-_CALLS_SHOWN:]
        lines = (f"{each.number} {each.operation} {each.params} -> {each.outcome}" for each in calls)
        report.sections.append(("calls of the emulator", "\n".join(lines)))
    return report


def _moving(clock: Clock) -> Any:
    return lambda seconds: clock.advance(seconds=seconds)


def _wished(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the test's marker asks for."""
    marker = request.node.get_closest_marker("yadirect")
    wished: dict[str, Any] = {"seed": None, "scenario": None, "demo": False}
    if marker is None:
        return wished
    asked: dict[str, Any] = marker.kwargs
    if unknown := [*map(repr, marker.args), *sorted(asked.keys() - wished.keys())]:
        raise pytest.UsageError(f"the marker yadirect takes {', '.join(wished)} by name, found {', '.join(unknown)}")
    return wished | asked
