"""ClickHouse's engine behind HTTP, in a process of its own; it needs chdb."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_PROGRAM = Path(__file__).parents[1] / "tests" / "etl" / "clickhouse_server.py"
_USER, _PASSWORD = "loader", "load'er \\ пароль"


@contextmanager
def clickhouse() -> Iterator[str]:
    """The address of a new server with an empty database."""
    with subprocess.Popen(
        [sys.executable, str(_PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"clickhouse://{_USER}:{quote(_PASSWORD)}@127.0.0.1:{int(process.stdout.readline())}/direct"
        process.kill()
