"""The matrix of fields and types of reports: what is allowed comes, what is not is refused at both ends."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap import Direct, InvalidParamsError
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.facts import Field, FieldKind

FACTS = facts.bundled()
TYPES = tuple(FACTS.report_types)
KINDS: dict[FieldKind, type] = {
    FieldKind.INT: int,
    FieldKind.MONEY: int,
    FieldKind.DECIMAL: Decimal,
    FieldKind.PERCENT: Decimal,
    FieldKind.DATE: date,
    FieldKind.ENUM: str,
    FieldKind.TEXT: str,
}
NEVER_THERE = frozenset({("REACH_AND_FREQUENCY_PERFORMANCE_REPORT", "AvgTrafficVolume"), ("CUSTOM_REPORT", "OfferUrl")})
"""What is of search results, in a report on campaigns that are shown on ad networks alone; and the link of an offer:
the emulator counts the offers of a feed and shows none of them."""
PAIRS = [(report, field) for report in TYPES for field in FACTS.fields.values()]
UNSELECTABLE = [(report, field) for report, field in PAIRS if report not in field.roles or not field.selectable]
UNSORTABLE = [(report, field) for report, field in PAIRS if report not in field.roles or not field.sortable]
UNFILTERABLE = [(report, field) for report, field in PAIRS if report not in field.roles or not field.operators]


@pytest.fixture(scope="module")
def direct(shared_client: EmulatorClient) -> Direct:
    """A client of the library, on its clock, in which waiting costs nothing."""

    def sleep(seconds: float) -> None:
        shared_client.clock.now += seconds

    emulator = shared_client.emulator
    return Direct(
        shared_client.token,
        endpoint=emulator.endpoint,
        session=emulator.session(),
        clock=lambda: shared_client.clock.now,
        sleep=sleep,
    )


def _together(report: str) -> Iterator[list[str]]:
    """Lists that have each field of a type once at least, and none with another that excludes it."""
    fields = [field.name for field in FACTS.fields.values() if field.selectable and report in field.roles]
    groups = [list(group) for group in FACTS.exclusive_selected]
    sides = [[list(first), list(second)] for first, second in FACTS.exclusive_pairs]
    bound = {name for group in groups for name in group} | {name for pair in sides for side in pair for name in side}
    free = [name for name in fields if name not in bound]
    for turn, alone in enumerate(zip_longest(*groups)):
        chosen = [name for pair in sides for name in pair[turn % 2]]
        yield [name for name in fields if name in {*free, *alone, *chosen}]


@pytest.mark.parametrize("report", TYPES)
def test_every_field_of_a_type_is_a_column_of_its_kind(direct: Direct, report: str) -> None:
    """The columns are those asked for, in their order; each has values, and they are of the field's kind, or None."""
    types: dict[str, set[type]] = {}
    for names in _together(report):
        rows = list(direct.reports.get({"ReportType": report, "FieldNames": names}, DateRangeType="LAST_3_DAYS"))
        assert rows
        assert list(rows[0]) == names
        for name in names:
            types.setdefault(name, set()).update(type(row[name]) for row in rows if row[name] is not None)
    selectable = {field.name for field in FACTS.fields.values() if field.selectable and report in field.roles}
    assert types == {
        name: set() if (report, name) in NEVER_THERE else {KINDS[FACTS.fields[name].kind]} for name in selectable
    }


def _ids(pairs: list[tuple[str, Field]]) -> list[str]:
    return [f"{report}-{field.name}" for report, field in pairs]


def _refused_twice(
    shared_client: EmulatorClient, direct: Direct, definition: dict[str, Any], path: str, code: int
) -> None:
    with pytest.raises(InvalidParamsError) as caught:
        direct.reports.get(definition)
    assert path in [error_text.path for error_text in caught.value.violations]
    shared_client.clock.now += 1
    status, error = shared_client.refused_report(definition)
    assert (status, error.code) == (400, code)


@pytest.mark.parametrize(("report", "field"), UNSELECTABLE, ids=_ids(UNSELECTABLE))
def test_no_other_field_can_be_a_column(
    shared_client: EmulatorClient, direct: Direct, report: str, field: Field
) -> None:
    """The client refuses it before it is sent, the emulator with error 4000."""
    fields = [*FACTS.report_types[report].requires, field.name]
    definition = shared_client.definition(" ".join(fields), report)
    _refused_twice(shared_client, direct, definition, f"$.FieldNames[{len(fields) - 1}]", 4000)


@pytest.mark.parametrize(("report", "field"), UNSORTABLE, ids=_ids(UNSORTABLE))
def test_no_other_field_can_be_sorted_by(
    shared_client: EmulatorClient, direct: Direct, report: str, field: Field
) -> None:
    """The client refuses it before it is sent, the emulator with error 4000."""
    fields = " ".join(["Clicks", *FACTS.report_types[report].requires])
    definition = shared_client.definition(fields, report, OrderBy=[{"Field": field.name}])
    _refused_twice(shared_client, direct, definition, "$.OrderBy[0].Field", 4000)


@pytest.mark.parametrize(("report", "field"), UNFILTERABLE, ids=_ids(UNFILTERABLE))
def test_no_other_field_can_be_filtered_by(
    shared_client: EmulatorClient, direct: Direct, report: str, field: Field
) -> None:
    """The client refuses it before it is sent, the emulator with error 4001."""
    fields = " ".join(["Clicks", *FACTS.report_types[report].requires])
    operator = (field.operators or ("EQUALS",))[0]
    definition = shared_client.definition(fields, report, (field.name, operator, "1"))
    _refused_twice(shared_client, direct, definition, "$.SelectionCriteria.Filter[0].Field", 4001)


@pytest.mark.parametrize("operator", FACTS.operators)
@pytest.mark.parametrize("report", TYPES)
def test_a_field_takes_its_operators_and_no_others(
    shared_client: EmulatorClient, direct: Direct, report: str, operator: str
) -> None:
    """Of all fields of a type that can be filtered by, those that lack the operator are the ones complained of."""
    fields = [field for field in FACTS.fields.values() if field.operators and report in field.roles]
    filters = tuple((field.name, operator, "1") for field in fields)
    definition = shared_client.definition(" ".join(["Clicks", *FACTS.report_types[report].requires]), report, *filters)
    lacking = {index for index, field in enumerate(fields) if operator not in field.operators}
    with pytest.raises(InvalidParamsError) as caught:
        direct.reports.get(definition)
    paths = {error_text.path for error_text in caught.value.violations}
    assert paths - {"$.SelectionCriteria.Filter"} == {
        f"$.SelectionCriteria.Filter[{index}].Operator" for index in lacking
    }
    shared_client.clock.now += 1
    assert shared_client.refused_report(definition)[1].code == 4001
