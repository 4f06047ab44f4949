"""The pytest plugin, as a project that has installed the package sees it: pytest in a process of its own."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from yadirect_soap import testing

SUITE = """
import requests
from datetime import UTC, date, datetime

import pytest

from yadirect_soap import NotSupportedError, ResponseLostError
from yadirect_soap.emulator.fault_injection import Fault, Latency, LostAnswer

GROUP = {"Name": "Set", "NegativeKeywords": ["free"]}


def add(direct):
    return direct.negativekeywordsharedsets.add(NegativeKeywordSharedSets=[GROUP])


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_a_clean_account(yadirect, turn):
    assert yadirect.negativekeywordsharedsets.get(FieldNames=["Id"]) == []
    add(yadirect).raise_for_errors()


def test_calls_can_be_asserted(yadirect, yadirect_emulator):
    add(yadirect)
    yadirect_emulator.calls.assert_called("negativekeywordsharedsets.add", times=1)
    params = {"NegativeKeywordSharedSets": [GROUP]}
    yadirect_emulator.calls.assert_called("negativekeywordsharedsets.add", params=params)
    with pytest.raises(AssertionError):
        yadirect_emulator.calls.assert_called("ads.add")


def test_reports_can_be_asserted(yadirect, yadirect_emulator):
    asked = {"ReportType": "ACCOUNT_PERFORMANCE_REPORT", "FieldNames": ["Clicks"], "DateRangeType": "YESTERDAY"}
    list(yadirect.reports.get(asked))
    yadirect_emulator.calls.assert_called("reports.get", times=1, params=asked)


def test_time_travels(yadirect_clock, yadirect_emulator):
    yadirect_clock.freeze()
    yadirect_clock.set(datetime(2031, 1, 1, tzinfo=UTC))
    assert yadirect_emulator.clock.moment.year == 2031


def test_nobody_waits(yadirect, yadirect_emulator, yadirect_clock):
    yadirect_clock.freeze()
    before = yadirect_clock()
    yadirect_emulator.faults.inject(Latency(100))
    yadirect_emulator.faults.inject(Fault(1000), times=2)
    yadirect.negativekeywordsharedsets.get(FieldNames=["Id"])
    assert yadirect_clock() > before + 100


def test_a_lost_write_is_not_doubled(yadirect, yadirect_emulator):
    yadirect_emulator.faults.inject(LostAnswer(), "*.add")
    with pytest.raises(ResponseLostError):
        add(yadirect)
    assert len(yadirect.negativekeywordsharedsets.get(FieldNames=["Id"])) == 1


def test_other_programs_come_by_a_socket(yadirect_url, yadirect_account):
    answer = requests.post(
        f"{yadirect_url}/json/v5/campaigns",
        json={"method": "get", "params": {"FieldNames": ["Id"]}},
        headers={"Authorization": f"Bearer {yadirect_account.token}"},
        timeout=5,
    )
    assert answer.json() == {"result": {"Campaigns": []}}
    assert requests.get(f"{yadirect_url}/_emulator/calls", timeout=5).json()["calls"]


@pytest.mark.yadirect(seed="shop.json")
def test_a_seed_file_is_found_beside_the_test(yadirect_emulator):
    assert [account.login for account in yadirect_emulator.accounts] == ["shop"]


@pytest.mark.yadirect(demo=True, scenario="night.json")
def test_a_marker_says_what_to_begin_with(yadirect_emulator):
    assert yadirect_emulator.accounts.by_login("demo-advertiser")
    assert len(yadirect_emulator.faults.planned) == 1


@pytest.mark.yadirect(api_date=date(2026, 8, 31))
def test_a_marker_names_the_day_of_the_api(yadirect):
    assert yadirect.vcards.get(FieldNames=["Id"]) == []


def test_without_a_marker_the_api_is_the_newest(yadirect):
    with pytest.raises(NotSupportedError):
        yadirect.vcards.get(FieldNames=["Id"])
"""
FAILING = """
def test_fails(yadirect):
    yadirect.campaigns.get(FieldNames=["Id"])
    assert False
"""
MISSPELT = """
import pytest

@pytest.mark.yadirect("shop.json", scenari="night.json")
def test_never_runs(yadirect_emulator):
    pass
"""


MISTAKES = """
import pytest

@pytest.mark.yadirect(seed="shop.jsn")
def test_seed(yadirect_emulator):
    pass

@pytest.mark.yadirect(scenario="nihgt.json")
def test_scenario(yadirect_emulator):
    pass

@pytest.mark.yadirect(scenario="wrong.json")
def test_kind(yadirect_emulator):
    pass

@pytest.mark.yadirect(scenari="night.json")
def test_option(yadirect_emulator):
    pass

@pytest.mark.yadirect(api_date="2026-08-31")
def test_day(yadirect_emulator):
    pass

def test_operation(yadirect_emulator):
    yadirect_emulator.calls.assert_called("ads.ad")

def test_call(yadirect_emulator):
    yadirect_emulator.calls.assert_called("ads.add")

def test_fault(yadirect_emulator):
    from yadirect_soap.emulator.fault_injection import Fault
    yadirect_emulator.faults.inject(Fault(1000), "ads.ad")
"""


def _pytest(folder: Path, suite: str, options: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    (folder / "test_suite.py").write_text(suite, "utf-8")
    (folder / "night.json").write_text('{"faults": [{"kind": "captcha"}]}', "utf-8")
    (folder / "shop.json").write_text('{"accounts": [{"login": "shop"}]}', "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\nfilterwarnings = error\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_fixtures_serve_a_project(tmp_path: Path) -> None:
    """Clean accounts, assertions on calls, time travel, faults, sockets and the marker work in a suite of another."""
    done = _pytest(tmp_path, SUITE)
    assert done.returncode == 0, done.stdout
    assert "12 passed" in done.stdout


def test_a_failure_tells_the_calls(tmp_path: Path) -> None:
    """Under a test that failed stand the calls that it made, and no token."""
    done = _pytest(tmp_path, FAILING)
    assert done.returncode == 1
    assert "1 campaigns.get {'FieldNames': ['Id']} -> ok" in done.stdout
    assert "Bearer" not in done.stdout


def test_a_misspelt_option_is_reported(tmp_path: Path) -> None:
    """A marker with an unknown name, or with what has none, fails the test with the names that there are."""
    done = _pytest(tmp_path, MISSPELT)
    assert done.returncode != 0
    assert (
        "the marker yadirect takes seed, scenario, demo, api_date by name, found 'shop.json', scenari"
        in done.stdout + done.stderr
    )


def test_a_mistake_shows_the_message_and_the_line_of_the_test(tmp_path: Path) -> None:
    """Each message names the nearest name, and no line of this package stands before or after it."""
    (tmp_path / "wrong.json").write_text('{"faults": [{"kind": "captca"}]}', "utf-8")
    shown = _pytest(tmp_path, MISTAKES).stdout
    for text in (
        f"the marker yadirect: found no file {tmp_path / 'shop.jsn'}; did you mean 'shop.json'?",
        f"the marker yadirect: found no file {tmp_path / 'nihgt.json'}; did you mean 'night.json'?",
        "$.faults[0].kind: found 'captca' (str), expected one of fault",
        "did you mean 'captcha'?",
        "found scenari; did you mean 'scenario'?",
        "the marker yadirect: api_date is a datetime.date or None, not '2026-08-31'",
        "found the operation 'ads.ad', which the API does not have; did you mean 'ads.add'?",
        "AssertionError: ads.add was called 0 times, expected at least once",
        'yadirect_emulator.calls.assert_called("ads.add")',
    ):
        assert text in shown
    assert "3 failed, 5 errors" in shown
    assert "call_log.py" not in shown
    assert "planner.py" not in shown
    assert "testing.py" not in shown


@pytest.mark.parametrize("module", ["requests", "lxml", "zeep", "urllib3", "simplejson", "sqlite3"])
def test_a_foreign_run_survives_a_broken_dependency(tmp_path: Path, module: str) -> None:
    """A run that uses no fixture of ours passes where a package that we need cannot be imported."""
    (tmp_path / f"{module}.py").write_text("raise RuntimeError('broken')", "utf-8")
    done = _pytest(tmp_path, "def test_foreign():\n    pass\n", options=["-W", "error", "--trace-config"])
    assert "yadirect_soap.testing" in done.stdout, "the plugin was loaded"
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_foreign_run_loads_nothing_of_ours(tmp_path: Path) -> None:
    """The plugin brings itself, the package's door, which is lazy, and no package of others to a run without it."""
    suite = (
        "import sys\n\n\ndef test_foreign():\n"
        "    ours = {name for name in sys.modules if name.partition('.')[0] == 'yadirect_soap'}\n"
        "    assert ours == {'yadirect_soap', 'yadirect_soap.testing'}\n"
        "    assert not {'requests', 'lxml', 'zeep', 'urllib3', 'simplejson'} & set(sys.modules)\n"
    )
    done = _pytest(tmp_path, suite)
    assert done.returncode == 0, done.stdout


def test_hooks_are_those_of_any_pluggy() -> None:
    """The hooks are declared as every pluggy has it: `wrapper=True` is not known before 1.2."""
    options = testing.pytest_runtest_makereport.pytest_impl  # type: ignore[attr-defined]
    assert options["hookwrapper"]
    assert not options.get("wrapper")
