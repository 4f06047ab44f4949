"""The columns of a report: which ones a definition asks for, and what kind of values a column of a name holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import facts
from .facts import FieldKind

_GOAL_COLUMN = re.compile(r"([A-Za-z]+)_(.+)_([A-Z]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the report, the field that it is of, its kind, and its goal and model where it has one."""

    name: str
    field: str
    kind: FieldKind
    goal: str | None = None
    model: str | None = None


def of_definition(definition: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns of a checked definition, in their order; with Goals, a field of goals is one for each and model.

    Obsolete models appear as what they are replaced with.  https://yandex.ru/dev/direct/doc/ru/spec
    """
    known = facts.bundled()
    goals = tuple(definition.get("Goals") or ())
    asked = definition.get("AttributionModels") or (known.default_attribution,)
    models = tuple(dict.fromkeys(known.obsolete_models.get(model, model) for model in asked))
    columns: list[Column] = []
    for name in definition["FieldNames"]:
        if goals and name in known.goal_fields:
            kind = known.fields[name].kind
            columns += (Column(f"{name}_{goal}_{model}", name, kind, goal, model) for goal in goals for model in models)
        else:
            columns.append(of_name(name))
    return tuple(columns)


def of_name(name: str) -> Column:
    """The column of a name, `Clicks` or `Conversions_12345_LC`; one that is not known holds text."""
    known = facts.bundled()
    if name in known.fields:
        return Column(name, name, known.fields[name].kind)
    parts = _GOAL_COLUMN.fullmatch(name)
    if parts and parts[1] in known.goal_fields:
        return Column(name, parts[1], known.fields[parts[1]].kind, parts[2], parts[3])
    return Column(name, name, FieldKind.TEXT)
