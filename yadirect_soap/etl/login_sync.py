"""LoginSync: the run of one login; it reads the state from the destination, and writes rows and the next state."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from yadirect_soap.errors import DirectError
from yadirect_soap.protocol.dates import moment_text

from .campaign_states import CampaignStates
from .changes import ChangedCampaigns, Changes
from .columnar_rows import ColumnarRows
from .destination import Destination, Scope
from .feed_statuses import FeedStatuses
from .gathered_rows import keys_of, store_page
from .incremental import Incremental
from .load import Loader
from .parents import IdsWithTypes, Parents
from .reader import Item, Reader
from .references import References
from .schedule import DEFAULT_POLICY, Policy, Schedule
from .schema import ObjectSchema, Row
from .snapshot import RowsPart, rows_of
from .sweep import Sweep, can_be_swept, read_cost
from .sync_state import SyncState, answers_of
from .tables import Table


class Progress(NamedTuple):
    """The progress of a run: the rows of a table that were read so far, and the parents by which they were requested.

    Attributes:
        login: the login whose rows are read.
        table: the name of the table.
        rows: the number of rows that this run has read so far.
        parents: the number of parents whose objects were read so far; 0 if the table has no parents, or if changes are
            read.
    """

    login: str
    table: str
    rows: int
    parents: int = 0


class LoginSync:
    """The run of one login.

    Args:
        reader: The reader of its objects.
        destination: The destination, which is prepared.
        login: The login.
        schemas: The tables, parents first.
        policy: When tables are read completely, and when deletions are checked.
        on_progress: A function that is called after each part that was read.
        package_rows: The number of rows after which they are committed.
    """

    def __init__(
        self,
        reader: Reader,
        destination: Destination,
        login: str,
        schemas: Sequence[ObjectSchema],
        *,
        policy: Policy = DEFAULT_POLICY,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        package_rows: int,
    ) -> None:
        self._reader, self._destination, self._login, self._schemas = reader, destination, login, schemas
        self._policy, self._on_progress = policy, on_progress
        self._state = SyncState.of(destination.state(login), answers_of(reader.direct))
        self._changes = Changes(reader.direct, reader.units)
        self._sweep = Sweep(destination, login, reader, self._changes)
        self.loader = Loader(destination, login, package_rows=package_rows)
        """The loader, with the numbers of rows that were written and deleted."""
        self._now = ""
        self._parents = Parents(reader, [schema.name for schema in schemas], self._known_parents)

    def run(self) -> None:
        """Reads the changes, then the tables that must be read completely.

        Rows that were read before an error are committed with the position, and the next run continues there.
        """
        began = [schema for schema in self._schemas if self._state.of_table(schema).since]
        changing = [schema for schema in began if not schema.is_whole]
        changed = self._ask_changes(changing) if changing else None
        self._now = changed.timestamp if changed else self._clock()
        self.loader.synced_at = self._now
        self._state.daily_limit = self._reader.units.daily_limit or self._state.daily_limit
        due = self._schedule().due(self._schemas)
        try:
            if changed:
                self._read_changes([schema for schema in changing if schema not in due], changed, due)
            self._read_due(due)
            self._commit()
            self._read_outdated()
            self._note_emptied()
        except DirectError:
            self._commit()
            raise

    def _read_due(self, due: Sequence[ObjectSchema]) -> None:
        """Reads tables completely; of one that an earlier run began, then the changes since that run.

        They come before the next table, which needs all parents up to now: it has no changes from before.
        """
        for schema in due:
            is_resumed = bool(self._state.of_table(schema).began) and not schema.is_whole
            self._read_whole(schema)
            if is_resumed:
                self._commit()
                self._read_changes([schema], self._ask_changes([schema]))

    def _clock(self) -> str:
        """Returns the API's time; for the agency itself, which cannot call Changes, the time of this machine."""
        if all(schema.table.service == "agencyclients" for schema in self._schemas):
            return moment_text(datetime.now(UTC))
        return self._changes.now()

    def _schedule(self) -> Schedule:
        limit = self._reader.units.daily_limit
        return Schedule(self._destination, self._login, self._state, self._policy, now=self._now, daily_limit=limit)

    # --- changes ----------------------------------------------------------------------------------------------

    def _ask_changes(self, schemas: Sequence[ObjectSchema]) -> ChangedCampaigns:
        return self._changes.campaigns(self._state.earliest(schemas))

    def _read_changes(
        self, schemas: Sequence[ObjectSchema], changed: ChangedCampaigns, due: Sequence[ObjectSchema] = ()
    ) -> None:
        """Reads the changes of tables, and the objects that they name in tables that are not read completely now."""
        named = [schema for schema in self._schemas if schema not in due and self._state.of_table(schema).since]
        incremental = self._incremental(named)
        incremental.read(schemas, changed)
        incremental.read_named(self._destination, self._login)
        self._remove_deleted(schemas, incremental)
        # Only after all tables were read: if the run stops before, the next one begins where this one did.
        for schema in schemas:
            self._state.set(schema, since=self._now)

    def _incremental(self, named: Sequence[ObjectSchema] = ()) -> Incremental:
        """Returns a reader of changes; `named` are the tables of which new ids in other tables are collected."""
        return Incremental(
            self._reader,
            self._changes,
            self.loader,
            CampaignStates(self._destination, self._login),
            parents=self._parents,
            references=References(named),
            on_part=self._after_part,
        )

    def _remove_deleted(self, schemas: Sequence[ObjectSchema], incremental: Incremental) -> None:
        """Removes the rows of deleted objects in the tables for which it is time to.

        Their groups are read before: once the rows are removed, a run that continues could not find the groups.
        """
        deleted: list[tuple[ObjectSchema, frozenset[int]]] = []
        for schema in filter(lambda swept: can_be_swept(swept.table), schemas):
            ids = self._sweep.known(schema)
            if self._schedule().is_swept(schema, len(ids)):
                deleted.append((schema, frozenset(self._sweep.deleted(schema, ids, self._now))))
        groups = {group for schema, ids in deleted for group in self._groups_of(schema, ids)}
        incremental.read_groups(schemas, sorted(groups))
        for schema, gone in deleted:
            self.loader.remove(schema, ((key,) for key in gone))
            self._state.set(schema, swept=self._now)

    def _groups_of(self, schema: ObjectSchema, ids: frozenset[int]) -> Collection[int]:
        """Returns the groups of stored rows if their deletion may change the ServingStatus of the groups."""
        if schema.table.changes != "inside" or not ids:
            return ()
        key, group = schema.column_of(*schema.table.key).name, schema.column_of(schema.table.scope_member).name
        rows = self._destination.rows(schema, self._login, [group], {key: ids})
        return {of_row for (of_row,) in rows if of_row is not None}

    # --- whole tables -----------------------------------------------------------------------------------------

    def _read_whole(self, schema: ObjectSchema) -> None:
        """Reads a table completely, from where an earlier run stopped; rows that are not read are deleted."""
        state = self._state.of_table(schema)
        # A table without changes must be read from its beginning, since its earlier part may have changed meanwhile.
        if not state.began or schema.is_whole:
            self._state.set(schema, began=self._now, after=None)
            state = self._state.of_table(schema)
        if state.after is not None:
            self._parents.forget(schema.table)
        is_new = not state.after and not self._destination.has_rows(schema, self._login)
        rows = parents_read = 0
        synced_at = self.loader.synced_at

        def to_rows(items: Iterable[Item]) -> Sequence[Row]:
            return store_page(schema, map(ColumnarRows, schema.values(items, self._login, synced_at)))

        for part in rows_of(self._reader, schema, self._parents, to_rows, after=state.after):
            if not is_new:
                self._read_groups_of_deleted(schema, part)
                self.loader.replace(_scope_of(schema, part))
            # No two parts have the same object, since each object has one parent.
            self.loader.write(schema, part.rows, are_new=is_new)
            rows, parents_read = rows + len(part.rows), parents_read + len(part.parents or ())
            if part.parents:
                self._state.set(schema, after=part.parents[-1])
            self._after_part(schema.name, rows, parents_read)
        if not is_new:
            self._remove_orphans(schema)
        swept = self._now if state.began == self._now else ""
        self._state.set(schema, since=state.began, began="", after=None, read=self._now, swept=swept)

    def _read_groups_of_deleted(self, schema: ObjectSchema, part: RowsPart) -> None:
        """Reads the groups in which a part lacks stored objects, as _remove_deleted() does.

        It may commit, so the rows of the part and their scope are given to the loader only afterwards.
        """
        if schema.table.changes != "inside":
            return
        names = [*(column.name for column in schema.key), schema.column_of(schema.table.scope_member).name]
        present = frozenset(keys_of(schema, part.rows))
        stored = self._destination.rows(schema, self._login, names, _scope_of(schema, part).where)
        groups = {group for *key, group in stored if group is not None and tuple(key) not in present}
        others = [known for known in self._schemas if known is not schema and self._state.of_table(known).since]
        self._incremental().read_groups(others, sorted(groups))

    def _remove_orphans(self, schema: ObjectSchema) -> None:
        """Removes the rows whose parents no longer exist, since no part has them."""
        table = schema.table
        if not table.parent:
            return
        living = frozenset(self._parents.ids(table))
        key = [column.name for column in schema.key if column.name != "login"]
        rows = self._destination.rows(schema, self._login, [*key, schema.column_of(table.member).name])
        self.loader.remove(schema, (row[:-1] for row in rows if row[-1] not in living))

    def _known_parents(self, parent: Table) -> IdsWithTypes | None:
        """Returns the ids of parents from the destination, if it has all of them, so that they cost no units."""
        if not getattr(self._destination, "reads_own_rows", True):
            return None
        for schema in self._schemas:
            if schema.table is parent and self._state.of_table(schema).since and not self._state.of_table(schema).began:
                self._commit()
                names = [column.name for column in schema.members if column.path in {("Id",), ("Type",)}]
                rows = self._destination.rows(schema, self._login, names)
                position = {name: index for index, name in enumerate(names)}
                key, type_ = schema.column_of("Id").name, [name for name in names if name.lower() == "type"]
                return [(row[position[key]], row[position[type_[0]]] if type_ else None) for row in rows]
        return None

    def _read_outdated(self) -> None:
        """Reads objects whose rows, all committed, do not fit those of other objects any more, and commits them."""
        complete = {schema.name: schema for schema in self._schemas if self._state.of_table(schema).since}
        if complete.keys() >= {"campaigns", "ads"}:
            states = CampaignStates(self._destination, self._login)
            self._read_ids(complete["ads"], states.ads_of_ended(complete["ads"], complete["campaigns"]))
        for schema, ids in FeedStatuses(self._destination, self._login, complete).outdated():
            if self._schedule().is_cheap(partial(read_cost, schema.table, len(ids))):
                self._read_ids(schema, ids)

    def _read_ids(self, schema: ObjectSchema, ids: Collection[int]) -> None:
        if ids:
            self._incremental().read_ids(schema, sorted(ids))
            self._commit()

    def _note_emptied(self) -> None:
        """Notes the tables whose last objects were deleted: the next run is not to miss their rows."""
        deleted = [schema for schema in self._schemas if self.loader.deleted.get(schema.name)]
        emptied = {schema.name for schema in deleted if not self._destination.has_rows(schema, self._login)}
        if not emptied.isdisjoint(self._state.filled):
            self._state.filled -= emptied
            self._commit()

    # --- commits ----------------------------------------------------------------------------------------------

    def _after_part(self, table: str, rows: int, parents: int = 0) -> None:
        self._on_progress(Progress(self._login, table, rows, parents))
        if self.loader.is_full:
            self._commit()

    def _commit(self) -> None:
        self._state.filled |= self.loader.tables_with_rows
        self.loader.commit(self._state.to_plain())


def _scope_of(schema: ObjectSchema, part: RowsPart) -> Scope:
    """Returns the scope of a part: the rows that it contains completely."""
    if part.parents is None:
        return Scope(schema, {})
    return Scope(schema, {schema.column_of(schema.table.member).name: frozenset(part.parents)})
