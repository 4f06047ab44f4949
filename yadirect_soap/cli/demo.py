"""`yadirect-soap demo`: runs an example with its own emulator."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import from_micros, to_micros
from yadirect_soap.language import _, spoken

from . import output
from .command_types import command, option

if TYPE_CHECKING:
    from yadirect_soap import Direct
    from yadirect_soap.types.adextensiontypes import AdExtensionSetting
    from yadirect_soap.types.ads import AdGetItem, AdUpdateItem
    from yadirect_soap.types.campaigns import CampaignGetItem, DailyBudget


@command("demo")
@option("--transport", type=click.Choice(["soap", "json"]), default="soap", help="the format of calls (default: soap)")
def demo(transport: str) -> None:
    """Run an example with its own emulator: read, update, add a client, and show the XML."""
    from yadirect_soap import Direct
    from yadirect_soap.emulator import Emulator

    with Emulator() as emulator, emulator.serve() as address:
        _print(_("An emulator answers at {address}; the tokens are demo-token and demo-agency-token.", address=address))
        settings: dict[str, Any] = {"endpoint": address, "transport": transport}
        with Direct("demo-token", **settings) as direct:
            _print_step(_("The advertiser's campaigns"), _campaigns, direct)
            _print_step(_("A daily budget of 750.50, by the money helper"), _daily_budget, direct)
            _print_step(_("One callout added to an ad and one removed"), _callouts, direct)
            _print_step(_("Two updates, of which one fails and is told by its place"), _partial_failure, direct)
            _print_step(_("One request and its answer as they travel (SOAP envelopes, or JSON)"), _messages, direct)
        with Direct("demo-agency-token", **settings) as agency:
            _print_step(_("A new client of the agency, with notification settings"), _agency_client, agency)


def _print_step(title: str, step: "Callable[[Direct], None]", direct: "Direct") -> None:
    print(f"\n== {spoken(title)}\n")
    step(direct)


def _print(text: str) -> None:
    """Prints a message in the language of the terminal."""
    print(spoken(text))


def _campaigns(direct: "Direct") -> None:
    campaigns = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name", "Type", "State", "DailyBudget"])
    rows = [
        (campaign["Id"], campaign["Name"], campaign["Type"], campaign["State"], _budget_text(campaign))
        for campaign in campaigns
    ]
    print(output.table(["Id", "Name", "Type", "State", spoken(_("Daily budget"))], rows))
    _print_units(campaigns)


def _daily_budget(direct: "Direct") -> None:
    campaign_id = _text_campaign(direct)
    budget: DailyBudget = {"Amount": to_micros("750.50"), "Mode": "STANDARD"}
    updated = direct.campaigns.update(Campaigns=[{"Id": campaign_id, "DailyBudget": budget}]).raise_for_errors()
    read = direct.campaigns.get(SelectionCriteria={"Ids": [campaign_id]}, FieldNames=["Id", "DailyBudget"])
    _print(
        _(
            "Campaign {id}: {sent} micros sent, {read} read back.",
            id=updated.ids[0],
            sent=budget["Amount"],
            read=_budget_text(read[0]),
        )
    )
    _print_units(updated)


def _callouts(direct: "Direct") -> None:
    ad = _text_ad(direct)
    before = _callout_ids(ad)
    known = direct.adextensions.get(SelectionCriteria={"Types": ["CALLOUT"]}, FieldNames=["Id"])
    added = next(extension["Id"] for extension in known if extension["Id"] not in before)
    setting: AdExtensionSetting = {
        "AdExtensions": [
            {"AdExtensionId": added, "Operation": "ADD"},
            {"AdExtensionId": before[0], "Operation": "REMOVE"},
        ]
    }
    direct.ads.update(Ads=[{"Id": ad["Id"], "TextAd": {"CalloutSetting": setting}}]).raise_for_errors()
    _print(_("Ad {id}: {before} -> {after}", id=ad["Id"], before=before, after=_callout_ids(_text_ad(direct))))


def _partial_failure(direct: "Direct") -> None:
    updates: list[AdUpdateItem] = [
        {"Id": _text_ad(direct)["Id"], "TextAd": {"Title": "Полки из кедра", "Title2": None}},
        {"Id": 1, "TextAd": {"Title": "An ad that is not there"}},
    ]
    outcomes = direct.ads.update(Ads=updates)
    for outcome in outcomes:
        notifications = ", ".join(map(str, outcome.errors or outcome.warnings)) or spoken(_("done"))
        print(f"[{outcome.index}] id {updates[outcome.index]['Id']}: {notifications}")
    _print_units(outcomes)


def _messages(direct: "Direct") -> None:
    params = {"SelectionCriteria": {"Ids": [_text_campaign(direct)]}, "FieldNames": ["Id", "Name", "EndDate"]}
    request = direct.build_request("campaigns", "get", params)
    response = direct.call("campaigns", "get", params)
    print(f"{request.method} {request.address}")
    for name, value in request.headers.masked().items():
        print(f"{name}: {value}")
    print(f"\n{output.pretty(request.body)}\n")
    print(f"HTTP {response.raw.status}\n\n{output.pretty(response.raw.body)}")


def _agency_client(direct: "Direct") -> None:
    login = f"demo-client-{datetime.now().astimezone():%y%m%d%H%M%S}"
    client = direct.agencyclients.add(
        Login=login,
        FirstName="Анна",
        LastName="Примерова",
        Currency="RUB",
        Notification={
            "Lang": "RU",
            "Email": "anna@example.com",
            "EmailSubscriptions": [{"Option": "RECEIVE_RECOMMENDATIONS", "Value": "NO"}],
        },
        Grants=[{"Privilege": "EDIT_CAMPAIGNS", "Value": "YES"}],
    ).raise_for_errors()
    client_fields = {"client": client["ClientId"], "login": client["Login"], "email": client["Email"]}
    _print(_("ClientId {client}, Login {login}, Email {email} (Password not shown)", **client_fields))
    _print_units(client)


def _text_campaign(direct: "Direct") -> int:
    campaigns = direct.campaigns.get(SelectionCriteria={"Types": ["TEXT_CAMPAIGN"]}, FieldNames=["Id"])
    return int(campaigns[0]["Id"])


def _text_ad(direct: "Direct") -> "AdGetItem":
    """Returns the first ad that has callouts."""
    ads = direct.ads.get(
        SelectionCriteria={"CampaignIds": [_text_campaign(direct)], "Types": ["TEXT_AD"]},
        FieldNames=["Id"],
        TextAdFieldNames=["AdExtensions"],
    )
    return next(ad for ad in ads if ad["TextAd"].get("AdExtensions"))


def _callout_ids(ad: "AdGetItem") -> list[int]:
    return [extension["AdExtensionId"] for extension in ad["TextAd"].get("AdExtensions", [])]


def _budget_text(campaign: "CampaignGetItem") -> str:
    budget = campaign.get("DailyBudget")
    return str(from_micros(int(budget["Amount"]))) if budget else "-"


def _print_units(response: Any) -> None:
    units = response.units
    unit_counts = {"spent": units.spent, "left": units.left, "limit": units.limit, "payer": units.login}
    print()
    _print(_("Units: {spent} spent, {left} of {limit} left, paid by {payer}.", **unit_counts))
