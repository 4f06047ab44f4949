"""What the API asks of vCards: https://yandex.ru/dev/direct/doc/ref-v5/vcards/add.html."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from .texts import check_length, check_mail

_LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "Country": 50,
        "City": 55,
        "CompanyName": 255,
        "Street": 55,
        "House": 30,
        "Building": 10,
        "Apartment": 100,
        "ExtraMessage": 200,
        "ContactEmail": 255,
        "ContactPerson": 155,
    }
)
_DIGITS = re.compile(r"\d[\d -]*\d|\d")
_WORK_TIME = 255
_HOURS = re.compile(r"([0-6]);([0-6]);([01]?\d|2[0-4]);(00?|15|30|45);([01]?\d|2[0-4]);(00?|15|30|45)")
_COUNTRY_CODE = re.compile(r"\+?\d{1,4}")
_OGRN = (13, 15)
_SHORTEST_NUMBER, _LONGEST_NUMBER = 5, 9
_LONGEST_PHONE = 17


def check(_call: Call, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a vCard that the API would not have."""
    for name, most in _LENGTHS.items():
        if after.get(name) is not None:
            check_length(name, after[name], most)
    if after.get("ContactEmail") is not None:
        check_mail("ContactEmail", after["ContactEmail"])
    _check_work_time(after["WorkTime"])
    _check_phone(after["Phone"])
    ogrn = after.get("Ogrn")
    if ogrn is not None and not (ogrn.isdecimal() and len(ogrn) in _OGRN):
        raise Refused(5005, "Ogrn must have 13 or 15 digits", "Ogrn: 13 или 15 цифр")
    _check_point(after.get("PointOnMap"))


def _check_work_time(text: str) -> None:
    """`0;4;10;0;18;0;5;6;11;0;16;0`: first and last day, hours and minutes, group by group; no day twice.

    The marks between the numbers may be # as well, as in the API's own answers.
    """
    check_length("WorkTime", text, _WORK_TIME)
    numbers = re.split("[;#]", text)
    groups = [";".join(numbers[start : start + 6]) for start in range(0, len(numbers), 6)]
    days: set[int] = set()
    for group in groups:
        found = _HOURS.fullmatch(group)
        if found is None:
            raise Refused(5004, f"WorkTime has a wrong item: {group[:40]}", f"Неверный элемент WorkTime: {group[:40]}")
        named = set(range(int(found[1]), int(found[2]) + 1))
        if not named or named & days:
            raise Refused(5005, "The days of WorkTime are wrong", "Неверные дни в WorkTime")
        days |= named


def _check_phone(phone: Mapping[str, Any]) -> None:
    if not _COUNTRY_CODE.fullmatch(phone["CountryCode"]):
        raise Refused(5004, "Phone.CountryCode must be like +7", "Phone.CountryCode: ожидается код вида +7")
    for name in ("CityCode", "PhoneNumber"):
        if not _DIGITS.fullmatch(phone[name]):
            raise Refused(5004, f"Phone.{name} has other characters than digits", f"Phone.{name}: допустимы цифры")
    digits = {name: re.sub(r"\D", "", text) for name, text in phone.items() if name != "Extension" and text}
    if len(digits["PhoneNumber"]) < _SHORTEST_NUMBER:
        least = _SHORTEST_NUMBER
        raise Refused(5010, f"Phone.PhoneNumber: at least {least} digits", f"Phone.PhoneNumber: не менее {least} цифр")
    if len(digits["PhoneNumber"]) > _LONGEST_NUMBER or sum(map(len, digits.values())) > _LONGEST_PHONE:
        raise Refused(5001, "Phone is too long", "Слишком длинный номер телефона")
    if len(phone.get("Extension") or "") > 6:
        raise Refused(5001, "Phone.Extension: at most 6 digits", "Phone.Extension: не более 6 цифр")


def _check_point(point: Mapping[str, Any] | None) -> None:
    """Longitude and latitude, and the corners of the map around them."""
    if point is None:
        return
    wide = all(-180 <= point[name] <= 180 for name in ("X", "X1", "X2"))
    high = all(-90 <= point[name] <= 90 for name in ("Y", "Y1", "Y2"))
    if not (wide and high and point["X1"] <= point["X"] <= point["X2"] and point["Y1"] <= point["Y"] <= point["Y2"]):
        raise Refused(5005, "PointOnMap is wrong", "Неверные координаты PointOnMap")
