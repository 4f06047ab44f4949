"""Shared by the commands that listen on a port: the address, the start message, the end by Ctrl-C."""

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
    """Makes what keeps a command from starting (a file, a port) an error that says so.

    `subject` is what an error is about that names no file.
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
    """Tells what there is to know, and returns when the process is told to end; Ctrl-C is KeyboardInterrupt."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    print(*map(spoken, (*lines, _("Stop it with Ctrl-C."))), sep="\n")
    streams.flush_stdout()  # a server needs nobody who reads this
    stopped.wait()


def _port(_ctx: click.Context, _option: click.Parameter, text: str) -> int:
    """The number of a port; BadParameter for what is none."""
    if not text.isdecimal() or int(text) > _LAST_PORT:
        problem = _("found {text}, expected a number from 0 to {last}", text=text, last=_LAST_PORT)
        raise click.BadParameter(spoken(problem))
    return int(text)
