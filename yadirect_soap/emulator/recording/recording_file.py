"""The file of a recording: a line of JSON for each exchange, after a first line that says what the file is.

{"operation": "ads.get", "request": {...}, "status": 200, "units": "15/100/1000", "answer": {"result": {...}}}

Messages have the form of the JSON wire, whatever wire they came by.  An exchange whose connection broke has no status,
one that something other than the API answered has a `content_type` and no answer.
"""

import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import simplejson

from yadirect_soap.errors import ConfigurationError

_HEAD = {"yadirect-soap": "recording", "version": 1}.items()


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """A request for an operation, and what came of it."""

    operation: str
    request: dict[str, Any]
    status: int | None = None
    units: str = ""
    content_type: str = ""
    answer: dict[str, Any] | None = None


class RecordingWriter:
    """A new file that exchanges are written to, each at once; of mode 0600.  FileExistsError where there is one."""

    def __init__(self, path: str | Path) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "w", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()
        self._write(dict(_HEAD))

    def write(self, exchange: RecordedExchange) -> None:
        """Adds an exchange."""
        self._write(asdict(exchange))

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        text = simplejson.dumps(line, ensure_ascii=False, use_decimal=True)
        with self._lock:
            self._file.write(text + "\n")


def read(path: str | Path) -> Iterator[RecordedExchange]:
    """The exchanges of a file, in order; ConfigurationError tells the line that is none."""
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = simplejson.loads(line, use_decimal=True)
                if number > 1:
                    yield RecordedExchange(**row)
                elif row.items() != _HEAD:
                    raise ValueError("not a recording of this version")
            except (ValueError, TypeError, AttributeError) as error:
                raise ConfigurationError(f"{path}, line {number}: {error}") from error
