"""The types of options that are numbers and days; the error for a wrong value says what is expected."""

import math
from typing import Any, NoReturn

import click

from yadirect_soap.language import _, composed, spoken


class WholeNumber(click.IntRange):
    """A whole number.

    Args:
        least: the least number that is taken; None for any.
        most: the greatest; None for any.
    """

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Returns the number; BadParameter if the value is another one."""
        try:
            number = int(str(value)) if str(value).isascii() and "_" not in str(value) else None
        except ValueError:
            number = None
        if number is None or not _is_between(number, self.min, self.max):
            _refuse(value, _expected(_("a whole number"), self.min, self.max), param, ctx)
        return number


class Number(click.FloatRange):
    """A number, which may have a fraction.

    Args:
        least: the least number that is taken; None for any.
    """

    def __init__(self, least: float | None = None) -> None:
        super().__init__(least)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Returns the number; BadParameter if the value is another one, or is not finite."""
        try:
            number = float(str(value)) if "_" not in str(value) else math.nan
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or not _is_between(number, self.min, None):
            _refuse(value, _expected(_("a number"), self.min, None), param, ctx)
        return number


class Day(click.DateTime):
    """A day such as 2026-05-31."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Returns the day as a datetime; BadParameter if the value is none."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            _refuse(value, _("a day like 2026-05-31"), param, ctx)


def _is_between(number: float, least: float | None, most: float | None) -> bool:
    return (least is None or number >= least) and (most is None or number <= most)


def _expected(what: str, least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return _("{what} from {least:g} to {most:g}", what=what, least=least, most=most)
    return what if least is None else _("{what}, {least:g} or more", what=what, least=least)


def _refuse(value: object, expected: str, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
    found = composed("{value!r:.60}", value=str(value))
    raise click.BadParameter(
        spoken(_("found {found}, expected {expected}", found=found, expected=expected)), ctx, param
    )
