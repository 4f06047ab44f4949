"""The processor time that a PostgreSQL server has taken, all its processes together; of Linux alone."""

import os
from contextlib import closing, suppress
from pathlib import Path

_PARENT, _OWN, _ENDED = 1, slice(11, 13), slice(13, 15)
"""Places in /proc/PID/stat after the name: ticks of the process, and those of its children that have ended."""


def postgresql_seconds(address: str) -> float:
    """The seconds of the server at an address until now, 0 where there is no /proc."""
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
    """The values after the name of a process, which may hold blanks."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _ticks(statistics: list[str], places: slice) -> int:
    return sum(map(int, statistics[places]))
