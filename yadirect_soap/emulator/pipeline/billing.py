"""Billing in units: the payer and the price of a call; the store's notes hold each account's quota."""

from collections.abc import Callable, Mapping
from typing import Any

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.facts import Cost, Facts
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.model import Operation

from ..domain.account import Account
from ..domain.item_counts import count_items
from ..storage.store import Store
from . import quota
from .context import RequestContext

Result = Mapping[str, Any]


def payer(context: RequestContext) -> Account:
    """Returns the account that pays: the client, or its agency with Use-Operator-Units."""
    use_operator_units = context.headers.get(headers.USE_OPERATOR_UNITS, "").strip().lower() == "true"
    return context.actor if use_operator_units and context.actor.is_agency else context.account


def cost(operation: Operation, params: Mapping[str, Any], facts: Facts) -> Cost:
    """Returns the price of an operation with these params."""
    return facts.cost(operation.key, params.get("FieldNames") or ())


class Billing:
    """Charges units to accounts.  `clock` returns seconds since the epoch."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock

    def balance(self, account: Account) -> int:
        """Returns the units that an account may spend now."""
        return self._quota(account).available()

    def require_units(self, account: Account, units: int, language: str) -> None:
        """Raises error 152 if an account has fewer units; spends nothing."""
        account_quota = self._quota(account)
        if account_quota.available() < units:
            account_quota.charge(units, language=language)

    def charge_call(self, account: Account, operation: Operation, price: Cost, result: Result) -> Units:
        """Charges a successful call: for the call, for each object, for each failed object."""
        objects, errors = count_items(operation, result)
        return self._spend(account, quota.price(price, objects, errors))

    def charge_fault(self, account: Account, error: ApiError, price: Cost | None = None) -> Units:
        """Charges a refused call; `price` is that of its operation, if it is known."""
        return self._spend(account, quota.price_of_fault(error.code, price))

    def _spend(self, account: Account, points: int) -> Units:
        with self._store.transaction():
            account_quota = self._quota(account)
            units = account_quota.charge_up_to(points)
            self._store.set_note(_note(account), account_quota.to_dict())
        return Units(units.spent, units.left, units.limit, account.login)

    def _quota(self, account: Account) -> quota.Quota:
        stored = self._store.note(_note(account))
        if stored is None or stored["daily_limit"] != account.daily_units:
            return quota.Quota(account.daily_units, self._clock)
        return quota.Quota.from_dict(stored, self._clock)


def _note(account: Account) -> str:
    return f"units/{account.login}"
