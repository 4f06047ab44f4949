"""The file that the emulators here are copies of, and emulators on it: in this process and on a socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop import emulator_copies
from yadirect_soap.emulator import Emulator


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the demo accounts and unfinished work in one of them."""
    return emulator_copies.seeded(tmp_path_factory.mktemp("seed") / "emulator.db")


@pytest.fixture
def emulator(seed: Path, tmp_path: Path) -> Iterator[Emulator]:
    """An emulator for the foreign client."""
    with emulator_copies.copied_emulator(seed, tmp_path / "theirs.db") as emulator:
        yield emulator


@pytest.fixture
def address(emulator: Emulator) -> Iterator[str]:
    """Where it listens."""
    with emulator.serve() as address:
        yield address


@pytest.fixture
def ours(seed: Path, tmp_path: Path) -> Iterator[Emulator]:
    """Its equal, for our client to do the same with."""
    with emulator_copies.copied_emulator(seed, tmp_path / "ours.db") as emulator:
        yield emulator
