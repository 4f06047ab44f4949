"""An emulator with four accounts and no objects, and a client of its advertiser."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.clock import Clock
from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.account import Account, AccountKind


@pytest.fixture
def clock() -> Clock:
    """The time in the emulator."""
    return Clock()


@pytest.fixture
def api_date() -> date | None:
    """The emulated day of the API; None is the newest behaviour."""
    return None


@pytest.fixture
def emulator(clock: Clock, api_date: date | None) -> Iterator[Emulator]:
    """An emulator with an advertiser, one who may only read, an agency and a client of it, and no objects."""
    with Emulator(seed=False, clock=clock, moderation_seconds=0, api_date=api_date) as emulator:
        accounts = emulator.accounts
        accounts.add(Account("anna", 1001, first_name="Anna", last_name="K"), token="anna-token")
        accounts.add(Account("reader", 1002, readonly=True), token="reader-token")
        accounts.add(Account("agency", 1003, kind=AccountKind.AGENCY), token="agency-token")
        accounts.add(Account("agency-client", 1004, kind=AccountKind.CLIENT, agency="agency"))
        yield emulator


@pytest.fixture
def client(emulator: Emulator, clock: Clock) -> EmulatorClient:
    """A client with the advertiser's token."""
    return EmulatorClient(emulator, clock=clock)
