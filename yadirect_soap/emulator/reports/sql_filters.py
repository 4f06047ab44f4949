"""The filters of a definition as conditions of SQL with bound values."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import simplejson

from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.facts import FieldKind

Filter = Mapping[str, Any]

HUNDREDTHS = frozenset({FieldKind.DECIMAL, FieldKind.PERCENT})
"""Kinds whose values are in hundredths in the tables; money is in micros, as in the filters."""

_NUMBERS = HUNDREDTHS | {FieldKind.INT, FieldKind.MONEY}
_ANY_PREFIX = "EXISTS (SELECT 1 FROM json_each(?) AS given WHERE substr({}, 1, length(given.value)) = given.value)"
_ONE_OF = "{} IN (SELECT value FROM json_each(?))"


_LARGEST = 2**63 - 1


class Condition(NamedTuple):
    """A condition, and the value for its `?` if it has one."""

    sql: str
    values: tuple[int | str, ...] = ()


def condition(filter_: Filter, expression: str) -> Condition:
    """Returns the condition of a filter on a field with SQL `expression`.  NULL meets negative operators only."""
    field, operator, values = filter_["Field"], filter_["Operator"], filter_["Values"]
    kind = facts.bundled().fields[field].kind
    if operator == "LESS_THAN":
        return Condition(f"{expression} < ?", (_within(math.ceil(_number(values[0], kind))),))
    if operator == "GREATER_THAN":
        return Condition(f"{expression} > ?", (_within(math.floor(_number(values[0], kind))),))
    if "START" in operator:
        sql, bound = _ANY_PREFIX.format(f"fold({expression})"), _folded(values)
    elif field in facts.bundled().ignoring_case:
        sql, bound = _ONE_OF.format(f"fold({expression})"), _folded(values)
    else:
        sql, bound = _ONE_OF.format(expression), simplejson.dumps(_in_table_units(values, kind))
    negative = operator.startswith(("NOT_", "DOES_NOT_"))
    return Condition(f"coalesce(NOT {sql}, 1)" if negative else sql, (bound,))


def _within(number: int) -> int:
    """Returns the number, or the nearest number that SQLite can hold."""
    return max(-_LARGEST, min(number, _LARGEST))


def _in_table_units(values: Sequence[str], kind: FieldKind) -> list[int] | list[str]:
    """Returns the values in the units of the tables; a value between two units is left out, as nothing equals it."""
    if kind not in _NUMBERS:
        return list(values)
    numbers = (_number(value, kind) for value in values)
    return [int(number) for number in numbers if number == int(number)]


def _number(value: str, kind: FieldKind) -> Decimal:
    number = Decimal(value)
    return number * 100 if kind in HUNDREDTHS else number


def _folded(values: Sequence[str]) -> str:
    return simplejson.dumps([value.casefold() for value in values])
