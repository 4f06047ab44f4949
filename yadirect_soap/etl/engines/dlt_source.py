"""dlt_source(): the tables as resources of dlt, for the pipelines of a user.

The rows of all selected resources come from one run of sync() into a QueueDestination.  The state of the sync is the
state of the source, which dlt stores with the rows.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Names
from ..destinations.dlt_arrow import table_hints
from ..destinations.dlt_setup import PIPELINE, imported_dlt
from ..login import money_of
from ..schedule import DEFAULT_POLICY, Policy
from ..schema import TableSchema
from ..snapshot import Picked, schemas_of, snapshot
from ..sync import sync
from ..tables import tables
from .dlt_queues import QueueDestination, Run, extraction

if TYPE_CHECKING:
    from yadirect_soap import Direct

Disposition = Literal["merge", "replace", "append"]
_TABLE = "yadirect_table"
"""The attribute of a resource's function that has the source and the table."""


def dlt_source(
    direct: "Direct",
    names: Iterable[str] | str | None = None,
    *,
    clients: Iterable[str] | Literal["all"] | None = None,
    columns: Picked = None,
    column_names: Names = "snake",
    write_disposition: Disposition = "merge",
    policy: Policy = DEFAULT_POLICY,
) -> Any:
    """Returns the tables as a source of dlt: `pipeline.run(dlt_source(direct, ["campaigns", "ads"]))`.

    Args:
        direct: Whose account is read, or the agency's.
        names: Tables; None for all but the optional ones.
        clients: Logins of the agency's clients, or "all"; None for the account of `direct`.
        columns: Paths such as `TextAd.Title`, of one table or by the names of tables.
        column_names: `snake` for text_ad_title, `api` for TextAd.Title.
        write_disposition: "merge" reads all rows in the first run and changes in later ones, and deletes rows that are
            gone; "replace" and "append" read all rows each time.
        policy: What a merge reads besides changes.

    Returns:
        A DltSource with a resource a table: `source.with_resources("ads")` selects, `source.ads.apply_hints(...)` adds
        hints.

    Raises:
        ConfigurationError: dlt is not installed, or what sync() finds wrong.
    """
    dlt = imported_dlt()
    _check_disposition(write_disposition, clients)
    schemas = schemas_of(tables(names), columns, money=money_of(direct), names=column_names)

    def picked(chosen: Sequence[str]) -> Picked:
        if isinstance(columns, Mapping):
            return {name: paths for name, paths in columns.items() if name in chosen}
        return columns

    def run(destination: QueueDestination, chosen: Sequence[str]) -> None:
        given: dict[str, Any] = {"columns": picked(chosen), "column_names": column_names, "policy": policy}
        sync(
            direct, destination, chosen, clients=clients, on_progress=destination.on_progress, **given
        ).raise_for_errors()

    def read(chosen: Sequence[str]) -> Iterator[Batch]:
        return snapshot(direct, chosen, columns=picked(chosen), column_names=column_names)

    def resources() -> Iterator[Any]:
        changes = _Changes(run, schemas)
        for schema in schemas:
            if write_disposition == "merge":
                yield changes.resource(schema)
            else:
                yield dlt.resource(_read_all(schema, read), name=schema.name, **table_hints(schema, write_disposition))

    return dlt.source(resources, name=PIPELINE)()


def _check_disposition(write_disposition: str, clients: Iterable[str] | str | None) -> None:
    """Raises ConfigurationError for another disposition, or one that does not read clients."""
    if write_disposition not in ("merge", "replace", "append"):
        wrong = _(
            "found write_disposition={write_disposition!r}, expected merge, replace or append",
            write_disposition=write_disposition,
        )
        raise ConfigurationError(wrong)
    if clients is not None and write_disposition != "merge":
        raise ConfigurationError(_("clients are read by merge alone: give each client a pipeline, or merge"))


def _read_all(schema: TableSchema, read: Callable[[Sequence[str]], Iterator[Batch]]) -> Callable[[], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        for batch in read([schema.name]):
            yield batch.arrow()

    return rows


class _Changes:
    """Yields the rows for the resources of a source, which share a QueueDestination in each extraction."""

    def __init__(self, run: Run, schemas: Sequence[TableSchema]) -> None:
        self._run = run
        self._schemas = {schema.name: schema for schema in schemas}
        self._lock = threading.Lock()
        self._extraction: Any = None
        self._destination: QueueDestination | None = None

    def resource(self, schema: TableSchema) -> Any:
        """Returns the resource of a table, with the step that checks its rows after the steps of a user."""
        from .dlt_steps import RowsCheck

        # No generator function, which parallelize() would run in threads of dlt; the sync has its own.
        def rows() -> Iterator[Any]:
            return self._batches(schema.name)

        setattr(rows, _TABLE, (self, schema.name))
        # Rows that come to the step have come from a destination.
        check = RowsCheck(schema, lambda: cast("QueueDestination", self._destination))
        return imported_dlt().resource(rows, name=schema.name, **table_hints(schema, "merge")).add_step(check)

    def _batches(self, table: str) -> Iterator[Any]:
        yield from self._current(table).batches(table)

    def _current(self, table: str) -> QueueDestination:
        """Returns the destination of the current extraction; the first of its resources creates it."""
        current = extraction()
        with self._lock:
            destination = self._destination
            if destination is None or self._extraction is not current or not destination.is_unread(table):
                destination = QueueDestination(self._run, self._schemas, self._selected(table))
                destination.begin()
                self._extraction, self._destination = current, destination
            return destination

    def _selected(self, table: str) -> Mapping[str, Any]:
        """Returns the extracted resources by their tables; with_name() may have given them other names."""
        resources: dict[str, Any] = {}
        for resource in imported_dlt().current.source().resources.selected.values():
            # dlt has no public name for the function of a resource.
            source, named = getattr(resource._pipe.gen, _TABLE, (None, ""))
            if source is not self:
                continue
            if named in resources:
                raise ConfigurationError(
                    _(
                        "found the table {table} in the resources {names}, expected it once",
                        table=named,
                        names=f"{resources[named].name}, {resource.name}",
                    )
                )
            resources[named] = resource
        if table not in resources:
            raise ConfigurationError(
                _(
                    "found the table {table} in the hands of a transformer alone, expected it to be loaded too, since "
                    "later runs compare with its rows: select its resource, or read all rows each time by "
                    "dlt_source(write_disposition='replace')",
                    table=table,
                )
            )
        return resources
