"""The Dictionaries service over the data of domain/dictionaries.py.

https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
"""

from typing import Any

from ...domain.dictionaries import dictionary, geo_region_items
from ...storage.store import Document
from ..call import OperationCall
from ..crud.get import present

_CRITERIA = ("Name", "RegionIds", "ExactNames")


def get(call: OperationCall) -> dict[str, Any]:
    """Dictionaries.get: the requested dictionaries in the caller's language, without empty ones."""
    dictionaries = {name: dictionary(name, call.language) for name in call.params["DictionaryNames"]}
    return {name: items for name, items in dictionaries.items() if items}


def get_geo_regions(call: OperationCall) -> dict[str, Any]:
    """Dictionaries.getGeoRegions: regions by ids and names; Name matches a part of a name in any case."""
    criteria = {name: value for name, value in call.params["SelectionCriteria"].items() if value}
    if not criteria:
        names = ", ".join(_CRITERIA)
        raise call.fault(4001, call.text(f"One of {names} is required", f"Требуется одно из: {names}"))
    return present(call, [region for region in geo_region_items(call.language) if _meets(region, criteria)])


def _meets(region: Document, criteria: Document) -> bool:
    name = region["GeoRegionName"]
    return (
        criteria.get("Name", "").casefold() in name.casefold()
        and name in criteria.get("ExactNames", (name,))
        and region["GeoRegionId"] in criteria.get("RegionIds", (region["GeoRegionId"],))
    )
