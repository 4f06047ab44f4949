"""New clients of agencies: AgencyClients.add and its two successors.

https://yandex.com/dev/direct/doc/agencyclients/add.html
https://yandex.ru/dev/direct/doc/en/agencyclients/addPassportOrganization
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ...domain.account import Account, AccountKind
from ...domain.limits import limit
from ...domain.timestamps import day
from ...storage.store import Document, Store
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..rules.texts import check_mail, too_long
from . import client_documents

_SERVICE = "agencyclients"
FIRST_CLIENT = 90_000_001
CURRENCIES = frozenset({"RUB", "BYN", "CHF", "EUR", "KZT", "TRY", "UAH", "USD"})
"""The currencies that a new client may have."""

_LOGIN_SYMBOLS = re.compile(r"[A-Za-z0-9.-]*")
_LOGIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|[.-](?=[A-Za-z0-9]))*")
_FORBIDDEN_IN_NAMES = re.compile("[&=<>]")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,18}[0-9]")
_PERMITTED = "may register clients"
_ORGANIZATIONS = "passport organizations"
_LISTS = MappingProxyType({"Grants": "Privilege", "Settings": "Option"})


def permit(store: Store, agency: str) -> None:
    """Allows an agency to call AgencyClients.add, which the API allows on request."""
    with store.transaction():
        store.set_note(_PERMITTED, sorted({*(store.note(_PERMITTED) or ()), agency}))


def add(call: OperationCall) -> dict[str, Any]:
    """AgencyClients.add: the result has the new client, or the errors that prevent it."""
    if call.actor.login not in (call.store.note(_PERMITTED) or ()):
        raise call.fault(3001, call.text("Access is granted on request", "Доступ предоставляется по запросу"))
    with call.store.transaction():
        login = call.params["Login"]
        errors = [
            *_errors(_check_login, call, login),
            *_errors(_check_name, "FirstName", call.params["FirstName"]),
            *_errors(_check_name, "LastName", call.params["LastName"]),
            *_common_errors(call),
        ]
        if errors:
            return {"Errors": [error.notification(call) for error in errors]}
        account = _register(call, login, call.params["FirstName"], call.params["LastName"])
        return {
            "Login": login,
            "Password": _password(call.store, login),
            "Email": client_documents.mail(login),
            "ClientId": account.client_id,
        }


def add_organization(call: OperationCall) -> dict[str, Any]:
    """AgencyClients.addPassportOrganization: the organization gets a generated login."""
    with call.store.transaction():
        name = call.params["Name"]
        errors = [*_errors(_check_name, "Name", name), *_common_errors(call)]
        if errors:
            return {"Errors": [error.notification(call) for error in errors]}
        number = call.store.next_id("passport organization", 1)
        account = _register(call, f"passport-org-{number}", name, "")
        call.store.set_note(_ORGANIZATIONS, {**_organizations(call.store), account.login: []})
        return {"Login": account.login, "ClientId": account.client_id}


def add_member(call: OperationCall) -> dict[str, Any]:
    """AgencyClients.addPassportOrganizationMember: the invitation is stored and not sent."""
    with call.store.transaction():
        organizations = _organizations(call.store)
        login = call.params["PassportOrganizationLogin"]
        account = call.accounts.by_login(login)
        if account is None or not call.actor.serves(account) or account.login not in organizations:
            return {"Errors": [call.notification(8800, call.text("Organization not found", "Организация не найдена"))]}
        if errors := list(_errors(_check_invitation, call.params["SendInviteTo"])):
            return {"Errors": [error.notification(call) for error in errors]}
        invited = {"Role": call.params["Role"], **call.params["SendInviteTo"]}
        organizations[account.login] = [*organizations[account.login], invited]
        call.store.set_note(_ORGANIZATIONS, organizations)
        return {"PassportOrganizationLogin": account.login}


def invitations(store: Store, organization: str) -> list[Document]:
    """Returns the invitations of an organization: Role, and Phone or Email."""
    return _organizations(store).get(organization, [])


def check_details(item: Mapping[str, Any]) -> Iterator[ItemError]:
    """Yields the errors in the members that new and updated clients may have."""
    notification = item.get("Notification") or {}
    if "Email" in notification:
        yield from _errors(check_mail, "Notification.Email", notification["Email"])
    lists = {name: (item.get(name) or [], key) for name, key in _LISTS.items()}
    lists["Notification.EmailSubscriptions"] = (notification.get("EmailSubscriptions") or [], "Option")
    for name, (entries, key) in lists.items():
        names = [entry[key] for entry in entries]
        if len(names) != len(set(names)):
            yield ItemError(9802, f"{name}: a {key} is repeated", f"{name}: значение {key} повторяется")
    if (item.get("TinInfo") or {}).get("Tin") == "":
        yield ItemError(5003, "TinInfo.Tin is empty", "Значение TinInfo.Tin пустое")


def _common_errors(call: OperationCall) -> Iterator[ItemError]:
    if call.params["Currency"] not in CURRENCIES:
        known = ", ".join(sorted(CURRENCIES))
        yield ItemError(5005, f"Currency: one of {known}", f"Currency: одна из {known}")
    yield from check_details(call.params)
    yield from _errors(client_documents.check_grants, call.params.get("Grants"))
    today = day(call.now())
    added = sum(account.created_at == today for account in call.accounts.clients_of(call.actor.login))
    per_day = limit(_SERVICE, "", "objects added in a day")
    if not per_day.allows(added + 1):
        english, russian = f"No more than {per_day.max} clients a day", f"Не более {per_day.max} клиентов в сутки"
        yield ItemError(per_day.code, english, russian)


def _register(call: OperationCall, login: str, first_name: str, last_name: str) -> Account:
    """Adds the account, which Client-Login may name from now on."""
    params = call.params
    details: dict[str, Any] = {
        "Notification": client_documents.notification(params["Notification"]),
        "Settings": client_documents.switches("Option", client_documents.SETTINGS, params.get("Settings")),
        "Grants": client_documents.switches("Privilege", client_documents.PRIVILEGES, params.get("Grants")),
    }
    if "TinInfo" in params:
        details["TinInfo"] = {"Tin": None, **params["TinInfo"]}
    return call.accounts.add(
        Account(
            login=login,
            client_id=_free_client_id(call),
            kind=AccountKind.CLIENT,
            agency=call.actor.login,
            currency=params["Currency"],
            first_name=first_name,
            last_name=last_name,
            language=params["Notification"]["Lang"],
            created_at=day(call.now()),
            details=details,
        )
    )


def _free_client_id(call: OperationCall) -> int:
    while call.accounts.by_id(key := call.store.next_id("client", FIRST_CLIENT)) is not None:
        pass
    return key


def _password(store: Store, login: str) -> str:
    """Returns a generated password; the same calls give the same password."""
    text = f"{store.next_id('password', 1)}/{login}"
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:12]


def _organizations(store: Store) -> dict[str, list[Document]]:
    return dict(store.note(_ORGANIZATIONS) or {})


def _errors(check: Any, *values: Any) -> Iterator[ItemError]:
    try:
        check(*values)
    except ItemError as error:
        yield error


def _check_login(call: OperationCall, login: str) -> None:
    if not login.strip():
        raise ItemError(5000, "Login is empty", "Не указан логин")
    length = limit(_SERVICE, "Login", "characters")
    if not length.allows(len(login)):
        raise too_long(length)
    if not _LOGIN_SYMBOLS.fullmatch(login):
        raise ItemError(
            5002,
            "Login: only Latin letters, digits, hyphens and dots",
            "Login: только латинские буквы, цифры, дефисы и точки",
        )
    if not _LOGIN.fullmatch(login):
        raise ItemError(
            5004,
            "Login must start with a letter, end with a letter or a digit, and have hyphens and dots one at a time",
            "Login начинается с буквы, заканчивается буквой или цифрой; дефисы и точки не идут подряд",
        )
    if call.accounts.by_login(login) is not None:
        raise ItemError(5200, f"Login {login}", f"Логин {login}")


def _check_name(name: str, value: str) -> None:
    if not value.strip():
        raise ItemError(5000, f"{name} is empty", f"Не заполнено поле {name}")
    length = limit(_SERVICE, name, "characters")
    if not length.allows(len(value)):
        raise too_long(length)
    if _FORBIDDEN_IN_NAMES.search(value):
        raise ItemError(5002, f"{name}: &=<> are not allowed", f"{name}: символы &=<> недопустимы")


def _check_invitation(to: Mapping[str, Any]) -> None:
    if not to:
        raise ItemError(5008, "SendInviteTo needs Phone or Email", "В SendInviteTo требуется Phone или Email")
    if len(to) > 1:
        raise ItemError(5009, "SendInviteTo takes Phone or Email, not both", "В SendInviteTo допустимо что-то одно")
    if "Email" in to:
        check_mail("SendInviteTo.Email", to["Email"])
    elif not _PHONE.fullmatch(to["Phone"]):
        raise ItemError(5004, "SendInviteTo.Phone: not a telephone number", "SendInviteTo.Phone: неверный номер")
