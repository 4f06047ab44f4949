"""The configuration of a user: a TOML file with a table of settings for each profile."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.masked_text import resembles_token, without_tokens
from yadirect_soap.text_files import read_text

from . import locations, private_files

TOKEN_FILE = "token_file"  # noqa: S105  the name of a key
_PROFILES = "profiles"


class ConfigFile(NamedTuple):
    """The configuration of a user."""

    path: Path
    text: str
    profiles: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> "ConfigFile":
        """Reads a file; one that does not exist has no profiles."""
        private_files.require_trusted(path)
        if not path.exists():
            return cls(path, "", {})
        text = read_text(path)
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationError(_("{path}: it is not TOML: {error}", path=path, error=error)) from None
        file = cls(path, text, document.get(_PROFILES, {}))
        for key, value in document.items():
            if key != _PROFILES:
                expected = _("expected tables like [profiles.NAME]")
                raise ConfigurationError(
                    _(
                        "{path}{line}: found {key!r:.40}, {expected}",
                        path=path,
                        line=file.line((key,)),
                        key=without_tokens(key),
                        expected=expected,
                    )
                )
            if not isinstance(value, dict):
                raise ConfigurationError(
                    _("{path}{line}: profiles: expected tables like [profiles.NAME]", path=path, line=file.line((key,)))
                )
        for name, settings in file.profiles.items():
            if not isinstance(settings, dict):
                found = _("found {shown}, expected a table of settings", shown=shown(settings))
                raise ConfigurationError(
                    composed(
                        "{path}{line}: profiles.{name}: {found}",
                        path=path,
                        line=file.line((_PROFILES, name)),
                        name=without_tokens(name),
                        found=found,
                    )
                )
            locations.checked_profile(name)
        return file

    def token_file(self, profile: str) -> Path | None:
        """Returns the token file of a profile; None if it names none, ConfigurationError if that is no path.

        The path may be relative to the folder of the configuration.
        """
        value: object = self.profiles.get(profile, {}).get(TOKEN_FILE)
        if value is None:
            return None
        if not isinstance(value, str) or not value or "\0" in value or resembles_token(value):
            location = self.location(profile, TOKEN_FILE)
            expected = _("expected the path of a file that holds the token")
            raise ConfigurationError(
                _("{place}: found {shown}, {expected}", place=location, shown=shown(value), expected=expected)
            )
        return self.path.parent / Path(value).expanduser()

    def location(self, profile: str, key: str) -> str:
        """Returns the location of a setting, for an error: the file, the line, and the path in the document."""
        names = ".".join(map(without_tokens, (profile, key)))
        line = self.line((_PROFILES, profile, key))
        return composed("{path}{line}: profiles.{names}", path=self.path, line=line, names=names)

    def line(self, path: tuple[str, ...]) -> str:
        """Returns the line of a key as ", line 3"; "" if it is not found, as inside an inline table."""
        return next(
            (_(", line {number}", number=number) for number, keys in _keys(self.text) if keys[: len(path)] == path), ""
        )


def shown(value: object) -> str:
    """Returns a wrong value for an error; lists, tables and tokens are not shown, since they may contain a secret."""
    if isinstance(value, list | dict):
        return _("a list") if isinstance(value, list) else _("a table")
    masked = without_tokens(value) if isinstance(value, str) else value
    return f"{masked!r:.40}"


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yields the lines of a TOML document that begin a table or a value, with its path; tomllib has no line numbers."""
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
    """Returns the keys from the outermost table to the innermost, each the only one of its table."""
    keys: list[str] = []
    inner: Any = document
    while isinstance(inner, dict) and inner:
        key = next(iter(inner))
        keys.append(key)
        inner = inner[key]
    return tuple(keys)
