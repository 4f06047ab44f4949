"""What was written, read back: the API rewrites texts, rounds amounts and leaves out what it does not apply."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.protocol.limits import CRITERIA
from yadirect_soap.protocol.model import Shape
from yadirect_soap.protocol.money_conversion import params_to_micros

from . import input_lines, matching, references, write_operations
from .account_objects import AccountObjects, id_of
from .journal import Item, Journal

if TYPE_CHECKING:
    from yadirect_soap import Direct

_AT_ONCE = 1000
_VERBS = ("add", "update")


class Difference(NamedTuple):
    """A member that is not as it was sent."""

    line: int
    operation: str
    id: Any
    path: str
    """`TextAd.Title`; "" where the whole object is not there."""
    sent: Any
    found: Any


class Verification:
    """Compares objects with the lines that added or changed them.

    Args:
        direct: With amounts in micros.
        journal: A journal with a job.
    """

    def __init__(self, direct: "Direct", journal: Journal) -> None:
        self._direct = direct
        self._journal = journal
        self._job = journal.job()
        self._account = AccountObjects(direct)

    def differences(self) -> Iterator[Difference]:
        """What differs, line by line; of a member that several lines set, the last one counts."""
        for service in self._direct.contract:
            for verb in _VERBS:
                if self._can_be_read(service, verb):
                    yield from self._of_operation(service, f"{service}.{verb}")

    def _can_be_read(self, service: str, verb: str) -> bool:
        operations = self._direct.contract[service].operations
        if not {verb, "get"} <= operations.keys() or service == "bidmodifiers":
            return False
        criteria = operations["get"].request.by_name.get(CRITERIA)
        return criteria is not None and not criteria.shape.by_name.keys().isdisjoint(("Ids", "AdImageHashes"))

    def _of_operation(self, service: str, key: str) -> Iterator[Difference]:
        done = (item for item in self._journal.items_of(key) if item.result is not None)
        while batch := list(islice(done, _AT_ONCE)):
            sent = {item.line: self._sent(item) for item in batch}
            for later in self._journal.written(f"{service}.update", [item.result for item in batch]):
                _overlay(sent, batch, later, self._sent(later))
            members = set[str]().union(*sent.values()) - {"Id"}
            found = {
                id_of(account_object): account_object
                for account_object in self._account.by_ids(service, [i.result for i in batch], members)
            }
            for item in batch:
                yield from _compared(item, sent[item.line], found.get(item.result), self._account.shape(service))

    def _sent(self, item: Item) -> dict[str, Any]:
        """What a line has said, with ids in place of references, and amounts in micros."""
        write = write_operations.find(self._direct.contract, item.op)
        value = input_lines.read(item.line, item.body, self._job.operation).item
        if references.occur_in(item.body):
            names = [name for _, name in references.occurrences(value)]
            results = self._journal.results(names)
            value = references.replaced(value, lambda name: results[name][1])
        return dict(params_to_micros(value, write.item, []) if self._job.money == "decimal" else value)


def _overlay(sent: dict[int, dict[str, Any]], batch: Sequence[Item], later: Item, members: Mapping[str, Any]) -> None:
    """Takes out of lines what a later one has set anew."""
    for item in batch:
        if item.result == later.result and item.line < later.line:
            for name in members:
                if name != "Id":
                    sent[item.line].pop(name, None)


def _compared(
    item: Item, sent: Mapping[str, Any], found: Mapping[str, Any] | None, shape: Shape
) -> Iterator[Difference]:
    if found is None:
        yield Difference(item.line, item.op, item.result, "", dict(sent), None)
        return
    members = {name: value for name, value in sent.items() if name != "Id"}
    for path, value, current in matching.differences(found, members, shape):
        yield Difference(item.line, item.op, item.result, path, value, current)
