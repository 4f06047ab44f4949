"""`yadirect-soap emulator`: serves the emulator on a port until it is interrupted."""

import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap.language import _, spoken

from .command_types import command, option
from .listen import add_address, starting, until_stopped
from .option_types import Day

if TYPE_CHECKING:
    from yadirect_soap.emulator import Emulator

_LOGGER = "yadirect_soap.emulator"


@command("emulator")
@add_address
@option("--db", metavar="FILE", default=":memory:", help="store the data in this file (default: in memory)")
@option("--no-seed", is_flag=True, help="start without the demo accounts")
@option("--seed", metavar="FILE", help="start with the accounts of a YAML, JSON or TOML file")
@option("--snapshot", metavar="FILE", help="start with a snapshot that Emulator.save() wrote")
@option("--scenario", metavar="FILE", help="inject the faults of a YAML, JSON or TOML file")
@option("--log", metavar="FILE", help="append one line per call to this file; - is stderr")
@option("--control", is_flag=True, help="also serve the control addresses and pages under /_emulator/")
@option("--public-url", metavar="URL", help="the root address in WSDL files (default: that of the request)")
@option(
    "--strict",
    is_flag=False,
    flag_value="error",
    default="off",
    type=click.Choice(["error", "warn", "off"]),
    help="refuse, or log, what departs from the published XSD and SOAP 1.1 (default: off; --strict alone: error)",
)
@option(
    "--deletes-in-changes",
    is_flag=True,
    help="Changes shows deleted objects by their group and campaign (unknown for the API)",
)
@option(
    "--api-date",
    type=Day(),
    metavar="DAY",
    help="emulate the API of this day (default: its newest behaviour)",
)
def emulator(db: str, *, log: str | None, control: bool, **options: Any) -> None:
    """Serve the emulator at the API's paths (/v5/ads, /json/v5/ads, /v501/..., ?wsdl) until Ctrl-C."""
    from yadirect_soap.emulator import Emulator

    seed = _seed(options["seed"], options["snapshot"], no_seed=options["no_seed"])
    host, port = options["host"], options["port"]
    with ExitStack() as running:
        with starting("the emulator", db):
            if log is not None:
                _log_to(log)
            named = {name: options[name] for name in ("deletes_in_changes", "public_url", "strict")}
            day = options["api_date"].date() if options["api_date"] else None
            served = running.enter_context(Emulator(db, seed=seed, api_date=day, **named))
            _prepare(served, options["snapshot"], options["scenario"])
        with starting(_("the emulator"), _("{host} port {port}", host=host, port=port)):
            address = running.enter_context(
                served.serve(host=host, port=port, control=control, allowed_hosts=options["allowed_hosts"])
            )
        until_stopped(*_start_lines(address, served, control=control))


def _seed(seed: str | None, snapshot: str | None, *, no_seed: bool) -> str | bool:
    """Returns the seed of new data; raises UsageError if several options choose one."""
    if sum(map(bool, (seed, snapshot, no_seed))) > 1:
        raise click.UsageError(
            spoken(_("--no-seed, --seed and --snapshot exclude each other")), click.get_current_context()
        )
    return seed or not (no_seed or snapshot)


def _prepare(emulator: "Emulator", snapshot: str | None, scenario: str | None) -> None:
    from yadirect_soap.emulator.fault_injection import read_scenario

    if snapshot is not None:
        emulator.load(snapshot)
    if scenario is not None:
        emulator.faults.play(read_scenario(scenario))


def _start_lines(address: str, emulator: "Emulator", *, control: bool) -> Iterator[str]:
    yield _(
        "The emulator answers at {address} (SOAP: {address}/v5/campaigns, JSON: {address}/json/v5/campaigns)",
        address=address,
    )
    yield _("WSDLs: {address}", address=f"{address}/v5/campaigns?wsdl")
    if control:
        yield _(
            "In a browser: {address}/_emulator/admin; control: {address}/_emulator/faults, clock, accounts, calls",
            address=address,
        )
    if emulator.accounts.by_token("demo-token") is not None:
        yield _("Tokens: demo-token (an advertiser), demo-agency-token (an agency)")


def _log_to(file: str) -> None:
    """Writes a log line for each call into a file; a line has the operation, never its params or result."""
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
