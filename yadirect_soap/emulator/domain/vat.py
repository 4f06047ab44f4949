"""VAT by the currency of an account and the day; reports and the VatRate of clients are by it.

The rate of Russia is documented by the change of 2026-01-01 in protocol/api_changes.toml.  Those of the other countries
are assumed to be those of their laws; accounts in other currencies pay none.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

_RATES: Mapping[str, Sequence[tuple[date, int]]] = MappingProxyType(
    {
        "RUB": ((date.min, 20), (date(2026, 1, 1), 22)),
        "BYN": ((date.min, 20),),
        "KZT": ((date.min, 12), (date(2026, 1, 1), 16)),
    }
)


def vat_rates(currency: str) -> Sequence[tuple[date, int]]:
    """Returns the rates in percent with their first days, in the order of the days; none without VAT."""
    return _RATES.get(currency, ())


def vat_rate(currency: str, day: date) -> int:
    """Returns the rate of a day in percent; 0 without VAT."""
    return next((rate for since, rate in reversed(vat_rates(currency)) if since <= day), 0)
