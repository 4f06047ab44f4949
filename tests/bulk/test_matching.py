"""Matching: what get shows of an object is recognized as made of the item, for every add that is looked for."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.bulk.trouble import Trouble
from tests.interop.plausible_params import _projected
from yadirect_soap.bulk import lookup, matching, write_operations
from yadirect_soap.bulk.account_objects import AccountObjects
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.protocol.contract import bundled

SEARCHED = sorted(key for key, recovery in lookup.bundled().recoveries.items() if recovery.kind == "look")
ADS = bundled()["ads"].operations["get"].listed
assert ADS is not None
SHAPE = ADS.shape


@pytest.mark.parametrize("version", ["v501", "v5"])
@pytest.mark.parametrize("key", SEARCHED)
def test_an_added_object_is_recognized(key: str, version: Any) -> None:
    """An item in the likeness of each demo object is found again in what get shows of the new one."""
    service, write = key.partition(".")[0], write_operations.find(bundled(), key)
    added = 0
    with Trouble() as trouble, trouble.direct(version=version) as direct:
        account = AccountObjects(direct)
        for row in list(trouble.emulator.store.rows(service, ADVERTISER)):
            item = _projected(row.document, write.item)
            item |= {"StartDate": "2030-03-01"} if service == "campaigns" else {}
            item.pop("EndDate", None)
            (outcome,) = direct.call(service, "add", write.params([item])).result["AddResults"]
            if "Id" in outcome:
                found = account.by_ids(service, [outcome["Id"]], item)
                assert matching.assign([item], found, account.shape(service)) == {0: found[0]}
                added += 1
    assert added


OTHERS: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
    ("another text", {"TextAd": {"Title": "a"}}, {"TextAd": {"Title": "b"}}),
    ("another group", {"AdGroupId": 1, "TextAd": {}}, {"AdGroupId": 2, "TextAd": {}}),
    ("another kind", {"TextAd": {}}, {"TextAd": None}),
    ("fewer callouts", {"TextAd": {"AdExtensionIds": [1, 2]}}, {"TextAd": {"AdExtensions": [{"AdExtensionId": 1}]}}),
    (
        "more callouts",
        {"TextAd": {"AdExtensionIds": [1]}},
        {"TextAd": {"AdExtensions": [{"AdExtensionId": 1}, {"AdExtensionId": 2}]}},
    ),
]


@pytest.mark.parametrize(("item", "found"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
def test_another_object_is_not_taken(item: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Whatever was sent must be there, and no more of a list."""
    assert not matching.contains(found, item, SHAPE)


def test_the_most_telling_item_chooses_first() -> None:
    """An item does not take the object of another that says the same and more."""
    items = [{"TextAd": {"Title": "a"}}, {"TextAd": {"Title": "a", "Title2": "b"}}]
    objects = [{"Id": 1, "TextAd": {"Title": "a", "Title2": "b"}}, {"Id": 2, "TextAd": {"Title": "a", "Title2": None}}]
    found = matching.assign(items, objects, SHAPE)
    assert {index: each["Id"] for index, each in found.items()} == {0: 2, 1: 1}


def test_an_object_belongs_to_one_item() -> None:
    """Of two equal items with one object one is missing."""
    item = {"TextAd": {"Title": "a"}}
    assert len(matching.assign([item, item], [{"Id": 1, **item}], SHAPE)) == 1


@pytest.mark.parametrize(
    ("text", "alike"),
    [("ЁЛКИ  и иголки", True), ("елки и иголки!", True), ("ёлки", False), ("шишки и ветки", False)],
)
def test_a_rewritten_text_resembles(text: str, alike: bool) -> None:
    """Case, spaces, signs and the letter ё may change; words do not."""
    assert matching.resembles({"Name": text}, {"Name": "Ёлки и иголки"}) == alike


def test_differences_name_the_path() -> None:
    """Of each member that is otherwise: where, what was sent, and what is there."""
    found = {"TextAd": {"Title": "A", "Text": "t", "Href": None}}
    sent = {"TextAd": {"Title": "a", "Text": "t", "Href": "https://example.com"}}
    assert matching.differences(found, sent, SHAPE) == [
        ("TextAd.Title", "a", "A"),
        ("TextAd.Href", "https://example.com", None),
    ]
