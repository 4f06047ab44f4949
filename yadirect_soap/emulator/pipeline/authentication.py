"""Authentication and authorization: who calls and for whom, by the request's headers, and what they may do.

https://yandex.ru/dev/direct/doc/ru/concepts/headers and https://yandex.ru/dev/direct/doc/ru/concepts/errors-list
"""

from dataclasses import replace
from ipaddress import ip_address, ip_network
from types import MappingProxyType

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.facts import Facts

from ..domain.account import Account, AccountKind
from ..domain.accounts import Accounts
from .context import RequestContext

AGENCY_SERVICE = "agencyclients"
UNKNOWN_CLIENT = 8800
"""The error for a Client-Login that does not exist, or that the caller does not serve."""
_OWN_SERVICE = "clients"
"""The service by which an agency reads its own account, without Client-Login."""

_TEXTS = MappingProxyType(
    {
        "no token": (
            "The Authorization header is omitted or malformed",
            "Не передан или неверно указан заголовок Authorization",
        ),
        "no token for a report": ("Token not entered", "Не указан токен"),
        "no client": (
            "The Client-Login header is omitted",
            "В HTTP-заголовке Client-Login необходимо указать логин рекламодателя",
        ),
        "client named": (
            "The Client-Login header must not be sent to the AgencyClients service",
            "В запросах к сервису AgencyClients заголовок Client-Login не передается",
        ),
        "not an agency": (
            "The AgencyClients service is available to agencies only",
            "Сервис AgencyClients доступен только агентствам",
        ),
        "unknown client": (
            "The HTTP Client-Login header contains a nonexistent username",
            "В HTTP-заголовке Client-Login указан несуществующий логин",
        ),
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


def authenticate(context: RequestContext, accounts: Accounts, now: float) -> None:
    """Finds the user of the token, the account that acts, and the account of Client-Login.

    `now` is in seconds since the epoch: a token may have expired.

    Raises:
        ApiError: The fault that refuses the token or the login.
    """
    user = _user(context, accounts, now)
    actor = accounts.represented(user)
    if user.clients:
        actor = replace(actor, clients=user.clients)
    context.user, context.actor = user, actor
    context.account = _account(context, accounts)


def check_address(context: RequestContext) -> None:
    """Raises error 3000 for a request from an address that is not in the user's list."""
    allowed = context.user.networks
    if allowed and not any(_is_in(context.request.peer, network) for network in allowed):
        raise _fault(3000, "address", context)


def authorize(context: RequestContext, facts: Facts) -> None:
    """Raises error 54 for a write by a user who may only read, and 8000 for an agency's write without a client."""
    operation = context.operation
    if operation is None or facts.is_read(operation.service, operation.name):
        return
    if context.account.is_agency and operation.service == _OWN_SERVICE:
        raise _fault(8000, "no client", context)
    if context.user.readonly:
        raise _fault(54, "read only", context)
    if context.actor.kind is AccountKind.CLIENT and not _may_edit(context.actor):
        raise _fault(54, "not granted", context)


def _is_in(address: str, network: str) -> bool:
    """Whether an address lies in a network; a wrong address lies in none."""
    try:
        return ip_address(address) in ip_network(network)
    except ValueError:
        return False


def _may_edit(client: Account) -> bool:
    """Whether the agency lets its client change campaigns; it does by default."""
    grants = {grant["Privilege"]: grant["Value"] for grant in client.details.get("Grants", ())}
    return bool(grants.get("EDIT_CAMPAIGNS", "NO" if grants else "YES") == "YES")


def _user(context: RequestContext, accounts: Accounts, now: float) -> Account:
    token = headers.read_authorization(context.headers.get(headers.AUTHORIZATION, ""))
    if token is None:
        # Unlike the other services, Reports answers 53 where there is no token at all.
        raise _fault(53, "no token for a report", context) if context.is_report else _fault(8000, "no token", context)
    if (user := accounts.by_token(token)) is None or accounts.is_expired(token, now):
        raise context.fault(53)
    if not accounts.is_approved(token):
        raise _fault(58, "not approved", context)
    if not user.enabled:
        raise context.fault(513)
    if not user.api_access:
        raise _fault(3000, "closed", context)
    return user


def _account(context: RequestContext, accounts: Accounts) -> Account:
    """Returns the account whose objects the request is for."""
    actor, login = context.actor, context.headers.get(headers.CLIENT_LOGIN, "").strip()
    if context.service == AGENCY_SERVICE:
        return _agency(context, login)
    if actor.is_agency and not login:
        if context.service != _OWN_SERVICE:
            raise _fault(8000, "no client", context)
        return actor
    account = _client(context, login, accounts)
    if not account.currency:
        raise _fault(54, "no currency", context)
    return account


def _agency(context: RequestContext, login: str) -> Account:
    """AgencyClients belongs to the agency itself.

    Its documentation forbids Client-Login without naming a code; 8000 is the code of a wrong request elsewhere.
    """
    if not context.actor.is_agency:
        raise _fault(54, "not an agency", context)
    if login:
        raise _fault(8000, "client named", context)
    return context.actor


def _client(context: RequestContext, login: str, accounts: Accounts) -> Account:
    """Returns the account of Client-Login: an agency's client, or the advertiser itself, which may name itself.

    A representative's login stands for the account that it represents.
    """
    actor = context.actor
    named = accounts.by_login(login) if login else actor
    account = accounts.represented(named) if named is not None else None
    if account is not None and (actor.serves(account) if actor.is_agency else account.login == actor.login):
        return account
    raise _fault(UNKNOWN_CLIENT, "unknown client", context)


def _fault(code: int, reason: str, context: RequestContext) -> ApiError:
    return context.fault(code, *_TEXTS[reason])
