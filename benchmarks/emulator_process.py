"""The emulator in a process of its own, which tells what of the machine it has taken."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from yadirect_soap.emulator import Emulator

from .timing import peak_memory


class ResourceUse(NamedTuple):
    """What the emulator's process has taken so far: seconds of a processor, and bytes of memory at its peak."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class EmulatorProcess:
    """Where the emulator answers, on loopback."""

    port: int
    connection: Connection

    @property
    def address(self) -> str:
        """The endpoint for a client."""
        return f"http://127.0.0.1:{self.port}"

    def resource_use(self) -> ResourceUse:
        """What it has taken until now."""
        self.connection.send(None)
        resource_use: ResourceUse = self.connection.recv()
        return resource_use


@contextmanager
def emulator_process(seed: Path | None = None) -> Iterator[EmulatorProcess]:
    """Serves the accounts of a seed file, or the demo accounts."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, seed), daemon=True)
    process.start()
    there.close()
    try:
        yield EmulatorProcess(here.recv(), here)
    finally:
        process.terminate()
        process.join()


def _serve(connection: Connection, seed: Path | None) -> None:
    with Emulator(seed=seed or True) as emulator, emulator.serve() as address:
        connection.send(int(address.rpartition(":")[2]))
        while True:
            connection.recv()
            connection.send(ResourceUse(time.process_time(), peak_memory()))
