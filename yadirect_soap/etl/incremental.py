"""Incremental: reads the objects that Changes reports, and those that other changes or deletions affect."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from .campaign_states import CampaignStates, has_state
from .changes import ChangedCampaigns, ChangedObjects, Changes
from .destination import Destination, Scope
from .load import Loader
from .parents import Parents
from .reader import Item, Reader
from .references import References
from .schema import ObjectSchema
from .tables import table as table_of

_GROUPS, _ADS = "adgroups", "ads"
_SERVING = "ServingStatus"
_NO_STATES: Mapping[int, str] = MappingProxyType({})
"""The States of campaigns if they are not known."""


class Incremental:
    """Reads the changed rows of one login into a loader.

    Args:
        reader: The reader of objects.
        changes: The client of the Changes service.
        loader: The loader for changed and deleted rows.
        states: Finds objects that a State of their campaign affects.
        parents: The ids of parents, for the pages of leads.
        references: Collects the ids that changed rows name.
        on_part: A function that is called after each part, with the table and the number of its rows so far.
    """

    def __init__(
        self,
        reader: Reader,
        changes: Changes,
        loader: Loader,
        states: CampaignStates,
        *,
        parents: Parents,
        references: References,
        on_part: Callable[[str, int], None],
    ) -> None:
        self._reader = reader
        self._changes = changes
        self._loader = loader
        self._states = states
        self._parents = parents
        self._references = references
        self._on_part = on_part
        self._rows: dict[str, int] = {}

    def read(self, schemas: Sequence[ObjectSchema], changed: ChangedCampaigns) -> None:
        """Reads the changes of tables since the time of `changed`, which may be before that of their states."""
        since = changed.since
        by_name = {schema.name: schema for schema in schemas}
        objects = self._changed_objects(schemas, changed, since)
        switched, states = self._campaigns(by_name.get("campaigns"), changed)
        types = self._groups(by_name, objects.adgroups)
        for schema in schemas:
            if schema.name in {"campaigns", _GROUPS}:
                continue
            if schema.table.changes == "ads":
                affected = self._states.ads_to_read(schema, states)
                if states is _NO_STATES:
                    affected = self._states.inside(schema, "Id", switched)
                self.read_ids(schema, sorted(affected.union(objects.ads)))
            elif schema.table.changes == "inside":
                groups = self._states.inside(schema, schema.table.scope_member, switched)
                self._inside(schema, changed.itself, dict.fromkeys(groups) | types)
            elif schema.table.changes == "since":
                self._write(schema, self._reader.read_all(schema, {"ModifiedSince": since}))
            elif schema.table.changes == "window":
                pages = self._parents.ids(schema.table)
                for part in self._reader.parts(schema, schema.table.by, pages, {"DateTimeFrom": since}):
                    self._write(schema, part.items)

    def read_groups(self, schemas: Sequence[ObjectSchema], ids: Sequence[int]) -> None:
        """Reads groups from which objects were deleted, and the objects in them that have the group's ServingStatus.

        It depends on what a group still has, and Changes does not report it.
        """
        affected = [schema for schema in schemas if any(column.path == (_SERVING,) for column in schema.members)]
        if not affected or not ids:
            return
        types = self._groups({schema.name: schema for schema in schemas}, ids)
        for schema in affected:
            if schema.table.changes == "inside":
                self._inside(schema, (), types)

    def read_ids(self, schema: ObjectSchema, ids: Sequence[int]) -> list[Item]:
        """Reads objects by their ids; those that the API does not return are deleted."""
        read: list[Item] = []
        for part in self._reader.parts(schema, "Ids", ids):
            self._write(schema, part.items)
            read += part.items
        present = {item["Id"] for item in read}
        self._loader.remove(schema, ((key,) for key in ids if key not in present))
        return read

    def read_named(self, destination: Destination, login: str) -> None:
        """Reads the objects that changed rows name and that are not in the destination."""
        for schema, ids in self._references.missing(destination, login):
            for part in self._reader.parts(schema, schema.table.ids_criterion, ids):
                self._write(schema, part.items)

    def _campaigns(
        self, schema: ObjectSchema | None, changed: ChangedCampaigns
    ) -> tuple[Sequence[int], Mapping[int, str]]:
        """Reads changed campaigns; returns those with a new State, and the States by which ads are checked."""
        if schema is None:
            return changed.itself, _NO_STATES
        ids = sorted({*changed.itself, *self._states.ended(schema, changed.timestamp)})
        before = self._states.of(schema, ids)
        current = {item["Id"]: str(item.get("State")) for item in self.read_ids(schema, ids)}
        if not has_state(schema):
            return changed.itself, _NO_STATES
        return [key for key, state in current.items() if before.get(key) != state], current

    def _changed_objects(
        self, schemas: Sequence[ObjectSchema], changed: ChangedCampaigns, since: str
    ) -> ChangedObjects:
        """Returns changed groups and ads, also of campaigns with only SELF, as Changes may report a new campaign."""
        campaigns = sorted({*changed.itself, *changed.inside})
        if not campaigns or not {"adgroups", "ads", "inside"} & {schema.table.changes for schema in schemas}:
            return ChangedObjects([], [])
        return self._changes.objects(campaigns, since)

    def _groups(self, by_name: Mapping[str, ObjectSchema], ids: Sequence[int]) -> dict[int, str | None]:
        """Reads changed groups if a table needs them; returns the Type of each, "" for a deleted group."""
        schema = by_name.get(_GROUPS)
        inside = [listed for listed in by_name.values() if listed.table.changes == "inside"]
        if schema is not None:
            read = self.read_ids(schema, ids)
        elif any(listed.table.types for listed in inside):
            plain = ObjectSchema(table_of(_GROUPS), ["Id", "Type"])
            read = [item for part in self._reader.parts(plain, "Ids", ids) for item in part.items]
        else:
            return dict.fromkeys(ids)
        types = {item["Id"]: item.get("Type") for item in read}
        deleted = [key for key in ids if key not in types]
        if deleted and _ADS in by_name:
            self._loader.replace(_scope(by_name[_ADS], "AdGroupId", deleted))
        return types | dict.fromkeys(deleted, "")

    def _inside(self, schema: ObjectSchema, campaigns: Sequence[int], types: Mapping[int, str | None]) -> None:
        """Reads all objects of changed groups, and of changed campaigns if they can belong to a campaign."""
        if schema.table.in_campaigns:
            levels: dict[str, Any] = {"Levels": ["CAMPAIGN"]}
            for part in self._reader.parts(schema, "CampaignIds", campaigns, levels):
                self._write(schema, part.items, _scope(schema, "CampaignId", part.parents or (), Level="CAMPAIGN"))
        groups = [key for key, type_ in types.items() if type_ != "" and schema.table.can_belong_to(type_)]
        levels = {"Levels": ["AD_GROUP"]} if schema.table.in_campaigns else {}
        for part in self._reader.parts(schema, schema.table.scope_member + "s", groups, levels):
            self._write(schema, part.items, _scope(schema, schema.table.scope_member, part.parents or ()))
        if deleted := [key for key, type_ in types.items() if type_ == ""]:
            self._loader.replace(_scope(schema, schema.table.scope_member, deleted))

    def _write(self, schema: ObjectSchema, items: Sequence[Item], scope: Scope | None = None) -> None:
        """Gives rows to the loader, together with their scope, so that both are committed together."""
        self._loader.write_items(schema, items)
        self._references.collect(schema.table, items)
        if scope is not None:
            self._loader.replace(scope)
        self._rows[schema.name] = self._rows.get(schema.name, 0) + len(items)
        self._on_part(schema.name, self._rows[schema.name])


def _scope(schema: ObjectSchema, member: str, ids: Iterable[int], **others: str) -> Scope:
    where = {schema.column_of(member).name: frozenset(ids)}
    return Scope(schema, where | {schema.column_of(name).name: frozenset({text}) for name, text in others.items()})
