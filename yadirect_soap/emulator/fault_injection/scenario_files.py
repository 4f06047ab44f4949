"""Planned faults as plain data, for scenario files and control over HTTP: rows to plans, with clear errors, and back.

{"random_seed": 7, "faults": [{"kind": "fault", "code": 1000, "operation": "ads.add", "times": 3}]}
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError

from ..user_files import data_files
from ..user_files.records import made, refuse, shown
from . import effects
from .planner import Plan, Planned, Scenario

KINDS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "fault": effects.Fault,
        "status": effects.Status,
        "captcha": effects.Captcha,
        "latency": effects.Latency,
        "slow_body": effects.SlowBody,
        "reset": effects.Reset,
        "lost_answer": effects.LostAnswer,
        "truncated": effects.Truncated,
        "malformed": effects.Malformed,
        "wrong_content_type": effects.WrongContentType,
        "duplicate": effects.Duplicate,
        "clock_jump": effects.ClockJump,
    }
)
"""The effects by the names that they have in rows."""

_ABOUT_CALLS = frozenset({"operation", "times", "after", "chance"})
_MEMBERS = frozenset({"random_seed", "faults"})


def read_scenario(path: str | Path) -> Scenario:
    """Reads a scenario file in YAML, JSON or TOML; ConfigurationError tells every mistake with its place."""
    data = data_files.read(path)
    try:
        return scenario(data)
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error}") from None


def scenario(data: Any) -> Scenario:
    """A scenario of plain data; ConfigurationError tells every mistake with its place."""
    if not isinstance(data, Mapping):
        raise ConfigurationError(f"$: found {shown(data)}, expected an object with random_seed and faults")
    complaints = [f"$.{name}: unknown, expected random_seed or faults" for name in data if name not in _MEMBERS]
    seed, rows = data.get("random_seed", 0), data.get("faults", [])
    if not isinstance(seed, int) or isinstance(seed, bool):
        complaints.append(f"$.random_seed: found {shown(seed)}, expected an integer")
    if not isinstance(rows, list):
        complaints.append(f"$.faults: found {shown(rows)}, expected a list")
        rows = []
    plans = [_plan(row, f"$.faults[{index}]", complaints) for index, row in enumerate(rows)]
    refuse(complaints)
    return Scenario(seed, tuple(plan for plan in plans if plan is not None))


def row(planned: Planned) -> dict[str, Any]:
    """A plan as it stands, as plain data: its row, with `number`, `met` and `left`."""
    kind = next(name for name, cls in KINDS.items() if type(planned.plan.effect) is cls)
    about = {name: getattr(planned.plan, name) for name in ("operation", "times", "after", "chance")}
    effect = {field.name: getattr(planned.plan.effect, field.name) for field in dataclasses.fields(KINDS[kind])}
    return {"number": planned.number, "kind": kind, **effect, **about, "met": planned.met, "left": planned.left}


def _plan(row: Any, place: str, complaints: list[str]) -> Plan | None:
    """The plan of a row, or None after complaints."""
    if not isinstance(row, Mapping):
        complaints.append(f"{place}: found {shown(row)}, expected an object")
        return None
    effect = KINDS.get(str(row.get("kind")))
    if effect is None:
        complaints.append(f"{place}.kind: found {shown(row.get('kind'))}, expected one of {', '.join(KINDS)}")
        return None
    own = {name: value for name, value in row.items() if name not in _ABOUT_CALLS and name != "kind"}
    about = {name: value for name, value in row.items() if name in _ABOUT_CALLS}
    happening = made(effect, own, place, complaints)
    # Made whatever became of the effect: all that is wrong with a row is told at once.
    plan = made(Plan, about, place, complaints, effect=happening)
    return plan if happening is not None else None
