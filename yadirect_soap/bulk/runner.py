"""Runs a job: sends one chunk after another, and records in the journal what was sent and what came back."""

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
_MAX_IDLE_HOURS = 25
"""The hours without any outcome after which a run no longer waits for new units."""
_MAX_PAUSE = 60.0
_METHOD_REFUSED = frozenset({3000, 3001})
"""The codes of a RightsError that refuses one method, so that the lines of other operations can still be sent."""
_NO_UNITS = 152


@dataclass(frozen=True, slots=True)
class Options:
    """How a job is run.

    Args:
        settle: The seconds to wait after a lost response before the account is read or anything is sent: the API may
            still be carrying out the request.
        attempts: The number of consecutive failures after which a run gives up.
        budget: The units that the run may spend; None for no limit.  The cost of refused items (20 units each) is
            known only after the call.
        wait: Whether a run that has no units left waits for the next hour, which brings new ones.
        clock: A function that returns seconds since the epoch.
        sleep: A function that waits for a number of seconds.
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
    """The results of a call, in the order of the lines that it sent."""

    results: "Sequence[ItemResult]"
    request_id: str
    units: int


class _SortedResults(NamedTuple):
    """The results of a call, by what they mean for the lines."""

    decided: list[Outcome]
    """The outcomes of lines that were carried out."""
    refused: list[tuple[Sent, Outcome]]
    """The lines that the API refused."""
    doubtful: list[Outcome]
    """The outcomes of lines that may have been carried out despite their errors."""
    out_of_units: bool
    """Whether lines were refused because no units were left."""


class Run:
    """A run of a job: sends the planned lines of a journal.

    Args:
        direct: The client that sends the calls, with amounts in micros.
        journal: A locked journal that has a job.
        options: The options of the run.
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
        """Why the run stopped before its end: "budget" or "units"; "" if it did not."""

    @property
    def units(self) -> int:
        """The units that the run spent; for a call without a response, its documented cost."""
        return self._spent + self._account.units

    def outcomes(self) -> Iterator[Outcome]:
        """Sends one chunk after another, and yields the outcome of each line after the journal has recorded it.

        Raises:
            DirectError: No further call is possible, or calls failed too often; the journal has all outcomes so far,
                and another run continues.
        """
        chunk: Chunk | None = None
        while (chunk := self._journal.next_chunk(chunk)) is not None:
            yield from self._process(chunk)
            if self.stopped:
                return

    # --- one chunk --------------------------------------------------------------------------------------------

    def _process(self, chunk: Chunk) -> Iterator[Outcome]:
        write = self._write(chunk.op)
        while not self.stopped:
            chunk = self._journal.chunk(chunk.id)
            sent, decided = self._resolve(write, chunk)
            yield from self._record(chunk, decided)
            if not sent:
                if not self._journal.planned(chunk):
                    self._journal.set_chunk(chunk, state="answered")
                return
            if chunk.state == "sent":
                yield from self._recover(write, chunk, sent)
            elif self._has_units_for(write, len(sent)):
                yield from self._send(write, chunk, sent)

    def _resolve(self, write: WriteOperation, chunk: Chunk) -> tuple[list[Sent], list[Outcome]]:
        """Returns the lines that can be sent, and the outcomes of lines to skip: a line that they refer to failed."""
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
            value = references.replace(value, lambda name: results[name][1])
        return params_to_micros(value, write.item, []) if self._job.money == "decimal" else value

    def _record(self, chunk: Chunk, decided: Sequence[Outcome], **values: Any) -> Iterator[Outcome]:
        """Records outcomes and new values of their chunk in one transaction; then yields the outcomes."""
        if not decided and not values:
            return
        with self._journal.transaction():
            self._journal.set_items(map(outcomes.as_row, decided))
            if values:
                self._journal.set_chunk(chunk, **values)
        yield from decided

    # --- sending ----------------------------------------------------------------------------------------------

    def _send(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> Iterator[Outcome]:
        """Sends a chunk once, and records the result in the journal."""
        try:
            needed = self._recovery.prepare(write, chunk, sent)
        except DirectError as error:
            self._pause(error)
            return
        # The journal must have this on the disk before the first byte is sent.
        now = datetime.fromtimestamp(self._options.clock(), UTC).isoformat()
        chunk = self._journal.set_chunk(chunk, state="sent", sent=now, tries=chunk.tries + 1, **needed)
        try:
            response = self._call(write, sent)
        except DirectError as error:
            yield from self._handle_failure(write, chunk, sent, error)
            return
        yield from self._record_response(write, chunk, sent, response)

    def _call(self, write: WriteOperation, sent: Sequence[Sent]) -> _CallResults:
        """Sends lines in one call, and returns the result of each."""
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

    def _record_response(
        self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent], response: _CallResults
    ) -> Iterator[Outcome]:
        """Records the outcomes in a response; a line with a temporary error stays planned."""
        results = _sorted_results(sent, response.results)
        decided, refused, doubtful = results.decided, results.refused, results.doubtful
        if doubtful and chunk.tries >= self._options.attempts:
            state = "failed" if write.recovery.kind in ("repeat", "unique") else "unknown"
            decided += [outcome._replace(state=state) for outcome in doubtful]
            doubtful = []
        try:
            decided += self._recheck_refused(write, chunk, refused, decided)
        except DirectError as error:  # the account could not be read: the lines are sent again, which is safe for them
            self._pause(error)
            doubtful = [outcome for _, outcome in refused]
        is_unfinished = len(decided) < len(sent)
        state = "sent" if doubtful else "planned" if is_unfinished else "answered"
        yield from self._record(
            chunk, decided, state=state, request_id=response.request_id, units=chunk.units + response.units
        )
        if decided:
            self._failures = self._hours = 0
        if results.out_of_units:
            self._out_of_units()
        elif is_unfinished:
            self._pause(
                DecodeError(_("the results of lines were a temporary failure of the server"), operation=write.key)
            )

    def _recheck_refused(
        self, write: WriteOperation, chunk: Chunk, refused: list[tuple[Sent, Outcome]], decided: Sequence[Outcome]
    ) -> list[Outcome]:
        """Returns the outcomes of refused lines, which an earlier call with a lost response may have carried out."""
        ids = (outcome.id if isinstance(outcome.id, list) else [outcome.id] for outcome in decided)
        decided_ids = {key for several in ids for key in several}
        if not refused or not chunk.doubts:
            return [outcome for _, outcome in refused]
        rechecked = self._recovery.recheck_refused(write, chunk, refused, taken=decided_ids)
        return [rechecked.get(line.item.line, outcome) for line, outcome in refused]

    # --- failures ---------------------------------------------------------------------------------------------

    def _handle_failure(
        self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent], error: DirectError
    ) -> Iterator[Outcome]:
        """Decides what happens to the lines of a failed call."""
        if error.may_have_acted:
            self._spent += write.units(len(sent))
            self._pause(error, wait=False)
            return
        self._journal.set_chunk(chunk, state="planned")
        if isinstance(error, UnitsError | BudgetExceededError):
            self._out_of_units()
        elif _concerns_lines(error):
            yield from self._split_or_fail(chunk, sent, error)
        elif error.repeatable:
            self._pause(error)
        else:
            raise error

    def _split_or_fail(self, chunk: Chunk, sent: Sequence[Sent], error: DirectError) -> Iterator[Outcome]:
        """Splits a chunk that was refused because of a line in it; a single line fails.

        The halves are split again, until each wrong line is alone in its chunk.
        """
        if len(sent) > 1 and not isinstance(error, NotSupportedError | RightsError):
            with self._journal.transaction():
                self._journal.split(chunk, [line.item.line for line in sent[len(sent) // 2 :]])
            return
        code, message = (error.code, error.message) if isinstance(error, ApiError) else (0, str(error.args[0]))
        details = error.detail if isinstance(error, ApiError) else ""
        errors = (outcomes.error(code, message, details),)
        yield from self._record(chunk, [outcomes.new_outcome(line.item, "failed", errors=errors) for line in sent])

    def _pause(self, error: DirectError, *, wait: bool = True) -> None:
        """Counts a failure, and waits before the next attempt.

        The error is raised if there were too many failures, or if a repetition cannot succeed.
        """
        if isinstance(error, UnitsError | BudgetExceededError):
            self._out_of_units()
            return
        self._failures += 1
        is_permanent = isinstance(error, ApiError) and error.refused and not error.repeatable
        if is_permanent or self._failures >= self._options.attempts:
            raise error
        if wait:
            self._options.sleep(min(_MAX_PAUSE, 2.0 ** (self._failures - 1)))

    def _recover(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> Iterator[Outcome]:
        """Decides about lines that were sent and have no outcome."""
        if write.recovery.kind == "never":
            remark = "the response was lost, and nothing tells whether it was carried out"
            decided = [outcomes.new_outcome(line.item, "unknown", remark=remark) for line in sent]
            yield from self._record(chunk, decided, state="answered", doubts=chunk.doubts + 1)
            return
        self._settle(chunk)
        if write.recovery.kind == "look":
            try:
                findings = self._recovery.find_added(write, chunk, sent)
                if findings.missing:
                    # Changes may report an object late, and the API may still be carrying out the request.
                    self._options.sleep(self._options.settle)
                    findings = self._recovery.find_added(write, chunk, sent)
            except DirectError as error:
                self._pause(error)
                return
            yield from self._record(chunk, findings.outcomes, state="planned", doubts=chunk.doubts + 1)
            return
        try:
            decided = self._recovery.find_carried_out(write, chunk, sent)
        except DirectError as error:
            self._pause(error)
            return
        yield from self._record(chunk, decided, state="planned", doubts=chunk.doubts + 1)

    def _settle(self, chunk: Chunk) -> None:
        """Waits until the API can no longer be carrying out the request whose response was lost."""
        passed = self._options.clock() - datetime.fromisoformat(chunk.sent).timestamp()
        self._options.sleep(max(0.0, min(self._options.settle, self._options.settle - passed)))

    # --- units ------------------------------------------------------------------------------------------------

    def _has_units_for(self, write: WriteOperation, items: int) -> bool:
        """Whether units allow a call; if not, it stops the run, or waits for the next hour."""
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
        if not self._options.wait or self._hours > _MAX_IDLE_HOURS:
            self.stopped = "units"
            return
        self._options.sleep(_HOUR - self._options.clock() % _HOUR + 1)
        self._units_left = None

    def _write(self, key: str) -> WriteOperation:
        if key not in self._writes:
            self._writes[key] = write_operations.find(self._direct.contract, key)
        return self._writes[key]


def _concerns_lines(error: DirectError) -> bool:
    """Whether a call was refused because of its lines or its method; other lines can still be sent then."""
    if isinstance(error, RightsError):
        return error.code in _METHOD_REFUSED
    return isinstance(error, InvalidRequestError | InvalidParamsError | NotSupportedError)


def _sorted_results(sent: Sequence[Sent], results: "Sequence[ItemResult]") -> _SortedResults:
    decided, refused, doubtful = [], [], []
    out_of_units = False
    for line, result in zip(sent, results, strict=True):
        if result.result and not result.result.get("Errors"):
            decided.append(outcomes.answered(line.item, result, "done"))
            continue
        codes = {error.code for error in result.errors}
        outcome = outcomes.answered(line.item, result, "failed")
        out_of_units = out_of_units or _NO_UNITS in codes
        if not codes or codes & DOUBTFUL:
            doubtful.append(outcome)
        elif not codes & TRANSIENT:
            refused.append((line, outcome))
    return _SortedResults(decided, refused, doubtful, out_of_units)
