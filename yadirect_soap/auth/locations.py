"""The paths of a user's configuration and tokens: YADIRECT_CONFIG, or the system's folder for such files."""

import re
from collections.abc import Mapping
from pathlib import Path

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import without_tokens

DEFAULT_PROFILE = "default"
"""The profile that is used if none is named and there is no token."""

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}"


def config_file(environ: Mapping[str, str]) -> Path:
    """Returns the file with the settings of profiles; it need not exist.

    Args:
        environ: the environment variables.

    Returns:
        The path in YADIRECT_CONFIG, or config.toml in the user's folder for configurations.
    """
    if configured := environ.get("YADIRECT_CONFIG"):
        return Path(configured).expanduser()
    import platformdirs  # noqa: PLC0415  a start without a profile need not load it

    return platformdirs.user_config_path("yadirect-soap", appauthor=False) / "config.toml"


def token_folder(config: Path) -> Path:
    """Returns the folder of the token files, beside the configuration."""
    return config.parent / "tokens"


def checked_profile(name: str) -> str:
    """Returns the name of a profile; ConfigurationError if it cannot be the name of a file."""
    if re.fullmatch(_NAME, name):
        return name
    expected = _("1 to 64 Latin letters, digits, dots, dashes and underscores, not first a dot or a dash")
    raise ConfigurationError(
        _("profile: found {name!r:.80}, expected {expected}", name=without_tokens(name), expected=expected)
    )
