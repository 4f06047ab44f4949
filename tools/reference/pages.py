"""The texts of docs/reference/: a page for each operation, an index for each service, and one of all."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.model import Operation, Service

from . import calls, error_codes, limits, python_api, samples
from .notes import cost, limit, notes
from .tree import params_tree, result_tree

Page = tuple[str, str]
"""A file's name under docs/reference/, and its text."""


def pages(contract: Contract, facts: Facts) -> Iterator[Page]:
    """Every page, and how the navigation is to order them."""
    services = sorted(contract.values(), key=lambda service: service.name)
    yield "index.md", _index(services)
    services_nav = [f"{service.title}: {service.name}" for service in services]
    yield ".nav.yml", _nav(["index.md", "Python: python", "Error codes: codes.md", "Limits: limits.md", *services_nav])
    yield from python_api.pages()
    yield "codes.md", error_codes.page()
    yield "limits.md", limits.page(contract, facts)
    yield "changelog.md", _changelog()
    for service in services:
        operations = service.operations.values()
        yield f"{service.name}/index.md", _service_page(service, facts)
        named = (f"{operation.name}: {operation.name}.md" for operation in operations)
        yield f"{service.name}/.nav.yml", _nav(["index.md", *named])
        for operation in operations:
            yield f"{service.name}/{operation.name}.md", _operation_page(operation, facts)


def _index(services: list[Service]) -> str:
    count = sum(len(service.operations) for service in services)
    entries = (f"[{service.title}]({service.name}/index.md)\n:   {_links(service)}\n" for service in services)
    return "\n".join(
        [
            "# Reference",
            "",
            f"{len(services)} services and their {count} operations, as in the WSDLs, with the facts that the API's",
            "documentation adds: limits, units, money. `yadirect-soap contract SERVICE OPERATION` shows the same in",
            "a terminal. [Reports](../guides/reports.md) have no WSDL. The classes and functions of the package:",
            "[Python](python/direct.md).",
            "",
            *entries,
            _LEGEND,
        ]
    )


def _changelog() -> str:
    """The changelog of the package, whose links lead to pages of the site."""
    text = (Path(__file__).resolve().parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    return text.replace("](docs/", "](../")


@cache
def _russian_names() -> Mapping[str, str]:
    file = Path(__file__).with_name("russian_names.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _service_page(service: Service, facts: Facts) -> str:
    rows = (
        f"| [{operation.name}]({operation.name}.md) | {limit(operation.key, facts)} | {cost(operation.key, facts)} |"
        for operation in service.operations.values()
    )
    source = f"[The API's documentation]({facts.page(service.name)})." if service.name in facts.pages else ""
    return "\n".join(
        [
            f"# {service.title}: {_russian_names()[service.name]}",
            "",
            f"`direct.{service.name}` in Python. {source}",
            "",
            "| operation | objects per call, at most | units |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _operation_page(operation: Operation, facts: Facts) -> str:
    params = samples.bundled().params(operation)
    parts = [
        f"---\ntitle: {operation.key}\n---",
        f"# {operation.key}",
        *_refusal(operation, facts),
        *(f"{term}\n:   {text}" for term, text in notes(operation, facts)),
        "## The call",
        _tab("Python", "python", calls.as_python(operation, params)),
        _tab("SOAP", "http", calls.as_soap(operation, params)),
        _tab("JSON", "http", calls.as_json(operation, params)),
        "## Params",
        params_tree(operation, facts),
        "## Result",
        result_tree(operation, facts),
        "[What the marks mean](../index.md#marks).",
    ]
    return "\n\n".join(parts) + "\n"


def _refusal(operation: Operation, facts: Facts) -> Iterator[str]:
    if withdrawn := facts.withdrawn(operation.key):
        yield f'!!! warning "Refused with error {withdrawn.code}"\n\n    {withdrawn.why[0].upper()}{withdrawn.why[1:]}.'


def _links(service: Service) -> str:
    return ", ".join(f"[{name}]({service.name}/{name}.md)" for name in service.operations)


def _tab(title: str, language: str, text: str) -> str:
    lines = [f"```{language}", *text.splitlines(), "```"]
    return "\n".join([f'=== "{title}"', "", *(f"    {line}" if line else "" for line in lines)])


def _nav(entries: list[str]) -> str:
    return "\n".join(["nav:", *(f"  - {entry}" for entry in entries), ""])


_LEGEND = """\
## Marks

required
:   Params without it are refused before they are sent. Results have no such mark: request the fields that you need.

nillable
:   May be `None`. In params this clears the value; in a result it means that there is no value. A name that is
    left out does not change the value.

A type such as `AdUpdateItem`
:   The `TypedDict` with this name in `yadirect_soap.types.ads`. At run time it is a plain dict.

money
:   Micros, millionths of the currency unit, as `int`; with `Direct(..., money="decimal")` currency units as `Decimal`
    ([money](../guides/money.md)).

millionths
:   A ratio or a percentage, also in millionths. It is never converted.

at most
:   The maximum number of values in the list; more is error 4001.

long, int, decimal, bytes
:   `int` of 64 or 32 bits, `Decimal`, `bytes` (base64 on both wires). A float is refused.
"""
