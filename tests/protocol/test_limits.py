"""The documented limits of one request, and how each is told where params exceed it."""

from typing import Any

import pytest

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.limits import check_limits

IDS = list(range(1, 20_001))
SPLIT = "send them in parts, or pass split=True"


def _violations(key: str, params: dict[str, Any]) -> list[str]:
    return list(map(str, check_limits(bundled().operation(*key.split(".")), params, facts.bundled())))


EXCEEDED: dict[str, tuple[str, dict[str, Any], str]] = {
    "criterion": (
        "ads.get",
        {"SelectionCriteria": {"CampaignIds": IDS[:11]}},
        f"$.SelectionCriteria.CampaignIds: found 11 values, expected at most 10; {SPLIT}",
    ),
    "criterion of two": (
        "smartadtargets.get",
        {"SelectionCriteria": {"CampaignIds": [1, 2, 3]}},
        f"$.SelectionCriteria.CampaignIds: found 3 values, expected at most 2; {SPLIT}",
    ),
    "objects of an add": (
        "ads.add",
        {"Ads": [{}] * 1001},
        "$.Ads: found 1001 values, expected at most 1000; send them in parts, or pass split=True",
    ),
    "objects of an update": (
        "campaigns.update",
        {"Campaigns": [{}] * 11},
        "$.Campaigns: found 11 values, expected at most 10; send them in parts, or pass split=True",
    ),
    "ids of a delete": (
        "campaigns.delete",
        {"SelectionCriteria": {"Ids": IDS[:1001]}},
        "$.SelectionCriteria.Ids: found 1001 values, expected at most 1000; send them in parts, or pass split=True",
    ),
    "objects by how they are named": (
        "bids.set",
        {"Bids": [{"CampaignId": number} for number in range(11)]},
        "$.Bids: found 11 values, expected at most 10; send them in parts, or pass split=True",
    ),
    "ids of a check": (
        "changes.check",
        {"CampaignIds": IDS[:3001]},
        "$.CampaignIds: found 3001 values, expected at most 3000; send them in parts",
    ),
    "Limit": (
        "campaigns.get",
        {"Page": {"Limit": 10_001}},
        "$.Page.Limit: found 10001, expected from 1 to 10000; items() and pages() read on automatically",
    ),
    "Limit of 0": ("campaigns.get", {"Page": {"Limit": 0}}, "$.Page.Limit: found 0, expected from 1 to 10000"),
    "Limit below 0": ("campaigns.get", {"Page": {"Limit": -1}}, "$.Page.Limit: found -1, expected from 1 to 10000"),
    "Offset below 0": ("campaigns.get", {"Page": {"Offset": -1}}, "$.Page.Offset: found -1, expected 0 or more"),
    "depth": (
        "bidmodifiers.get",
        {"SelectionCriteria": {"Ids": [1]}, "Page": {"Offset": 110_001}},
        "$.Page: found Limit 10000 and Offset 110001, expected together at most 120000; request with narrower criteria",
    ),
    "no criterion of those needed": (
        "ads.get",
        {"SelectionCriteria": {"States": ["ON"], "Ids": []}},
        "$.SelectionCriteria: found none of Ids, CampaignIds, AdGroupIds, expected at least one of them",
    ),
    "lists that exclude each other": (
        "changes.check",
        {"CampaignIds": [1], "AdIds": [2]},
        "$: found CampaignIds and AdIds, expected one of CampaignIds, AdGroupIds, AdIds; make a call for each",
    ),
    "none of the lists": (
        "changes.check",
        {},
        "$: found none of CampaignIds, AdGroupIds, AdIds, expected one of CampaignIds, AdGroupIds, AdIds",
    ),
    "objects named in two ways": (
        "keywordbids.set",
        {"KeywordBids": [{"CampaignId": 1}, {"KeywordId": 2}]},
        "$.KeywordBids: found objects named by CampaignId and KeywordId, "
        "expected one of CampaignId, AdGroupId, KeywordId for all objects; make a call for each",
    ),
    "an object without a name": (
        "bids.setAuto",
        {"Bids": [{"KeywordId": 2}, {}]},
        "$.Bids[1]: found nothing that names the object, expected one of CampaignId, AdGroupId, KeywordId",
    ),
}


@pytest.mark.parametrize(("key", "params", "message"), EXCEEDED.values(), ids=EXCEEDED)
def test_an_exceeded_limit_is_reported(key: str, params: dict[str, Any], message: str) -> None:
    """What exceeds a documented limit is reported with its place, what was found, what is allowed, and what to do."""
    assert _violations(key, params) == [message]


WITHIN: dict[str, tuple[str, dict[str, Any]]] = {
    "criterion": ("ads.get", {"SelectionCriteria": {"CampaignIds": IDS[:10]}}),
    "objects": ("ads.add", {"Ads": [{}] * 1000}),
    "objects by a finer name": ("bids.set", {"Bids": [{"KeywordId": number} for number in range(10_000)]}),
    "page": ("campaigns.get", {"Page": {"Limit": 10_000, "Offset": 10**9}}),
    "a limit that is assumed": ("strategies.add", {"Strategies": [{}] * 1001}),
    "a criterion that is assumed": ("keywordsresearch.hasSearchVolume", {"SelectionCriteria": {"Keywords": IDS}}),
    "depth": ("bidmodifiers.get", {"SelectionCriteria": {"Ids": [1]}, "Page": {"Limit": 1, "Offset": 119_999}}),
}


@pytest.mark.parametrize(("key", "params"), WITHIN.values(), ids=WITHIN)
def test_what_is_within_the_limits_passes(key: str, params: dict[str, Any]) -> None:
    """A list as long as its limit passes, and so does what the documentation does not limit."""
    assert _violations(key, params) == []


@pytest.mark.parametrize(
    "params",
    [None, [], {"Ads": "x"}, {"SelectionCriteria": [1]}, {"SelectionCriteria": {1: [2]}}, {"Page": {"Limit": "x"}}],
    ids=["None", "a list", "text", "list of criteria", "odd name", "text as Limit"],
)
@pytest.mark.parametrize("key", ["campaigns.get", "ads.add", "campaigns.delete"])
def test_what_does_not_fit_the_contract_is_left_to_the_check(key: str, params: Any) -> None:
    """Params of another form than the contract's exceed nothing."""
    assert _violations(key, params) == []


NO_MOMENTS = {
    "a blank for T": "2026-05-01 00:00:00Z",
    "no Z": "2026-05-01T00:00:00",
    "an offset": "2026-05-01T00:00:00+03:00",
    "a day": "2026-05-01",
    "parts of a second": "2026-05-01T00:00:00.000Z",
    "no such day": "2026-02-30T00:00:00Z",
    "no such hour": "2026-05-01T25:00:00Z",
    "nothing": "",
    "other digits": "\u0662026-05-01T00:00:00Z",
    "a line's end": "2026-05-01T00:00:00Z\n",
}


@pytest.mark.parametrize("text", NO_MOMENTS.values(), ids=NO_MOMENTS)
@pytest.mark.parametrize("key", ["changes.checkDictionaries", "changes.checkCampaigns", "changes.check"])
def test_a_timestamp_of_another_form_is_reported(key: str, text: str) -> None:
    """A Timestamp that the API would refuse with error 4000 is a violation that shows the right form."""
    violations = _violations(
        key, {"Timestamp": text, "CampaignIds": [1]} if key == "changes.check" else {"Timestamp": text}
    )
    expected = "expected a date and time like 2026-05-31T10:00:00Z, or a datetime with a zone"
    assert violations == [f"$.Timestamp: found {text!r} (str), {expected}"]


def test_a_timestamp_of_the_api_is_taken() -> None:
    """A Timestamp as the API's responses have it is no violation."""
    assert _violations("changes.checkCampaigns", {"Timestamp": "2026-05-01T23:59:59Z"}) == []
