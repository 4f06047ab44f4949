"""Campaigns: what the API does and asks beyond the generic verbs.

https://yandex.ru/dev/direct/doc/ru/campaigns/campaigns
"""

from collections.abc import Mapping
from typing import Any

from ...domain.account_limits import max_allowed
from ...domain.limits import UNARCHIVED, limit
from ...domain.timestamps import moscow_day
from ...storage.store import Document
from ..call import Call
from ..crud.defaults import filled
from ..crud.item_results import Refused
from ..crud.service_rules import Complete, Item, ServiceRules
from ..rules import package_sources, unified_campaigns
from ..rules.campaigns import check, unarchived
from ..rules.clarifications import clarification

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
"""Settings of campaigns that the API still takes and no longer keeps."""

_IN_PACKAGE = ("AttributionModel", "BiddingStrategy", "CounterIds", "PriorityGoals")
"""Members of a campaign that its package strategy has too."""


def _derive(call: Call, document: Document, _item: Item, _parent: Document | None) -> Document:
    """Unified campaigns have ClientInfo and Notification for v5, which shows them."""
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
    return filled(_without_obsolete(document), own | {"ClientInfo": name, "Notification": notification})


def _without_obsolete(document: Document) -> Document:
    """A campaign without the settings that the API takes and does not keep."""
    kept = dict(document)
    for kind, inner in document.items():
        if isinstance(inner, Mapping) and inner.get("Settings"):
            settings = [each for each in inner["Settings"] if each["Option"] not in _OBSOLETE_OPTIONS]
            kept[kind] = {**inner, "Settings": settings}
    return kept


def _to_store(call: Call, item: Item, after: Document, stored: Document) -> Document:
    """A campaign in its package strategy; what is unified is stored as such, whatever version shows it."""
    campaign = package_sources.joined(call, item, after)
    return unified_campaigns.changed(call, stored, campaign) if stored else unified_campaigns.added(call, campaign)


def _warn(call: Call, item: Item, _after: Document) -> list[dict[str, Any]]:
    """Warnings for settings that are no longer kept, and for what the package strategy decides."""
    found = []
    for kind in item.values():
        if not isinstance(kind, Mapping):
            continue
        options = [setting["Option"] for setting in kind.get("Settings") or ()]
        found += [(10163, option) for option in options if option in _OBSOLETE_OPTIONS]
        if kind.get("PackageBiddingStrategy") is not None:
            found += [(10175, name) for name in _IN_PACKAGE if kind.get(name) is not None]
    return [call.notification(code, name) for code, name in found]


def current_state(call: Call, campaign: Document) -> Document:
    """A campaign in the state that the day has brought: one that was on has ended after its EndDate."""
    end = campaign.get("EndDate")
    if campaign.get("State") == "ON" and end is not None and end < moscow_day(call.now()):
        return campaign | {"State": "ENDED"}
    return campaign


def _before_state_change(call: Call, campaign: Document) -> None:
    """An account has so many campaigns outside the archive."""
    if call.operation.name != "unarchive" or campaign.get("State") != "ARCHIVED":
        return
    most = max_allowed(call.account, limit("campaigns", "", UNARCHIVED))
    if unarchived(call) >= most:
        raise Refused(8304, f"No more than {most} unarchived campaigns", f"Не более {most} активных кампаний")


def _on_read(call: Call) -> Complete:
    clarified = clarification(call)

    def complete(campaign: Document) -> Document:
        shown = unified_campaigns.read(call, package_sources.marked(campaign))
        return clarified(current_state(call, shown))

    return complete


RULES = ServiceRules(
    check_choice=unified_campaigns.refuse_unified,
    view=unified_campaigns.shown,
    derive=_derive,
    validate=check,
    to_store=_to_store,
    warn=_warn,
    current_state=current_state,
    before_state_change=_before_state_change,
    on_read=_on_read,
)
