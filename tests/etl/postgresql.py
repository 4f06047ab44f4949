"""A PostgreSQL server of the tests' own, on a free port of loopback; no test lives here."""

import os
import pwd
import selectors
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_DEBIAN = Path("/usr/lib/postgresql")
_ACCOUNTS = ("postgres", "nobody")
_COPY_DONE, _COMMIT = b"c\0\0\0\4", b"COMMIT\0"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where there is no server to be started."""
    beside = sorted(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    folders = [*beside, *([Path(found).resolve().parent] if found else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """The address of a new server, which trusts everybody and is gone afterwards."""
    folder = programs()
    assert folder is not None
    account = _account()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        data = Path(place) / "data"
        data.mkdir(mode=0o700)
        if "user" in account:
            os.chown(place, account["user"], -1)
            os.chown(data, account["user"], -1)
        port = _free_port()
        _run(folder / "initdb", "-D", data, "-U", "direct", "-A", "trust", "--no-sync", **account)
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place} -c fsync=off"
        _run(folder / "pg_ctl", "-D", data, "-o", settings, "-l", data / "log", "-w", "-t", "120", "start", **account)
        try:
            yield f"postgresql://direct@127.0.0.1:{port}/postgres"
        finally:
            _run(folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", **account)


@contextmanager
def losing_answers(address: str) -> Iterator[str]:
    """The address of the same server, whose connections break where one answers that copied rows are committed."""
    parts = urlsplit(address)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    server = socket.create_connection(("127.0.0.1", parts.port or 0))
                    threading.Thread(target=_pass_on, args=(client, server), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield urlunsplit(parts._replace(netloc=f"direct@127.0.0.1:{listener.getsockname()[1]}"))
        # Or the thread would wait in accept() for ever.
        listener.shutdown(socket.SHUT_RDWR)


def _pass_on(client: socket.socket, server: socket.socket) -> None:
    """Passes on what both say, up to the answer to a COMMIT after the end of a COPY."""
    has_copied = False
    with client, server, selectors.DefaultSelector() as selector:
        selector.register(client, selectors.EVENT_READ, server)
        selector.register(server, selectors.EVENT_READ, client)
        while True:
            for key, _ in selector.select():
                source, target = key.fileobj, key.data
                assert isinstance(source, socket.socket)
                if not (message := source.recv(1 << 16)):
                    return
                target.sendall(message)
                has_copied |= source is client and message.endswith(_COPY_DONE)
                if source is client and has_copied and _COMMIT in message:
                    server.recv(1 << 16)
                    return


def _account() -> dict[str, Any]:
    """The user to run it as: the server refuses to be root's."""
    if os.getuid():
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in _ACCOUNTS if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _run(*command: str | Path, **account: Any) -> None:
    subprocess.run(
        [str(part) for part in command],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        timeout=180,
        **account,
    )
