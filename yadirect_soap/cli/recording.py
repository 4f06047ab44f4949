"""`yadirect-soap record` and `replay`: what a server answers goes into a file, and comes out of it again."""

import argparse
from contextlib import ExitStack
from typing import Any

from .listen import add_address, starting, until_stopped

_LIVE = "https://api.direct.yandex.com"


def add_to(commands: Any) -> None:
    """Adds both commands to the parser."""
    record = commands.add_parser(
        "record",
        help="record exchanges with the API",
        description="Passes calls on to a server, and keeps what was asked and answered; tokens never.",
    )
    record.add_argument("file", metavar="FILE", help="a new file, for its owner alone")
    record.add_argument("--upstream", default=_LIVE, metavar="URL", help="the server to ask (default: %(default)s)")
    record.add_argument("--keep-personal", action="store_true", help="leave logins and personal members as they are")
    add_address(record)
    record.set_defaults(run=run_record)
    replay = commands.add_parser(
        "replay",
        help="answer from a recording",
        description="Answers what was asked in a recording as it was answered then, over SOAP and JSON.",
    )
    replay.add_argument("file", metavar="FILE", help="what `record` has written")
    add_address(replay)
    replay.set_defaults(run=run_replay)


def run_record(arguments: argparse.Namespace) -> int:
    """Carries out `record`."""
    from yadirect_soap.emulator.recording import Recorder

    with ExitStack() as running:
        with starting("the recording", f"{arguments.host} port {arguments.port}"):
            scrub = not arguments.keep_personal
            recorder = running.enter_context(Recorder(arguments.file, upstream=arguments.upstream, scrub=scrub))
            address = running.enter_context(
                recorder.serve(arguments.port, host=arguments.host, allowed_hosts=arguments.allowed_hosts)
            )
        until_stopped(f"Calls to {address} go on to {arguments.upstream} and are kept in {arguments.file}")
    return 0


def run_replay(arguments: argparse.Namespace) -> int:
    """Carries out `replay`."""
    from yadirect_soap.emulator.recording import Replayer

    with ExitStack() as running:
        with starting("the replay", f"{arguments.host} port {arguments.port}"):
            replayer = running.enter_context(Replayer(arguments.file))
            address = running.enter_context(
                replayer.serve(arguments.port, host=arguments.host, allowed_hosts=arguments.allowed_hosts)
            )
        until_stopped(f"The recording answers at {address}")
    return 0
