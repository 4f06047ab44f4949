"""Texts, lists and structures of a size: what the calls put at a limit and one beyond."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from tests.emulator.emulator_client import EmulatorClient

Item = dict[str, Any]


Builder = Callable[[EmulatorClient, int], list[int]]


Value = Callable[[int], Any]


OFF = {"BiddingStrategyType": "SERVING_OFF"}
LINK = "https://example.com/"
ARGUMENT = {"MembershipLifeSpan": 30, "ExternalId": 1}
AGES = ("AGE_0_17", "AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55")
PEOPLE = [{"Gender": gender, "Age": age} for gender in ("GENDER_MALE", "GENDER_FEMALE") for age in AGES]


def text(size: int) -> str:
    """So many characters, in words of nine letters at most."""
    return ("abcdefghi " * (size // 10 + 1))[: size - 1] + "z"


def word(size: int) -> str:
    """One word of so many characters."""
    return "w" * size


def link(size: int) -> str:
    """An address of so many characters."""
    return LINK.ljust(size, "a")


def pixel(size: int) -> str:
    """The address of an impression tag."""
    return f"{LINK}%random%".ljust(size, "a")


def tracking_link(size: int) -> str:
    """An address of a tracking system."""
    return "https://tracker.example/".ljust(size, "a")


def mail(size: int) -> str:
    """An email address of so many characters."""
    return "@example.com".rjust(size, "a")


def words(size: int) -> str:
    """A phrase of so many words."""
    return " ".join(f"w{number}" for number in range(size))


def narrow(size: int) -> str:
    """A text with so many narrow characters."""
    return "text" + "!" * size


def negative_keywords(size: int) -> list[str]:
    """Negative keywords of so many letters together."""
    whole, remainder = divmod(size, 30)
    return [f"{number:030}" for number in range(whole)] + ["w" * remainder] * bool(remainder)


def phrase(size: int) -> str:
    """A keyword of so many characters, most of them in its negative keywords."""
    whole, remainder = divmod(size - 8, 32)
    return "shelf" + "".join(f" -{number:030}" for number in range(whole)) + " -w" + "w" * remainder


def in_list(value: Value) -> Value:
    """A list of one such value."""
    return lambda number: [value(number)]


def many(item: Value) -> Value:
    """A list of so many items."""
    return lambda number: [item(index) for index in range(1, number + 1)]


def same(number: int) -> int:
    """The number itself."""
    return number


def goal(number: int) -> Item:
    """A key goal."""
    return {"GoalId": number, "Value": 5_000_000}


def period(days: int) -> Item:
    """A budget for so many days."""
    start = date(2026, 6, 1)
    end = start + timedelta(days=days - 1)
    return {"SpendLimit": 10**9, "StartDate": start.isoformat(), "EndDate": end.isoformat(), "AutoContinue": "NO"}


def condition(number: int, arguments: int = 1, *, page: bool = False) -> Item:
    """A condition of its own by its number."""
    texts = [str(number * 1000 + argument) for argument in range(arguments)]
    if page:
        return {"Operand": "URL", "Operator": "CONTAINS_ANY", "Arguments": texts}
    return {"Operand": "price", "Operator": "EQUALS_ANY", "Arguments": texts}


def four_titles(size: int) -> list[Item]:
    """Sitelinks whose titles have so many characters together."""
    lengths = (30, 30, size - 60)
    return [{"Title": letter * n, "Href": LINK + letter} for letter, n in zip("abc", lengths, strict=True)]


def put_at(item: Mapping[str, Any], path: str, value: Any) -> Item:
    """The item with a value at a path of members."""
    name, _, inner_path = path.partition(".")
    return {**item, name: put_at(item.get(name) or {}, inner_path, value) if inner_path else value}
