"""Starts a server, such as the emulator, in a new process that reports its processor time and memory."""

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
    """The resources that a process has used so far: processor seconds, and its peak memory in bytes."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A server on loopback in another process."""

    port: int
    connection: Connection

    @property
    def address(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def resource_use(self) -> ResourceUse:
        """Returns the resources that the process has used so far."""
        self.connection.send(None)
        resource_use: ResourceUse = self.connection.recv()
        return resource_use


@contextmanager
def server_process(serve: Callable[..., None], *arguments: Any) -> Iterator[ServerProcess]:
    """Starts a server; `serve` is called with a connection and the arguments, starts to serve, and calls report_use."""
    with process(serve, *arguments) as connection:
        yield ServerProcess(connection.recv(), connection)


def report_use(connection: Connection, address: str) -> NoReturn:
    """Sends the port of the server; then sends the used resources at each request, until the process is killed."""
    connection.send(int(address.rpartition(":")[2]))
    while True:
        connection.recv()
        connection.send(ResourceUse(time.process_time(), peak_memory()))


def emulator_process(seed: Path | None = None) -> AbstractContextManager[ServerProcess]:
    """Starts an emulator with the accounts of a seed file, or with the demo accounts."""
    return server_process(_serve, seed)


def _serve(connection: Connection, seed: Path | None) -> None:
    with Emulator(seed=seed or True) as emulator, emulator.serve() as address:
        report_use(connection, address)
