"""Campaigns: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/ru/campaigns/campaigns
"""

import ipaddress
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ...domain.account_limits import max_allowed
from ...domain.dictionaries import dictionary
from ...domain.limits import UNARCHIVED, limit
from ...domain.timestamps import moment, moscow_day
from ...storage.store import Document
from ..call import OperationCall
from ..crud.defaults import filled
from ..crud.item_results import ItemError
from ..crud.paths import values
from ..crud.service_rules import Complete, Item, ServiceRules
from ..rules import unified_campaigns
from ..rules.amounts import amounts, check_amounts, check_value
from ..rules.bidding_strategies import check_strategy
from ..rules.clarifications import clarification
from ..rules.dates import read_date
from ..rules.goals import check_goals
from ..rules.texts import check_count, check_distinct, check_length, check_mail, check_negative_keywords, too_many
from ..rules.time_targeting import check_time_targeting
from . import package_strategies

_SERVICE = "campaigns"
_MANUAL = frozenset(
    {"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH", "SERVING_OFF", "NETWORK_DEFAULT", "MAXIMUM_COVERAGE"}
)
_TIME = re.compile(r"(?:[01]\d|2[0-3]):(?:00|15|30|45)|24:00")
_PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_SITE = re.compile(r"[\w .-]+")
_NOT_FOR_UNIFIED = ("ClientInfo", "Notification")
_DATES = ("StartDate", "EndDate")
_LISTS = ("CounterIds", "NegativeKeywordSharedSetIds")
_OBSOLETE_OPTIONS = frozenset(
    {
        "ENABLE_AUTOFOCUS",
        "ENABLE_BEHAVIORAL_TARGETING",
        "ENABLE_CURRENT_AREA_TARGETING",
        "ENABLE_EXTENDED_AD_TITLE",
        "ENABLE_REGULAR_AREA_TARGETING",
        "ENABLE_RELATED_KEYWORDS",
    }
)
"""Settings of campaigns that the API accepts and does not store."""
_IN_PACKAGE = ("AttributionModel", "BiddingStrategy", "CounterIds", "PriorityGoals")
"""Members of a campaign that its package strategy decides."""


def _derive(call: OperationCall, document: Document, item: Item, _parent: Document | None) -> Document:
    """Adds CreateTime, Currency, RepresentedBy, ClientInfo and Notification.

    v5 shows the last two for unified campaigns too.
    """
    account = call.account
    agency = call.accounts.by_login(account.agency) if account.agency else None
    name = " ".join(filter(None, (account.first_name, account.last_name))) or account.login
    own = {
        "Currency": account.currency,
        "RepresentedBy": {"Manager": None, "Agency": agency.login if agency else None},
    }
    notification = {
        "SmsSettings": {"TimeFrom": "09:00", "TimeTo": "21:00"},
        "EmailSettings": {
            "Email": (account.details.get("Notification") or {}).get("Email") or f"{account.login}@yandex.ru",
            "CheckPositionInterval": 60,
            "WarningBalance": 20,
            "SendAccountNews": "NO",
            "SendWarnings": "NO",
        },
    }
    created = {} if "Id" in item else {"CreateTime": moment(call.now())}
    return filled(_as_stored(document), created | own | {"ClientInfo": name, "Notification": notification})


def _as_stored(document: Document) -> Document:
    """Returns a campaign without the settings and placements that the API does not store."""
    result = dict(document)
    for kind, inner in document.items():
        if not isinstance(inner, Mapping):
            continue
        if inner.get("Settings"):
            settings = [setting for setting in inner["Settings"] if setting["Option"] not in _OBSOLETE_OPTIONS]
            result[kind] = {**inner, "Settings": settings}
        if kind == "UnifiedCampaign" and inner.get("BiddingStrategy"):
            result[kind] = result[kind] | {"BiddingStrategy": _with_known_placements(inner["BiddingStrategy"])}
    return result


def _with_known_placements(strategy: Mapping[str, Any]) -> Document:
    """Returns the strategy of a unified campaign: DynamicPlaces equals SearchResults, networks have no placements."""
    result = {placement: dict(inner) for placement, inner in strategy.items()}
    result.get("Network", {}).pop("PlacementTypes", None)
    places = result.get("Search", {}).get("PlacementTypes")
    if places and "SearchResults" in places:
        result["Search"]["PlacementTypes"] = {**places, "DynamicPlaces": places["SearchResults"]}
    return result


def _to_store(call: OperationCall, item: Item, after: Document, stored: Document) -> Document:
    """Returns a campaign that joined its package strategy; a unified campaign is stored as such in both versions."""
    campaign = package_strategies.join_package(call, item, after)
    return unified_campaigns.changed(call, stored, campaign) if stored else unified_campaigns.added(call, campaign)


def _warn(call: OperationCall, item: Item, _after: Document) -> list[dict[str, Any]]:
    """Warnings for settings that the API does not store, and for members that the package strategy decides."""
    warnings = []
    for kind in item.values():
        if not isinstance(kind, Mapping):
            continue
        options = [setting["Option"] for setting in kind.get("Settings") or ()]
        warnings += [(10163, option) for option in options if option in _OBSOLETE_OPTIONS]
        if kind.get("PackageBiddingStrategy") is not None:
            warnings += [(10175, name) for name in _IN_PACKAGE if kind.get(name) is not None]
    return [call.notification(code, name) for code, name in warnings]


def current_state(call: OperationCall, campaign: Document) -> Document:
    """Returns a campaign with its State at this moment: one that is on is ENDED after its EndDate."""
    end = campaign.get("EndDate")
    if campaign.get("State") == "ON" and end is not None and end < moscow_day(call.now()):
        return campaign | {"State": "ENDED"}
    return campaign


def _before_state_change(call: OperationCall, campaign: Document) -> None:
    """Raises 8304 for too many campaigns outside the archive."""
    if call.operation.name != "unarchive" or campaign.get("State") != "ARCHIVED":
        return
    maximum = max_allowed(call.account, limit("campaigns", "", UNARCHIVED))
    if _unarchived(call) >= maximum:
        raise ItemError(
            8304, f"No more than {maximum} campaigns outside the archive", f"Не более {maximum} активных кампаний"
        )


def _on_read(call: OperationCall) -> Complete:
    clarified = clarification(call)

    def complete(campaign: Document) -> Document:
        shown = unified_campaigns.read(call, package_strategies.with_source_mark(campaign))
        return clarified(current_state(call, shown))

    return complete


def _validate(call: OperationCall, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises ItemError for a campaign that the API refuses."""
    _check_texts(item, after)
    _check_dates(call, item, after)
    _check_lists(call, item, after)
    _check_notification(item.get("Notification") or {})
    check_time_targeting(_SERVICE, item.get("TimeTargeting") or {})
    _check_unified(item, after)
    package_strategies.check_package(call, item, after)
    package_strategies.check_campaigns(call, after, before)
    _check_kinds(call, item, after)
    if item.get("DailyBudget") is not None:
        _check_budget(call, after)
        _count_budget_changes(call, after, before)


def _check_texts(item: Mapping[str, Any], after: Document) -> None:
    check_length(_SERVICE, "Name", after["Name"])
    if item.get("ClientInfo"):
        check_length(_SERVICE, "ClientInfo", item["ClientInfo"])
    if "TimeZone" in item and item["TimeZone"] not in _zones():
        raise ItemError(4000, "TimeZone is not known", "Неизвестный часовой пояс")


@cache
def _zones() -> frozenset[str]:
    """Returns the time zones of Dictionaries.get."""
    return frozenset(zone["TimeZone"] for zone in dictionary("TimeZones"))


def _check_dates(call: OperationCall, item: Mapping[str, Any], after: Document) -> None:
    """Raises 5005 for dates in the past, or in the wrong order; days are in Moscow time."""
    start, end = (read_date(name, after[name]) if after.get(name) is not None else None for name in _DATES)
    today = date.fromisoformat(moscow_day(call.now()))
    if "StartDate" in item and start is not None and start < today:
        raise ItemError(5005, "StartDate is in the past", "StartDate раньше текущей даты")
    if end is not None and (end < today or (start is not None and end < start)):
        raise ItemError(5005, "EndDate is before StartDate or today", "EndDate раньше StartDate или текущей даты")


def _check_lists(call: OperationCall, item: Mapping[str, Any], after: Document) -> None:
    negative, blocked, excluded = (
        (item.get(name) or {}).get("Items", []) for name in ("NegativeKeywords", "BlockedIps", "ExcludedSites")
    )
    if negative and "CpmBannerCampaign" in after:
        raise ItemError(
            5006, "NegativeKeywords cannot be set for CpmBannerCampaign", "Для CpmBannerCampaign недопустимо"
        )
    check_negative_keywords(_SERVICE, negative)
    check_count(_SERVICE, "BlockedIps", blocked)
    check_distinct("BlockedIps", blocked)
    for address in blocked:
        _check_address(address)
    sites = limit(_SERVICE, "ExcludedSites", "items")
    if len(excluded) > (maximum := max_allowed(call.account, sites)):
        raise too_many(sites.name, maximum, sites.code)
    check_distinct("ExcludedSites", excluded)
    for site in excluded:
        check_length(_SERVICE, "ExcludedSites", site)
        if not _SITE.fullmatch(site):
            raise ItemError(5006, "ExcludedSites has a wrong domain", "Неверный домен в ExcludedSites")


def _check_address(text: str) -> None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        raise ItemError(5006, "BlockedIps has a wrong address", "Неверный адрес в BlockedIps") from None
    if any(address in network for network in _PRIVATE):
        raise ItemError(5006, "BlockedIps has a private address", "Адрес частной сети в BlockedIps")


def _check_notification(notification: Mapping[str, Any]) -> None:
    sms, email = notification.get("SmsSettings") or {}, notification.get("EmailSettings") or {}
    for name in ("TimeFrom", "TimeTo"):
        if not _TIME.fullmatch(sms.get(name, "00:00")):
            english, russian = "must be HH:MM in quarters of an hour", "должно быть ЧЧ:ММ, кратно 15 минутам"
            raise ItemError(5005, f"{name} {english}", f"{name} {russian}")
    if email.get("Email") is not None:
        check_mail("Email", email["Email"])
    if email.get("CheckPositionInterval", 60) not in (15, 30, 60):
        raise ItemError(5005, "CheckPositionInterval must be 15, 30 or 60", "CheckPositionInterval: 15, 30 или 60")
    if email.get("WarningBalance") is not None:
        check_value(limit(_SERVICE, "WarningBalance", "value"), "WarningBalance", email["WarningBalance"])


def _check_unified(item: Mapping[str, Any], after: Document) -> None:
    names = [name for name in _NOT_FOR_UNIFIED if item.get(name) is not None]
    if names and "UnifiedCampaign" in after:
        english, russian = "cannot be set for UnifiedCampaign", "недопустимо в UnifiedCampaign"
        raise ItemError(5006, f"{names[0]} {english}", f"{names[0]} {russian}")


def _check_kinds(call: OperationCall, item: Mapping[str, Any], after: Document) -> None:
    """Checks the structure of the campaign's type: strategies, counters, goals, settings."""
    for kind, requested in item.items():
        if not kind.endswith("Campaign") or not isinstance(requested, Mapping):
            continue
        check_strategy(call, kind, requested, after[kind])
        check_amounts(_SERVICE, call.account.currency, requested)
        check_goals(_SERVICE, call.account.currency, requested)
        counters, sets = ((requested.get(name) or {}).get("Items", []) for name in _LISTS)
        check_distinct("CounterIds", counters)
        check_count(_SERVICE, "CounterIds", counters)
        check_count(_SERVICE, "NegativeKeywordSharedSetIds", sets)
        check_distinct("Settings", [setting["Option"] for setting in requested.get("Settings") or ()])
        if requested.get("TrackingParams"):
            check_length(_SERVICE, "TrackingParams", requested["TrackingParams"])


def _unarchived(call: OperationCall) -> int:
    """Returns the number of the account's campaigns outside the archive."""
    rows = call.store.rows("campaigns", call.account.login)
    return sum(row.document.get("State") != "ARCHIVED" for row in rows)


def _check_budget(call: OperationCall, after: Document) -> None:
    """Raises ItemError for a daily budget with an automatic strategy, or below the currency's minimum."""
    types = set(values(after, "*.BiddingStrategy.*.BiddingStrategyType")) - {None}
    if not types <= _MANUAL:
        raise ItemError(
            6000,
            "Daily budget can only be used in conjunction with manual strategies",
            "Дневной бюджет можно использовать только с ручными стратегиями",
        )
    least = amounts(call.account.currency)["MinimumDailyBudget"]
    if after["DailyBudget"]["Amount"] < least:
        raise ItemError(5005, f"DailyBudget.Amount must be at least {least}", f"DailyBudget.Amount: не меньше {least}")


def _count_budget_changes(call: OperationCall, after: Document, before: Document) -> None:
    """Counts changes of the daily budget in a day.  https://yandex.ru/dev/direct/doc/ru/campaigns/update"""
    if not before or before.get("DailyBudget") == after["DailyBudget"]:
        return
    note = f"budget changes/{before['Id']}"
    today = moscow_day(call.now())
    day, times = call.store.note(note) or (today, 0)
    times = times + 1 if day == today else 1
    allowed = limit(_SERVICE, "DailyBudget", "changes in a day")
    if not allowed.allows(times):
        raise ItemError(
            allowed.code,
            f"The daily budget can be changed {allowed.max} times a day",
            f"Дневной бюджет можно менять не более {allowed.max} раз в день",
        )
    call.store.set_note(note, [today, times])


RULES = ServiceRules(
    check_choice=unified_campaigns.refuse_unified,
    view=unified_campaigns.shown,
    derive=_derive,
    validate=_validate,
    to_store=_to_store,
    warn=_warn,
    current_state=current_state,
    before_state_change=_before_state_change,
    on_read=_on_read,
)
