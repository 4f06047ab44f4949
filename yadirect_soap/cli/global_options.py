"""The options of every command, before or after its name: verbosity, log file, log format, language, colours."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click
from click.core import ParameterSource

from yadirect_soap.language import _, spoken

if TYPE_CHECKING:
    from rich.console import Console

LogFormat = Literal["text", "json"]

_KEY = "yadirect_soap.global_options"


@dataclass
class GlobalOptions:
    """The values of the global options."""

    verbose: int = 0
    """The number of -v."""
    quiet: bool = False
    color: bool = True
    log_file: str | None = None
    log_format: LogFormat = "text"
    language: str | None = None
    """The language of the API's texts; terminal_language.py chooses that of the terminal."""
    console: "Console | None" = None
    """The console that shows a progress now, above which other lines are printed; None if there is none."""


def current() -> GlobalOptions:
    """Returns the global options of the running command; the defaults if none is running."""
    context = click.get_current_context(silent=True)
    return GlobalOptions() if context is None else _of(context)


def print_line(text: str, options: GlobalOptions) -> None:
    """Prints a line to stderr, above a progress that is shown there."""
    if options.console is None:
        print(text, file=sys.stderr)
    else:
        options.console.print(text, markup=False, highlight=False, soft_wrap=True)


def _of(context: click.Context) -> GlobalOptions:
    options: GlobalOptions = context.meta.setdefault(_KEY, GlobalOptions())
    return options


def _add_verbosity(context: click.Context, _option: click.Parameter, times: int) -> None:
    _of(context).verbose += times


def _set(context: click.Context, option: click.Parameter, value: Any) -> None:
    if value is not None:
        setattr(_of(context), str(option.name), value)


class NonEmptyOption(click.Option):
    """An option whose value may not be empty: `--token-file "$FILE"` with an unset FILE is a mistake."""

    @property
    def help(self) -> str | None:
        """The help text, in the language of the terminal."""
        return spoken(self._help or "")

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Processes the value; raises BadParameter if the user gave an empty one."""
        is_default = ctx.get_parameter_source(str(self.name)) in {ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP}
        if not is_default and (value == "" or (isinstance(value, tuple | list) and "" in value)):
            message = spoken(_("it is empty; give a value or leave the option out"))
            raise click.BadParameter(message, ctx, self)
        return super().process_value(ctx, value)


class GlobalOption(NonEmptyOption):
    """An option of every command."""

    section = _("Global options")

    def __init__(self, *names: str, **attributes: Any) -> None:
        super().__init__(names, expose_value=False, **{"callback": _set, "default": None, **attributes})


OPTIONS = (
    GlobalOption(
        "-v",
        "--verbose",
        count=True,
        default=0,
        callback=_add_verbosity,
        help="log each call; twice: also the bodies",
    ),
    GlobalOption("--quiet", "quiet", flag_value=True, type=bool, help="only errors: no progress, no notes"),
    GlobalOption("--no-color", "color", flag_value=False, type=bool, help="no colours, like NO_COLOR"),
    GlobalOption("--log-file", metavar="FILE", help="append the log to a file; stderr has its warnings"),
    GlobalOption(
        "--log-format", type=click.Choice(["text", "json"]), help="the format of the log; json is one object per line"
    ),
    GlobalOption(
        "--language",
        type=click.Choice(["en", "ru", "tr"]),
        help="the language of the API's texts (default: en) and, in en and ru, of the terminal (default: by LANG)",
    ),
)
