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
_BY_HAND = """
## Tried by hand

These stacks are not among the tests. On 2026-11-30 they called a gateway without a token, also for a client of an
agency by the address `/client/LOGIN/`, and the emulator where they can set a header. "All" is a day's work: pages of
campaigns, ads with nested fields, a Russian name, a campaign with a strategy, a value cleared, objects deleted, an
image, Changes, Dictionaries, and errors. [The guide](guides/xml-stacks.md) has the repairs. What the stacks sent is in
[test_recorded_stacks.py](../tests/gateway/test_recorded_stacks.py).

| stack | version | WSDLs of 29 | what it did |
| --- | --- | --- | --- |
| JAX-WS RI (Java 17), `wsimport` | 2.3.0 | 29 | all, without `-p` |
| strong-soap (npm) | 5.0.10 | 29 | all |
| soap4r (Ruby 3.1), from the WSDL | 2.0.5 | 29 | all, after one repair |
| NuSOAP (PHP 8.2) | 0.9.5 | 29, after two repairs | all, but it cannot clear a value |
| SOAP::WSDL (Perl), `wsdl2perl` | 3.004 | 29 | all, but it cannot clear a value or read the code of an error |
| osa (Python) | 0.2.3 | 29 | all, but it cannot clear a value or read an object that is nil |
| KDSoap (C++), `kdwsdl2cpp` | 1.9.1 | 29, 11 after a repair | campaigns read, changed, added, deleted; it has no nil |
| PySimpleSOAP (Python) | 1.16.2 | 29 | a change, an image; no `get`, because it writes no enumeration |
| wsdl-tsclient (npm) | 1.7.1 | 29, from files | writes classes for npm `soap`, which is tested above |
| mono, WCF with contracts written by hand | 6.8.0 | not read | campaigns read and changed, with the trap of nil |
| SOAP::Lite (Perl), `call("get")` | 1.27 | not read | campaigns read, by the name of the operation |
| lua-soap | 3.0 | not read | campaigns read, errors |
| PHP 8.2, `SoapClient` without the WSDL | 8.2 | not read | campaigns read; its arrays are refused |
| soap4r, `SOAP::RPC::Driver` | 2.0.5 | not read | Changes; its arrays are refused |
| Axis (Java), `Call` without the WSDL | 1.4 | not read | Changes; its references to objects are refused |

All schemas of `yadirect-soap contract xsd` compile, alone and together, in Xerces 2.12.2 (with full checking), .NET
Core 3.1.23 (`XmlSchemaSet`), mono 6.8.0, XMLBeans 4.0.0 and the Python package xmlschema 4.3.2. To each of the five
1,253 envelopes are valid: requests and answers of every operation, with every field of every `get`, and faults. The
schemas inside the 29 WSDLs compile in .NET and mono, too.
"""


def text() -> str:
    """The page."""
    notes = [(stack, fact) for stack in STACKS for fact in FACTS if fact in stack.cannot]
    return (
        _HEAD
        + "\n".join([*_origins(), "", *_facts(notes), "", *_reasons(notes)])
        + "\n"
        + _GATEWAY.format(loaders=_loaders())
        + _BY_HAND
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
