"""The shared part of commands that listen on a port: the options of the address, errors of the start, the end."""

import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _, reason_of, spoken

from . import streams
from .command_types import Decorated, option

_LAST_PORT = 65_535


def add_address(command: Decorated, *, default_port: int = 8080) -> Decorated:
    """Adds --host, --port and --allowed-host."""
    names = option(
        "--allowed-host",
        "allowed_hosts",
        metavar="NAME",
        multiple=True,
        help="another host name to answer on loopback, such as that of a proxy; repeatable",
    )
    port = option(
        "--port",
        metavar="PORT",
        callback=_port,
        default=str(default_port),
        help=f"0 takes a free one (default: {default_port})",
    )
    host = option("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    return host(port(names(command)))


@contextmanager
def starting(what: str, subject: str) -> Iterator[None]:
    """Turns an error during the start (of a file or a port) into a ConfigurationError.

    Args:
        what: what starts, in words.
        subject: the file or address in the message if the error itself names no file.
    """
    try:
        yield
    except (OSError, sqlite3.Error, UnicodeError) as error:
        named = getattr(error, "filename", None) or subject
        reason = reason_of(error)
        raise ConfigurationError(
            _("{what} cannot start: {named}: {reason}", what=what, named=named, reason=reason)
        ) from None


def until_stopped(*lines: str) -> None:
    """Prints lines, and returns on SIGTERM; Ctrl-C raises KeyboardInterrupt."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    print(*map(spoken, (*lines, _("Stop it with Ctrl-C."))), sep="\n")
    streams.flush_stdout()  # an error does not matter: the server works without a reader of these lines
    stopped.wait()


def _port(_ctx: click.Context, _option: click.Parameter, text: str) -> int:
    """Returns the number of a port; raises BadParameter if the text is none."""
    if not text.isdecimal() or int(text) > _LAST_PORT:
        problem = _("found {text}, expected a number from 0 to {last}", text=text, last=_LAST_PORT)
        raise click.BadParameter(spoken(problem))
    return int(text)
