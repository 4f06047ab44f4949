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


class Profile(NamedTuple):
    """The settings of a profile."""

    name: str
    settings: Mapping[str, Any]
    token: Token | None = None
    """The token of `token_file`."""
    is_signed_in: bool = False
    """Whether `auth login` has a token for it; that of `token_file` counts before it."""


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
    environment = dict(environment)
    of_environment = environment.pop("profile", None)
    name = of_environment if profile is None else profile
    given = environment | dict(explicit)
    if name is None and "token" in given:
        return given
    chosen = load(config, name) if name is not None else _default(config)
    has_token = chosen.token is not None or chosen.is_signed_in
    if profile is not None and has_token and "token" in environment and "token" not in explicit:
        raise ConfigurationError(
            f"two tokens: YADIRECT_TOKEN is set, and profile {profile!r} has its own; unset YADIRECT_TOKEN, or name no "
            "profile, so that the calls go to the right account"
        )
    settings = {**chosen.settings, **given}
    if "token" not in settings:
        if not has_token:
            raise ConfigurationError(_NO_TOKEN if name is None else f"profile {name!r} has {_NO_TOKEN}")
        settings["token"] = chosen.token or _signed_in(config, chosen.name, settings)
    return settings


def _signed_in(config: Path, name: str, settings: Mapping[str, Any]) -> Token:
    """The token of a sign-in, which is refreshed through the same proxy as the calls."""
    from yadirect_soap.auth.profile_token import ProfileToken  # noqa: PLC0415  brings requests

    connection = {key: settings[key] for key in _CONNECTION if settings.get(key) is not None}
    return token_of(ProfileToken(config, name, connection=connection))


def load(config: Path, name: str) -> Profile:
    """Reads a profile.

    Args:
        config: the file with the profiles.
        name: the name of a profile in it.

    Returns:
        The profile, with its settings checked one by one.

    Raises:
        ConfigurationError: there is no such profile, or the file is wrong; the message names the line.
    """
    name = locations.checked_profile(name)
    file = _ConfigFile.read(config)
    profile = _profile(file, name)
    if name not in file.profiles and not profile.is_signed_in:
        hint = nearest(name, file.profiles) if file.profiles else ""
        raise ConfigurationError(
            f"there is no profile {name!r} in {config}{hint}; write [profiles.{name}] there, or sign in by "
            f"`yadirect-soap auth login --profile {name}`"
        )
    return profile


def _default(config: Path) -> Profile:
    """The profile that is used where none is named; it may be missing."""
    return _profile(_ConfigFile.read(config), locations.DEFAULT_PROFILE)


def _profile(file: "_ConfigFile", name: str) -> Profile:
    values: dict[str, Any] = {}
    token: Token | None = None
    for key, value in file.profiles.get(name, {}).items():
        place = file.place(name, key)
        if key == _TOKEN_FILE:
            token = _token_in(file.path, place, value)
        else:
            values[key] = _value(place, key, value)
    # A locked keyring is no trouble of a profile that names a token file.
    is_signed_in = token is None and token_stores.find(file.path, name) is not None
    return Profile(name, values, token, is_signed_in)


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
