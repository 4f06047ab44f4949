"""Dates in params: a text for each in the members that are days and moments, over both wires; the rest is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.client.servers import TOKEN
from yadirect_soap import Direct, InvalidParamsError
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Shape

LATE = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)
DAY = date(2026, 6, 1)
WIRES = pytest.mark.parametrize("wire", ["soap", "json"])


def _campaign(**members: Any) -> dict[str, Any]:
    strategy = {
        "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
    return {"Name": "May", "TextCampaign": {"BiddingStrategy": strategy}, **members}


ACCEPTED = {
    "a date in an add": ("campaigns", "add", {"Campaigns": [_campaign(StartDate=DAY)]}),
    "a moment's day in an add": ("campaigns", "add", {"Campaigns": [_campaign(StartDate=DAY, EndDate=LATE)]}),
    "one of many": ("campaigns", "update", {"Campaigns": [{"Id": 1}, {"Id": 2, "EndDate": DAY}]}),
    "nil beside a date": ("campaigns", "update", {"Campaigns": [{"Id": 1, "StartDate": DAY, "EndDate": None}]}),
    "a moment": ("changes", "checkCampaigns", {"Timestamp": LATE}),
    "two moments": (
        "leads",
        "get",
        {
            "SelectionCriteria": {"TurboPageIds": [1], "DateTimeFrom": LATE, "DateTimeTo": LATE.replace(day=3)},
            "FieldNames": ["Id"],
        },
    ),
}


def _as_text(value: Any, name: str = "") -> Any:
    """The params as they would be written by hand."""
    if isinstance(value, dict):
        return {name: _as_text(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner, name) for inner in value]
    if isinstance(value, datetime) and name == "EndDate":
        return "2026-05-02"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value) if isinstance(value, date) else value


@WIRES
@pytest.mark.parametrize("check", ["error", "warn", "off"])
@pytest.mark.parametrize(("service", "operation", "params"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_date_is_sent_as_its_text(service, operation, params, check, wire):
    """The request with a date is, to the byte, the one with the text; the caller's params stay as they are."""
    before = repr(params)
    with Direct(TOKEN, transport=wire, check=check) as direct:
        assert direct.build_request(service, operation, params).body == (
            direct.build_request(service, operation, _as_text(params)).body
        )
    assert repr(params) == before


@dataclass
class Campaign:
    """A campaign as a dataclass."""

    Id: int
    EndDate: date


@WIRES
def test_a_date_in_an_object_is_sent_too(wire):
    """A dataclass may hold dates as a dict may."""
    with Direct(TOKEN, transport=wire) as direct:
        sent = direct.build_request("campaigns", "update", {"Campaigns": [Campaign(1, DAY)]}).body
    assert b"2026-06-01" in sent


@WIRES
def test_the_emulator_keeps_the_day(wire):
    """A campaign that was added with a date has it, as a text, when it is read again."""
    with (
        Emulator() as emulator,
        emulator.session() as session,
        Direct("demo-token", endpoint=emulator.endpoint, session=session, transport=wire) as direct,
    ):
        start = direct.reports.today().replace(year=direct.reports.today().year + 1, day=1)
        added: Any = direct.call("campaigns", "add", {"Campaigns": [_campaign(StartDate=start)]})
        query = {"SelectionCriteria": {"Ids": [added[0].id]}, "FieldNames": ["StartDate"]}
        assert direct.call("campaigns", "get", query) == [{"StartDate": start.isoformat()}]
        assert direct.changes.checkDictionaries(Timestamp=LATE)["RegionsChanged"] in {"YES", "NO"}


LEADS: dict[str, Any] = {"SelectionCriteria": {"TurboPageIds": [1], "DateTimeFrom": LATE}, "FieldNames": ["Id"]}
SPLIT: dict[str, Any] = {
    "a write": lambda direct: direct.campaigns.update(
        Campaigns=[{"Id": number, "EndDate": DAY} for number in range(1, 13)], split=True
    ),
    "a get": lambda direct: direct.leads.get(**LEADS, split=True),
    "items": lambda direct: list(direct.leads.items(**LEADS, split=True)),
    "pages": lambda direct: list(direct.leads.pages(**LEADS, split=True)),
}


@WIRES
@pytest.mark.parametrize("call", SPLIT.values(), ids=SPLIT)
def test_a_call_in_parts_takes_dates(call, wire):
    """With split=True params may have dates as in any other call."""
    with (
        Emulator() as emulator,
        emulator.session() as session,
        Direct("demo-token", endpoint=emulator.endpoint, session=session, transport=wire) as direct,
    ):
        found = call(direct)
        assert found in ([], [[]]) or {error.code for (error,) in found.errors.values()} == {8800}


NAIVE = LATE.replace(tzinfo=None)
REFUSED = {
    "a day without a zone": ("campaigns", "update", {"Campaigns": [{"Id": 1, "EndDate": NAIVE}]}, r"EndDate"),
    "a moment without a zone": ("changes", "checkCampaigns", {"Timestamp": NAIVE}, r"Timestamp"),
    "a date for a moment": ("changes", "checkCampaigns", {"Timestamp": DAY}, r"Timestamp"),
    "a date for a name": ("campaigns", "update", {"Campaigns": [{"Id": 1, "Name": DAY}]}, r"Name"),
    "a date for a number": ("campaigns", "update", {"Campaigns": [{"Id": DAY}]}, r"Id"),
}


@WIRES
@pytest.mark.parametrize("check", ["error", "off"])
@pytest.mark.parametrize(("service", "operation", "params", "member"), REFUSED.values(), ids=REFUSED)
def test_a_date_that_has_no_text_is_refused(service, operation, params, member, check, wire):
    """A datetime without a zone, or a date where none belongs, is reported with its path, and nothing is sent."""
    with Direct(TOKEN, transport=wire, check=check) as direct, pytest.raises(InvalidParamsError, match=member):
        direct.build_request(service, operation, params)


def test_the_refusal_tells_what_may_stand_there():
    """The message says that a datetime needs a zone, and which member may be a date."""
    with Direct(TOKEN) as direct, pytest.raises(InvalidParamsError, match=r"a datetime needs a zone"):
        direct.changes.checkCampaigns(Timestamp=NAIVE)


def _strings(shape: Shape) -> Iterator[str]:
    for member in shape.members:
        if member.shape.kind is Kind.STRING:
            yield member.name
        yield from _strings(member.shape)


def test_every_member_with_a_date_is_known():
    """Each text among the params whose name tells a date is in the table of days or in that of moments."""
    requests = [operation.request for service in bundled().values() for operation in service.operations.values()]
    names = {name for request in requests for name in _strings(request) if "Date" in name or "stamp" in name}
    assert names == facts.bundled().days | facts.bundled().moments


STRATEGY = "TextCampaign.BiddingStrategy.Search.WbMaximumClicks"
NO_DATES: dict[str, tuple[str, str, Any, str]] = {
    "a day of another form": ("campaigns", "add", _campaign(StartDate="31.12.2026"), "StartDate"),
    "a day with slashes": ("campaigns", "update", {"Id": 1, "EndDate": "2026/12/31"}, "EndDate"),
    "a day of no calendar": ("campaigns", "add", _campaign(StartDate="2026-13-40"), "StartDate"),
    "a day with a time": ("campaigns", "add", _campaign(StartDate="2026-12-31T10:00:00"), "StartDate"),
    "a day with a space": ("campaigns", "add", _campaign(StartDate="2026-12-31 "), "StartDate"),
    "an empty day": ("campaigns", "update", {"Id": 1, "EndDate": ""}, "EndDate"),
    "a day in a strategy": (
        "campaigns",
        "update",
        {
            "Id": 1,
            "TextCampaign": {
                "BiddingStrategy": {
                    "Search": {
                        "BiddingStrategyType": "WB_MAXIMUM_CLICKS",
                        "WbMaximumClicks": {
                            "CustomPeriodBudget": {
                                "SpendLimit": 10**9,
                                "StartDate": "1 May",
                                "EndDate": "2026-05-31",
                                "AutoContinue": "NO",
                            }
                        },
                    }
                }
            },
        },
        f"{STRATEGY}.CustomPeriodBudget.StartDate",
    ),
}


@WIRES
@pytest.mark.parametrize("split", [False, True], ids=["one call", "parts"])
@pytest.mark.parametrize(("service", "operation", "item", "path"), NO_DATES.values(), ids=NO_DATES)
def test_a_text_that_is_no_day_is_not_sent(service, operation, item, path, split, wire):
    """The path, the text and the form are told before anything is sent; the API would answer error 4000."""
    valid = {"Id": 1} if operation == "update" else _campaign(StartDate=DAY)
    with (
        Emulator() as emulator,
        emulator.session() as session,
        Direct("demo-token", endpoint=emulator.endpoint, session=session, transport=wire) as direct,
        pytest.raises(InvalidParamsError, match=r"expected a day like 2026-05-31") as caught,
    ):
        direct.call(service, operation, {"Campaigns": [valid, item]}, split=split)
    assert [violation.path for violation in caught.value.violations] == [f"$.Campaigns[1].{path}"]
    assert not list(emulator.calls)


@pytest.mark.parametrize("text", ["2026-05-01", "2026-05-01 10:00:00Z", "2026-05-01T10:00:00", "2026-13-01T10:00:00Z"])
def test_a_text_that_is_no_moment_is_not_sent(text):
    """A moment in a criterion is checked as a Timestamp is."""
    leads = {**LEADS, "SelectionCriteria": {"TurboPageIds": [1], "DateTimeTo": text}}
    with Direct(TOKEN) as direct, pytest.raises(InvalidParamsError) as caught:
        direct.build_request("leads", "get", leads)
    assert [violation.path for violation in caught.value.violations] == ["$.SelectionCriteria.DateTimeTo"]


def test_a_day_whose_form_is_not_documented_may_be_any_text():
    """The date of a client's contract is not refused for its form, and a setting lets every text pass."""
    contract = {"Clients": [{"ErirAttributes": {"Contract": {"Number": "7", "Date": "31.12.2026"}}}]}
    with Direct(TOKEN) as direct:
        assert b"31.12.2026" in direct.build_request("clients", "update", contract).body
    with Direct(TOKEN, check="off") as direct:
        assert b"1 May" in direct.build_request("campaigns", "add", {"Campaigns": [_campaign(StartDate="1 May")]}).body
