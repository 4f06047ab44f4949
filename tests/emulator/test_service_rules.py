"""The rules of services: one file a service, and generic verbs that know none of them."""

import ast
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.emulator.domain.resources import resources
from yadirect_soap.emulator.operations import crud, rules
from yadirect_soap.emulator.operations.call import OperationCall
from yadirect_soap.emulator.operations.crud.item_results import ItemError
from yadirect_soap.emulator.operations.services import SERVICES
from yadirect_soap.emulator.storage.store import Document

MODULES = sorted(Path(crud.__path__[0]).glob("*.py"))
SHARED_MODULES = [*MODULES, *sorted(Path(rules.__path__[0]).glob("*.py"))]


@pytest.mark.parametrize("module", SHARED_MODULES, ids=lambda module: f"{module.parent.name}/{module.name}")
def test_shared_modules_name_no_service(module: Path) -> None:
    """No text in a module of crud/ or rules/ is the name of a service."""
    tree = ast.parse(module.read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert texts.isdisjoint(resources())


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_generic_verb_imports_no_rule(module: Path) -> None:
    """The modules of crud/ import nothing of rules/ and services/."""
    tree = ast.parse(module.read_text("utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 2]
    assert [name for name in imported if name.partition(".")[0] in {"rules", "services"}] == []


def test_every_service_of_objects_has_its_rules() -> None:
    """SERVICES has an entry for each service of resources.toml, and for no other."""
    assert SERVICES.keys() == resources().keys()


SERVICE = "negativekeywordsharedsets"


def _refused(*_: Any) -> None:
    raise ItemError(5005, "By a rule of its own")


def _renamed(_call: OperationCall, document: Document, *_: Any) -> Document:
    return document | {"Name": "Renamed"}


def _warned(call: OperationCall, *_: Any) -> list[dict[str, Any]]:
    return [call.notification(10000)]


@pytest.mark.parametrize(
    ("hook", "errors", "warnings", "name"),
    [
        ({"validate": _refused}, [5005], [], None),
        ({"check_editable": _refused}, [5005], [], None),
        ({"derive": _renamed}, [], [], "Renamed"),
        ({"to_store": lambda _call, _item, after, _stored: after | {"Name": "Stored"}}, [], [], "Stored"),
        ({"warn": _warned}, [], [10000], "Set"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_rule_of_a_service_is_one_hook(
    hook: dict[str, Any], errors: list[int], warnings: list[int], name: str | None
) -> None:
    """A hook in the record of a service is all that an add needs to follow it."""
    services = {**SERVICES, SERVICE: replace(SERVICES[SERVICE], **hook)}
    handlers = {f"{SERVICE}.add": partial(crud.CRUD_VERBS["add"], services=services)}
    with Emulator(seed=False, handlers=handlers) as emulator:
        emulator.accounts.add(Account("anna", 1), token="anna-token")
        item = {"Name": "Set", "NegativeKeywords": ["free"]}
        results = EmulatorClient(emulator).write(SERVICE, "add", {"NegativeKeywordSharedSets": [item]})
        stored = [row.document["Name"] for row in emulator.store.rows(SERVICE, "anna")]
    assert (codes(results), codes(results, "Warnings")) == ([errors], [warnings])
    assert stored == ([] if name is None else [name])
