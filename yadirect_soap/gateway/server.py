"""Serves a gateway on a port, by waitress."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from yadirect_soap import ConfigurationError
from yadirect_soap.protocol.hosts import is_loopback, own_host

if TYPE_CHECKING:
    from .application import Gateway

THREADS = 32
"""Calls at a time; those of an advertiser beyond five wait in their threads."""
_CONNECTIONS = 1000
_END = 5.0
"""Seconds that the loop of the server may take to end."""
_IDLE = 60
"""Seconds after which a connection that sends nothing is closed."""


@contextmanager
def serving(gateway: "Gateway", host: str = "127.0.0.1", port: int = 0, *, threads: int = THREADS) -> Iterator[str]:
    """Serves a gateway in a thread of its own.

    Args:
        gateway: the application.
        host: the address to listen on; any but loopback needs the option `secret`.
        port: 0 takes a free one.
        threads: calls at a time.

    Returns:
        A context manager of the gateway's address: `http://127.0.0.1:8090`.

    Raises:
        ConfigurationError: waitress is not installed, or there is no secret for an address that others reach.
        OSError: the port is taken.
    """
    if not is_loopback(host) and not gateway.options.secret:
        raise ConfigurationError(
            f"host: found {host}, which other machines reach, without a caller's secret; set one (--secret-file), or "
            "listen on 127.0.0.1"
        )
    try:
        from waitress import wasyncore  # noqa: PLC0415  an extra
        from waitress.server import create_server  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError("the gateway needs waitress: pip install 'yadirect-soap[gateway]'") from error
    # It warns of each request that waits for a thread, also of one that comes while the threads start.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    server: Any = create_server(
        gateway,
        sockets,
        host=host,
        port=port,
        threads=threads,
        ident="yadirect-soap",
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE,
        cleanup_interval=10,
        max_request_body_size=gateway.options.largest_request,
        # A proxy on this machine tells whether its caller came over TLS: the address in a WSDL depends on it.
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-proto"},
        clear_untrusted_proxy_headers=True,
        asyncore_use_poll=True,
        asyncore_loop_timeout=0.2,
    )
    thread = Thread(target=server.run, name="gateway", daemon=True)
    thread.start()
    try:
        yield f"http://{own_host(host, server.effective_port)}"
    finally:
        # Calls that are under way are answered first.
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets, ignore_all=True)
        thread.join(_END)
