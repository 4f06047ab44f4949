"""The page docs/report-fields.md: types of reports, their fields, filters, and fields that exclude one another."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.facts import Field, FieldKind, Limits, ReportFacts, ReportType, Role

from .codegen.report_types import class_name

_OPENING = """\
# Fields of reports

`direct.reports.get` and the [emulator](guides/testing-with-the-emulator.md) check a definition by these tables; the
types in `yadirect_soap.types.reports` are made from them. The command `yadirect-soap contract reports TYPE` shows them
in a terminal. How to request a report is in the guide [Reports](guides/reports.md). `make generate` writes this page,
and a test compares it. The API's documentation: [types](https://yandex.ru/dev/direct/doc/ru/type),
[fields](https://yandex.ru/dev/direct/doc/ru/fields-list), [filters](https://yandex.ru/dev/direct/doc/ru/filters),
[compatibility](https://yandex.ru/dev/direct/doc/ru/compatibility).
"""
_FIELDS = """\
## Fields

`S`: a segment, it divides the rows further. `M`: a metric. `A`: an attribute of what the row is about. `F`: the field
can only be filtered by. An empty cell: the type of report does not have the field. The column *filter* names the
[operators](#operators-of-filters) that a filter by the field may have; without a name, Filter does not take the field.
"no order": OrderBy does not take the field.
"""
_KINDS: Mapping[FieldKind, str] = MappingProxyType(
    {
        FieldKind.INT: "`int`",
        FieldKind.MONEY: "`int` in micros, or `Decimal`",
        FieldKind.DECIMAL: "`Decimal`",
        FieldKind.PERCENT: "`Decimal`, a percentage",
        FieldKind.DATE: "`date`",
        FieldKind.ENUM: "`str`, one of a list",
        FieldKind.TEXT: "`str`",
    }
)


def page() -> str:
    """The whole page, in Markdown."""
    report_facts = facts.bundled()
    parts = (_types(report_facts), _fields(report_facts), _operators(report_facts), _conflicts(report_facts))
    return "\n".join((_OPENING, *("\n".join(part) + "\n" for part in parts), *_others(report_facts)))


def write(root: Path) -> None:
    """Writes the page below the root of a checkout."""
    (root / "docs" / "report-fields.md").write_text(page(), encoding="utf-8", newline="\n")


def _types(report_facts: ReportFacts) -> Iterator[str]:
    yield "## Types of reports\n"
    yield "Rows are also divided by the fields of the column *divided by*, whether these are in FieldNames or not.\n"
    yield from _header("", "type", "fields", "divided by", "notes", "`TypedDict`")
    for number, report in enumerate(report_facts.report_types.values(), 1):
        count = sum(report.name in field.roles for field in report_facts.fields.values())
        yield _row(number, f"`{report.name}`", count, _code(report.groups), _notes(report), f"`{class_name(report)}`")


def _notes(report: ReportType) -> str:
    needs = f"FieldNames needs {_code(report.requires)}" if report.requires else ""
    return "; ".join(filter(None, (needs, "never built online" if report.offline else "")))


def _fields(report_facts: ReportFacts) -> Iterator[str]:
    yield _FIELDS
    yield from _header("field", "value", *range(1, len(report_facts.report_types) + 1), "filter", "notes")
    for field in report_facts.fields.values():
        roles = (getattr(field.roles.get(report), "value", "") for report in report_facts.report_types)
        yield _row(
            f"`{field.name}`",
            _KINDS[field.kind],
            *roles,
            _operators_of(field, report_facts),
            "; ".join(_field_notes(field, report_facts)),
        )


def _operators_of(field: Field, report_facts: ReportFacts) -> str:
    return next((name for name, names in report_facts.operator_groups.items() if names == field.operators), "")


def _field_notes(field: Field, report_facts: ReportFacts) -> Iterator[str]:
    only_filter = set(field.roles.values()) == {Role.FILTER} or not field.selectable
    if only_filter:
        yield "filter only"
    elif not field.sortable:
        yield "no order"
    if field.name in report_facts.goal_fields:
        yield "a column for each goal"
    if field.name in report_facts.ignoring_case:
        yield "filters ignore case"


def _operators(report_facts: ReportFacts) -> Iterator[str]:
    yield "## Operators of filters\n"
    yield from _header("filter", "operators")
    for name, operators in report_facts.operator_groups.items():
        yield _row(name, _code(operators))
    yield f"\n{_code(sorted(report_facts.list_operators))} take a list of values, the others one value."


def _conflicts(report_facts: ReportFacts) -> Iterator[str]:
    yield "## Fields that exclude one another\n"
    for group in report_facts.exclusive_selected:
        yield f"- FieldNames takes one of {_code(group)}."
    for group in report_facts.exclusive_filtered:
        yield f"- Filter takes one of {_code(group)}."
    for first, second in report_facts.exclusive_pairs:
        yield f"- FieldNames takes no field of {_code(sorted(first))} together with one of {_code(sorted(second))}."


def _others(report_facts: ReportFacts) -> Iterator[str]:
    obsolete = ", ".join(f"`{old}` becomes `{new}`" for old, new in report_facts.obsolete_models.items())
    yield f"## Ranges of days\n\n{_code(report_facts.date_ranges)}.\n"
    yield f"`{report_facts.own_dates}` needs DateFrom and DateTo; the other ranges take none.\n"
    yield f"## Attribution models\n\n{_code(report_facts.attribution_models)}; without any it is"
    yield f"`{report_facts.default_attribution}`. Obsolete, and replaced by the service: {obsolete}.\n"
    yield from _limits(report_facts.limits)


def _limits(limits: Limits) -> Iterator[str]:
    yield "## Limits\n"
    yield f"- {limits.rows:,} rows of a report\n- {limits.goals} goals\n- {limits.values:,} values of a filter"
    yield f"- {limits.requests} requests in {limits.seconds} seconds\n- {limits.queued} offline reports in the queue"
    yield f"- statistics of {limits.years} years, search queries of {limits.query_days} days\n"


def _header(*cells: object) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*("---" for _ in cells))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
