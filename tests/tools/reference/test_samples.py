"""The calls that the pages show: they fit the contract, run as they stand, and are what the wires send."""

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tools.reference import calls, samples
from tools.reference.notes import notes
from yadirect_soap import ApiError, Direct, InvalidRequestError
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.facts import bundled as bundled_facts
from yadirect_soap.protocol.model import Operation, Shape
from yadirect_soap.protocol.validation import check
from yadirect_soap.protocol.wires import WIRES

OPERATIONS = [operation for service in bundled().values() for operation in service.operations.values()]
SAMPLES = samples.bundled()


@pytest.fixture(scope="module")
def direct() -> Iterator[Direct]:
    """A Direct of the demo agency, for all the calls."""
    with Emulator() as emulator:
        yield Direct(
            "demo-agency-token",
            client_login="demo-client-rub",
            endpoint=emulator.endpoint,
            session=emulator.session(),
        )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_a_sample_fits_the_contract(operation: Operation) -> None:
    """What a page shows is what the check lets through, and something."""
    params = SAMPLES.params(operation)
    assert check(params, operation.request) == []
    assert params


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_the_python_of_a_page_runs(operation: Operation, direct: Direct) -> None:
    """Pasted behind a `direct`, it sends the sample; what the API may say is that an object is not there."""
    source = calls.as_python(operation, SAMPLES.params(operation))
    try:
        eval(source, {"direct": direct})  # noqa: S307  the project's own documentation
    except InvalidRequestError as error:
        pytest.fail(f"{source}\n{error}")
    except ApiError:
        pass  # the object, the right or the service is missing, and the request as such is right


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
@pytest.mark.parametrize(("wire", "page"), [("soap", calls.as_soap), ("json", calls.as_json)], ids=["soap", "json"])
def test_a_shown_request_says_the_sample(
    wire: str, page: Callable[[Operation, Mapping[str, Any]], str], operation: Operation
) -> None:
    """Read by the emulator's end, the indented body is the params that the Python passes."""
    params = SAMPLES.params(operation)
    _, _, body = page(operation, params).partition("\n\n")
    assert WIRES[wire].decode_request(bundled().service(operation.service), body.encode()) == (operation, params)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_the_type_of_a_page_is_there(operation: Operation) -> None:
    """A page names the type of its params as it can be imported."""
    type_note = dict(notes(operation, bundled_facts()))["Type"]
    module, _, name = type_note.split("`")[1].rpartition(".")
    assert hasattr(importlib.import_module(module), name)


def test_the_token_of_a_request_is_a_placeholder() -> None:
    """A page shows where the token goes, and no header that is the HTTP library's own."""
    head, _, _ = calls.as_soap(OPERATIONS[0], SAMPLES.params(OPERATIONS[0])).partition("\n\n")
    names = [line.partition(":")[0] for line in head.splitlines()[1:]]
    assert names == ["Host", "Authorization", "Content-Type", "SOAPAction"]
    assert "Authorization: Bearer TOKEN" in head


def test_the_tables_name_what_there_is() -> None:
    """samples.toml holds no name that the contract has lost."""
    types: dict[str, Shape] = {}
    for operation in OPERATIONS:
        types[operation.key] = operation.request
        _collect(operation.request, types)
    members = {member.name for shape in types.values() for member in shape.members}
    qualified = {f"{name}.{member.name}" for name, shape in types.items() for member in shape.members}
    assert set(SAMPLES.values) - members - qualified == set()
    assert set(SAMPLES.shown) - types.keys() == set()
    assert [
        f"{name}: {member}"
        for name, shown_members in SAMPLES.shown.items()
        for member in set(shown_members) - types[name].by_name.keys()
    ] == []


def test_a_long_call_is_broken_into_lines() -> None:
    """No line of the Python is wider than a page shows, and amounts are spelt in groups."""
    sources = [calls.as_python(operation, SAMPLES.params(operation)) for operation in OPERATIONS]
    assert max(len(line) for source in sources for line in source.splitlines()) <= 88
    assert any(re.search(r'"Amount": 750_000_000', source) for source in sources)


def _collect(shape: Shape, types: dict[str, Shape]) -> None:
    for member in shape.members:
        if member.shape.name not in types:
            types[member.shape.name] = member.shape
            _collect(member.shape, types)
