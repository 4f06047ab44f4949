"""The log of a command: on stderr, or in a file of its owner, as text or as an object of JSON a line."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from yadirect_soap import ConfigurationError
from yadirect_soap.escaping import json_text
from yadirect_soap.language import _, reason_of

from .global_options import GlobalOptions, LogFormat, print_line

_TEXT = "%(asctime)s %(name)s %(levelname)s %(message)s"


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON: time (UTC), level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
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
def logging_by(options: GlobalOptions) -> Iterator[None]:
    """Logs as the options say for as long as the with lasts; a program that has its own log keeps it as it is.

    Raises:
        ConfigurationError: the file of the log cannot be opened.
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
        file = _file(options.log_file)
        file.setLevel(min(detail, logging.INFO))
        yield file


def _file(name: str) -> logging.Handler:
    """Appends to a file; a new one is for its owner alone, since bodies are in it."""
    try:
        file = open(  # noqa: SIM115  closed with its handler  # the log's life is that of the command
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
    return _OwnStreamHandler(file)


class _StderrHandler(logging.Handler):
    """Writes to stderr, above a progress that is shown there."""

    def __init__(self, options: GlobalOptions) -> None:
        super().__init__()
        self._options = options

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record as a line."""
        print_line(self.format(record), self._options)


class _OwnStreamHandler(logging.StreamHandler):  # type: ignore[type-arg]  # generic for type checkers alone
    """Closes its stream with itself."""

    def close(self) -> None:
        super().close()
        self.stream.close()


def _formatter(form: LogFormat) -> logging.Formatter:
    return JsonFormatter() if form == "json" else logging.Formatter(_TEXT)
