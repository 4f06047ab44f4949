"""New accounts with nothing in them, as tests want them: with a login, a ClientId and a token that nobody else has."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.check import check

from . import account_rules
from .domain.accounts import Account
from .operations.services.agency_registration import FIRST_CLIENT
from .rows import made, refuse, shown, unusable

if TYPE_CHECKING:
    from .app import Emulator

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new account and the token that acts for it."""

    account: Account
    token: str = field(repr=False)

    @property
    def login(self) -> str:
        """The account's login."""
        return self.account.login


def add(
    emulator: "Emulator", members: Mapping[str, Any] = _NOTHING, *, token: str | None = None, place: str = "$"
) -> Newcomer:
    """Adds an account of members by the names of Account, and a token that acts for it.

    A login, a ClientId and a token are made up where none is given; it is an advertiser unless its `kind` says
    otherwise.  Raises ConfigurationError, with places under `place`, for members that do not fit or are taken.
    """
    with emulator.store.transaction():
        number = _number(emulator)
        refuse([f"{place}{inner}: {text}" for inner, text in unusable(members)])
        complaints = [f"{place}.{text}" for text in _misfit_token(emulator, token)]
        account = made(Account, {"login": f"advertiser-{number}", "client_id": number, **members}, place, complaints)
        if account is not None:
            complaints += (f"{place}{text}" for text in _misfits(emulator, account))
        refuse(complaints)
        assert account is not None  # noqa: S101  it would have been complained of
        token = token or f"token-{secrets.token_hex(16)}"
        return Newcomer(emulator.accounts.add(account, token), token)


def _misfits(emulator: "Emulator", account: Account) -> Iterator[str]:
    """What is wrong with an account by itself, and beside those that are there, each with its place."""
    yield from (f".{member}: {text}" for member, text in account_rules.violations(account))
    yield from _misfit_details(emulator, account)
    if emulator.accounts.by_login(account.login) or emulator.accounts.by_id(account.client_id):
        yield f": the login {account.login!r:.80} or its client_id is already in use"
    agency = emulator.accounts.by_login(account.agency) if account.agency else None
    if account.agency and (agency is None or not agency.is_agency):
        yield f".agency: found {shown(account.agency)}, expected an agency made before"
    if account.represents and emulator.accounts.by_login(account.represents) is None:
        yield f".represents: found {shown(account.represents)}, expected a login made before"


def _misfit_details(emulator: "Emulator", account: Account) -> Iterator[str]:
    """What of an account's details is no member of a client as clients.get gives it."""
    listed = emulator.contract.operation("clients", "get").listed
    assert listed is not None  # noqa: S101  clients.get lists clients
    for each in check(account.details, listed.shape):
        yield f".details{each.path[1:]}: found {each.found}, expected {each.expected}"


def _misfit_token(emulator: "Emulator", token: str | None) -> Iterator[str]:
    if token is None:
        return
    try:
        account_rules.demand_token(token)
    except ConfigurationError as error:
        yield str(error)
        return
    if emulator.accounts.by_token(token):
        yield "token: found one that acts for another login already"


def _number(emulator: "Emulator") -> int:
    while emulator.accounts.by_id(number := emulator.store.next_id("client", FIRST_CLIENT)) is not None:
        pass
    return number
