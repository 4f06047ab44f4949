"""Reads and checks a file of statistics: report definitions, each with the first day of its table.

    [ads_by_day]
    since = 2026-01-01
    FieldNames = ["Date", "CampaignId", "AdId", "Impressions", "Clicks", "Cost"]
    ReportType = "AD_PERFORMANCE_REPORT"

`since` is the first day, `lookback` the number of days to read again in every run; the other members are the API's.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, joined, reason_of
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.check import check

from .report_tables import ReportTable
from .tables import bundled as bundled_tables

LOOKBACK_OF_GOALS = 30
"""The default of `lookback` for conversions and revenue, which arrive late."""

_DATE = "Date"
_OWN_MEMBERS = frozenset({"since", "lookback"})
_MEMBERS = frozenset(
    {"FieldNames", "ReportType", "Goals", "AttributionModels", "IncludeVAT", "IncludeDiscount", "Filter"}
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_GOAL = re.compile(r"[1-9][0-9]{0,18}")


def read_report_tables(path: str | os.PathLike[str]) -> tuple[ReportTable, ...]:
    """Reads the definitions of tables of statistics from a TOML file.

    Args:
        path: The file.

    Returns:
        A record for each table, in the order of the file.

    Raises:
        ConfigurationError: The file cannot be read, or has mistakes; the error lists all of them.
    """
    import tomllib

    try:
        # Editors on Windows write a byte order mark.
        rows = tomllib.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(_("{path} cannot be read: {reason}", path=path, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(_("{path} is not in UTF-8: {error}", path=path, error=error)) from error
    except ValueError as error:
        raise ConfigurationError(_("{path} is no TOML: {error}", path=path, error=error)) from error
    return report_tables(rows, source=str(path))


def report_tables_of(statistics: "Sequence[ReportTable] | str | os.PathLike[str]") -> Sequence[ReportTable]:
    """Returns the given tables, or reads them from a TOML file as read_report_tables() does."""
    if isinstance(statistics, str | os.PathLike):
        return read_report_tables(statistics)
    anything: Any = statistics
    given = list(anything) if isinstance(anything, Iterable) else [anything]
    for table in given:
        if not isinstance(table, ReportTable):
            raise ConfigurationError(
                _(
                    "statistics: found {found:.60}, expected a file or the tables of read_report_tables()",
                    found=one_line(repr(table), 60),
                )
            )
    names = [table.name for table in given]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigurationError(_("statistics: found {names} twice, expected each table once", names=", ".join(twice)))
    return given


def report_tables(rows: Mapping[str, Any], *, source: str = "statistics") -> tuple[ReportTable, ...]:
    """Creates tables of statistics from the data of a TOML file.

    Args:
        rows: The definitions, by the names of their tables.
        source: The name of their source in errors.

    Raises:
        ConfigurationError: There are mistakes; the error lists all of them.
    """
    mistakes = [mistake for name, row in rows.items() for mistake in _mistakes(name, row)]
    if not rows:
        mistakes = [_("found no table, expected one such as [ads_by_day]")]
    if mistakes:
        head = _("{source}: {count} wrong", source=source, count=len(mistakes))
        raise ConfigurationError(joined("\n  ", [head, *mistakes]))
    return tuple(_table(name, row) for name, row in rows.items())


def _table(name: str, row: Mapping[str, Any]) -> ReportTable:
    definition = _definition(row)
    goal_fields = facts.bundled().goal_fields.intersection(definition["FieldNames"])
    return ReportTable(
        name=name,
        since=_day(row["since"]),
        lookback=row.get("lookback", LOOKBACK_OF_GOALS if goal_fields else 0),
        definition=definition,
    )


def _definition(row: Mapping[str, Any]) -> dict[str, Any]:
    members = {name: value for name, value in row.items() if name not in _OWN_MEMBERS}
    if isinstance(goals := members.get("Goals"), list):
        members["Goals"] = [str(goal) for goal in goals]
    return {"ReportType": "CUSTOM_REPORT", "Format": "TSV", "IncludeVAT": "NO", **members}


def _mistakes(name: str, row: Any) -> Iterator[str]:
    if not _NAME.fullmatch(name) or name in bundled_tables():
        yield _(
            "[{name}]: found this name, expected Latin letters in lower case, digits and _, and no table of objects",
            name=name,
        )
    if not isinstance(row, Mapping):
        yield _("{name}: found {found}, expected a table such as [{name}]", name=name, found=_shown(row))
        return
    known = ", ".join(sorted(_MEMBERS))
    yield from (
        _(
            "{name}.{member}: unknown, expected since, lookback or {known}{near}",
            name=name,
            member=member,
            near=nearest(member, _MEMBERS | _OWN_MEMBERS),
            known=known,
        )
        for member in row
        if member not in _MEMBERS | _OWN_MEMBERS
    )
    if "since" not in row or _day(row["since"]) is None:
        found = _shown(row["since"]) if "since" in row else _("nothing")
        yield _("{name}.since: found {found}, expected a day such as 2026-01-31", name=name, found=found)
    lookback = row.get("lookback", 0)
    if not isinstance(lookback, int) or isinstance(lookback, bool) or lookback < 0:
        yield _("{name}.lookback: found {found}, expected a number of days", name=name, found=_shown(lookback))
    if isinstance(goals := row.get("Goals"), list):
        yield from (
            _(
                "{name}.Goals[{index}]: found {found}, expected the id of a goal",
                name=name,
                index=index,
                found=_shown(goal),
            )
            for index, goal in enumerate(goals)
            if not _GOAL.fullmatch(str(goal))
        )
    yield from _mistakes_of_definition(name, _definition({key: row[key] for key in row if key in _MEMBERS}))


def _mistakes_of_definition(name: str, definition: Mapping[str, Any]) -> Iterator[str]:
    """Yields the mistakes that the API would refuse, and those that would lose rows.

    The key of a row needs the date, the fields by which the report groups, and the id that belongs to a name.
    """
    members = {key: value for key, value in definition.items() if key != "Filter"}
    criteria = {"DateFrom": "2026-01-01", "DateTo": "2026-01-31"}
    if "Filter" in definition:
        criteria["Filter"] = definition["Filter"]
    violations = check({**members, "ReportName": name, "DateRangeType": "CUSTOM_DATE", "SelectionCriteria": criteria})
    for violation in violations:
        # What stands in the file: the table in place of the params, Filter beside FieldNames.
        path = violation.path.replace("$.SelectionCriteria.Filter", "$.Filter").replace("$", name, 1)
        yield violation._replace(path=path).in_words()
    if violations:
        return
    fields, report = definition["FieldNames"], facts.bundled().report_types[definition["ReportType"]]
    if _DATE not in fields:
        yield _("{name}.FieldNames: found no Date, by which days are replaced", name=name)
    if missing := [field for field in report.groups if field not in fields]:
        yield _(
            "{name}.FieldNames: found no {fields}, by which rows of {report} are told apart",
            name=name,
            fields=", ".join(missing),
            report=report.name,
        )
    for text, key in facts.bundled().ids_of_names.items():
        if text in fields and key not in fields:
            yield _(
                "{name}.FieldNames: found {text} without {key}, by which rows with the same {text} are told apart",
                name=name,
                text=text,
                key=key,
            )


def _shown(value: Any) -> Any:
    """Returns a value for a message, as in a file of TOML, shortened."""
    if isinstance(value, list | Mapping):
        return _("a list") if isinstance(value, list) else _("a table")
    return value.isoformat() if isinstance(value, date) else one_line(repr(value), 40)


def _day(value: Any) -> Any:
    """Returns the day of a date or a text; None for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
