"""`yadirect-soap record` and `replay`: record the exchanges with a server in a file, and answer calls from it."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from yadirect_soap.language import _

from . import client_options
from .command_types import argument, command, option
from .listen import add_address, starting, until_stopped

_SESSION = ("proxies", "verify", "cert")
"""The settings of the connection to the upstream server."""
_LIVE = "https://api.direct.yandex.com"


@command("record", no_args_is_help=True)
@argument("file", help="a new file, which only its owner can read")
@option("--upstream", default=_LIVE, metavar="URL", help=f"the server that gets the calls (default: {_LIVE})")
@option("--keep-personal", is_flag=True, help="do not blank logins and personal members")
@add_address
@partial(client_options.add_connection, names=_SESSION)
def record(
    file: str, *, upstream: str, keep_personal: bool, host: str, port: int, allowed_hosts: Sequence[str], **options: Any
) -> None:
    """Forward calls to a server and record requests and responses, never tokens."""
    from yadirect_soap.emulator.recording import Recorder, upstream_session

    with ExitStack() as running:
        with starting(_("the recording"), _("{host} port {port}", host=host, port=port)):
            session = running.enter_context(upstream_session(**client_options.given_settings(options)))
            recorder = Recorder(file, upstream=upstream, scrub=not keep_personal, session=session)
            running.enter_context(recorder)
            address = running.enter_context(recorder.serve(port, host=host, allowed_hosts=allowed_hosts))
        until_stopped(
            _(
                "Calls to {address} are forwarded to {upstream} and recorded in {file}",
                address=address,
                upstream=upstream,
                file=file,
            )
        )


@command("replay", no_args_is_help=True)
@argument("file", help="a file that `record` wrote")
@add_address
def replay(file: str, *, host: str, port: int, allowed_hosts: Sequence[str]) -> None:
    """Answer calls from a recording, over SOAP and JSON."""
    from yadirect_soap.emulator.recording import Replayer

    with ExitStack() as running:
        with starting(_("the replay"), _("{host} port {port}", host=host, port=port)):
            replayer = running.enter_context(Replayer(file))
            address = running.enter_context(replayer.serve(port, host=host, allowed_hosts=allowed_hosts))
        until_stopped(_("The recording answers at {address}", address=address))
