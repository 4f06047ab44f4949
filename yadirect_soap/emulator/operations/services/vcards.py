"""vCards: the rules beyond the generic verbs: https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html."""

import re
from collections.abc import Mapping
from typing import Any

from ...domain.limits import limit
from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.service_rules import ServiceRules
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.texts import check_length, check_mail

_SERVICE = "vcards"
_TEXTS = (
    "Country",
    "City",
    "CompanyName",
    "Street",
    "House",
    "Building",
    "Apartment",
    "ExtraMessage",
    "ContactEmail",
    "ContactPerson",
)
_DIGITS = re.compile(r"\d[\d -]*\d|\d")
_HOURS = re.compile(r"([0-6]);([0-6]);([01]?\d|2[0-4]);(00?|15|30|45);([01]?\d|2[0-4]);(00?|15|30|45)")
_COUNTRY_CODE = re.compile(r"\+?\d{1,4}")
_OGRN = (13, 15)


def _validate(_call: OperationCall, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a vCard that the API refuses."""
    for name in _TEXTS:
        if after.get(name) is not None:
            check_length(_SERVICE, name, after[name])
    if after.get("ContactEmail") is not None:
        check_mail("ContactEmail", after["ContactEmail"])
    _check_work_time(after["WorkTime"])
    _check_phone(after["Phone"])
    ogrn = after.get("Ogrn")
    if ogrn is not None and not (ogrn.isdecimal() and len(ogrn) in _OGRN):
        raise ItemError(5005, "Ogrn must have 13 or 15 digits", "Ogrn: 13 или 15 цифр")
    _check_point(after.get("PointOnMap"))


def _check_work_time(text: str) -> None:
    """Checks `0;4;10;0;18;0;5;6;11;0;16;0`: groups of first and last day, hours and minutes; no day twice.

    The separator may be # too, as in the API's responses.
    """
    check_length(_SERVICE, "WorkTime", text)
    numbers = re.split("[;#]", text)
    groups = [";".join(numbers[start : start + 6]) for start in range(0, len(numbers), 6)]
    days: set[int] = set()
    for group in groups:
        hours = _HOURS.fullmatch(group)
        if hours is None:
            raise ItemError(
                5004, f"WorkTime has a wrong item: {group[:40]}", f"Неверный элемент WorkTime: {group[:40]}"
            )
        named = set(range(int(hours[1]), int(hours[2]) + 1))
        if not named or named & days:
            raise ItemError(5005, "The days of WorkTime are wrong", "Неверные дни в WorkTime")
        days |= named


def _check_phone(phone: Mapping[str, Any]) -> None:
    if not _COUNTRY_CODE.fullmatch(phone["CountryCode"]):
        raise ItemError(5004, "Phone.CountryCode must be like +7", "Phone.CountryCode: ожидается код вида +7")
    for name in ("CityCode", "PhoneNumber"):
        if not _DIGITS.fullmatch(phone[name]):
            raise ItemError(5004, f"Phone.{name} has other characters than digits", f"Phone.{name}: допустимы цифры")
    digits = {name: re.sub(r"\D", "", text) for name, text in phone.items() if name != "Extension" and text}
    fewest = limit(_SERVICE, "Phone.PhoneNumber", "digits at least")
    if not fewest.allows(len(digits["PhoneNumber"])):
        english, russian = f"at least {fewest.min} digits", f"не менее {fewest.min} цифр"
        raise ItemError(fewest.code, f"Phone.PhoneNumber: {english}", f"Phone.PhoneNumber: {russian}")
    _check_digits("Phone.PhoneNumber", len(digits["PhoneNumber"]))
    _check_digits("Phone", sum(map(len, digits.values())))
    _check_digits("Phone.Extension", len(phone.get("Extension") or ""))


def _check_digits(path: str, count: int) -> None:
    max_digits = limit(_SERVICE, path, "digits")
    if not max_digits.allows(count):
        raise ItemError(
            max_digits.code, f"{path}: at most {max_digits.max} digits", f"{path}: не более {max_digits.max} цифр"
        )


def _check_point(point: Mapping[str, Any] | None) -> None:
    """Checks longitude and latitude, and the corners of the map."""
    if point is None:
        return
    longitude, latitude = (limit(_SERVICE, f"PointOnMap.{name}", "value") for name in ("X", "Y"))
    wide = all(longitude.allows(point[name]) for name in ("X", "X1", "X2"))
    high = all(latitude.allows(point[name]) for name in ("Y", "Y1", "Y2"))
    if not (wide and high and point["X1"] <= point["X"] <= point["X2"] and point["Y1"] <= point["Y"] <= point["Y2"]):
        raise ItemError(longitude.code, "PointOnMap is wrong", "Неверные координаты PointOnMap")


RULES = ServiceRules(check_editable=refuse_archived_campaign, validate=_validate)
