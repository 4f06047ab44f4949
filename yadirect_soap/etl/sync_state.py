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
    """The state of a table.  Times are from the API's clock: 2026-05-31T10:00:00Z."""

    columns: tuple[str, ...]
    """All on which the rows depend: version, language, then the columns; if it changes, the table is read again."""
    since: str = ""
    """The time since which changes are needed; "" until the table was read completely once."""
    began: str = ""
    """When an unfinished complete read began; "" if there is none."""
    after: int | None = None
    """The last parent whose objects the unfinished read has read."""
    read: str = ""
    """When the last complete read began."""
    swept: str = ""
    """When deletions were last checked."""


@dataclass(slots=True)
class SyncState:
    """The state of one login."""

    tables: dict[str, TableState] = field(default_factory=dict)
    daily_limit: int | None = None
    """The daily limit of the login in its last run, for a plan."""
    answers: tuple[str, ...] = ()
    """The settings of this run on which responses depend: see answers_of()."""
    filled: set[str] = field(default_factory=set)
    """Names of tables into which rows were written."""

    @classmethod
    def of(cls, state: State, answers: tuple[str, ...] = ()) -> Self:
        """Reads the state of a destination; {} is the state of a login that was never read.

        Args:
            state: The stored state.
            answers: The settings of this run on which responses depend.

        Raises:
            ConfigurationError: A newer version of this package wrote it, or it cannot be read.
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
            # Earlier versions did not store which tables got rows: any of them may have.
            filled = set(state.get("filled", tables))
            return cls(tables, state.get("daily_limit"), answers, filled)
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
        """Returns the state as JSON values; `since` is the earliest one of all tables, for human readers."""
        since = min((table.since for table in self.tables.values() if table.since), default=None)
        return {
            "version": VERSION,
            "since": since,
            "daily_limit": self.daily_limit,
            "tables": {name: asdict(state) for name, state in self.tables.items()},
            "filled": sorted(self.filled),
        }

    def of_table(self, schema: ObjectSchema) -> TableState:
        """Returns the state of a table; a new one if its columns or the settings of responses changed."""
        known, columns = self.tables.get(schema.name), (*self.answers, *schema.names)
        return TableState(columns) if known is None or known.columns != columns else known

    def read_up_to(self, schema: TableSchema) -> str:
        """Returns the time up to which a table is complete with these columns; "" if it never was."""
        known = self.tables.get(schema.name)
        # Version and language are before the columns.
        has_columns = known is not None and known.columns[-len(schema.names) :] == tuple(schema.names)
        return known.since if known is not None and has_columns else ""

    def set(self, schema: ObjectSchema, **changed: Any) -> None:
        """Changes the state of a table."""
        self.tables[schema.name] = replace(self.of_table(schema), **changed)

    def forget(self, names: Iterable[str]) -> None:
        """Makes tables such as were never read."""
        for name in names:
            self.tables.pop(name, None)
            self.filled.discard(name)

    def earliest(self, schemas: Iterable[ObjectSchema]) -> str:
        """Returns the earliest time since which changes of these tables are needed."""
        return min(self.of_table(schema).since for schema in schemas)


def answers_of(direct: "Direct") -> tuple[str, ...]:
    """Returns the settings on which responses about the same objects depend, as texts.

    The version decides the types of campaigns, and some members are texts in the language of the caller.
    """
    return (f"version {direct.settings.version}", f"language {direct.settings.language or 'en'}")


def is_older(moment: str, now: str, **age: float) -> bool:
    """Whether a time is longer ago than some days or hours; True for ""."""
    return not moment or datetime.fromisoformat(now) - datetime.fromisoformat(moment) >= timedelta(**age)


def _table_state(values: dict[str, Any]) -> TableState:
    return TableState(**{**values, "columns": tuple(values["columns"])})
