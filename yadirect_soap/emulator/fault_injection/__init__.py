"""Fault injection: refusals, and late, lost, broken or doubled responses, for the next calls of an operation.

emulator.faults.inject(Fault(1000), "ads.add", times=3)
emulator.faults.inject(LostAnswer(), "*.add")
"""

from .effects import (
    Captcha,
    ClockJump,
    Duplicate,
    Effect,
    Fault,
    Latency,
    LostAnswer,
    Malformed,
    Reset,
    SlowBody,
    Status,
    Truncated,
    WrongContentType,
)
from .planner import FaultInjector, Plan, PlannedFault, Scenario
from .scenario_files import read_scenario

__all__ = [
    "Captcha",
    "ClockJump",
    "Duplicate",
    "Effect",
    "Fault",
    "FaultInjector",
    "Latency",
    "LostAnswer",
    "Malformed",
    "Plan",
    "PlannedFault",
    "Reset",
    "Scenario",
    "SlowBody",
    "Status",
    "Truncated",
    "WrongContentType",
    "read_scenario",
]
