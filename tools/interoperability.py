"""docs/interoperability.md, made from the tables of the interoperability tests; `make generate` writes it."""

from pathlib import Path

from tests.interop.script import FACTS
from tests.interop.stack_table import STACKS, Stack

_HEAD = """# Interoperability

Other people's SOAP stacks and JSON clients work against the emulator, unchanged. Each program under
[tests/interop/stacks](../tests/interop/stacks) goes through the same steps on the campaigns of a demo account: get,
add, update, a value cleared with nil, delete, refusals, and pages by `LimitedBy`. What it tells, and what the emulator
keeps afterwards, is compared with what our own client gets.

`make interop-tools` installs what can be had on the machine; `make test` runs what is there and skips the rest with its
reason. This page is written by `make generate`, and a test compares it.

"""


def text() -> str:
    """The page."""
    notes = [(stack, fact) for stack in STACKS for fact in FACTS if fact in stack.cannot]
    return _HEAD + "\n".join([*_origins(), "", *_facts(notes), "", *_reasons(notes)]) + "\n"


def _origins() -> list[str]:
    rows = [f"| {stack.name} | {stack.origin} | {stack.given} | {_program(stack)} |" for stack in STACKS]
    return ["| stack | from | what it is told | program |", "| --- | --- | --- | --- |", *rows]


def _program(stack: Stack) -> str:
    return f"[{stack.program}](../tests/interop/stacks/{stack.program})"


def _facts(notes: list[tuple[Stack, str]]) -> list[str]:
    """A row a fact, a column a stack; a number stands for the reason below."""
    head = ["", *(stack.name for stack in STACKS)]
    rows = [[sentence, *(_cell(stack, fact, notes) for stack in STACKS)] for fact, (sentence, _) in FACTS.items()]
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]


def _cell(stack: Stack, fact: str, notes: list[tuple[Stack, str]]) -> str:
    return f"no ({notes.index((stack, fact)) + 1})" if fact in stack.cannot else "yes"


def _reasons(notes: list[tuple[Stack, str]]) -> list[str]:
    return ["What a stack cannot do:", ""] + [
        f"{number}. {stack.name}: {stack.cannot[fact]}." for number, (stack, fact) in enumerate(notes, 1)
    ]


def write(root: Path) -> None:
    """Writes the page below the root of a checkout."""
    (root / "docs" / "interoperability.md").write_text(text(), encoding="utf-8", newline="\n")
