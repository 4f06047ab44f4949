"""The page docs/settings.md: every setting of Direct, from the fields of Settings."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from yadirect_soap import Settings
from yadirect_soap.client.environment import variable

_OPENING = """\
# Settings

`Direct(token, name=value, ...)` takes these settings. `Direct.from_env()` reads the environment variables. Commands
that call the API have the options. A profile has the settings that have a variable, under their own names
([profiles](guides/profiles.md)): an option counts before a variable, a variable before the profile, the profile before
the default. `YADIRECT_PROFILE` or `--profile` names the profile; `YADIRECT_CONFIG` names another file of profiles than
`config.toml` in the user's folder. `make generate` writes this page, and a test compares it.

| setting | default | what it does | variable | option |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page, in Markdown."""
    return _OPENING + "".join(f"{row}\n" for row in _rows())


def write(root: Path) -> None:
    """Writes the page below the root of a checkout."""
    (root / "docs" / "settings.md").write_text(page(), encoding="utf-8", newline="\n")


def _rows() -> Iterator[str]:
    defaults = {setting_field.name: setting_field.default for setting_field in fields(Settings)}
    for name, about in Settings.table().items():
        default = "required" if defaults[name] is MISSING else f"`{_shown(defaults[name])}`"
        help = about.help.replace("|", "\\|")
        variable_name = f"`{variable(name)}`" if about.read is not None else ""
        option = f"`{about.option}`" if about.option else ""
        yield f"| `{name}` | {default} | {help} | {variable_name} | {option} |"


def _shown(default: object) -> str:
    """A default as code; a function by its name."""
    name = getattr(default, "__name__", "")
    return f"{getattr(default, '__module__', None) or 'random'}.{name}" if name else repr(default)
