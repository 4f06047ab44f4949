"""The environment variables of settings: YADIRECT_ and the setting's name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import masked as masked_text
from yadirect_soap.protocol.masked_text import masked_url

from .settings import ALIASES, Settings

_PROFILE = "YADIRECT_PROFILE"
"""The variable that names a profile, whose settings stand under those of the environment."""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"YADIRECT_{name.upper()}"


ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {variable(name): name for name, about in Settings.table().items() if about.read is not None}
)
"""The environment variables that Direct.from_env reads, and the settings that they set."""


_ALIAS_VARIABLES: Mapping[str, str] = MappingProxyType(
    {variable(alias): variable(name) for alias, name in ALIASES.items() if variable(name) in ENVIRONMENT}
)


def own_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Picks the variables of this package, and their names in other clients, that are not empty; masks secrets."""
    names = (*ENVIRONMENT, *_ALIAS_VARIABLES, _PROFILE)
    own = {name: environ[name] for name in names if environ.get(name)}
    return {name: masked_text(text) if name == variable("token") else masked_url(text) for name, text in own.items()}


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Reads the settings, and `profile`, from environment variables; empty variables count as absent.

    Raises:
        ConfigurationError: a text is not a value of its setting, or a variable has the name that another client uses.
    """
    for alias, name in _ALIAS_VARIABLES.items():
        if environ.get(alias) and not environ.get(name):
            raise ConfigurationError(
                _("{alias} is not a variable that is read; did you mean {name}?", alias=alias, name=name)
            )
    values: dict[str, Any] = {}
    for name, about in Settings.table().items():
        if about.read is not None and (text := environ.get(variable(name))):
            values[name] = about.of_text(variable(name), text)
    if profile := environ.get(_PROFILE):
        values["profile"] = profile
    return values
