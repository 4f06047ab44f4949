"""The classes of commands: a command and a group that load when they run, and parameters with their help."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, joined, spoken

from . import global_options
from .log_output import logging_by

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Decorated = TypeVar("Decorated", bound="Callable[..., Any] | click.Command")

_ARGUMENTS, _OPTIONS = _("Arguments"), _("Options")
_HELP = "help"
"""`yadirect-soap help call` is `yadirect-soap call --help`."""


class Row(NamedTuple):
    """A command in the table of its group, which shows it without an import of it."""

    help: str
    """Its one line in the help of the group."""
    target: str
    """Where it is: `module:name`, the module being one of this room."""


class Argument(click.Argument):
    """A positional parameter that the help of its command explains."""

    section = _ARGUMENTS

    def __init__(self, names: Sequence[str], *, about: str, **attributes: Any) -> None:
        super().__init__(names, **attributes)
        self.about = about

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Its line in the help."""
        return self.make_metavar(ctx).strip("[]"), spoken(self.about)


class Option(global_options.FilledOption):
    """An option under a heading of its own in the help of its command."""

    def __init__(self, names: Sequence[str], *, section: str = _OPTIONS, **attributes: Any) -> None:
        super().__init__(names, **attributes)
        self.section = section


def argument(name: str, *, help: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Decorates a function with a positional parameter."""
    return click.argument(name, cls=Argument, about=help, **attributes)


def option(*names: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Decorates a function with an option.

    Args:
        names: as click takes them.
        attributes: those of click.Option, and `section`, its heading in the help.  A shell completes names of files
            where the metavar is FILE, of folders where it is DIR.
    """
    completed = {"FILE": click.Path(), "DIR": click.Path(file_okay=False)}.get(attributes.get("metavar", ""))
    if completed is not None:
        attributes = {"type": completed, **attributes}
    return click.option(*names, cls=Option, **attributes)


def form_option(function: Decorated) -> Decorated:
    """Decorates a function with `form`, for what is told as text or as JSON."""
    return option(
        "--output",
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help="the format of the output (default: text)",
    )(function)


class _Parameters(click.Command):
    """What a command and a group have in common: the global options, and help in sections."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own parameters, --help, and the global options."""
        return [*super().get_params(ctx), *global_options.OPTIONS]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, in the words of the others."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = spoken(_("show this help"))
        return help_option

    @property
    def help(self) -> str | None:
        """What it does, in the language of the terminal."""
        return spoken(unwrapped(self._help or ""))

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text

    @property
    def epilog(self) -> str | None:
        """What stands below its options, in the language of the terminal."""
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
    """A command, which gives its exit code; None is 0."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it, with the log that the global options ask for."""
        with logging_by(global_options.current()):
            return super().invoke(ctx)


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Makes a command of a function; its docstring is the help."""
    return click.command(name, cls=Command, **attributes)


class CommandGroup(_Parameters, click.Group):
    """Commands by a table: one is imported when it runs, or when its own help is shown."""

    def __init__(self, name: str, rows: Mapping[str, Row], *, default: str | None = None, **attributes: Any) -> None:
        """A group.

        Args:
            name: its name.
            rows: its commands, in the order of the help.
            default: the command that runs where none is named.
            attributes: those of click.Group.
        """
        super().__init__(name, **attributes)
        self.rows = rows
        self.default = default

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports a command."""
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
        """Writes a line for each command, from the table alone."""
        with formatter.section(spoken(_("Commands"))):
            formatter.write_dl([(name, spoken(row.help)) for name, row in self.rows.items() if row.help])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the options of the group; those of a command may stand before its name too."""
        return super().parse_args(ctx, self._command_first(ctx, args))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; an error tells the nearest where there is none."""
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
        """Names of commands from the table, what the default command completes, and options."""
        from click.shell_completion import CompletionItem

        rows = self.rows.items()
        items = [CompletionItem(name, help=spoken(row.help)) for name, row in rows if name.startswith(incomplete)]
        if self.default is not None and (command := self.get_command(ctx, self.default)) is not None:
            with command.make_context(self.default, [], parent=ctx, resilient_parsing=True) as within:
                arguments = (parameter for parameter in command.get_params(within) if isinstance(parameter, Argument))
                items += next(arguments).shell_complete(within, incomplete)
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def _command_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments with the command's name in front of its options, or with the default command's."""
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
    """The paragraphs of a docstring, each in one line, which is how the catalogue of messages has them."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(part if "\b" in part else " ".join(part.split()) for part in paragraphs)


def _names(parameters: Iterable[click.Parameter]) -> Iterator[tuple[str, bool]]:
    """The names of options, and whether a value comes with each."""
    for parameter in parameters:
        if isinstance(parameter, click.Option):
            takes_value = not (parameter.is_flag or parameter.count)
            yield from ((name, takes_value) for name in (*parameter.opts, *parameter.secondary_opts))


def _are_options(words: Sequence[str], flags: Iterable[tuple[str, bool]]) -> bool:
    """Whether words are known options and their values, none of them cut off."""
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
