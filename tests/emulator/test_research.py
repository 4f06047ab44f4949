"""KeywordsResearch: which keywords stay, which change, which go."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient, item_codes
from yadirect_soap.emulator.domain.keyword_phrases import phrase

MERGE, EXCLUDE = "MERGE_DUPLICATES", "ELIMINATE_OVERLAPPING"


@pytest.fixture(scope="module")
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


def deduplicate(client: EmulatorClient, keywords: list[Any], *operations: str) -> dict[str, Any]:
    """The answer about keywords, each a text or a text with Id and Weight."""
    items = [{"Keyword": item} if isinstance(item, str) else item for item in keywords]
    params: dict[str, Any] = {"Keywords": items}
    if operations:
        params["Operation"] = list(operations)
    return client.call("keywordsresearch.deduplicate", params)


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
def test_duplicates_are_merged(client: EmulatorClient, keywords: list[str], stays: list[str]) -> None:
    """Keywords that differ in order, case, stop words and negative keywords become one with all negatives."""
    added = deduplicate(client, keywords, MERGE)["Add"]
    assert [item["Keyword"] for item in added] == stays


def test_existing_keywords_stay(client: EmulatorClient) -> None:
    """Of duplicates one with an id stays, and the ids of the others are to be deleted."""
    answer = deduplicate(client, ["стол", with_id(1, "стол -белый"), with_id(2, "стол")], MERGE)
    assert answer == {"Delete": {"Ids": [2]}}


def test_the_heaviest_stays(client: EmulatorClient) -> None:
    """A greater Weight decides which of the duplicates stays."""
    answer = deduplicate(client, [with_id(1, "стол"), with_id(2, "стол -белый", Weight=10)], MERGE)
    assert answer == {"Delete": {"Ids": [1]}}


def test_overlaps_are_excluded(client: EmulatorClient) -> None:
    """A phrase that another one has a word more than gets that word as a negative keyword."""
    answer = deduplicate(client, [with_id(1, "шуба"), with_id(2, "шуба норковая"), with_id(3, "шуба норковая длинная")])
    changed = [{"Id": 1, "Keyword": "шуба -норковая"}, {"Id": 2, "Keyword": "шуба норковая -длинная"}]
    assert answer == {"Update": changed}


def test_only_the_asked_operation_is_done(client: EmulatorClient) -> None:
    """Operation narrows down what is done; without it both are."""
    keywords = [with_id(1, "шуба"), with_id(2, "шуба норковая"), with_id(3, "норковая шуба")]
    assert deduplicate(client, keywords, MERGE) == {"Delete": {"Ids": [3]}}
    assert "Delete" not in deduplicate(client, keywords, EXCLUDE)
    both = deduplicate(client, keywords)
    assert both == {"Update": [{"Id": 1, "Keyword": "шуба -норковая"}], "Delete": {"Ids": [3]}}


def test_nothing_to_do(client: EmulatorClient) -> None:
    """Existing keywords that do not compete need nothing."""
    assert deduplicate(client, [with_id(1, "стол"), with_id(2, "стул")]) == {}


@pytest.mark.parametrize(
    ("keyword", "code"),
    [("  ", 5000), ("-белый", 5161), ("и в на", 5141), ("б г д е ж з й л", 5140), ("ы" * 36, 5142)],
    ids=["empty", "only negatives", "only stop words", "eight words", "a long word"],
)
def test_failures_have_their_position(client: EmulatorClient, keyword: str, code: int) -> None:
    """A keyword that cannot be worked with is told with its place in the request, and the rest goes on."""
    answer = deduplicate(client, ["стол", with_id(7, keyword)])
    assert answer["Add"] == [{"Keyword": "стол"}]
    (failure,) = answer["Failure"]
    assert (failure["Id"], failure["Position"], item_codes(failure)) == (7, 2, [code])


def test_a_phrase_comes_apart() -> None:
    """Hyphens inside words are no negative keywords."""
    result = phrase("онлайн-касса  купить -бу -с рук")
    assert (result.text, result.negatives) == ("онлайн-касса купить", ["бу", "с рук"])


def test_volumes_are_always_alike(client: EmulatorClient) -> None:
    """The answers of hasSearchVolume are in order, alike every time, and have the fields asked for."""
    keywords = ["стол", "купить стол", "стол для очень маленькой и дальней комнаты"]
    params = {
        "SelectionCriteria": {"Keywords": keywords, "RegionIds": [225]},
        "FieldNames": ["Keyword", "RegionIds", "AllDevices"],
    }
    first = client.call("keywordsresearch.hasSearchVolume", params)
    assert first == client.call("keywordsresearch.hasSearchVolume", params)
    volumes = [(item["Keyword"], item["RegionIds"], item["AllDevices"]) for item in first["HasSearchVolumeResults"]]
    assert volumes == [(keywords[0], [225], "YES"), (keywords[1], [225], "YES"), (keywords[2], [225], "NO")]


def test_volumes_are_of_10_000_keywords_at_most(client: EmulatorClient) -> None:
    """More of them are error 4001, for the answer has no LimitedBy to go on by."""
    keywords = [str(number) for number in range(10_001)]
    criteria = {"Keywords": keywords, "RegionIds": [225]}
    params = {"SelectionCriteria": criteria, "FieldNames": ["Keyword"]}
    assert client.fault("keywordsresearch.hasSearchVolume", params) == 4001
    criteria["Keywords"] = keywords[:-1]
    assert len(client.call("keywordsresearch.hasSearchVolume", params)["HasSearchVolumeResults"]) == 10_000
