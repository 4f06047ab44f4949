"""Who is calling and for whom: the headers of a request to two accounts, or the fault that refuses it.

https://yandex.ru/dev/direct/doc/ru/concepts/headers and https://yandex.ru/dev/direct/doc/ru/concepts/errors-list
"""

from dataclasses import dataclass
from types import MappingProxyType

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Operation
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.messages import Headers

from . import faults
from .accounts import Account, Accounts

AGENCY_SERVICE = "agencyclients"

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
    }
)


@dataclass(frozen=True, slots=True)
class Caller:
    """`actor` is whose token came, `account` whose objects are meant: an agency acts for its clients."""

    actor: Account
    account: Account


def authorise(service: str, fields: Headers, accounts: Accounts, language: str) -> Caller:
    """Tells the caller by Authorization and Client-Login; raises the fault that refuses them."""
    actor = _actor(fields, accounts, language)
    login = fields.get(headers.CLIENT_LOGIN, "").strip()
    if service == AGENCY_SERVICE:
        return _agency(actor, login, language)
    if actor.is_agency and not login:
        raise _fault(8000, "no client", language)
    return Caller(actor, _client(actor, login, accounts, language))


def permit(caller: Caller, operation: Operation, facts: Facts, language: str) -> None:
    """Raises error 54 where the caller may only read and the operation would write."""
    if caller.actor.readonly and not facts.is_read(operation.service, operation.name):
        raise _fault(54, "read only", language)


def _actor(fields: Headers, accounts: Accounts, language: str) -> Account:
    token = headers.read_authorization(fields.get(headers.AUTHORIZATION, ""))
    if token is None:
        raise _fault(8000, "no token", language)
    if (actor := accounts.by_token(token)) is None:
        raise faults.fault(53, language=language)
    return actor


def _agency(actor: Account, login: str, language: str) -> Caller:
    """AgencyClients belongs to the agency itself.

    Its documentation forbids Client-Login there without naming a code; a request in a form that the API does not
    take is 8000 everywhere else, so it is here.
    """
    if not actor.is_agency:
        raise _fault(54, "not an agency", language)
    if login:
        raise _fault(8000, "client named", language)
    return Caller(actor, actor)


def _client(actor: Account, login: str, accounts: Accounts, language: str) -> Account:
    """The account of Client-Login: an agency's client, or the advertiser itself, which may name itself."""
    account = accounts.by_login(login) if login else actor
    if account is not None and (account.agency == actor.login if actor.is_agency else account.login == actor.login):
        return account
    raise _fault(8800, "unknown client", language)


def _fault(code: int, reason: str, language: str) -> ApiError:
    english, russian = _TEXTS[reason]
    return faults.fault(code, russian if language == "ru" else english, language=language)
