"""Reference data of the Dictionaries service, in the shapes of its responses.

One file for each dictionary in dictionaries/.  In them a table of `en` and `ru` is a text in two languages.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

Item = dict[str, Any]

NAMES = (
    "Currencies",
    "MetroStations",
    "GeoRegions",
    "GeoRegionNames",
    "TimeZones",
    "Constants",
    "AdCategories",
    "OperationSystemVersions",
    "ProductivityAssertions",
    "SupplySidePlatforms",
    "Interests",
    "AudienceCriteriaTypes",
    "AudienceDemographicProfiles",
    "AudienceInterests",
    "FilterSchemas",
)
"""The names that Dictionaries.get knows, in the contract's order."""

_NIL_AT_THE_ROOT = frozenset({"GeoRegions", "Interests"})
"""Dictionaries whose ParentId is null if there is no parent; TOML has no null."""


def dictionary(name: str, language: str = "en") -> list[Item]:
    """Returns the items of a dictionary of NAMES, in Russian if `language` is "ru", else in English.

    The items are the caller's own: changing them changes nothing here.  KeyError for another name.
    """
    if name == "Currencies":
        return _currencies(language)
    if name == "GeoRegionNames":
        return [_without(region, "ParentId") for region in dictionary("GeoRegions", language)]
    items: list[Item] = _spoken(_read(name)["items"], language)
    if name in _NIL_AT_THE_ROOT:
        for item in items:
            item.setdefault("ParentId", None)
    return items


def geo_region_items(language: str = "en") -> list[Item]:
    """Returns every region as Dictionaries.getGeoRegions does, with the names of its ancestors, nearest first."""
    by_id = {region["GeoRegionId"]: region for region in dictionary("GeoRegions", language)}
    return [
        {
            "GeoRegionId": region["GeoRegionId"],
            "GeoRegionName": region["GeoRegionName"],
            "ParentGeoRegionNames": {"Items": above} if (above := _names_above(region, by_id)) else None,
        }
        for region in by_id.values()
    ]


@cache
def region_ids() -> frozenset[int]:
    """Returns the identifiers of all regions, for checking RegionIds against."""
    return frozenset(region["GeoRegionId"] for region in _read("GeoRegions")["items"])


@cache
def region_parents() -> Mapping[int, int]:
    """Returns the parent of each region; the root has none."""
    return {
        region["GeoRegionId"]: region["ParentId"] for region in _read("GeoRegions")["items"] if "ParentId" in region
    }


def lies_within(region: int, outer: int) -> bool | None:
    """Whether a region equals another one or lies in it; None for a region that the dictionary does not have."""
    if region not in region_ids():
        return None
    above = region_parents()
    while region != outer and region in above:
        region = above[region]
    return region == outer


def _currencies(language: str) -> list[Item]:
    """Returns the table transposed: an item for each column."""
    table = _read("Currencies")
    rows: dict[str, list[int | str]] = _spoken(table["properties"], language)
    return [
        {
            "Currency": currency,
            "Properties": [{"Name": name, "Value": str(values[column])} for name, values in rows.items()],
        }
        for column, currency in enumerate(table["currencies"])
    ]


def _names_above(region: Item, by_id: Mapping[int, Item]) -> list[str]:
    names = []
    while (parent := region["ParentId"]) is not None:
        region = by_id[parent]
        names.append(region["GeoRegionName"])
    return names


def _without(item: Item, key: str) -> Item:
    return {name: value for name, value in item.items() if name != key}


def _spoken(value: Any, language: str) -> Any:
    """Returns a copy of a value with every text in one language."""
    if isinstance(value, list):
        return [_spoken(inner, language) for inner in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"en", "ru"}:
        return _spoken(value["ru" if language == "ru" else "en"], language)
    return {name: _spoken(inner, language) for name, inner in value.items()}


@cache
def _read(name: str) -> dict[str, Any]:
    """Returns the data of a dictionary's file, read once and never changed."""
    if name not in NAMES:
        raise KeyError(name)
    source = files(__package__) / "dictionaries" / f"{name}.toml"
    return tomllib.loads(source.read_text("utf-8"), parse_float=Decimal)
