"""What help() and inspect show of services and operations while a program runs."""

import inspect
import pydoc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.client.servers import TOKEN
from yadirect_soap import Direct, types
from yadirect_soap.client.proxies import OperationProxy, ServiceProxy
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.reports import shapes

OPERATIONS = {operation.key: operation for service in bundled().values() for operation in service.operations.values()}


@pytest.fixture
def direct() -> Iterator[Direct]:
    """A Direct that sends nothing."""
    with Direct(TOKEN) as opened:
        yield opened


def _shown(value: object) -> str:
    """What help() prints of a value."""
    return pydoc.plain(pydoc.render_doc(value))


def test_help_shows_what_a_caller_needs(direct: Direct) -> None:
    """Names, types, limits, units, the page of the documentation and the result are shown."""
    text = _shown(direct.ads.update)
    for part in (
        "20 a call, 20 an object",
        "at most 1,000 objects a call",
        "https://yandex.ru/dev/direct/doc/en/ads/ads",
        "Ads: ads:AdUpdateItem (list, required)",
        "Title2: string (nillable)",
        "UpdateResults: general:ActionResult (list)",
    ):
        assert part in text


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_has_help_and_a_signature(operation: Operation, direct: Direct) -> None:
    """The docstring names each param; the signature has just the params, those without a default are required."""
    proxy = getattr(getattr(direct, operation.service), operation.name)
    document = inspect.getdoc(proxy) or ""
    parameters = dict(inspect.signature(proxy).parameters)
    split = parameters.pop("split", None)
    assert all(f"  {name}: " in document for name in operation.request.by_name)
    assert list(parameters) == list(operation.request.by_name)
    required = {name for name, parameter in parameters.items() if parameter.default is inspect.Parameter.empty}
    assert required == {member.name for member in operation.request.members if member.required}
    assert (split is None) == (operation.listed is None)


def test_a_signature_has_the_types_of_the_package(direct: Direct) -> None:
    """Annotations are the names of yadirect_soap.types, for what is sent and for what is returned."""
    signature = inspect.signature(direct.bids.get)
    assert signature.parameters["FieldNames"].annotation == "Sequence[bids.BidFieldEnum]"
    assert signature.return_annotation == "Page[bids.BidGetItem]"
    assert inspect.signature(direct.ads.delete).return_annotation == "ItemResults"
    assert inspect.signature(direct.changes.check).return_annotation == "OperationResult"
    shown = "(*, Page: general.LimitOffset = ..., SelectionCriteria: bids.BidsSelectionCriteria, FieldNames: "
    assert str(signature).startswith(f"{shown}Sequence[bids.BidFieldEnum]")
    __import__("yadirect_soap.types.bids")
    assert hasattr(types, "bids")


@pytest.mark.parametrize("name", bundled())
def test_help_of_a_service_lists_its_operations(name: str, direct: Direct) -> None:
    """Each operation is listed with its params, after the page of the documentation."""
    text = _shown(getattr(direct, name))
    assert all(f"    {key}(" in text for key in OPERATIONS if key.startswith(f"{name}."))
    assert name not in facts.bundled().pages or facts.bundled().page(name) in text


def test_classes_keep_their_own_help() -> None:
    """The classes themselves show what they are, and how they are constructed."""
    assert "called with params by name" in (inspect.getdoc(OperationProxy) or "")
    assert "whose operations are its attributes" in (inspect.getdoc(ServiceProxy) or "")
    assert list(inspect.signature(OperationProxy).parameters) == ["operation", "direct"]


def test_help_of_reports_names_the_members_of_a_definition(direct: Direct) -> None:
    """Reports, which have no WSDL, name all members of a definition in the docstring of get."""
    text = inspect.getdoc(direct.reports.get) or ""
    assert [member for member in shapes.definition().by_name if member not in text] == []


def test_help_is_made_when_it_is_read() -> None:
    """A program that shows no help does not import what makes it."""
    code = (
        "import sys; from yadirect_soap import Direct; Direct('token').ads.get; "
        "sys.exit('yadirect_soap.client.operation_help' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
