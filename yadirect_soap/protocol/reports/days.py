"""Ranges of days: what LAST_30_DAYS and the like mean on a given day, and how to cut a range.

https://yandex.ru/dev/direct/doc/ru/period
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Self

from yadirect_soap.language import _

_DAY = timedelta(days=1)
_LAST = re.compile(r"LAST_([0-9]+)_DAYS")


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `first` to `last`, both included.

    Attributes:
        first: the first day.
        last: the last day.

    Raises:
        ValueError: `first` is after `last`.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(_("{first} is after {last}", first=self.first, last=self.last))

    @classmethod
    def of(cls, name: str, today: date) -> Self | None:
        """Returns the days that a DateRangeType of the API means on a given day.

        Args:
            name: such as "LAST_30_DAYS".
            today: the day in Moscow on which it is used.

        Returns:
            The range; None for ALL_TIME, AUTO and CUSTOM_DATE, whose days only the service knows.

        Raises:
            ValueError: the API has no such DateRangeType.
        """
        if match := _LAST.fullmatch(name):
            return cls.before(today, days=int(match[1]))
        if name in _UNKNOWN:
            return None
        if name not in _RANGES:
            raise ValueError(_("there is no range of days named {name!r:.40}", name=name))
        return cls(*_RANGES[name](today))

    @classmethod
    def before(cls, today: date, *, days: int) -> Self:
        """Returns the given number of days before today; today is not included.

        Args:
            today: the day after the range.
            days: how many days, 1 or more.

        Returns:
            The range.
        """
        return cls(today - days * _DAY, today - _DAY)

    @property
    def days(self) -> int:
        """How many days the range has."""
        return (self.last - self.first).days + 1

    @property
    def criteria(self) -> dict[str, str]:
        """The range as members of SelectionCriteria: {"DateFrom": "2026-05-01", "DateTo": "2026-05-31"}."""
        return {"DateFrom": self.first.isoformat(), "DateTo": self.last.isoformat()}

    def __iter__(self) -> Iterator[date]:
        return (self.first + days * _DAY for days in range(self.days))

    def pieces(self, days: int) -> Iterator[Self]:
        """Cuts the range into consecutive ranges of equal length; the last one may be shorter.

        Args:
            days: days in each range, 1 or more.

        Returns:
            An iterator of the ranges, in order.

        Raises:
            ValueError: `days` is less than 1.
        """
        if days < 1:
            raise ValueError(_("a piece has at least 1 day, not {days}", days=days))
        for start in range(0, self.days, days):
            first = self.first + start * _DAY
            yield type(self)(first, min(self.last, first + (days - 1) * _DAY))

    def months(self) -> Iterator[Self]:
        """Cuts the range at the ends of months."""
        first = self.first
        while first <= self.last:
            last = min(self.last, _month_of(first)[1])
            yield type(self)(first, last)
            first = last + _DAY

    def halves(self) -> tuple[Self, Self]:
        """Cuts the range into two halves.

        Returns:
            The earlier and the later half.

        Raises:
            ValueError: the range is a single day.
        """
        if self.days == 1:
            raise ValueError(_("{first} is a single day", first=self.first))
        middle = self.first + (self.days // 2) * _DAY
        return type(self)(self.first, middle - _DAY), type(self)(middle, self.last)

    def __str__(self) -> str:
        return f"{self.first} - {self.last}"


def _month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + 31 * _DAY).replace(day=1) - _DAY


def _last_month(today: date) -> tuple[date, date]:
    return _month_of(today.replace(day=1) - _DAY)


def _week(today: date, *, days: int, sunday: bool = False) -> tuple[date, date]:
    """Returns the period of the first `days` days of last week; a week begins on Monday, or on Sunday."""
    first = _monday(today) - 7 * _DAY if not sunday else _sunday(today) - 7 * _DAY
    return first, first + (days - 1) * _DAY


def _monday(today: date) -> date:
    return today - today.weekday() * _DAY


def _sunday(today: date) -> date:
    return today - (today.weekday() + 1) % 7 * _DAY


_RANGES: Mapping[str, Callable[[date], tuple[date, date]]] = MappingProxyType(
    {
        "TODAY": lambda today: (today, today),
        "YESTERDAY": lambda today: (today - _DAY, today - _DAY),
        "THIS_WEEK_MON_TODAY": lambda today: (_monday(today), today),
        "THIS_WEEK_SUN_TODAY": lambda today: (_sunday(today), today),
        "LAST_WEEK": lambda today: _week(today, days=7),
        "LAST_BUSINESS_WEEK": lambda today: _week(today, days=5),
        "LAST_WEEK_SUN_SAT": lambda today: _week(today, days=7, sunday=True),
        "THIS_MONTH": lambda today: (today.replace(day=1), today),
        "LAST_MONTH": _last_month,
    }
)
_UNKNOWN = frozenset({"ALL_TIME", "AUTO", "CUSTOM_DATE"})
