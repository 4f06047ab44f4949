"""`yadirect-soap contract reports [TYPE]`: the types of reports, their fields, and the operators of filters."""

import sys
from collections.abc import Iterator, Sequence

from yadirect_soap import UnknownNameError
from yadirect_soap.language import _

from . import contract_arguments, display, output, pager
from .command_types import argument, command


@command("reports")
@argument(
    "type",
    metavar="[TYPE]",
    required=False,
    shell_complete=contract_arguments.report_types,
    help="such as CAMPAIGN_PERFORMANCE_REPORT",
)
def reports(type: str | None) -> None:
    """Show the types of reports, or the fields of one and how they are filtered by."""
    pager.show(_all() if type is None else _of_type(type))


def _all() -> Iterator[str]:
    from yadirect_soap.protocol.reports import facts

    report_facts = facts.bundled()
    yield "types (contract reports TYPE shows the fields)"
    for name, kind in report_facts.report_types.items():
        count = sum(name in field.roles for field in report_facts.fields.values())
        needs = f", requires {', '.join(kind.requires)}" if kind.requires else ""
        yield f"  {name}: {count} fields{needs}{', never built online' if kind.offline else ''}"
    yield ""
    yield "operators of filters"
    yield from (f"  {name}" + " (a list)" * (name in report_facts.list_operators) for name in report_facts.operators)
    yield ""
    yield "ranges of days"
    yield f"  {', '.join(report_facts.date_ranges)}"
    yield ""
    yield "attribution models"
    yield f"  {', '.join(report_facts.attribution_models)} (default: {report_facts.default_attribution})"
    yield from _limits(report_facts.limits)


def _limits(limits: object) -> Iterator[str]:
    yield ""
    yield "limits"
    for name, text in (
        ("rows", "rows of a report"),
        ("goals", "goals"),
        ("values", "values of a filter"),
        ("queued", "offline reports of an advertiser in the queue"),
        ("years", "years back, from the first day of this month"),
        ("query_days", "days back for search queries"),
    ):
        yield f"  {getattr(limits, name):,} {text}"


def _of_type(report_type: str) -> Iterator[str]:
    from yadirect_soap.protocol.contract import nearest
    from yadirect_soap.protocol.reports import facts

    report_facts = facts.bundled()
    name = report_type.upper()
    if name not in report_facts.report_types:
        raise UnknownNameError(
            _(
                "no type of report {name!r:.80}{hint}",
                name=report_type,
                hint=nearest(name, report_facts.report_types),
            )
        )
    kind = report_facts.report_types[name]
    yield f"{name}: at most {report_facts.limits.rows:,} rows"
    if kind.groups:
        yield f"rows are told apart by {', '.join(kind.groups)} too"
    if kind.requires:
        yield f"FieldNames must have {', '.join(kind.requires)}"
    if kind.offline:
        yield "never built online"
    yield ""
    rows = [
        (
            field.name,
            field.kind.value,
            field.roles[name].name.lower(),
            "yes" if field.selectable and field.roles[name].name != "FILTER" else "no",
            "yes" if field.sortable else "no",
            ", ".join(field.operators) or "no",
        )
        for field in report_facts.fields.values()
        if name in field.roles
    ]
    yield from _table(rows).splitlines()


def _table(rows: Sequence[Sequence[str]]) -> str:
    header = ["Field", "Kind", "Role", "FieldNames", "OrderBy", "Filter"]
    if not sys.stdout.isatty():
        return output.table(header, rows)
    return display.table(header, rows, [False] * len(header))
