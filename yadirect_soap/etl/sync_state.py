"""SyncState: the state from which the next run for a login continues, per table, stored in the destination."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from .destination import State
from .schema import ObjectSchema, TableSchema

if TYPE_CHECKING:
    from yadirect_soap import Direct

VERSION = 1


@dataclass(frozen=True, slots=True)
class TableState:
    """How far a table is.  Moments are the service's: 2026-05-31T10:00:00Z."""

    columns: tuple[str, ...]
    """The columns that were read, after what else makes rows others; where these change, the table is read anew."""
    since: str = ""
    """The moment from which changes are asked for; "" until all of it was read once."""
    began: str = ""
    """When the reading of all of it began that is not at its end; "" if none is going on."""
    after: int | None = None
    """The last parent whose objects were read by it."""
    read: str = ""
    """When all of it was last read."""
    swept: str = ""
    """When deleted objects were last looked for."""


@dataclass(slots=True)
class SyncState:
    """The state of one login."""

    tables: dict[str, TableState] = field(default_factory=dict)
    daily_limit: int | None = None
    """How many units a day the login had in its last run, for a plan."""
    answers: tuple[str, ...] = ()
    """How the API is asked in this run, as answers_of() tells."""

    @classmethod
    def of(cls, state: State, answers: tuple[str, ...] = ()) -> Self:
        """The state that a destination gives; {} is that of a login that was never read.

        Args:
            state: What the destination has.
            answers: How the API is asked in this run.

        Raises:
            ConfigurationError: a newer version of this package wrote it, or something else.
        """
        if state and state.get("version") != VERSION:
            raise ConfigurationError(
                _(
                    "the destination's state has version {found!r}, expected {version}: a newer "
                    "yadirect-soap wrote it; install that one",
                    found=state.get("version"),
                    version=VERSION,
                )
            )
        try:
            tables = {name: _table_state(values) for name, values in (state.get("tables") or {}).items()}
            return cls(tables, state.get("daily_limit"), answers)
        except (AttributeError, KeyError, TypeError) as error:
            raise ConfigurationError(
                _(
                    "the destination's state cannot be read ({kind}: {error}), expected what an earlier run "
                    "wrote; sync into another destination",
                    kind=type(error).__name__,
                    error=error,
                )
            ) from None

    def to_plain(self) -> dict[str, Any]:
        """The state as plain values that JSON can hold; `since` is where all tables are, for those who look."""
        since = min((table.since for table in self.tables.values() if table.since), default=None)
        return {
            "version": VERSION,
            "since": since,
            "daily_limit": self.daily_limit,
            "tables": {name: asdict(state) for name, state in self.tables.items()},
        }

    def of_table(self, schema: ObjectSchema) -> TableState:
        """How far a table is; a new start where its columns, or the answers of the API, are others."""
        known, columns = self.tables.get(schema.name), (*self.answers, *schema.names)
        return TableState(columns) if known is None or known.columns != columns else known

    def read_up_to(self, schema: TableSchema) -> str:
        """The moment up to which all rows of a table are there, with these columns; "" until it was read whole once."""
        known = self.tables.get(schema.name)
        # What else makes its rows others stands before its columns.
        has_columns = known is not None and known.columns[-len(schema.names) :] == tuple(schema.names)
        return known.since if known is not None and has_columns else ""

    def set(self, schema: ObjectSchema, **changed: Any) -> None:
        """Changes what is known of a table."""
        self.tables[schema.name] = replace(self.of_table(schema), **changed)

    def earliest(self, schemas: Iterable[ObjectSchema]) -> str:
        """The moment from which changes of these tables must be asked for."""
        return min(self.of_table(schema).since for schema in schemas)


def answers_of(direct: "Direct") -> tuple[str, ...]:
    """What makes the API answer differently about the same objects.

    The version decides which types of campaigns there are, and some members are texts in the language of the caller.
    """
    return (f"version {direct.settings.version}", f"language {direct.settings.language or 'en'}")


def is_older(moment: str, now: str, **age: float) -> bool:
    """Whether a moment is longer ago than days, hours; "" is."""
    return not moment or datetime.fromisoformat(now) - datetime.fromisoformat(moment) >= timedelta(**age)


def _table_state(values: dict[str, Any]) -> TableState:
    return TableState(**{**values, "columns": tuple(values["columns"])})
