"""ClickHouse's engine behind HTTP, in a process of its own; no test lives here."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER, PASSWORD = "loader", "load'er \\ пароль"
_PROGRAM = Path(__file__).with_name("clickhouse_server.py")


@contextmanager
def server() -> Iterator[str]:
    """The address of a new server with the empty database `direct`; it needs chdb."""
    with subprocess.Popen(
        [sys.executable, str(_PROGRAM), USER, PASSWORD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"clickhouse://{USER}:{quote(PASSWORD)}@127.0.0.1:{int(process.stdout.readline())}/direct"
        # The engine's own way to end may hang.
        process.kill()
