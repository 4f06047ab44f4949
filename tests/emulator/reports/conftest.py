"""Emulators that have reports to give."""

from collections.abc import Iterator

import pytest

from tests.emulator.reports.desk import Desk


@pytest.fixture(scope="module")
def library() -> Iterator[Desk]:
    """An emulator whose objects no test changes, so that all may share it; its clock goes on by seconds."""
    with Desk() as desk:
        yield desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An emulator of the test's own."""
    with Desk() as desk:
        yield desk
