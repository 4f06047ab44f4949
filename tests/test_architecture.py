"""The limits of the house, read off the source text: length, names, docstrings, state.

Who may import whom is import-linter's work (pyproject.toml) and not repeated here.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 60
LONGEST_MODULE = 500
NAMES_WITHOUT_A_SUBJECT = frozenset({"base", "common", "helpers", "manager", "misc", "util", "utils"})
MUTABLE = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
MUTABLE_CALLS = frozenset({"Counter", "bytearray", "defaultdict", "deque", "dict", "list", "set"})
# A home directory or a workplace: right on one machine, wrong on every other.
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:home|root|Users|work|workspace)/\w|\b[A-Z]:\\Users\\")
TEXTS = frozenset({".json", ".md", ".py", ".toml", ".tsv", ".wsdl", ".xml", ".xsd", ".yaml", ".yml"})
FOLDERS = (".ci", "benchmarks", "docs", "tests", "tools", "wsdl", "yadirect_soap")


def _sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _texts() -> list[Path]:
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return sorted(
        path
        for path in (*inside, *ROOT.iterdir())
        if path.is_file() and (path.suffix in TEXTS or path.name in {"Makefile", "run"})
    )


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _assigned(node: ast.stmt) -> tuple[list[str], ast.expr | None]:
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)], node.value
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id], node.value
    return [], None


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return called in MUTABLE_CALLS
    return isinstance(value, MUTABLE)


def _state(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        names, value = _assigned(statement)
        if _is_mutable(value):
            yield from (f"line {statement.lineno}: {name}" for name in names if name != "__all__")
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"


ALL = _sources("yadirect_soap", "tests", "benchmarks", "tools")
PACKAGE = _sources("yadirect_soap", "tools")
WRITTEN = [path for path in PACKAGE if (ROOT / "yadirect_soap/types") not in path.parents]
TESTS = [path for path in _sources("tests") if path.name.startswith("test_")]


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    """No function is longer than 60 lines, not counting its decorators."""
    lengths = {f"{node.name} (line {node.lineno})": _length(node) for node in _functions(_tree(path))}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_no_module_is_longer_than_its_subject(path: Path) -> None:
    """No module is longer than 500 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", PACKAGE, ids=_name)
def test_every_module_is_named_after_its_subject(path: Path) -> None:
    """No module or package has a name that fits anything."""
    words = {word.strip("_") for word in (*path.relative_to(ROOT).parent.parts, path.stem)}
    assert words & NAMES_WITHOUT_A_SUBJECT == set()


@pytest.mark.parametrize("path", ALL, ids=_name)
def test_every_module_says_what_lives_in_it(path: Path) -> None:
    """Every module opens with a docstring."""
    assert (ast.get_docstring(_tree(path)) or "").strip()


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_every_test_states_its_fact(path: Path) -> None:
    """Every test has a docstring of one sentence."""
    tests = [node for node in _functions(_tree(path)) if node.name.startswith("test_")]
    docstrings = {node.name: (ast.get_docstring(node) or "").strip() for node in tests}
    assert [name for name, text in docstrings.items() if not text.endswith(".") or "\n\n" in text] == []


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_no_module_keeps_state(path: Path) -> None:
    """No module-level name is bound to a bare list, dict or set, and no function rebinds a global."""
    assert list(_state(_tree(path))) == []


@pytest.mark.parametrize("path", _texts(), ids=_name)
def test_no_text_knows_a_machine(path: Path) -> None:
    """No text of the project names a directory of the machine it was written on."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if MACHINE_PATH.search(line) and "MACHINE_PATH" not in line] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("NAMES = {}", ["line 1: NAMES"]),
        ("names: list[str] = []", ["line 1: names"]),
        ("cache = collections.defaultdict(list)", ["line 1: cache"]),
        ("def f():\n    global count\n    count = 1", ["line 2: global count"]),
        ("NAMES = MappingProxyType({'a': 1})", []),
        ("NAMES = frozenset({'a'})", []),
        ("__all__ = ['a']", []),
    ],
    ids=["dict", "annotated list", "constructed", "global", "mapping proxy", "frozenset", "__all__"],
)
def test_state_is_told_from_a_constant(source: str, found: list[str]) -> None:
    """The search for state finds mutable values and passes frozen ones."""
    assert list(_state(ast.parse(source))) == found
