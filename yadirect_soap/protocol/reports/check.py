"""Checks a report definition: its structure, then the rules of the documentation beyond it; lists all violations.

Nothing is changed, sent or raised here.  The client checks before it sends, the emulator before it counts.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import Violation
from yadirect_soap.language import _

from ..dates import is_day
from ..scalars import is_list
from ..validation import check as check_shape
from ..validation import describe_value
from . import facts, shapes
from .facts import Field, FieldKind

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_INTEGER = re.compile(r"-?[0-9]{1,40}")


def check(definition: object) -> list[Violation]:
    """Lists everything because of which the service would refuse a definition; [] for a valid one.

    https://yandex.ru/dev/direct/doc/ru/spec
    """
    violations = check_shape(definition, shapes.definition())
    if isinstance(definition, Mapping):
        for rule in _RULES:
            violations.extend(rule(definition))
    return violations


def _selected(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """Each field belongs to the type of report and is listed once."""
    for path, field in _fields(definition, "FieldNames"):
        if not field.selectable:
            yield Violation(path, field.name, _("a field that may stand in FieldNames"))
        elif report := _without(definition, field):
            yield Violation(path, field.name, _("a field of {report}", report=report))
    yield from _repeated(_list(definition, "FieldNames"), "$.FieldNames[{}]")


def _required(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """The fields that the type of report requires are listed."""
    names = _list(definition, "FieldNames")
    if (report := _report_type(definition)) and names:
        for name in report.requires:
            if name not in names:
                yield Violation(
                    "$.FieldNames",
                    _("a list without it"),
                    _("{name}, which {report} requires", name=name, report=report.name),
                )


def _compatible(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """No two fields exclude each other."""
    rules = facts.bundled()
    names = [name for name in _list(definition, "FieldNames") if isinstance(name, str)]
    yield from _alone(names, rules.exclusive_selected, "$.FieldNames")
    for first_group, second_group in rules.exclusive_pairs:
        firsts = [name for name in names if name in first_group]
        seconds = [name for name in names if name in second_group]
        if firsts and seconds:
            conflict = f"{', '.join(firsts)} with {', '.join(seconds)}"
            yield Violation("$.FieldNames", conflict, _("one or the other: they are incompatible"))


def _filtered(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """Each filter is by a field of the type of report that can be filtered by; one filter for each field."""
    filters = _objects(_criteria(definition), "Filter", "$.SelectionCriteria.Filter")
    names = [condition.get("Field") for _, condition in filters]
    for path, condition in filters:
        field = _field(condition.get("Field"))
        if field is None:
            continue
        if not field.operators:
            yield Violation(f"{path}.Field", field.name, _("a field that can be filtered by"))
            continue
        if report := _without(definition, field):
            yield Violation(f"{path}.Field", field.name, _("a field of {report}", report=report))
        yield from _compared(path, condition, field)
    yield from _repeated(names, "$.SelectionCriteria.Filter[{}].Field")
    yield from _alone(names, facts.bundled().exclusive_filtered, "$.SelectionCriteria.Filter")


def _compared(path: str, condition: Mapping[str, Any], field: Field) -> Iterator[Violation]:
    """One filter: the operator is allowed for the field, and so are the number and the form of its values."""
    operator, values = condition.get("Operator"), _list(condition, "Values")
    rules = facts.bundled()
    if operator in rules.operators and operator not in field.operators:
        yield Violation(
            f"{path}.Operator",
            str(operator),
            _("one of {names} for {name}", names=", ".join(field.operators), name=field.name),
        )
    if operator in rules.operators and operator not in rules.list_operators and len(values) > 1:
        yield Violation(
            f"{path}.Values", _("{count} values", count=len(values)), _("one value for {operator}", operator=operator)
        )
    if len(values) > rules.limits.values:
        yield Violation(
            f"{path}.Values", _("{count} values", count=len(values)), _("at most {limit}", limit=rules.limits.values)
        )
    pattern, expected = _VALUES.get(field.kind, (None, ""))
    for index, value in enumerate(values if pattern else ()):
        if isinstance(value, str) and pattern and not pattern.fullmatch(value):
            yield Violation(
                f"{path}.Values[{index}]",
                describe_value(value),
                _("{expected} for {name}", expected=expected, name=field.name),
            )


def _sorted(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """The order is by fields of the type of report that can be sorted by, each once."""
    orders = _objects(definition, "OrderBy", "$.OrderBy")
    for path, order in orders:
        field = _field(order.get("Field"))
        if field is None:
            continue
        if not field.sortable:
            yield Violation(f"{path}.Field", field.name, _("a field that can be sorted by"))
        elif report := _without(definition, field):
            yield Violation(f"{path}.Field", field.name, _("a field of {report}", report=report))
    yield from _repeated([order.get("Field") for _, order in orders], "$.OrderBy[{}].Field")


def _dated(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """There are two days in order with CUSTOM_DATE, and none with another range."""
    own = facts.bundled().own_dates
    criteria, range_name = _criteria(definition), definition.get("DateRangeType")
    days: list[date] = []
    for name in ("DateFrom", "DateTo"):
        path = f"$.SelectionCriteria.{name}"
        if name not in criteria:
            if range_name == own:
                yield Violation(path, _("nothing"), _("a day, which {own} requires", own=own), "missing")
        elif isinstance(text := criteria[name], str):
            if is_day(text):
                days.append(date.fromisoformat(text))
            else:
                yield Violation(path, describe_value(text), _("a day like 2026-05-31"))
            if range_name in facts.bundled().date_ranges and range_name != own:
                yield Violation(
                    path,
                    describe_value(text),
                    _("no day with {range}; {own} takes days", range=range_name, own=own),
                )
    if len(days) == 2 and days[0] > days[1]:
        yield Violation(
            "$.SelectionCriteria.DateTo",
            str(days[1]),
            _("a day not before DateFrom, {day} (both are days in Moscow)", day=days[0]),
        )


def _attributed(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """There are not too many goals, and no goal or model twice."""
    goals, limit = _list(definition, "Goals"), facts.bundled().limits.goals
    if len(goals) > limit:
        yield Violation("$.Goals", _("{count} goals", count=len(goals)), _("at most {limit}", limit=limit))
    yield from _repeated(goals, "$.Goals[{}]")
    yield from _repeated(_list(definition, "AttributionModels"), "$.AttributionModels[{}]")


def _paged(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """The page has at least one row and begins at the first row or a later one."""
    page = definition.get("Page")
    fields = page if isinstance(page, Mapping) else {}
    for name, least in (("Limit", 1), ("Offset", 0)):
        number = fields.get(name)
        if isinstance(number, int) and number < least:
            yield Violation(f"$.Page.{name}", describe_value(number), _("{least} or more", least=least))


def _named(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """The report has a name that is not too long."""
    name, limit = definition.get("ReportName"), facts.bundled().limits.name
    if isinstance(name, str) and not 1 <= len(name) <= limit:
        yield Violation("$.ReportName", _("{count} characters", count=len(name)), _("1 to {limit}", limit=limit))


_RULES: tuple[Callable[[Mapping[str, Any]], Iterator[Violation]], ...] = (
    _selected,
    _required,
    _compatible,
    _filtered,
    _sorted,
    _dated,
    _attributed,
    _paged,
    _named,
)

_VALUES: Mapping[FieldKind, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        FieldKind.INT: (_INTEGER, _("the text of an integer")),
        FieldKind.MONEY: (_INTEGER, _("the text of an amount in micros")),
        FieldKind.DECIMAL: (_NUMBER, _("the text of a number")),
        FieldKind.PERCENT: (_NUMBER, _("the text of a number")),
    }
)


def _fields(definition: Mapping[str, Any], name: str) -> Iterator[tuple[str, Field]]:
    for index, value in enumerate(_list(definition, name)):
        if field := _field(value):
            yield f"$.{name}[{index}]", field


def _field(name: object) -> Field | None:
    """Returns the field of that name; None if there is none, which the check of the structure has reported."""
    return facts.bundled().fields.get(name) if isinstance(name, str) else None


def _without(definition: Mapping[str, Any], field: Field) -> str:
    """Returns the type of report if it lacks the field; otherwise ""."""
    report = _report_type(definition)
    return report.name if report and report.name not in field.roles else ""


def _report_type(definition: Mapping[str, Any]) -> facts.ReportType | None:
    name = definition.get("ReportType")
    return facts.bundled().report_types.get(name) if isinstance(name, str) else None


def _criteria(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    criteria = definition.get("SelectionCriteria")
    return criteria if isinstance(criteria, Mapping) else {}


def _objects(value: Mapping[str, Any], name: str, path: str) -> list[tuple[str, Mapping[str, Any]]]:
    items = enumerate(_list(value, name))
    return [(f"{path}[{index}]", item) for index, item in items if isinstance(item, Mapping)]


def _list(value: Mapping[str, Any], name: str) -> Sequence[Any]:
    items = value.get(name)
    return items if is_list(items) else ()


def _repeated(values: Sequence[object], path: str) -> Iterator[Violation]:
    earlier: set[str] = set()
    for index, value in enumerate(values):
        if isinstance(value, str):
            if value in earlier:
                yield Violation(path.format(index), _("{value} again", value=value), _("each once"))
            earlier.add(value)


def _alone(names: Sequence[object], groups: Sequence[Sequence[str]], path: str) -> Iterator[Violation]:
    for group in groups:
        present = [name for name in group if name in names]
        if len(present) > 1:
            yield Violation(path, " with ".join(present), _("only one of them: they are incompatible"))
