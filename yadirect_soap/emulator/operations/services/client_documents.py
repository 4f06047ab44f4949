"""The document of an account in Clients.get and AgencyClients.get, and its update.

https://yandex.ru/dev/direct/doc/en/clients/get
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ...domain.account import Account, AccountKind
from ...domain.account_limits import restrictions
from ...domain.timestamps import moscow_day
from ...domain.vat import vat_rate
from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError

PRIVILEGES = ("EDIT_CAMPAIGNS", "IMPORT_XLS", "TRANSFER_MONEY")
SUBSCRIPTIONS = ("RECEIVE_RECOMMENDATIONS", "TRACK_MANAGED_CAMPAIGNS", "TRACK_POSITION_CHANGES")
SETTINGS = ("CORRECT_TYPOS_AUTOMATICALLY", "DISPLAY_STORE_RATING", "SHARED_ACCOUNT_ENABLED")
MAIL_DOMAIN = "yandex.ru"

_EMPTY: Mapping[str, Any] = MappingProxyType(
    {
        "TinInfo": {"Tin": None},
        "ErirAttributes": {
            "Organization": dict.fromkeys(("Name", "EpayNumber", "RegNumber", "OksmNumber", "OkvedCode")),
            "Contract": dict.fromkeys(("Number", "Date", "Type", "ActionType", "SubjectType", "IsAgencyPayment")),
            "Contragent": {
                **dict.fromkeys(("Name", "Phone", "EpayNumber", "RegNumber", "OksmNumber")),
                "TinInfo": {"Tin": None},
            },
        },
    }
)
"""The tax data and attributes of a new account."""
_ADVERTISERS_OWN = frozenset(
    {"AccountQuality", "Currency", "Grants", "OverdraftSumAvailable", "Restrictions", "Settings"}
)
"""Members that get returns for advertisers and not for agencies."""
_TYPES = MappingProxyType(
    {AccountKind.ADVERTISER: "CLIENT", AccountKind.CLIENT: "SUBCLIENT", AccountKind.AGENCY: "AGENCY"}
)


def document(account: Account, call: OperationCall) -> Document:
    """Returns the ClientGetItem of an account with all members."""
    members = (
        _identity(account, call)
        | _standing(account, call)
        | _available(call)
        | {
            "Notification": notification({"Lang": account.language, "Email": mail(account.login)}),
            "Settings": switches("Option", SETTINGS),
            "Grants": switches("Privilege", PRIVILEGES, [{"Privilege": "EDIT_CAMPAIGNS", "Value": "YES"}]),
        }
    )
    item = {**members, **account.details}
    if account.is_agency:
        return {name: value for name, value in item.items() if name not in _ADVERTISERS_OWN}
    agency = {"Agency": account.agency} if account.agency else {}
    return item | {"Grants": [{**grant, **agency} for grant in item["Grants"]]}


def mail(login: str) -> str:
    """Returns the email address of a login."""
    return f"{login}@{MAIL_DOMAIN}"


def switches(key: str, names: tuple[str, ...], chosen: object = ()) -> list[Document]:
    """Returns all switches of a kind; those that are not chosen are NO."""
    on: dict[str, str] = {item[key]: item["Value"] for item in chosen} if isinstance(chosen, list) else {}
    return [{key: name, "Value": on.get(name, "NO")} for name in names]


def notification(requested: Mapping[str, Any]) -> Document:
    """Returns the NotificationGet for a NotificationAdd; the phone number is empty at first."""
    subscriptions = switches("Option", SUBSCRIPTIONS, requested.get("EmailSubscriptions"))
    return {
        "Lang": requested["Lang"],
        "Email": requested["Email"],
        "EmailSubscriptions": subscriptions,
        "SmsPhoneNumber": "",
    }


def updated(account: Account, item: Mapping[str, Any], call: OperationCall) -> Account:
    """Returns the account after an update: members and switches that the item does not have stay, None clears a member.

    Raises ItemError for IMPORT_XLS without EDIT_CAMPAIGNS.
    """
    now = document(account, call)
    details = dict(account.details)
    for name in ("ClientInfo", "Phone"):
        if name in item:
            details[name] = item[name]
    if "Notification" in item:
        details["Notification"] = _merged_notification(now["Notification"], item["Notification"])
    for name, key in (("Settings", "Option"), ("Grants", "Privilege")):
        if name in item:
            details[name] = _switched(now[name], item[name], key)
    for name in ("TinInfo", "ErirAttributes"):
        if name in item:
            details[name] = _merged(now[name], item[name], _EMPTY[name])
    if "Grants" in item:
        check_grants(details["Grants"])
    return replace(account, details=details)


def check_grants(grants: object) -> None:
    """Raises ItemError for IMPORT_XLS without EDIT_CAMPAIGNS."""
    values = {grant["Privilege"]: grant["Value"] for grant in grants} if isinstance(grants, list) else {}
    if values.get("IMPORT_XLS") == "YES" and values.get("EDIT_CAMPAIGNS") != "YES":
        raise ItemError(
            6000,
            "IMPORT_XLS can only be YES where EDIT_CAMPAIGNS is YES",
            "IMPORT_XLS может быть YES, только если EDIT_CAMPAIGNS тоже YES",
        )


def _identity(account: Account, call: OperationCall) -> Document:
    return {
        "ClientId": account.client_id,
        "Login": account.login,
        "ClientInfo": f"{account.first_name} {account.last_name}".strip(),
        "Phone": "",
        "CountryId": account.country_id,
        "CreatedAt": account.created_at,
        "Currency": account.currency,
        "Type": _TYPES[account.kind],
        "Archived": "YES" if account.archived else "NO",
        "Representatives": [
            {"Email": mail(account.login), "Login": account.login, "Role": "CHIEF"},
            *(
                {"Email": mail(other.login), "Login": other.login, "Role": _role(other)}
                for other in call.accounts.representatives_of(account.login)
            ),
        ],
        **_EMPTY,
    }


def _role(representative: Account) -> str:
    if representative.readonly:
        return "READONLY"
    return "LIMITED" if representative.clients else "DELEGATE"


def _standing(account: Account, call: OperationCall) -> Document:
    today = min(date.fromisoformat(moscow_day(call.now())), call.api_date)
    return {
        "AccountQuality": Decimal("5.0"),
        "Bonuses": {"AwaitingBonus": 0, "AwaitingBonusWithoutNds": 0},
        "OverdraftSumAvailable": 0,
        "VatRate": Decimal(vat_rate("RUB", today)) if account.currency == "RUB" else None,
        "Restrictions": [{"Element": name, "Value": value} for name, value in restrictions(account).items()],
    }


def _available(call: OperationCall) -> Document:
    """Returns the available types of campaigns and groups: all of the contract."""
    shape = call.contract["clients"].operations["get"].response.by_name["Clients"].shape.by_name
    return {
        "ForbiddenPlatform": "NONE",
        "AvailableCampaignTypes": list(shape["AvailableCampaignTypes"].shape.values),
        "AvailableAdGroupTypes": list(shape["AvailableAdGroupTypes"].shape.values),
    }


def _merged_notification(now: Document, requested: Mapping[str, Any]) -> Document:
    plain = {name: value for name, value in requested.items() if name != "EmailSubscriptions"}
    subscriptions = _switched(now["EmailSubscriptions"], requested.get("EmailSubscriptions") or [], "Option")
    return {**now, **plain, "EmailSubscriptions": subscriptions}


def _switched(now: list[Document], requested: list[Document], key: str) -> list[Document]:
    """Returns the current switches with the requested values."""
    values = {item[key]: item["Value"] for item in now} | {item[key]: item["Value"] for item in requested}
    return [{key: name, "Value": value} for name, value in values.items()]


def _merged(now: Document, requested: Mapping[str, Any] | None, empty: Mapping[str, Any]) -> Document:
    """Returns an object with requested members over current ones, at any depth; None restores that of `empty`."""
    if requested is None:
        return dict(empty)
    result = dict(now)
    for name, value in requested.items():
        if isinstance(empty.get(name), Mapping):
            result[name] = _merged(result.get(name) or {}, value, empty[name])
        elif name not in empty and _is_cleared(value):
            result.pop(name, None)
        else:
            result[name] = value
    return result


def _is_cleared(value: object) -> bool:
    """Whether a value is None, or an object with a member that is None, such as a price without its amount."""
    return None in value.values() if isinstance(value, Mapping) else value is None
