"""Checks the hints of a user's resources of dlt: refuses those with which an incremental load is wrong."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..destinations.dlt_arrow import TOMBSTONE, TYPES
from ..destinations.dlt_setup import can_merge
from ..schema import TableSchema

_STRATEGIES = (None, "delete-insert", "upsert")
"""Strategies of merge that keep the rows which are not in a load."""


def table_of(resource: Any, schema: TableSchema, pipeline: Any = None) -> str:
    """Returns the name of the table that a resource is merged into.

    Args:
        resource: The resource of dlt, with the hints that it has now.
        schema: Its table, as it was made.
        pipeline: The pipeline whose destination must be able to merge; None to leave that out.

    Raises:
        ConfigurationError: By its hints rows would be lost or stay that are gone.
    """
    _check_disposition(resource)
    if not isinstance(resource.table_name, str):
        raise ConfigurationError(
            _(
                "resource {name}: found a function for table_name, expected a name, by which later "
                "runs find the rows that are gone",
                name=resource.name,
            )
        )
    incremental = resource.incremental
    if getattr(incremental, "incremental", incremental):
        raise ConfigurationError(
            _(
                "resource {name}: found incremental, expected none: later runs read what changed, and incremental "
                "would leave out rows of it",
                name=resource.name,
            )
        )
    table = resource.compute_table_schema()
    _check_key(resource.name, table["columns"], schema)
    _check_columns(resource.name, table["columns"], schema)
    if pipeline is not None and not can_merge(pipeline.destination, table):
        raise ConfigurationError(
            _(
                "resource {name}: the destination {destination} cannot merge rows, expected one that can, or "
                "dlt_source(write_disposition='replace') or 'append', which read all rows each time",
                name=resource.name,
                destination=pipeline.destination.destination_name,
            )
        )
    return str(resource.table_name)


def _check_disposition(resource: Any) -> None:
    disposition = resource.write_disposition
    strategy = disposition.get("strategy") if isinstance(disposition, Mapping) else None
    kind = disposition.get("disposition") if isinstance(disposition, Mapping) else disposition
    if kind != "merge" or strategy not in _STRATEGIES:
        raise ConfigurationError(
            _(
                "resource {name}: found write_disposition={disposition!r}, expected a merge by "
                "delete-insert or upsert, since later runs give changed rows alone; "
                "dlt_source(write_disposition='replace') and 'append' read all rows each time",
                name=resource.name,
                disposition=disposition,
            )
        )


def _check_key(resource: str, columns: Mapping[str, Mapping[str, Any]], schema: TableSchema) -> None:
    key = [column.name for column in schema.key]
    found = [name for name, column in columns.items() if column.get("primary_key")]
    if set(found) != set(key):
        raise ConfigurationError(
            _(
                "resource {name}: found primary_key={found}, expected {key}, by which rows are told apart",
                name=resource,
                found=", ".join(found) or None,
                key=", ".join(key),
            )
        )
    if merged := [name for name, column in columns.items() if column.get("merge_key")]:
        raise ConfigurationError(
            _(
                "resource {name}: found merge_key={merged}, expected none: it would delete rows that did not change",
                name=resource,
                merged=", ".join(merged),
            )
        )
    if not columns.get(TOMBSTONE, {}).get("hard_delete"):
        raise ConfigurationError(
            _(
                "resource {name}: found no hard_delete of the column {column}, by which rows go that are gone",
                name=resource,
                column=TOMBSTONE,
            )
        )


def _check_columns(resource: str, columns: Mapping[str, Mapping[str, Any]], schema: TableSchema) -> None:
    for column in schema.columns:
        hints = columns.get(column.name, {})
        if not column.key and hints.get("nullable") is False:
            raise ConfigurationError(
                _(
                    "resource {name}: found nullable=False of the column {column}, which is empty where a row is "
                    "deleted",
                    name=resource,
                    column=column.name,
                )
            )
        if column.key and hints.get("data_type") not in (None, TYPES[column.kind]):
            raise ConfigurationError(
                _(
                    "resource {name}: found data_type={found} of the column {column}, expected {expected}, as later "
                    "runs look for it",
                    name=resource,
                    found=hints.get("data_type"),
                    column=column.name,
                    expected=TYPES[column.kind],
                )
            )
