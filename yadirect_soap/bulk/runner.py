"""Runs a job: sends chunk after chunk; after a failure the journal says what is next."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import (
    ApiError,
    BudgetExceededError,
    DecodeError,
    DirectError,
    InvalidParamsError,
    InvalidRequestError,
    NotSupportedError,
    RightsError,
    UnitsError,
)
from yadirect_soap.language import _
from yadirect_soap.protocol.money_conversion import params_to_micros

from . import input_lines, outcomes, references, write_operations
from .account_objects import AccountObjects
from .journal import Chunk, Item, Journal
from .outcomes import DOUBTFUL, TRANSIENT, Outcome
from .planner import as_object
from .recovery import Recovery, Sent
from .write_operations import WriteOperation

if TYPE_CHECKING:
    from yadirect_soap import Direct, ItemResult

_HOUR = 3600
_MOST_HOURS = 25
"""Hours without any outcome after which no new units will help."""
_LONGEST_PAUSE = 60.0
_NOT_THE_METHOD = frozenset({3000, 3001})
_NO_UNITS = 152


@dataclass(frozen=True, slots=True)
class Options:
    """How a job is run.

    Args:
        settle: Seconds after a lost response before anything is sent or looked for: the request may still be at work.
        attempts: Failures one after the other after which a run gives up.
        budget: Units that the run may spend; None for all there are.  What refused items cost on top (20 units each)
            is known only afterwards.
        wait: Whether a run that has no units left goes on in the next hour.
        clock: Gives seconds since the epoch.
        sleep: Waits so many seconds.
    """

    settle: float = 60.0
    attempts: int = 10
    budget: int | None = None
    wait: bool = False
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        checked_boolean("wait", self.wait)


class _CallResults(NamedTuple):
    """The results of lines that were sent, in their order."""

    results: "Sequence[ItemResult]"
    request_id: str
    units: int


class _SortedResults(NamedTuple):
    """The outcomes of lines; `doubtful` ones may have been carried out, `short` is whether units ran short."""

    decided: list[Outcome]
    refused: list[tuple[Sent, Outcome]]
    doubtful: list[Outcome]
    short: bool


class Run:
    """Sends what a journal has planned.

    Args:
        direct: With amounts in micros.
        journal: A journal with a job, locked.
        options: How.
    """

    def __init__(self, direct: "Direct", journal: Journal, options: Options) -> None:
        self._direct = direct
        self._journal = journal
        self._options = options
        self._job = journal.job()
        self._account = AccountObjects(direct)
        self._recovery = Recovery(journal, self._account)
        self._writes: dict[str, WriteOperation] = {}
        self._failures = 0
        self._hours = 0
        self._units_left: int | None = None
        self._spent = 0
        self.stopped = ""
        """Why the run has stopped before its end: "budget" or "units"; "" where it has not."""

    @property
    def units(self) -> int:
        """The units that the run has spent: what responses state, and the expected cost of calls without a response."""
        return self._spent + self._account.units

    def outcomes(self) -> Iterator[Outcome]:
        """Sends chunk after chunk, and gives the outcome of each line as soon as the journal has it.

        Raises:
            DirectError: No further call is possible, or one has failed too often; nothing is lost, and another run
                continues.
        """
        chunk: Chunk | None = None
        while (chunk := self._journal.next_chunk(chunk)) is not None:
            yield from self._work_off(chunk)
            if self.stopped:
                return

    # --- one chunk --------------------------------------------------------------------------------------------

    def _work_off(self, chunk: Chunk) -> Iterator[Outcome]:
        write = self._write(chunk.op)
        while not self.stopped:
            chunk = self._journal.chunk(chunk.id)
            sent, decided = self._ready(write, chunk)
            yield from self._keep(chunk, decided)
            if not sent:
                if not self._journal.planned(chunk):
                    self._journal.set_chunk(chunk, state="answered")
                return
            if chunk.state == "sent":
                yield from self._recover(write, chunk, sent)
            elif self._affordable(write, len(sent)):
                yield from self._send(write, chunk, sent)

    def _ready(self, write: WriteOperation, chunk: Chunk) -> tuple[list[Sent], list[Outcome]]:
        """The lines that can be sent, and the outcomes of those that never will: what they refer to has failed."""
        items = self._journal.planned(chunk)
        lines = [input_lines.read(item.line, item.body, self._job.operation) for item in items]
        objects = [as_object(write, line.item) for line in lines]
        named = [
            references.occurrences(value) if references.occur_in(item.body) else []
            for item, value in zip(items, objects, strict=True)
        ]
        results = self._journal.results(sorted({name for occurrences in named for _, name in occurrences}))
        ready: list[Sent] = []
        decided: list[Outcome] = []
        for item, value, occurrences in zip(items, objects, named, strict=True):
            states = {name: results[name][0] for _, name in occurrences}
            bad = next((name for name, state in states.items() if state in ("failed", "skipped")), None)
            if bad is not None:
                decided.append(outcomes.new_outcome(item, "skipped", remark=f"@{bad} has {states[bad]}"))
            elif all(state == "done" for state in states.values()):
                ready.append(Sent(item, self._params(write, item, value, results)))
        return ready, decided

    def _params(self, write: WriteOperation, item: Item, value: Any, results: Mapping[str, tuple[str, Any]]) -> Any:
        if references.occur_in(item.body):
            value = references.replaced(value, lambda name: results[name][1])
        return params_to_micros(value, write.item, []) if self._job.money == "decimal" else value

    def _keep(self, chunk: Chunk, decided: Sequence[Outcome], **values: Any) -> Iterator[Outcome]:
        """Keeps outcomes, and what has become of their chunk, in one transaction; then tells the outcomes."""
        if not decided and not values:
            return
        with self._journal.transaction():
            self._journal.set_items(map(outcomes.as_row, decided))
            if values:
                self._journal.set_chunk(chunk, **values)
        yield from decided

    # --- sending ----------------------------------------------------------------------------------------------

    def _send(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> Iterator[Outcome]:
        """Sends a chunk once; whatever comes of it is in the journal afterwards."""
        try:
            needed = self._recovery.prepare(write, chunk, sent)
        except DirectError as error:
            self._pause(error)
            return
        # On the disk before a byte leaves.
        now = datetime.fromtimestamp(self._options.clock(), UTC).isoformat()
        chunk = self._journal.set_chunk(chunk, state="sent", sent=now, tries=chunk.tries + 1, **needed)
        try:
            response = self._call(write, sent)
        except DirectError as error:
            yield from self._failed(write, chunk, sent, error)
            return
        yield from self._answered(write, chunk, sent, response)

    def _call(self, write: WriteOperation, sent: Sequence[Sent]) -> _CallResults:
        """Sends lines, and gives the result of each."""
        from yadirect_soap import ItemResult, ItemResults  # noqa: PLC0415  only a run needs the client

        operation = write.operation
        response = self._direct.call(operation.service, operation.name, write.params([line.params for line in sent]))
        results = list(response) if isinstance(response, ItemResults) else [ItemResult(0, response.result)]
        self._units_left = response.units.left if response.units is not None else None
        cost = response.units.spent if response.units is not None else write.units(len(sent))
        self._spent += cost
        if len(results) != len(sent):
            error = DecodeError(
                _("{count} results came for {sent} items", count=len(results), sent=len(sent)), operation=write.key
            )
            error.set_call(write.key, writes=True)
            raise error
        return _CallResults(results, response.request_id, cost)

    def _answered(
        self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent], response: _CallResults
    ) -> Iterator[Outcome]:
        """Keeps what a response tells; a line without a lasting outcome stays planned."""
        results = _sorted_results(sent, response.results)
        decided, refused, doubtful = results.decided, results.refused, results.doubtful
        if doubtful and chunk.tries >= self._options.attempts:
            state = "failed" if write.recovery.kind in ("repeat", "unique") else "unknown"
            decided += [outcome._replace(state=state) for outcome in doubtful]
            doubtful = []
        try:
            decided += self._after_doubt(write, chunk, refused, decided)
        except DirectError as error:  # the look failed: those lines are sent again, as is safe for their operation
            self._pause(error)
            doubtful = [outcome for _, outcome in refused]
        open_ = len(decided) < len(sent)
        state = "sent" if doubtful else "planned" if open_ else "answered"
        yield from self._keep(
            chunk, decided, state=state, request_id=response.request_id, units=chunk.units + response.units
        )
        if decided:
            self._failures = self._hours = 0
        if results.short:
            self._out_of_units()
        elif open_:
            self._pause(
                DecodeError(_("the results of lines were a temporary failure of the server"), operation=write.key)
            )

    def _after_doubt(
        self, write: WriteOperation, chunk: Chunk, refused: list[tuple[Sent, Outcome]], decided: Sequence[Outcome]
    ) -> list[Outcome]:
        """The outcomes of refused lines: a line that was in doubt may have been carried out by the first try."""
        ids = (outcome.id if isinstance(outcome.id, list) else [outcome.id] for outcome in decided)
        decided_ids = {key for several in ids for key in several}
        before = self._recovery.refused(write, chunk, refused, taken=decided_ids) if refused and chunk.doubts else {}
        return [before.get(line.item.line, outcome) for line, outcome in refused]

    # --- failures ---------------------------------------------------------------------------------------------

    def _failed(
        self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent], error: DirectError
    ) -> Iterator[Outcome]:
        """What a failed call means for its lines."""
        if error.may_have_acted:
            self._spent += write.units(len(sent))
            self._pause(error, wait=False)
            return
        self._journal.set_chunk(chunk, state="planned")
        if isinstance(error, UnitsError | BudgetExceededError):
            self._out_of_units()
        elif _is_of_the_lines(error):
            yield from self._divided(chunk, sent, error)
        elif error.repeatable:
            self._pause(error)
        else:
            raise error

    def _divided(self, chunk: Chunk, sent: Sequence[Sent], error: DirectError) -> Iterator[Outcome]:
        """A request that is refused for one of its lines is sent in halves, until the line stands alone."""
        if len(sent) > 1 and not isinstance(error, NotSupportedError | RightsError):
            with self._journal.transaction():
                self._journal.split(chunk, [line.item.line for line in sent[len(sent) // 2 :]])
            return
        code, message = (error.code, error.message) if isinstance(error, ApiError) else (0, str(error.args[0]))
        details = error.detail if isinstance(error, ApiError) else ""
        errors = (outcomes.error(code, message, details),)
        yield from self._keep(chunk, [outcomes.new_outcome(line.item, "failed", errors=errors) for line in sent])

    def _pause(self, error: DirectError, *, wait: bool = True) -> None:
        """Counts a failure, and waits before the next try; raises the error after too many, or where none helps."""
        if isinstance(error, UnitsError | BudgetExceededError):
            self._out_of_units()
            return
        self._failures += 1
        lasting = isinstance(error, ApiError) and error.refused and not error.repeatable
        if lasting or self._failures >= self._options.attempts:
            raise error
        if wait:
            self._options.sleep(min(_LONGEST_PAUSE, 2.0 ** (self._failures - 1)))

    def _recover(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> Iterator[Outcome]:
        """Finds out about lines that were sent and have no outcome."""
        if write.recovery.kind == "never":
            remark = "the response was lost, and nothing tells whether it was carried out"
            decided = [outcomes.new_outcome(line.item, "unknown", remark=remark) for line in sent]
            yield from self._keep(chunk, decided, state="answered", doubts=chunk.doubts + 1)
            return
        self._settle(chunk)
        if write.recovery.kind == "look":
            try:
                findings = self._recovery.look(write, chunk, sent)
                if findings.missing:
                    # What Changes tells may come late, and so may the request itself.
                    self._options.sleep(self._options.settle)
                    findings = self._recovery.look(write, chunk, sent)
            except DirectError as error:
                self._pause(error)
                return
            yield from self._keep(chunk, findings.outcomes, state="planned", doubts=chunk.doubts + 1)
            return
        try:
            decided = self._recovery.carried_out(write, chunk, sent)
        except DirectError as error:
            self._pause(error)
            return
        yield from self._keep(chunk, decided, state="planned", doubts=chunk.doubts + 1)

    def _settle(self, chunk: Chunk) -> None:
        """Waits until a request whose response was lost can no longer be at work."""
        passed = self._options.clock() - datetime.fromisoformat(chunk.sent).timestamp()
        self._options.sleep(max(0.0, min(self._options.settle, self._options.settle - passed)))

    # --- units ------------------------------------------------------------------------------------------------

    def _affordable(self, write: WriteOperation, items: int) -> bool:
        """Whether a call may be made; where not, the run has stopped, or has waited for an hour."""
        cost = write.units(items)
        if self._options.budget is not None and self.units + cost > self._options.budget:
            self.stopped = "budget"
            return False
        if self._units_left is not None and self._units_left < cost:
            self._out_of_units()
            return False
        return True

    def _out_of_units(self) -> None:
        """Stops the run, or waits for the next hour, which brings a part of the day's units."""
        self._hours += 1
        if not self._options.wait or self._hours > _MOST_HOURS:
            self.stopped = "units"
            return
        self._options.sleep(_HOUR - self._options.clock() % _HOUR + 1)
        self._units_left = None

    def _write(self, key: str) -> WriteOperation:
        if key not in self._writes:
            self._writes[key] = write_operations.find(self._direct.contract, key)
        return self._writes[key]


def _is_of_the_lines(error: DirectError) -> bool:
    """Whether a refusal is about what was sent, and not about who sends it."""
    if isinstance(error, RightsError):
        return error.code in _NOT_THE_METHOD
    return isinstance(error, InvalidRequestError | InvalidParamsError | NotSupportedError)


def _sorted_results(sent: Sequence[Sent], results: "Sequence[ItemResult]") -> _SortedResults:
    decided, refused, doubtful = [], [], []
    short = False
    for line, result in zip(sent, results, strict=True):
        if result.result and not result.result.get("Errors"):
            decided.append(outcomes.answered(line.item, result, "done"))
            continue
        codes = {error.code for error in result.errors}
        outcome = outcomes.answered(line.item, result, "failed")
        short = short or _NO_UNITS in codes
        if not codes or codes & DOUBTFUL:
            doubtful.append(outcome)
        elif not codes & TRANSIENT:
            refused.append((line, outcome))
    return _SortedResults(decided, refused, doubtful, short)
