"""Imports dlt and configures it for the pipeline of a sync."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from yadirect_soap import extras
from yadirect_soap.language import _

PIPELINE = "yadirect_soap"
"""The name of the pipeline, of its source and of the schema."""
LOGINS = "logins"
"""The key of the logins' states in the state of the source."""


def imported_dlt() -> Any:
    """Imports dlt and configures it, without telemetry; ConfigurationError if the extra is not installed."""
    with extras.needed(_("loading a database"), "etl"):
        import dlt
    dlt.config["runtime.dlthub_telemetry"] = False
    # Only for this pipeline, whose files are read immediately.
    dlt.config[f"{PIPELINE}.normalize.data_writer.disable_compression"] = True
    # Otherwise the files of all packages of a run would stay until its end.
    dlt.config[f"{PIPELINE}.load.delete_completed_jobs"] = True
    logger = logging.getLogger("dlt")
    if _is_news not in logger.filters:
        logger.addFilter(_is_news)
    return dlt


def can_merge(destination: Any, table: Mapping[str, Any]) -> bool:
    """Returns whether a destination of dlt can replace rows; one of files appends them, whatever the hints say.

    Args:
        destination: The destination.
        table: The table with its hints, as dlt has it.
    """
    capabilities = destination.capabilities()
    strategies = capabilities.supported_merge_strategies or ()
    selector = capabilities.merge_strategies_selector
    return bool(selector(list(strategies), table_schema=table) if selector else strategies)


@contextmanager
def unlogged_load() -> Iterator[None]:
    """Keeps what dlt logs of failed jobs out of the log: pages of tracebacks with values of rows.

    The error that dlt raises says what failed.
    """

    def is_other(record: logging.LogRecord) -> bool:
        return record.module != "load"

    logger = logging.getLogger("dlt")
    logger.addFilter(is_other)
    try:
        yield
    finally:
        logger.removeFilter(is_other)


def _is_news(record: logging.LogRecord) -> bool:
    """Filters out two warnings: that a JSON column is a string in Arrow, and that new rows come with tombstones."""
    message = record.getMessage()
    return "several column hints were different" not in message and '"hard_delete" column hint for' not in message
