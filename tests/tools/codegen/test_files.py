"""The generated files are those that the contract and the facts give, and say nothing else than they do."""

import importlib
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.codegen import files
from tools.codegen.type_usage import Use, uses_of
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind
from yadirect_soap.types import Amount

ROOT = Path(__file__).resolve().parents[3]
TEXTS = files.texts(bundled(), facts.bundled())
AMOUNT = frozenset(typing.get_args(Amount))
MODULES = uses_of(bundled())


def _generated(module: str, kind: Kind) -> Iterator[tuple[str, Use, Any]]:
    """The types of a kind in a module: their names, what the contract says and what was generated."""
    types = importlib.import_module(f"yadirect_soap.types.{module}")
    return ((name, use, getattr(types, name)) for name, use in MODULES[module].items() if use.shape.kind is kind)


def _leaves(hint: Any) -> set[Any]:
    """What a union or a list is made of, to the last."""
    parts = typing.get_args(hint)
    return {leaf for part in parts for leaf in _leaves(part)} if parts else {hint}


@pytest.mark.parametrize("path", sorted(TEXTS))
def test_a_file_is_what_the_contract_gives(path: str) -> None:
    """Generating again gives the file that ships, byte for byte."""
    assert (ROOT / path).read_bytes() == TEXTS[path].encode()


def test_no_module_is_left_over() -> None:
    """Every module of types is generated, apart from the room's own docstring."""
    modules = {f"{files.TYPES}/{path.name}" for path in (ROOT / files.TYPES).glob("*.py")}
    assert modules == {path for path in TEXTS if path.startswith(files.TYPES)} | {f"{files.TYPES}/__init__.py"}


def test_writing_takes_left_over_modules_away(tmp_path: Path) -> None:
    """A module of a service that is no longer in the contract goes; what is written by hand stays."""
    types = tmp_path / files.TYPES
    types.mkdir(parents=True)
    (tmp_path / "yadirect_soap/client").mkdir()
    for name in ("gone.py", "__init__.py"):
        (types / name).write_text('"""By hand."""\n')
    files.write(TEXTS, tmp_path)
    assert not (types / "gone.py").exists()
    assert (types / "__init__.py").read_text() == '"""By hand."""\n'
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in TEXTS} == TEXTS


@pytest.mark.parametrize("module", MODULES)
def test_a_literal_has_the_values_of_its_enumeration(module: str) -> None:
    """Enumerations are whole, in the order of the contract."""
    for _, use, literal in _generated(module, Kind.ENUM):
        assert typing.get_args(literal) == use.shape.values


@pytest.mark.parametrize("module", MODULES)
def test_a_typed_dict_has_the_members_of_its_type(module: str) -> None:
    """Members are those of the contract, required as sending asks, with None where it allows nil."""
    for name, use, typed_dict in _generated(module, Kind.OBJECT):
        hints = typing.get_type_hints(typed_dict)
        members = use.shape.members
        assert list(hints) == [member.name for member in members], name
        assert typed_dict.__required_keys__ == {member.name for member in members if member.required or not use.sent}, (
            name
        )
        nillable = {own for own, hint in hints.items() if type(None) in typing.get_args(hint)}
        assert nillable == {member.name for member in members if member.nillable}, name


@pytest.mark.parametrize("module", MODULES)
def test_money_is_an_amount(module: str) -> None:
    """The members that the facts call money are amounts, and no others."""
    for name, use, typed_dict in _generated(module, Kind.OBJECT):
        hints = typing.get_type_hints(typed_dict)
        amounts = {own for own, hint in hints.items() if _leaves(hint) - {type(None)} == AMOUNT}
        sent_decimals = {member.name for member in use.shape.members if member.shape.kind is Kind.DECIMAL}
        money_names = {
            member.name for member in use.shape.members if member.name in facts.bundled().money_members(member.owner)
        }
        assert amounts - sent_decimals == money_names, name


def test_nothing_of_it_is_imported() -> None:
    """A call in a fresh process imports none of the types."""
    code = (
        "import sys; from yadirect_soap import Direct; Direct('token').ads.get; "
        "sys.exit(any(name.startswith('yadirect_soap.types') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
