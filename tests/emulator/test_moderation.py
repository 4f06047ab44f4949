"""Moderation by the clock: what waits, what is accepted and rejected, and what StatusClarification says of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.domain.account import Account

NOON = datetime(2026, 5, 29, 12, tzinfo=UTC)


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """Asks an emulator whose moderation takes an hour."""
    with Emulator(seed=False, clock=Clock.frozen(NOON)) as emulator:
        emulator.accounts.add(Account("anna", 1001), token="anna-token")
        yield EmulatorClient(emulator)


def status(client: EmulatorClient, service: str, key: Any) -> tuple[str, ...]:
    """State, where there is one, and Status."""
    fields = ("Status",) if service == "adgroups" else ("State", "Status")
    item = client.by_id(service, key, *fields)
    return tuple(item[name] for name in fields)


def test_an_ad_waits_for_its_moderator(client: EmulatorClient) -> None:
    """After Ads.moderate the ad and all above it are being moderated; an hour later they are accepted and on."""
    campaign = client.campaign()
    group = client.group(campaign)
    ad, keyword = client.ad(group), client.keyword(group=group)
    client.on("ads", "moderate", ad)

    def all_statuses() -> list[tuple[str, ...]]:
        return [
            status(client, "ads", ad),
            status(client, "keywords", keyword),
            status(client, "adgroups", group),
            status(client, "campaigns", campaign),
        ]

    waiting = [("OFF", "MODERATION"), ("OFF", "DRAFT"), ("MODERATION",), ("OFF", "MODERATION")]
    assert all_statuses() == waiting
    client.emulator.clock.advance(minutes=59)
    assert all_statuses() == waiting
    client.emulator.clock.advance(minutes=1)
    assert all_statuses() == [("ON", "ACCEPTED"), ("ON", "ACCEPTED"), ("ACCEPTED",), ("ON", "ACCEPTED")]


def test_moderation_can_take_no_time(client: EmulatorClient) -> None:
    """With moderation_seconds=0 the next call sees the ad accepted."""
    with Emulator(seed=False, moderation_seconds=0) as emulator:
        emulator.accounts.add(Account("anna", 1001), token="anna-token")
        quick = EmulatorClient(emulator)
        ad = quick.ad(
            quick.group(
                quick.add("campaigns", "Campaigns", {"Name": "x", "StartDate": "2099-01-01", "TextCampaign": {}})[0]
            )
        )
        quick.on("ads", "moderate", ad)
        assert status(quick, "ads", ad) == ("ON", "ACCEPTED")


@pytest.mark.parametrize("text", [{"Title": "Rejected goods"}, {"Text": "Всё будет отклонено!"}])
def test_a_certain_word_is_rejected(client: EmulatorClient, text: dict[str, str]) -> None:
    """An ad with the word `rejected` in its texts is rejected, and with it a group that has no other ad."""
    group = client.group()
    ad = client.ad(group, **text)
    client.on("ads", "moderate", ad)
    client.emulator.clock.advance(hours=1)
    assert status(client, "ads", ad) == ("OFF", "REJECTED")
    assert status(client, "adgroups", group) == ("REJECTED",)


def test_a_changed_ad_is_moderated_again(client: EmulatorClient) -> None:
    """A rejected ad that is put right is accepted in the end; an update that changes nothing sends nothing."""
    group = client.group()
    ad = client.ad(group, Title="Rejected")
    client.on("ads", "moderate", ad)
    client.emulator.clock.advance(hours=1)
    client.write("ads", "update", {"Ads": [{"Id": ad, "TextAd": {"Title": "Rejected"}}]})
    assert status(client, "ads", ad) == ("OFF", "REJECTED")
    client.write("ads", "update", {"Ads": [{"Id": ad, "TextAd": {"Title": "Fine"}}]})
    assert status(client, "ads", ad) == ("OFF", "MODERATION")
    client.emulator.clock.advance(hours=1)
    assert status(client, "ads", ad) == ("ON", "ACCEPTED")
    assert status(client, "adgroups", group) == ("ACCEPTED",)


def test_a_changed_draft_stays_a_draft(client: EmulatorClient) -> None:
    """What was never sent to moderation is not sent by an update."""
    ad = client.ad()
    client.write("ads", "update", {"Ads": [{"Id": ad, "TextAd": {"Title": "New"}}]})
    client.emulator.clock.advance(days=1)
    assert status(client, "ads", ad) == ("OFF", "DRAFT")


def test_a_suspended_ad_stays_so_when_it_is_accepted(client: EmulatorClient) -> None:
    """An ad may be suspended while it is moderated; it is not resumed by the verdict."""
    ad = client.ad()
    client.on("ads", "moderate", ad)
    assert client.on("ads", "suspend", ad) == [{"Id": ad, "Errors": []}]
    client.emulator.clock.advance(hours=1)
    assert status(client, "ads", ad) == ("SUSPENDED", "ACCEPTED")


def test_an_ad_resumed_too_soon_is_not_on(client: EmulatorClient) -> None:
    """Nothing that is not accepted is on, whatever is resumed."""
    ad = client.ad()
    client.on("ads", "moderate", ad)
    client.on("ads", "suspend", ad)
    client.on("ads", "resume", ad)
    assert status(client, "ads", ad) == ("OFF", "MODERATION")


def test_what_an_ad_has_is_moderated_with_it(client: EmulatorClient) -> None:
    """Sitelinks get the verdict inside the ad, callouts at home."""
    (callout,) = client.add("adextensions", "AdExtensions", {"Callout": {"CalloutText": "Delivery"}})
    (links,) = client.add(
        "sitelinks", "SitelinksSets", {"Sitelinks": [{"Title": "t", "Href": "https://example.com/1"}]}
    )
    ad = client.ad(AdExtensionIds=[callout], SitelinkSetId=links)
    all_statuses = []
    for hours in (0, 1):
        client.on("ads", "moderate", ad)
        client.emulator.clock.advance(hours=hours)
        inside = client.by_id("ads", ad, "Id", TextAdFieldNames=["SitelinksModeration"])["TextAd"]
        all_statuses.append(
            (inside["SitelinksModeration"]["Status"], client.by_id("adextensions", callout, "Status")["Status"])
        )
    assert all_statuses == [("MODERATION", "MODERATION"), ("ACCEPTED", "ACCEPTED")]


def test_a_verdict_is_a_change_of_its_own_time(client: EmulatorClient) -> None:
    """Changes tells of an ad that was accepted since, at the time of the verdict."""
    ad = client.ad()
    client.on("ads", "moderate", ad)
    client.emulator.clock.advance(hours=5)

    def changed(since: str) -> dict[str, Any]:
        params = {"AdIds": [ad], "FieldNames": ["AdIds"], "Timestamp": since}
        return dict(client.result("changes", "check", params)["Modified"])

    assert changed("2026-05-29T12:30:00Z") == {"AdIds": [ad]}
    assert changed("2026-05-29T13:30:00Z") == {}


def test_a_keyword_of_a_moderated_group_is_moderated_by_itself(client: EmulatorClient) -> None:
    """A keyword that is added to an accepted group waits for its own verdict."""
    group = client.group()
    client.on("ads", "moderate", client.ad(group))
    client.emulator.clock.advance(hours=1)
    keywords = [client.keyword(text, group) for text in ("fine goods", "rejected goods")]
    assert [status(client, "keywords", keyword) for keyword in keywords] == [("OFF", "DRAFT")] * 2
    client.emulator.clock.advance(hours=1)
    assert [status(client, "keywords", keyword) for keyword in keywords] == [("ON", "ACCEPTED"), ("OFF", "REJECTED")]


def test_a_rejected_ad_can_be_deleted(client: EmulatorClient) -> None:
    """It was never shown; one that is being moderated stays."""
    ad = client.ad(Title="Rejected")
    client.on("ads", "moderate", ad)
    assert client.on("ads", "delete", ad)[0]["Errors"][0]["Code"] == 8300
    client.emulator.clock.advance(hours=1)
    assert client.on("ads", "delete", ad) == [{"Id": ad, "Errors": []}]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["Draft", "The ad is being moderated", "The ad is being shown", "The ad is stopped"]),
        ("ru", ["Черновик", "Объявление на модерации", "Идут показы", "Объявление остановлено"]),
    ],
)
def test_a_clarification_tells_what_the_status_means(client: EmulatorClient, language: str, texts: list[str]) -> None:
    """StatusClarification follows the state, else the status, in the caller's language."""
    localized_client = EmulatorClient(client.emulator, fields={"Accept-Language": language})
    ad = client.ad()

    def clarification() -> Any:
        return localized_client.by_id("ads", ad, "StatusClarification")["StatusClarification"]

    clarifications = [clarification()]
    client.on("ads", "moderate", ad)
    clarifications.append(clarification())
    client.emulator.clock.advance(hours=1)
    clarifications.append(clarification())
    client.on("ads", "suspend", ad)
    assert [*clarifications, clarification()] == texts


def test_parts_of_an_ad_have_clarifications_too(client: EmulatorClient) -> None:
    """So does the moderation of a display link."""
    ad = client.ad(DisplayUrlPath="path")
    inside = client.by_id("ads", ad, "Id", TextAdFieldNames=["DisplayUrlPathModeration"])["TextAd"]
    assert inside["DisplayUrlPathModeration"] == {"Status": "DRAFT", "StatusClarification": "Draft"}


def test_a_campaign_ends_with_its_last_day(client: EmulatorClient) -> None:
    """After EndDate, by Moscow's days, a campaign that was on has ENDED, is found so, and can be archived."""
    campaign = client.campaign(StartDate="2026-05-29", EndDate="2026-05-30")
    client.on("ads", "moderate", client.ad(client.group(campaign)))
    client.emulator.clock.set(datetime(2026, 5, 30, 20, 59, tzinfo=UTC))
    assert status(client, "campaigns", campaign) == ("ON", "ACCEPTED")
    client.emulator.clock.advance(minutes=1)
    ended = {"SelectionCriteria": {"States": ["ENDED"]}, "FieldNames": ["Id", "StatusClarification"]}
    assert client.result("campaigns", "get", ended)["Campaigns"] == [
        {"Id": campaign, "StatusClarification": "The campaign has ended"}
    ]
    assert client.on("campaigns", "archive", campaign) == [{"Id": campaign, "Errors": []}]
