"""The accounts by login and by token, stored in the store's notes; pipeline/authentication.py decides what they may do.

Of a token only the SHA-256 is stored, so that a database file discloses none.
"""

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from typing import Any

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.language import _
from yadirect_soap.protocol.headers import canonical_login

from ..storage.store import Store
from . import account_rules
from .account import Account, AccountKind

_ACCOUNTS = "accounts"
_TOKENS = "tokens"
_WAITING = "tokens without access"
_EXPIRING = "tokens that expire"


class Accounts:
    """The accounts of a store; two registries over one store show the same accounts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, account: Account, token: str | None = None) -> Account:
        """Adds an account, and a token that acts for it.

        Raises:
            ConfigurationError: No account can be like that, or no header can carry the token.
            ValueError: The login is taken.
        """
        account_rules.require_valid(account)
        if token is not None:
            account_rules.require_valid_token(token)
        with self._store.transaction():
            accounts = self._all()
            if account.login in accounts:
                raise ValueError(_("the login {login!r} is already in use", login=account.login))
            self._write({**accounts, account.login: account})
        if token is not None:
            self.grant(account.login, token)
        return account

    def grant(self, login: str, token: str, *, approved: bool = True, expires_at: float | None = None) -> None:
        """Makes a token act for a login; a token that acted for another one moves over.

        A token that is not `approved` comes from an application without approved access to the API (error 58).  From
        `expires_at` on, in seconds since the epoch, the token is invalid (error 53); None is never.
        """
        account_rules.require_valid_token(token)
        checked_boolean("approved", approved)
        if self.by_login(login) is None:
            raise ValueError(_("no account {login!r}", login=login))
        with self._store.transaction():
            tokens, waiting = self._store.note(_TOKENS) or {}, set(self._store.note(_WAITING) or ())
            self._store.set_note(_TOKENS, {**tokens, _digest(token): login})
            changed = waiting - {_digest(token)} if approved else waiting | {_digest(token)}
            self._store.set_note(_WAITING, sorted(changed))
            expiring = {**(self._store.note(_EXPIRING) or {}), _digest(token): expires_at}
            self._store.set_note(_EXPIRING, {key: end for key, end in expiring.items() if end is not None})

    def revoke(self, token: str) -> None:
        """Makes a token invalid, as if it had expired or its user had withdrawn it (error 53)."""
        with self._store.transaction():
            tokens = dict(self._store.note(_TOKENS) or {})
            tokens.pop(_digest(token), None)
            self._store.set_note(_TOKENS, tokens)

    def by_token(self, token: str) -> Account | None:
        """Returns the account that a token acts for."""
        login = (self._store.shared_note(_TOKENS) or {}).get(_digest(token))
        members = self._members_by_login().get(login) if login else None
        return _read(members) if members else None

    def is_expired(self, token: str, now: float) -> bool:
        """Whether a token has expired at `now`, in seconds since the epoch."""
        end = (self._store.shared_note(_EXPIRING) or {}).get(_digest(token))
        return end is not None and now >= end

    def is_approved(self, token: str) -> bool:
        """Whether the application of a token has approved access to the API."""
        return _digest(token) not in (self._store.shared_note(_WAITING) or ())

    def represented(self, account: Account) -> Account:
        """Returns the account that a login represents, or the login's own account."""
        return (self.by_login(account.represents) if account.represents else None) or account

    def representatives_of(self, login: str) -> list[Account]:
        """Returns the logins that represent an account, in the order in which they were added."""
        return [account for account in self._all().values() if account.represents == login]

    def by_login(self, login: str) -> Account | None:
        """Returns the account of a login; case does not matter, and a dot equals a dash, as in Yandex logins."""
        return next(
            (
                _read(members)
                for own_login, members in self._members_by_login().items()
                if canonical_login(own_login) == canonical_login(login)
            ),
            None,
        )

    def by_id(self, client_id: int) -> Account | None:
        """Returns the account of a ClientId."""
        matching = (members for members in self._members_by_login().values() if members["client_id"] == client_id)
        return next(map(_read, matching), None)

    def clients_of(self, agency_login: str) -> list[Account]:
        """Returns an agency's clients, in the order of their ClientIds."""
        clients = [account for account in self._all().values() if account.agency == agency_login]
        return sorted(clients, key=lambda account: account.client_id)

    def update(self, account: Account) -> Account:
        """Replaces the account of the same login; ValueError if there is none, ConfigurationError as in add()."""
        account_rules.require_valid(account)
        with self._store.transaction():
            accounts = self._all()
            if account.login not in accounts:
                raise ValueError(_("no account {login!r}", login=account.login))
            self._write({**accounts, account.login: account})
        return account

    def __iter__(self) -> Iterator[Account]:
        """Yields every account, in the order in which they were added."""
        return iter(self._all().values())

    def _all(self) -> dict[str, Account]:
        return {login: _read(members) for login, members in self._members_by_login().items()}

    def _members_by_login(self) -> dict[str, dict[str, Any]]:
        """Returns the members of each account, by login; nobody may change them."""
        return self._store.shared_note(_ACCOUNTS) or {}

    def _write(self, accounts: dict[str, Account]) -> None:
        self._store.set_note(_ACCOUNTS, {login: asdict(account) for login, account in accounts.items()})


def _read(members: dict[str, Any]) -> Account:
    """Creates an account from the stored members; JSON has no enumerations and no tuples."""
    lists = {name: tuple(members.get(name, ())) for name in ("clients", "networks", "closed_strategies")}
    own = {name: deepcopy(members[name]) for name in ("restrictions", "details") if members.get(name)}
    return Account(**{**members, **own, "kind": AccountKind(members["kind"]), **lists})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
