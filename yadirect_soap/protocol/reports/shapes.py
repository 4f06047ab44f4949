"""The structure of a report definition as a Shape, so that the code for services works for it too."""

from functools import cache

from ..model import Kind, Member, Shape
from . import facts

_STRING = Shape("xsd:string", Kind.STRING)
_LONG = Shape("xsd:long", Kind.LONG)


@cache
def definition() -> Shape:
    """Returns the shape of a definition, its members in the order of reports.xsd.

    https://yandex.ru/dev/direct/doc/ru/spec
    """
    report_facts = facts.bundled()
    models = _enum("AttributionModelEnum", (*report_facts.attribution_models, *report_facts.obsolete_models))
    yes_no = _enum("YesNoEnum", ("YES", "NO"))
    return _object(
        "ReportDefinition",
        ("SelectionCriteria", _criteria(report_facts), ""),
        ("Goals", _STRING, "*"),
        ("AttributionModels", models, "*"),
        ("FieldNames", _field_names(report_facts), "+"),
        ("Page", _object("Page", ("Limit", _LONG, ""), ("Offset", _LONG, "?")), "?"),
        ("OrderBy", _order(report_facts), "*"),
        ("ReportName", _STRING, ""),
        ("ReportType", _enum("ReportTypeEnum", tuple(report_facts.report_types)), ""),
        ("DateRangeType", _enum("DateRangeTypeEnum", report_facts.date_ranges), ""),
        ("Format", _enum("FormatEnum", ("TSV",)), ""),
        ("IncludeVAT", yes_no, ""),
        ("IncludeDiscount", yes_no, "?"),
    )


def _criteria(report_facts: facts.ReportFacts) -> Shape:
    operators = _enum("FilterOperatorEnum", report_facts.operators)
    condition = _object(
        "Filter", ("Field", _field_names(report_facts), ""), ("Operator", operators, ""), ("Values", _STRING, "+")
    )
    return _object(
        "SelectionCriteria", ("DateFrom", _STRING, "?"), ("DateTo", _STRING, "?"), ("Filter", condition, "*")
    )


def _order(report_facts: facts.ReportFacts) -> Shape:
    orders = _enum("SortOrderEnum", ("ASCENDING", "DESCENDING"))
    return _object("OrderBy", ("Field", _field_names(report_facts), ""), ("SortOrder", orders, "?"))


def _field_names(report_facts: facts.ReportFacts) -> Shape:
    return _enum("FieldEnum", tuple(report_facts.fields))


def _enum(name: str, values: tuple[str, ...]) -> Shape:
    return Shape(f"reports:{name}", Kind.ENUM, values=values)


def _object(name: str, *members: tuple[str, Shape, str]) -> Shape:
    """Returns an object; each member has a name, a shape, and an occurrence: "" (once), ?, * or +."""
    owner = f"reports:{name}"
    return Shape(
        owner,
        Kind.OBJECT,
        tuple(
            Member(member, shape, required=often in ("", "+"), many=often in ("*", "+"), nillable=False, owner=owner)
            for member, shape, often in members
        ),
    )
