"""The client of reports and the emulator's service together: modes, queue, money, goals, both wires."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.clock import NOON, Clock
from yadirect_soap import Direct, InvalidRequestError, RateError, ReportNotReadyError, from_micros
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.reports import facts
from yadirect_soap.types.reports import ReportOrderBy

TYPES = tuple(facts.bundled().report_types)
CAMPAIGNS: dict[str, Any] = {
    "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
    "FieldNames": ["Date", "CampaignId", "CampaignName", "Impressions", "Clicks", "Cost", "Ctr", "AvgCpc"],
    "SelectionCriteria": {"DateFrom": "2026-05-01", "DateTo": "2026-05-14"},
}


@pytest.fixture
def clock() -> Clock:
    """A clock at noon."""
    return Clock()


@pytest.fixture
def connect(clock: Clock):
    """Makes clients of one emulator."""
    with Emulator(clock=clock) as emulator:

        def direct(**settings: Any) -> Direct:
            usual: dict[str, Any] = {"token": "demo-token", "clock": clock, "sleep": clock.sleep}
            return Direct(endpoint=emulator.endpoint, session=emulator.session(), **usual | settings)

        yield direct


Connect = Callable[..., Direct]


def _fields(report_type: str) -> list[str]:
    """Every field of a type of report that can be asked for together with the others."""
    known = facts.bundled()
    left_out = {name for group in known.exclusive_selected for name in group[1:]}
    left_out |= {name for _, others in known.exclusive_pairs[1:] for name in others} | {"ClickType"}
    return [
        name
        for name, field in known.fields.items()
        if field.selectable and report_type in field.roles and name not in left_out
    ]


@pytest.mark.parametrize("report_type", TYPES)
def test_both_wires_give_the_same_rows_of_every_field(connect: Connect, report_type: str) -> None:
    """Each type of report with all its fields is read without a complaint, and is the same over XML and JSON."""
    definition = CAMPAIGNS | {"ReportType": report_type, "FieldNames": _fields(report_type)}
    by_xml, by_json = (list(connect(transport=wire).reports.get(definition)) for wire in ("soap", "json"))
    assert by_xml == by_json
    assert by_xml or report_type.startswith("REACH")


def test_an_offline_report_is_waited_for(connect: Connect, clock: Clock) -> None:
    """In mode offline the report is queued, waited for by the service's advice, and read."""
    stages: list[str] = []
    direct = connect()
    report = direct.reports.get(
        CAMPAIGNS, mode="offline", progress=lambda report_progress: stages.append(report_progress.stage)
    )
    rows = list(report)
    assert clock.now > NOON
    assert [stage for stage, _ in itertools.groupby(stages)] == ["submitted", "queued", "downloading", "complete"]
    assert rows == list(direct.reports.get(CAMPAIGNS, mode="online", unique_name=True))


def test_a_report_is_taken_up_by_another_client(connect: Connect, clock: Clock) -> None:
    """What one client has ordered and given up, another one finds ready."""
    with pytest.raises(ReportNotReadyError):
        list(connect().reports.get(CAMPAIGNS, mode="offline", deadline=0.5))
    clock.now += 3600
    assert connect(transport="json").reports.get(CAMPAIGNS, mode="offline").submit().ready


def test_search_queries_come_from_the_queue(connect: Connect) -> None:
    """Search queries, which are never built online, are read in mode auto."""
    definition = CAMPAIGNS | {"ReportType": "SEARCH_QUERY_PERFORMANCE_REPORT", "FieldNames": ["Query", "Clicks"]}
    assert all(isinstance(row["Query"], str) for row in connect().reports.get(definition))


def test_a_name_that_is_taken_is_told(connect: Connect) -> None:
    """Another definition under the name of a queued report is the API's error."""
    direct = connect()
    direct.reports.get(CAMPAIGNS, ReportName="May", mode="offline").submit()
    with pytest.raises(InvalidRequestError):
        list(direct.reports.get(CAMPAIGNS, ReportName="May", mode="offline", FieldNames=["Clicks"]))


def test_a_full_queue_is_waited_for(connect: Connect, clock: Clock) -> None:
    """With five reports of others in the queue, a sixth is refused with 9000, waited for, and read."""
    for number in range(5):
        assert not connect().reports.get(CAMPAIGNS, ReportName=f"part {number}", mode="offline").submit().ready
    sixth = connect().reports.get(CAMPAIGNS, ReportName="part 5", mode="offline")
    with pytest.raises(RateError, match="9000"):
        sixth.submit()
    assert list(sixth)
    assert clock.now >= NOON + 10


def test_micros_and_units_are_the_same_amounts(connect: Connect) -> None:
    """Costs in units are those in micros, to the two decimals that the service writes."""
    in_micros, in_units = (connect(money=money).reports.get(CAMPAIGNS).tuples() for money in ("micros", "decimal"))
    index = CAMPAIGNS["FieldNames"].index("Cost")
    for micros, units in zip(in_micros, in_units, strict=True):
        assert from_micros(micros[index]).quantize(Decimal("0.01")) == units[index]


def test_filters_and_order_are_kept_to(connect: Connect) -> None:
    """Rows are those that the filters let through, in the order asked for."""
    chosen = [{"Field": "Clicks", "Operator": "GREATER_THAN", "Values": [5]}]
    criteria = {**CAMPAIGNS["SelectionCriteria"], "Filter": chosen}
    by_clicks = [{"Field": "Clicks", "SortOrder": "DESCENDING"}]
    definition = CAMPAIGNS | {"SelectionCriteria": criteria, "OrderBy": by_clicks}
    clicks = [row["Clicks"] for row in connect().reports.get(definition)]
    assert clicks == sorted(clicks, reverse=True)
    assert clicks
    assert min(clicks) > 5


def test_goals_are_columns(connect: Connect) -> None:
    """Each goal and model is a column of ints."""
    definition = CAMPAIGNS | {"FieldNames": ["Conversions"], "Goals": [1, 2], "AttributionModels": ["LC", "LSCCD"]}
    [row] = connect().reports.get(definition, ReportType="ACCOUNT_PERFORMANCE_REPORT")
    assert set(row) == {f"Conversions_{goal}_{model}" for goal in (1, 2) for model in ("LC", "LSCCD")}
    assert all(value is None or isinstance(value, int) for value in row.values())


def test_pieces_add_up_to_the_whole(connect: Connect) -> None:
    """A report that is split for having too many rows gives the rows of one that is not."""
    direct = connect()
    by_date: list[ReportOrderBy] = [{"Field": "Date"}, {"Field": "CampaignId"}]
    whole = list(direct.reports.get(CAMPAIGNS, OrderBy=by_date))
    in_pieces = replace(direct.reports, max_rows=len(whole) // 3)
    assert list(in_pieces.get(CAMPAIGNS, OrderBy=by_date, split=True, unique_name=True)) == whole


def test_an_agency_asks_for_its_client(connect: Connect) -> None:
    """An agency names its client, and the rows are the client's."""
    agency = connect(token="demo-agency-token")
    login = agency.agencyclients.get(SelectionCriteria={}, FieldNames=["Login"])[0]["Login"]
    definition = CAMPAIGNS | {"FieldNames": ["Date", "ClientLogin", "Clicks"]}
    rows = list(agency.with_client_login(login).reports.get(definition))
    assert {row["ClientLogin"] for row in rows} <= {login}
    assert all(isinstance(row["Date"], date) for row in rows)
