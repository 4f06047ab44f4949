"""The options of commands that call the API, one for each setting that has one, and the settings they give."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from yadirect_soap import ConfigurationError, Settings
from yadirect_soap.auth.private_files import read_token
from yadirect_soap.language import _
from yadirect_soap.protocol.contract import Contract, bundled

from . import global_options
from .command_types import Decorated, option

_CONNECTION = ("proxies", "verify", "cert", "timeout", "retry")
_SECTION = _("Settings (YADIRECT_* in the environment too)")
_GLOBAL = "language"
"""The setting whose option every command has."""

wsdl_option = option(
    "--wsdl",
    metavar="DIR",
    help="a folder of WSDLs (default: that of YADIRECT_WSDL or of the profile, else the bundled ones)",
)
"""--wsdl of a command that reads no other setting; `contract` and `wsdl_folder` take what it gives."""


def add(command: Decorated) -> Decorated:
    """Adds the options to a command: --profile, --token-file, and one for each setting that has an option.

    The function takes them as `**options`, which `settings` reads.
    """
    token_file = option("--token-file", section=_SECTION, metavar="FILE", help="a file that holds the token")
    profile = option("--profile", section=_SECTION, metavar="NAME", help="a profile of config.toml, or of auth login")
    return profile(token_file(_added(command, Settings.table())))


def add_connection(command: Decorated, names: Iterable[str] = _CONNECTION) -> Decorated:
    """Adds the options of some settings to a command that reads no others, not even from the environment.

    The function takes them as `**options`, which `connection` reads.
    """
    return _added(command, names, from_environment=True)


def settings(options: Mapping[str, Any], *, sends: bool = True) -> dict[str, Any]:
    """The settings for Direct.from_env.

    Args:
        options: the values of the options.
        sends: whether the command sends anything; what sends nothing needs no token.

    Raises:
        ConfigurationError: the file of the token holds none, or a text is no value of its setting.
    """
    values = _explicit(options) | {"profile": options["profile"]}
    if not sends and "token" not in (given := resolved(options)):
        # What is only shown is shown without a token too; a token would keep Direct from the profile "default".
        return given | values | {"token": "not-sent"}
    return values


def resolved(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that hold for a command: its options, then the environment, then the profile.

    Args:
        options: the values of the options, whichever of them a command has.

    Returns:
        The settings that are given anywhere; of the token, only one that is not the profile's.

    Raises:
        ConfigurationError: a value does not fit, or there is no such profile.
    """
    from yadirect_soap import Direct

    return Direct.settings_from_env(profile=options.get("profile"), **_explicit(options))


def _explicit(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that options give, with the token of --token-file."""
    values = connection(options)
    if (language := global_options.current().language) is not None:
        values[_GLOBAL] = language
    if options.get("token_file"):
        values["token"] = read_token(Path(options["token_file"]))
    return values


def connection(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that options give, whichever of them a command has; ConfigurationError for a wrong value."""
    table = Settings.table().items()
    values = {name: _value(about, options[name]) for name, about in table if options.get(name) is not None}
    if key := options.get("key"):
        certificate = values.get("cert") or os.environ.get("YADIRECT_CERT")
        if not certificate:
            raise ConfigurationError(_("--key: found no certificate; name its file by --cert or YADIRECT_CERT"))
        values["cert"] = certificate, key
    return values


def wsdl_folder(options: Mapping[str, Any]) -> Path | None:
    """The folder of WSDLs that the setting `wsdl` names; None for the bundled ones."""
    folder = resolved(options).get("wsdl")
    return Path(folder).expanduser() if folder else None


def contract(options: Mapping[str, Any]) -> Contract:
    """The contract that a command goes by: that of the setting `wsdl`, or the bundled one."""
    folder = wsdl_folder(options)
    return bundled() if folder is None else Contract(folder)


def _value(about: Any, value: object) -> Any:
    """The value of an option; a text is read as that of the environment variable is."""
    return about.of_text(about.option, value) if isinstance(value, str) else value


def _added(command: Decorated, names: Iterable[str], *, from_environment: bool = False) -> Decorated:
    """Adds the options of settings, that of the certificate with --key; Direct.from_env reads most variables."""
    defaults = {field.name: field.default for field in fields(Settings)}
    table = Settings.table()
    for name in reversed([name for name in names if table[name].option and name != _GLOBAL]):
        if name == "cert":
            command = option("--key", section=_SECTION, metavar="FILE", help="the key of --cert, in PEM")(command)
        variable = f"YADIRECT_{name.upper()}" if from_environment else None
        command = _option(name, table[name], defaults[name], envvar=variable)(command)
    return command


def _option(name: str, about: Any, default: object, *, envvar: str | None) -> Any:
    """The option of a setting: a switch for what is true or false, else one that takes a text."""
    if isinstance(default, bool):
        kind: dict[str, Any] = {"flag_value": not default, "type": bool, "default": None, "help": about.help}
    else:
        text = about.option_help or about.help
        text += f" (default: {default})" if isinstance(default, str | float) else ""
        choices = {"type": click.Choice(about.choices)} if about.choices else {}
        kind = {"metavar": about.metavar, "help": text, **choices}
    return option(about.option, name, section=_SECTION, envvar=envvar, **kind)
