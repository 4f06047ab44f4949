"""docs/interoperability.md, made from the tables of the interoperability tests; `make generate` writes it."""

from pathlib import Path

from tests.interop.script import FACTS
from tests.interop.stack_table import STACKS, Stack

_HEAD = """# Interoperability

SOAP stacks and JSON clients of other projects work with the emulator, without changes. Each program under
[tests/interop/stacks](../tests/interop/stacks) does the same steps with the campaigns of a demo account: get, add,
update, clear a value with nil, delete, refused requests, and pages by `LimitedBy`. Its output, and the objects that the
emulator then has, are compared with those of our own client.

`make interop-tools` installs the stacks that the machine can have. `make test` runs those that are installed and skips
the others, with a reason. `make generate` writes this page, and a test compares it.

"""
_GATEWAY = """
## Through the gateway

The same programs of SOAP stacks run against a [gateway](guides/gateway.md) before the emulator, in
[test_gateway.py](../tests/interop/test_gateway.py). The gateway alone has the API's token; what the programs send as a
token is the secret of its callers. Every row above holds there too, with the same exceptions.

{loaders} load all 29 WSDLs with their schemas, from the gateway and from saved files. Without any
header, plain zeep and suds read and write through the gateway what our client does.
"""


def text() -> str:
    """The page."""
    notes = [(stack, fact) for stack in STACKS for fact in FACTS if fact in stack.cannot]
    return (
        _HEAD
        + "\n".join([*_origins(), "", *_facts(notes), "", *_reasons(notes)])
        + "\n"
        + _GATEWAY.format(loaders=_loaders())
    )


def _loaders() -> str:
    *others, last = (stack.name for stack in STACKS if stack.loader)
    return f"{', '.join(others)} and {last}"


def _origins() -> list[str]:
    rows = [f"| {stack.name} | {stack.origin} | {stack.wsdl_source} | {_program(stack)} |" for stack in STACKS]
    return ["| stack | origin | what it gets | program |", "| --- | --- | --- | --- |", *rows]


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
