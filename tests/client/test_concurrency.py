"""The limit of requests at a time: over threads and over processes, and what becomes of the slots of dead processes."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import environment
from yadirect_soap import ConfigurationError, Direct, NotSentError
from yadirect_soap.client.concurrency import runtime_folder
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Latency


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places that no other test, and no program of the developer, shares."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator that refuses the sixth request at a time, and takes its time for each."""
    with Emulator() as emulator:
        emulator.faults.inject(Latency(0.02), "campaigns.get", times=None)
        yield emulator


def _direct(emulator: Emulator, **settings: Any) -> Direct:
    return Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), retry=None, **settings)


def _get(direct: Direct) -> int:
    return len(direct.campaigns.get(FieldNames=["Id"]))


@pytest.mark.parametrize("is_default", [False, True], ids=["set", "default"])
def test_threads_share_the_slots(emulator: Emulator, is_default: bool) -> None:
    """Twelve threads with slots for five meet no 506, though nothing is repeated; five is the default of jobs."""
    direct = _direct(emulator).with_default_concurrency() if is_default else _direct(emulator, concurrency=5)
    with ThreadPoolExecutor(12) as pool:
        counts = list(pool.map(lambda _: _get(direct), range(36)))
    assert len(set(counts)) == 1
    assert {call.outcome for call in emulator.calls} == {"ok"}


PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from yadirect_soap import Direct

direct = Direct("demo-token", endpoint=sys.argv[1], concurrency=5, retry=None)
with ThreadPoolExecutor(4) as pool:
    list(pool.map(lambda _: direct.campaigns.get(FieldNames=["Id"]), range(8)))
"""


@pytest.mark.slow
def test_processes_share_the_slots(emulator: Emulator) -> None:
    """Three processes of four threads each meet no 506 together."""
    with emulator.serve() as url:
        command = [sys.executable, "-c", PROGRAM, url]
        running = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) for _ in range(3)]
        errors = [process.communicate(timeout=120)[1] for process in running]
    assert [(process.returncode, error) for process, error in zip(running, errors, strict=True)] == [(0, b"")] * 3
    assert len(emulator.calls) == 24


HOLDER = """
import sys
from yadirect_soap import Direct

direct = Direct("demo-token", endpoint=sys.argv[1], concurrency=1, retry=None)
ids = iter(direct.campaigns.items(FieldNames=["Id"]))
next(ids)
print("holds", flush=True)
sys.stdin.read()
"""


def test_the_slots_of_a_killed_process_are_free(emulator: Emulator) -> None:
    """A process that is killed while it reads a response holds nobody up."""
    with emulator.serve() as url:
        command = [sys.executable, "-c", HOLDER, url]
        with subprocess.Popen(
            command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "holds\n"
            direct = Direct("demo-token", endpoint=url, concurrency=1, retry=None)
            waiting = threading.Thread(target=_get, args=[direct])
            waiting.start()
            waiting.join(0.1)
            assert waiting.is_alive()
            process.kill()
            waiting.join(60)
            assert not waiting.is_alive()


def test_a_call_inside_a_loop_over_objects_waits_for_no_place(emulator: Emulator) -> None:
    """A thread that reads a response goes on with the place that it has."""
    direct = _direct(emulator, concurrency=1)
    assert all(_get(direct) for _ in direct.campaigns.items(FieldNames=["Id"]))


def test_each_advertiser_has_slots_of_its_own(emulator: Emulator) -> None:
    """A client of an agency is not held up by another one; one login is one advertiser however it is written."""
    agency = Direct(
        "demo-agency-token",
        endpoint=emulator.endpoint,
        session=emulator.session(),
        concurrency=1,
        clock=iter(range(0, 10**6, 1000)).__next__,
        sleep=lambda _seconds: None,
    )
    read = agency.with_client_login("demo-client-rub").campaigns.items(FieldNames=["Id"])
    next(iter(read))
    for login, held in (("demo-client-byn", False), ("Demo.client.RUB", True)):
        outcome: list[object] = []

        def get(login: str = login, outcome: list[object] = outcome) -> None:
            try:
                outcome.append(_get(agency.with_client_login(login)))
            except NotSentError as error:
                outcome.append(error)

        thread = threading.Thread(target=get)
        thread.start()
        thread.join(60)
        assert isinstance(outcome[0], NotSentError) == held


def test_a_place_is_not_waited_for_forever(emulator: Emulator) -> None:
    """After ten minutes the call is given up, unsent, and the error names the folder of the lock files."""
    holder = iter(_direct(emulator, concurrency=1).campaigns.items(FieldNames=["Id"]))
    next(holder)
    waits: list[float] = []
    patient = _direct(emulator, concurrency=1, sleep=waits.append, clock=lambda: 10.0 * len(waits))
    with ThreadPoolExecutor(1) as pool, pytest.raises(NotSentError, match="for 600 seconds") as raised:
        pool.submit(_get, patient).result()
    assert str(runtime_folder()) in str(raised.value)
    assert 0.001 <= min(waits) < max(waits) <= 0.1


def test_reports_have_limits_of_their_own(emulator: Emulator) -> None:
    """A report takes no place: its service counts otherwise."""
    direct = _direct(emulator, concurrency=1)
    held = iter(direct.campaigns.items(FieldNames=["Id"]))
    next(held)

    def report() -> int:
        rows = direct.reports.get(
            ReportType="ACCOUNT_PERFORMANCE_REPORT", FieldNames=["Clicks"], DateRangeType="LAST_7_DAYS"
        )
        return len(list(rows))

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(report).result(60) == 1


def test_a_folder_that_was_removed_is_made_again(emulator: Emulator) -> None:
    """The folder of the lock files may go while a program runs, as when its user logs out."""
    direct = _direct(emulator, concurrency=5)
    shutil.rmtree(runtime_folder())
    assert _get(direct) == _get(direct)
    assert runtime_folder().stat().st_mode & 0o077 == 0
    assert list(runtime_folder().iterdir())


def test_lock_files_that_cannot_be_used_are_told(emulator: Emulator) -> None:
    """An error of the file system names the file, and says what to do."""
    direct = _direct(emulator, concurrency=1)
    folder = runtime_folder()
    folder.rmdir()
    folder.write_bytes(b"")
    with pytest.raises(ConfigurationError, match=r"lock file cannot be used: .*request-slots.*set XDG_RUNTIME_DIR"):
        _get(direct)
    assert not emulator.calls


def test_the_files_are_the_users_own(emulator: Emulator) -> None:
    """Nobody else may look into the folder, and no name in it holds the token."""
    _get(_direct(emulator, concurrency=5))
    folder = runtime_folder()
    assert folder.stat().st_mode & 0o077 == 0
    assert [path for path in folder.iterdir() if "demo" in path.name] == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="the system has no users with numbers")
def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of lock files that another user has made is not used."""
    assert runtime_folder().is_relative_to(tmp_path)
    other = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: other)
    with pytest.raises(ConfigurationError, match="is not yours; set XDG_RUNTIME_DIR"):
        runtime_folder()
