"""A server in a process of its own, so that what it does is not measured."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@contextmanager
def running(serve: Callable[..., None], *arguments: Any) -> Iterator[str]:
    """The address of a server on loopback; `serve` is given a connection for its port, and the arguments."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, *arguments), daemon=True)
    process.start()
    there.close()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


async def announced(server: Any, ready: Connection) -> None:
    """Tells the port, and serves."""
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
