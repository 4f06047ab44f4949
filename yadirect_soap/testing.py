"""The pytest plugin: fixtures with an emulator, an empty account in it and clients of this account.

    def test_ads_are_stopped(yadirect, yadirect_emulator):
        stop_everything(yadirect)
        yadirect_emulator.calls.assert_called("ads.suspend", times=1)

pytest loads it once the package is installed.  Each test has its own emulator, so nothing remains of another test.  The
marker `@pytest.mark.yadirect(seed="shop.yaml", scenario="night.yaml")` fills it and injects faults, from files next to
the test; `demo=True` adds the demo accounts, and `api_date=date(2026, 8, 31)` emulates the API of that day.

Requests for reports are among the calls, as "reports.get" with the definition of the report as params.

Every pytest run of an environment loads this module.  So only the fixtures import the package, when a test uses them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yadirect_soap import Direct
    from yadirect_soap.emulator import Clock, Emulator
    from yadirect_soap.emulator.fixtures.new_accounts import TestAccount

_CALLS_SHOWN = 20


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line("markers", "yadirect(seed, scenario, demo, api_date): what the test's emulator begins with")


@pytest.fixture
def yadirect_clock() -> Clock:
    """The time in the emulator: that of the machine, until the test moves or freezes it."""
    from yadirect_soap.emulator import Clock

    return Clock()


@pytest.fixture
def yadirect_emulator(request: pytest.FixtureRequest, yadirect_clock: Clock) -> Iterator[Emulator]:
    """An emulator in memory for one test; in process, late responses move its clock, so that no time is spent."""
    from yadirect_soap.errors import ConfigurationError

    options = _marker_options(request)
    try:
        emulator = _new_emulator(request.path.parent, yadirect_clock, **options)
    except ConfigurationError as error:
        # Without the traceback, none of whose lines is the user's.
        pytest.fail(f"the marker yadirect: {error}", pytrace=False)
    with emulator:
        yield emulator


@pytest.fixture
def yadirect_account(yadirect_emulator: Emulator) -> TestAccount:
    """An advertiser with nothing in it, with its `login` and `token`."""
    from yadirect_soap.emulator.fixtures import new_accounts

    return new_accounts.create(yadirect_emulator.backend)


@pytest.fixture
def yadirect(yadirect_emulator: Emulator, yadirect_clock: Clock, yadirect_account: TestAccount) -> Iterator[Direct]:
    """A Direct of the empty account, in process; its waits between attempts move the clock, so they take no time."""
    from yadirect_soap import Direct

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


# Not `wrapper=True`, which takes pluggy 1.2: a machine with an older one could not run any test.
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Shows the last calls under a test that failed."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    emulator = getattr(item, "funcargs", {}).get("yadirect_emulator")
    if emulator is not None and report.when == "call" and report.failed:
        report.sections.append(("calls of the emulator", _last_calls(emulator)))


def _new_emulator(
    folder: Path, clock: Clock, *, seed: str | None, scenario: str | None, demo: bool, api_date: date | None
) -> Emulator:
    from yadirect_soap.emulator import Emulator
    from yadirect_soap.emulator.fault_injection import read_scenario

    faults = None if scenario is None else read_scenario(_file(folder, scenario))
    filled = demo if seed is None else _file(folder, seed)
    emulator = Emulator(seed=filled, clock=clock, sleep=_moving(clock), api_date=api_date)
    if faults is not None:
        try:
            emulator.faults.play(faults)
        except BaseException:
            emulator.close()
            raise
    return emulator


def _file(folder: Path, name: str) -> Path:
    """Returns a file in the folder of the test; raises ConfigurationError, which suggests the nearest name."""
    from yadirect_soap.errors import ConfigurationError
    from yadirect_soap.protocol.contract import nearest

    path = folder / name
    if path.is_file():
        return path
    names = [file.name for file in path.parent.iterdir() if file.is_file()] if path.parent.is_dir() else []
    raise ConfigurationError(f"found no file {path}{nearest(path.name, names)}")


def _last_calls(emulator: object) -> str:
    from yadirect_soap.emulator import Emulator

    if not isinstance(emulator, Emulator):  # a fixture of the project's own took the name
        return f"yadirect_emulator is {emulator!r:.80}"
    calls = list(emulator.calls)[-_CALLS_SHOWN:]
    return "\n".join(f"{call.number} {call.operation} {call.params} -> {call.outcome}" for call in calls)


def _moving(clock: Clock) -> Any:
    return lambda seconds: clock.advance(seconds=seconds)


def _marker_options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Returns the options of the test's marker."""
    marker = request.node.get_closest_marker("yadirect")
    options: dict[str, Any] = {"seed": None, "scenario": None, "demo": False, "api_date": None}
    if marker is None:
        return options
    given_options: dict[str, Any] = marker.kwargs
    if unknown := [*map(repr, marker.args), *sorted(given_options.keys() - options.keys())]:
        from yadirect_soap.protocol.contract import nearest

        hint = nearest(unknown[-1], options)
        found = f"{', '.join(unknown)}{hint}"
        pytest.fail(f"the marker yadirect takes {', '.join(options)} by name, found {found}", pytrace=False)
    return options | given_options
