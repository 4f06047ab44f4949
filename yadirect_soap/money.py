"""Conversion between micros (integers of a millionth of a currency unit) and Decimal amounts: exact, never float.

Every amount in the services is the advertiser's currency times 1,000,000:
https://yandex.ru/dev/direct/doc/ru/concepts/format
"""

import operator
from decimal import Context, Decimal, InvalidOperation, localcontext
from typing import Any

from yadirect_soap.language import _

MICROS = 1_000_000
PRECISION = 2

_DECIMALS = 6
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_WRITTEN = frozenset("+-.0123456789 ")
_DIGITS = 50
"""More than any amount of 64 bits has: whatever the caller's own decimal context rounds to, nothing is rounded here."""


def to_micros(amount: Decimal | int | str, *, precision: int = PRECISION) -> int:
    """Converts an amount in currency units to micros: `to_micros("300.50") == 300_500_000`.

    Args:
        amount: currency units as a Decimal, an int or the text of a number.
        precision: how many decimals the currency has.

    Returns:
        The amount in micros.

    Raises:
        TypeError: the amount is a float, which cannot hold most amounts, or a bool.
        ValueError: the text is not a number, or the amount has more decimals than `precision` or exceeds 64 bits.
    """
    number = _decimal(amount)
    decimals = min(precision, _DECIMALS)
    with localcontext(Context(prec=_DIGITS)):
        if number != round(number, decimals):
            raise ValueError(_("amount {amount} has more than {decimals} decimals", amount=amount, decimals=decimals))
        micros = int(number * MICROS)
    if not _SMALLEST <= micros <= _LARGEST:
        raise ValueError(_("amount {amount} does not fit into 64 bits of micros", amount=amount))
    return micros


def from_micros(micros: int, *, precision: int = PRECISION) -> Decimal:
    """Converts micros to an amount in currency units: `from_micros(300_500_000) == Decimal("300.50")`.

    Args:
        micros: the amount in micros.
        precision: how many decimals the result has at least; it has more if the amount needs them, so that nothing is
            rounded.

    Returns:
        The amount in currency units.

    Raises:
        TypeError: `micros` is not an int.
    """
    micros = _integer(micros)
    if isinstance(micros, bool) or not isinstance(micros, int):
        raise TypeError(f"micros are an int, not {type(micros).__name__}")
    sign, digits = ("-", -micros) if micros < 0 else ("", micros)
    units, fraction = divmod(digits, MICROS)
    decimals = f"{fraction:06d}"
    written = decimals[:precision] + decimals[precision:].rstrip("0")
    return Decimal(f"{sign}{units}.{written}" if written else f"{sign}{units}")


def _integer(value: Any) -> Any:
    """Returns an integer of another library, such as numpy's, as an int; any other value unchanged."""
    if isinstance(value, int | str | Decimal) or not hasattr(value, "__index__"):
        return value
    try:
        return operator.index(value)
    except TypeError:
        return value  # an array or a bool of numpy


def _decimal(amount: Decimal | int | str) -> Decimal:
    amount = _integer(amount)
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int | str):
        raise TypeError(f"an amount is a Decimal, an int or a str, not {type(amount).__name__}")
    if isinstance(amount, str) and not _WRITTEN.issuperset(amount):
        raise ValueError(
            _("not an amount: {amount!r}", amount=amount)
        )  # among what Decimal reads are 1_000, 1e3 and other scripts' digits
    try:
        number = Decimal(amount)
    except InvalidOperation:
        raise ValueError(_("not an amount: {amount!r}", amount=amount)) from None
    if not number.is_finite() or number.adjusted() > 18:
        raise ValueError(_("not an amount: {amount!r}", amount=amount))
    return number
