"""The index of a day in an archive: JSON lines, of which the last one of each call counts.

A call has several lines, and a day may have 100,000 calls.  So the lines are looked through once for where the last one
of each call is, and only these are read as JSON:

    {"id":"101502-x1f",...,"error":"unfinished"}
    {"id":"101502-x1f",...,"error":null}                 this one counts
    {"id":"101503-x2e",...,"err{"id":"101504-x3d",...}   the disk was full, and then it was not
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

_OPEN = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
_BEGINNING, _END = b'{"id":', b"}\n"
_ID = re.compile(rb'\{"id":"([^"]+)"')


def append(path: Path, fields: dict[str, Any]) -> None:
    """Appends a line.

    Args:
        path: the index, which several processes may append to.
        fields: the facts about a call; the first is its id.

    Raises:
        OSError: not all of the line could be written.
    """
    line = (json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
    handle = os.open(path, _OPEN, 0o600)
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def last_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The last whole line of each call, in the order of their first lines; none if there is no index."""
    places: dict[bytes, int] = {}
    with suppress(FileNotFoundError), path.open("rb") as index:
        place = 0
        for line in index:
            beginning = max(line.rfind(_BEGINNING), 0)
            found = _ID.match(line, beginning)
            if found and line.endswith(_END):
                places[found[1]] = place + beginning
            place += len(line)
        for place in places.values():
            index.seek(place)
            with suppress(ValueError):  # it is not ours
                yield json.loads(index.readline())
