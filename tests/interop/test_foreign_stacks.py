"""Foreign SOAP stacks and JSON clients, each in its own language, get from the emulator what our client gets.

What a stack cannot do is written down with the reason in stack_table.py, and tested too: a reason that no longer holds
is a failure.
"""

import json
from pathlib import Path

import pytest

from tests.interop import emulator_copies, script
from tests.interop.script import FACTS, Steps
from tests.interop.stack_table import STACKS, Stack
from tools import interoperability

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def ours(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Steps:
    """What our client tells."""
    path = tmp_path_factory.mktemp("ours") / "emulator.db"
    with emulator_copies.copied_emulator(seed, path) as emulator:
        steps = script.step_results(emulator)
    return {**steps, "kept": emulator_copies.stored(path)["objects"]}


def test_the_steps_meet_what_they_are_to_meet(ours: Steps) -> None:
    """With our client each step does what it is there for, so that to be equal says something."""
    (before,), (after,) = ours["get"]["Campaigns"], ours["clear"]["Campaigns"]
    assert (before["DailyBudget"]["Mode"], after["DailyBudget"], after["Name"]) == ("STANDARD", None, "Новая")
    assert [["Errors" in outcome for outcome in ours[step]] for step in ("add", "update", "delete")] == [
        [False, True]
    ] * 3
    assert (ours["fault"]["code"], ours["token"]["code"]) == (4002, 53)
    assert len(ours["pages"]) > 3


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_a_stack_gets_what_we_get(stack: Stack, seed: Path, ours: Steps, tmp_path: Path) -> None:
    """Each fact holds for a stack as for our client, or it is known that it does not, and why."""
    if not stack.installed:
        pytest.skip(f"{stack.name} ({stack.origin}) is not installed; `make interop-tools` does it where it can")
    theirs = step_results(stack, seed, tmp_path)
    answers = {fact: (answer(theirs), answer(ours)) for fact, (_, answer) in FACTS.items()}
    unequal = {fact: pair for fact, pair in answers.items() if pair[0] != pair[1]}
    assert unequal.keys() == stack.cannot.keys(), unequal


def test_the_page_tells_what_is_tested() -> None:
    """docs/interoperability.md is what these tables say; `make generate` writes it."""
    assert (ROOT / "docs" / "interoperability.md").read_text("utf-8") == interoperability.text()


def step_results(stack: Stack, seed: Path, folder: Path) -> Steps:
    """What a stack's program tells of an emulator of its own, and what that one keeps."""
    path = folder / "emulator.db"
    with emulator_copies.copied_emulator(seed, path) as emulator, emulator.serve() as address:
        lines = [json.loads(line) for line in stack.run(address, folder).splitlines()]
    return {**{line["step"]: line["result"] for line in lines}, "kept": emulator_copies.stored(path)["objects"]}
