"""The options of commands that call the API, one for each setting that has one, and the settings they give."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from yadirect_soap import ConfigurationError, Settings
from yadirect_soap.protocol.contract import Contract, bundled
from yadirect_soap.text_files import read_text

from .command_types import Decorated, option

_SECTION = "Settings (YADIRECT_* in the environment too)"


def add(command: Decorated) -> Decorated:
    """Adds the options to a command: --token-file, and one for each setting that has an option.

    The function takes them as `**given`, which `settings` reads.
    """
    defaults = {field.name: field.default for field in fields(Settings)}
    for name, about in reversed(list(Settings.table().items())):
        if about.option:
            command = _option(name, about, defaults[name])(command)
    token_file = option("--token-file", section=_SECTION, metavar="FILE", help="a file that holds the token")
    return token_file(command)


def settings(options: Mapping[str, Any], *, sends: bool = True) -> dict[str, Any]:
    """The settings for Direct.from_env.

    Args:
        given: the values of the options.
        sends: whether the command sends anything; what sends nothing needs no token.

    Raises:
        ConfigurationError: there is no token, the file of the token holds none, or a text is no value of its setting.
    """
    table = Settings.table().items()
    values = {name: _value(about, options[name]) for name, about in table if options.get(name) is not None}
    if options["token_file"]:
        values["token"] = _token(Path(options["token_file"]))
    elif not os.environ.get("YADIRECT_TOKEN"):
        if sends:
            raise ConfigurationError("no token: set YADIRECT_TOKEN, or name a file that holds it by --token-file")
        values["token"] = "not-sent"  # noqa: S105  what is only shown is shown without a token too
    return values


def contract(wsdl: str | None) -> Contract:
    """The contract that a command goes by: that of a folder, of YADIRECT_WSDL, or the bundled one."""
    folder = wsdl or os.environ.get("YADIRECT_WSDL")
    return Contract(Path(folder).expanduser()) if folder else bundled()


def _value(about: Any, value: object) -> Any:
    """The value of an option; a text is read as that of the environment variable is."""
    return about.read(about.option, value) if isinstance(value, str) and about.read is not None else value


def _option(name: str, about: Any, default: object) -> Any:
    """The option of a setting: a switch for what is true or false, else one that takes a text."""
    if isinstance(default, bool):
        kind: dict[str, Any] = {"flag_value": not default, "type": bool, "default": None, "help": about.help}
    else:
        text = f"{about.help} (default: {default})" if isinstance(default, str | float) else about.help
        choices = {"type": click.Choice(about.choices)} if about.choices else {}
        kind = {"metavar": about.metavar, "help": text, **choices}
    return option(about.option, name, section=_SECTION, **kind)


def _token(file: Path) -> str:
    """The token in a file; ConfigurationError for what is none, which is not shown."""
    token = read_text(file).strip()
    if not re.fullmatch(r"[!-~]+", token):
        content = "nothing" if not token else f"{len(token.splitlines())} lines, or characters that no token has"
        raise ConfigurationError(f"{file}: found {content}, expected a token")
    return token
