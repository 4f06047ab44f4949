"""A definition as one statement of SQL over a star of statistics; nothing is read or counted here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.reports import columns, facts
from yadirect_soap.protocol.reports.columns import Column

from .goals import Goal, Goals
from .impression_sources import DISPLAY
from .sql_filters import Condition, condition
from .sql_metrics import Measures
from .star_schema import SEGMENTS

Definition = Mapping[str, Any]

VAT = MappingProxyType({"RUB": 22, "BYN": 20, "KZT": 16})
"""Percent of VAT for accounts in a currency, assumed: by the rates of 2026, for all days; other accounts pay none."""

_PURCHASES = "PurchaseGoals"
"""A filter that picks no rows, but what the Purchase metrics count."""
_IDS = MappingProxyType({"Criterion": "CriterionId", "Criteria": "CriteriaId"})
"""Texts that rows are not told apart by alone."""
_SCOPES = MappingProxyType(
    {
        "REACH_AND_FREQUENCY_PERFORMANCE_REPORT": f"shown.CampaignType IN ({', '.join(map(repr, sorted(DISPLAY)))})",
        "SEARCH_QUERY_PERFORMANCE_REPORT": "search.Query IS NOT NULL",
    }
)
"""What some types of reports are about."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the values for its marks, and the columns that its rows have."""

    columns: Sequence[Column]
    select: str
    clauses: str
    values: Sequence[int | str]
    narrowing: Sequence[Condition]
    """Conditions that bear on what was shown alone, and so spare the drawing of all else."""

    def mentions(self, table: str) -> bool:
        """Whether a table of the star stands in the statement."""
        return f"{table}." in self.select or f"{table}." in self.clauses


def statement(definition: Definition, goals: Goals, currency: str) -> Statement:
    """The statement of a checked definition, for an account with goals and a currency."""
    measures = _measures(definition, goals, currency)
    asked = columns.of_definition(definition)
    where, having = _conditions(definition, measures)
    groups = _groups(definition, asked)
    clauses = (
        f"WHERE {' AND '.join(each.sql for each in where) or 1}",
        # Grouped by nothing, all is one row; and where there is nothing, there is none.
        f"GROUP BY {', '.join(groups or ['NULL'])}",
        f"HAVING {' AND '.join(each.sql for each in having) or 1}",
        f"ORDER BY {', '.join([*_orders(definition, groups, measures), *groups]) or 1}",
        "LIMIT ? OFFSET ?",
    )
    return Statement(
        columns=asked,
        select=f"SELECT {', '.join(_expression(column, goals, measures) for column in asked)}",
        clauses=" ".join(clauses),
        values=[*(value for each in (*where, *having) for value in each.values), *_page(definition)],
        narrowing=[each for each in where if "shown." in each.sql and "viewer." not in each.sql],
    )


def _measures(definition: Definition, goals: Goals, currency: str) -> Measures:
    counted = [goals.one(int(goal)) for goal in definition.get("Goals") or ()] or goals.all()
    models = definition.get("AttributionModels") or [facts.bundled().default_attribution]
    return Measures(
        vat=VAT.get(currency, 0) if definition["IncludeVAT"] == "YES" else 0,
        model=facts.bundled().obsolete_models.get(models[0], models[0]),
        counted=counted,
        bought=_bought(definition, counted, goals),
    )


def _bought(definition: Definition, counted: Sequence[Goal], goals: Goals) -> Sequence[Goal]:
    """The goals that count as purchases: all that are counted, unless the filter of PurchaseGoals tells others."""
    for given in _filters(definition):
        if given["Field"] == _PURCHASES:
            named = [int(goal) for goal in given["Values"]]
            if given["Operator"] in ("EQUALS", "IN"):
                return [goals.one(goal) for goal in named]
            return [goal for goal in counted if goal.id not in named]
    return counted


def _conditions(definition: Definition, measures: Measures) -> tuple[list[Condition], list[Condition]]:
    """What picks the atoms that are counted, and what picks rows by what has been counted."""
    scope = _SCOPES.get(definition["ReportType"])
    where, having = [Condition(scope)] if scope else [], []
    for given in _filters(definition):
        field = given["Field"]
        if field in SEGMENTS:
            where.append(condition(given, SEGMENTS[field]))
        elif field != _PURCHASES:
            having.append(condition(given, measures.sql(field)))
    return where, having


def _filters(definition: Definition) -> Sequence[Mapping[str, Any]]:
    return definition["SelectionCriteria"].get("Filter") or ()


def _groups(definition: Definition, asked: Sequence[Column]) -> list[str]:
    """What tells rows apart: all that was asked for but metrics, what the type of report adds, ids behind texts."""
    names = [*facts.bundled().report_types[definition["ReportType"]].groups, *(column.field for column in asked)]
    names += [_IDS[name] for name in names if name in _IDS]
    return list(dict.fromkeys(SEGMENTS[name] for name in names if name in SEGMENTS))


def _expression(column: Column, goals: Goals, measures: Measures) -> str:
    if column.goal is not None and column.model is not None:
        return measures.of_goal(column.field, goals.one(int(column.goal)), column.model)
    return SEGMENTS.get(column.field) or measures.sql(column.field)


def _orders(definition: Definition, groups: Sequence[str], measures: Measures) -> list[str]:
    orders = []
    for order in definition.get("OrderBy") or ():
        field = order["Field"]
        expression = SEGMENTS.get(field) or measures.sql(field)
        if field in SEGMENTS and expression not in groups:
            # Rows are not told apart by it: the least of what a row is made of stands for all.
            expression = f"min({expression})"
        orders.append(f"{expression} {'DESC' if order.get('SortOrder') == 'DESCENDING' else 'ASC'}")
    return orders


def _page(definition: Definition) -> tuple[int, int]:
    most = facts.bundled().limits.rows
    page = definition.get("Page") or {}
    return min(page.get("Limit", most), most), page.get("Offset", 0)
