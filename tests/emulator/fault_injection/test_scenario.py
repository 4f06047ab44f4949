"""Scenario files: YAML, JSON and TOML say the same, and every mistake has its place."""

import sys
from pathlib import Path

import pytest

from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Fault, Latency, Plan, Reset, Scenario, read_scenario
from yadirect_soap.emulator.fault_injection.scenario_files import KINDS, row, scenario
from yadirect_soap.errors import ConfigurationError

YAML = """
random_seed: 7
faults:
  - {kind: fault, code: 1000, operation: ads.add, times: 3}
  - kind: latency
    seconds: 0.5
    jitter: 1
    times: null
    chance: 0.25
  - {kind: reset, when: during, operation: "*.get", after: 2}
"""
JSON = """
{"random_seed": 7, "faults": [
    {"kind": "fault", "code": 1000, "operation": "ads.add", "times": 3},
    {"kind": "latency", "seconds": 0.5, "jitter": 1, "times": null, "chance": 0.25},
    {"kind": "reset", "when": "during", "operation": "*.get", "after": 2}
]}
"""
SAID = Scenario(
    7,
    (
        Plan(Fault(1000), "ads.add", times=3),
        Plan(Latency(0.5, jitter=1), times=None, chance=0.25),
        Plan(Reset("during"), "*.get", after=2),
    ),
)


@pytest.mark.parametrize(("name", "text"), [("s.yaml", YAML), ("s.yml", YAML), ("s.json", JSON)], ids=lambda v: v[:6])
def test_a_scenario_is_read(tmp_path: Path, name: str, text: str) -> None:
    """The plans of a file are those that Python would make."""
    (tmp_path / name).write_text(text, "utf-8")
    assert read_scenario(tmp_path / name) == SAID


def test_toml_says_all_but_no_end(tmp_path: Path) -> None:
    """TOML, which has no null, plans what has a number of times."""
    (tmp_path / "s.toml").write_text('[[faults]]\nkind = "latency"\nseconds = 0.5\noperation = "ads.*"\n', "utf-8")
    assert read_scenario(tmp_path / "s.toml") == Scenario(0, (Plan(Latency(0.5), "ads.*"),))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """Each error names the file, the place, what was found and what was expected."""
    (tmp_path / "s.yaml").write_text(
        "random_seed: x\nfault: []\n"
        "faults: [{kind: fault, code: NO, times: 1.5}, {kind: slow_body, peace: 1}, {when: x}]\n",
        "utf-8",
    )
    with pytest.raises(ConfigurationError) as raised:
        read_scenario(tmp_path / "s.yaml")
    lines = [line.strip() for line in str(raised.value).removeprefix(f"{tmp_path}/s.yaml: ").splitlines()]
    assert lines == [
        "$.fault: unknown, expected random_seed or faults",
        "$.random_seed: found 'x' (str), expected an integer",
        "$.faults[0].code: found 'NO' (str), expected an integer",
        "$.faults[0].times: found 1.5 (Decimal), expected an integer or null",
        "$.faults[1].peace: unknown; did you mean 'piece'?",
        f"$.faults[2].kind: found null, expected one of {', '.join(KINDS)}",
    ]


@pytest.mark.parametrize(
    ("name", "text", "error_text"),
    [
        ("s.yaml", "faults: [", "s.yaml: while parsing"),
        ("s.yaml", "random_seed: 1\nrandom_seed: 2", "'random_seed' stands twice"),
        ("s.json", '{"random_seed": 1, "random_seed": 2}', "'random_seed' stands twice"),
        ("s.json", "{", "s.json: "),
        ("s.json", '{"random_seed": NaN}', "NaN is not a number"),
        ("s.toml", "faults = ", "s.toml: "),
        ("s.json", "[]", "found list, expected an object"),
        ("s.txt", "", "found a file of .txt suffix, expected .json, .toml, .yaml, .yml"),
    ],
    ids=["yaml", "yaml twice", "json twice", "json", "json NaN", "toml", "list", "suffix"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, text: str, error_text: str) -> None:
    """The error names the file and what is wrong with it."""
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        read_scenario(tmp_path / name)
    assert str(raised.value).startswith(str(tmp_path / name))
    assert error_text in str(raised.value)


def test_yaml_without_pyyaml_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no PyYAML is told how to get it, and that JSON needs nothing."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "s.yaml").write_text(YAML, "utf-8")
    with pytest.raises(ConfigurationError, match=r'pip install "yadirect-soap\[yaml\]"'):
        read_scenario(tmp_path / "s.yaml")


def test_a_row_comes_back_as_it_was_written(emulator: Emulator) -> None:
    """What is planned can be shown as rows, and those rows plan the same."""
    emulator.faults.play(SAID)
    rows = [row(planned) for planned in emulator.faults.planned]
    fault_rows = [
        {name: value for name, value in fault_row.items() if name not in ("number", "met", "remaining")}
        for fault_row in rows
    ]
    assert scenario({"random_seed": 7, "faults": fault_rows}) == SAID
