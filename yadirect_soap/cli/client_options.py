"""The options by which commands that call the API are told where and on whose behalf, and the settings they give."""

import argparse
import os
import re
from pathlib import Path
from typing import Any

from yadirect_soap import ConfigurationError
from yadirect_soap.protocol.contract import Contract, bundled
from yadirect_soap.text_files import read_text

_SETTINGS = ("transport", "client_login", "endpoint", "sandbox", "version", "language", "money", "check", "wsdl")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Adds the options to a command."""
    parser.add_argument("--transport", choices=("soap", "json"), help="default: soap")
    parser.add_argument("--client-login", metavar="LOGIN", help="the agency's client to ask for")
    parser.add_argument("--token-file", metavar="FILE", type=Path, help="a file that holds the token")
    parser.add_argument("--endpoint", metavar="URL", help="another root address, such as an emulator's")
    parser.add_argument("--sandbox", action="store_true", default=None, help="ask the sandbox")
    parser.add_argument("--api-version", choices=("v5", "v501"), dest="version", help="default: v501")
    parser.add_argument("--language", choices=("en", "ru"), help="of the API's texts (default: en)")
    parser.add_argument(
        "--money", choices=("micros", "decimal"), help="amounts as integers of a millionth, or decimals"
    )
    parser.add_argument("--check", choices=("error", "warn", "off"), help="what to do with params that do not fit")
    parser.add_argument("--wsdl", metavar="DIR", help="a folder of descriptions in place of the bundled ones")


def settings(arguments: argparse.Namespace, *, sends: bool = True) -> dict[str, Any]:
    """The settings for Direct.from_env; a command that sends nothing needs no token."""
    given = {name: getattr(arguments, name) for name in _SETTINGS if getattr(arguments, name) is not None}
    if arguments.token_file:
        given["token"] = _token(arguments.token_file)
    elif not sends and not os.environ.get("YADIRECT_TOKEN"):
        given["token"] = "not-sent"  # noqa: S105  what is only shown is shown without a token too
    return given


def contract(wsdl: str | None) -> Contract:
    """The contract that a command goes by: that of a folder, of YADIRECT_WSDL, or the bundled one."""
    place = wsdl or os.environ.get("YADIRECT_WSDL")
    return Contract(Path(place).expanduser()) if place else bundled()


def _token(file: Path) -> str:
    """The token in a file; ConfigurationError for what is none, which is not shown."""
    token = read_text(file).strip()
    if not re.fullmatch(r"[!-~]+", token):
        found = "nothing" if not token else f"{len(token.splitlines())} lines, or characters that no token has"
        raise ConfigurationError(f"{file}: found {found}, expected a token")
    return token
