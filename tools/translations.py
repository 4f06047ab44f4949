"""The catalogue of the terminal's Russian: collects what is to be translated, and compiles what was.

Three places have texts: calls of `_` and `ngettext` in the source, the help of the commands, and click itself.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import NamedTuple

import click
from polib import POEntry, POFile, pofile

from yadirect_soap.cli.command_types import Argument, CommandGroup
from yadirect_soap.cli.commands import PROGRAM, command_line

CATALOGUE = Path("yadirect_soap", "locale", "ru", "LC_MESSAGES", "yadirect_soap.po")
HELP = "help"
CLICK = "click"
_FORMS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
_METADATA = (
    ("Project-Id-Version", "yadirect-soap"),
    ("Language", "ru"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", _FORMS),
)
_TEXTS: Mapping[str, int] = MappingProxyType({"_": 1, "ngettext": 2})
"""The functions that mark texts, and how many they take."""
_OF_CLICK = (
    ("Usage:", ""),
    ("required", ""),
    ("Missing argument", ""),
    ("Missing option", ""),
    ("Missing command.", ""),
    ("No such option {name!r}.", ""),
    ("No such option: {name}", ""),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Invalid value: {message}", ""),
    ("Invalid value for {param_hint}: {message}", ""),
    ("Option {name!r} does not take a value.", ""),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""The texts of click that our commands show, those of all releases that we allow."""


class Template(NamedTuple):
    """What is translated.

    Attributes:
        singular: the English text.
        plural: that for several things, "" where nothing is counted.
        place: the module that has it, "help" or "click".
    """

    singular: str
    plural: str
    place: str


def write(root: Path) -> None:
    """Writes the catalogue with every text of now, translated where it was, and compiles it."""
    path = root / CATALOGUE
    catalogue = merged(templates(root), pofile(str(path)) if path.exists() else POFile())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(catalogue), encoding="utf-8", newline="\n")
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def merged(collected: Iterator[Template], earlier: POFile) -> POFile:
    """A catalogue of the collected texts, with the translations of an earlier one."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in earlier}
    catalogue = POFile(wrapwidth=110)
    catalogue.metadata = dict(_METADATA)
    added: dict[tuple[str, str], POEntry] = {}
    for template in collected:
        key = template.singular, template.plural
        if key not in added:
            before = known.get(key) or POEntry()
            added[key] = POEntry(
                msgid=template.singular,
                msgstr=before.msgstr,
                msgid_plural=template.plural,
                msgstr_plural=before.msgstr_plural or ({0: "", 1: "", 2: ""} if template.plural else {}),
                comment=before.comment,
                flags=before.flags,
            )
            catalogue.append(added[key])
        if (template.place, "") not in added[key].occurrences:
            added[key].occurrences.append((template.place, ""))
    return catalogue


def templates(root: Path) -> Iterator[Template]:
    """Every text that is translated, in the order of the places."""
    yield from (Template(text, "", HELP) for text in _of_group(command_line(), None))
    for file in sorted((root / "yadirect_soap").rglob("*.py")):
        place, source = file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")
        if "language import" in source or file.name == "language.py":
            yield from (Template(*texts, place) for texts in marked(source, place))
    yield from (Template(*texts, CLICK) for texts in _OF_CLICK)


def marked(source: str, place: str) -> Iterator[tuple[str, str]]:
    """The texts that a module marks: (singular, plural) of its calls of `_` and `ngettext`.

    Raises:
        ValueError: a text is no literal, so that nobody could translate it.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and (count := _TEXTS.get(node.func.id, 0)):
            texts = [getattr(argument, "value", None) for argument in node.args[:count]]
            if not all(isinstance(text, str) for text in texts):
                raise ValueError(f"{place}, line {node.lineno}: found an expression, expected a literal text")
            yield str(texts[0]), str(texts[1]) if count > 1 else ""


def placeholders(text: str) -> set[str]:
    """The names of values in a text, without how they are shown; none where it is no template."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return set()


def commands(text: str) -> list[str]:
    """The lines of an epilog that are commands, without their remarks."""
    return [
        line.partition("  #")[0].strip() for line in text.splitlines() if re.match(rf"  +({PROGRAM}|xmllint) ", line)
    ]


def _of_group(group: CommandGroup, above: click.Context | None) -> Iterator[str]:
    """The help of a group and of all its commands."""
    context = click.Context(group, above, group.name)
    yield from _of_command(group, context, with_epilog=above is not None)
    for name, row in group.rows.items():
        command = group.get_command(context, name)
        if row.help:
            yield row.help
        if isinstance(command, CommandGroup):
            yield from _of_group(command, context)
        elif command is not None:
            yield from _of_command(command, click.Context(command, context, name))


def _of_command(command: click.Command, context: click.Context, *, with_epilog: bool = True) -> Iterator[str]:
    yield command.help or ""
    for parameter in command.get_params(context):
        help = parameter.about if isinstance(parameter, Argument) else getattr(parameter, "help", None)
        if help:
            yield help
    if with_epilog and command.epilog:
        yield command.epilog
