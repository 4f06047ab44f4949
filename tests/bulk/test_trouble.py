"""All writes under faults, crashes and kill -9: every object is made once, every outcome is right."""

import subprocess
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bulk import every_write
from tests.bulk.trouble import Trouble, states
from tests.cli.terminal import run, started
from yadirect_soap.bulk import lookup
from yadirect_soap.emulator.fault_injection import Effect, Fault, Malformed, Status
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN, AGENCY, AGENCY_TOKEN, CLIENTS
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled

NEVER_AGAIN = {key for key, recovery in lookup.bundled().recoveries.items() if recovery.kind == "never"}
SIZE = 12
KILLS = 8

Expected = tuple[Path, dict[str, list[str]], dict[int, tuple[str, str, tuple[int, ...]]]]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    """A file with all writes of an advertiser; what the account has and what became of the lines without trouble."""
    folder = tmp_path_factory.mktemp("expected")
    with Trouble() as calm:
        source = every_write.write(folder / "all.jsonl", every_write.rows(calm.emulator, SIZE))
        calm.run(source, folder / "calm.db")
        return source, calm.objects(folder / "calm.db"), states(folder / "calm.db")


def test_the_lines_have_all_writes(expected: Expected) -> None:
    """The files of these tests have each write of the contract."""
    agency = every_write.agency_rows([1])
    written = {state[0] for state in expected[2].values()} | {row["do"] for row in agency}
    operations = [operation for service in bundled().values() for operation in service.operations.values()]
    writes = {each.key for each in operations if not facts.bundled().is_read(each.service, each.name)}
    assert written == writes


@pytest.mark.parametrize("seed", range(3))
def test_every_object_is_made_once_under_faults(expected: Expected, seed: int, tmp_path: Path) -> None:
    """With 40 % of all calls in trouble the account has what it has without, and each line its outcome."""
    source, objects, outcomes = expected
    with Trouble(faults=True, seed=seed) as trouble:
        trouble.run(source, tmp_path / "j")
        _check(trouble, tmp_path / "j", objects, outcomes)


@pytest.mark.parametrize(
    "effect",
    [Malformed(), Status(502), Fault(52), Fault(9000), Fault(1003)],
    ids=["malformed", "502", "52", "9000", "1003"],
)
def test_every_write_bears_a_fault(expected: Expected, effect: Effect, tmp_path: Path) -> None:
    """Two calls of each write in trouble of a kind that the random ones have not."""
    source, objects, outcomes = expected
    with Trouble() as trouble:
        for key in lookup.bundled().recoveries:
            trouble.emulator.faults.inject(effect, key, times=2)
        trouble.run(source, tmp_path / "j")
        _check(trouble, tmp_path / "j", objects, outcomes)


@settings(max_examples=4)
@given(seed=st.integers(0, 1 << 30), chance=st.sampled_from([0.02, 0.05, 0.1]))
def test_every_object_is_made_once_whatever_commit_is_the_last(
    expected: Expected, seed: int, chance: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Processes that end at any commit, under faults, leave what the next ones need."""
    source, objects, outcomes = expected
    journal = tmp_path_factory.mktemp("crashes") / "j"
    random = Random(seed)
    with Trouble(faults=True, seed=seed) as trouble:
        trouble.run_crashing(source, journal, lambda: random.random() < chance)
        _check(trouble, journal, objects, outcomes)


def test_every_object_is_made_once_by_processes_that_are_killed(expected: Expected, tmp_path: Path) -> None:
    """Kill -9 amid the calls, several times and under faults; the last process finishes the job."""
    source, objects, outcomes = expected
    journal, random = tmp_path / "j", Random(1)
    with Trouble(faults=True, seed=1) as trouble, trouble.emulator.serve() as url:
        environment = {"YADIRECT_TOKEN": ADVERTISER_TOKEN, "YADIRECT_ENDPOINT": url}
        command = ("bulk", "run", str(source), "--journal", str(journal), "--settle", "0", "--quiet")
        for _ in range(KILLS):
            with started(*command, settings=environment) as process:
                _wait_for_calls(trouble, random.randint(1, 12), process)
                process.kill()
        trouble.emulator.faults.clear()
        finished = run(*command, settings=environment)
        assert finished.returncode == 1, finished.stderr
        _check(trouble, journal, objects, outcomes)


def _wait_for_calls(trouble: Trouble, count: int, process: subprocess.Popen[str]) -> None:
    """Waits until so many calls have come, or the process has ended."""
    before = _calls(trouble)
    while _calls(trouble) < before + count and process.poll() is None:
        time.sleep(0.002)


def _calls(trouble: Trouble) -> int:
    return max((call.number for call in trouble.emulator.calls), default=0)


def test_the_writes_of_an_agency_are_made_once_under_faults(tmp_path: Path) -> None:
    """No organization is founded twice: a lost response leaves its line unknown."""
    runs = []
    for seed in (None, 1, 2, 3):
        with Trouble(faults=seed is not None, seed=seed or 0) as trouble:
            clients = [trouble.emulator.accounts.by_login(login) for login in CLIENTS]
            rows = every_write.agency_rows([client.client_id for client in clients if client is not None])
            source = every_write.write(tmp_path / "agency.jsonl", rows)
            trouble.run(source, tmp_path / f"{seed}", token=AGENCY_TOKEN)
            made = sum(each.agency == AGENCY for each in trouble.emulator.accounts)
            runs.append((made, states(tmp_path / f"{seed}")))
    (calm, outcomes), *others = runs
    for made, troubled in others:
        assert made <= calm
        assert all(troubled[line] == state or state[0] in NEVER_AGAIN for line, state in outcomes.items())


def _check(
    trouble: Trouble,
    journal: Path,
    objects: dict[str, list[str]],
    outcomes: dict[int, tuple[str, str, tuple[int, ...]]],
) -> None:
    """Compares all but the objects of the writes that are never sent again."""
    trouble.emulator.faults.clear()
    troubled = states(journal)
    assert {line: state for line, state in troubled.items() if state[0] not in NEVER_AGAIN} == {
        line: state for line, state in outcomes.items() if state[0] not in NEVER_AGAIN
    }
    assert all(state == outcomes[line] or state[1] == "unknown" for line, state in troubled.items())
    present = trouble.objects(journal)
    assert set(present.pop("advideos")) <= set(objects["advideos"])
    assert present == {service: found for service, found in objects.items() if service != "advideos"}
