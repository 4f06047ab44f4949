"""The text of types/reports.py: report definitions and rows as TypedDicts, fields by type of report as Literals."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.reports import shapes
from yadirect_soap.protocol.reports.facts import Field, FieldKind, ReportFacts, ReportType, Role
from yadirect_soap.protocol.scalars import SCALARS
from yadirect_soap.protocol.type_annotations import split

from .formatting import docstring, literal

_HEAD = '''\
"""Reports: what `direct.reports.get` takes, the fields of each type of report, and the rows of a report.

Made from protocol/reports/facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict, overload

from . import Amount
'''
_IMPLEMENTED = """\
        def __getitem__(self, name: str, /) -> Any: ...
"""
_COMPLETED = frozenset({"SelectionCriteria", "ReportName", "DateRangeType", "Format", "IncludeVAT"})
"""Members that `get` completes where they are left out."""
_OF_ITS_TYPE = ("ReportType", "FieldNames")
"""Members that are not the same in every definition."""
_TEXTS = "list[str] | tuple[str, ...]"
_WIDER: Mapping[str, str] = MappingProxyType(
    {
        "DateFrom": "str | date",
        "DateTo": "str | date",
        "Goals": f"Sequence[int] | {_TEXTS}",
        "Values": f"Sequence[int] | Sequence[Decimal] | {_TEXTS}",
    }
)
"""What `get` takes besides the texts of the API."""
_OWN_FIELDS: Mapping[str, str] = MappingProxyType(
    {"ReportFilter": "FilterFieldEnum", "ReportOrderBy": "OrderFieldEnum"}
)
"""The fields that the member Field may name, by the type that it belongs to."""
_VALUES: Mapping[FieldKind, str] = MappingProxyType(
    {
        FieldKind.INT: "int",
        FieldKind.MONEY: "Amount",
        FieldKind.DECIMAL: "Decimal",
        FieldKind.PERCENT: "Decimal",
        FieldKind.DATE: "date",
        FieldKind.ENUM: "str",
        FieldKind.TEXT: "str",
    }
)


def module(report_facts: ReportFacts) -> str:
    """The whole module: Literals, the parts of a definition, definitions, definitions by type of report, the row."""
    definition = shapes.definition()
    return "".join(
        (
            _HEAD,
            *(f"\n{text}" for text in _literals(definition, report_facts)),
            *(f"\n\n{text}" for text in _parts(definition)),
            *(f"\n\n{text}" for text in _definitions(definition)),
            *(f"\n\n{_of_type(report)}" for report in report_facts.report_types.values()),
            f"\n\n{_row(report_facts)}",
        )
    )


def class_name(report: ReportType) -> str:
    """The name of the TypedDict of a type of report: CustomReport for CUSTOM_REPORT."""
    return "".join(word.capitalize() for word in report.name.split("_"))


def _literals(definition: Shape, report_facts: ReportFacts) -> Iterator[str]:
    for shape in _enumerations(definition):
        if split(shape)[1] != "FieldEnum":
            yield literal(f"{split(shape)[1]} = ", shape.values)
    fields = report_facts.fields.values()
    types = report_facts.report_types.values()
    everywhere = {field.name for field in fields if all(_selects(field, report) for report in types)}
    yield literal("FieldOfEveryReport = ", _names(field for field in fields if field.name in everywhere))
    for report in types:
        others = _names(field for field in fields if _selects(field, report) and field.name not in everywhere)
        yield literal(f"{class_name(report)}Field = FieldOfEveryReport | ", others)
    yield literal("FilterFieldEnum = ", _names(field for field in fields if field.operators))
    yield literal("OrderFieldEnum = ", _names(field for field in fields if field.sortable))
    others = _names(field for field in fields if field.selectable and not field.sortable)
    yield literal("FieldEnum = OrderFieldEnum | ", others)


def _selects(field: Field, report: ReportType) -> bool:
    """Whether a field may be in FieldNames of a type of report."""
    return field.selectable and field.roles.get(report.name, Role.FILTER) is not Role.FILTER


def _names(fields: Iterable[Field]) -> list[str]:
    return [field.name for field in fields]


def _enumerations(shape: Shape) -> Iterator[Shape]:
    """Each enumeration of a definition once."""
    enumerations: dict[str, Shape] = {}
    for member in shape.members:
        below = _enumerations(member.shape) if member.shape.kind is Kind.OBJECT else [member.shape]
        enumerations |= {inner.name: inner for inner in below if inner.kind is Kind.ENUM}
    yield from enumerations.values()


def _parts(shape: Shape) -> Iterator[str]:
    """The objects of a definition, the parts before the whole."""
    for member in shape.members:
        if member.shape.kind is Kind.OBJECT:
            yield from _parts(member.shape)
            sentences = [f"{member.name} of a report definition."]
            yield _typed_dict(_class_of(member.shape), "TypedDict", sentences, member.shape.members)


def _definitions(definition: Shape) -> Iterator[str]:
    address = "https://yandex.ru/dev/direct/doc/ru/spec"
    shared = [member for member in definition.members if member.name not in _OF_ITS_TYPE]
    yield _typed_dict("DefinitionMembers", "TypedDict", ["Members that are the same in all types.", address], shared)
    text = "Params of reports.get: those of a definition, or those that override members of a definition."
    yield _typed_dict("ReportParams", "DefinitionMembers", [text, address], []) + "".join(
        f"    {name}: NotRequired[{_annotation(definition.by_name[name])}]\n" for name in _OF_ITS_TYPE
    )


def _of_type(report: ReportType) -> str:
    """The definition of a report of one type, with the fields that this type has."""
    name = class_name(report)
    sentences = [
        f"A report of the type {report.name}, with the fields of this type.",
        "https://yandex.ru/dev/direct/doc/ru/type",
    ]
    if report.requires:
        sentences.insert(1, f"FieldNames needs {', '.join(report.requires)}.")
    return _typed_dict(name, "DefinitionMembers", sentences, []) + (
        f'    ReportType: Literal["{report.name}"]\n    FieldNames: Sequence[{name}Field]\n'
    )


def _typed_dict(name: str, parent: str, sentences: list[str], members: Iterable[Member]) -> str:
    lines = []
    for member in members:
        value = _annotation(member, name)
        required = member.required and member.name not in _COMPLETED
        lines.append(f"    {member.name}: {value if required else f'NotRequired[{value}]'}\n")
    return f"class {name}({parent}):\n{docstring(sentences, '    ')}\n" + "".join(lines)


def _annotation(member: Member, owner: str = "") -> str:
    if wider := _WIDER.get(member.name):
        return wider
    if member.name == "Field":
        value = _OWN_FIELDS[owner]
    elif scalar := SCALARS.get(member.shape.kind):
        value = scalar.sent
    else:
        value = _class_of(member.shape)
    return f"Sequence[{value}]" if member.many else value


def _class_of(shape: Shape) -> str:
    """The name of a type; an object does not have the name of the member that holds it, which would hide it."""
    name = split(shape)[1]
    return f"Report{name}" if shape.kind is Kind.OBJECT else name


def _row(report_facts: ReportFacts) -> str:
    """A row: the fields that may be requested, by the kind of their values; a column of a goal is Any."""
    sentences = [
        "A row of a report, by the fields of FieldNames; at run time a plain dict.",
        'None is `--`: there is no value. Money is an int of micros, or a Decimal with the setting money="decimal".',
        "A column of a goal, such as Conversions_12345_LC, is Any.",
        "https://yandex.ru/dev/direct/doc/ru/fields-list",
    ]
    fields_by_value: dict[str, list[str]] = {}
    for field in report_facts.fields.values():
        if field.selectable:
            fields_by_value.setdefault(_value(field, report_facts), []).append(field.name)
    overloads = [_overload(_name_literal(names), value) for value, names in fields_by_value.items()]
    methods = "\n".join([*overloads, _overload("str", "Any"), _IMPLEMENTED])
    text = docstring(sentences, "    ")
    return f"class ReportRow(dict[str, Any]):\n{text}\n    if TYPE_CHECKING:\n\n{methods}"


def _overload(name: str, value: str) -> str:
    return f"        @overload\n        def __getitem__(self, name: {name}, /) -> {value}: ...\n"


def _name_literal(names: list[str]) -> str:
    return f"Literal[{', '.join(f'{name!r}' for name in names)}]".replace("'", '"')


def _value(field: Field, report_facts: ReportFacts) -> str:
    value = _VALUES[field.kind]
    return value if field.name in report_facts.always_present else f"{value} | None"
