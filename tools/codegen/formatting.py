"""Lines of Python as ruff lays them out: docstrings and Literals, on one line where they fit."""

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 120


def docstring(sentences: Iterable[str], indent: str) -> str:
    """A docstring: the first sentence, then the rest, each from a line of its own."""
    first, *other_sentences = sentences
    opening = _wrapped(f'"""{first}', indent)
    if not other_sentences and len(opening) == 1:
        return f'{opening[0]}"""\n'
    lines = [line for sentence in other_sentences for line in _wrapped(sentence, indent)]
    return "\n".join([*opening, *([""] if other_sentences else []), *lines, f'{indent}"""\n'])


def literal(prefix: str, values: Sequence[str]) -> str:
    """A Literal of strings after a prefix."""
    quoted = [f'"{value}"' for value in values]
    line = f"{prefix}Literal[{', '.join(quoted)}]\n"
    if len(line) <= WIDTH:
        return line
    return f"{prefix}Literal[\n" + "".join(f"    {value},\n" for value in quoted) + "]\n"


def from_import(origin: str, names: Iterable[str]) -> str:
    """An import of names, in ruff's order; "" for none."""
    ordered = sorted(names, key=lambda name: (name.islower(), name))
    if not ordered:
        return ""
    line = f"from {origin} import {', '.join(ordered)}\n"
    if len(line) <= WIDTH:
        return line
    return f"from {origin} import (\n" + "".join(f"    {name},\n" for name in ordered) + ")\n"


def _wrapped(sentence: str, indent: str) -> list[str]:
    # An address is not broken, however long it is.
    return textwrap.wrap(
        sentence,
        WIDTH - len('"""'),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
