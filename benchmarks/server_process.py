"""A server in a process of its own, so that what it does is not measured."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@contextmanager
def process(serve: Callable[..., None], *arguments: Any) -> Iterator[Connection]:
    """A connection to a new process, which runs `serve` with its own end of it and the arguments."""
    context = get_context("spawn")
    connection, of_process = context.Pipe()
    server = context.Process(target=serve, args=(of_process, *arguments), daemon=True)
    server.start()
    of_process.close()
    try:
        yield connection
    finally:
        server.terminate()
        server.join()


@contextmanager
def running(serve: Callable[..., None], *arguments: Any) -> Iterator[str]:
    """The address of a server on loopback; `serve` is given a connection for its port, and the arguments."""
    with process(serve, *arguments) as connection:
        yield f"http://127.0.0.1:{connection.recv()}"


async def announced(server: Any, ready: Connection) -> None:
    """Tells the port, and serves."""
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
