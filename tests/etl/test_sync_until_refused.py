"""sync() and refused calls: whichever call the API refuses, the run ends with its error, and the next one goes on."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.etl.test_sync import EDIT, TABLES, Account
from yadirect_soap import ApiError, etl
from yadirect_soap.emulator.fault_injection import Fault, Status
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, AGENCY_TOKEN, CLIENTS

CODES = (52, 53, 54, 152, 506, 1000, 1002, 8800)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 8)
@given(
    runs=some.lists(some.lists(EDIT, max_size=6), min_size=1, max_size=2),
    refusals=some.lists(some.tuples(some.sampled_from(CODES), some.integers(0, 40)), min_size=1, max_size=3),
)
def test_a_run_that_is_refused_loses_nothing(
    runs: list[list[tuple[int, int]]], refusals: list[tuple[int, int]]
) -> None:
    """A call of any kind is refused with any code, again and again; the run that ends well has all rows."""
    with Account(deletes_in_changes=False) as account:
        direct = account.direct.with_settings(retry=None)
        for edits in [[], *runs]:
            account.edit(edits)
            for code, after in refusals:
                account.emulator.faults.inject(Fault(code), after=after)
                with suppress(ApiError):
                    etl.sync(direct, account.destination, TABLES, package_rows=10)
                account.emulator.faults.clear()
        account.sync()
        assert account.differences() == {}


@pytest.mark.parametrize("fault", [Fault(53), Fault(54), Fault(152), Status(502)], ids=["53", "54", "152", "gateway"])
def test_a_client_that_is_lost_midway_stops_alone(fault: Any) -> None:
    """One call of one client is refused for good: that client's error is told, and the others are read to their end."""
    with Account(deletes_in_changes=False, token=AGENCY_TOKEN) as account:
        direct = account.direct.with_settings(retry=None)
        account.emulator.faults.inject(fault, "adgroups.get")
        names = ["campaigns", "adgroups", "ads"]
        summary = etl.sync(direct, account.destination, names, clients=CLIENTS, clients_at_once=1)
        (lost,) = summary.errors
        states = {login: account.destination.state(login)["tables"] for login in CLIENTS}
        assert [login for login in CLIENTS if not states[login].get("ads", {}).get("since")] == [lost]
        # What was read before the error is there, and is not read again.
        assert states[lost]["campaigns"]["since"]
        account.emulator.calls.clear()
        etl.sync(direct, account.destination, names, clients=[lost]).raise_for_errors()
        assert "campaigns.get" not in [call.operation for call in account.emulator.calls]


def test_what_was_added_to_a_read_parent_is_not_lost() -> None:
    """A first run stops among the groups; what a campaign that it has read gets meanwhile comes with the next run."""
    with Account(deletes_in_changes=False) as account:
        # More campaigns than a get of groups takes.
        account.grow(campaigns=15, adgroups=1, ads=1)
        direct = account.direct.with_settings(retry=None)
        account.emulator.faults.inject(Fault(53), "adgroups.get", after=1)
        assert etl.sync(direct, account.destination, TABLES, lanes=1).errors
        account.emulator.faults.clear()
        assert account.destination.state(ADVERTISER)["tables"]["adgroups"]["after"]
        account.editor.wait(3600)
        campaign = account.editor.pick("campaigns", 0)
        account.editor.add("adgroups", Name="Benches", CampaignId=campaign, RegionIds=[225])
        group = account.editor.pick("adgroups", -1)
        ad = {"Title": "Bench", "Text": "Made of cedar", "Mobile": "NO", "Href": "https://example.com/"}
        account.editor.add("ads", AdGroupId=group, TextAd=ad)
        account.editor.wait(3600)
        account.sync()
        assert account.differences() == {}
