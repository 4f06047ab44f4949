"""Starts a server in a new process, so that its work is not measured."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@contextmanager
def process(serve: Callable[..., None], *arguments: Any) -> Iterator[Connection]:
    """Starts a process that runs `serve` with a connection and the arguments; yields the other end of it."""
    context = get_context("spawn")
    connection, process_end = context.Pipe()
    server = context.Process(target=serve, args=(process_end, *arguments), daemon=True)
    server.start()
    process_end.close()
    try:
        yield connection
    finally:
        server.terminate()
        server.join()


@contextmanager
def running(serve: Callable[..., None], *arguments: Any) -> Iterator[str]:
    """Starts a server that sends its port over a connection; yields its address on loopback."""
    with process(serve, *arguments) as connection:
        yield f"http://127.0.0.1:{connection.recv()}"


async def announced(server: Any, ready: Connection) -> None:
    """Sends the port of a server over a connection, and serves."""
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
