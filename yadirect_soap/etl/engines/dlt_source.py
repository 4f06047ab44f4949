"""dlt_source(): the tables as resources of dlt, for pipelines of a user's own.

The rows of all selected resources come out of one run of sync(), a Handover.  Its state is the state of the source:
dlt keeps it with the rows.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Names
from ..destinations.dlt_tables import PIPELINE, imported_dlt, table_hints
from ..schedule import DEFAULT_POLICY, Policy
from ..schema import TableSchema
from ..snapshot import Picked, schemas_of, snapshot
from ..sync import sync
from ..tables import tables
from .dlt_handover import Handover, Run, extraction

if TYPE_CHECKING:
    from yadirect_soap import Direct

Disposition = Literal["merge", "replace", "append"]
_TABLE = "yadirect_table"
"""The attribute by which the function of a resource names its table."""


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
    """The tables as a source of dlt: `pipeline.run(dlt_source(direct, ["campaigns", "ads"]))`.

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
    if write_disposition not in ("merge", "replace", "append"):
        wrong = _(
            "found write_disposition={write_disposition!r}, expected merge, replace or append",
            write_disposition=write_disposition,
        )
        raise ConfigurationError(wrong)
    if clients is not None and write_disposition != "merge":
        raise ConfigurationError(_("clients are read by merge alone: give each client a pipeline, or merge"))
    schemas = schemas_of(tables(names), columns, money=direct.settings.money, names=column_names)

    def picked(chosen: Sequence[str]) -> Picked:
        if isinstance(columns, Mapping):
            return {name: paths for name, paths in columns.items() if name in chosen}
        return columns

    def run(destination: Handover, chosen: Sequence[str]) -> None:
        given: dict[str, Any] = {"column_names": column_names, "policy": policy, "clients": clients}
        given |= {"columns": picked(chosen), "on_progress": destination.on_progress}
        sync(direct, destination, chosen, **given).raise_for_errors()

    def read(chosen: Sequence[str]) -> Iterator[Batch]:
        return snapshot(direct, chosen, columns=picked(chosen), column_names=column_names)

    def resources() -> Iterator[Any]:
        changes = _Changes(run, schemas)
        for schema in schemas:
            rows = changes.of(schema) if write_disposition == "merge" else _whole(schema, read)
            yield dlt.resource(rows, name=schema.name, **table_hints(schema, write_disposition))

    return dlt.source(resources, name=PIPELINE)()


def _whole(schema: TableSchema, read: Callable[[Sequence[str]], Iterator[Batch]]) -> Callable[[], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        for batch in read([schema.name]):
            yield batch.arrow()

    return rows


class _Changes:
    """Gives the resources of a source their rows: each extraction has a Handover, which they share."""

    def __init__(self, run: Run, schemas: Sequence[TableSchema]) -> None:
        self._run = run
        self._schemas = {schema.name: schema for schema in schemas}
        self._lock = threading.Lock()
        self._extraction: Any = None
        self._handover: Handover | None = None

    def of(self, schema: TableSchema) -> Callable[[], Iterator[Any]]:
        """The function of the resource of a table."""

        # No generator function: parallelize() would ask all of them from threads of dlt, while the rows come from one.
        def rows() -> Iterator[Any]:
            return self._batches(schema.name)

        setattr(rows, _TABLE, (self, schema.name))
        return rows

    def _batches(self, table: str) -> Iterator[Any]:
        yield from self._current(table).batches(table)

    def _current(self, table: str) -> Handover:
        """The handover of the extraction that asks, which the first of its resources begins."""
        asking = extraction()
        with self._lock:
            handover = self._handover
            if handover is None or self._extraction is not asking or not handover.gives(table):
                handover = Handover(self._run, self._schemas, self._selected(table))
                handover.begin()
                self._extraction, self._handover = asking, handover
            return handover

    def _selected(self, table: str) -> Mapping[str, Any]:
        """The resources that dlt extracts now, by their tables; with_name() may have given them other names."""
        resources: dict[str, Any] = {}
        for resource in imported_dlt().current.source().resources.selected.values():
            # dlt tells the function of a resource in no other way.
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
