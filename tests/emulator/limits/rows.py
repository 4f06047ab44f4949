"""A row of a table of limits, and the rows that several services or members have alike."""

from typing import Any, NamedTuple

from tests.emulator.limits import objects, values
from tests.emulator.limits.calls import room
from tests.emulator.limits.objects import added
from tests.emulator.limits.values import Builder, Item, Value, in_list, text, word, words

DOC = "https://yandex.ru/dev/direct/doc"


class Row(NamedTuple):
    """A limit as the page has it, and a call that meets it; `bounds` is the maximum, or a minimum and a maximum."""

    path: str
    kind: str
    bounds: int | tuple[int | None, int | None]
    code: int
    call: Builder
    step: int = 1
    at_limit: tuple[int, ...] = ()
    """The codes of what is at the limit and cannot be taken for another reason."""


def chars(service: str, path: str, size: int, *, where: str = "", value: Value = text, base: Any = None) -> Row:
    """The length of a text."""
    return Row(path, "characters", size, 5001, added(service, where or path, value, base))


def items(path: str, count: int, call: Builder, code: int = 7000) -> Row:
    """The length of a list."""
    return Row(path, "items", count, code, call)


def value(
    path: str, bounds: int | tuple[int | None, int | None], call: Builder, *, step: int = 1, code: int = 5005
) -> Row:
    """The bounds of a number."""
    return Row(path, "value", bounds, code, call, step)


def percent(name: str, least: int, call: Builder) -> Row:
    """The percents of an adjustment."""
    return Row(name, "value", (least, 1300), 5005, call)


def negative_keywords(service: str, size: int, where: str) -> list[Row]:
    """The three limits of negative keywords."""
    path, letters = "NegativeKeywords", "characters in a word"
    return [
        Row(path, "characters", size, 5001, added(service, where, values.negative_keywords)),
        Row(path, letters, 35, 5162, added(service, where, in_list(word))),
        Row(path, "words", 7, 5161, added(service, where, in_list(words))),
    ]


def ad_text(path: str, size: int, letters: int, base: Any, *, narrow: bool = False, bare: bool = True) -> list[Row]:
    """The limits of a text of an ad: all characters, those of one word, and the narrow ones."""

    def call(value: Value) -> Builder:
        return added("ads", path, value if bare else in_list(value), base)

    rows = [
        Row(path, "characters", size, 5001, call(text)),
        Row(path, "characters in a word", letters, 5006, call(word)),
    ]
    return rows + [Row(path, "narrow characters", 15, 5001, call(values.narrow))] * narrow


def targets(service: str) -> list[Row]:
    """The limits of the conditions of dynamic and smart ads."""
    base, page = objects.targets(service), service == "dynamictextadtargets"
    where = "Conditions" if page else "Conditions.Items"

    def arguments(count: int) -> list[Item]:
        return [values.condition(1, count, page=page)]

    return [
        Row("", "objects", 50, 7001, room(service, base)),
        items("Conditions", 10, added(service, where, values.many(lambda n: values.condition(n, page=page)), base)),
        items("Conditions.Arguments", 10, added(service, where, arguments, base)),
        chars(service, "Name", 255, base=base),
    ]
