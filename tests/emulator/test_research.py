"""KeywordsResearch: which keywords stay, which change, which go."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.talk import Talk, codes
from yadirect_soap.emulator.domain.keyword_phrases import phrase

MERGE, EXCLUDE = "MERGE_DUPLICATES", "ELIMINATE_OVERLAPPING"


@pytest.fixture(scope="module")
def talk() -> Iterator[Talk]:
    """An emulator with the demo accounts."""
    with Talk() as talk:
        yield talk


def deduplicate(talk: Talk, keywords: list[Any], *operations: str) -> dict[str, Any]:
    """The answer about keywords, each a text or a text with Id and Weight."""
    items = [{"Keyword": item} if isinstance(item, str) else item for item in keywords]
    params: dict[str, Any] = {"Keywords": items}
    if operations:
        params["Operation"] = list(operations)
    return talk.ask("keywordsresearch.deduplicate", params)


def with_id(key: int, keyword: str, **other: int) -> dict[str, Any]:
    """A keyword that has an id."""
    return {"Id": key, "Keyword": keyword, **other}


@pytest.mark.parametrize(
    ("keywords", "stays"),
    [
        (["заказ окон -жалюзи", "окон на заказ -дешево"], ["заказ окон -жалюзи -дешево"]),
        (["Купить Стол", "купить стол"], ["Купить Стол"]),
        (["ёлка купить", "купить елка"], ["ёлка купить"]),
        (["стол", "стул"], ["стол", "стул"]),
        (['"купить стол"', "купить стол"], ['"купить стол"', "купить стол"]),
        (["стол -белый", "стол -белый -черный"], ["стол -белый -черный"]),
    ],
    ids=["order and stop words", "case", "ё", "others", "quotes", "negatives"],
)
def test_duplicates_are_merged(talk: Talk, keywords: list[str], stays: list[str]) -> None:
    """Keywords that differ in order, case, stop words and negative keywords become one with all negatives."""
    added = deduplicate(talk, keywords, MERGE)["Add"]
    assert [item["Keyword"] for item in added] == stays


def test_existing_keywords_stay(talk: Talk) -> None:
    """Of duplicates one with an id stays, and the ids of the others are to be deleted."""
    answer = deduplicate(talk, ["стол", with_id(1, "стол -белый"), with_id(2, "стол")], MERGE)
    assert answer == {"Delete": {"Ids": [2]}}


def test_the_heaviest_stays(talk: Talk) -> None:
    """A greater Weight decides which of the duplicates stays."""
    answer = deduplicate(talk, [with_id(1, "стол"), with_id(2, "стол -белый", Weight=10)], MERGE)
    assert answer == {"Delete": {"Ids": [1]}}


def test_overlaps_are_excluded(talk: Talk) -> None:
    """A phrase that another one has a word more than gets that word as a negative keyword."""
    answer = deduplicate(talk, [with_id(1, "шуба"), with_id(2, "шуба норковая"), with_id(3, "шуба норковая длинная")])
    changed = [{"Id": 1, "Keyword": "шуба -норковая"}, {"Id": 2, "Keyword": "шуба норковая -длинная"}]
    assert answer == {"Update": changed}


def test_only_the_asked_operation_is_done(talk: Talk) -> None:
    """Operation narrows down what is done; without it both are."""
    keywords = [with_id(1, "шуба"), with_id(2, "шуба норковая"), with_id(3, "норковая шуба")]
    assert deduplicate(talk, keywords, MERGE) == {"Delete": {"Ids": [3]}}
    assert "Delete" not in deduplicate(talk, keywords, EXCLUDE)
    both = deduplicate(talk, keywords)
    assert both == {"Update": [{"Id": 1, "Keyword": "шуба -норковая"}], "Delete": {"Ids": [3]}}


def test_nothing_to_do(talk: Talk) -> None:
    """Existing keywords that do not compete need nothing."""
    assert deduplicate(talk, [with_id(1, "стол"), with_id(2, "стул")]) == {}


@pytest.mark.parametrize(
    ("keyword", "code"),
    [("  ", 5000), ("-белый", 5161), ("и в на", 5141), ("а б в г д е ж з", 5140), ("ы" * 36, 5142)],
    ids=["empty", "only negatives", "only stop words", "eight words", "a long word"],
)
def test_failures_have_their_position(talk: Talk, keyword: str, code: int) -> None:
    """A keyword that cannot be worked with is told with its place in the request, and the rest goes on."""
    answer = deduplicate(talk, ["стол", with_id(7, keyword)])
    assert answer["Add"] == [{"Keyword": "стол"}]
    (failure,) = answer["Failure"]
    assert (failure["Id"], failure["Position"], codes(failure)) == (7, 2, [code])


def test_a_phrase_comes_apart() -> None:
    """Hyphens inside words are no negative keywords."""
    found = phrase("онлайн-касса  купить -бу -с рук")
    assert (found.text, found.negatives) == ("онлайн-касса купить", ["бу", "с рук"])


def test_volumes_are_always_alike(talk: Talk) -> None:
    """The answers of hasSearchVolume are in order, alike every time, and have the fields asked for."""
    keywords = ["стол", "купить стол", "стол для очень маленькой и очень дальней комнаты"]
    params = {
        "SelectionCriteria": {"Keywords": keywords, "RegionIds": [225]},
        "FieldNames": ["Keyword", "RegionIds", "AllDevices"],
    }
    first = talk.ask("keywordsresearch.hasSearchVolume", params)
    assert first == talk.ask("keywordsresearch.hasSearchVolume", params)
    told = [(item["Keyword"], item["RegionIds"], item["AllDevices"]) for item in first["HasSearchVolumeResults"]]
    assert told == [(keywords[0], [225], "YES"), (keywords[1], [225], "YES"), (keywords[2], [225], "NO")]


def test_volumes_are_of_10_000_keywords_at_most(talk: Talk) -> None:
    """More of them are error 4001, for the answer has no LimitedBy to go on by."""
    keywords = [str(number) for number in range(10_001)]
    criteria = {"Keywords": keywords, "RegionIds": [225]}
    params = {"SelectionCriteria": criteria, "FieldNames": ["Keyword"]}
    assert talk.fault("keywordsresearch.hasSearchVolume", params) == 4001
    criteria["Keywords"] = keywords[:-1]
    assert len(talk.ask("keywordsresearch.hasSearchVolume", params)["HasSearchVolumeResults"]) == 10_000
