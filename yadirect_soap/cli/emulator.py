"""`yadirect-soap emulator`: the emulator on a socket, until it is interrupted."""

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from .listen import add_address, starting, until_stopped

if TYPE_CHECKING:
    from yadirect_soap.emulator import Emulator

_LOGGER = "yadirect_soap.emulator"


def add_to(commands: Any) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "emulator",
        help="serve the emulator",
        description="Serves the API's addresses (/v5/ads, /json/v5/ads, /v501/..., ?wsdl) until it is interrupted.",
    )
    add_address(parser)
    parser.add_argument(
        "--db", metavar="FILE", default=":memory:", help="keep the data in this file (default: in memory)"
    )
    begins = parser.add_mutually_exclusive_group()
    begins.add_argument("--no-seed", action="store_true", help="start without the demo accounts")
    begins.add_argument("--seed", metavar="FILE", help="fill new data with the accounts of a YAML, JSON or TOML file")
    begins.add_argument("--snapshot", metavar="FILE", help="start with what Emulator.save() kept in this file")
    parser.add_argument("--scenario", metavar="FILE", help="inject the faults of a YAML, JSON or TOML file")
    parser.add_argument("--log", metavar="FILE", help="append a line for each call to this file; - is stderr")
    parser.add_argument("--control", action="store_true", help="answer programs and browsers under /_emulator/ too")
    parser.add_argument(
        "--deletes-in-changes",
        action="store_true",
        help="let Changes tell of a deleted object by its group and campaign; how the API does is not known",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    from yadirect_soap.emulator import Emulator

    with ExitStack() as running:
        with starting("the emulator", arguments.db):
            if arguments.log is not None:
                _log_to(arguments.log)
            seed = arguments.seed or not (arguments.no_seed or arguments.snapshot)
            emulator = running.enter_context(
                Emulator(arguments.db, seed=seed, deletes_in_changes=arguments.deletes_in_changes)
            )
            _prepare(emulator, arguments)
        with starting("the emulator", f"{arguments.host} port {arguments.port}"):
            served = emulator.serve(
                host=arguments.host,
                port=arguments.port,
                control=arguments.control,
                allowed_hosts=arguments.allowed_hosts,
            )
            address = running.enter_context(served)
        until_stopped(*_told(address, emulator, control=arguments.control))
    return 0


def _prepare(emulator: "Emulator", arguments: argparse.Namespace) -> None:
    from yadirect_soap.emulator.fault_injection import read_scenario

    if arguments.snapshot is not None:
        emulator.load(arguments.snapshot)
    if arguments.scenario is not None:
        emulator.faults.play(read_scenario(arguments.scenario))


def _told(address: str, emulator: "Emulator", *, control: bool) -> Iterator[str]:
    yield f"The emulator answers at {address} (SOAP: {address}/v5/campaigns, JSON: {address}/json/v5/campaigns)"
    yield f"Descriptions: {address}/v5/campaigns?wsdl"
    if control:
        yield f"In a browser: {address}/_emulator/admin; control: {address}/_emulator/faults, clock, accounts, calls"
    if emulator.accounts.by_token("demo-token") is not None:
        yield "Tokens: demo-token (an advertiser), demo-agency-token (an agency)"


def _log_to(file: str) -> None:
    """Sends a line for each call to a file, which is the caller's own: it names operations, never what they hold."""
    handler = (
        logging.StreamHandler(sys.stderr)
        if file == "-"
        else logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger(_LOGGER)
    logger.addHandler(handler)
    logger.setLevel(min(logging.INFO, logger.getEffectiveLevel()))
    logger.propagate = False
