"""The main job against the emulator: read, change, register; over both wires, in process and over a socket."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from decimal import Decimal
from typing import Any, Protocol

import pytest

from yadirect_soap import (
    AuthError,
    Direct,
    InvalidRequestError,
    ItemsError,
    NotFoundError,
    RightsError,
    from_micros,
    to_micros,
)
from yadirect_soap.emulator import Emulator
from yadirect_soap.types.campaigns import CampaignsSelectionCriteria, CampaignUpdateItem, DailyBudget

CAMPAIGNS: dict[str, Any] = {"SelectionCriteria": {}, "FieldNames": ["Id", "Name", "DailyBudget"]}
CLIENT: dict[str, Any] = {
    "Login": "new-client",
    "FirstName": "Anna",
    "LastName": "Example",
    "Currency": "RUB",
    "Notification": {
        "Lang": "RU",
        "Email": "anna@example.com",
        "EmailSubscriptions": [{"Option": "RECEIVE_RECOMMENDATIONS", "Value": "NO"}],
    },
}


class Opens(Protocol):
    """Opens a Direct on the emulator."""

    def __call__(self, token: str = "demo-token", **settings: Any) -> Direct: ...


@pytest.fixture(params=["soap", "json"])
def wire(request: pytest.FixtureRequest) -> str:
    """Each wire in turn."""
    return str(request.param)


@pytest.fixture(params=["in process", "over a socket"])
def opens(request: pytest.FixtureRequest, wire: str) -> Iterator[Opens]:
    """Opens a Direct on an emulator of the test's own, by an adapter or by a socket; what it opened is closed."""
    with ExitStack() as stack:
        emulator = stack.enter_context(Emulator())
        where: dict[str, Any] = {"endpoint": emulator.endpoint, "session": emulator.session()}
        if request.param == "over a socket":
            where = {"endpoint": stack.enter_context(emulator.serve())}

        def opened(token: str = "demo-token", **settings: Any) -> Direct:
            usual = {"transport": wire, "strict": True, "retry": None}
            return stack.enter_context(Direct(token, **where | usual | settings))

        yield opened


def test_campaigns_are_read(opens: Opens) -> None:
    """The advertiser's campaigns come with the members that were asked for, and what the call cost."""
    campaigns = opens().campaigns.get(**CAMPAIGNS)
    assert len(campaigns) > 3
    assert all({"Id", "Name"} <= campaign.keys() <= {"Id", "Name", "DailyBudget"} for campaign in campaigns)
    assert campaigns.units is not None
    assert campaigns.units.spent == 10 + len(campaigns)
    assert campaigns.units.login == "demo-advertiser"


def test_pages_hold_what_one_call_holds(opens: Opens) -> None:
    """The objects of small pages are those of one call, in order."""
    direct = opens()
    together = direct.campaigns.get(**CAMPAIGNS)
    pages = list(direct.campaigns.pages(**CAMPAIGNS, Page={"Limit": 3}))
    assert [len(page) for page in pages[:-1]] == [3] * (len(pages) - 1)
    assert [campaign for page in pages for campaign in page] == together


def test_a_daily_budget_is_changed(opens: Opens) -> None:
    """A daily budget that was set in micros reads back as the same amount."""
    direct = opens()
    number = direct.campaigns.get(**CAMPAIGNS)[0]["Id"]
    budget: DailyBudget = {"Amount": to_micros("750.50"), "Mode": "STANDARD"}
    assert direct.campaigns.update(Campaigns=[{"Id": number, "DailyBudget": budget}]).raise_for_errors().ids == [number]
    again = direct.campaigns.get(SelectionCriteria={"Ids": [number]}, FieldNames=["DailyBudget"])[0]["DailyBudget"]
    assert again is not None
    assert isinstance(again["Amount"], int)
    assert from_micros(again["Amount"]) == Decimal("750.50")


def test_amounts_are_decimals_both_ways(opens: Opens) -> None:
    """With money="decimal" a daily budget is written and read in currency units."""
    direct = opens(money="decimal")
    number = direct.campaigns.get(**CAMPAIGNS)[0]["Id"]
    budget: DailyBudget = {"Amount": Decimal("400.10"), "Mode": "STANDARD"}
    direct.campaigns.update(Campaigns=[{"Id": number, "DailyBudget": budget}]).raise_for_errors()
    again = direct.campaigns.get(SelectionCriteria={"Ids": [number]}, FieldNames=["DailyBudget"])
    assert again == [{"DailyBudget": budget}]


def test_none_clears(opens: Opens) -> None:
    """A member that was set to None reads back as None."""
    direct = opens()
    number = direct.campaigns.get(**CAMPAIGNS)[0]["Id"]
    direct.campaigns.update(Campaigns=[{"Id": number, "DailyBudget": None}]).raise_for_errors()
    again = direct.campaigns.get(SelectionCriteria={"Ids": [number]}, FieldNames=["DailyBudget"])
    assert again == [{"DailyBudget": None}]


def test_a_partial_failure_is_reported_by_its_place(opens: Opens) -> None:
    """Of three updates the one that fails is reported by its index, and the others are carried out."""
    direct = opens()
    first, second = (campaign["Id"] for campaign in direct.campaigns.get(**CAMPAIGNS)[:2])
    names = {first: "One", 1: "None", second: "Two"}
    changes: list[CampaignUpdateItem] = [{"Id": number, "Name": name} for number, name in names.items()]
    outcomes = direct.campaigns.update(Campaigns=changes)
    assert (outcomes.ids, outcomes.sent) == ([first, None, second], 3)
    assert [error.code for error in outcomes.errors[1]] == [8800]
    with pytest.raises(ItemsError, match=r"campaigns\.update: 1 of 3 items failed\n  \[1\] 8800 Object not found"):
        outcomes.raise_for_errors()
    named = direct.campaigns.get(SelectionCriteria={"Ids": [first, second]}, FieldNames=["Name"])
    assert [campaign["Name"] for campaign in named] == ["One", "Two"]


def test_an_agency_registers_a_client(opens: Opens) -> None:
    """An agency registers a client, and then asks on the client's behalf."""
    agency = opens("demo-agency-token", client_login="demo-client-rub")
    client = agency.agencyclients.add(**CLIENT).raise_for_errors()
    assert client["Login"] == "new-client"
    logins = [client["Login"] for client in agency.agencyclients.get(SelectionCriteria={}, FieldNames=["Login"])]
    assert "new-client" in logins
    assert agency.with_client_login("new-client").campaigns.get(**CAMPAIGNS) == []


def test_clients_are_kept_apart(opens: Opens) -> None:
    """On behalf of two clients an agency reads the campaigns of each."""
    agency = opens("demo-agency-token")
    logins = ("demo-client-rub", "demo-client-byn")
    rub, byn = (agency.with_client_login(login).campaigns.get(**CAMPAIGNS) for login in logins)
    assert rub != []
    assert byn != []
    assert {campaign["Id"] for campaign in rub}.isdisjoint(campaign["Id"] for campaign in byn)


@pytest.mark.parametrize(
    ("token", "settings", "kind", "code"),
    [
        ("another-token", {}, AuthError, 53),
        ("demo-agency-token", {}, InvalidRequestError, 8000),
        ("demo-agency-token", {"client_login": "nobody"}, NotFoundError, 8800),
    ],
    ids=["unknown token", "agency without a login", "unknown login"],
)
def test_a_refusal_is_reported_by_its_class(
    opens: Opens, token: str, settings: dict[str, Any], kind: type[Exception], code: int
) -> None:
    """A token or a login that will not do raises the error of its code, with a RequestId."""
    with pytest.raises(kind) as raised:
        opens(token, **settings).campaigns.get(**CAMPAIGNS)
    assert (raised.value.code, raised.value.request_id.isdigit()) == (code, True)  # type: ignore[attr-defined]


def test_an_advertiser_registers_nobody(opens: Opens) -> None:
    """An advertiser may not use AgencyClients."""
    with pytest.raises(RightsError):
        opens().agencyclients.add(**CLIENT)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Authorization error"), ("ru", "Ошибка авторизации")], ids=["en", "ru"]
)
def test_a_refusal_speaks_the_language_asked_for(opens: Opens, language: str, text: str) -> None:
    """The text of a refusal is in the language of the setting."""
    with pytest.raises(AuthError) as raised:
        opens("another-token", language=language).campaigns.get(**CAMPAIGNS)
    assert raised.value.message == text


def test_what_is_not_checked_here_is_refused_there(opens: Opens) -> None:
    """With check="off" it is the API that refuses params, and it costs units."""
    with pytest.raises(InvalidRequestError) as raised:
        opens(check="off").call("campaigns", "get", {**CAMPAIGNS, "Odd": "1"})
    assert raised.value.code == 8000
    assert raised.value.units.spent > 0


def test_a_flat_result_is_read(opens: Opens) -> None:
    """A result that is about several things comes as it is."""
    dictionaries = opens().dictionaries.get(DictionaryNames=["Currencies", "TimeZones"])
    assert {"Currencies", "TimeZones"} == dictionaries.keys()
    assert "RUB" in [currency["Currency"] for currency in dictionaries["Currencies"]]


def test_both_versions_answer(opens: Opens) -> None:
    """The same campaigns are read from v5 and from v501."""
    assert opens(version="v501").campaigns.get(**CAMPAIGNS) == opens().campaigns.get(**CAMPAIGNS)


def test_threads_change_what_they_mean_to(opens: Opens) -> None:
    """Five threads, as many as the API admits, rename campaigns by one Direct, and each name is where it belongs."""
    direct = opens()
    alive: CampaignsSelectionCriteria = {"States": ["ON", "OFF", "SUSPENDED", "ENDED"]}
    numbers = [campaign["Id"] for campaign in direct.campaigns.get(SelectionCriteria=alive, FieldNames=["Id"])]

    def rename(number: int) -> None:
        direct.campaigns.update(Campaigns=[{"Id": number, "Name": f"Renamed {number}"}]).raise_for_errors()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(rename, numbers))
    named = {campaign["Id"]: campaign["Name"] for campaign in direct.campaigns.get(**CAMPAIGNS)}
    assert {number: named[number] for number in numbers} == {number: f"Renamed {number}" for number in numbers}
