"""Profiles: named groups of settings in config.toml, under the environment and above the defaults.

    [profiles.agency]
    client_login = "some-client"
    language = "ru"
    retry = 5
    token_file = "~/.secrets/agency-token"

The keys are settings by their names.  The token itself is never here: it comes from `auth login`, from `token_file`
or from the environment.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yadirect_soap.auth import locations, private_files, token_stores
from yadirect_soap.auth.config_file import TOKEN_FILE, ConfigFile, shown
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.contract import Contract, nearest
from yadirect_soap.protocol.masked_text import resembles_token

from . import call_logging, setting_values
from .retry import read_retries
from .settings import ALIASES, Settings
from .token import Token, token_of

_CONNECTION = ("proxies", "verify", "cert")
"""The settings by which the OAuth server is reached too."""
_NO_TOKEN = _(
    "no token: set YADIRECT_TOKEN, name a file that holds it by --token-file, or sign in by `yadirect-soap auth login`"
)
_TOKENS = ("token", "oauth_token", "access_token", "yadirect_token")
"""Keys with which users try to write a token."""
_TYPES: Mapping[object, tuple[type | tuple[type, ...], str]] = MappingProxyType(
    {
        setting_values.read_boolean: (bool, _("true or false")),
        setting_values.read_integer: (int, _("a whole number")),
        setting_values.read_seconds: ((int, float), _("a number of seconds")),
        setting_values.read_number: ((int, float), _("a number")),
        read_retries: (int, _("a whole number")),
    }
)
"""The types in TOML of the settings that are no text, by the function that reads their environment variable."""


def completed(
    config: Path, profile: str | None, environment: Mapping[str, Any], explicit: Mapping[str, Any]
) -> dict[str, Any]:
    """Completes the settings of a program with those of the environment and then those of a profile.

    Args:
        config: the file with the profiles.
        profile: the profile that the program or its user named; None for that of the environment.
        environment: the settings of the environment, and `profile` for YADIRECT_PROFILE.
        explicit: the settings that the program or its user gave.

    Returns:
        All settings, with a token.

    Raises:
        ConfigurationError: there is no such profile, the file is wrong, or there is no token, or two.
    """
    name, given = _named_and_given(profile, environment, explicit)
    if name is None and "token" in given:
        return given
    file = ConfigFile.read(config)
    existing = _existing(file, name)
    settings = {**_settings(file, existing), **given}
    if settings.get("wsdl") is not None and "wsdl" not in given:
        _check_folder(file.location(existing, "wsdl"), settings["wsdl"])
    token = _token(file, existing, settings)
    if profile is not None and token is not None and "token" in environment and "token" not in explicit:
        raise ConfigurationError(
            _(
                "two tokens: YADIRECT_TOKEN is set, and profile {profile!r} has its own; "
                "unset YADIRECT_TOKEN, or name no profile, so that the calls go to the right account",
                profile=profile,
            )
        )
    if "token" not in settings:
        if token is None:
            raise ConfigurationError(
                _NO_TOKEN if name is None else _("profile {name!r} has {problem}", name=name, problem=_NO_TOKEN)
            )
        settings["token"] = token
    return settings


def without_token(
    config: Path, profile: str | None, environment: Mapping[str, Any], explicit: Mapping[str, Any]
) -> dict[str, Any]:
    """Completes settings as completed() does, but looks for no token: for what sends nothing.

    Args:
        config: the file with the profiles.
        profile: the profile that the program or its user named; None for that of the environment.
        environment: the settings of the environment, and `profile` for YADIRECT_PROFILE.
        explicit: the settings that the program or its user gave; a token among them, or in the environment, means that
            the profile "default" is not used.

    Returns:
        The settings that are given anywhere.

    Raises:
        ConfigurationError: there is no such profile, or the file is wrong.
    """
    name, given = _named_and_given(profile, environment, explicit)
    if name is None and "token" in given:
        return given
    file = ConfigFile.read(config)
    return {**_settings(file, _existing(file, name)), **given}


def _named_and_given(
    profile: str | None, environment: Mapping[str, Any], explicit: Mapping[str, Any]
) -> tuple[str | None, dict[str, Any]]:
    """Returns the name of the profile, None if none is named; and the settings that take precedence over it."""
    given = {**environment, **explicit}
    of_environment = given.pop("profile", None)
    return of_environment if profile is None else profile, given


def _existing(file: ConfigFile, name: str | None) -> str:
    """Returns the name of a profile that exists; that of the default profile for None, whether it exists or not."""
    if name is None:
        return locations.DEFAULT_PROFILE
    name = locations.checked_profile(name)
    if name not in file.profiles and token_stores.find(file.path, name) is None:
        hint = nearest(name, file.profiles) if file.profiles else ""
        raise ConfigurationError(
            _(
                "there is no profile {name!r} in {path}{hint}; write [profiles.{name}] there, "
                "or sign in by `yadirect-soap auth login --profile {name}`",
                name=name,
                path=file.path,
                hint=hint,
            )
        )
    return name


def _token(file: ConfigFile, name: str, settings: Mapping[str, Any]) -> Token | None:
    """Returns the token of `token_file`, else that of `auth login`, refreshed through the proxy of the calls."""
    token_file = file.token_file(name)
    if token_file is not None:
        _warn_of_sign_in(file, name)
        private_files.require_private(token_file)
        return token_of(private_files.read_token(token_file))
    if token_stores.find(file.path, name) is None:
        return None
    from yadirect_soap.auth.profile_token import ProfileToken  # noqa: PLC0415  brings requests

    connection = {key: settings[key] for key in _CONNECTION if settings.get(key) is not None}
    return token_of(ProfileToken(file.path, name, connection=connection))


def _warn_of_sign_in(file: ConfigFile, name: str) -> None:
    """Logs that a sign-in is not used because of `token_file`; keyrings are not checked, as this takes too long."""
    if token_stores.FileStore(locations.token_folder(file.path)).file(name).exists():
        call_logging.log_unused_sign_in(name, file.location(name, TOKEN_FILE))


def _settings(file: ConfigFile, name: str) -> dict[str, Any]:
    """Returns the settings of a profile but its token, checked one by one."""
    values = file.profiles.get(name, {})
    return {key: _value(file.location(name, key), key, value) for key, value in values.items() if key != TOKEN_FILE}


def _value(location: str, key: str, value: object) -> Any:
    """Returns the value of a setting, of the right type and checked."""
    about = Settings.table().get(key)
    if about is None or about.read is None or key == "token":
        raise ConfigurationError(composed("{place}: {problem}", place=location, problem=_no_setting(key)))
    types, expected = _TYPES.get(about.read, (str, _("a text in quotes")))
    if not isinstance(value, types) or (isinstance(value, bool) and types is not bool):
        raise ConfigurationError(
            _("{place}: found {shown}, expected {expected}", place=location, shown=shown(value), expected=expected)
        )
    try:
        return about.of_text(key, str(value))
    except ConfigurationError as error:
        raise ConfigurationError(composed("{place}: {problem}", place=location, problem=error.args[0])) from None


def _check_folder(location: str, folder: str) -> None:
    """Refuses a folder that has no WSDLs, with the place that names it."""
    try:
        Contract(Path(folder).expanduser())
    except ConfigurationError as error:
        raise ConfigurationError(composed("{place}: {problem}", place=location, problem=error.args[0])) from None


def _no_setting(key: str) -> str:
    """Returns the message for a key that a profile does not have, with the right key."""
    known = [name for name, row in Settings.table().items() if row.read is not None and name != "token"]
    suggestion = (
        _("; did you mean {name!r}?", name=ALIASES[key])
        if key in ALIASES
        else nearest(key, [*known, TOKEN_FILE, *_TOKENS])
    )
    if key == "token" or resembles_token(key) or any(repr(name) in suggestion for name in _TOKENS):
        return _(
            "a token does not belong here, where others may read it; sign in by `yadirect-soap auth login`, or name "
            "its file by token_file"
        )
    return _("a profile has no such setting{hint}", hint=suggestion)
