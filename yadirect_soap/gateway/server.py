"""Serves a gateway on a port, with waitress."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

from yadirect_soap import ConfigurationError, extras
from yadirect_soap.language import _
from yadirect_soap.protocol.hosts import is_loopback, own_host

if TYPE_CHECKING:
    from .application import Gateway

THREADS = 32
"""The number of concurrent calls; an advertiser has at most five, and its further calls wait in their threads."""
_STOP_TIMEOUT = 5.0
"""The seconds in which the server's loop must end."""
IDLE = 60
"""The seconds after which an idle connection is closed."""


@contextmanager
def serving(gateway: "Gateway", host: str = "127.0.0.1", port: int = 0, *, threads: int = THREADS) -> Iterator[str]:
    """Serves a gateway in a new thread.

    Args:
        gateway: the application.
        host: the address to listen on; any but loopback needs the option `secret`.
        port: the port; 0 takes a free one.
        threads: the number of concurrent calls.

    Returns:
        A context manager of the gateway's address: `http://127.0.0.1:8090`.

    Raises:
        ConfigurationError: waitress is not installed, or there is no secret for an address that other machines reach.
        OSError: the port is taken.
    """
    if not is_loopback(host) and not gateway.options.secret:
        raise ConfigurationError(
            _(
                "host: found {host}, which other machines reach, without a caller's secret; "
                "set one (--secret-file), or listen on 127.0.0.1",
                host=host,
            )
        )
    with extras.needed(_("the gateway"), "gateway"):
        from waitress import wasyncore  # noqa: PLC0415  an extra
    sockets: dict[int, Any] = {}
    server = _create_server(gateway, sockets, host=host, port=port, threads=threads)
    servers = _listening_sockets(sockets)
    thread = Thread(target=server.run, name="gateway", daemon=True)
    thread.start()
    try:
        yield f"http://{own_host(host, servers[0].effective_port)}"
    finally:
        # This waits for the running calls.
        server.task_dispatcher.shutdown()
        servers[0].trigger.pull_trigger(partial(wasyncore.close_all, sockets, ignore_all=True))
        thread.join(_STOP_TIMEOUT)


def _create_server(gateway: "Gateway", sockets: dict[int, Any], **address: Any) -> Any:
    """Creates a listening server of waitress; its sockets are added to `sockets`."""
    from waitress.server import create_server  # noqa: PLC0415  an extra

    from .connections import Connection, accept_waiting, max_connections  # noqa: PLC0415

    # waitress would warn about each request that waits for a thread, also while the threads start.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server: Any = create_server(
        gateway,
        sockets,
        **address,
        ident="yadirect-soap",
        connection_limit=max_connections(),
        channel_timeout=IDLE,
        cleanup_interval=min(10, IDLE),
        max_request_body_size=gateway.options.largest_request,
        # A thousand callers may each fill this much memory with half a request, or with a response they do not read.
        max_request_header_size=1 << 15,
        inbuf_overflow=1 << 16,
        outbuf_overflow=1 << 18,
        # The application reads the scheme from a proxy's headers, and nothing else.
        clear_untrusted_proxy_headers=False,
        asyncore_use_poll=True,
    )
    for listening in _listening_sockets(sockets):
        listening.channel_class = partial(Connection, reads_body=gateway.reads_body)
        listening.handle_accept = partial(accept_waiting, listening, listening.handle_accept)
    return server


def _listening_sockets(sockets: dict[int, Any]) -> list[Any]:
    """Returns the listening sockets: if a host name has several addresses, there is one for each."""
    return [channel for channel in sockets.values() if hasattr(channel, "effective_port")]
