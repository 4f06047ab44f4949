"""sync() and members that follow from other objects: Changes does not report them, and no run loses them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.etl.comparison import differences
from tests.etl.test_sync import TABLES, Account, schema
from yadirect_soap import etl
from yadirect_soap.emulator.fault_injection import Fault
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER

_OFFERS = """<?xml version="1.0" encoding="UTF-8"?><yml_catalog date="2026-01-01 00:00"><shop><name>Shelves</name>
<company>Shelves</company><url>https://example.com</url><currencies><currency id="RUB" rate="1"/></currencies>
<categories><category id="1">Shelves</category></categories><offers><offer id="1" available="true">
<url>https://example.com/1</url><price>10</price><currencyId>RUB</currencyId><categoryId>1</categoryId>
<picture>https://example.com/1.png</picture><name>Shelf</name></offer></offers></shop></yml_catalog>"""


def _add(account: Account, service: str, **params: Any) -> list[int]:
    """Adds objects; their ids."""
    results: Any = account.direct.call(service, "add", params)
    return list(results.raise_for_errors().ids)


def _group_with_a_keyword(account: Account) -> tuple[int, int]:
    """A group of the first campaign with one keyword, and that keyword; an hour passes."""
    group = {"Name": "Benches", "CampaignId": account.editor.pick("campaigns", 0), "RegionIds": [225]}
    (added,) = _add(account, "adgroups", AdGroups=[group])
    (keyword,) = _add(account, "keywords", Keywords=[{"AdGroupId": added, "Keyword": "cedar bench"}])
    account.editor.wait(3600)
    return added, keyword


def _delete(account: Account, keyword: int) -> None:
    account.direct.call("keywords", "delete", {"SelectionCriteria": {"Ids": [keyword]}})


def _serving(account: Account, table: str, column: str, group: int) -> set[Any]:
    """The ServingStatus of a table's rows in a group."""
    rows = account.destination.rows(schema(table), ADVERTISER, ["serving_status"], {column: frozenset({group})})
    return {status for (status,) in rows}


@pytest.mark.parametrize(
    ("operation", "after"), [("adgroups.get", 0), ("keywords.get", 1)], ids=["of the group", "of its keywords"]
)
def test_a_refused_reading_of_a_group_is_repeated(operation: str, after: int) -> None:
    """A run that found a deleted keyword and could not read its group again leaves both to the next run."""
    with Account(deletes_in_changes=False) as account:
        group, keyword = _group_with_a_keyword(account)
        account.sync()
        account.editor.wait(3600)
        _delete(account, keyword)
        account.emulator.faults.inject(Fault(53), operation, after=after)
        assert etl.sync(account.direct, account.destination, TABLES).errors
        account.emulator.faults.clear()
        account.sync()
        assert _serving(account, "adgroups", "id", group) == {"RARELY_SERVED"}
        assert account.differences() == {}


@pytest.mark.parametrize("package_rows", [1, 1000])
def test_a_deletion_that_a_complete_read_finds_changes_the_group(package_rows: int) -> None:
    """Keywords with figures are read completely in every run; the groups of deleted ones are read by their changes."""
    names = ["campaigns", "adgroups", "keywords"]
    columns = {"keywords": ["Keyword", "ServingStatus", "Productivity"]}
    with Account(deletes_in_changes=False) as account:
        group, keyword = _group_with_a_keyword(account)
        account.run(names, columns=columns)
        count = len(list(account.destination.rows(schema("keywords"), ADVERTISER, ["id"])))
        account.editor.wait(3600)
        _delete(account, keyword)
        account.run(names, columns=columns, package_rows=package_rows)
        assert _serving(account, "adgroups", "id", group) == {"RARELY_SERVED"}
        assert len(list(account.destination.rows(schema("keywords"), ADVERTISER, ["id"]))) == count - 1


# --- campaigns ----------------------------------------------------------------------------------------------------


def _ads_of(account: Account, campaign: int) -> set[Any]:
    """The States of the stored ads of a campaign."""
    rows = account.destination.rows(schema("ads"), ADVERTISER, ["state"], {"campaign_id": frozenset({campaign})})
    return {state for (state,) in rows}


@pytest.mark.parametrize(
    "columns", [["State"], ["State", "EndDate", "Funds"]], ids=["without the last day", "with figures"]
)
def test_the_ads_of_a_campaign_that_a_complete_read_finds_ended_are_read(columns: list[str]) -> None:
    """A campaign ends by the clock, which Changes does not report; its ads are OFF then."""
    with Account(deletes_in_changes=False) as account:
        campaign = account.editor.pick("campaigns", 0)
        account.editor.update("campaigns", Id=campaign, EndDate=account.editor.day(1))
        account.editor.wait(3600)
        account.run(["campaigns", "ads"], columns={"campaigns": columns})
        before = _ads_of(account, campaign)
        account.editor.wait(3 * 86400)
        account.run(["campaigns", "ads"], columns={"campaigns": columns})
        assert (before, _ads_of(account, campaign)) == ({"ON"}, {"OFF"})


def test_the_ads_of_a_resumed_campaign_are_read_without_its_state() -> None:
    """Where the table of campaigns has no State, the ads of each changed campaign are read."""
    with Account(deletes_in_changes=False) as account:
        campaign = account.editor.pick("campaigns", 0)
        found = []
        for verb in ("suspend", "resume"):
            account.editor.act("campaigns", verb, 0)
            account.editor.wait(3600)
            account.run(["campaigns", "ads"], columns={"campaigns": ["Name"]})
            found.append(_ads_of(account, campaign))
        assert found == [{"OFF"}, {"ON"}]


# --- feeds --------------------------------------------------------------------------------------------------------

_ADDRESS = "https://shop.example/offers.xml"
_WITHOUT_FEEDS = [name for name in TABLES if name != "feeds"]


def _add_feed(account: Account) -> int:
    """A feed, with an ad and a group of a dynamic campaign that use it."""
    feed = {"Name": "Offers", "BusinessType": "RETAIL", "SourceType": "URL", "UrlFeed": {"Url": _ADDRESS}}
    (added,) = _add(account, "feeds", Feeds=[feed])
    campaigns = {row.document["Type"]: row.id for row in account.emulator.store.rows("campaigns", ADVERTISER)}
    groups: list[dict[str, Any]] = [
        {"CampaignId": campaigns["UNIFIED_CAMPAIGN"], "UnifiedAdGroup": {"OfferRetargeting": "NO"}},
        {"CampaignId": campaigns["DYNAMIC_TEXT_CAMPAIGN"], "DynamicTextFeedAdGroup": {"FeedId": added}},
    ]
    new = [{"Name": "Offers", "RegionIds": [225], **group} for group in groups]
    unified, _ = _add(account, "adgroups", AdGroups=new)
    shopping = {"FeedId": added, "DefaultTexts": ["Cedar shelves"]}
    _add(account, "ads", Ads=[{"AdGroupId": unified, "ShoppingAd": shopping}])
    return added


def _put_file(account: Account, _feed: int) -> None:
    """Puts a file at the address of the feed, which is processed."""
    account.emulator.feeds.put(_ADDRESS, _OFFERS)
    account.editor.wait(3600)


def _move(account: Account, feed: int) -> None:
    """Gives the feed, which is processed, an address without a file."""
    account.direct.feeds.update(Feeds=[{"Id": feed, "UrlFeed": {"Url": "https://shop.example/new.xml"}}])


@pytest.mark.parametrize(
    ("tables", "events"),
    [(TABLES, [_put_file]), (_WITHOUT_FEEDS, [_put_file]), (TABLES, [_put_file, _move])],
    ids=["it is processed", "without the table of feeds", "it has no file any more"],
)
def test_what_a_feed_changes_is_read(tables: list[str], events: list[Callable[[Account, int], None]]) -> None:
    """The processing status of ads and groups follows from their feed, which changes by the clock."""
    with Account(deletes_in_changes=False) as account:
        feed = _add_feed(account)
        for happen in [lambda *_: None, *events]:
            account.editor.wait(3600)
            happen(account, feed)
            account.run(tables)
        schemas = [schema(name) for name in tables]
        assert differences(account.direct, account.destination, schemas, ADVERTISER) == {}


def test_a_processed_feed_costs_nothing() -> None:
    """Its ads are not read again and again."""
    with Account(deletes_in_changes=False) as account:
        _put_file(account, _add_feed(account))
        account.sync()
        account.editor.wait(3600)
        (one,) = account.sync().logins
        assert (one.written.get("ads"), one.written.get("adgroups")) == (0, 0)


def test_waiting_for_a_feed_is_cheap() -> None:
    """Where another reading of the ads of a feed costs more than 5 % of the daily units, no run has it."""
    with Account(deletes_in_changes=False) as account:
        _add_feed(account)
        account.editor.wait(3600)
        account.sync()
        account.set_daily_units(300)
        account.editor.wait(3600)
        (one,) = account.sync().logins
        assert (one.written.get("ads"), one.written.get("adgroups")) == (0, 0)
