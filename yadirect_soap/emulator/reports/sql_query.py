"""A definition as one statement of SQL over the star schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.reports import columns, facts
from yadirect_soap.protocol.reports.columns import Column

from ..domain.vat import vat_rates
from .goals import Goal, Goals
from .impression_sources import DISPLAY_CAMPAIGNS
from .sql_filters import Condition, condition
from .sql_metrics import Measures
from .star_schema import SEGMENTS

Definition = Mapping[str, Any]

_PURCHASES = "PurchaseGoals"
"""A filter that selects no rows, but the goals of the Purchase metrics."""
_IDS = MappingProxyType({"Criterion": "CriterionId", "Criteria": "CriteriaId"})
"""Texts, and the ids by which rows with equal texts differ."""
_DISPLAY = f"({', '.join(map(repr, sorted(DISPLAY_CAMPAIGNS)))})"
_SCOPES = MappingProxyType(
    {
        "REACH_AND_FREQUENCY_PERFORMANCE_REPORT": f"source.CampaignType IN {_DISPLAY}",
        "SEARCH_QUERY_PERFORMANCE_REPORT": "search.Query IS NOT NULL",
    }
)
"""Conditions that some types of reports have."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its bound values, and the columns of its rows."""

    columns: Sequence[Column]
    select: str
    clauses: str
    values: Sequence[int | str]
    narrowing: Sequence[Condition]
    """Conditions on the sources alone: events of other sources need not be generated."""

    def mentions(self, table: str) -> bool:
        """Whether the statement uses a table of the star schema."""
        return f"{table}." in self.select or f"{table}." in self.clauses


def statement(definition: Definition, goals: Goals, currency: str) -> Statement:
    """Returns the statement of a validated definition, for an account with goals and a currency."""
    measures = _measures(definition, goals, currency)
    requested = columns.of_definition(definition)
    where, having = _conditions(definition, measures)
    groups = _groups(definition, requested)
    clauses = (
        f"WHERE {' AND '.join(part.sql for part in where) or 1}",
        # GROUP BY NULL gives one row, and none if there are no events.
        f"GROUP BY {', '.join(groups or ['NULL'])}",
        f"HAVING {' AND '.join(part.sql for part in having) or 1}",
        f"ORDER BY {', '.join([*_orders(definition, groups, measures), *groups]) or 1}",
        "LIMIT ? OFFSET ?",
    )
    return Statement(
        columns=requested,
        select=f"SELECT {', '.join(_expression(column, goals, measures) for column in requested)}",
        clauses=" ".join(clauses),
        values=[*(value for part in (*where, *having) for value in part.values), *_page(definition)],
        narrowing=[part for part in where if "source." in part.sql and "viewer." not in part.sql],
    )


def _measures(definition: Definition, goals: Goals, currency: str) -> Measures:
    counted = [goals.by_id(int(goal)) for goal in definition.get("Goals") or ()] or goals.all()
    models = definition.get("AttributionModels") or [facts.bundled().default_attribution]
    return Measures(
        vat=vat_rates(currency) if definition["IncludeVAT"] == "YES" else (),
        model=facts.bundled().obsolete_models.get(models[0], models[0]),
        counted=counted,
        bought=_bought(definition, counted, goals),
    )


def _bought(definition: Definition, counted: Sequence[Goal], goals: Goals) -> Sequence[Goal]:
    """Returns the goals that count as purchases: all that are counted, or those of the filter PurchaseGoals."""
    for filter_ in _filters(definition):
        if filter_["Field"] == _PURCHASES:
            named = [int(goal) for goal in filter_["Values"]]
            if filter_["Operator"] in ("EQUALS", "IN"):
                return [goals.by_id(goal) for goal in named]
            return [goal for goal in counted if goal.id not in named]
    return counted


def _conditions(definition: Definition, measures: Measures) -> tuple[list[Condition], list[Condition]]:
    """Returns the conditions on events (WHERE), and those on rows of the report (HAVING)."""
    scope = _SCOPES.get(definition["ReportType"])
    where, having = [Condition(scope)] if scope else [], []
    for filter_ in _filters(definition):
        field = filter_["Field"]
        if field in SEGMENTS:
            where.append(condition(filter_, SEGMENTS[field]))
        elif field != _PURCHASES:
            having.append(condition(filter_, measures.sql(field)))
    return where, having


def _filters(definition: Definition) -> Sequence[Mapping[str, Any]]:
    return definition["SelectionCriteria"].get("Filter") or ()


def _groups(definition: Definition, requested: Sequence[Column]) -> list[str]:
    """Returns columns by which rows differ: requested ones except metrics, those of the type, ids of texts."""
    names = [*facts.bundled().report_types[definition["ReportType"]].groups, *(column.field for column in requested)]
    names += [_IDS[name] for name in names if name in _IDS]
    return list(dict.fromkeys(SEGMENTS[name] for name in names if name in SEGMENTS))


def _expression(column: Column, goals: Goals, measures: Measures) -> str:
    if column.goal is not None and column.model is not None:
        return measures.of_goal(column.field, goals.by_id(int(column.goal)), column.model)
    return SEGMENTS.get(column.field) or measures.sql(column.field)


def _orders(definition: Definition, groups: Sequence[str], measures: Measures) -> list[str]:
    orders = []
    for item in definition.get("OrderBy") or ():
        field = item["Field"]
        expression = SEGMENTS.get(field) or measures.sql(field)
        if field in SEGMENTS and expression not in groups:
            # Rows are not grouped by it: the least value of a row's events counts.
            expression = f"min({expression})"
        orders.append(f"{expression} {'DESC' if item.get('SortOrder') == 'DESCENDING' else 'ASC'}")
    return orders


def _page(definition: Definition) -> tuple[int, int]:
    max_rows = facts.bundled().limits.rows
    page = definition.get("Page") or {}
    return min(page.get("Limit", max_rows), max_rows), page.get("Offset", 0)
