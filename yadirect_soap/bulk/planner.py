"""From a file to a journal: each line is read, checked against contract and facts, and given its place; all or none.

Memory is flat: lines go into the journal in batches, and what later lines need of earlier ones is asked of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from yadirect_soap.errors import ConfigurationError, InvalidParamsError, Violation
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.money_conversion import params_to_micros
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.soap import fast_encode
from yadirect_soap.protocol.validation import check, describe_value

from . import input_lines, references, write_operations
from .input_lines import InputFile, Line, MisreadLine
from .journal import Journal
from .schedule import Schedule
from .write_operations import OWNERS, WriteOperation

_BATCH = 1000
_KEPT_VIOLATIONS = 1000
_PARENTS = ("AdGroupId", "CampaignId")
_HASHES = frozenset({"adimages"})
_OLD = -1
"""The wave of an object that is named, and not acted upon."""


class Referred(NamedTuple):
    """A line that another one may refer to."""

    line: int
    op: str
    wave: int


class Planned(NamedTuple):
    """A line with its place."""

    line: Line
    write: WriteOperation
    chunk: int


class Planner:
    """Reads lines into a new journal.

    Args:
        journal: An empty one, inside a transaction.
        contract: What the lines must fit.
        operation: That of lines which name none, "" for none.
        money: Whether amounts are in "micros" or in "decimal" units of the currency.
        empty_lists: Whether a list of an update may be empty, which depends on the wire.
    """

    def __init__(
        self, journal: Journal, contract: Contract, *, operation: str = "", money: str = "micros", empty_lists: bool
    ) -> None:
        self._journal = journal
        self._contract = contract
        self.operation = operation
        self._decimal = money == "decimal"
        self._empty_lists = empty_lists
        self._writes: dict[str, WriteOperation] = {}
        self._schedule = Schedule(journal.add_chunk)
        self._violations: list[Violation] = []
        self._refused = 0
        self.lines = 0
        """How many lines there are."""

    def write(self, key: str) -> WriteOperation:
        """The operation of a name; ConfigurationError where there is none."""
        if key not in self._writes:
            self._writes[key] = write_operations.find(self._contract, key)
        return self._writes[key]

    def misread(self, number: int, misread: MisreadLine) -> None:
        """Notes a line that cannot be read."""
        self.refuse(number, [Violation(misread.path, misread.found, misread.expected)])

    def refuse(self, number: int, violations: Iterable[Violation]) -> None:
        """Notes what is wrong with a line."""
        for violation in violations:
            self._refused += 1
            if len(self._violations) < _KEPT_VIOLATIONS:
                self._violations.append(violation._replace(path=f"line {number}, {violation.path}"))

    def read(self, lines: Iterable[Line]) -> None:
        """Plans all lines.

        Raises:
            InvalidParamsError: With what is wrong with the lines, each by its number.
        """
        remaining = iter(lines)
        while batch := list(islice(remaining, _BATCH)):
            self._plan_batch(batch)
        if self._refused > len(self._violations):
            more = self._refused - len(self._violations)
            self._violations.append(Violation("the rest of the file", f"{more} more of the kind", "none"))
        if self._violations:
            raise InvalidParamsError(self._violations)
        if not self.lines:
            raise ConfigurationError("the file has no lines; nothing was sent")

    def json_lines(self, file: InputFile) -> Iterator[Line]:
        """The lines of a file of JSON lines; what cannot be read is noted."""
        for number, text in file.text_lines():
            body = text.strip()
            if not body:
                continue
            try:
                yield input_lines.read(number, body, self.operation)
            except MisreadLine as misread:
                self.misread(number, misread)

    def _plan_batch(self, batch: Sequence[Line]) -> None:
        self.lines += len(batch)
        checking = _Batch(self, batch)
        planned = [each for line in batch if (each := self._planned(line, checking)) is not None]
        if self._violations:
            return
        journal = self._journal
        journal.add_items((line.number, write.key, chunk, line.ref, line.body) for line, write, chunk in planned)
        journal.add_references((line.ref, line.number) for line, _, _ in planned if line.ref is not None)
        journal.add_touched((service, key, wave) for (service, key), wave in checking.changed.items())

    def _planned(self, line: Line, batch: "_Batch") -> Planned | None:
        """A line with its place; None for one with a mistake, which is noted."""
        try:
            write = self.write(line.do)
        except ConfigurationError as error:
            self.refuse(line.number, [Violation("$.do", str(error.args[0]), "")])
            return None
        item = as_object(write, line.item)
        found = self._check(line, write, item, batch)
        if found:
            self.refuse(line.number, found)
            return None
        naming = write.naming(item)
        subject = write.subject(item)
        occurrences = batch.occurrences.get(line.number, ())
        after = [batch.referred[name].wave for _, name in occurrences]
        if subject is not None:
            after.append(batch.wave_of(subject))
        wave = self._schedule.wave(write, naming, subject, after=after, refers=bool(occurrences))
        if line.ref is not None:
            batch.referred[line.ref] = Referred(line.number, write.key, wave)
        batch.note(item, subject, wave)
        return Planned(line, write, self._schedule.chunk(write, naming, wave, line.number))

    def _check(self, line: Line, write: WriteOperation, item: Any, batch: "_Batch") -> list[Violation]:
        """What is wrong with a line."""
        found = batch.check_name(line) if line.ref is not None else []
        if line.number in batch.occurrences:
            found += batch.check_references(line)
            sample = references.replaced(item, batch.sample)
        else:
            sample = item
        if not isinstance(sample, Mapping):
            return [*found, Violation("$.item", describe_value(item), f"an object ({write.item.name})")]
        if self._decimal:
            sample = params_to_micros(sample, write.item, found)
        return found + self._misfits(write, sample)

    def _misfits(self, write: WriteOperation, item: Mapping[str, Any]) -> list[Violation]:
        """How an item breaks the contract."""
        try:
            fast_encode.content(item, write.item)
            found: list[Violation] = []
        except (fast_encode.NeedsFullCheck, EncodeError, TypeError):
            empty = write.is_add or self._empty_lists
            found = check(item, write.item, empty_lists=empty)
        ways = [name for name in write.names if name.endswith("Id")]
        if ways and len(given := [name for name in ways if name in item]) != 1:
            what = " and ".join(given) or "nothing that names the object"
            found.append(Violation("$", what, f"one of {', '.join(ways)}"))
        return found


class _Batch:
    """What the lines of a batch need to know of those before them."""

    def __init__(self, planner: Planner, lines: Sequence[Line]) -> None:
        self.occurrences = {
            line.number: references.occurrences(line.item) for line in lines if references.occur_in(line.body)
        }
        """By the number of a line, the references in it; [] where only a doubled sign is."""
        named = {name for found in self.occurrences.values() for _, name in found}
        named.update(line.ref for line in lines if line.ref)
        self.referred = {name: Referred(*row) for name, row in planner._journal.referred(sorted(named)).items()}
        self.changed: dict[tuple[str, Any], int] = {}
        subjects = {subject for line in lines if (subject := _subject(planner, line)) is not None}
        self._waves = planner._journal.touched([subject for subject in subjects if _is_id(subject[1])])

    def wave_of(self, subject: tuple[str, Any]) -> int:
        """The wave in which an object was last acted upon."""
        return self.changed.get(subject, self._waves.get(subject, _OLD))

    def note(self, item: Mapping[str, Any], subject: tuple[str, Any] | None, wave: int) -> None:
        """Notes what a planned line acts upon, and whose parents it names, for those after it."""
        if subject is not None:
            self.changed[subject] = wave
        for name in _PARENTS:
            if isinstance(key := item.get(name), int):
                parent = (OWNERS[name], key)
                self.changed.setdefault(parent, self._waves.get(parent, _OLD))

    def check_name(self, line: Line) -> list[Violation]:
        """Whether the name of a line is its own."""
        if line.ref not in self.referred:
            return []
        return [Violation("$.ref", f"{line.ref!r}, the name of line {self.referred[line.ref].line}", "another name")]

    def check_references(self, line: Line) -> list[Violation]:
        """Whether what a line refers to is there, before it, and of the kind that the member takes."""
        found: list[Violation] = []
        for path, name in self.occurrences[line.number]:
            target = self.referred.get(name)
            if target is None:
                expected = "the ref of an earlier line; a text that begins with @ is written with @@"
                found.append(Violation(path, f"'@{name}'", expected))
                continue
            member = path.rpartition(".")[2].partition("[")[0]
            owner = OWNERS.get(member) or OWNERS.get(member.removesuffix("s"))
            service = target.op.partition(".")[0]
            if owner is not None and owner != service:
                found.append(
                    Violation(path, f"'@{name}', line {target.line}, which is of {service}", f"one of {owner}")
                )
        return found

    def sample(self, name: str) -> Any:
        """A value such as the id of a name will be, for the check."""
        target = self.referred.get(name)
        return "hash" if target is not None and target.op.partition(".")[0] in _HASHES else 1


def as_object(write: WriteOperation, item: Any) -> Any:
    """An item as an object: where ids are taken, one may be written alone, `5` for `{"Id": 5}`."""
    if write.takes_ids and not isinstance(item, Mapping):
        return {write.item.name: item}
    return item


def _subject(planner: Planner, line: Line) -> tuple[str, Any] | None:
    try:
        write = planner.write(line.do)
    except ConfigurationError:
        return None
    item = as_object(write, line.item)
    subject = write.subject(item) if isinstance(item, Mapping) else None
    return subject if subject is not None and _is_id(subject[1]) else None


def _is_id(value: object) -> bool:
    return isinstance(value, int | str)
