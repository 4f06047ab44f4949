"""Every complaint about a report definition at once: its structure, then what the documentation rules beyond it.

Nothing is changed, sent or raised here.  The client checks before it sends, the emulator before it counts.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import Violation

from ..scalars import is_list
from ..validation import check as complaints_of
from ..validation import shown
from . import facts, shapes
from .facts import Field, FieldKind

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_INTEGER = re.compile(r"-?[0-9]{1,40}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check(definition: object) -> list[Violation]:
    """Every way in which a definition is none that the service would build; [] for a good one.

    https://yandex.ru/dev/direct/doc/ru/spec
    """
    violations = complaints_of(definition, shapes.definition())
    if isinstance(definition, Mapping):
        for rule in _RULES:
            violations.extend(rule(definition))
    return violations


def _selected(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """Fields that the type of report has, each once."""
    for path, known in _fields(definition, "FieldNames"):
        if not known.selectable:
            yield Violation(path, known.name, "a field that may stand in FieldNames")
        elif report := _without(definition, known):
            yield Violation(path, known.name, f"a field of {report}")
    yield from _repeated(_list(definition, "FieldNames"), "$.FieldNames[{}]")


def _required(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """Fields that the type of report cannot be without."""
    names = _list(definition, "FieldNames")
    if (report := _report_type(definition)) and names:
        for name in report.requires:
            if name not in names:
                yield Violation("$.FieldNames", "a list without it", f"{name}, which {report.name} requires")


def _compatible(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """No two fields that exclude each other."""
    known = facts.bundled()
    names = [name for name in _list(definition, "FieldNames") if isinstance(name, str)]
    yield from _alone(names, known.exclusive_selected, "$.FieldNames")
    for one, other in known.exclusive_pairs:
        ones = [name for name in names if name in one]
        others = [name for name in names if name in other]
        if ones and others:
            both = f"{', '.join(ones)} with {', '.join(others)}"
            yield Violation("$.FieldNames", both, "one or the other: they are incompatible")


def _filtered(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """Filters by fields that have one in the type of report, one for each field, each as its field allows."""
    filters = _objects(_criteria(definition), "Filter", "$.SelectionCriteria.Filter")
    names = [chosen.get("Field") for _, chosen in filters]
    for path, chosen in filters:
        known = _field(chosen.get("Field"))
        if known is None:
            continue
        if not known.operators:
            yield Violation(f"{path}.Field", known.name, "a field that can be filtered by")
            continue
        if report := _without(definition, known):
            yield Violation(f"{path}.Field", known.name, f"a field of {report}")
        yield from _compared(path, chosen, known)
    yield from _repeated(names, "$.SelectionCriteria.Filter[{}].Field")
    yield from _alone(names, facts.bundled().exclusive_filtered, "$.SelectionCriteria.Filter")


def _compared(path: str, chosen: Mapping[str, Any], known: Field) -> Iterator[Violation]:
    """One filter: its operator is one of the field's, its values are as many and of the kind that it takes."""
    operator, values = chosen.get("Operator"), _list(chosen, "Values")
    rules = facts.bundled()
    if operator in rules.operators and operator not in known.operators:
        yield Violation(f"{path}.Operator", str(operator), f"one of {', '.join(known.operators)} for {known.name}")
    if operator in rules.operators and operator not in rules.list_operators and len(values) > 1:
        yield Violation(f"{path}.Values", f"{len(values)} values", f"one value for {operator}")
    if len(values) > rules.limits.values:
        yield Violation(f"{path}.Values", f"{len(values)} values", f"at most {rules.limits.values}")
    pattern, expected = _VALUES.get(known.kind, (None, ""))
    for index, value in enumerate(values if pattern else ()):
        if isinstance(value, str) and pattern and not pattern.fullmatch(value):
            yield Violation(f"{path}.Values[{index}]", shown(value), f"{expected} for {known.name}")


def _sorted(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """An order by fields that have one in the type of report, each once."""
    orders = _objects(definition, "OrderBy", "$.OrderBy")
    for path, order in orders:
        known = _field(order.get("Field"))
        if known is None:
            continue
        if not known.sortable:
            yield Violation(f"{path}.Field", known.name, "a field that can be sorted by")
        elif report := _without(definition, known):
            yield Violation(f"{path}.Field", known.name, f"a field of {report}")
    yield from _repeated([order.get("Field") for _, order in orders], "$.OrderBy[{}].Field")


def _dated(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """Two days in order with CUSTOM_DATE, and none with another range."""
    own = facts.bundled().own_dates
    criteria, asked = _criteria(definition), definition.get("DateRangeType")
    days: list[date] = []
    for name in ("DateFrom", "DateTo"):
        path = f"$.SelectionCriteria.{name}"
        if name not in criteria:
            if asked == own:
                yield Violation(path, "nothing", f"a day, which {own} requires")
        elif isinstance(text := criteria[name], str):
            day = _day(text)
            if day is None:
                yield Violation(path, shown(text), "a day like 2026-05-31")
            else:
                days.append(day)
            if asked in facts.bundled().date_ranges and asked != own:
                yield Violation(path, shown(text), f"no day with {asked}; {own} takes days")
    if len(days) == 2 and days[0] > days[1]:
        yield Violation(
            "$.SelectionCriteria.DateTo",
            str(days[1]),
            f"a day not before DateFrom, {days[0]} (both are days in Moscow)",
        )


def _attributed(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """No more goals than there may be, and no goal or model twice."""
    goals, most = _list(definition, "Goals"), facts.bundled().limits.goals
    if len(goals) > most:
        yield Violation("$.Goals", f"{len(goals)} goals", f"at most {most}")
    yield from _repeated(goals, "$.Goals[{}]")
    yield from _repeated(_list(definition, "AttributionModels"), "$.AttributionModels[{}]")


def _paged(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """A page of at least one row, from the first row or a later one on."""
    page = definition.get("Page")
    given = page if isinstance(page, Mapping) else {}
    for name, least in (("Limit", 1), ("Offset", 0)):
        number = given.get(name)
        if isinstance(number, int) and number < least:
            yield Violation(f"$.Page.{name}", shown(number), f"{least} or more")


def _named(definition: Mapping[str, Any]) -> Iterator[Violation]:
    """A name that is there and not too long."""
    name, most = definition.get("ReportName"), facts.bundled().limits.name
    if isinstance(name, str) and not 1 <= len(name) <= most:
        yield Violation("$.ReportName", f"{len(name)} characters", f"1 to {most}")


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
        FieldKind.INT: (_INTEGER, "the text of an integer"),
        FieldKind.MONEY: (_INTEGER, "the text of an amount in micros"),
        FieldKind.DECIMAL: (_NUMBER, "the text of a number"),
        FieldKind.PERCENT: (_NUMBER, "the text of a number"),
    }
)


def _fields(definition: Mapping[str, Any], name: str) -> Iterator[tuple[str, Field]]:
    for index, value in enumerate(_list(definition, name)):
        if known := _field(value):
            yield f"$.{name}[{index}]", known


def _field(name: object) -> Field | None:
    """The field of a name; None where there is none, of which the structure's check has complained."""
    return facts.bundled().fields.get(name) if isinstance(name, str) else None


def _without(definition: Mapping[str, Any], known: Field) -> str:
    """The type of report, where it does not have the field; else ""."""
    report = _report_type(definition)
    return report.name if report and report.name not in known.roles else ""


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
    seen: set[str] = set()
    for index, value in enumerate(values):
        if isinstance(value, str):
            if value in seen:
                yield Violation(path.format(index), f"{value} again", "each once")
            seen.add(value)


def _alone(names: Sequence[object], groups: Sequence[Sequence[str]], path: str) -> Iterator[Violation]:
    for group in groups:
        found = [name for name in group if name in names]
        if len(found) > 1:
            yield Violation(path, " with ".join(found), "only one of them: they are incompatible")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
