"""The facts of reports agree with the schema of definitions, and with themselves."""

from dataclasses import asdict
from pathlib import Path

import pytest
from lxml import etree

from yadirect_soap.protocol.reports import facts, shapes
from yadirect_soap.protocol.reports.facts import FieldKind, Role

SCHEMA = etree.parse(Path(__file__).parents[3] / "wsdl" / "reports.xsd")
XSD = "{http://www.w3.org/2001/XMLSchema}"
KNOWN = facts.bundled()


def _enumerated(name):
    [declaration] = [declared for declared in SCHEMA.iter(f"{XSD}simpleType") if declared.get("name") == name]
    return [value.get("value") for value in declaration.iter(f"{XSD}enumeration")]


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "FieldEnum": tuple(KNOWN.fields),
        "ReportTypeEnum": tuple(KNOWN.report_types),
        "FilterOperatorEnum": KNOWN.operators,
        "DateRangeTypeEnum": KNOWN.date_ranges,
        "AttributionModelEnum": (*KNOWN.attribution_models, *KNOWN.obsolete_models),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_facts_name_what_the_schema_does(name, values):
    """Fields, types of reports, operators, date ranges and models are those of reports.xsd."""
    assert sorted(values) == sorted(_enumerated(name))


def test_the_shape_has_the_order_of_the_schema():
    """A definition's members, and those of its objects, stand in the order of reports.xsd."""
    [root] = [e for e in SCHEMA.getroot().iter(f"{XSD}element") if e.get("name") == "ReportDefinition"]
    in_schema = [e.get("name") for e in root.iter(f"{XSD}element") if e is not root]
    assert [member.name for member in shapes.definition().members] == in_schema


@pytest.mark.parametrize("name", KNOWN.fields)
def test_a_field_can_be_used_somewhere(name):
    """Each field has a role in some type of report, and may be selected or filtered by."""
    field = KNOWN.fields[name]
    assert field.roles
    assert field.selectable or field.operators
    assert field.selectable or not field.sortable


def test_a_metric_is_a_number():
    """What is counted or reckoned is an integer, money, a decimal or a percentage in every type of report."""
    numbers = {FieldKind.INT, FieldKind.MONEY, FieldKind.DECIMAL, FieldKind.PERCENT}
    metrics = [field for field in KNOWN.fields.values() if Role.METRIC in field.roles.values()]
    assert [field.name for field in metrics if field.kind not in numbers] == []


def test_what_a_type_of_report_is_about_are_its_fields():
    """A type of report is grouped by fields that it has, and requires fields that can be selected."""
    for report in KNOWN.report_types.values():
        for name in (*report.groups, *report.requires):
            assert report.name in KNOWN.fields[name].roles
        assert all(KNOWN.fields[name].selectable for name in report.requires)


ROWS = {
    "AdFormat": "SSSS-S--",
    "AdId": "-A---SSS",
    "AvgClickPosition": "MMMMMM-M",
    "Keyword": "----FF-F",
    "Query": "-------A",
    "Criterion": "----AS-S",
    "Year": "SSSSSSSS",
}


@pytest.mark.parametrize(("name", "row"), ROWS.items(), ids=ROWS)
def test_the_matrix_is_read_by_column(name, row):
    """A field's letters are its roles in the types of reports, in their order."""
    roles = KNOWN.fields[name].roles
    assert "".join(roles[report].value if report in roles else "-" for report in KNOWN.report_types) == row


def test_limits_are_those_of_the_pages():
    """The limits of reports are the numbers of the pages that facts.toml names; the length of a name is assumed."""
    assert asdict(KNOWN.limits) == {
        "goals": 10,
        "values": 10_000,
        "rows": 1_000_000,
        "name": 255,
        "requests": 20,
        "seconds": 10,
        "queued": 5,
        "kept_hours": 5,
        "years": 3,
        "query_days": 180,
    }
