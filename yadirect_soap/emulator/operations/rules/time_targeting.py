"""Rules for time targeting: https://yandex.ru/dev/direct/doc/ru/campaigns/update."""

from collections.abc import Mapping
from typing import Any

from ...domain.limits import Limit, limit
from ..crud.item_results import ItemError
from .amounts import check_value
from .texts import check_count, check_distinct

_DAYS = range(1, 8)


def check_time_targeting(service: str, targeting: Mapping[str, Any]) -> None:
    """Raises ItemError for a wrong schedule."""
    percents = limit(service, "Schedule", "value")
    lines: list[str] = (targeting.get("Schedule") or {}).get("Items", [])
    check_count(service, "Schedule", lines)
    check_distinct("Schedule", [_day(percents, line) for line in lines])
    holidays = targeting.get("HolidaysSchedule")
    if holidays is not None:
        _check_holidays(service, holidays)


def _day(percents: Limit, line: str) -> int:
    """Returns the day of a line like `1,0,0,50,...`: a day and 24 coefficients, percents in steps of ten."""
    try:
        day, *hours = [int(number) for number in line.split(",")]
    except ValueError:
        raise _wrong(percents.code, line) from None
    if day not in _DAYS or len(hours) != 24 or not all(percents.allows(percent) for percent in hours):
        raise _wrong(percents.code, line)
    return day


def _wrong(code: int, line: str) -> ItemError:
    return ItemError(code, f"Schedule has a wrong item: {line[:40]}", f"Неверный элемент Schedule: {line[:40]}")


def _check_holidays(service: str, holidays: Mapping[str, Any]) -> None:
    hours = {name: holidays[name] for name in ("StartHour", "EndHour") if name in holidays}
    percent = holidays.get("BidPercent")
    if holidays["SuspendOnHolidays"] == "YES":
        if hours or percent is not None:
            raise ItemError(
                5006,
                "BidPercent, StartHour and EndHour require SuspendOnHolidays NO",
                "BidPercent, StartHour и EndHour допустимы только при SuspendOnHolidays NO",
            )
        return
    if len(hours) < 2:
        raise ItemError(5000, "StartHour and EndHour are required", "Требуются StartHour и EndHour")
    start, end = (limit(service, f"HolidaysSchedule.{name}", "value") for name in ("StartHour", "EndHour"))
    if not (
        start.allows(hours["StartHour"]) and hours["StartHour"] < hours["EndHour"] and end.allows(hours["EndHour"])
    ):
        raise ItemError(start.code, "StartHour and EndHour are wrong", "Неверные StartHour и EndHour")
    if percent is not None:
        check_value(limit(service, "HolidaysSchedule.BidPercent", "value"), "BidPercent", percent)
