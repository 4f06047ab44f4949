"""What is reported of every alteration of a description that matters, and what it means for requests and answers."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.protocol import sample_wsdl
from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.drift.change import Change, Effect, worst
from yadirect_soap.protocol.drift.compare import compare
from yadirect_soap.protocol.wsdl import folder
from yadirect_soap.protocol.wsdl.description import Schema, Service

CASES = tomllib.loads(Path(__file__).with_name("drift.toml").read_text("utf-8"))["case"]


def _as_text(change: Change) -> str:
    subject = ": ".join(filter(None, [change.path, change.kind, change.text]))
    return f"{subject}; {change.requests.effect}, {change.responses.effect}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_an_alteration_is_reported(case: dict[str, Any]) -> None:
    """Each alteration is reported by its place, in words, with what it does to requests and to answers."""
    changes = compare(sample_wsdl.read(), sample_wsdl.read(sample_wsdl.altered(*case["change"])))
    assert [_as_text(change) for change in changes] == case["told"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_an_effect_has_its_words(case: dict[str, Any]) -> None:
    """Whatever breaks or adds says what that means, and what does neither says nothing."""
    for change in compare(sample_wsdl.read(), sample_wsdl.read(sample_wsdl.altered(*case["change"]))):
        for severity in (change.requests, change.responses):
            assert bool(severity.meaning) is (severity.effect is not Effect.NONE)


def test_the_same_is_no_change() -> None:
    """The bundled descriptions do not differ from themselves."""
    documents = folder.read(bundled_directory())
    assert compare(documents, documents) == []


def test_spelling_is_no_change() -> None:
    """Comments, prefixes, defaults spelt out and the order of types say nothing."""
    respelt = sample_wsdl.altered(
        ("tns", "own"),
        ("<wsdl:types>", "<!-- pets --><wsdl:types>"),
        ('name="Weight"', 'nillable="false" maxOccurs="1" name="Weight"'),
        ('schemaLocation="general.xsd"', 'schemaLocation="https://elsewhere.example/v5/general.xsd"'),
    )
    assert compare(sample_wsdl.read(), sample_wsdl.read(respelt)) == []


def test_an_operation_is_reported_by_its_types() -> None:
    """A change of a type names the operations that it reaches, each with its direction."""
    (change,) = compare(sample_wsdl.read(), sample_wsdl.read(sample_wsdl.altered(('"Toys"', '"Toys" nillable="true"'))))
    assert change.operations == ("pets.get",)
    assert change.document == "pets.wsdl"


@pytest.mark.parametrize(
    ("service", "schema", "expected"),
    [
        ("added", "kept", ["pets: document added: a service with add, get; additive, none"]),
        ("gone", "kept", ["pets: document removed: a service; breaking, none"]),
        ("kept", "added", ["extra: document added: a schema; none, none"]),
        ("kept", "gone", ["extra: document removed: a schema; none, none"]),
    ],
)
def test_documents_come_and_go(service: str, schema: str, expected: list[str]) -> None:
    """A service that is gone breaks its calls; a schema by itself changes nothing."""
    always = {name: document for name, document in sample_wsdl.read().items() if name == "general.xsd"}
    extra = {"extra.xsd": Schema("extra")}

    def documents(when: str) -> dict[str, Service | Schema]:
        documents_then = dict(sample_wsdl.read()) if service != when else dict(always)
        return documents_then | (extra if schema not in (when, "kept") else {})

    assert [_as_text(change) for change in compare(documents("added"), documents("gone"))] == expected


def test_the_worst_effect_counts() -> None:
    """Among changes the worst is reported, and none at all is none."""
    breaking = compare(
        sample_wsdl.read(),
        sample_wsdl.read(sample_wsdl.altered(("urn:add", "urn:put"), ("soap.example", "eu.example"))),
    )
    assert sorted(str(change.effect) for change in breaking) == ["additive", "breaking"]
    assert worst(breaking) is Effect.BREAKING
    assert worst([]) is Effect.NONE
