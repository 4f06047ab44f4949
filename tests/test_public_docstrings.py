"""The docstrings of the public names: arguments, results, errors and fields, as readers of the API pages need them."""

import ast
import dataclasses
import functools
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest

import yadirect_soap
from yadirect_soap import Settings, bulk, emulator, etl, gateway
from yadirect_soap.client.reports.service import Reports
from yadirect_soap.emulator import fault_injection

_PACKAGE = "yadirect_soap"
_ENTRY = re.compile(r"^    (\w+): \S", re.MULTILINE)


def _is_own(value: Any) -> bool:
    return str(getattr(value, "__module__", "")).partition(".")[0] == _PACKAGE


def _methods(cls: type) -> Iterator[tuple[str, Any]]:
    """The public methods that this package gives a class, as plain functions; those of Effect are described there."""
    for name in dir(cls):
        value = inspect.getattr_static(cls, name)
        function = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        is_public = name == "__call__" or not name.startswith("_")
        is_described_once = name in dir(fault_injection.Effect) and cls is not fault_injection.Effect
        if inspect.isfunction(function) and _is_own(function) and is_public and not is_described_once:
            yield name, function


def _fields(cls: type) -> tuple[str, ...]:
    """The fields of a record, each of which is an argument of its constructor."""
    if cls is Settings:  # docs/settings.md has a row for each
        return ()
    if issubclass(cls, tuple):
        return tuple(getattr(cls, "_fields", ()))
    if not dataclasses.is_dataclass(cls):
        return ()
    return tuple(field.name for field in dataclasses.fields(cls) if field.init and field.repr and field.name[0] != "_")


def _constructor_arguments(cls: type) -> list[str]:
    """Those of a constructor that the class itself has; the settings of Direct are in docs/settings.md."""
    is_record = hasattr(cls, "__dataclass_fields__") or getattr(cls, "_is_protocol", False)
    constructor = vars(cls).get("__init__")
    if not inspect.isfunction(constructor) or is_record:
        return []
    return [name for name in _parameters(constructor) if name not in Settings.table() or name == "token"]


def _attributes(cls: type) -> set[str]:
    """The public attributes that a class of ours gives its objects: in its body, by a property, or in a method."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(body, ast.ClassDef)
    written = {node.id for line in body.body for node in ast.walk(line) if isinstance(node, ast.Name)}
    names = written & vars(cls).keys()
    names |= {name for name, value in vars(cls).items() if isinstance(value, property)}
    for inner in ast.walk(body):
        if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store) and ast.unparse(inner.value) == "self":
            names.add(inner.attr)
    return {name for name in names if name.islower() and not name.startswith("_")}


MODULES = (yadirect_soap, bulk, emulator, etl, gateway, fault_injection)
PUBLIC = {
    f"{module.__name__.removeprefix(_PACKAGE)}.{name}".lstrip("."): getattr(module, name)
    for module in MODULES
    for name in module.__all__
} | {"Reports": Reports}
CLASSES = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}
CALLABLES = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)} | {
    f"{name}.{method}": function for name, cls in CLASSES.items() for method, function in _methods(cls)
}


def _section(doc: str, *titles: str) -> str:
    """The text under headings such as `Args:`; "" where there is none."""
    pattern = rf"^(?:{'|'.join(titles)}):\n((?:(?:    .*)?(?:\n|$))+)"
    return "".join(re.findall(pattern, doc, re.MULTILINE))


def _parameters(function: Any) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


def _returns(function: Any) -> bool:
    return inspect.signature(function).return_annotation not in (None, "None")


@functools.cache
def _raises(function: Any) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return any(isinstance(node, ast.Raise) for node in ast.walk(tree))


@pytest.mark.parametrize("function", CALLABLES.values(), ids=CALLABLES)
def test_a_callable_describes_its_arguments_result_and_errors(function: Any) -> None:
    """Args has each argument, Returns what comes back for them, and Raises what the body raises."""
    doc = inspect.getdoc(function) or ""
    described = _ENTRY.findall(_section(doc, "Args"))
    missing = [name for name in _parameters(function) if name not in described]
    if _parameters(function) and _returns(function) and not _section(doc, "Returns"):
        missing.append("Returns")
    if _raises(function) and not _section(doc, "Raises"):
        missing.append("Raises")
    assert missing == []


@pytest.mark.parametrize("function", CALLABLES.values(), ids=CALLABLES)
def test_a_docstring_describes_no_argument_that_is_none(function: Any) -> None:
    """What stands under Args is an argument."""
    described = _ENTRY.findall(_section(inspect.getdoc(function) or "", "Args"))
    assert [name for name in described if name not in _parameters(function)] == []


@pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES)
def test_a_class_describes_its_fields_and_arguments(cls: type) -> None:
    """Each field of a record and each argument of a constructor stands in the class, under Args or Attributes."""
    doc = inspect.getdoc(cls) or ""
    described = _ENTRY.findall(_section(doc, "Args", "Attributes"))
    arguments = _fields(cls) or _constructor_arguments(cls)
    assert [name for name in arguments if name not in described] == []


ERRORS = {name: cls for name, cls in CLASSES.items() if issubclass(cls, BaseException)}


@pytest.mark.parametrize("cls", ERRORS.values(), ids=ERRORS)
def test_an_error_describes_its_attributes(cls: type) -> None:
    """Each public attribute of an error stands under Attributes, in its class or in the one that it comes from."""
    own = [base for base in cls.__mro__ if _is_own(base)]
    described = {name for base in own for name in _ENTRY.findall(_section(inspect.getdoc(base) or "", "Attributes"))}
    assert _attributes(cls) - described == set()


def test_the_attributes_of_an_error_are_found() -> None:
    """The test above sees all that an error has, by whatever way it has it."""
    assert {"advice", "may_have_acted", "operation", "sent", "writes"} <= _attributes(yadirect_soap.DirectError)
    assert {"code", "detail", "units"} <= _attributes(yadirect_soap.ApiError)
