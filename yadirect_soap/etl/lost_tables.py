"""Tables that were dropped or emptied, or lost columns: their state is removed, so that they are read completely."""

from collections.abc import Mapping, Sequence

from .destination import Destination
from .schema import TableSchema
from .sync_state import SyncState

Missing = Mapping[str, frozenset[str]]
"""Columns that the destination lacks, by table."""


def prepare(destination: Destination, schemas: Sequence[TableSchema]) -> Mapping[str, Sequence[str]]:
    """Makes what is missing in a destination, after no login's state says any more that it is there.

    In this order: a run that ends between the two leaves what the next one finds missing.

    Returns:
        The names of the tables that were lost, by the logins that had read them.

    Raises:
        ConfigurationError: The destination does not fit, or a newer version of this package wrote a state.
        OSError: The destination fails.
    """
    missing = destination.missing(schemas)
    changed, lost = {}, {}
    for login, plain in destination.states().items() if missing else ():
        state = SyncState.of(plain)
        if names := forget_missing(state, missing):
            changed[login], lost[login] = state.to_plain(), names
    if changed:
        destination.put_states(changed)
    destination.prepare(schemas)
    return lost


def forget_missing(state: SyncState, missing: Missing) -> list[str]:
    """Forgets the tables of which a login has read columns that are missing; returns their names."""
    names = [
        name for name, table in state.tables.items() if not missing.get(name, frozenset()).isdisjoint(table.columns)
    ]
    state.forget(names)
    return names


def forget_emptied(state: SyncState, destination: Destination, login: str, schemas: Sequence[TableSchema]) -> list[str]:
    """Forgets the tables that had rows of a login and have none; returns their names."""
    names = [
        schema.name
        for schema in schemas
        if schema.name in state.tables and schema.name in state.filled and not destination.has_rows(schema, login)
    ]
    state.forget(names)
    return names
