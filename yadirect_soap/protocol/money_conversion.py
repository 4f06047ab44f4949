"""Money as Decimal: converts monetary members of params to micros, and those of results to Decimal.

protocol/facts.toml lists the monetary members. With the setting money="decimal":

    params  {"KeywordId": 7, "Bid": Decimal("1.50")}   become   {"KeywordId": 7, "Bid": 1_500_000}
    result  {"KeywordId": 7, "Bid": 1_500_000}         becomes  {"KeywordId": 7, "Bid": Decimal("1.50")}
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from yadirect_soap.errors import Violation
from yadirect_soap.language import _
from yadirect_soap.money import from_micros, to_micros

from .model import Member, Shape
from .scalars import is_list
from .shape_cache import cached_on_shape
from .validation import describe_value

Convert = Callable[[Any, str], Any]
"""Converts one monetary value; the second argument is its path."""


def params_to_micros(params: Mapping[str, Any], shape: Shape, violations: list[Violation]) -> dict[str, Any]:
    """Converts every amount in currency units (Decimal, int or str) among the params to micros.

    Args:
        params: the params of an operation.
        shape: their shape.
        violations: receives a violation for each value that is not an amount.

    Returns:
        A copy of the params.
    """

    def convert(amount: Any, path: str) -> Any:
        if amount is None:
            return None
        try:
            return to_micros(amount)
        except (TypeError, ValueError) as error:
            violations.append(
                Violation(path, describe_value(amount), _("an amount in currency units ({error})", error=error))
            )
            return 0

    return dict(_converted(params, shape, "$", convert))


def result_to_decimal(result: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """Converts the micros of every monetary member of a result to a Decimal in currency units."""

    def convert(micros: Any, _path: str) -> Decimal | Any:
        return from_micros(micros) if isinstance(micros, int) else micros

    return dict(_converted(result, shape, "$", convert))


def _converted(value: Any, shape: Shape, path: str, convert: Convert) -> Any:
    if not isinstance(value, Mapping) or not _holds_money(shape):
        return value
    members = shape.by_name
    return {
        name: _member(inner, members[name], f"{path}.{name}", convert) if name in members else inner
        for name, inner in value.items()
    }


def _member(value: Any, member: Member, path: str, convert: Convert) -> Any:
    if member.many and is_list(value):
        return [_single(item, member, f"{path}[{index}]", convert) for index, item in enumerate(value)]
    return _single(value, member, path, convert)


def _single(value: Any, member: Member, path: str, convert: Convert) -> Any:
    return convert(value, path) if _is_money(member) else _converted(value, member.shape, path, convert)


def _is_money(member: Member) -> bool:
    from . import facts  # noqa: PLC0415  an import of the package need not wait for it

    return member.name in facts.bundled().money_members(member.owner)


@cached_on_shape
def _holds_money(shape: Shape) -> bool:
    return any(_is_money(member) or _holds_money(member.shape) for member in shape.members)
