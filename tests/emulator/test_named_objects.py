"""How requests name objects: identifiers that none can have, the same one twice, objects that are deleted or in use."""

from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes

CALLOUT = {"Callout": {"CalloutText": "Free delivery"}}


@pytest.mark.parametrize(
    ("service", "method", "params"),
    [
        ("campaigns", "suspend", {"SelectionCriteria": {"Ids": [0]}}),
        ("ads", "delete", {"SelectionCriteria": {"Ids": [-1]}}),
        ("keywords", "update", {"Keywords": [{"Id": 0, "Keyword": "a"}]}),
        ("adgroups", "add", {"AdGroups": [{"Name": "g", "CampaignId": 0, "RegionIds": [225]}]}),
        ("bids", "set", {"Bids": [{"AdGroupId": -5, "Bid": 1_000_000}]}),
    ],
    ids=["verb", "delete", "update", "parent", "bids"],
)
def test_an_identifier_is_positive(client: EmulatorClient, service: str, method: str, params: dict[str, Any]) -> None:
    """Zero and less name nothing that could ever be there: error 5005 rather than 8800."""
    assert codes(client.write(service, method, params)) == [[5005]]


def test_an_ad_is_sent_to_moderation_once(client: EmulatorClient) -> None:
    """An ad that is named twice is moderated, and the second place has warning 10000."""
    ad = client.ad()
    results = client.on("ads", "moderate", ad, ad)
    assert (codes(results), codes(results, "Warnings")) == ([[], []], [[], [10000]])


def test_a_deleted_callout_is_seen_by_who_asks_for_it(client: EmulatorClient) -> None:
    """Get leaves it out unless its id or the state DELETED is named."""
    existing, deleted = client.add("adextensions", "AdExtensions", CALLOUT, CALLOUT)
    client.on("adextensions", "delete", deleted)

    def callouts_of(**criteria: Any) -> list[int]:
        params = {"SelectionCriteria": criteria, "FieldNames": ["Id"]}
        return [item["Id"] for item in client.result("adextensions", "get", params).get("AdExtensions", [])]

    assert callouts_of() == [existing]
    assert callouts_of(Types=["CALLOUT"]) == [existing]
    assert callouts_of(Ids=[existing, deleted]) == [existing, deleted]
    assert callouts_of(States=["DELETED"]) == [deleted]


def test_a_callout_in_use_cannot_be_deleted(client: EmulatorClient) -> None:
    """Error 8301 meets it while an ad has it; once it is deleted no ad can have it (8800)."""
    (key,) = client.add("adextensions", "AdExtensions", CALLOUT)
    ad = client.ad(AdExtensionIds=[key])
    assert codes(client.on("adextensions", "delete", key)) == [[8301]]
    client.write("ads", "update", {"Ads": [{"Id": ad, "TextAd": {"CalloutSetting": None}}]})
    assert codes(client.on("adextensions", "delete", key)) == [[]]
    text = {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "https://example.com/", "AdExtensionIds": [key]}
    assert client.add_errors("ads", {"AdGroupId": client.group(), "TextAd": text}) == [[8800]]
