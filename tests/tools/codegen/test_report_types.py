"""The types of reports are what the check takes: fields by type of report, operators, the values of a row."""

import typing
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.codegen.report_types import class_name, module
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.reports import check, facts
from yadirect_soap.types import Amount, reports

FACTS = facts.bundled()
SELECTABLE = [field for field in FACTS.fields.values() if field.selectable]


def _values(literal: Any) -> set[str]:
    """The values of a Literal, or of several."""
    parts = typing.get_args(literal)
    return {value for part in parts for value in ({part} if isinstance(part, str) else _values(part))}


def _takes(definition: dict[str, Any], path: str) -> bool:
    """Whether the check has nothing to say about a place of a definition."""
    return not [violation for violation in check.check(definition) if violation.path.startswith(path)]


@pytest.mark.parametrize("report", FACTS.report_types)
def test_a_type_of_report_has_the_fields_that_the_check_takes(report: str) -> None:
    """FieldNames of a type of report holds a field if and only if the check takes it."""
    typed = getattr(reports, class_name(FACTS.report_types[report]))
    hints = typing.get_type_hints(typed)
    required = list(FACTS.report_types[report].requires)
    taken = {name for name in FACTS.fields if _takes({"ReportType": report, "FieldNames": [name]}, "$.FieldNames[0]")}
    assert _values(hints["FieldNames"]) == taken
    assert set(required) <= taken
    assert _values(hints["ReportType"]) == {report}


def test_filters_and_orders_name_what_the_check_takes() -> None:
    """A field is in FieldEnum, FilterFieldEnum or OrderFieldEnum if and only if a definition may have it there."""
    filtered = {name for name, field in FACTS.fields.items() if field.operators}
    assert _values(reports.FieldEnum) == {field.name for field in SELECTABLE}
    assert _values(reports.FilterFieldEnum) == filtered
    assert _values(reports.OrderFieldEnum) == {
        name for name in FACTS.fields if any(_orders(report, name) for report in FACTS.report_types)
    }


def _orders(report: str, name: str) -> bool:
    return _takes({"ReportType": report, "OrderBy": [{"Field": name}]}, "$.OrderBy")


def test_every_column_of_a_row_is_typed() -> None:
    """Each field that may be requested is in one overload of the row."""
    names = [line for line in module(FACTS).splitlines() if "def __getitem__(self, name: Literal[" in line]
    assert [sum(f'"{field.name}"' in line for line in names) for field in SELECTABLE] == [1] * len(SELECTABLE)


@pytest.mark.parametrize("money", ["micros", "decimal"])
def test_what_is_always_present_is_present(money: typing.Literal["micros", "decimal"]) -> None:
    """The emulator's rows have values, of the types of the row, in the fields that are typed without None."""
    kinds: dict[str, Any] = {"Date": date, "Clicks": int, "Impressions": int, "Cost": Amount}
    with Emulator() as emulator:
        direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), money=money)
        rows = list(
            direct.reports.get({"ReportType": "CUSTOM_REPORT", "FieldNames": [*kinds]}, DateRangeType="LAST_14_DAYS")
        )
    assert rows
    assert all(isinstance(row[name], kind) for row in rows for name, kind in kinds.items())
    assert {type(row["Cost"]) for row in rows} == {Decimal if money == "decimal" else int}
