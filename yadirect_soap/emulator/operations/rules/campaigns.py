"""What the API asks of campaigns: https://yandex.ru/dev/direct/doc/ru/campaigns/add and /campaigns/update."""

import ipaddress
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ...domain.account_limits import max_allowed
from ...domain.dictionaries import dictionary
from ...domain.limits import limit
from ...domain.timestamps import moscow_day
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from ..crud.paths import values
from .amounts import amounts, check_amounts, check_value
from .bidding_strategies import check_strategy
from .dates import read_date
from .goals import check_goals
from .package_sources import check_package
from .package_strategies import check_company
from .texts import check_count, check_distinct, check_length, check_mail, check_negative_keywords, too_many
from .time_targeting import check_time_targeting

_SERVICE = "campaigns"
_MANUAL = frozenset(
    {"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH", "SERVING_OFF", "NETWORK_DEFAULT", "MAXIMUM_COVERAGE"}
)
_TIME = re.compile(r"(?:[01]\d|2[0-3]):(?:00|15|30|45)|24:00")
_PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_SITE = re.compile(r"[\w .-]+")
_NOT_FOR_UNIFIED = ("ClientInfo", "Notification")
_LISTS = ("CounterIds", "NegativeKeywordSharedSetIds")


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
    if item.get("DailyBudget") is not None:
        _check_budget(call, after)
        _count_budget_changes(call, after, before)


def _check_texts(item: Mapping[str, Any], after: Document) -> None:
    check_length(_SERVICE, "Name", after["Name"])
    if item.get("ClientInfo"):
        check_length(_SERVICE, "ClientInfo", item["ClientInfo"])
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
    check_negative_keywords(_SERVICE, negative)
    check_count(_SERVICE, "BlockedIps", blocked)
    check_distinct("BlockedIps", blocked)
    for address in blocked:
        _check_address(address)
    sites = limit(_SERVICE, "ExcludedSites", "items")
    if len(excluded) > (most := max_allowed(call.account, sites)):
        raise too_many(sites.name, most, sites.code)
    check_distinct("ExcludedSites", excluded)
    for site in excluded:
        check_length(_SERVICE, "ExcludedSites", site)
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
    if email.get("WarningBalance") is not None:
        check_value(limit(_SERVICE, "WarningBalance", "value"), "WarningBalance", email["WarningBalance"])


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
        check_amounts(_SERVICE, call.account.currency, given)
        check_goals(_SERVICE, call.account.currency, given)
        counters, sets = ((given.get(name) or {}).get("Items", []) for name in _LISTS)
        check_distinct("CounterIds", counters)
        check_count(_SERVICE, "CounterIds", counters)
        check_count(_SERVICE, "NegativeKeywordSharedSetIds", sets)
        check_distinct("Settings", [setting["Option"] for setting in given.get("Settings") or ()])
        if given.get("TrackingParams"):
            check_length(_SERVICE, "TrackingParams", given["TrackingParams"])


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
    """So many changes a day; setting what is set is none.  https://yandex.ru/dev/direct/doc/ru/campaigns/update"""
    if not before or before.get("DailyBudget") == after["DailyBudget"]:
        return
    note = f"budget changes/{before['Id']}"
    today = moscow_day(call.now())
    day, times = call.store.note(note) or (today, 0)
    times = times + 1 if day == today else 1
    allowed = limit(_SERVICE, "DailyBudget", "changes in a day")
    if not allowed.allows(times):
        raise Refused(
            allowed.code,
            f"The daily budget can be changed {allowed.max} times a day",
            f"Дневной бюджет можно менять не более {allowed.max} раз в день",
        )
    call.store.set_note(note, [today, times])
