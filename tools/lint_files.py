"""The house rules that no linter has: `python -m tools.lint_files` prints each file that breaks one, and exits with 1.

Sizes of functions and modules, names with a subject, a docstring on top, one sentence a test, no module-level mutable
state, no text for people that is not translated, no directory of somebody's machine in any text.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from .untranslated import untranslated

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FUNCTION = 60
LONGEST_MODULE = 500
NAMES_WITHOUT_A_SUBJECT = frozenset({"base", "common", "helpers", "manager", "misc", "util", "utils"})
MUTABLE = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
MUTABLE_CALLS = frozenset({"Counter", "bytearray", "defaultdict", "deque", "dict", "list", "set"})
# A home directory or a workplace: right on one machine, wrong on every other.
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:home|root|Users|work|workspace)/\w|\b[A-Z]:\\Users\\")
TEXTS = frozenset({".json", ".md", ".py", ".toml", ".tsv", ".wsdl", ".xml", ".xsd", ".yaml", ".yml"})
FOLDERS = (".ci", "benchmarks", "docs", "tests", "tools", "wsdl", "yadirect_soap")
PACKAGE = ("yadirect_soap/", "tools/")
GENERATED = "yadirect_soap/types/"


def main() -> int:
    """Prints every violation; 1 where there is one."""
    violations = [f"{path}: {violation}" for path in files(ROOT) for violation in check(path, read(ROOT / path))]
    print("\n".join(violations) or "files: all rules kept")  # noqa: T201  a command's output
    return bool(violations)


def files(root: Path) -> list[str]:
    """The text files of a checkout, by their paths from its root."""
    inside = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
    return sorted(
        path.relative_to(root).as_posix()
        for path in (*inside, *root.iterdir())
        if path.is_file() and (path.suffix in TEXTS or path.name in {"Makefile", "run"})
    )


def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


def check(path: str, text: str) -> Iterator[str]:
    """What a file breaks, by its path from the root and its text."""
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line) and "MACHINE_PATH" not in line:
            yield f"line {number}: names a directory of a machine"
    if not path.endswith(".py"):
        return
    tree = ast.parse(text, filename=path)
    if not (ast.get_docstring(tree) or "").strip():
        yield "does not say in a docstring what lives in it"
    if path.startswith("tests/") and Path(path).name.startswith("test_"):
        yield from _tests_without_a_fact(tree)
    if path.startswith(PACKAGE):
        yield from _names_without_a_subject(path)
        if not path.startswith(GENERATED):
            yield from _sizes(tree, text)
            yield from module_state(tree)
            yield from untranslated(path, tree)


def module_state(tree: ast.Module) -> Iterator[str]:
    """Names of a module that are bound to something mutable, and functions that rebind a global."""
    for statement in tree.body:
        names, value = _assigned(statement)
        if _is_mutable(value):
            yield from (f"line {statement.lineno}: mutable state {name}" for name in names if name != "__all__")
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"


def _sizes(tree: ast.Module, text: str) -> Iterator[str]:
    for node in _functions(tree):
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION:
            yield f"line {node.lineno}: {node.name} has {lines} lines, at most {LONGEST_FUNCTION}"
    if (lines := len(text.splitlines())) > LONGEST_MODULE:
        yield f"has {lines} lines, at most {LONGEST_MODULE}"


def _names_without_a_subject(path: str) -> Iterator[str]:
    words = {word.strip("_") for word in Path(path).with_suffix("").parts}
    yield from (f"{word!r} is a name that fits anything" for word in sorted(words & NAMES_WITHOUT_A_SUBJECT))


def _tests_without_a_fact(tree: ast.Module) -> Iterator[str]:
    for node in _functions(tree):
        text = (ast.get_docstring(node) or "").strip()
        if node.name.startswith("test_") and (not text.endswith(".") or "\n\n" in text):
            yield f"line {node.lineno}: {node.name} does not state its fact in a docstring of one sentence"


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


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


if __name__ == "__main__":
    sys.exit(main())
