"""`yadirect-soap contract reports [TYPE]`: the types of reports, their fields, and the operators of filters."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from yadirect_soap import UnknownNameError
from yadirect_soap.language import _, composed, joined, ngettext, spoken

from . import contract_arguments, display, output, pager
from .command_types import argument, command

if TYPE_CHECKING:
    from yadirect_soap.protocol.reports.facts import Limits


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
    yield _("types (contract reports TYPE shows the fields)")
    for name, kind in report_facts.report_types.items():
        count = sum(name in field.roles for field in report_facts.fields.values())
        marks = [ngettext("{count} field", "{count} fields", count)]
        if kind.requires:
            marks.append(_("requires {fields}", fields=", ".join(kind.requires)))
        if kind.offline:
            marks.append(_("never built online"))
        yield composed("  {name}: {marks}", name=name, marks=joined(", ", marks))
    yield from ("", _("operators of filters"))
    for name in report_facts.operators:
        yield _("  {name} (a list)", name=name) if name in report_facts.list_operators else f"  {name}"
    yield from ("", _("ranges of days"))
    yield f"  {', '.join(report_facts.date_ranges)}"
    yield from ("", _("attribution models"))
    models = ", ".join(report_facts.attribution_models)
    yield _("  {models} (default: {default})", models=models, default=report_facts.default_attribution)
    yield from ("", _("limits"))
    yield from _limits(report_facts.limits)


def _limits(limits: "Limits") -> Iterator[str]:
    yield _("  rows of a report: {count:,}", count=limits.rows)
    yield _("  goals: {count:,}", count=limits.goals)
    yield _("  values of a filter: {count:,}", count=limits.values)
    yield _("  offline reports of an advertiser in the queue: {count:,}", count=limits.queued)
    yield _("  years back, from the first day of this month: {count:,}", count=limits.years)
    yield _("  days back for search queries: {count:,}", count=limits.query_days)


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
    yield _("{name}: at most {rows:,} rows", name=name, rows=report_facts.limits.rows)
    if kind.groups:
        yield _("rows are told apart by {fields} too", fields=", ".join(kind.groups))
    if kind.requires:
        yield _("FieldNames must have {fields}", fields=", ".join(kind.requires))
    if kind.offline:
        yield _("never built online")
    yield ""
    yes, no = spoken(_("yes")), spoken(_("no"))
    rows = [
        (
            field.name,
            field.kind.value,
            field.roles[name].name.lower(),
            yes if field.selectable and field.roles[name].name != "FILTER" else no,
            yes if field.sortable else no,
            ", ".join(field.operators) or no,
        )
        for field in report_facts.fields.values()
        if name in field.roles
    ]
    yield from _table(rows).splitlines()


def _table(rows: Sequence[Sequence[str]]) -> str:
    header = [spoken(_("Field")), spoken(_("Kind")), spoken(_("Role")), "FieldNames", "OrderBy", "Filter"]
    if not sys.stdout.isatty():
        return output.table(header, rows)
    return display.table(header, rows, [False] * len(header))
