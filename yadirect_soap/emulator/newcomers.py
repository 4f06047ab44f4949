"""New accounts with nothing in them, as tests want them: with a login, a ClientId and a token that nobody else has."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.check import check

from . import account_rules
from .accounts import Account
from .rows import made, refuse, shown, unusable
from .special.registration import FIRST_CLIENT

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
        complaints = [f"{place}{inner}: {text}" for inner, text in unusable(members)]
        refuse(complaints)
        account = made(Account, {"login": f"advertiser-{number}", "client_id": number, **members}, place, complaints)
        refuse(complaints)
        assert account is not None  # noqa: S101  it would have been complained of
        complaints += (f"{place}.{member}: {text}" for member, text in account_rules.violations(account))
        complaints += _misfit_details(emulator, account, place)
        refuse(complaints)
        _demand_token(token, place)
        if emulator.accounts.by_login(account.login) or emulator.accounts.by_id(account.client_id):
            raise ConfigurationError(f"{place}: the login {account.login!r} or its client_id is already in use")
        _demand_relations(emulator, account, place)
        if token and emulator.accounts.by_token(token):
            raise ConfigurationError(f"{place}.token: found one that acts for another login already")
        token = token or f"token-{secrets.token_hex(16)}"
        return Newcomer(emulator.accounts.add(account, token), token)


def _demand_relations(emulator: "Emulator", account: Account, place: str) -> None:
    """Raises ConfigurationError where an account names an agency, or a login to represent, that is not there."""
    agency = emulator.accounts.by_login(account.agency) if account.agency else None
    if account.agency and (agency is None or not agency.is_agency):
        raise ConfigurationError(f"{place}.agency: found {shown(account.agency)}, expected an agency made before")
    if account.represents and emulator.accounts.by_login(account.represents) is None:
        raise ConfigurationError(f"{place}.represents: found {shown(account.represents)}, expected a login made before")


def _misfit_details(emulator: "Emulator", account: Account, place: str) -> Iterator[str]:
    """What of an account's details is no member of a client as clients.get gives it."""
    listed = emulator.contract.operation("clients", "get").listed
    assert listed is not None  # noqa: S101  clients.get lists clients
    for each in check(account.details, listed.shape):
        yield f"{place}.details{each.path[1:]}: found {each.found}, expected {each.expected}"


def _demand_token(token: str | None, place: str) -> None:
    try:
        if token is not None:
            account_rules.demand_token(token)
    except ConfigurationError as error:
        raise ConfigurationError(f"{place}.{error}") from None


def _number(emulator: "Emulator") -> int:
    while emulator.accounts.by_id(number := emulator.store.next_id("client", FIRST_CLIENT)) is not None:
        pass
    return number
