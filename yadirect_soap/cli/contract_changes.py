"""`yadirect-soap contract changes`: changes of the API, the newest first, and those of them that are in no WSDL."""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from yadirect_soap.language import _, composed

from . import output, pager
from .command_types import command, format_option, option
from .option_types import Day

if TYPE_CHECKING:
    from yadirect_soap.protocol.api_changes import ApiChange

_WIDTH = 100
_EXAMPLES = """\b
Examples:
  yadirect-soap contract changes --since 2026-06-01
  yadirect-soap contract changes --format json
"""


@command("changes", epilog=_EXAMPLES)
@option("--since", type=Day(), metavar="DAY", help="only those of this day and later")
@format_option
def changes(since: datetime | None, format: str) -> None:
    """Show what changed in the API, the newest first.

    "seen" is a day on which a change was first seen, where its own day is not known. Members and values that the live
    API has and no WSDL are part of the contract.
    """
    from yadirect_soap.protocol import api_changes

    first = since.date() if since else date.min
    chosen = [change for change in api_changes.bundled() if change.day >= first]
    if format == "json":
        print(output.as_json([_as_json(change) for change in chosen]))
    else:
        pager.show(_lines(chosen))


def _as_json(change: "ApiChange") -> dict[str, object]:
    return {
        "day": str(change.day),
        "is_exact": change.is_exact,
        "services": list(change.services),
        "text": change.text,
        "source": change.source,
        "beyond_wsdl": [f"{type_name}.{name}" for type_name, name in change.additions()],
        "report_fields": list(change.report_fields),
    }


def _lines(chosen: Iterable["ApiChange"]) -> Iterator[str]:
    for change in chosen:
        services = ", ".join(change.services) or _("all services")
        yield composed("{when}: {services}", when=change.when, services=services)
        yield from textwrap.wrap(change.text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        yield from (
            _("  in no WSDL: {type}: {names}", type=type_name, names=", ".join(names))
            for type_name, names in change.names_by_type()
        )
        yield _("  source: {source}", source=change.source)
        yield ""
