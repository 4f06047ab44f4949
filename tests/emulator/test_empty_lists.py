"""Empty lists over JSON, as in answers that were recorded in production in 2026; over SOAP there are none."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import simplejson

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap import Direct
from yadirect_soap.emulator.app import Emulator

NOTHING_FOUND: dict[str, dict[str, list[Any]]] = {
    "adextensions": {},
    "adgroups": {"AdGroups": []},
    "adimages": {},
    "ads": {},
    "advideos": {"AdVideos": []},
    "audiencetargets": {},
    "bidmodifiers": {"BidModifiers": []},
    "bids": {},
    "businesses": {"Businesses": []},
    "campaigns": {"Campaigns": []},
    "creatives": {},
    "dynamicfeedadtargets": {"DynamicFeedAdTargets": []},
    "dynamictextadtargets": {},
    "feeds": {},
    "keywordbids": {},
    "keywords": {},
    "leads": {"Leads": []},
    "negativekeywordsharedsets": {},
    "retargetinglists": {},
    "sitelinks": {"SitelinksSets": []},
    "smartadtargets": {"SmartAdTargets": []},
    "strategies": {"Strategies": []},
    "turbopages": {"TurboPages": []},
}
"""What each service answers to a get that finds nothing."""

CRITERIA: dict[str, dict[str, Any]] = {
    "adimages": {"AdImageHashes": ["none"]},
    "advideos": {"Ids": ["none"]},
    "bidmodifiers": {"Ids": [1], "Levels": ["CAMPAIGN"]},
    "bids": {"KeywordIds": [1]},
    "keywordbids": {"KeywordIds": [1]},
    "leads": {"TurboPageIds": [1]},
}
FIELDS = {"bids": "KeywordId", "keywordbids": "KeywordId", "adimages": "AdImageHash", "turbopages": "Id"}


@pytest.fixture
def directs(emulator: Emulator) -> Iterator[list[Direct]]:
    """The advertiser's client over each wire, SOAP first."""
    with ExitStack() as stack:
        yield [stack.enter_context(_direct(emulator, wire)) for wire in ("soap", "json")]


def _direct(emulator: Emulator, wire: Any) -> Direct:
    return Direct("anna-token", transport=wire, endpoint=emulator.endpoint, session=emulator.session())


def nothing(service: str) -> dict[str, Any]:
    """The params of a get that finds nothing."""
    return {
        "SelectionCriteria": CRITERIA.get(service, {"Ids": [1]}),
        "FieldNames": [FIELDS.get(service, "Id")],
    }


@pytest.mark.parametrize(("service", "expected"), NOTHING_FOUND.items(), ids=NOTHING_FOUND)
def test_nothing_found(client: EmulatorClient, service: str, expected: dict[str, Any]) -> None:
    """A get that finds nothing has an empty list in some services, and no list in the others."""
    assert client.result(service, "get", nothing(service)) == expected


@pytest.mark.parametrize("service", NOTHING_FOUND)
def test_nothing_found_is_an_empty_page_over_both_wires(directs: list[Direct], service: str) -> None:
    """The client gives the same empty page, whatever the wire and the service say."""
    pages: list[Any] = [direct.call(service, "get", nothing(service)) for direct in directs]
    assert [(list(page), page.limited_by) for page in pages] == [([], None)] * 2


def test_an_item_that_succeeded_has_an_empty_list_of_errors(client: EmulatorClient) -> None:
    """Errors are present in each item; Warnings and the errors of a failed item are as they are."""
    key = client.campaign()
    assert client.on("campaigns", "unarchive", key, 1) == [
        {
            "Id": key,
            "Warnings": [{"Code": 10023, "Message": "Object is not archived", "Details": "Campaign is not archived"}],
            "Errors": [],
        },
        {"Errors": [{"Code": 8800, "Message": "Object not found", "Details": "Campaign not found"}]},
    ]
    assert client.on("campaigns", "delete", key) == [{"Id": key, "Errors": []}]


def test_only_results_of_items_have_them(client: EmulatorClient) -> None:
    """The objects of Bids.get have members for errors too; a get leaves them out."""
    keyword = client.keyword()
    params = {"SelectionCriteria": {"KeywordIds": [keyword]}, "FieldNames": ["KeywordId"]}
    assert client.result("bids", "get", params) == {"Bids": [{"KeywordId": keyword}]}


def test_soap_has_no_empty_lists(directs: list[Direct]) -> None:
    """The same result over SOAP has no element for them, and its item is the client's same result."""
    added: list[Any] = [direct.call("campaigns", "add", {"Campaigns": [campaign()]}) for direct in directs]
    assert b"Errors" not in added[0].raw.body
    assert simplejson.loads(added[1].raw.body)["result"]["AddResults"][0]["Errors"] == []
    assert [(result.ok, result.errors, result.warnings) for results in added for result in results] == [
        (True, (), ()),
        (True, (), ()),
    ]


def campaign() -> dict[str, Any]:
    """A text campaign."""
    return {"Name": "Campaign", "StartDate": "2030-01-15", "TextCampaign": {}}
