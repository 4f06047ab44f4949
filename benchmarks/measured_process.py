"""A server, such as the emulator, in a process of its own, which tells what of the machine it has taken."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from yadirect_soap.emulator import Emulator

from .server_process import process
from .timing import peak_memory


class ResourceUse(NamedTuple):
    """What a server's process has taken so far: seconds of a processor, and bytes of memory at its peak."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """Where the server answers, on loopback."""

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
def server_process(serve: Callable[..., None], *arguments: Any) -> Iterator[ServerProcess]:
    """A server; `serve` is given a connection and the arguments, begins to serve, and calls `tell_use`."""
    with process(serve, *arguments) as connection:
        yield ServerProcess(connection.recv(), connection)


def tell_use(connection: Connection, address: str) -> NoReturn:
    """Tells the port of the server, and what it has taken as often as it is asked."""
    connection.send(int(address.rpartition(":")[2]))
    while True:
        connection.recv()
        connection.send(ResourceUse(time.process_time(), peak_memory()))


def emulator_process(seed: Path | None = None) -> AbstractContextManager[ServerProcess]:
    """Serves the accounts of a seed file, or the demo accounts."""
    return server_process(_serve, seed)


def _serve(connection: Connection, seed: Path | None) -> None:
    with Emulator(seed=seed or True) as emulator, emulator.serve() as address:
        tell_use(connection, address)
