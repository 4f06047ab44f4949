"""The environment variables of settings: YADIRECT_ and the setting's name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import masked as masked_text
from yadirect_soap.protocol.masked_text import masked_url

from .settings import ALIASES, Settings

_PREFIX = "YADIRECT_"
_PROFILE = "YADIRECT_PROFILE"
"""The variable that names a profile, whose settings stand under those of the environment."""


def variable(name: str) -> str:
    """Returns the environment variable of a setting."""
    return f"{_PREFIX}{name.upper()}"


ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {variable(name): name for name, about in Settings.table().items() if about.read is not None}
)
"""The environment variables that Direct.from_env reads, and the settings that they set."""


_ALIAS_VARIABLES: Mapping[str, str] = MappingProxyType(
    {variable(alias): variable(name) for alias, name in ALIASES.items() if variable(name) in ENVIRONMENT}
)

OTHERS = (
    _PROFILE,
    "YADIRECT_CACHE",
    "YADIRECT_CONFIG",
    "YADIRECT_GATEWAY_SECRET",
    "YADIRECT_OAUTH_CLIENT_ID",
    "YADIRECT_OAUTH_CLIENT_SECRET",
)
"""The variables that are no settings of a Direct."""

_NEAR = 0.9
"""The similarity from which on a name is a misspelt one, from 0 to 1: SANBOX is SANDBOX, and CLIENT_ID is its own."""


def own_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Picks the variables of this package, and their names in other clients, that are not empty; masks secrets.

    Raises:
        ConfigurationError: a variable is named after a setting that has none, or nearly as one of these that is absent.
    """
    for name in environ:
        if name.startswith(_PREFIX) and environ[name]:
            _refuse_misspelt(name, environ)
    names = (*ENVIRONMENT, *_ALIAS_VARIABLES, _PROFILE)
    own = {name: environ[name] for name in names if environ.get(name)}
    return {name: masked_text(text) if name == variable("token") else masked_url(text) for name, text in own.items()}


def _refuse_misspelt(name: str, environ: Mapping[str, str]) -> None:
    """Refuses a variable that would have no effect: YADIRECT_SANBOX=1 would call the API itself."""
    known = (*ENVIRONMENT, *_ALIAS_VARIABLES, *OTHERS)
    setting = name.removeprefix(_PREFIX).lower()
    if setting in Settings.table() and name not in known:
        raise ConfigurationError(
            _("{name} is not a variable that is read: {setting} is an argument of Direct", name=name, setting=setting)
        )
    # The plural is not a mistake: a program may have a list of logins of its own.
    if name in known or name.removesuffix("S") in known:
        return
    from difflib import get_close_matches  # noqa: PLC0415  only a name that is not known needs it

    endings = [other.removeprefix(_PREFIX) for other in known]
    near = get_close_matches(name.removeprefix(_PREFIX), endings, n=1, cutoff=_NEAR)
    if near and not environ.get(meant := f"{_PREFIX}{near[0]}"):
        raise ConfigurationError(
            _("{alias} is not a variable that is read; did you mean {name}?", alias=name, name=meant)
        )


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
