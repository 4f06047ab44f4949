"""How many objects an account may have: the usual numbers, which an account's own `restrictions` go before.

https://yandex.ru/dev/direct/doc/en/clients/get
"""

from collections.abc import Mapping
from types import MappingProxyType

from .accounts import Account

USUAL: Mapping[str, int] = MappingProxyType(
    {
        "CAMPAIGNS_TOTAL_PER_CLIENT": 3000,
        "CAMPAIGNS_UNARCHIVED_PER_CLIENT": 1000,
        "ADGROUPS_TOTAL_PER_CAMPAIGN": 1000,
        "ADS_TOTAL_PER_ADGROUP": 50,
        "KEYWORDS_TOTAL_PER_ADGROUP": 200,
        "AD_EXTENSIONS_TOTAL": 10_000,
        "STAT_REPORTS_TOTAL_IN_QUEUE": 5,
        "FORECAST_REPORTS_TOTAL_IN_QUEUE": 5,
        "WORDSTAT_REPORTS_TOTAL_IN_QUEUE": 5,
        "GENERAL_DOMAIN_BLACKLIST_SIZE": 1000,
        "VIDEO_DOMAIN_BLACKLIST_SIZE": 100,
    }
)
"""By the names of the elements of Restrictions."""


def restriction(account: Account, element: str) -> int:
    """How many an account may have; KeyError for an unknown element."""
    return account.restrictions.get(element, USUAL[element])


def restrictions(account: Account) -> Mapping[str, int]:
    """Every element, the account's own numbers in place of the usual ones."""
    return {"API_POINTS": account.daily_units, **USUAL, **account.restrictions}
