"""Sets up the log of a command: on stderr or in a file that only its owner can read, as text or JSON lines."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TextIO

from yadirect_soap import ConfigurationError
from yadirect_soap.escaping import json_text
from yadirect_soap.language import _, reason_of, spoken

from .global_options import GlobalOptions, LogFormat, print_line

_TEXT = "%(asctime)s %(name)s %(levelname)s %(message)s"


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON: time (UTC), level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line of a record."""
        import json

        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json_text(json.dumps(line, ensure_ascii=False))


@contextmanager
def logging_with(options: GlobalOptions) -> Iterator[None]:
    """Sets up logging for the block; if a program that calls the command has its own handlers, stderr gets no log.

    Raises:
        ConfigurationError: the log file cannot be opened.
    """
    root = logging.getLogger()
    handlers = list(_handlers(options, is_ours=not root.handlers))
    level = root.level
    for handler in handlers:
        handler.setFormatter(_formatter(options.log_format))
        root.addHandler(handler)
    if handlers:
        root.setLevel(min(handler.level for handler in handlers))
    try:
        yield
    finally:
        root.setLevel(level)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


def _handlers(options: GlobalOptions, *, is_ours: bool) -> Iterator[logging.Handler]:
    detail = (logging.WARNING, logging.INFO, logging.DEBUG)[min(options.verbose, 2)]
    if is_ours:
        stderr = _StderrHandler(options)
        quiet = logging.ERROR if options.quiet else logging.WARNING
        stderr.setLevel(quiet if options.quiet or options.log_file else detail)
        yield stderr
    if options.log_file:
        file = _file(options.log_file, options)
        file.setLevel(min(detail, logging.INFO))
        yield file


def _file(name: str, options: GlobalOptions) -> logging.Handler:
    """Returns a handler that appends to a file; only its owner can read a new file, since it may contain bodies."""
    try:
        file = open(  # noqa: SIM115  its handler closes it
            Path(name).expanduser(),
            "a",
            encoding="utf-8",
            errors="backslashreplace",
            opener=partial(os.open, mode=0o600),
        )
    except OSError as error:
        raise ConfigurationError(
            _("--log-file: {name} cannot be opened: {reason}", name=name, reason=reason_of(error))
        ) from None
    return _FileHandler(file, options)


class _StderrHandler(logging.Handler):
    """Writes to stderr, above a progress that is shown there."""

    def __init__(self, options: GlobalOptions) -> None:
        super().__init__()
        self._options = options

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record as a line."""
        print_line(self.format(record), self._options)


class _FileHandler(logging.StreamHandler):  # type: ignore[type-arg]  # generic for type checkers alone
    """Writes to the log file and closes it; the command goes on if that fails, and stderr says so once."""

    def __init__(self, file: TextIO, options: GlobalOptions) -> None:
        super().__init__(file)
        self._options = options
        self._has_failed = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the name that logging has
        """Reports that a record cannot be written; the next records are tried again."""
        error = sys.exception()
        if isinstance(error, OSError):
            self._report(error)
        else:
            super().handleError(record)

    def close(self) -> None:
        super().close()
        try:
            self.stream.close()
        except OSError as error:
            self._report(error)

    def _report(self, error: OSError) -> None:
        if not self._has_failed:
            self._has_failed = True
            message = _(
                "--log-file: {name} cannot be written: {reason}; the command goes on, and the log has gaps",
                name=self._options.log_file,
                reason=reason_of(error),
            )
            print_line(f"yadirect-soap: {spoken(message)}", self._options)


def _formatter(format: LogFormat) -> logging.Formatter:
    return JsonFormatter() if format == "json" else logging.Formatter(_TEXT)
