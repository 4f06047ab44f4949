"""The Dictionaries service: every dictionary in two languages, and regions by their names."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient
from yadirect_soap.emulator.domain.dictionaries import NAMES, dictionary
from yadirect_soap.protocol.validation import check

REGION_FIELDS = ["GeoRegionId", "GeoRegionName", "ParentGeoRegionNames"]


@pytest.fixture(scope="module")
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


@pytest.mark.parametrize("name", NAMES)
def test_every_dictionary_fits_the_contract(client: EmulatorClient, name: str) -> None:
    """Each dictionary is answered in the shape of the contract; an empty one is left out."""
    answer = client.call("dictionaries.get", {"DictionaryNames": [name]})
    assert check(answer, client.emulator.contract.operation("dictionaries", "get").response) == []
    assert answer.keys() == ({name} if dictionary(name) else set())


def test_dictionaries_speak_the_callers_language(client: EmulatorClient) -> None:
    """Accept-Language decides the language of the names."""
    params = {"DictionaryNames": ["GeoRegionNames"]}
    names = {
        language: {item["GeoRegionId"]: item["GeoRegionName"] for item in answer["GeoRegionNames"]}
        for language in ("en", "ru")
        for answer in [client.call("dictionaries.get", params, language=language)]
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
def test_regions_by_criteria(client: EmulatorClient, criteria: dict[str, Any], ids: set[int]) -> None:
    """Regions meet all the criteria that are given."""
    answer = client.call("dictionaries.getGeoRegions", {"SelectionCriteria": criteria, "FieldNames": ["GeoRegionId"]})
    assert {region["GeoRegionId"] for region in answer["GeoRegions"]} == ids


def test_a_region_tells_what_is_above_it(client: EmulatorClient) -> None:
    """ParentGeoRegionNames begins with the nearest, and is null for the whole world."""
    params = {"SelectionCriteria": {"RegionIds": [0, 157]}, "FieldNames": REGION_FIELDS}
    world, minsk = client.call("dictionaries.getGeoRegions", params)["GeoRegions"]
    assert world["ParentGeoRegionNames"] is None
    assert minsk["ParentGeoRegionNames"]["Items"][:2] == ["Minsk District", "Belarus"]


def test_regions_come_in_pages(client: EmulatorClient) -> None:
    """Page and LimitedBy walk over all regions."""
    ids: list[int] = []
    offset = 0
    while True:
        page = {"Limit": 40, "Offset": offset}
        params = {"SelectionCriteria": {"Name": "a"}, "FieldNames": ["GeoRegionId"], "Page": page}
        answer = client.call("dictionaries.getGeoRegions", params)
        ids += [region["GeoRegionId"] for region in answer["GeoRegions"]]
        if "LimitedBy" not in answer:
            break
        offset = answer["LimitedBy"]
    whole = client.call("dictionaries.getGeoRegions", params | {"Page": {"Offset": 0}})["GeoRegions"]
    assert ids == [region["GeoRegionId"] for region in whole]


def test_regions_need_a_criterion(client: EmulatorClient) -> None:
    """Empty criteria are error 4001."""
    assert client.fault("dictionaries.getGeoRegions", {"SelectionCriteria": {}, "FieldNames": ["GeoRegionId"]}) == 4001
