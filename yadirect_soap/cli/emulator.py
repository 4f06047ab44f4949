"""`yadirect-soap emulator`: the emulator on a socket, until it is interrupted."""

import argparse
import signal
import sqlite3
import threading
from contextlib import ExitStack
from typing import Any

from yadirect_soap import ConfigurationError


def add_to(commands: Any) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "emulator",
        help="serve the emulator",
        description="Serves the API's addresses (/v5/ads, /json/v5/ads, /v501/..., ?wsdl) until it is interrupted.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8080, help="0 takes a free one (default: %(default)s)")
    parser.add_argument(
        "--db", metavar="FILE", default=":memory:", help="keep the data in this file (default: in memory)"
    )
    parser.add_argument("--no-seed", action="store_true", help="start without the demo accounts")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    from yadirect_soap.emulator import Emulator

    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with ExitStack() as running:
        try:
            emulator = running.enter_context(Emulator(arguments.db, seed=not arguments.no_seed))
            address = running.enter_context(emulator.serve(host=arguments.host, port=arguments.port))
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(f"the emulator cannot start: {error}") from None
        print(f"The emulator answers at {address} (SOAP: {address}/v5/campaigns, JSON: {address}/json/v5/campaigns)")
        print(f"Descriptions: {address}/v5/campaigns?wsdl")
        if not arguments.no_seed:
            print("Tokens: demo-token (an advertiser), demo-agency-token (an agency)")
        print("Stop it with Ctrl-C.", flush=True)
        stopped.wait()
    return 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is not from 0 to 65535")
    return port
