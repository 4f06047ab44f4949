"""Finds texts that people read and that no catalogue has: literals of several words that are not marked as messages.

A text is marked by `_` or `ngettext` of language.py, or belongs to the help of a command, which is collected without a
mark. In rooms that speak with people every text counts; elsewhere those of errors do. `tools.lint_files` reports them.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

OVER_THE_WIRE = tuple(
    f"yadirect_soap/emulator/{room}/"
    for room in ("call_log", "feeds", "http", "oauth", "operations", "pipeline", "recording", "reports")
)
"""Rooms that answer programs in the API's own words, which are English or Russian by the caller's header."""
ENGLISH = (
    *OVER_THE_WIRE,
    "yadirect_soap/types/",
    "yadirect_soap/testing.py",  # pytest shows its errors
    "yadirect_soap/emulator/admin/",  # pages in English, and answers to programs
    "yadirect_soap/gateway/connections.py",  # answers to what is no HTTP, before a language is known
)
SPOKEN = (
    "yadirect_soap/cli/",
    "yadirect_soap/auth/",
    "yadirect_soap/client/profiles.py",
    "yadirect_soap/emulator/domain/account_rules.py",
    "yadirect_soap/emulator/fault_injection/",
    "yadirect_soap/emulator/fixtures/",
    "yadirect_soap/emulator/user_files/",
    "yadirect_soap/etl/engines/",
    "yadirect_soap/gateway/access.py",
    "yadirect_soap/gateway/faults.py",
    "yadirect_soap/protocol/drift/",
    "yadirect_soap/protocol/operation_text.py",
)
"""Rooms all of whose texts are for people."""
MESSAGES = frozenset(
    {
        "AlreadyRunningError",
        "BudgetExceededError",
        "ConfigurationError",
        "DecodeError",
        "DecodeFailure",
        "EncodeError",
        "Fault",
    }
    | {"NotSentError", "ResponseLostError", "Violation", "note"}
)
"""Callables whose texts people read, in any room."""
_MARKED = frozenset({"_", "bilingual", "composed", "ngettext"})
_HELP = frozenset(
    {"CommandGroup", "GlobalOption", "Row", "argument", "operation", "option", "service", "version_option"}
)
_FOR_PROGRAMS = frozenset(
    {"Formatter", "TypeVar", "cast", "compile", "execute", "executemany"}
    | {"debug", "error", "exception", "info", "warning"}  # of a logger
    | {"AssertionError", "AttributeError", "TypeError"}  # of a programmer
)
_WORDS = re.compile(r"[A-Za-z]{2,}[^\sA-Za-z]*\s+[^\sA-Za-z]*[a-z]{2,}")
_FORMATS = ("\b\n", "\nCREATE", "<", '{"', "text/")
"""How examples of a help, SQL, XML, JSON and media types begin."""
EXEMPT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "yadirect_soap/cli/demo.py": frozenset({"An ad that is not there"}),  # the text of a callout
        "yadirect_soap/cli/doctor.py": frozenset({"no token"}),  # looked for in an English text
        "yadirect_soap/cli/report_options.py": frozenset({"not in"}),  # an operator
        "yadirect_soap/cli/sync.py": frozenset({"not known"}),  # a cell of a table that programs read too
        "yadirect_soap/emulator/fixtures/large_accounts.py": frozenset({"cedar shelf"}),  # a keyword
    }
)
"""Texts that are data, by the file that has them."""


def untranslated(path: str, tree: ast.Module) -> Iterator[str]:
    """The texts of a module that nobody could read in Russian, each with its line.

    Args:
        path: the path from the root of the checkout.
        tree: its syntax.
    """
    if not path.startswith("yadirect_soap/") or path.startswith(ENGLISH):
        return
    data = EXEMPT.get(path, frozenset()) | _marked(tree)
    for node in {*_texts(tree, is_read=path.startswith(SPOKEN)), *_values_of_messages(tree)}:
        text = _text(node)
        if _WORDS.search(text.replace("{}", "")) and not text.startswith(_FORMATS) and text not in data:
            yield f"line {node.lineno}: {text[:60]!r} is no message; write _({text[:20]!r}...)"
    yield from _english_errors(tree)


def _values_of_messages(tree: ast.Module) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The literals that a function assigns to a name and then gives to a message as a value."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _name(node) in _MARKED]
            names = {value.value.id for call in calls for value in call.keywords if isinstance(value.value, ast.Name)}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and names & {getattr(target, "id", "") for target in node.targets}:
                    yield from _texts(node.value, is_read=True)


def _english_errors(tree: ast.Module) -> Iterator[str]:
    """Errors of ours that say what another error says, and only in English."""
    for call in ast.walk(tree):
        if _name(call) not in MESSAGES or not isinstance(call, ast.Call):
            continue
        for argument in call.args[:1]:
            if _name(argument) == "str":
                yield f"line {argument.lineno}: {ast.unparse(argument)} keeps the English alone; write in_words(...)"


def _texts(node: ast.AST, *, is_read: bool) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The literals below a node that people read; `is_read` tells whether they read those of the node."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        if is_read and (isinstance(node, ast.JoinedStr) or isinstance(node.value, str)):
            yield node
        return
    for child in _children(node):
        yield from _texts(child, is_read=is_read or isinstance(node, ast.Raise) or _name(node) in MESSAGES)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What is inside a node, but for annotations, docstrings and what marked calls have."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if node.name != "__repr__":
            yield from (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body)
    elif isinstance(node, ast.AnnAssign):
        yield from filter(None, [node.value])
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    elif _name(node) not in _MARKED | _HELP | _FOR_PROGRAMS:
        yield from ast.iter_child_nodes(node)


def _name(node: ast.AST) -> str:
    """What a call calls, without what stands before the last dot."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """The text of a literal, each of its values as {}."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _marked(tree: ast.Module) -> frozenset[str]:
    """Texts that a module marks: elsewhere in it they are keys."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in _MARKED]
    return frozenset(_text(text) for call in calls for text in call.args if isinstance(text, ast.Constant))
