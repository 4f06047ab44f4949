"""The options of commands that call the API, and the conversion of their values to settings of Direct."""

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
"""The setting whose option is a global option."""

wsdl_option = option(
    "--wsdl",
    metavar="DIR",
    help="a folder of WSDLs (default: that of YADIRECT_WSDL or of the profile, else the bundled ones)",
)
"""The option --wsdl for a command that reads no other setting; `contract` and `wsdl_folder` read its value."""


def add(command: Decorated) -> Decorated:
    """Adds the options to a command: --profile, --token-file, and one for each setting that has an option.

    The function has a parameter `**options` for them; `settings` reads it.
    """
    token_file = option("--token-file", section=_SECTION, metavar="FILE", help="a file that holds the token")
    profile = option("--profile", section=_SECTION, metavar="NAME", help="a profile of config.toml, or of auth login")
    return profile(token_file(_add_settings(command, Settings.table())))


def add_connection(command: Decorated, names: Iterable[str] = _CONNECTION) -> Decorated:
    """Adds the options of some settings to a command that reads no other settings, not even from the environment.

    The function has a parameter `**options` for them; `given_settings` reads it.
    """
    return _add_settings(command, names, from_environment=True)


def settings(options: Mapping[str, Any], *, sends: bool = True) -> dict[str, Any]:
    """Returns the settings for Direct.from_env.

    Args:
        options: the values of the options.
        sends: whether the command sends anything; without that it needs no token.

    Raises:
        ConfigurationError: the token file has no token, or a value is wrong for its setting.
    """
    values = _all_given_settings(options) | {"profile": options["profile"]}
    if not sends and "token" not in (given := resolved(options)):
        # With a token, Direct does not read the profile "default": so the settings of the profile are passed too.
        return given | values | {"token": "not-sent"}
    return values


def resolved(options: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the settings of a command from its options, else from the environment, else from the profile.

    Args:
        options: the values of the options that the command has.

    Returns:
        The settings that have a value; a token of the profile is not among them.

    Raises:
        ConfigurationError: a value is wrong for its setting, or there is no such profile.
    """
    from yadirect_soap import Direct

    return Direct.settings_from_env(profile=options.get("profile"), **_all_given_settings(options))


def _all_given_settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the settings that options set, with --language and the token of --token-file."""
    values = given_settings(options)
    if (language := global_options.current().language) is not None:
        values[_GLOBAL] = language
    if options.get("token_file"):
        values["token"] = read_token(Path(options["token_file"]))
    return values


def given_settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the settings that a command's options set; raises ConfigurationError for a wrong value."""
    table = Settings.table().items()
    values = {name: _value(about, options[name]) for name, about in table if options.get(name) is not None}
    if key := options.get("key"):
        certificate = values.get("cert") or os.environ.get("YADIRECT_CERT")
        if not certificate:
            raise ConfigurationError(_("--key: found no certificate; name its file by --cert or YADIRECT_CERT"))
        values["cert"] = certificate, key
    return values


def wsdl_folder(options: Mapping[str, Any]) -> Path | None:
    """Returns the folder of WSDLs that the setting `wsdl` names; None for the bundled ones."""
    folder = resolved(options).get("wsdl")
    return Path(folder).expanduser() if folder else None


def contract(options: Mapping[str, Any]) -> Contract:
    """Returns the contract for a command: that of the setting `wsdl`, else the bundled one."""
    folder = wsdl_folder(options)
    return bundled() if folder is None else Contract(folder)


def _value(about: Any, value: object) -> Any:
    """Converts the value of an option; a text is read like that of the environment variable."""
    return about.of_text(about.option, value) if isinstance(value, str) else value


def _add_settings(command: Decorated, names: Iterable[str], *, from_environment: bool = False) -> Decorated:
    """Adds the options of settings; with the option of `cert` comes --key."""
    defaults = {field.name: field.default for field in fields(Settings)}
    table = Settings.table()
    for name in reversed([name for name in names if table[name].option and name != _GLOBAL]):
        if name == "cert":
            command = option("--key", section=_SECTION, metavar="FILE", help="the key of --cert, in PEM")(command)
        variable = f"YADIRECT_{name.upper()}" if from_environment else None
        command = _option(name, table[name], defaults[name], envvar=variable)(command)
    return command


def _option(name: str, about: Any, default: object, *, envvar: str | None) -> Any:
    """Returns the option of a setting: a flag for a boolean, else an option with a value."""
    if isinstance(default, bool):
        kind: dict[str, Any] = {"flag_value": not default, "type": bool, "default": None, "help": about.help}
    else:
        text = about.option_help or about.help
        text += f" (default: {default})" if isinstance(default, str | float) else ""
        choices = {"type": click.Choice(about.choices)} if about.choices else {}
        kind = {"metavar": about.metavar, "help": text, **choices}
    return option(about.option, name, section=_SECTION, envvar=envvar, **kind)
