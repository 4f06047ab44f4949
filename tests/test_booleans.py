"""Arguments that are True or False: every public method that has one refuses what would only count as true."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.bulk import Options
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.recording.recorder import Recorder

FIELDS = {"SelectionCriteria": {}, "FieldNames": ["Id"]}
REPORT = {"ReportType": "ACCOUNT_PERFORMANCE_REPORT", "DateRangeType": "YESTERDAY", "FieldNames": ["Date"]}

CASES: dict[str, tuple[str, Callable[[Any, Any, Path], object]]] = {
    "a call": ("split", lambda direct, value, _: direct.call("ads", "get", FIELDS, split=value)),
    "items": ("split", lambda direct, value, _: direct.items("ads", "get", FIELDS, split=value)),
    "pages": ("split", lambda direct, value, _: direct.pages("ads", "get", FIELDS, split=value)),
    "an operation": ("split", lambda direct, value, _: direct.ads.get(**FIELDS, split=value)),
    "items of a service": ("split", lambda direct, value, _: direct.ads.items(**FIELDS, split=value)),
    "pages of a service": ("split", lambda direct, value, _: direct.ads.pages(**FIELDS, split=value)),
    "a report in pieces": ("split", lambda direct, value, _: direct.reports.get(REPORT, split=value)),
    "a report's name": ("unique_name", lambda direct, value, _: direct.reports.get(REPORT, unique_name=value)),
    "a report's file": (
        "compress",
        lambda direct, value, folder: direct.reports.get(REPORT).to_file(folder / "r.tsv", compress=value),
    ),
    "an emulator": ("deletes_in_changes", lambda _direct, value, _: Emulator(deletes_in_changes=value)),
    "a recorder": ("scrub", lambda _direct, value, folder: Recorder(folder / "r.jsonl", scrub=value)),
    "a job": ("wait", lambda _direct, value, _: Options(wait=value)),
}


@pytest.fixture(scope="module")
def direct() -> Iterator[Direct]:
    """A Direct of the demo account, which sends nothing here."""
    with Direct("demo-token", endpoint="http://127.0.0.1:9") as direct:
        yield direct


@pytest.mark.parametrize("value", ["yes", "", 1, 0], ids=repr)
@pytest.mark.parametrize(("name", "use"), CASES.values(), ids=CASES)
def test_an_argument_is_true_or_false(
    direct: Direct, tmp_path: Path, name: str, use: Callable[[Any, Any, Path], object], value: object
) -> None:
    """Nothing but True and False is taken, nothing is sent and no file is made."""
    with pytest.raises(ConfigurationError, match=f"^{name} is True or False, not {value!r}"):
        use(direct, value, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_emulator_is_controlled_or_not() -> None:
    """What is only taken for true opens no control of the emulator, and grants nothing."""
    with Emulator() as emulator:
        with pytest.raises(ConfigurationError, match="control is True or False, not 'no'"):
            emulator.serve(control="no")  # type: ignore[arg-type]  # the mistake
        with pytest.raises(ConfigurationError, match="approved is True or False, not 'no'"):
            emulator.accounts.grant("demo", "another-token", approved="no")  # type: ignore[arg-type]  # the mistake
