"""A destination beside a snapshot, row by row; no test lives here."""

import json
from typing import Any

from yadirect_soap import Direct, etl
from yadirect_soap.etl.columns import Kind
from yadirect_soap.etl.destination import Destination
from yadirect_soap.etl.schema import ObjectSchema, TableSchema


def differences(direct: Direct, destination: Destination, schemas: list[ObjectSchema], login: str) -> dict[str, Any]:
    """Rows that a destination and a snapshot do not have alike, by table and key: the destination's, the account's."""
    names = [schema.name for schema in schemas]
    whole: dict[str, dict[Any, Any]] = {name: {} for name in names}
    for batch in etl.snapshot(direct, names):
        whole[batch.table.name].update(_by_key(batch.table, batch.rows))
    found: dict[str, Any] = {}
    for schema in schemas:
        ours = _by_key(schema, destination.rows(schema, login, schema.names))
        account = whole[schema.name]
        keys = [key for key in ours.keys() | account.keys() if ours.get(key) != account.get(key)]
        found |= {f"{schema.name} {key}": (ours.get(key), account.get(key)) for key in keys}
    return found


def _by_key(schema: TableSchema, rows: Any) -> dict[Any, Any]:
    """Rows by key, without the time when they were read; JSON by what it says, since databases write it anew."""
    last = schema.index("_synced_at")
    documents = [index for index, column in enumerate(schema.columns) if column.kind is Kind.JSON]
    found: dict[Any, Any] = {}
    for row in rows:
        values = list(row[:last])
        for index in documents:
            values[index] = None if values[index] is None else json.loads(values[index])
        key = schema.key_of(row)
        assert key not in found, f"{schema.name} has {key} twice"
        found[key] = tuple(values)
    return found
