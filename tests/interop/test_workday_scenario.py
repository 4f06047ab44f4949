"""A day's work over both wires and both versions: the same steps, told the same, and the same accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.interop import emulator_copies
from tests.interop.workday_scenario import TYPE, Workday

WAYS = [("soap", "v5"), ("json", "v5"), ("soap", "v501"), ("json", "v501")]


@dataclass(frozen=True)
class DayEnd:
    """What was told in the day, and what is left of it."""

    results: Mapping[str, dict[str, Any]]
    stored_state: Mapping[str, Any]


@pytest.fixture(scope="module")
def evenings(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], DayEnd]:
    """The same day in four equal emulators."""
    folder = tmp_path_factory.mktemp("days")
    ends = {}
    for wire, version in WAYS:
        path = folder / f"{wire}-{version}.db"
        with emulator_copies.copied_emulator(seed, path) as emulator:
            results = Workday(emulator_copies.client(emulator, transport=wire, version=version, strict=True)).results
            ends[wire, version] = DayEnd(results, emulator_copies.stored(path))
    return ends


@pytest.mark.parametrize("way", WAYS[1:], ids="/".join)
def test_every_step_is_told_the_same(evenings: Mapping[tuple[str, str], DayEnd], way: tuple[str, str]) -> None:
    """Results, errors, units and request ids of each step are those of SOAP v5; v501 shows what campaigns are."""
    first, other = evenings["soap", "v5"].results, evenings[way].results
    assert [step for step in first if first[step] != other.get(step)] == ([TYPE] if way[1] == "v501" else [])
    assert list(first) == list(other)


@pytest.mark.parametrize("way", WAYS[1:], ids="/".join)
def test_the_same_is_left(evenings: Mapping[tuple[str, str], DayEnd], way: tuple[str, str]) -> None:
    """Objects, counters, accounts and units are those that SOAP v5 left."""
    assert evenings[way].stored_state == evenings["soap", "v5"].stored_state


EXPECTED: Mapping[str, list[list[int]]] = MappingProxyType(
    {
        "new campaigns": [[], [5005]],
        "negative keywords": [[], [8800]],
        "new groups": [[], [8800], [5120]],
        "new ads": [[10165], [5005], [8800]],
        "new keywords": [[], [], [5000], [10140]],
        "new callouts": [[], []],
        "new image": [[]],
        "set callouts": [[10252]],
        "swap callouts": [[10252]],
        "clear a title": [[10252]],
        "clear the campaign": [[]],
        "moderate": [[], [8800]],
        "set bids": [[], [], [], [8800]],
        "keyword bids": [[5005]],
        "suspend a keyword": [[], [10000]],
        "resume a keyword": [[], [10241]],
        "delete the ad": [[8300], [8800]],
        "archive it too soon": [[8300], [8800]],
        "suspend it": [[], [8800]],
        "archive it": [[], [8800]],
        "resume it": [[8300], [8800]],
        "archive the campaign too soon": [[8303]],
        "suspend the campaign": [[]],
        "archive the campaign": [[]],
        "archive the campaign again": [[10022]],
        "resume the campaign": [[8300]],
        "unarchive the campaign": [[]],
        "delete the campaign": [[8301]],
        "a brief campaign": [[]],
        "delete the brief one": [[], [8800]],
    }
)
"""The codes of errors and warnings that each item of a step got."""


@pytest.mark.parametrize("step", EXPECTED)
def test_each_item_has_its_own_outcome(evenings: Mapping[tuple[str, str], DayEnd], step: str) -> None:
    """An item that fails does not stop those after it, and the outcomes keep the order of the items."""
    outcomes = evenings["soap", "v5"].results[step]["outcomes"]
    assert [
        [notification.code for notification in (*outcome.errors, *outcome.warnings)] for outcome in outcomes
    ] == EXPECTED[step]


@pytest.mark.parametrize(("step", "code"), [("mixed bids", 4005), ("what changed", 4000)])
def test_a_wrong_request_is_refused_as_a_whole(
    evenings: Mapping[tuple[str, str], DayEnd], step: str, code: int
) -> None:
    """A request that contradicts itself is an error of its own, and nothing of it is carried out."""
    assert evenings["soap", "v5"].results[step]["code"] == code


@pytest.mark.parametrize("member", ["DailyBudget", "EndDate", "NegativeKeywords"])
@pytest.mark.parametrize("way", WAYS, ids="/".join)
def test_none_clears(evenings: Mapping[tuple[str, str], DayEnd], way: tuple[str, str], member: str) -> None:
    """What was set in the morning and cleared by None reads as None, over either wire."""
    (campaign,) = evenings[way].results["the campaign"]["result"]["Campaigns"]
    assert campaign[member] == emulator_copies.typed(None)
