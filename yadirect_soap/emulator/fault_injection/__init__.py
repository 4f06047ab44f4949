"""Trouble on demand: faults, late, lost, broken and doubled answers for the next calls of an operation, repeatably.

emulator.trouble.plan(Fault(1000), "ads.add", times=3)
emulator.trouble.plan(LostAnswer(), "*.add")
"""

from .effects import (
    Captcha,
    ClockJump,
    Drip,
    Duplicate,
    Effect,
    Fault,
    Latency,
    LostAnswer,
    Malformed,
    Reset,
    Status,
    Truncated,
    WrongContentType,
)
from .planner import REPORTS, Plan, Planned, Scenario, Trouble
from .scenario_files import read_scenario

__all__ = [
    "REPORTS",
    "Captcha",
    "ClockJump",
    "Drip",
    "Duplicate",
    "Effect",
    "Fault",
    "Latency",
    "LostAnswer",
    "Malformed",
    "Plan",
    "Planned",
    "Reset",
    "Scenario",
    "Status",
    "Trouble",
    "Truncated",
    "WrongContentType",
    "read_scenario",
]
