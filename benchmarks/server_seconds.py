"""The processor time of a PostgreSQL server, with all its processes; on Linux only."""

import os
from contextlib import closing, suppress
from pathlib import Path

_PARENT, _OWN, _ENDED = 1, slice(11, 13), slice(13, 15)
"""Indexes in /proc/PID/stat after the name: the parent, the ticks of the process, those of its ended children."""


def postgresql_seconds(address: str) -> float:
    """Returns the processor seconds of the server at an address so far; 0 if there is no /proc."""
    import psycopg2

    if not Path("/proc/self/stat").exists():
        return 0.0
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = int(_statistics(cursor.fetchone()[0])[_PARENT])
        ticks = _ticks(_statistics(server), _OWN) + _ticks(_statistics(server), _ENDED)
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                statistics = _statistics(int(process.name))
                ticks += _ticks(statistics, _OWN) if int(statistics[_PARENT]) == server else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _statistics(process: int) -> list[str]:
    """Returns the values after the name of a process, which may contain spaces."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _ticks(statistics: list[str], indexes: slice) -> int:
    return sum(map(int, statistics[indexes]))
