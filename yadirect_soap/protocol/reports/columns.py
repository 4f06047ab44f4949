"""The columns of a report: those that a definition asks for, and the kind of values in a column."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yadirect_soap.language import _, composed, joined

from ..scalars import DecodeFailure
from . import facts
from .facts import FieldKind

_SHOWN = 1000
"""The number of characters of a list of names that an error shows."""
_GOAL_COLUMN = re.compile(r"([A-Za-z]+)_(.+)_([A-Z]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its field, its kind, and its goal and attribution model if it has them."""

    name: str
    field: str
    kind: FieldKind
    goal: str | None = None
    model: str | None = None


def of_definition(definition: Mapping[str, Any]) -> tuple[Column, ...]:
    """Returns the columns of a checked definition, in order; a field of goals has one for each goal and model.

    Obsolete models are replaced by their successors.  https://yandex.ru/dev/direct/doc/ru/spec
    """
    rules = facts.bundled()
    goals = tuple(definition.get("Goals") or ())
    requested = definition.get("AttributionModels") or (rules.default_attribution,)
    models = tuple(dict.fromkeys(rules.obsolete_models.get(model, model) for model in requested))
    columns: list[Column] = []
    for name in definition["FieldNames"]:
        if goals and name in rules.goal_fields:
            kind = rules.fields[name].kind
            columns += (Column(f"{name}_{goal}_{model}", name, kind, goal, model) for goal in goals for model in models)
        else:
            columns.append(of_name(name))
    return tuple(columns)


def of_name(name: str) -> Column:
    """Returns the column of that name, `Clicks` or `Conversions_12345_LC`; an unknown column has texts."""
    rules = facts.bundled()
    if name in rules.fields:
        return Column(name, name, rules.fields[name].kind)
    parts = _GOAL_COLUMN.fullmatch(name)
    if parts and parts[1] in rules.goal_fields:
        return Column(name, parts[1], rules.fields[parts[1]].kind, parts[2], parts[3])
    return Column(name, name, FieldKind.TEXT)


def positions(names: Sequence[str], definition: Mapping[str, Any]) -> tuple[int, ...]:
    """Returns the positions of the requested columns among a report's columns, in the order of the definition.

    If the definition names no model, the service may name the columns of goals after another model than the default.

    Raises:
        DecodeFailure: a column is missing, appears twice, or was not requested.
    """
    requested = of_definition(definition)
    any_model = bool(definition.get("Goals")) and not definition.get("AttributionModels")
    received = [of_name(name) for name in names]
    by_key = {_key(column, any_model=any_model): index for index, column in enumerate(received)}
    keys = [_key(column, any_model=any_model) for column in requested]
    models = {column.model for column in received if column.model}
    if len(names) != len(keys) or by_key.keys() != set(keys) or (any_model and len(models) > 1):
        expected = [column.name for column in requested]
        raise DecodeFailure(
            _("the columns {listed} ({difference})", listed=_listed(names), difference=_difference(names, expected)),
            _listed(expected),
        )
    return tuple(by_key[key] for key in keys)


def _key(column: Column, *, any_model: bool) -> tuple[str, ...]:
    if column.goal is None or column.model is None:
        return (column.name,)
    model = facts.bundled().obsolete_models.get(column.model, column.model)
    return (column.field, column.goal) if any_model else (column.field, column.goal, model)


def _difference(names: Sequence[str], expected: Sequence[str]) -> str:
    differences = {
        _("missing"): [name for name in expected if name not in names],
        _("not asked for"): [name for name in names if name not in expected],
        _("more than once"): [name for name, times in Counter(names).items() if times > 1],
    }
    parts = [
        composed("{heading}: {names}", heading=heading, names=_listed(of_kind))
        for heading, of_kind in differences.items()
        if of_kind
    ]
    return joined("; ", parts)


def _listed(names: Sequence[str]) -> str:
    text = ", ".join(names)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
