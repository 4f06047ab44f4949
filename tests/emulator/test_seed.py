"""The demo accounts: everything that they own fits the contract, refers to what there is, and is always alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient
from yadirect_soap.emulator.domain.accounts import Accounts
from yadirect_soap.emulator.domain.resources import resources
from yadirect_soap.emulator.fixtures import demo_accounts
from yadirect_soap.emulator.operations.crud.paths import values
from yadirect_soap.emulator.storage.store import Row, Store
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.validation import check

SERVICES = tuple(resources())
TYPES = [
    ("campaigns", "Type", frozenset({"UNKNOWN"})),
    ("adgroups", "Type", frozenset()),
    # The responsive ads of the seed are stored as what the WSDLs call them.
    ("ads", "Type", frozenset({"RESPONSIVE_AD"})),
    ("ads", "Subtype", frozenset()),
    ("creatives", "Type", frozenset()),
]


@contextmanager
def seeded() -> Iterator[tuple[Store, Accounts]]:
    """A store with the seed in it."""
    store = Store()
    accounts = Accounts(store)
    with store.transaction():
        demo_accounts.seed(store, accounts)
    yield store, accounts
    store.close()


def rows(store: Store, accounts: Accounts, service: str) -> Iterator[Row]:
    """Every account's objects of a service."""
    return (row for account in accounts for row in store.rows(service, account.login))


@pytest.fixture(scope="module")
def planted() -> Iterator[tuple[Store, Accounts]]:
    """A seeded store that no test changes."""
    with seeded() as seed_store:
        yield seed_store


@pytest.mark.parametrize("service", SERVICES)
def test_documents_fit_the_contract(planted: tuple[Store, Accounts], service: str) -> None:
    """Every seeded document is a get item of its service, and each service has one."""
    shape = listed(bundled()[service].operations["get"].response).shape
    documents = list(rows(*planted, service))
    assert documents
    assert [(row.id, str(error_text)) for row in documents for error_text in check(row.document, shape)] == []


@pytest.mark.parametrize(("service", "member", "not_there"), TYPES, ids=[f"{s}.{m}" for s, m, _ in TYPES])
def test_every_type_is_there(
    planted: tuple[Store, Accounts], service: str, member: str, not_there: frozenset[str]
) -> None:
    """Campaigns, groups, ads and creatives of every type that the contract knows are there."""
    shape = listed(bundled()[service].operations["get"].response).shape.by_name[member].shape
    assert {row.document.get(member) for row in rows(*planted, service)} >= shape.value_set - not_there


@pytest.mark.parametrize("kind", ["TextAd", "ResponsiveAd", "ShoppingAd", "ListingAd", "SmartAdBuilderAd"])
def test_every_kind_of_ad_is_there(planted: tuple[Store, Accounts], kind: str) -> None:
    """Kinds that share a Type are there too."""
    assert any(kind in row.document for row in rows(*planted, "ads"))


@pytest.mark.parametrize("service", SERVICES)
def test_parents_exist(planted: tuple[Store, Accounts], service: str) -> None:
    """Campaigns and groups of all objects exist, and a group's campaign is its objects'."""
    store, accounts = planted
    for row in rows(store, accounts, service):
        campaign, group = row.document.get("CampaignId"), row.document.get("AdGroupId")
        assert campaign is None or store.get("campaigns", campaign, row.login)
        if group is not None:
            assert (store.get("adgroups", group, row.login) or {})["CampaignId"] == campaign


@pytest.mark.parametrize("service", SERVICES)
def test_references_exist(planted: tuple[Store, Accounts], service: str) -> None:
    """Whatever a document refers to is its owner's."""
    store, accounts = planted
    for row in rows(store, accounts, service):
        for target, paths in resources()[service].references.items():
            for key in (key_found for path in paths for key_found in values(row.document, path)):
                assert key is None or store.get(target, key, row.login), (service, row.id, target, key)


def test_text_groups_have_autotargeting(planted: tuple[Store, Accounts]) -> None:
    """Running text and unified groups have the keyword that nobody adds, under the id that is made of theirs."""
    store, accounts = planted
    groups = [
        row
        for row in rows(store, accounts, "adgroups")
        if row.document.get("Type") in {"TEXT_AD_GROUP", "UNIFIED_AD_GROUP"} and row.document["Status"] == "ACCEPTED"
    ]
    assert len(groups) >= 6
    for group in groups:
        keyword = store.get("keywords", int(f"20{group.id}"), group.login)
        assert keyword is not None
        assert keyword["Keyword"] == "---autotargeting"


def test_an_ad_has_callouts_and_others_are_left(planted: tuple[Store, Accounts]) -> None:
    """The first ad has three callouts, and its owner has more to add or to set instead."""
    store, _ = planted
    ad = next(row.document for row in store.rows("ads", demo_accounts.ADVERTISER))
    used = {item["AdExtensionId"] for item in ad["TextAd"]["AdExtensions"]}
    everything = {row.id for row in store.rows("adextensions", demo_accounts.ADVERTISER)}
    assert len(used) == 3
    assert len(everything - used) >= 2


def test_the_seed_is_always_alike() -> None:
    """Two seeded stores hold the same objects and the same accounts."""

    def contents() -> Any:
        with seeded() as (store, accounts):
            return list(accounts), [list(rows(store, accounts, service)) for service in SERVICES]

    assert contents() == contents()


def test_clients_have_different_currencies(planted: tuple[Store, Accounts]) -> None:
    """The agency has three clients, each with a currency of its own and campaigns in it."""
    store, accounts = planted
    clients = accounts.clients_of(demo_accounts.AGENCY)
    assert [account.currency for account in clients] == ["RUB", "BYN", "KZT"]
    for account in clients:
        assert {row.document["Currency"] for row in store.rows("campaigns", account.login)} == {account.currency}


def test_tokens_work() -> None:
    """Both tokens open their accounts."""
    params: dict[str, Any] = {"SelectionCriteria": {}, "FieldNames": ["Login"]}
    with EmulatorClient.demo(now=START) as client:
        assert client.call("campaigns.get", {"FieldNames": ["Id"]})["Campaigns"]
        assert len(client.call("agencyclients.get", params, token=demo_accounts.AGENCY_TOKEN)["Clients"]) == 3


def test_new_objects_get_new_ids() -> None:
    """What is added to a seeded store has identifiers of its own."""
    with EmulatorClient.demo(now=START) as client:
        group = client.first("adgroups", Type="TEXT_AD_GROUP")["Id"]
        items = [{"AdGroupId": group, "Keyword": "новая фраза"}]
        (result,) = client.call("keywords.add", {"Keywords": items})["AddResults"]
        assert [row.id for row in client.emulator.store.rows("keywords", demo_accounts.ADVERTISER)].count(
            result["Id"]
        ) == 1
        assert client.first("keywords", Id=result["Id"])["Keyword"] == "новая фраза"


def test_every_ad_takes_an_update() -> None:
    """No rule that the seed itself breaks stands in the way of the first update of an ad."""
    with EmulatorClient.demo(now=START) as client:
        ads = [row.document for row in client.emulator.store.rows("ads", demo_accounts.ADVERTISER)]
        kinds = [next(name for name, value in ad.items() if isinstance(value, dict)) for ad in ads]
        untouched = [{"Id": ad["Id"], kind: {}} for ad, kind in zip(ads, kinds, strict=True)]
        outcomes = client.call("ads.update", {"Ads": untouched}, version="v501")["UpdateResults"]
        assert [(outcome["Id"], outcome["Errors"]) for outcome in outcomes] == [(ad["Id"], []) for ad in ads]
