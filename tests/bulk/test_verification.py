"""Reading back: what the account does not have as it was sent is told of every write, and what cannot be read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.bulk import every_write
from tests.bulk.conftest import Write
from tests.bulk.every_write import GROUP, TEXT
from tests.bulk.trouble import Trouble
from yadirect_soap import Direct, bulk
from yadirect_soap.bulk import Difference, NotVerified, lookup
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.emulator.operations.call import Handler
from yadirect_soap.emulator.operations.services import HANDLERS, VERBS
from yadirect_soap.protocol.contract import bundled

OTHERS = {"bids.setAuto", "clients.update", "keywordbids.setAuto"}
"""What cannot be read back."""
OF_ADVERTISERS = [key for key in sorted(lookup.bundled().recoveries) if not key.startswith("agencyclients.")]
SIZE = 3
NOT_MADE = {"creatives.add"}
"""No line of it is done in the demo account."""


def idle(key: str) -> Handler:
    """What carries out an operation, says so, and leaves all objects as they were."""
    carry_out = HANDLERS.get(key) or VERBS[key.partition(".")[2]]

    def pretend(call: Any) -> Any:
        before = documents(call.store)
        results = carry_out(call)
        for service, new in documents(call.store).keys() - before.keys():
            call.store.delete(service, new)
        for (service, old), document in before.items():
            call.store.put(service, old, ADVERTISER, document, changed=call.now())
        return results

    return pretend


def documents(store: Any) -> dict[tuple[str, Any], Any]:
    """All objects of the demo advertiser."""
    return {(service, row.id): row.document for service in bundled() for row in store.rows(service, ADVERTISER)}


def differences(results: Iterable[Difference | NotVerified]) -> list[Difference]:
    """Those of the results that are differences."""
    return [result for result in results if isinstance(result, Difference)]


def not_verified(results: Iterable[Difference | NotVerified]) -> list[tuple[int, str]]:
    """The lines that were not verified, with the reasons."""
    return [(result.line, result.reason) for result in results if isinstance(result, NotVerified)]


def test_what_was_carried_out_has_no_differences(trouble: Trouble, tmp_path: Path) -> None:
    """All writes of an advertiser, whose lines act upon the same objects: the last line counts."""
    source = every_write.write(tmp_path / "all.jsonl", every_write.rows(trouble.emulator, 12))
    trouble.run(source, tmp_path / "j")
    with trouble.direct() as direct:
        results = list(bulk.verify(direct, tmp_path / "j"))
    assert differences(results) == []
    unread = {result.operation for result in results if isinstance(result, NotVerified)}
    assert unread == {"adimages.add", "advideos.add", "ads.update", *OTHERS}


@pytest.fixture(scope="module")
def first_done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The first line of each operation that is done where all are carried out."""
    folder = tmp_path_factory.mktemp("calm")
    with Trouble() as calm:
        calm.run(every_write.write(folder / "all.jsonl", every_write.rows(calm.emulator, SIZE)), folder / "j")
    lines: dict[str, int] = {}
    for outcome in bulk.read_outcomes(folder / "j", ["done"]):
        lines.setdefault(outcome.operation, outcome.line)
    return lines


@pytest.mark.parametrize("key", sorted({*OF_ADVERTISERS} - NOT_MADE))
def test_what_was_not_carried_out_is_told(first_done: dict[str, int], key: str, tmp_path: Path) -> None:
    """An operation that says it is done, and does nothing, is found out, or told as one that cannot be read back."""
    with Trouble(handlers={key: idle(key)}) as trouble:
        rows = every_write.rows(trouble.emulator, SIZE)[: first_done[key]]
        trouble.run(every_write.write(tmp_path / "j.jsonl", rows), tmp_path / "j")
        with trouble.direct() as direct:
            results = list(bulk.verify(direct, tmp_path / "j"))
    told = {result.line for result in results if isinstance(result, NotVerified if key in OTHERS else Difference)}
    assert first_done[key] in told


def test_bids_of_a_whole_group_leave_those_before_unverified(direct: Direct, write: Write, journal: Path) -> None:
    """Which keywords they have changed nobody asks; a bid that is set after them can be compared."""
    keyword = {"do": "keywords.add", "ref": "k", "item": {"AdGroupId": GROUP, "Keyword": "новая скамейка"}}
    bids = ({"KeywordId": "@k", "Bid": 3_000_000}, {"AdGroupId": GROUP, "Bid": 4_000_000})
    source = write(keyword, *({"do": "bids.set", "item": bid} for bid in bids))
    assert bulk.run(direct, source, journal=journal).ok
    assert sorted(not_verified(bulk.verify(direct, journal))) == [
        (2, "a later line sets all bids of a group or campaign"),
        (3, "it is about all bids of a group or campaign"),
    ]


def test_one_bid_has_one_name(direct: Direct, write: Write, journal: Path) -> None:
    """The SearchBid of keywordbids is the Bid of bids: the later line counts; what the API reckons is not compared."""
    keyword = {"do": "keywords.add", "ref": "k", "item": {"AdGroupId": GROUP, "Keyword": "новая скамейка"}}
    lines = [
        {"do": "keywordbids.set", "item": {"KeywordId": "@k", "SearchBid": 3_000_000}},
        {"do": "bids.set", "item": {"KeywordId": "@k", "Bid": 4_000_000}},
    ]
    assert bulk.run(direct, write(keyword, *lines), journal=journal).ok
    assert list(bulk.verify(direct, journal)) == []
    direct.bids.set(Bids=[{"KeywordId": next(bulk.read_outcomes(journal)).id, "Bid": 5_000_000}])
    assert differences(bulk.verify(direct, journal)) == [
        Difference(3, "bids.set", next(bulk.read_outcomes(journal)).id, "Bid", 4_000_000, 5_000_000)
    ]


def test_a_part_that_is_set_anew_leaves_the_others(direct: Direct, write: Write, journal: Path) -> None:
    """A new title is expected of the later line, and the text still of the first one."""
    ad = {"do": "ads.add", "ref": "a", "item": {"AdGroupId": GROUP, "TextAd": {"Title": "Первое", **TEXT}}}
    change = {"do": "ads.update", "item": {"Id": "@a", "TextAd": {"Title": "Второе"}}}
    assert bulk.run(direct, write(ad, change), journal=journal).ok
    key = next(bulk.read_outcomes(journal)).id
    direct.ads.update(Ads=[{"Id": key, "TextAd": {"Title": "Третье", "Text": "Другое"}}])
    assert sorted((each.line, each.path, each.found) for each in differences(bulk.verify(direct, journal))) == [
        (1, "TextAd.Text", "Другое"),
        (2, "TextAd.Title", "Третье"),
    ]


def test_an_object_that_is_deleted_is_expected_to_be_gone(direct: Direct, write: Write, journal: Path) -> None:
    """Nothing of the lines before its deletion is expected."""
    ad = {"do": "ads.add", "ref": "a", "item": {"AdGroupId": GROUP, "TextAd": {"Title": "Первое", **TEXT}}}
    assert bulk.run(direct, write(ad, {"do": "ads.delete", "item": "@a"}), journal=journal).ok
    assert list(bulk.verify(direct, journal)) == []
