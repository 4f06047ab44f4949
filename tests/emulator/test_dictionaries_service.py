"""The Dictionaries service: every dictionary in two languages, and regions by their names."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.talk import Talk
from yadirect_soap.emulator.domain.dictionaries import NAMES, dictionary
from yadirect_soap.protocol.validation import check

REGION_FIELDS = ["GeoRegionId", "GeoRegionName", "ParentGeoRegionNames"]


@pytest.fixture(scope="module")
def talk() -> Iterator[Talk]:
    """An emulator with the demo accounts."""
    with Talk() as talk:
        yield talk


@pytest.mark.parametrize("name", NAMES)
def test_every_dictionary_fits_the_contract(talk: Talk, name: str) -> None:
    """Each dictionary is answered in the shape of the contract; an empty one is left out."""
    answer = talk.ask("dictionaries.get", {"DictionaryNames": [name]})
    assert check(answer, talk.emulator.contract.operation("dictionaries", "get").response) == []
    assert answer.keys() == ({name} if dictionary(name) else set())


def test_dictionaries_speak_the_callers_language(talk: Talk) -> None:
    """Accept-Language decides the language of the names."""
    params = {"DictionaryNames": ["GeoRegionNames"]}
    names = {
        language: {item["GeoRegionId"]: item["GeoRegionName"] for item in answer["GeoRegionNames"]}
        for language in ("en", "ru")
        for answer in [talk.ask("dictionaries.get", params, language=language)]
    }
    assert (names["en"][225], names["ru"][225]) == ("Russia", "Россия")


@pytest.mark.parametrize(
    ("criteria", "ids"),
    [
        ({"RegionIds": [157, 225, 99_999_999]}, {157, 225}),
        ({"ExactNames": ["Minsk"]}, {157}),
        ({"Name": "minsk"}, {157, 29630}),
        ({"Name": "minsk", "RegionIds": [157]}, {157}),
    ],
    ids=["ids", "exact name", "part of a name", "both"],
)
def test_regions_by_criteria(talk: Talk, criteria: dict[str, Any], ids: set[int]) -> None:
    """Regions meet all the criteria that are given."""
    answer = talk.ask("dictionaries.getGeoRegions", {"SelectionCriteria": criteria, "FieldNames": ["GeoRegionId"]})
    assert {region["GeoRegionId"] for region in answer["GeoRegions"]} == ids


def test_a_region_tells_what_is_above_it(talk: Talk) -> None:
    """ParentGeoRegionNames begins with the nearest, and is null for the whole world."""
    params = {"SelectionCriteria": {"RegionIds": [0, 157]}, "FieldNames": REGION_FIELDS}
    world, minsk = talk.ask("dictionaries.getGeoRegions", params)["GeoRegions"]
    assert world["ParentGeoRegionNames"] is None
    assert minsk["ParentGeoRegionNames"]["Items"][:2] == ["Minsk Region", "Belarus"]


def test_regions_come_in_pages(talk: Talk) -> None:
    """Page and LimitedBy walk over all regions."""
    seen: list[int] = []
    offset = 0
    while True:
        page = {"Limit": 40, "Offset": offset}
        params = {"SelectionCriteria": {"Name": "a"}, "FieldNames": ["GeoRegionId"], "Page": page}
        answer = talk.ask("dictionaries.getGeoRegions", params)
        seen += [region["GeoRegionId"] for region in answer["GeoRegions"]]
        if "LimitedBy" not in answer:
            break
        offset = answer["LimitedBy"]
    whole = talk.ask("dictionaries.getGeoRegions", params | {"Page": {"Offset": 0}})["GeoRegions"]
    assert seen == [region["GeoRegionId"] for region in whole]


def test_regions_need_a_criterion(talk: Talk) -> None:
    """Empty criteria are error 4001."""
    assert talk.fault("dictionaries.getGeoRegions", {"SelectionCriteria": {}, "FieldNames": ["GeoRegionId"]}) == 4001
