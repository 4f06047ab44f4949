"""The reference data: in the contract's shapes, true where it claims to be, in both languages."""

import pytest

from yadirect_soap.emulator.domain import dictionaries
from yadirect_soap.protocol import contract
from yadirect_soap.protocol.validation import check

SERVED = [
    "Currencies", "MetroStations", "GeoRegions", "GeoRegionNames", "TimeZones", "Constants", "AdCategories",
    "OperationSystemVersions", "ProductivityAssertions", "SupplySidePlatforms", "Interests",
    "AudienceCriteriaTypes", "AudienceDemographicProfiles", "AudienceInterests", "FilterSchemas",
]  # fmt: skip


def _regions(language: str = "en") -> dict[int, dictionaries.Item]:
    return {region["GeoRegionId"]: region for region in dictionaries.dictionary("GeoRegions", language)}


def _property_of(currency: str, name: str, language: str = "en") -> object:
    items = {item["Currency"]: item["Properties"] for item in dictionaries.dictionary("Currencies", language)}
    return next(pair["Value"] for pair in items[currency] if pair["Name"] == name)


def test_the_names_are_the_contracts() -> None:
    """Every value of DictionaryNameEnum is served, and nothing else."""
    names = contract.bundled().operation("dictionaries", "get").request.by_name["DictionaryNames"]

    assert list(dictionaries.NAMES) == list(names.shape.values) == SERVED


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", [name for name in SERVED if name != "ProductivityAssertions"])
def test_every_dictionary_fits_the_answer(name: str, language: str) -> None:
    """Each item has the members that the contract gives it, of the right types."""
    response = contract.bundled().operation("dictionaries", "get").response
    items = dictionaries.dictionary(name, language)

    assert items
    assert check({name: items}, response) == []


def test_productivity_assertions_are_dead() -> None:
    """The name is still known, and there is nothing under it."""
    assert dictionaries.dictionary("ProductivityAssertions") == []


def test_an_unknown_name_is_an_error() -> None:
    """There are no other dictionaries."""
    with pytest.raises(KeyError):
        dictionaries.dictionary("Weather")


def test_the_items_are_the_callers_own() -> None:
    """Whoever changes an answer does not change the next one."""
    dictionaries.dictionary("FilterSchemas")[0]["Fields"].clear()

    assert dictionaries.dictionary("FilterSchemas")[0]["Fields"]


def test_currencies_come_in_the_apis_order() -> None:
    """Roubles first, as the sandbox has them."""
    currencies = [item["Currency"] for item in dictionaries.dictionary("Currencies")]

    assert currencies == ["RUB", "UAH", "USD", "EUR", "KZT", "CHF", "TRY", "BYN", "GBP", "AED", "CNY"]


@pytest.mark.parametrize("currency", ["RUB", "KZT", "CNY"])
def test_every_currency_has_all_the_properties(currency: str) -> None:
    """The table has no holes: 24 properties, FullName the second of them."""
    items = {item["Currency"]: item["Properties"] for item in dictionaries.dictionary("Currencies")}
    names = [pair["Name"] for pair in items[currency]]

    assert len(names) == len(set(names)) == 24
    assert names[:2] == ["BidIncrement", "FullName"]


@pytest.mark.parametrize(
    ("currency", "name", "value"),
    [
        ("RUB", "MinimumBid", "300000"),
        ("RUB", "MaximumBid", "25000000000"),
        ("RUB", "MinimumDailyBudget", "300000000"),
        ("UAH", "MinimumCPM", "2250000"),
        ("USD", "MinimumPayment", "15000000"),
        ("EUR", "MinDailyBudgetForPeriod", "4200000"),
        ("KZT", "MaxAutobudget", "1300000000000000"),
        ("CHF", "MaximumBid", "600000000"),
        ("TRY", "MinimumDailyBudget", "17000000"),
        ("BYN", "AutobudgetAvgCpaWarning", "940000000"),
        ("GBP", "MaximumCPM", "44000000"),
        ("AED", "MinimumAverageCPV", "30000"),
        ("CNY", "MaxBidForPriorityGoal", "500000000000"),
    ],
    ids=str,
)
def test_currency_values_are_real(currency: str, name: str, value: str) -> None:
    """The figures are the API's own, as strings."""
    assert _property_of(currency, name) == value


@pytest.mark.parametrize(
    ("currency", "language", "name"),
    [("RUB", "en", "Russian rubles"), ("RUB", "ru", "российские рубли"), ("GBP", "en", "Фунты стерлингов")],
    ids=["English", "Russian", "Russian under English, as in the API"],
)
def test_a_currencys_full_name_follows_the_language(currency: str, language: str, name: str) -> None:
    """FullName is spoken in the caller's language where the API does so."""
    assert _property_of(currency, "FullName", language) == name


def test_regions_form_a_tree_with_one_root() -> None:
    """From every region the parents lead to the world, and only the world has none."""
    tree = _regions()

    assert [region["GeoRegionId"] for region in tree.values() if region["ParentId"] is None] == [0]
    for region in tree.values():
        walked = [region["GeoRegionId"]]
        while (parent := tree[walked[-1]]["ParentId"]) is not None:
            assert parent not in walked
            walked.append(parent)


def test_no_region_is_there_twice() -> None:
    """An identifier names one region."""
    assert len(dictionaries.dictionary("GeoRegions")) == len(_regions()) == len(dictionaries.region_ids())


@pytest.mark.parametrize(
    ("region", "english", "russian", "kind", "parent"),
    [
        (0, "All", "Все", "World", None),
        (225, "Russia", "Россия", "Country", 0),
        (1, "Moscow and Moscow Oblast", "Москва и Московская область", "Federation subject", 3),
        (213, "Moscow", "Москва", "City", 1),
        (2, "Saint Petersburg", "Санкт-Петербург", "City", 10174),
        (40, "Volga Federal District", "Приволжский федеральный округ", "Federal district", 225),
        (159, "Kazakhstan", "Казахстан", "Country", 166),
        (983, "Turkey", "Турция", "Country", 111),
    ],
    ids=["the world", "Russia", "Moscow and oblast", "Moscow", "St Petersburg", "Volga", "Kazakhstan", "Turkey"],
)
def test_regions_are_real(region: int, english: str, russian: str, kind: str, parent: int | None) -> None:
    """Identifier, names, type and parent are the API's."""
    item = {"GeoRegionId": region, "GeoRegionName": english, "GeoRegionType": kind, "ParentId": parent}

    assert _regions("en")[region] == item
    assert _regions("ru")[region] == item | {"GeoRegionName": russian}


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("GeoRegions", "GeoRegionName"), ("TimeZones", "TimeZoneName"), ("MetroStations", "MetroStationName")],
    ids=["regions", "time zones", "metro"],
)
def test_places_have_names_in_both_languages(name: str, spoken: str) -> None:
    """Each name is Latin in English and Cyrillic in Russian."""
    assert all(item[spoken].replace("—", "-").isascii() for item in dictionaries.dictionary(name, "en"))
    assert not any(item[spoken].isascii() for item in dictionaries.dictionary(name, "ru"))


def test_the_names_of_regions_are_the_regions_without_their_parents() -> None:
    """GeoRegionNames tells of the same regions as GeoRegions."""
    names = dictionaries.dictionary("GeoRegionNames")

    assert [region | {"ParentId": None} for region in names] == [
        region | {"ParentId": None} for region in dictionaries.dictionary("GeoRegions")
    ]
    assert not any("ParentId" in region for region in names)


@pytest.mark.parametrize(
    ("zone", "name", "offset"),
    [
        ("Europe/Moscow", "Moscow", 10800),
        ("Europe/Kaliningrad", "Kaliningrad (MSK -01:00)", 7200),
        ("Asia/Kamchatka", "Kamchatka (MSK +09:00)", 43200),
        ("Asia/Almaty", "Almaty (GMT +05:00)", 18000),
        ("America/New_York", "New York (GMT -05:00)", -18000),
    ],
    ids=["Moscow", "west of Moscow", "east of Moscow", "abroad", "west of Greenwich"],
)
def test_time_zones_tell_their_distance_from_utc_in_seconds(zone: str, name: str, offset: int) -> None:
    """A zone has its tz name, a name to read, and its offset."""
    zones = {item["TimeZone"]: item for item in dictionaries.dictionary("TimeZones")}

    assert zones[zone] == {"TimeZone": zone, "TimeZoneName": name, "UtcOffset": offset}


def test_a_region_knows_the_names_above_it() -> None:
    """A region tells the way up to the world, the nearest first, in the caller's language."""
    moscow = next(item for item in dictionaries.geo_region_items("ru") if item["GeoRegionId"] == 213)

    assert moscow["ParentGeoRegionNames"] == {
        "Items": ["Москва и Московская область", "Центральный федеральный округ", "Россия", "Все"]
    }


def test_region_items_fit_the_answer_of_get_geo_regions() -> None:
    """The root's missing parents are a null that the contract allows."""
    response = contract.bundled().operation("dictionaries", "getGeoRegions").response

    assert check({"GeoRegions": dictionaries.geo_region_items()}, response) == []


def test_every_category_of_ads_is_described() -> None:
    """AdCategories covers the enumeration that ads use."""
    ads = contract.bundled().operation("ads", "get").response.by_name["Ads"].shape
    categories = ads.by_name["AdCategories"].shape.by_name["Items"].shape

    assert [item["AdCategory"] for item in dictionaries.dictionary("AdCategories")] == list(categories.values)


def test_profiles_are_of_known_criteria_types() -> None:
    """The type of a demographic profile is found in AudienceCriteriaTypes."""
    types = {item["Type"] for item in dictionaries.dictionary("AudienceCriteriaTypes")}

    assert {item["Type"] for item in dictionaries.dictionary("AudienceDemographicProfiles")} <= types


@pytest.mark.parametrize(
    ("name", "key"),
    [("Interests", "InterestId"), ("AudienceInterests", "Id")],
    ids=["interests", "audience interests"],
)
def test_interests_hang_on_interests(name: str, key: str) -> None:
    """Every parent named is there, or there is none."""
    items = dictionaries.dictionary(name)

    assert {item["ParentId"] for item in items} <= {item[key] for item in items} | {None, 0}


RECORDED_NAMES = {
    37: "Astrahan",
    166: "CIS (except Russia)",
    10174: "Saint-Petersburg and Leningrad Oblast",
    10645: "Belgorod Oblast",
    10772: "Oryol Oblast",
    11010: "Republic of Dagestan",
    11013: "The Kabardino-Balkar Republic",
    11021: "Republic of North Ossetia — Alania",
    11168: "Nizhniy Tagil",
    11193: "Khanty-Mansi Autonomous Okrug — Yugra",
    11353: "Tomsk District",
    11403: "Magadan District",
    11450: "Sakhalin District",
    29403: "Akmolinsk District",
    29406: "Alma-Ata District",
    29411: "Karaganda District",
    29415: "Pavlodar District",
    29629: "Mogilev District",
    29630: "Minsk District",
    29631: "Gomel District",
    29632: "Brest District",
    29633: "Vitebsk District",
}


def test_regions_have_the_names_of_a_recorded_list() -> None:
    """The English names are spelled as the sandbox spelled them in 2026, unusual ones too."""
    names = {region["GeoRegionId"]: region["GeoRegionName"] for region in dictionaries.dictionary("GeoRegions")}
    assert {key: names[key] for key in RECORDED_NAMES} == RECORDED_NAMES
