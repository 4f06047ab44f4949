"""Planning: all lines are checked before the first is sent, and the whole plan is there or nothing."""

import json
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.bulk.conftest import Write
from tests.bulk.every_write import MANUAL, TEXT
from tests.bulk.trouble import Trouble
from yadirect_soap import ConfigurationError, Direct, InvalidParamsError, bulk

CAMPAIGN = {"Name": "Весна", "StartDate": "2030-03-01", "TextCampaign": {"BiddingStrategy": MANUAL}}
GROUP = {"Name": "Скамейки", "CampaignId": "@c", "RegionIds": [225]}
AD = {"AdGroupId": "@g", "TextAd": {"Title": "Скамейка", **TEXT}}
TREE = (
    {"do": "campaigns.add", "ref": "c", "item": CAMPAIGN},
    {"do": "adgroups.add", "ref": "g", "item": GROUP},
    {"do": "ads.add", "ref": "a", "item": AD},
)
MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    ({"do": "ads.ad", "item": {}}, "$.do", "did you mean 'ads.add'"),
    ({"do": "ads.get", "item": {}}, "$.do", "only reads"),
    ({"do": "ads.add", "itme": {}}, "$.itme", "do, ref or item"),
    ({"do": "ads.add"}, "$.item", "the item"),
    ({"item": {}}, "$.do", "such as"),
    ({"do": "ads.add", "ref": "@a", "item": AD}, "$.ref", "does not begin with @"),
    ({"do": "ads.add", "item": [AD]}, "$.item", "an object"),
    ({"do": "ads.add", "item": {"AdGroupId": "@x", "TextAd": {}}}, "$.AdGroupId", "an earlier line"),
    ({"do": "ads.add", "item": AD | {"AdGroupId": "@c"}}, "$.AdGroupId", "one of adgroups"),
    ({"do": "ads.add", "ref": "c", "item": AD}, "$.ref", "another name"),
    ({"do": "ads.add", "item": {"AdGroupId": 5, "TextAd": {"Titel": "x"}}}, "$.TextAd.Titel", "did you mean 'Title'"),
    ({"do": "ads.suspend", "item": "five"}, "$.Id", "an int of 64 bits"),
    ({"do": "ads.add", "ref": "a\x00", "item": AD}, "$.ref", "printable"),
    ({"do": "ads.suspend", "item": "@g"}, "$.Id", "of adgroups one of ads"),
    ({"do": "keywordbids.set", "item": {"KeywordId": 5, "SearchBid": "@g"}}, "$.SearchBid", "no reference"),
    ({"do": "adgroups.add", "item": GROUP | {"RegionIds": ["@g"]}}, "$.RegionIds[0]", "no reference"),
    ({"do": "keywords.add", "item": {"AdGroupId": "@g", "Keyword": "@дом"}}, "$.Keyword", "is written with @@"),
    ({"do": "campaigns.add", "item": CAMPAIGN | {"StartDate": "31.12.2026"}}, "$.StartDate", "a day like 2026-05-31"),
    ({"do": "bids.set", "item": {"Bid": 3_000_000}}, "$", "one of CampaignId, AdGroupId, KeywordId"),
    ({"do": "bids.set", "item": {"CampaignId": 1, "KeywordId": 2, "Bid": 3}}, "$", "one of CampaignId"),
]


@pytest.mark.parametrize(("row", "path", "expected"), MISTAKES, ids=[f"{path} {what}" for _, path, what in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_path(
    direct: Direct, write: Write, journal: Path, row: dict[str, Any], path: str, expected: str
) -> None:
    """Where in the file, at which path, what was expected; and no journal is left behind."""
    with pytest.raises(InvalidParamsError) as caught:
        bulk.run(direct, write(*TREE[:2], row), journal=journal)
    violation = caught.value.violations[0]
    assert violation.path == f"line 3, {path}"
    assert expected in f"{violation.found} {violation.expected}"
    assert not list(journal.parent.glob("journal*"))


def test_nothing_is_sent_where_a_line_is_wrong(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """The last line stops the first."""
    with pytest.raises(InvalidParamsError):
        bulk.run(direct, write(*TREE, {"do": "ads.add", "item": {}}), journal=journal)
    assert list(trouble.emulator.calls) == []


def test_all_mistakes_are_told_at_once(direct: Direct, write: Write) -> None:
    """Each line has its violations, as far as a reader wants them; the rest is counted."""
    wrong = ({"do": "ads.add", "item": {}} for _ in range(1200))
    with pytest.raises(InvalidParamsError) as caught:
        bulk.plan(direct, write(*wrong))
    assert len(caught.value.violations) == 1001
    assert caught.value.violations[-1].found == "200 more of the kind"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b'{"do": "ads.add", "item": }\n', "text that is not JSON"),
        (b'{"do": "ads.suspend", "item": NaN}\n', "NaN is no number"),
        (b'{"do": "bids.set", "item": {"KeywordId": 5, "Bid": 1, "Bid": 2}}\n', "'Bid' appears twice"),
    ],
    ids=["broken", "constant", "name twice"],
)
def test_text_that_is_no_json_is_told(direct: Direct, tmp_path: Path, text: bytes, found: str) -> None:
    """A broken line is a violation like others."""
    (tmp_path / "x.jsonl").write_bytes(b"\n" + text)
    with pytest.raises(InvalidParamsError, match=r"line 2, \$.*") as caught:
        bulk.plan(direct, tmp_path / "x.jsonl")
    assert found in str(caught.value)


def test_bytes_that_are_no_text_are_told(direct: Direct, tmp_path: Path) -> None:
    """The line and the place of the first wrong byte."""
    (tmp_path / "x.jsonl").write_bytes(b'\xef\xbb\xbf{}\n"\xff"\n')
    with pytest.raises(ConfigurationError, match="line 2: found byte 0xff at place 2"):
        bulk.plan(direct, tmp_path / "x.jsonl", operation="ads.suspend")


def test_a_file_that_is_not_there_is_told(direct: Direct, journal: Path) -> None:
    """The name of the file, and no journal."""
    with pytest.raises(ConfigurationError, match=r"nowhere\.jsonl cannot be read"):
        bulk.run(direct, journal.with_name("nowhere.jsonl"), journal=journal)
    assert not journal.exists()


def test_an_empty_file_is_refused(direct: Direct, write: Write) -> None:
    """A file without lines is most likely the wrong one."""
    with pytest.raises(ConfigurationError, match="no lines"):
        bulk.plan(direct, write())


def test_lines_wait_for_what_they_refer_to(direct: Direct, write: Write) -> None:
    """A campaign, its group and its ad are three waves; another campaign goes with the first."""
    other = {"do": "campaigns.add", "item": CAMPAIGN | {"Name": "Лето"}}
    planned = bulk.plan(direct, write(*TREE, other))
    assert [(each.operation, each.calls, each.lines) for each in planned] == [
        ("campaigns.add", 1, 2),
        ("adgroups.add", 1, 1),
        ("ads.add", 1, 1),
    ]


def test_a_chunk_is_as_large_as_the_documented_limit(direct: Direct, write: Write) -> None:
    """Ten campaigns go into a call, and a thousand ads although the limit of a state is larger."""
    campaigns = ({"do": "campaigns.add", "item": CAMPAIGN} for _ in range(25))
    states = ({"do": "ads.suspend", "item": number} for number in range(1, 2002))
    planned = bulk.plan(direct, write(*campaigns, *states))
    assert [(each.operation, each.calls, each.units) for each in planned] == [
        ("campaigns.add", 3, 155),
        ("ads.suspend", 3, 45),
    ]


def test_lines_about_one_object_keep_their_order(direct: Direct, write: Write) -> None:
    """An ad that is suspended, changed and resumed comes three times, and not in one call twice."""
    change = {"do": "ads.update", "item": {"Id": 5, "TextAd": {"Title": "Скамейка"}}}
    rows: tuple[dict[str, Any], ...] = (
        {"do": "ads.suspend", "item": 5},
        change,
        change,
        {"do": "ads.resume", "item": 5},
    )
    planned = bulk.plan(direct, write(*rows))
    assert [each.operation for each in planned] == ["ads.suspend", "ads.update", "ads.update", "ads.resume"]


def test_deletions_go_from_the_inside_out(direct: Direct, write: Write) -> None:
    """Whatever the order of the lines, ads go before groups, and groups before campaigns, in one call each."""
    rows: list[dict[str, Any]] = [
        {"do": f"{service}.delete", "item": number}
        for number in range(1, 4)
        for service in ("campaigns", "adgroups", "ads", "keywords")
    ]
    planned = [each.operation for each in bulk.plan(direct, write(*rows))]
    assert sorted(planned[:2]) == ["ads.delete", "keywords.delete"]
    assert planned[2:] == ["adgroups.delete", "campaigns.delete"]


def test_an_ad_is_moderated_when_its_group_is_complete(direct: Direct, write: Write) -> None:
    """The keyword that stands after the moderation of another ad is added before both."""
    keyword = {"do": "keywords.add", "item": {"AdGroupId": "@g", "Keyword": "скамейка"}}
    rows: tuple[dict[str, Any], ...] = (
        *TREE,
        {"do": "ads.moderate", "item": "@a"},
        keyword,
        {"do": "ads.moderate", "item": 5},
    )
    assert [each.operation for each in bulk.plan(direct, write(*rows))][-2:] == ["keywords.add", "ads.moderate"]


def test_what_is_archived_is_archived_after_the_lines_before(direct: Direct, write: Write) -> None:
    """A change of an ad comes before its campaign is archived, and what stands after it comes after it."""
    change = {"do": "ads.update", "item": {"Id": 5, "TextAd": {"Title": "Скамейка"}}}
    later = {"do": "keywords.update", "item": {"Id": 6, "Keyword": "лавка"}}
    planned = bulk.plan(direct, write(change, {"do": "campaigns.archive", "item": 7}, later))
    assert [each.operation for each in planned] == ["ads.update", "campaigns.archive", "keywords.update"]


def test_operation_and_remarks_of_lines_alone(direct: Direct, write: Write) -> None:
    """Lines may be items alone; what begins with _ is passed over, so that failed lines can be run again."""
    rows = ({"AdGroupId": 5, "Keyword": "лавка", "_line": 3, "_errors": []}, {"AdGroupId": 5, "Keyword": "скамейка"})
    assert bulk.plan(direct, write(*rows), operation="keywords.add")[0].lines == 2


def test_a_doubled_sign_is_a_text(direct: Direct, trouble: Trouble, write: Write, journal: Path) -> None:
    """@@ is written for a text that begins with @."""
    item = {"Name": "@@home", "CampaignId": 700_000_001, "RegionIds": [225]}
    bulk.run(direct, write({"do": "adgroups.add", "item": item}), journal=journal)
    names = [row.document["Name"] for row in trouble.emulator.store.rows("adgroups", "demo-advertiser")]
    assert "@home" in names


def test_amounts_may_be_in_units_of_the_currency(trouble: Trouble, write: Write, journal: Path) -> None:
    """With money="decimal" 3.5 is three and a half roubles, whatever the client is set to."""
    keyword = int(next(iter(trouble.emulator.store.rows("keywords", "demo-advertiser"))).id)
    row = {"do": "keywordbids.set", "item": {"KeywordId": keyword, "SearchBid": 3.5}}
    with trouble.direct(money="decimal") as direct:
        assert bulk.run(direct, write(row), journal=journal).ok
        found = direct.keywordbids.get(
            SelectionCriteria={"KeywordIds": [keyword]}, FieldNames=["KeywordId"], SearchFieldNames=["Bid"]
        )
    assert found[0]["Search"]["Bid"] == Decimal("3.5")


def test_a_fraction_of_micros_is_refused(direct: Direct, write: Write) -> None:
    """Without money="decimal" an amount is a whole number."""
    row = {"do": "keywordbids.set", "item": {"KeywordId": 5, "SearchBid": 3.5}}
    with pytest.raises(InvalidParamsError, match="an amount in micros"):
        bulk.plan(direct, write(row))


def test_memory_does_not_grow_with_the_file(direct: Direct, write: Write) -> None:
    """Four times as many lines, with names and objects of their own, take no more memory."""

    def peak(count: int) -> int:
        names = (
            {"do": "adgroups.add", "ref": f"g{number}", "item": GROUP | {"CampaignId": 1}} for number in range(count)
        )
        changes = ({"do": "ads.suspend", "item": number} for number in range(1, count))
        source = write(*names, *changes, name=f"{count}.jsonl")
        tracemalloc.start()
        try:
            bulk.plan(direct, source)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1000)
    assert peak(8000) < 1.5 * peak(2000)


def test_a_reference_is_of_the_object_that_a_line_is_about(direct: Direct, write: Write) -> None:
    """Bids that are set for a keyword give the keyword's id; those of a campaign give the campaign's, which is none."""
    line = {"do": "keywords.suspend", "item": "@b"}
    (calls,) = [
        calls
        for calls in bulk.plan(
            direct, write({"do": "bids.set", "ref": "b", "item": {"KeywordId": 5, "Bid": 3_000_000}}, line)
        )
        if calls.operation == "keywords.suspend"
    ]
    assert calls.wave == 1
    whole = {"do": "bids.set", "ref": "b", "item": {"CampaignId": 5, "Bid": 3_000_000}}
    # In another batch of lines than the line that it refers to, too.
    between = [{"do": "ads.suspend", "item": key} for key in range(1, 1100)]
    for lines in ([whole, line], [whole, *between, line]):
        with pytest.raises(InvalidParamsError, match="which is of campaigns, expected one of keywords"):
            bulk.plan(direct, write(*lines))


def test_a_sign_that_is_escaped_is_a_sign(direct: Direct, tmp_path: Path) -> None:
    """JSON may write @ as an escape; it is the same text."""
    text = json.dumps(TREE[2], ensure_ascii=False).replace("@", "\\u0040")
    (tmp_path / "x.jsonl").write_text(f"{json.dumps(TREE[0])}\n{json.dumps(TREE[1])}\n{text}\n", "utf-8")
    assert [calls.wave for calls in bulk.plan(direct, tmp_path / "x.jsonl")] == [0, 1, 2]


def test_amounts_are_of_a_known_kind(direct: Direct, write: Write) -> None:
    """A currency is none: amounts would be taken for micros."""
    with pytest.raises(ConfigurationError, match="'micros', 'decimal', not 'rub'"):
        bulk.plan(direct, write({"do": "ads.suspend", "item": 5}), money="rub")
