"""Clients and AgencyClients: get and update of accounts; agency_registration.py adds new ones.

https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
"""

from collections.abc import Callable, Mapping
from typing import Any

from ...domain.account import Account
from ...domain.limits import limit
from ..call import OperationCall
from ..crud.get import present
from ..crud.item_results import ItemError, Outcome, results
from ..rules.texts import too_long
from . import client_documents
from .agency_registration import check_details


def get_own(call: OperationCall) -> dict[str, Any]:
    """Clients.get: the account itself."""
    return present(call, [client_documents.document(call.account, call)])


def get_clients(call: OperationCall) -> dict[str, Any]:
    """AgencyClients.get: the agency's clients, selected by login and by Archived."""
    criteria = call.params["SelectionCriteria"]
    logins = criteria.get("Logins")
    named = {account.login for login in logins if (account := call.accounts.by_login(login))} if logins else None
    archived = criteria.get("Archived")
    documents = [
        client_documents.document(account, call)
        for account in call.accounts.clients_of(call.actor.login)
        if call.actor.serves(account)
        and (named is None or account.login in named)
        and archived in {None, "YES" if account.archived else "NO"}
    ]
    return present(call, documents)


def update_own(call: OperationCall) -> dict[str, Any]:
    """Clients.update: updates the account itself; its items name no client."""
    return _update(call, lambda _item: call.accounts.by_login(call.account.login))


def update_clients(call: OperationCall) -> dict[str, Any]:
    """AgencyClients.update: updates the agency's clients by their ClientIds."""
    ids = [item["ClientId"] for item in call.params["Clients"]]

    def client(item: Mapping[str, Any]) -> Account | None:
        if ids.count(item["ClientId"]) > 1:
            raise ItemError(9800)
        account = call.accounts.by_id(item["ClientId"])
        return account if account is not None and call.actor.serves(account) else None

    return _update(call, client)


def _update(call: OperationCall, whose: Callable[[Mapping[str, Any]], Account | None]) -> dict[str, Any]:
    def act(item: Mapping[str, Any]) -> Outcome:
        account = whose(item)
        if account is None:
            raise ItemError(8800, "Client not found", "Клиент не найден")
        for error in (*check_details(item), *_too_long(call.operation.service, item)):
            raise error
        call.accounts.update(client_documents.updated(account, item, call))
        return account.client_id, []

    return results(call, call.params["Clients"], act, "ClientId")


def _too_long(service: str, item: Mapping[str, Any]) -> list[ItemError]:
    lengths = [limit(service, name, "characters") for name in ("ClientInfo", "Phone")]
    return [too_long(length) for length in lengths if not length.allows(len(item.get(length.name) or ""))]
