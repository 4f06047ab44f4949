"""Profiles: named groups of settings in config.toml, under the environment and above the defaults.

    [profiles.agency]
    client_login = "some-client"
    language = "ru"
    retry = 5
    token_file = "~/.secrets/agency-token"

The keys are settings by their names.  A token itself never stands here: it comes from `auth login`, from `token_file`
or from the environment.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from yadirect_soap.auth import locations, private_files, token_stores
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.text_files import read_text

from . import setting_values
from .retry import read_retries
from .settings import ALIASES, Settings
from .token import Token, token_of

_CONNECTION = ("proxies", "verify", "cert")
"""The settings by which the OAuth server is reached too."""
_PROFILES = "profiles"
_TOKEN_FILE = "token_file"  # noqa: S105  the name of a key
_NO_TOKEN = (
    "no token: set YADIRECT_TOKEN, name a file that holds it by --token-file, or sign in by `yadirect-soap auth login`"  # noqa: S105  a message
)
_TYPES: Mapping[object, tuple[type | tuple[type, ...], str]] = MappingProxyType(
    {
        setting_values.read_boolean: (bool, "true or false"),
        setting_values.read_integer: (int, "a whole number"),
        setting_values.read_seconds: ((int, float), "a number of seconds"),
        setting_values.read_number: ((int, float), "a number"),
        read_retries: (int, "a whole number"),
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
    file = _ConfigFile.read(config)
    existing = _existing(file, name)
    settings = {**_settings(file, existing), **given}
    token = _token(file, existing, settings)
    if profile is not None and token is not None and "token" in environment and "token" not in explicit:
        raise ConfigurationError(
            f"two tokens: YADIRECT_TOKEN is set, and profile {profile!r} has its own; unset YADIRECT_TOKEN, or name no "
            "profile, so that the calls go to the right account"
        )
    if "token" not in settings:
        if token is None:
            raise ConfigurationError(_NO_TOKEN if name is None else f"profile {name!r} has {_NO_TOKEN}")
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
    file = _ConfigFile.read(config)
    return {**_settings(file, _existing(file, name)), **given}


def _named_and_given(
    profile: str | None, environment: Mapping[str, Any], explicit: Mapping[str, Any]
) -> tuple[str | None, dict[str, Any]]:
    """The name of the profile, None where nobody names one; and the settings that stand above it."""
    given = {**environment, **explicit}
    of_environment = given.pop("profile", None)
    return of_environment if profile is None else profile, given


def _existing(file: "_ConfigFile", name: str | None) -> str:
    """The name of a profile that exists; that of the default profile for None, whether it exists or not."""
    if name is None:
        return locations.DEFAULT_PROFILE
    name = locations.checked_profile(name)
    if name not in file.profiles and token_stores.find(file.path, name) is None:
        hint = nearest(name, file.profiles) if file.profiles else ""
        raise ConfigurationError(
            f"there is no profile {name!r} in {file.path}{hint}; write [profiles.{name}] there, or sign in by "
            f"`yadirect-soap auth login --profile {name}`"
        )
    return name


def _token(file: "_ConfigFile", name: str, settings: Mapping[str, Any]) -> Token | None:
    """The token of `token_file`, else that of `auth login`, which is refreshed through the proxy of the calls."""
    token_file = file.profiles.get(name, {}).get(_TOKEN_FILE)
    if token_file is not None:
        return _token_in(file.path, file.place(name, _TOKEN_FILE), token_file)
    if token_stores.find(file.path, name) is None:
        return None
    from yadirect_soap.auth.profile_token import ProfileToken  # noqa: PLC0415  brings requests

    connection = {key: settings[key] for key in _CONNECTION if settings.get(key) is not None}
    return token_of(ProfileToken(file.path, name, connection=connection))


def _settings(file: "_ConfigFile", name: str) -> dict[str, Any]:
    """The settings of a profile but its token, checked one by one."""
    values = file.profiles.get(name, {})
    return {key: _value(file.place(name, key), key, value) for key, value in values.items() if key != _TOKEN_FILE}


def _token_in(config: Path, place: str, value: object) -> Token:
    """The token in a file, whose path is relative to the folder of the configuration."""
    if not isinstance(value, str) or not value:
        raise ConfigurationError(f"{place}: found {value!r:.40}, expected the path of a file that holds the token")
    token_file = config.parent / Path(value).expanduser()
    private_files.require_private(token_file)
    return token_of(private_files.read_token(token_file))


def _value(place: str, key: str, value: object) -> Any:
    """The value of a setting, of the right type and checked."""
    table = Settings.table()
    about = table.get(key)
    if key == "token":
        raise ConfigurationError(
            f"{place}: a token does not belong here, where others may read it; sign in by `yadirect-soap auth login`, "
            "or name its file by token_file"
        )
    if about is None or about.read is None:
        known = [name for name, row in table.items() if row.read is not None and name != "token"]
        suggestion = f"; did you mean {ALIASES[key]!r}?" if key in ALIASES else nearest(key, [*known, _TOKEN_FILE])
        raise ConfigurationError(f"{place}: a profile has no such setting{suggestion}")
    types, expected = _TYPES.get(about.read, (str, "a text in quotes"))
    if not isinstance(value, types) or (isinstance(value, bool) and types is not bool):
        raise ConfigurationError(f"{place}: found {value!r:.40}, expected {expected}")
    try:
        return about.of_text(key, str(value))
    except ConfigurationError as error:
        raise ConfigurationError(f"{place}: {error.args[0]}") from None


class _ConfigFile(NamedTuple):
    """The configuration of a user."""

    path: Path
    text: str
    profiles: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> "_ConfigFile":
        """Reads a file; one that does not exist has no profiles."""
        private_files.require_trusted(path)
        if not path.exists():
            return cls(path, "", {})
        text = read_text(path)
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationError(f"{path}: it is not TOML: {error}") from None
        file = cls(path, text, document.get(_PROFILES, {}))
        for key, value in document.items():
            if key != _PROFILES:
                expected = "expected tables like [profiles.NAME]"
                raise ConfigurationError(f"{path}{file.line((key,))}: found {key!r:.40}, {expected}")
            if not isinstance(value, dict):
                raise ConfigurationError(f"{path}{file.line((key,))}: profiles: expected tables like [profiles.NAME]")
        for name, settings in file.profiles.items():
            if not isinstance(settings, dict):
                found = f"found {settings!r:.40}, expected a table of settings"
                raise ConfigurationError(f"{path}{file.line((_PROFILES, name))}: profiles.{name}: {found}")
            locations.checked_profile(name)
        return file

    def place(self, profile: str, key: str) -> str:
        """The place of a setting, for an error: the file, the line, and the path in the document."""
        return f"{self.path}{self.line((_PROFILES, profile, key))}: profiles.{profile}.{key}"

    def line(self, path: tuple[str, ...]) -> str:
        """The line of a key as ", line 3"; "" where it is not found, as inside an inline table."""
        return next((f", line {number}" for number, keys in _keys(self.text) if keys[: len(path)] == path), "")


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines of a TOML document that begin a table or a value, with the path of its key; tomllib tells no lines."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        with suppress(tomllib.TOMLDecodeError):
            if line.lstrip().startswith("["):
                table = _path(tomllib.loads(line))
                yield number, table
            elif "=" in line:
                # The value may go on in the next lines: only the key is read.
                document = tomllib.loads(line.partition("=")[0] + "= 0")
                yield number, (*table, *_path(document))


def _path(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys from the outermost table to the innermost, each the only one of its table."""
    keys: list[str] = []
    inner: Any = document
    while isinstance(inner, dict) and inner:
        key = next(iter(inner))
        keys.append(key)
        inner = inner[key]
    return tuple(keys)
