"""The parts that all rooms of one emulator share: store, clock, contract, planned faults, calls, feeds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Facts

from .call_log.call_log import CallLog
from .domain.accounts import Accounts
from .domain.clock import Clock
from .domain.switches import Switches
from .fault_injection import FaultInjector
from .feeds import Feeds
from .storage.store import Store


@dataclass(frozen=True, slots=True)
class Backend:
    """The shared parts of an emulator.

    - `store`, `accounts`: the objects, and the accounts that own them.
    - `clock`: seconds since the epoch; it can be moved.
    - `contract`, `facts`: the service contract, and what the documentation adds to it.
    - `faults`: the planned faults.
    - `calls`: the last calls.
    - `feeds`: the files at the addresses of feeds.
    - `switches`: its behaviour where that of the API is not known.
    - `api_date`: the emulated day of the API; date.max has the newest behaviour.
    """

    store: Store
    accounts: Accounts
    clock: Clock
    contract: Contract
    facts: Facts
    faults: FaultInjector
    calls: CallLog
    feeds: Feeds
    switches: Switches
    api_date: date = date.max

    @classmethod
    def over(
        cls,
        store: Store,
        clock: Callable[[], float],
        *,
        contract: Contract,
        facts: Facts,
        switches: Switches | None = None,
        api_date: date = date.max,
    ) -> Self:
        """Returns the parts of an emulator over a store and a clock."""
        accounts, clock = Accounts(store), clock if isinstance(clock, Clock) else Clock(clock)
        return cls(
            store=store,
            accounts=accounts,
            clock=clock,
            contract=contract,
            facts=facts,
            faults=FaultInjector(contract, clock),
            calls=CallLog(contract),
            feeds=Feeds(store, accounts, clock),
            switches=switches or Switches(),
            api_date=api_date,
        )
