"""Who is calling and for whom: the headers of a request to two accounts, or the fault that refuses it.

https://yandex.ru/dev/direct/doc/ru/concepts/headers and https://yandex.ru/dev/direct/doc/ru/concepts/errors-list
"""

from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from types import MappingProxyType

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.messages import Headers
from yadirect_soap.protocol.model import Operation

from ..domain import error_codes
from ..domain.accounts import Account, Accounts, Kind

AGENCY_SERVICE = "agencyclients"
_OWN_SERVICE = "clients"
"""Where an agency that names no client may read what is kept of itself."""

_TEXTS = MappingProxyType(
    {
        "no token": (
            "The Authorization header is omitted or malformed",
            "Не передан или неверно указан заголовок Authorization",
        ),
        "no client": ("The Client-Login header is omitted", "Не передан заголовок Client-Login"),
        "client named": (
            "The Client-Login header must not be sent to the AgencyClients service",
            "В запросах к сервису AgencyClients заголовок Client-Login не передается",
        ),
        "not an agency": (
            "The AgencyClients service is available to agencies only",
            "Сервис AgencyClients доступен только агентствам",
        ),
        "unknown client": ("The login in Client-Login is not found", "Логин из заголовка Client-Login не найден"),
        "read only": ("This user may only read", "Пользователю доступно только чтение"),
        "not granted": (
            "The agency has not granted the right to edit campaigns",
            "Агентство не предоставило право редактировать кампании",
        ),
        "no currency": ("The account has no currency", "Для аккаунта не задана валюта"),
        "not approved": (
            "The application has no approved request for access to the API",
            "У приложения нет одобренной заявки на доступ к API",
        ),
        "closed": ("Access to the API is closed for this user", "Доступ к API для пользователя закрыт"),
        "address": (
            "The user does not allow the API to be called from this address",
            "Пользователь не разрешил обращаться к API с этого адреса",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Caller:
    """`actor` is who calls, `account` whose objects are meant: an agency acts for its clients.

    `user` is the login whose token came; it is the actor itself or one of its representatives.  The actor has the
    `clients` that its representative is limited to.
    """

    actor: Account
    account: Account
    user: Account


def authorise(service: str, fields: Headers, accounts: Accounts, language: str) -> Caller:
    """Tells the caller by Authorization and Client-Login; raises the fault that refuses them."""
    user = _user(fields, accounts, language)
    actor = accounts.represented(user)
    if user.clients:
        actor = replace(actor, clients=user.clients)
    login = fields.get(headers.CLIENT_LOGIN, "").strip()
    if service == AGENCY_SERVICE:
        return Caller(actor, _agency(actor, login, language), user)
    if actor.is_agency and not login:
        if service != _OWN_SERVICE:
            raise _fault(8000, "no client", language)
        return Caller(actor, actor, user)
    account = _client(actor, login, accounts, language)
    if not account.currency:
        raise _fault(54, "no currency", language)
    return Caller(actor, account, user)


def check_address(caller: Caller, address: str, language: str) -> None:
    """Raises error 3000 where the user has a list of addresses and a request comes from another one."""
    allowed = caller.user.networks
    if allowed and not any(_is_in(address, network) for network in allowed):
        raise _fault(3000, "address", language)


def permit(caller: Caller, operation: Operation, facts: Facts, language: str) -> None:
    """Raises error 54 where the caller may only read and the operation would write; 8000 for a write to no client."""
    if facts.is_read(operation.service, operation.name):
        return
    if caller.account.is_agency and operation.service == _OWN_SERVICE:
        raise _fault(8000, "no client", language)
    if caller.user.readonly:
        raise _fault(54, "read only", language)
    if caller.actor.kind is Kind.CLIENT and not _may_edit(caller.actor):
        raise _fault(54, "not granted", language)


def _is_in(address: str, network: str) -> bool:
    """Whether an address lies in a network; one that is none lies nowhere."""
    try:
        return ip_address(address) in ip_network(network)
    except ValueError:
        return False


def _may_edit(client: Account) -> bool:
    """Whether the agency lets its client change campaigns; it does unless it has said otherwise."""
    grants = {grant["Privilege"]: grant["Value"] for grant in client.details.get("Grants", ())}
    return bool(grants.get("EDIT_CAMPAIGNS", "NO" if grants else "YES") == "YES")


def _user(fields: Headers, accounts: Accounts, language: str) -> Account:
    token = headers.read_authorization(fields.get(headers.AUTHORIZATION, ""))
    if token is None:
        raise _fault(8000, "no token", language)
    if (user := accounts.by_token(token)) is None:
        raise error_codes.fault(53, language=language)
    if not accounts.is_approved(token):
        raise _fault(58, "not approved", language)
    if not user.enabled:
        raise error_codes.fault(513, language=language)
    if not user.api_access:
        raise _fault(3000, "closed", language)
    return user


def _agency(actor: Account, login: str, language: str) -> Account:
    """AgencyClients belongs to the agency itself.

    Its documentation forbids Client-Login there without naming a code; a request in a form that the API does not
    take is 8000 everywhere else, so it is here.
    """
    if not actor.is_agency:
        raise _fault(54, "not an agency", language)
    if login:
        raise _fault(8000, "client named", language)
    return actor


def _client(actor: Account, login: str, accounts: Accounts, language: str) -> Account:
    """The account of Client-Login: an agency's client, or the advertiser itself, which may name itself.

    A representative's login stands for the account that it represents.
    """
    named = accounts.by_login(login) if login else actor
    account = accounts.represented(named) if named is not None else None
    if account is not None and (actor.serves(account) if actor.is_agency else account.login == actor.login):
        return account
    raise _fault(8800, "unknown client", language)


def _fault(code: int, reason: str, language: str) -> ApiError:
    english, russian = _TEXTS[reason]
    return error_codes.fault(code, russian if language == "ru" else english, language=language)
