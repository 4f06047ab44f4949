"""What mypy and pyright say about user code: nothing where it is right, and where it is not what its marks name."""

import inspect
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.typing import accepted, checkers, operations
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled

HERE = Path(__file__).parent
MARK = re.compile(r"# mypy: (?P<mypy>[\w -]+?)  pyright: (?P<pyright>[\w ]+)$")
NAMES = ("mypy", "pyright")
OPERATIONS = operations.code(bundled())
FUNCTIONS = {
    name: run for name, run in inspect.getmembers(accepted, inspect.isfunction) if run.__module__ == accepted.__name__
}


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, checkers.Found]:
    """What each checker reports of all the user code, in one run of each."""
    if reason := checkers.missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("code")
    (folder / "every_operation.py").write_text(OPERATIONS, encoding="utf-8")
    for name in ("accepted.py", "refused.py"):
        shutil.copy(HERE / name, folder)
    with ThreadPoolExecutor() as pool:
        return dict(zip(NAMES, pool.map(lambda run: run(folder), (checkers.mypy, checkers.pyright)), strict=True))


def _marked() -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate((HERE / "refused.py").read_text(encoding="utf-8").splitlines(), start=1):
        if mark := MARK.search(line):
            yield number, mark


@pytest.mark.parametrize("checker", NAMES)
def test_right_code_is_accepted(errors: Mapping[str, checkers.Found], checker: str) -> None:
    """Neither the accepted code nor any of the package's own files has an error."""
    ours = {"refused.py", "every_operation.py"}
    assert {location: codes for location, codes in errors[checker].items() if location[0] not in ours} == {}


@pytest.mark.parametrize("checker", NAMES)
def test_mistakes_are_refused(errors: Mapping[str, checkers.Found], checker: str) -> None:
    """Each marked line has just the errors that its mark names, and no other line has any."""
    expected = {number: frozenset(mark[checker].split()) for number, mark in _marked()}
    assert {line: codes for (file, line), codes in errors[checker].items() if file == "refused.py"} == expected


@pytest.mark.parametrize("checker", NAMES)
def test_every_operation_is_typed(errors: Mapping[str, checkers.Found], checker: str) -> None:
    """Whole params and every name of a result pass; odd, missing and wrong ones do not, for all operations."""
    lines = OPERATIONS.splitlines()
    wrong = [line for line in lines if line.endswith(operations.WRONG)]
    refused = [lines[number - 1] for file, number in sorted(errors[checker]) if file == "every_operation.py"]
    assert refused == wrong


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_accepted_code_runs(function: Callable[[Direct], None]) -> None:
    """What the checkers accept does what it says, against the emulator."""
    with Emulator() as emulator:
        function(Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()))
