"""Trouble as plain data, for scenario files and the control endpoint: rows to plans, with clear complaints, and back.

{"random_seed": 7, "trouble": [{"kind": "fault", "code": 1000, "operation": "ads.add", "times": 3}]}
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.contract import nearest

from .. import files
from . import effects
from .planner import Plan, Planned

KINDS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "fault": effects.Fault,
        "status": effects.Status,
        "captcha": effects.Captcha,
        "latency": effects.Latency,
        "drip": effects.Drip,
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
_EXPECTED: Mapping[Any, str] = MappingProxyType(
    {int: "an integer", float: "a number", str: "a text", int | None: "an integer or null"}
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a scenario file says: the seed of chance, and the trouble to plan."""

    random_seed: int = 0
    plans: tuple[Plan, ...] = ()


def read_scenario(path: str | Path) -> Scenario:
    """Reads a scenario file in YAML, JSON or TOML; ConfigurationError tells every mistake with its place."""
    try:
        return scenario(files.read(path))
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error}" if not str(error).startswith(str(path)) else str(error)) from None


def scenario(data: Any) -> Scenario:
    """A scenario of plain data; ConfigurationError tells every mistake with its place."""
    if not isinstance(data, Mapping):
        raise ConfigurationError(f"$: found {_found(data)}, expected an object with random_seed and trouble")
    complaints = [f"$.{name}: unknown, expected random_seed or trouble" for name in data.keys() - _MEMBERS]
    seed, rows = data.get("random_seed", 0), data.get("trouble", [])
    if not _is(seed, int):
        complaints.append(f"$.random_seed: found {_found(seed)}, expected an integer")
    if not isinstance(rows, list):
        complaints.append(f"$.trouble: found {_found(rows)}, expected a list")
        rows = []
    plans = [plan(row, f"$.trouble[{index}]", complaints) for index, row in enumerate(rows)]
    if complaints:
        raise ConfigurationError("\n  ".join(sorted(complaints)))
    return Scenario(seed, tuple(each for each in plans if each is not None))


def plan(row: Any, place: str, complaints: list[str]) -> Plan | None:
    """The plan of a row; adds what is wrong with it to `complaints`, and gives None then."""
    kind = str(row.get("kind")) if isinstance(row, Mapping) else ""
    if not isinstance(row, Mapping) or kind not in KINDS:
        found, where = (_found(row.get("kind")), f"{place}.kind") if isinstance(row, Mapping) else (_found(row), place)
        complaints.append(f"{where}: found {found}, expected one of {', '.join(KINDS)}")
        return None
    given = {name: value for name, value in row.items() if name != "kind"}
    made = _made(KINDS[kind], {name: given[name] for name in given.keys() - _ABOUT_CALLS}, place, complaints)
    about = {name: given[name] for name in given.keys() & _ABOUT_CALLS}
    # An effect that was complained of is no reason not to look at the rest of its row.
    planned = _made(Plan, about, place, complaints, effect=made or effects.LostAnswer())
    return planned if made is not None else None


def row(planned: Planned) -> dict[str, Any]:
    """A plan as it stands, as plain data: its row, with `number`, `met` and `left`."""
    kind = next(name for name, cls in KINDS.items() if type(planned.plan.effect) is cls)
    about = {name: getattr(planned.plan, name) for name in ("operation", "times", "after", "chance")}
    effect = {field.name: getattr(planned.plan.effect, field.name) for field in dataclasses.fields(KINDS[kind])}
    return {"number": planned.number, "kind": kind, **effect, **about, "met": planned.met, "left": planned.left}


def _made(cls: type[Any], given: Mapping[str, Any], place: str, complaints: list[str], **more: Any) -> Any:
    """An instance of a dataclass, or None after complaints."""
    kinds = {field.name: field.type for field in dataclasses.fields(cls) if field.name not in more}
    required = [
        field.name
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.name not in more
    ]
    found = [f"{place}.{name}: unknown{nearest(name, kinds)}" for name in given.keys() - kinds.keys()]
    found += [f"{place}.{name}: missing, expected {_EXPECTED[kinds[name]]}" for name in required if name not in given]
    found += [
        f"{place}.{name}: found {_found(given[name])}, expected {_EXPECTED[kind]}"
        for name, kind in kinds.items()
        if name in given and not _is(given[name], kind)
    ]
    complaints += found
    if found:
        return None
    try:
        return cls(**more, **{name: _plain(value) for name, value in given.items()})
    except ConfigurationError as error:
        complaints.append(f"{place}: {error}")
        return None


def _is(value: Any, kind: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float | Decimal) if kind is float else isinstance(value, kind)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _found(value: Any) -> str:
    shown = repr(value) if isinstance(value, str | int | Decimal | None) else ""
    return f"{shown[:60]} ({type(value).__name__})" if shown else type(value).__name__


_MEMBERS = frozenset({"random_seed", "trouble"})
