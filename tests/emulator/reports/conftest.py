"""Emulators that have reports to give."""

from collections.abc import Iterator

import pytest

from tests.emulator.emulator_client import EmulatorClient


@pytest.fixture(scope="module")
def shared_client() -> Iterator[EmulatorClient]:
    """An emulator whose objects no test changes, so that all may share it; its clock goes on by seconds."""
    with EmulatorClient.demo() as client:
        yield client


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator of the test's own."""
    with EmulatorClient.demo() as client:
        yield client
