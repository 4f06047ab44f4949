"""Plans a job: reads and checks each line of a file, and writes all of them into the journal, or none.

The use of memory does not grow with the file: lines go into the journal in batches, and later lines look up earlier
ones there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from yadirect_soap.errors import ConfigurationError, InvalidParamsError, Violation
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.money_conversion import params_to_micros
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.soap import fast_encode
from yadirect_soap.protocol.validation import check, describe_value
from yadirect_soap.protocol.value_forms import check_forms

from . import input_lines, references, write_operations
from .input_lines import InputFile, Line, MisreadLine
from .journal import Journal
from .schedule import Schedule
from .write_operations import OWNERS, ItemKind, NotAWriteError, WriteOperation

_BATCH = 1000
_MAX_VIOLATIONS = 1000
_NONE: tuple[tuple[str, str], ...] = ()
_DOUBLED = _("a text that begins with @ is written with @@")
_NOT_CHANGED = -1
"""The wave of an object that lines name, but do not change."""


class NamedLine(NamedTuple):
    """A line with a name, to which later lines may refer."""

    line: int
    service: str
    """The service of the object to whose id a reference resolves."""
    wave: int


class _Entry(NamedTuple):
    """A line with its operation."""

    line: Line
    write: WriteOperation
    kind: ItemKind
    item: dict[str, Any]
    sample: dict[str, Any]
    """The item, with a sample id for each reference."""
    occurrences: Sequence[tuple[str, str]]
    """The path and the name of each reference."""
    subject: tuple[str, Any] | None
    """The service and the id of the object that the line changes."""


_Row = tuple[int, str, int, str | None, str]
"""A row of the journal: the number, operation, chunk, ref and body of a line."""


class Planner:
    """Reads lines into a new journal.

    Args:
        journal: An empty journal, inside a transaction.
        contract: The contract against which the lines are checked.
        operation: The operation of lines that name none; "" if all lines must name one.
        money: Whether amounts are in "micros" or in "decimal" units of the currency.
        empty_lists: Whether a list in an update may be empty, which depends on the wire.
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
        """The number of lines that were read."""

    def write(self, key: str) -> WriteOperation:
        """Returns the operation with a key; raises NotAWriteError if there is none."""
        if key not in self._writes:
            self._writes[key] = write_operations.find(self._contract, key)
        return self._writes[key]

    def misread(self, number: int, misread: MisreadLine) -> None:
        """Records that a line cannot be read."""
        self.refuse(number, [Violation(misread.path, misread.found, misread.expected)])

    def refuse(self, number: int, violations: Iterable[Violation]) -> None:
        """Records the violations of a line."""
        for violation in violations:
            self._refused += 1
            if len(self._violations) < _MAX_VIOLATIONS:
                self._violations.append(
                    violation._replace(path=_("line {number}, {path}", number=number, path=violation.path))
                )

    def read(self, lines: Iterable[Line]) -> None:
        """Plans all lines.

        Raises:
            InvalidParamsError: Lines are wrong; the error has the violations, each with the number of its line.
            ConfigurationError: The file has no lines.
        """
        remaining = iter(lines)
        while batch := list(islice(remaining, _BATCH)):
            self._plan_batch(batch)
        if self._refused > len(self._violations):
            more = self._refused - len(self._violations)
            self._violations.append(
                Violation(_("the rest of the file"), _("{more} more of the kind", more=more), _("none"))
            )
        if self._violations:
            raise InvalidParamsError(self._violations)
        if not self.lines:
            raise ConfigurationError(_("the file has no lines; nothing was sent"))

    def json_lines(self, file: InputFile) -> Iterator[Line]:
        """Reads a file of JSON lines; a line that cannot be read is recorded as a violation."""
        for number, text in file.text_lines():
            body = text.strip()
            if not body:
                continue
            try:
                yield input_lines.read(number, body, self.operation)
            except MisreadLine as misread:
                self.misread(number, misread)

    def _plan_batch(self, lines: Sequence[Line]) -> None:
        self.lines += len(lines)
        batch = _Batch(self, self._journal, [entry for line in lines if (entry := self._entry(line)) is not None])
        rows = [row for entry in batch.entries if (row := self._row(entry, batch)) is not None]
        if self._violations:
            return
        journal = self._journal
        journal.add_items(rows)
        journal.add_references((ref, number) for number, _, _, ref, _ in rows if ref is not None)
        journal.add_touched((service, key, wave) for (service, key), wave in batch.changed.items())

    def _entry(self, line: Line) -> _Entry | None:
        """Returns a line with its operation; None if it has no valid operation or item, which is recorded."""
        try:
            write = self.write(line.do)
        except NotAWriteError as error:
            self.refuse(line.number, [Violation("$.do", error.found, error.expected)])
            return None
        item = as_object(write, line.item)
        if not isinstance(item, dict):
            expected = _("an object ({name})", name=write.item.name)
            self.refuse(line.number, [Violation("$.item", describe_value(item), expected)])
            return None
        sample, occurrences = references.scan(item) if references.occur_in(line.body) else (item, _NONE)
        kind = write.kind(tuple(item))
        subject = None
        if kind.subject and isinstance(key := item[kind.subject], int | str):
            subject = (kind.service, key)
        return _Entry(line, write, kind, item, sample, occurrences, subject)

    def _row(self, entry: _Entry, batch: "_Batch") -> _Row | None:
        """Returns the row of a line for the journal; None if the line has violations, which are recorded."""
        line, write, kind, item, sample, occurrences, subject = entry
        violations = batch.check_name(line) if line.ref is not None else []
        if occurrences:
            violations += batch.check_references(occurrences, write)
        if self._decimal:
            sample = params_to_micros(sample, write.item, violations)
        self._check(write, kind, sample, violations)
        if violations:
            self.refuse(line.number, violations)
            return None
        after = [batch.named_lines[name].wave for _, name in occurrences]
        if subject is not None:
            after.append(batch.wave_of(subject))
        wave = self._schedule.wave(write, kind, after=after, acts=subject is not None, refers=bool(occurrences))
        if line.ref is not None:
            batch.named_lines[line.ref] = NamedLine(line.number, kind.service, wave)
        batch.note(kind, item, subject, wave)
        chunk = self._schedule.chunk(write, kind.naming, wave, line.number)
        return line.number, write.key, chunk, line.ref, line.body

    def _check(
        self, write: WriteOperation, kind: ItemKind, item: Mapping[str, Any], violations: list[Violation]
    ) -> None:
        """Adds the violations of the contract, and the values of a wrong form, in an item."""
        try:
            fast_encode.content(item, write.item)
        except (fast_encode.NeedsFullCheck, EncodeError, TypeError):
            empty = write.is_add or self._empty_lists
            violations += check(item, write.item, empty_lists=empty)
        violations += check_forms(item, write.item)
        if write.id_names and len(kind.ids) != 1:
            named = " and ".join(kind.ids) or _("nothing that names the object")
            violations.append(Violation("$", named, _("one of {names}", names=", ".join(write.id_names))))


class _Batch:
    """The lines of a batch, with the earlier lines that they refer to or whose objects they change."""

    def __init__(self, planner: Planner, journal: Journal, entries: Sequence[_Entry]) -> None:
        self.entries = entries
        named = {name for entry in entries for _, name in entry.occurrences}
        named.update(entry.line.ref for entry in entries if entry.line.ref)
        self.named_lines = {
            name: NamedLine(line, OWNERS.get(naming, planner.write(op).space), wave)
            for name, (line, op, naming, wave) in journal.named_lines(sorted(named)).items()
        }
        self.changed: dict[tuple[str, Any], int] = {}
        """By service and id: the waves in which these lines change objects; _NOT_CHANGED for objects only named."""
        self._waves = journal.touched(list({entry.subject for entry in entries if entry.subject is not None}))

    def wave_of(self, subject: tuple[str, Any]) -> int:
        """Returns the last wave in which an object is changed so far."""
        return self.changed.get(subject, self._waves.get(subject, _NOT_CHANGED))

    def note(self, kind: ItemKind, item: Mapping[str, Any], subject: tuple[str, Any] | None, wave: int) -> None:
        """Records the object that a planned line changes, and the parents it names, for later lines."""
        if subject is not None:
            self.changed[subject] = wave
        for name, service in kind.parents:
            if isinstance(key := item[name], int):
                self.changed.setdefault((service, key), _NOT_CHANGED)

    def check_name(self, line: Line) -> list[Violation]:
        """Returns a violation if an earlier line has the same name."""
        if line.ref not in self.named_lines:
            return []
        return [
            Violation(
                "$.ref",
                _("{ref!r}, the name of line {line}", ref=line.ref, line=self.named_lines[line.ref].line),
                _("another name"),
            )
        ]

    def check_references(self, occurrences: Sequence[tuple[str, str]], write: WriteOperation) -> list[Violation]:
        """Returns a violation for each reference that names no earlier line, or an object of a wrong service."""
        violations: list[Violation] = []
        for path, name in occurrences:
            service = write.space if path == references.ID else write_operations.owner(path)
            target = self.named_lines.get(name)
            if service is None:
                expected = _("no reference, since no object is named here; {doubled}", doubled=_DOUBLED)
                violations.append(Violation(path, composed("'@{name:.60}'", name=name), expected))
            elif target is None:
                violations.append(
                    Violation(
                        path,
                        composed("'@{name:.60}'", name=name),
                        _("the ref of an earlier line; {doubled}", doubled=_DOUBLED),
                    )
                )
            elif target.service != service:
                found = _(
                    "'@{name:.60}', line {line}, which is of {service}",
                    name=name,
                    line=target.line,
                    service=target.service,
                )
                violations.append(Violation(path, found, _("one of {service}", service=service)))
        return violations


def as_object(write: WriteOperation, item: Any) -> Any:
    """Returns an item as an object: if the operation takes ids, an id may be written alone, `5` for `{"Id": 5}`."""
    if write.takes_ids and not isinstance(item, Mapping):
        return {write.item.name: item}
    return item
