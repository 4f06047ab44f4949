"""The base of all commands: a command, a group that imports its commands when they run, arguments and options."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, joined, spoken

from . import global_options
from .log_output import logging_with

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Decorated = TypeVar("Decorated", bound="Callable[..., Any] | click.Command")

_ARGUMENTS, _OPTIONS = _("Arguments"), _("Options")
_HELP = "help"
"""`yadirect-soap help call` is `yadirect-soap call --help`."""


class Row(NamedTuple):
    """A command in the table of its group, so that the help of the group needs no import of the command."""

    help: str
    """The line of the command in the help of the group."""
    target: str
    """The function of the command as `module:name`; the module is in this folder."""


class Argument(click.Argument):
    """A positional parameter with a text in the help of its command."""

    section = _ARGUMENTS

    def __init__(self, names: Sequence[str], *, about: str, **attributes: Any) -> None:
        super().__init__(names, **attributes)
        self.about = about

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Returns its line in the help."""
        return self.make_metavar(ctx).strip("[]"), spoken(self.about)


class Option(global_options.NonEmptyOption):
    """An option with a heading in the help of its command."""

    def __init__(self, names: Sequence[str], *, section: str = _OPTIONS, **attributes: Any) -> None:
        super().__init__(names, **attributes)
        self.section = section


def argument(name: str, *, help: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Decorates a function with a positional parameter."""
    return click.argument(name, cls=Argument, about=help, **attributes)


def option(*names: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Decorates a function with an option.

    Args:
        names: the names of the option, as in click.option.
        attributes: those of click.Option, and `section`, its heading in the help.  A shell completes names of files
            if the metavar is FILE, and names of folders if it is DIR.
    """
    completed = {"FILE": click.Path(), "DIR": click.Path(file_okay=False)}.get(attributes.get("metavar", ""))
    if completed is not None:
        attributes = {"type": completed, **attributes}
    return click.option(*names, cls=Option, **attributes)


def format_option(function: Decorated) -> Decorated:
    """Decorates a function with the option --output, which is text or JSON; its parameter is `format`."""
    return option(
        "--output",
        "--format",
        "format",
        type=click.Choice(["text", "json"]),
        default="text",
        help="the format of the output (default: text)",
    )(function)


class _Parameters(click.Command):
    """The common base of commands and groups: global options, and help in sections."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Returns its own parameters, --help, and the global options."""
        return [*super().get_params(ctx), *global_options.OPTIONS]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Returns the option --help, with a translated text."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = spoken(_("show this help"))
        return help_option

    @property
    def help(self) -> str | None:
        """The help text, in the language of the terminal."""
        return spoken(unwrapped(self._help or ""))

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text

    @property
    def epilog(self) -> str | None:
        """The text below the options, in the language of the terminal."""
        return spoken(self._epilog or "")

    @epilog.setter
    def epilog(self, text: str | None) -> None:
        self._epilog = text

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes a section for the arguments, one for each heading of options, one for the global options."""
        sections: dict[str, list[tuple[str, str]]] = {_ARGUMENTS: [], _OPTIONS: []}
        for parameter in self.get_params(ctx):
            if (record := parameter.get_help_record(ctx)) is not None:
                sections.setdefault(getattr(parameter, "section", _OPTIONS), []).append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(spoken(heading)):
                    formatter.write_dl(records)


class Command(_Parameters):
    """A command; its function returns the exit code, or None for 0."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command, with logging as the global options set it."""
        with logging_with(global_options.current()):
            return super().invoke(ctx)


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Decorates a function to make it a command; its docstring is the help."""
    return click.command(name, cls=Command, **attributes)


class CommandGroup(_Parameters, click.Group):
    """A group of commands from a table; a command is imported when it runs, or when its own help is shown."""

    def __init__(self, name: str, rows: Mapping[str, Row], *, default: str | None = None, **attributes: Any) -> None:
        """Creates a group.

        Args:
            name: the name of the group.
            rows: its commands, in the order of the help.
            default: the command that runs if the arguments name none.
            attributes: those of click.Group.
        """
        super().__init__(name, **attributes)
        self.rows = rows
        self.default = default

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Returns the names, in the order of the table."""
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports and returns a command; None if the table has none of this name."""
        row = self.rows.get(cmd_name)
        if row is None:
            return None
        module, _, name = row.target.partition(":")
        loaded: click.Command = getattr(import_module(f".{module}", __package__), name)
        return loaded

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands, then the options."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes a line for each command, from the table only."""
        with formatter.section(spoken(_("Commands"))):
            formatter.write_dl([(name, spoken(row.help)) for name, row in self.rows.items() if row.help])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses the arguments; options of a command may also be before its name."""
        return super().parse_args(ctx, self._command_first(ctx, args))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Returns the command that the arguments name; an error for an unknown name suggests the nearest one."""
        if args[0] not in self.rows and not ctx.resilient_parsing:
            near = get_close_matches(args[0], self.rows, 1)
            hint = (
                _("did you mean {name!r}?", name=near[0])
                if near
                else _("there are {names}", names=", ".join(self.rows))
            )
            problem = _("no command {name!r}", name=one_line(args[0], 100))
            raise click.UsageError(spoken(joined("; ", [problem, hint])), ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Returns the completions: names of commands, those of the default command's first argument, and options."""
        from click.shell_completion import CompletionItem

        rows = self.rows.items()
        items = [CompletionItem(name, help=spoken(row.help)) for name, row in rows if name.startswith(incomplete)]
        if self.default is not None and (command := self.get_command(ctx, self.default)) is not None:
            with command.make_context(self.default, [], parent=ctx, resilient_parsing=True) as within:
                arguments = (parameter for parameter in command.get_params(within) if isinstance(parameter, Argument))
                items += next(arguments).shell_complete(within, incomplete)
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def _command_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Moves the name of the command in front of its options; without a name, adds the default command."""
        if args[:1] == [_HELP] and _HELP not in self.rows:
            return [*args[1:], "--help"]
        own = list(_names(self.get_params(ctx)))
        for index, name in enumerate(args):
            if _are_options(args[:index], own):
                if name in self.rows:
                    return args
                continue
            if name in self.rows and (command := self.get_command(ctx, name)) is not None:
                options = [*own, *_names(command.get_params(ctx))]
                if _are_options(args[:index], options):
                    return [name, *args[:index], *args[index + 1 :]]
        is_help = bool(args) and args[0] in ctx.help_option_names
        if self.default is None or is_help or (ctx.resilient_parsing and not args):
            return args
        return [self.default, *args]


def unwrapped(text: str) -> str:
    """Returns the paragraphs of a docstring, each in one line, as in the catalogue of messages."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(part if "\b" in part else " ".join(part.split()) for part in paragraphs)


def _names(parameters: Iterable[click.Parameter]) -> Iterator[tuple[str, bool]]:
    """Yields the names of options, each with whether it takes a value."""
    for parameter in parameters:
        if isinstance(parameter, click.Option):
            takes_value = not (parameter.is_flag or parameter.count)
            yield from ((name, takes_value) for name in (*parameter.opts, *parameter.secondary_opts))


def _are_options(words: Sequence[str], flags: Iterable[tuple[str, bool]]) -> bool:
    """Whether words are only known options and their values, and no value is missing."""
    takes_value = dict(flags)
    remaining = list(words)
    while remaining:
        word, *remaining = remaining
        is_long = word.startswith("--")
        name, equals, _ = word.partition("=") if is_long else (word[:2], word[2:], "")
        if not word.startswith("-") or name not in takes_value:
            return False
        if takes_value[name] and not equals:
            if not remaining:
                return False
            remaining = remaining[1:]
    return True
