"""RowsCheck: a step of a resource of dlt after those of its user, which checks what they leave of the rows."""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from dlt.extract.hints import HintsMeta
from dlt.extract.items import TableNameMeta
from dlt.extract.items_transform import ItemTransform, LimitItem

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..columns import LOGIN
from ..destinations.dlt_arrow import TOMBSTONE
from ..schema import TableSchema

if TYPE_CHECKING:
    from .dlt_queues import QueueDestination


class RowsCheck(ItemTransform[Any, Any]):
    """Checks the rows that leave the steps of a user, and that a limit does not drop rows that the source has given.

    Args:
        schema: The table.
        current: Returns the destination of the current extraction.
    """

    placement_affinity = 1.05  # After all steps of a user, before that of add_limit().

    def __init__(self, schema: TableSchema, current: Callable[[], "QueueDestination"]) -> None:
        super().__init__(lambda item: item)
        self._schema = schema
        self._current = current
        self._resource = schema.name
        self._limit: LimitItem | None = None

    def bind(self, pipe: Any) -> "RowsCheck":
        """Returns the step of an extraction, of whose pipe dlt has made a copy."""
        bound = copy(self)
        bound._resource = pipe.name
        bound._limit = next((step for step in pipe.steps if isinstance(step, LimitItem)), None)
        return bound

    def __call__(self, item: Any, meta: Any = None) -> Any:
        """Returns the rows; ConfigurationError if later runs could not compare with them."""
        self._check_table(meta)
        for rows in item if isinstance(item, list) else [item]:
            self._check_columns(rows)
        if self._limit is not None and (self._limit.exhausted or self._limit.max_items == 0):
            # The source may have ended already, if a step yields its rows in parts or in a thread.
            self._current().reset(self._schema.name)
        return item

    def _check_table(self, meta: Any) -> None:
        if isinstance(meta, TableNameMeta):
            table = meta.table_name
        elif isinstance(meta, HintsMeta) and meta.create_table_variant:
            table = str(meta.hints.get("table_name"))
        else:
            return
        if table != self._current().table_name(self._schema.name):
            raise ConfigurationError(
                _(
                    "resource {name}: found the table {table} in the hints of its rows, expected it in "
                    "apply_hints(table_name=...), by which later runs find the rows that are gone",
                    name=self._resource,
                    table=table,
                )
            )

    def _check_columns(self, rows: Any) -> None:
        names = _columns_of(rows)
        expected = [*(column.name for column in self._schema.key), TOMBSTONE]
        if names is None:
            return
        if not set(expected) <= set(names):
            present = self._current().normalized(names)
            missing = [name for name in expected if not self._current().normalized([name]) <= present]
            if missing:
                raise ConfigurationError(
                    _(
                        "resource {name}: found rows without {missing}, expected the columns {expected}, by which "
                        "later runs find what changed and what is gone; let each step keep them",
                        name=self._resource,
                        missing=", ".join(missing),
                        expected=", ".join(expected),
                    )
                )
        if LOGIN.name in names and not _values_of(rows[LOGIN.name]) <= self._current().logins:
            raise ConfigurationError(
                _(
                    "resource {name}: found another value of the column {column}, expected the login, by which later "
                    "runs find the rows; give it another name in a column of its own",
                    name=self._resource,
                    column=LOGIN.name,
                )
            )


def _columns_of(rows: Any) -> Collection[str] | None:
    """Returns the names of the columns of a row, of a table of Arrow or of a data frame; None of anything else."""
    if isinstance(rows, Mapping):
        return rows.keys()
    schema = getattr(rows, "schema", None)
    names = getattr(schema, "names", None) or getattr(rows, "columns", None)
    return None if names is None or callable(names) else list(names)


def _values_of(column: Any) -> set[str]:
    """Returns the different texts of a value, or of a column of Arrow or of a data frame."""
    return {str(value) for value in ([column] if isinstance(column, str) else column.unique())}
