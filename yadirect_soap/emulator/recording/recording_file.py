"""The file of a recording: a line of JSON for each exchange, after a first line with the version.

{"operation": "ads.get", "request": {...}, "status": 200, "units": "15/100/1000", "answer": {"result": {...}}}

Messages have the form of the JSON wire, also those of SOAP.  An exchange whose connection broke has no status; one with
another response than the API's has a `content_type` and no answer.  An exchange of a report has its text as `report`,
and in `headers` those of the queue.
"""

import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import simplejson

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

_HEAD = {"yadirect-soap": "recording", "version": 1}.items()


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """A request for an operation, and its response."""

    operation: str
    request: dict[str, Any]
    status: int | None = None
    units: str = ""
    content_type: str = ""
    answer: dict[str, Any] | None = None
    report: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class RecordingWriter:
    """Writes exchanges to a new file of mode 0600, each at once.  FileExistsError if the file exists."""

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
    """Yields the exchanges of a file, in order; ConfigurationError names a wrong line."""
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = simplejson.loads(line, use_decimal=True)
                if number > 1:
                    yield RecordedExchange(**row)
                elif row.items() != _HEAD:
                    raise ValueError("not a recording of this version")
            except (ValueError, TypeError, AttributeError) as error:
                raise ConfigurationError(
                    _("{path}, line {number}: {error}", path=path, number=number, error=error)
                ) from error
