"""The maximum numbers of objects of an account: its own `restrictions`, or else the usual numbers.

https://yandex.ru/dev/direct/doc/en/clients/get
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from yadirect_soap.protocol.reports import facts

from .account import Account
from .limits import Limit, limits

_NOT_EMULATED = MappingProxyType(
    {
        "FORECAST_REPORTS_TOTAL_IN_QUEUE": 5,
        "WORDSTAT_REPORTS_TOTAL_IN_QUEUE": 5,
        "VIDEO_DOMAIN_BLACKLIST_SIZE": 100,
    }
)
"""Elements that get shows although no operation of the API uses them any more."""


def max_allowed(account: Account, limit: Limit) -> int:
    """Returns the maximum for an account: its own restriction, or else that of the limit."""
    usual = limit.max or 0
    return account.restrictions.get(limit.restriction, usual) if limit.restriction else usual


def restrictions(account: Account) -> Mapping[str, int]:
    """Returns every element of Restrictions with its number."""
    return {"API_POINTS": account.daily_units, **_usual(), **account.restrictions}


@cache
def _usual() -> Mapping[str, int]:
    """Returns the usual numbers by the elements of Restrictions."""
    rows = {row.restriction: row.max for row in limits().values() if row.restriction and row.max is not None}
    return MappingProxyType({**rows, "STAT_REPORTS_TOTAL_IN_QUEUE": facts.bundled().limits.queued, **_NOT_EMULATED})
