"""Bids, KeywordBids and setBids: which bids may be set, by whom they are shown, what auctions look like."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient, item_codes
from yadirect_soap.emulator.domain.currencies import prices
from yadirect_soap.emulator.operations.services.auction import Auction
from yadirect_soap.protocol.validation import check

MANUAL, AUTOMATIC, NETWORK, CPM = "TEXT_CAMPAIGN", "UNIFIED_CAMPAIGN", "MOBILE_APP_CAMPAIGN", "CPM_BANNER_CAMPAIGN"
BID = 9_000_000
ALL_BIDS = [
    "KeywordId",
    "AdGroupId",
    "CampaignId",
    "Bid",
    "AutotargetingSearchBidIsAuto",
    "ContextBid",
    "StrategyPriority",
    "CompetitorsBids",
    "SearchPrices",
    "ContextCoverage",
    "MinSearchPrice",
    "CurrentSearchPrice",
    "AuctionBids",
    "ServingStatus",
]


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


def _keyword(client: EmulatorClient, kind: str, *, autotargeting: bool = False) -> dict[str, Any]:
    for row in client.emulator.store.rows("keywords", "demo-advertiser", campaigns=[client.running_campaign(kind)]):
        if (row.document["Keyword"] == "---autotargeting") is autotargeting:
            return row.document
    raise LookupError(kind)


def _spend(client: EmulatorClient, campaign: int) -> None:
    """Takes the money of a campaign, which keeps it out of the archive."""
    document = client.emulator.store.get("campaigns", campaign, "demo-advertiser")
    assert document is not None
    funds = {"Mode": "CAMPAIGN_FUNDS", "CampaignFunds": {"Sum": 1, "Balance": 0, "BalanceBonus": 0}}
    client.emulator.store.put("campaigns", campaign, "demo-advertiser", document | {"Funds": funds}, changed=0)


def _bids(client: EmulatorClient, keyword: int, fields: list[str]) -> dict[str, Any]:
    params = {"SelectionCriteria": {"KeywordIds": [keyword]}, "FieldNames": fields}
    (item,) = client.call("bids.get", params)["Bids"]
    assert isinstance(item, dict)
    return item


@pytest.mark.parametrize("service", ["bids", "keywordbids"])
def test_get_fits_the_contract(client: EmulatorClient, service: str) -> None:
    """Every bid, autotargeting's too, has the shape of the contract, with all fields."""
    params: dict[str, Any] = {
        "SelectionCriteria": {"CampaignIds": [client.running_campaign(MANUAL)]},
        "FieldNames": ALL_BIDS,
    }
    if service == "keywordbids":
        params["FieldNames"] = ["KeywordId", "AdGroupId", "CampaignId", "ServingStatus", "StrategyPriority"]
        params |= {"SearchFieldNames": ["Bid", "AutotargetingSearchBidIsAuto", "AuctionBids"]}
        params |= {"NetworkFieldNames": ["Bid", "Coverage"]}
    answer = client.call(f"{service}.get", params)
    assert check(answer, client.emulator.contract.operation(service, "get").response) == []
    assert len(next(iter(answer.values()))) == 7


def _auction(client: EmulatorClient, keyword: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the two services tell of a keyword's auction."""
    fields = [
        "AuctionBids",
        "CompetitorsBids",
        "ContextCoverage",
        "CurrentSearchPrice",
        "MinSearchPrice",
        "SearchPrices",
    ]
    params = {"SelectionCriteria": {"KeywordIds": [keyword]}, "FieldNames": ["KeywordId"]}
    params |= {"SearchFieldNames": ["AuctionBids"], "NetworkFieldNames": ["Coverage"]}
    (item,) = client.call("keywordbids.get", params)["KeywordBids"]
    return _bids(client, keyword, fields), {**item["Search"], **item["Network"]}


def test_coverage_is_foretold_for_a_strategy_in_networks(client: EmulatorClient) -> None:
    """Where networks are off, or go by search, it is nil."""
    network, manual = (_auction(client, _keyword(client, kind)["Id"]) for kind in (NETWORK, MANUAL))
    assert (network[0]["ContextCoverage"] is None, network[1]["Coverage"] is None) == (False, False)
    assert (manual[0]["ContextCoverage"], manual[1]["Coverage"]) == (None, None)


def test_images_win_no_places_on_search(client: EmulatorClient) -> None:
    """A group with nothing but image ads has no AuctionBids."""
    keyword = _keyword(client, MANUAL)
    store = client.emulator.store
    for row in list(store.rows("ads", "demo-advertiser", adgroups=[keyword["AdGroupId"]])):
        store.put("ads", row.id, row.login, {**row.document, "Type": "IMAGE_AD"}, changed=0)
    bids, keyword_bids = _auction(client, keyword["Id"])
    assert ("AuctionBids" in bids, keyword_bids["AuctionBids"]) == (False, None)


def test_only_asked_fields_come(client: EmulatorClient) -> None:
    """The lists of field names of KeywordBids decide what Search and Network hold."""
    keyword = _keyword(client, MANUAL)
    params = {"SelectionCriteria": {"KeywordIds": [keyword["Id"]]}, "FieldNames": ["KeywordId"]}
    answer = client.call("keywordbids.get", params | {"SearchFieldNames": ["Bid"]})
    assert answer["KeywordBids"] == [{"KeywordId": keyword["Id"], "Search": {"Bid": keyword["Bid"]}}]


def test_criteria_meet_together(client: EmulatorClient) -> None:
    """Lists of ids and serving statuses narrow each other down."""
    keyword = _keyword(client, MANUAL)
    criteria = {"CampaignIds": [keyword["CampaignId"]], "AdGroupIds": [keyword["AdGroupId"]]}
    for status, count in (("ELIGIBLE", 4), ("RARELY_SERVED", 0)):
        params = {"SelectionCriteria": criteria | {"ServingStatuses": [status]}, "FieldNames": ["KeywordId"]}
        assert len(client.call("bids.get", params).get("Bids", [])) == count


def test_bids_come_in_pages(client: EmulatorClient) -> None:
    """LimitedBy is the place of the last bid where more follow."""
    criteria = {"CampaignIds": [client.running_campaign(MANUAL)]}
    params = {"SelectionCriteria": criteria, "FieldNames": ["KeywordId"], "Page": {"Limit": 3}}
    answer = client.call("bids.get", params)
    assert len(answer["Bids"]) == answer["LimitedBy"] == 3


def test_auctions_of_a_keyword_are_always_alike() -> None:
    """Prices follow from the keyword alone, rise with the traffic and stand on the currency's step."""
    for keyword in range(57_000_000_001, 57_000_000_050):
        volumes = Auction(keyword, prices("RUB")).volumes()
        assert volumes == Auction(keyword, prices("RUB")).volumes()
        bids = [item["Bid"] for item in volumes]
        assert bids == sorted(bids, reverse=True)
        assert all(amount % prices("RUB").step == 0 for item in volumes for amount in (item["Bid"], item["Price"]))


@pytest.mark.parametrize(
    ("service", "items", "search"),
    [("bids", "Bids", "Bid"), ("keywordbids", "KeywordBids", "SearchBid")],
    ids=["Bids", "KeywordBids"],
)
@pytest.mark.parametrize("kind", ["KeywordId", "AdGroupId", "CampaignId"])
def test_a_bid_is_set_for_what_is_named(
    client: EmulatorClient, service: str, items: str, search: str, kind: str
) -> None:
    """A bid goes to a keyword, or to all keywords and the autotargeting of a group or a campaign."""
    keyword = _keyword(client, MANUAL)
    key = keyword["Id"] if kind == "KeywordId" else keyword[kind]
    answer = client.call(f"{service}.set", {items: [{kind: key, search: BID}]})
    assert answer["SetResults"] == [{kind: key, "Errors": []}]
    rows = client.emulator.store.rows("keywords", "demo-advertiser")
    inside = {row.id for row in rows if key in {row.id, row.document["AdGroupId"], row.document["CampaignId"]}}
    params = {"SelectionCriteria": {"CampaignIds": [keyword["CampaignId"]]}, "FieldNames": ["KeywordId", "Bid"]}
    keywords = {item["KeywordId"] for item in client.call("bids.get", params)["Bids"] if item["Bid"] == BID}
    assert keywords == inside


@pytest.mark.parametrize(
    ("kind", "item", "errors", "warnings"),
    [
        (MANUAL, {"Bid": BID}, [], []),
        (MANUAL, {"Bid": BID, "ContextBid": BID}, [], [10160]),
        (MANUAL, {"Bid": BID, "StrategyPriority": "HIGH"}, [], [10161]),
        (MANUAL, {"Bid": BID, "AutotargetingSearchBidIsAuto": "YES"}, [], [10165]),
        (MANUAL, {"ContextBid": BID}, [9601], []),
        (MANUAL, {"StrategyPriority": "HIGH"}, [9600], []),
        (MANUAL, {}, [5008], []),
        (AUTOMATIC, {"Bid": BID}, [9601], []),
        (AUTOMATIC, {"StrategyPriority": "HIGH"}, [], []),
        (AUTOMATIC, {"Bid": BID, "StrategyPriority": "LOW"}, [], [10160]),
        (NETWORK, {"ContextBid": BID}, [], []),
        (NETWORK, {"Bid": BID}, [9601], []),
        (MANUAL, {"Bid": 299_999}, [5005], []),
        (MANUAL, {"Bid": 25_000_000_001}, [5005], []),
        (CPM, {"ContextBid": 4_999_999}, [5005], []),
        (CPM, {"ContextBid": 2_000_000_000}, [], []),
    ],
    ids=[
        "manual bid",
        "with networks off",
        "with a priority",
        "automatic bid of a keyword",
        "networks off",
        "priority alone",
        "nothing",
        "automatic strategy",
        "priority",
        "bid and priority",
        "networks",
        "search off",
        "too small",
        "too great",
        "less than the least CPM",
        "CPM above what a click may cost",
    ],
)
def test_the_strategy_decides(
    client: EmulatorClient, kind: str, item: dict[str, Any], errors: list[int], warnings: list[int]
) -> None:
    """What suits the campaign's strategy is set, the rest is warned of, and an item of nothing else is refused."""
    keyword = _keyword(client, kind)
    (result,) = client.call("bids.set", {"Bids": [{"KeywordId": keyword["Id"], **item}]})["SetResults"]
    assert (item_codes(result), item_codes(result, "Warnings")) == (errors, warnings)
    assert ("KeywordId" in result) is (not errors)


def test_what_does_not_suit_stays(client: EmulatorClient) -> None:
    """A bid in networks that are off is not kept."""
    keyword = _keyword(client, MANUAL)
    client.call("bids.set", {"Bids": [{"KeywordId": keyword["Id"], "Bid": BID, "ContextBid": BID}]})
    assert _bids(client, keyword["Id"], ["Bid", "ContextBid"]) == {"Bid": BID, "ContextBid": keyword["ContextBid"]}


def test_bids_are_raised_to_the_step(client: EmulatorClient) -> None:
    """A bid between two steps of the auction becomes the higher one."""
    keyword = _keyword(client, MANUAL)["Id"]
    client.call("bids.set", {"Bids": [{"KeywordId": keyword, "Bid": 1_234_567}]})
    assert _bids(client, keyword, ["Bid"]) == {"Bid": 1_300_000}


def test_autotargeting_has_an_automatic_bid(client: EmulatorClient) -> None:
    """The bid of autotargeting can be left to the system, and a bid by hand takes it back."""
    key = _keyword(client, MANUAL, autotargeting=True)["Id"]
    client.call("bids.set", {"Bids": [{"KeywordId": key, "AutotargetingSearchBidIsAuto": "YES"}]})
    assert _bids(client, key, ["AutotargetingSearchBidIsAuto"]) == {"AutotargetingSearchBidIsAuto": "YES"}
    client.call("bids.set", {"Bids": [{"KeywordId": key, "Bid": BID}]})
    fields = ["AutotargetingSearchBidIsAuto", "Bid"]
    assert _bids(client, key, fields) == {"AutotargetingSearchBidIsAuto": "NO", "Bid": BID}


@pytest.mark.parametrize(
    ("bids", "code"),
    [
        ([{"CampaignId": 1, "Bid": BID}, {"KeywordId": 2, "Bid": BID}], 4005),
        ([{"CampaignId": 1, "KeywordId": 2, "Bid": BID}], 4005),
        ([{"Bid": BID}], 4003),
    ],
    ids=["two items", "one item", "no id"],
)
def test_one_kind_of_id_in_a_request(client: EmulatorClient, bids: list[dict[str, int]], code: int) -> None:
    """All items name their objects by the same kind of id."""
    assert client.fault("bids.set", {"Bids": bids}) == code


@pytest.mark.parametrize("kind", ["KeywordId", "AdGroupId", "CampaignId"])
def test_unknown_objects(client: EmulatorClient, kind: str) -> None:
    """An unknown id fails its item alone."""
    good = _keyword(client, MANUAL)
    known = good["Id"] if kind == "KeywordId" else good[kind]
    bids = [{kind: 5, "Bid": BID}, {kind: known, "Bid": BID}]
    failed, done = client.call("bids.set", {"Bids": bids})["SetResults"]
    assert (item_codes(failed), done) == ([8800], {kind: known, "Errors": []})


@pytest.mark.parametrize("kind", ["CampaignId", "AdGroupId", "KeywordId"])
def test_archived_campaigns_stay_as_they_are(client: EmulatorClient, kind: str) -> None:
    """Nothing in an archived campaign takes a bid."""
    keyword = _keyword(client, MANUAL)
    ids = {"SelectionCriteria": {"Ids": [keyword["CampaignId"]]}}
    client.call("campaigns.suspend", ids)
    _spend(client, keyword["CampaignId"])
    client.call("campaigns.archive", ids)
    key = keyword["Id"] if kind == "KeywordId" else keyword[kind]
    (result,) = client.call("bids.set", {"Bids": [{kind: key, "Bid": BID}]})["SetResults"]
    assert item_codes(result) == [8300]


def test_other_currencies_have_other_bounds(client: EmulatorClient) -> None:
    """The bounds are those of the client's currency."""
    options = {"token": "demo-agency-token", "client": "demo-client-kzt"}
    keyword = client.first("keywords", "demo-client-kzt", Keyword="мойка окон")["Id"]
    items = [{"KeywordId": keyword, "Bid": 999_999}]
    (result,) = client.call("bids.set", {"Bids": items}, **options)["SetResults"]
    assert item_codes(result) == [5005]


@pytest.mark.parametrize(
    ("rule", "formula"),
    [
        ({"Position": "P12"}, lambda auction: auction.at("P12")),
        (
            {"Position": "PREMIUMFIRST", "IncreasePercent": 50, "CalculateBy": "VALUE"},
            lambda auction: auction.at("P11") * 3 // 2,
        ),
        (
            {"Position": "FOOTERBLOCK", "IncreasePercent": 50, "CalculateBy": "DIFF"},
            lambda auction: auction.at("P24") + (auction.at("P21") - auction.at("P24")) // 2,
        ),
        (
            {"Position": "PREMIUMBLOCK", "IncreasePercent": 100, "CalculateBy": "DIFF"},
            lambda auction: auction.at("P13"),
        ),
        (
            {"Position": "FOOTERFIRST", "IncreasePercent": 100, "CalculateBy": "DIFF"},
            lambda auction: auction.at("P14"),
        ),
        ({"Position": "P11", "MaxBid": 1_000_000}, lambda _auction: 1_000_000),
    ],
    ids=["a place", "and half of it", "and half the difference", "to the next place", "to the other block", "at most"],
)
def test_set_auto_follows_the_formula(client: EmulatorClient, rule: dict[str, Any], formula: Any) -> None:
    """Bids.setAuto sets the bid of a position with its increase, on the step, and no more than MaxBid."""
    keyword = _keyword(client, MANUAL)["Id"]
    client.call("bids.setAuto", {"Bids": [{"KeywordId": keyword, "Scope": ["SEARCH"], **rule}]})
    expected = prices("RUB").on_step(formula(Auction(keyword, prices("RUB"))))
    assert _bids(client, keyword, ["Bid"]) == {"Bid": expected}


@pytest.mark.parametrize(
    ("kind", "item", "errors", "warnings"),
    [
        (MANUAL, {"Scope": ["SEARCH"], "Position": "P11"}, [], []),
        (MANUAL, {"Scope": ["SEARCH", "NETWORK"], "Position": "P11", "ContextCoverage": 50}, [], [10160]),
        (MANUAL, {"Scope": ["NETWORK"], "ContextCoverage": 50}, [9601], []),
        (MANUAL, {"Scope": ["SEARCH"]}, [5000], []),
        (MANUAL, {"Scope": ["SEARCH"], "Position": "P11", "IncreasePercent": 10}, [5000], []),
        (NETWORK, {"Scope": ["NETWORK"], "ContextCoverage": 50}, [], []),
        (NETWORK, {"Scope": ["NETWORK"], "ContextCoverage": 101}, [5005], []),
        (AUTOMATIC, {"Scope": ["SEARCH"], "Position": "P11"}, [9601], []),
    ],
    ids=[
        "search",
        "both",
        "networks off",
        "no position",
        "increase of what",
        "networks",
        "more than all",
        "automatic strategy",
    ],
)
def test_set_auto_needs_bids_by_hand(
    client: EmulatorClient, kind: str, item: dict[str, Any], errors: list[int], warnings: list[int]
) -> None:
    """A place without bids by hand is warned of, and an error where it is the only one."""
    bids = [{"KeywordId": _keyword(client, kind)["Id"], **item}]
    (result,) = client.call("bids.setAuto", {"Bids": bids})["SetAutoResults"]
    assert (item_codes(result), item_codes(result, "Warnings")) == (errors, warnings)


@pytest.mark.parametrize(
    ("kind", "rule", "errors"),
    [
        (MANUAL, {"SearchByTrafficVolume": {"TargetTrafficVolume": 75}}, []),
        (MANUAL, {"SearchByTrafficVolume": {"TargetTrafficVolume": 4}}, [5005]),
        (MANUAL, {"NetworkByCoverage": {"TargetCoverage": 50}}, [9601]),
        (NETWORK, {"NetworkByCoverage": {"TargetCoverage": 50, "BidCeiling": 2_000_000}}, []),
        (AUTOMATIC, {"SearchByTrafficVolume": {"TargetTrafficVolume": 75}}, [9601]),
        (MANUAL, {}, [5008]),
        (
            MANUAL,
            {"SearchByTrafficVolume": {"TargetTrafficVolume": 75}, "NetworkByCoverage": {"TargetCoverage": 50}},
            [5009],
        ),
    ],
    ids=["traffic", "too little traffic", "networks off", "audience", "automatic strategy", "no rule", "two rules"],
)
def test_keyword_bids_set_auto(client: EmulatorClient, kind: str, rule: dict[str, Any], errors: list[int]) -> None:
    """KeywordBids.setAuto takes one rule, for a place where bids are set by hand."""
    items = [{"KeywordId": _keyword(client, kind)["Id"], "BiddingRule": rule}]
    (result,) = client.call("keywordbids.setAuto", {"KeywordBids": items})["SetAutoResults"]
    assert item_codes(result) == errors


def test_no_bid_is_worked_out_for_autotargeting(client: EmulatorClient) -> None:
    """Asking setAuto for autotargeting alone is error 6001."""
    key = _keyword(client, MANUAL, autotargeting=True)["Id"]
    items = [{"KeywordId": key, "BiddingRule": {"SearchByTrafficVolume": {"TargetTrafficVolume": 75}}}]
    (result,) = client.call("keywordbids.setAuto", {"KeywordBids": items})["SetAutoResults"]
    assert item_codes(result) == [6001]


@pytest.mark.parametrize(
    ("service", "campaign_type", "item", "errors", "warnings"),
    [
        ("audiencetargets", NETWORK, {"ContextBid": BID}, [], []),
        ("audiencetargets", NETWORK, {"ContextBid": BID, "StrategyPriority": "LOW"}, [], [10161]),
        ("audiencetargets", NETWORK, {"StrategyPriority": "LOW"}, [9600], []),
        ("audiencetargets", MANUAL, {"ContextBid": BID}, [9601], []),
        ("audiencetargets", NETWORK, {}, [5008], []),
        ("dynamictextadtargets", "DYNAMIC_TEXT_CAMPAIGN", {"Bid": BID, "ContextBid": BID}, [], [10160]),
        ("dynamictextadtargets", "DYNAMIC_TEXT_CAMPAIGN", {"Bid": 1}, [5005], []),
        ("dynamicfeedadtargets", "DYNAMIC_TEXT_CAMPAIGN", {"Bid": BID}, [], []),
        ("smartadtargets", "SMART_CAMPAIGN", {"AverageCpc": BID, "StrategyPriority": "HIGH"}, [], []),
        ("smartadtargets", "SMART_CAMPAIGN", {"AverageCpa": BID}, [], [10160]),
        ("smartadtargets", "SMART_CAMPAIGN", {"AverageCpc": 899_999}, [5005], []),
    ],
    ids=[
        "audience",
        "and priority",
        "audience by priority",
        "networks off",
        "nothing",
        "dynamic text",
        "too small",
        "dynamic feed",
        "smart",
        "smart without conversions",
        "smart too small",
    ],
)
def test_bids_of_targets(
    client: EmulatorClient,
    service: str,
    campaign_type: str,
    item: dict[str, Any],
    errors: list[int],
    warnings: list[int],
) -> None:
    """What setBids is given is kept, with a warning for what the strategy does not use."""
    target = client.first(service, CampaignId=client.running_campaign(campaign_type))["Id"]
    (result,) = client.call(f"{service}.setBids", {"Bids": [{"Id": target, **item}]})["SetBidsResults"]
    assert (item_codes(result), item_codes(result, "Warnings")) == (errors, warnings)
    target_document = client.first(service, Id=target)
    assert errors or all(target_document[name] == value for name, value in item.items())
