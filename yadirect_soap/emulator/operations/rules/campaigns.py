"""What the API asks of campaigns: https://yandex.ru/dev/direct/doc/ru/campaigns/add and /campaigns/update."""

import ipaddress
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ...domain.account_limits import restriction
from ...domain.dictionaries import dictionary
from ...domain.timestamps import moscow_day
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from ..crud.package_strategies import check_package
from ..crud.paths import values
from .amounts import amounts, check_amounts
from .bidding_strategies import check_strategy
from .dates import read_date
from .goals import check_goals
from .package_strategies import check_company
from .texts import check_count, check_distinct, check_length, check_mail, check_negative_keywords
from .time_targeting import check_time_targeting

_NAME = 255
_BUDGET_CHANGES = 3
_MANUAL = frozenset(
    {"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH", "SERVING_OFF", "NETWORK_DEFAULT", "MAXIMUM_COVERAGE"}
)
_TIME = re.compile(r"(?:[01]\d|2[0-3]):(?:00|15|30|45)|24:00")
_PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_SITE = re.compile(r"[\w .-]+")
_NOT_FOR_UNIFIED = ("ClientInfo", "Notification")
_LISTS = ("CounterIds", "NegativeKeywordSharedSetIds")
_COUNTERS = 100
_SETS = 3
_TRACKING = 1024


def check(call: Call, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises Refused for a campaign that the API would not have."""
    _check_texts(item, after)
    _check_dates(call, item, after)
    _check_lists(call, item, after)
    _check_notification(item.get("Notification") or {})
    check_time_targeting(item.get("TimeTargeting") or {})
    _check_unified(item, after)
    check_package(call, item, after)
    check_company(call, after, before)
    _check_kinds(call, item, after)
    _check_quantity(call, before)
    if item.get("DailyBudget") is not None:
        _check_budget(call, after)
        _count_budget_changes(call, after, before)


def _check_texts(item: Mapping[str, Any], after: Document) -> None:
    check_length("Name", after["Name"], _NAME)
    if item.get("ClientInfo"):
        check_length("ClientInfo", item["ClientInfo"], _NAME)
    if "TimeZone" in item and item["TimeZone"] not in _zones():
        raise Refused(4000, "TimeZone is not known", "Неизвестный часовой пояс")


@cache
def _zones() -> frozenset[str]:
    """The time zones of Dictionaries.get."""
    return frozenset(zone["TimeZone"] for zone in dictionary("TimeZones"))


def _check_dates(call: Call, item: Mapping[str, Any], after: Document) -> None:
    """A campaign starts today at the earliest; days are Moscow's."""
    start, end = (read_date(name, after[name]) if after.get(name) else None for name in ("StartDate", "EndDate"))
    today = date.fromisoformat(moscow_day(call.now()))
    if "StartDate" in item and start is not None and start < today:
        raise Refused(5005, "StartDate is in the past", "StartDate раньше текущей даты")
    if end is not None and (end < today or (start is not None and end < start)):
        raise Refused(5005, "EndDate is before StartDate or today", "EndDate раньше StartDate или текущей даты")


def _check_lists(call: Call, item: Mapping[str, Any], after: Document) -> None:
    negative, blocked, excluded = (
        (item.get(name) or {}).get("Items", []) for name in ("NegativeKeywords", "BlockedIps", "ExcludedSites")
    )
    if negative and "CpmBannerCampaign" in after:
        raise Refused(5006, "NegativeKeywords cannot be set for CpmBannerCampaign", "Для CpmBannerCampaign недопустимо")
    check_negative_keywords(negative, 20_000)
    check_count("BlockedIps", blocked, 25)
    check_distinct("BlockedIps", blocked)
    for address in blocked:
        _check_address(address)
    check_count("ExcludedSites", excluded, restriction(call.account, "GENERAL_DOMAIN_BLACKLIST_SIZE"))
    check_distinct("ExcludedSites", excluded)
    for site in excluded:
        check_length("ExcludedSites", site, 255)
        if not _SITE.fullmatch(site):
            raise Refused(5006, "ExcludedSites has a wrong domain", "Неверный домен в ExcludedSites")


def _check_address(text: str) -> None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        raise Refused(5006, "BlockedIps has a wrong address", "Неверный адрес в BlockedIps") from None
    if any(address in network for network in _PRIVATE):
        raise Refused(5006, "BlockedIps has a private address", "Адрес частной сети в BlockedIps")


def _check_notification(notification: Mapping[str, Any]) -> None:
    sms, email = notification.get("SmsSettings") or {}, notification.get("EmailSettings") or {}
    for name in ("TimeFrom", "TimeTo"):
        if not _TIME.fullmatch(sms.get(name, "00:00")):
            english, russian = "must be HH:MM in quarters of an hour", "должно быть ЧЧ:ММ, кратно 15 минутам"
            raise Refused(5005, f"{name} {english}", f"{name} {russian}")
    if email.get("Email") is not None:
        check_mail("Email", email["Email"])
    if email.get("CheckPositionInterval", 60) not in (15, 30, 60):
        raise Refused(5005, "CheckPositionInterval must be 15, 30 or 60", "CheckPositionInterval: 15, 30 или 60")
    if not 1 <= email.get("WarningBalance", 20) <= 50:
        raise Refused(5005, "WarningBalance must be from 1 to 50", "WarningBalance: от 1 до 50")


def _check_unified(item: Mapping[str, Any], after: Document) -> None:
    given = [name for name in _NOT_FOR_UNIFIED if item.get(name) is not None]
    if given and "UnifiedCampaign" in after:
        english, russian = "cannot be set for UnifiedCampaign", "недопустимо в UnifiedCampaign"
        raise Refused(5006, f"{given[0]} {english}", f"{given[0]} {russian}")


def _check_kinds(call: Call, item: Mapping[str, Any], after: Document) -> None:
    """The structure of the campaign's type: strategies, counters, goals, settings."""
    for kind, given in item.items():
        if not kind.endswith("Campaign") or not isinstance(given, Mapping):
            continue
        check_strategy(call, kind, given, after[kind])
        check_amounts(call.account.currency, given)
        check_goals(call.account.currency, given)
        counters, sets = ((given.get(name) or {}).get("Items", []) for name in _LISTS)
        check_distinct("CounterIds", counters)
        check_count("CounterIds", counters, _COUNTERS)
        check_count("NegativeKeywordSharedSetIds", sets, _SETS)
        check_distinct("Settings", [setting["Option"] for setting in given.get("Settings") or ()])
        if given.get("TrackingParams"):
            check_length("TrackingParams", given["TrackingParams"], _TRACKING)


def _check_quantity(call: Call, before: Document) -> None:
    """A new campaign counts among those that are not in the archive."""
    most = restriction(call.account, "CAMPAIGNS_UNARCHIVED_PER_CLIENT")
    if not before and unarchived(call) >= most:
        raise Refused(7001, f"No more than {most} unarchived campaigns", f"Не более {most} незаархивированных кампаний")


def unarchived(call: Call) -> int:
    """How many campaigns of the account are not in the archive."""
    rows = call.store.rows("campaigns", call.account.login)
    return sum(row.document.get("State") != "ARCHIVED" for row in rows)


def _check_budget(call: Call, after: Document) -> None:
    """A daily budget needs a manual strategy and the currency's minimum."""
    types = set(values(after, "*.BiddingStrategy.*.BiddingStrategyType")) - {None}
    if not types <= _MANUAL:
        raise Refused(
            5006,
            "DailyBudget is available with manual strategies only",
            "DailyBudget доступен только для ручных стратегий",
        )
    least = amounts(call.account.currency)["MinimumDailyBudget"]
    if after["DailyBudget"]["Amount"] < least:
        raise Refused(5005, f"DailyBudget.Amount must be at least {least}", f"DailyBudget.Amount: не меньше {least}")


def _count_budget_changes(call: Call, after: Document, before: Document) -> None:
    """Three changes a day; setting what is set is none.  https://yandex.ru/dev/direct/doc/ru/campaigns/update"""
    if not before or before.get("DailyBudget") == after["DailyBudget"]:
        return
    note = f"budget changes/{before['Id']}"
    today = moscow_day(call.now())
    day, times = call.store.note(note) or (today, 0)
    times = times + 1 if day == today else 1
    if times > _BUDGET_CHANGES:
        raise Refused(
            8305,
            f"The daily budget can be changed {_BUDGET_CHANGES} times a day",
            f"Дневной бюджет можно менять не более {_BUDGET_CHANGES} раз в день",
        )
    call.store.set_note(note, [today, times])
