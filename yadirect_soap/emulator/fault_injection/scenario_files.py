"""Converts planned faults to plain data and back, for scenario files and the control API.

{"random_seed": 7, "faults": [{"kind": "fault", "code": 1000, "operation": "ads.add", "times": 3}]}
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.contract import nearest

from ..user_files import data_files
from ..user_files.records import build_record, raise_if_any, shown
from . import effects
from .planner import Plan, PlannedFault, Scenario

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
"""The effects by their names in rows."""

_ABOUT_CALLS = frozenset({"operation", "times", "after", "chance"})
_MEMBERS = frozenset({"random_seed", "faults"})


def read_scenario(path: str | Path) -> Scenario:
    """Reads a scenario file.

    Args:
        path: a file in YAML, JSON or TOML.

    Returns:
        The faults of the file.

    Raises:
        ConfigurationError: the file is wrong; it has every mistake with its path.
    """
    data = data_files.read(path)
    try:
        return scenario(data)
    except ConfigurationError as error:
        raise ConfigurationError(composed("{path}: {error}", path=path, error=error)) from None


def scenario(data: Any) -> Scenario:
    """Returns a scenario from plain data; ConfigurationError has every mistake with its path."""
    if not isinstance(data, Mapping):
        raise ConfigurationError(
            _("$: found {shown}, expected an object with random_seed and faults", shown=shown(data))
        )
    errors: list[str] = [
        _("$.{name}: unknown, expected random_seed or faults", name=name) for name in data if name not in _MEMBERS
    ]
    seed, rows = data.get("random_seed", 0), data.get("faults", [])
    if not isinstance(seed, int) or isinstance(seed, bool):
        errors.append(_("$.random_seed: found {value}, expected an integer", value=shown(seed)))
    if not isinstance(rows, list):
        errors.append(_("$.faults: found {value}, expected a list", value=shown(rows)))
        rows = []
    plans = [_plan(row, f"$.faults[{index}]", errors) for index, row in enumerate(rows)]
    raise_if_any(errors)
    return Scenario(seed, tuple(plan for plan in plans if plan is not None))


def row(planned: PlannedFault) -> dict[str, Any]:
    """Returns a planned fault as plain data: its row, with `number`, `met` and `remaining`."""
    kind = next(name for name, cls in KINDS.items() if type(planned.plan.effect) is cls)
    about = {name: getattr(planned.plan, name) for name in ("operation", "times", "after", "chance")}
    effect = {field.name: getattr(planned.plan.effect, field.name) for field in dataclasses.fields(KINDS[kind])}
    return {
        "number": planned.number,
        "kind": kind,
        **effect,
        **about,
        "met": planned.met,
        "remaining": planned.remaining,
    }


def _plan(row: Any, path: str, errors: list[str]) -> Plan | None:
    """Returns the plan of a row; None after adding to `errors`."""
    if not isinstance(row, Mapping):
        errors.append(_("{path}: found {value}, expected an object", path=path, value=shown(row)))
        return None
    effect = KINDS.get(str(row.get("kind")))
    if effect is None:
        hint = nearest(str(row.get("kind")), KINDS)
        errors.append(
            _(
                "{path}.kind: found {value}, expected one of {kinds}{hint}",
                path=path,
                value=shown(row.get("kind")),
                kinds=", ".join(KINDS),
                hint=hint,
            )
        )
        return None
    own = {name: value for name, value in row.items() if name not in _ABOUT_CALLS and name != "kind"}
    about = {name: value for name, value in row.items() if name in _ABOUT_CALLS}
    effect_record = build_record(effect, own, path, errors)
    # Built even if the effect is wrong, so that all mistakes of a row are reported at once.
    plan = build_record(Plan, about, path, errors, effect=effect_record)
    return plan if effect_record is not None else None
