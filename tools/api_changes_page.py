"""The page docs/api-changes.md: what changed in the API, by day, from protocol/api_changes.toml."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.api_changes import ApiChange

_OPENING = """\
# What changed in the API

The newest changes come first. Some days are the days on which a change was first *seen*, because the day of the change
is not known. Members and values that the live API has and no WSDL are part of the contract: requests may have them,
types and the reference mark them. If your WSDLs have one of them, that one is used. `yadirect-soap contract changes
--since DAY` shows the same. `make generate` writes this page, and a test compares it.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return _OPENING + "".join(f"{line}\n" for line in _lines())


def write(root: Path) -> None:
    """Writes the page below the root of a checkout."""
    (root / "docs" / "api-changes.md").write_text(page(), encoding="utf-8", newline="\n")


def _lines() -> Iterator[str]:
    for day, changes in groupby(api_changes.bundled(), key=attrgetter("day")):
        yield f"\n## {day}\n"
        for change in changes:
            yield from _change(change)


def _change(change: ApiChange) -> Iterator[str]:
    services = ", ".join(change.services) or "All services"
    seen = "" if change.is_exact else " *Seen.*"
    source = f"<{change.source}>" if change.source.startswith("https://") else change.source
    yield f"- **{services}**:{seen} {change.text} Source: {source}."
    for type_name, names in change.names_by_type():
        yield f"    - In no WSDL: `{type_name}`: {', '.join(f'`{name}`' for name in names)}"
