"""The rules of services: one file a service, and generic verbs that know none of them."""

import ast
from pathlib import Path

import pytest

from yadirect_soap.emulator.domain.resources import resources
from yadirect_soap.emulator.operations import crud
from yadirect_soap.emulator.operations.services import SERVICES

MODULES = sorted(Path(crud.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_generic_verb_names_no_service(module: Path) -> None:
    """No text in a module of crud/ is the name of a service."""
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
