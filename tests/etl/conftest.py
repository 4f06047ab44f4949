"""Accounts to extract from: an emulator with the demo accounts, in process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import WITH_VCARDS
from tests.etl import postgresql
from yadirect_soap import Direct
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN


@pytest.fixture(autouse=True, scope="package")
def _own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The limit of five requests at a time is shared with no other run of the tests."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that the tests share."""
    if postgresql.programs() is None:
        pytest.skip("no PostgreSQL: install the package postgresql")
    with postgresql.server() as address:
        yield address


@pytest.fixture(params=["duckdb", "postgresql", "sqlite"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "postgresql":
        dataset = f"of_{tmp_path.name}".lower()
        return f"{request.getfixturevalue('server')}?dataset={dataset}"
    return f"{request.param}:{tmp_path / 'direct.db'}"


@pytest.fixture
def clock() -> Clock:
    """The emulator's time, which stands still until it is moved."""
    clock = Clock()
    clock.freeze()
    return clock


@pytest.fixture
def emulator(clock: Clock) -> Iterator[Emulator]:
    """An emulator with the demo accounts, on the last day with vCards."""
    with Emulator(clock=clock, sleep=lambda seconds: None, api_date=WITH_VCARDS) as emulator:
        yield emulator


@pytest.fixture
def direct(emulator: Emulator) -> Iterator[Direct]:
    """A Direct of the demo advertiser."""
    with (
        emulator.session() as session,
        Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=session) as direct,
    ):
        yield direct
