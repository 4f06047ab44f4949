"""Plans faults and applies them to calls; the same calls in the same order meet the same faults."""

import itertools
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from random import Random

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.model import Service

from ..domain.clock import Clock
from ..domain.operation_keys import operation_keys, unknown_operation
from ..http.delivery import Delivery
from .effects import CallInFlight, Effect

_LOG = logging.getLogger("yadirect_soap.emulator.fault_injection")


@dataclass(frozen=True, slots=True)
class Plan:
    """An effect, and the calls that it applies to.

    Attributes:
        effect: the effect.
        operation: a name ("ads.add", "reports.get") or a pattern ("ads.*", "*.get", "*").
        times: how many calls meet the effect; None is all.
        after: how many calls come before them and are not changed.
        chance: the probability with which a call meets the effect, more than 0, up to 1.
    """

    effect: Effect
    operation: str = "*"
    times: int | None = 1
    after: int = 0
    chance: float = 1.0

    def __post_init__(self) -> None:
        if self.after < 0 or (self.times is not None and self.times < 1):
            raise ConfigurationError(_("found a count of calls that is too small, expected after >= 0 and times >= 1"))
        if not 0 < self.chance <= 1:
            raise ConfigurationError(_("found the chance {chance}, expected more than 0, to 1", chance=self.chance))


@dataclass(frozen=True, slots=True)
class Scenario:
    """The faults to inject.

    Attributes:
        random_seed: the seed of their random generators.
        plans: the faults.
    """

    random_seed: int = 0
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A planned fault.

    Attributes:
        number: its number, for cancel().
        plan: the effect, and the calls that meet it.
        met: how many calls met it.
        remaining: how many still will; None if there is no end.
    """

    number: int
    plan: Plan
    met: int
    remaining: int | None


@dataclass(slots=True)
class _PlanState:
    number: int
    plan: Plan
    random: Random
    calls: int = 0
    met: int = 0

    @property
    def is_spent(self) -> bool:
        return self.plan.times is not None and self.met >= self.plan.times

    def draws(self) -> bool:
        """Whether the next call of the plan's operation meets it; counts the call."""
        self.calls += 1
        if self.calls <= self.plan.after or self.random.random() >= self.plan.chance:
            return False
        self.met += 1
        return True


@dataclass(slots=True)
class FaultInjector:
    """Injects faults into the calls of an emulator: `emulator.faults`.  Safe to share among threads.

    A call meets every plan for its operation at once, the first planned nearest to the caller; only of those that
    replace the answer (Fault, Status, Captcha, Reset("before")) it meets one, and the others wait for the next call.

    Args:
        contract: the services whose operations can meet faults.
        clock: the emulator's clock.
        seed: decides all random choices.
    """

    contract: Mapping[str, Service]
    clock: Clock
    seed: int = 0
    _states: list[_PlanState] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def inject(
        self, effect: Effect, operation: str = "*", *, times: int | None = 1, after: int = 0, chance: float = 1.0
    ) -> int:
        """Plans an effect for the calls of an operation.

        Args:
            effect: the effect.
            operation: a name ("ads.add", "reports.get") or a pattern ("ads.*", "*.get", "*").
            times: how many calls meet the effect; None is all.
            after: how many calls come before them and are not changed.
            chance: the probability with which a call meets the effect, more than 0, up to 1.

        Returns:
            The number of the fault, for cancel().

        Raises:
            ConfigurationError: the contract has no such operation, or a number is wrong.
        """
        __tracebackhide__ = True
        (number,) = self.extend([Plan(effect, operation, times, after, chance)])
        return number

    def extend(self, plans: Iterable[Plan]) -> list[int]:
        """Plans several faults, all or none of them.

        Args:
            plans: the faults.

        Returns:
            Their numbers, for cancel().

        Raises:
            ConfigurationError: the contract has no operation that one of them names.
        """
        __tracebackhide__ = True
        plans = list(plans)
        for plan in plans:
            self._refuse_unknown(plan.operation)
        with self._lock:
            return [self._start(plan) for plan in plans]

    def play(self, scenario: Scenario) -> None:
        """Replaces all plans with a scenario, and restarts its random choices.

        Args:
            scenario: the faults, and the seed of their random choices.

        Raises:
            ConfigurationError: the contract has no operation that the scenario names; nothing is changed.
        """
        for plan in scenario.plans:
            self._refuse_unknown(plan.operation)
        self.clear(scenario.random_seed)
        self.extend(scenario.plans)

    @property
    def planned(self) -> tuple[PlannedFault, ...]:
        """The planned faults, in the order in which they were planned."""
        with self._lock:
            return tuple(
                PlannedFault(state.number, state.plan, state.met, state.plan.times and state.plan.times - state.met)
                for state in self._states
            )

    def cancel(self, number: int) -> None:
        """Cancels a plan.

        Args:
            number: the number that inject() returned.

        Raises:
            LookupError: no plan has that number.
        """
        with self._lock:
            others = [state for state in self._states if state.number != number]
            if len(others) == len(self._states):
                raise LookupError(_("no fault of the number {number} is planned", number=number))
            self._states = others

    def clear(self, seed: int | None = None) -> None:
        """Cancels every plan; numbers begin with 1 again.

        Args:
            seed: the new seed of random choices; None keeps the old one.
        """
        with self._lock:
            self.seed = self.seed if seed is None else seed
            self._states = []
            self._numbers = itertools.count(1)

    def apply(
        self, operation: Callable[[], str], carry_out: Callable[[], Delivery], refuse: Callable[[int, str], Delivery]
    ) -> Delivery:
        """Answers a call with the effects that are planned for it.

        Args:
            operation: Returns the operation's key; not called if nothing is planned.
            carry_out: Carries the call out and answers it; it may be called several times, or never.
            refuse: Answers with the error of a code and a detail.

        Returns:
            The response, and how it is delivered.
        """
        deliver = carry_out
        if self._states:
            key = operation()
            for state in reversed(self._drawn(key)):
                _LOG.info("%s meets %s", key, state.plan.effect)
                deliver = partial(state.plan.effect.apply, CallInFlight(deliver, refuse, state.random, self.clock))
        return deliver()

    def _start(self, plan: Plan) -> int:
        number = next(self._numbers)
        # Each plan has its own generator, so that others do not change its choices.
        self._states.append(_PlanState(number, plan, Random(f"{self.seed}/{number}")))
        return number

    def _refuse_unknown(self, operation: str) -> None:
        __tracebackhide__ = True  # pytest shows the line of the test
        if operation == "*":  # the usual case reads no service
            return
        if not any(fnmatchcase(key, operation) for key in operation_keys(self.contract, operation)):
            raise unknown_operation(self.contract, operation)

    def _drawn(self, operation: str) -> list[_PlanState]:
        """Returns the plans that a call meets; one that replaces the response is the last."""
        with self._lock:
            drawn: list[_PlanState] = []
            replacing: list[_PlanState] = []
            for state in self._states:
                if not fnmatchcase(operation, state.plan.operation) or (state.plan.effect.replaces and replacing):
                    continue
                if state.draws():
                    (replacing if state.plan.effect.replaces else drawn).append(state)
            self._states = [state for state in self._states if not state.is_spent]
            return drawn + replacing
