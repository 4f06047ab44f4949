"""The options by which commands that call the API are told where and on whose behalf, and the settings they give."""

import argparse
import os
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from yadirect_soap import ConfigurationError, Settings
from yadirect_soap.protocol.contract import Contract, bundled
from yadirect_soap.text_files import read_text


def add_to(parser: argparse.ArgumentParser) -> None:
    """Adds the options to a command: --token-file, and one for each setting that has an option."""
    parser.add_argument("--token-file", metavar="FILE", type=Path, help="a file that holds the token")
    defaults = {one.name: one.default for one in fields(Settings)}
    for name, about in Settings.table().items():
        default = defaults[name]
        if about.option and isinstance(default, bool):
            parser.add_argument(about.option, dest=name, action="store_true", default=None, help=about.help)
        elif about.option:
            text = f"{about.help} (default: {default})" if default is not None else about.help
            parser.add_argument(about.option, dest=name, choices=about.choices, metavar=about.metavar, help=text)


def settings(arguments: argparse.Namespace, *, sends: bool = True) -> dict[str, Any]:
    """The settings for Direct.from_env; a command that sends nothing needs no token."""
    given = {name: getattr(arguments, name) for name in _named() if getattr(arguments, name) is not None}
    if arguments.token_file:
        given["token"] = _token(arguments.token_file)
    elif not sends and not os.environ.get("YADIRECT_TOKEN"):
        given["token"] = "not-sent"  # noqa: S105  what is only shown is shown without a token too
    return given


def contract(wsdl: str | None) -> Contract:
    """The contract that a command goes by: that of a folder, of YADIRECT_WSDL, or the bundled one."""
    place = wsdl or os.environ.get("YADIRECT_WSDL")
    return Contract(Path(place).expanduser()) if place else bundled()


def _named() -> list[str]:
    """The settings that have an option."""
    return [name for name, about in Settings.table().items() if about.option]


def _token(file: Path) -> str:
    """The token in a file; ConfigurationError for what is none, which is not shown."""
    token = read_text(file).strip()
    if not re.fullmatch(r"[!-~]+", token):
        found = "nothing" if not token else f"{len(token.splitlines())} lines, or characters that no token has"
        raise ConfigurationError(f"{file}: found {found}, expected a token")
    return token
