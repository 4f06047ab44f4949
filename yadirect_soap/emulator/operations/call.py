"""The authorized call of an operation that a handler carries out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.model import Operation

from ..domain import error_codes
from ..domain.account import Account
from ..domain.accounts import Accounts
from ..domain.moderation import SECONDS
from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class OperationCall:
    """An operation with validated params, called for an account.

    `account` is the one whose objects are meant (a client's, where an agency calls for it), `actor` the one whose
    token came.  `version` is that of the address, "v5" or "v501", and `language` "ru" or "en"; `now` gives seconds
    since the epoch, and `moderation` are the seconds that a moderator takes.
    `deletes_in_changes` is the switch of that name, and `api_date` the emulated day of the API.
    """

    operation: Operation
    params: Mapping[str, Any]
    account: Account
    actor: Account
    store: Store
    accounts: Accounts
    contract: Contract
    version: str
    language: str
    now: Callable[[], float]
    moderation: float = SECONDS
    deletes_in_changes: bool = False
    api_date: date = date.max

    def has_rule(self, name: str) -> bool:
        """Whether the API has a behaviour of protocol/api_changes.toml on the emulated day; KeyError if none has it."""
        return self.api_date >= api_changes.bundled().day_of_rule[name]

    def text(self, english: str, russian: str) -> str:
        """Returns one of two texts, in the caller's language."""
        return russian if self.language == "ru" else english

    def notification(self, code: int, details: str | None = None) -> dict[str, Any]:
        """Returns an Error or a Warning of an item, in the caller's language."""
        return error_codes.notification(code, details, language=self.language)

    def fault(self, code: int, detail: str = "") -> ApiError:
        """Returns the error that refuses the whole request, to be raised."""
        return error_codes.fault(code, detail, language=self.language)


Handler = Callable[[OperationCall], dict[str, Any]]
"""Carries out a call and returns the members of the result."""
