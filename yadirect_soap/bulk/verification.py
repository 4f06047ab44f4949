"""Reads written objects back and compares them, because the API rewrites texts, rounds amounts and ignores members.

If several lines set a member of an object, the last one counts: a value of an `ads.add` that an `ads.update` replaced
is not expected, and after a deletion the object must not exist.  A line that cannot be compared is reported as such.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.language import _
from yadirect_soap.protocol.limits import CRITERIA
from yadirect_soap.protocol.model import Kind
from yadirect_soap.protocol.money_conversion import params_to_micros

from . import input_lines, matching, outcomes, references, write_operations
from .account_objects import AccountObjects, id_of
from .journal import Item, Journal
from .planner import as_object
from .write_operations import OWNERS, PARENT_IDS, WriteOperation

if TYPE_CHECKING:
    from yadirect_soap import Direct

_BATCH = 1000
_BID_MODIFIER = "BidModifier"
_AUTO = "setAuto"
_STATES: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {"archive": ("ARCHIVED", True), "resume": ("SUSPENDED", False), "suspend": ("SUSPENDED", True)}
    | {"unarchive": ("ARCHIVED", False)}
)
"""The State that an operation sets (True) or ends (False)."""
_BIDS: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("AverageCpa", "AverageCpc", "Bid", "ContextBid", "StrategyPriority")}
    | {"SearchBid": "Bid", "NetworkBid": "ContextBid"}
)
"""The names of bids in get, by their names in operations that set them."""


Path = tuple[str, ...]


class Difference(NamedTuple):
    """A member that is not as it was sent.

    Attributes:
        line: the number of the line.
        operation: the key of the operation, such as `ads.update`.
        id: the id of the object.
        path: the path of the member, such as `TextAd.Title`; "" if the object is missing, or was deleted but exists.
        sent: the value that was sent.
        found: the value in the account.
    """

    line: int
    operation: str
    id: Any
    path: str
    sent: Any
    found: Any


class NotVerified(NamedTuple):
    """A done line that cannot be compared completely.

    Attributes:
        line: the number of the line.
        operation: the key of the operation, such as `bids.setAuto`.
        reason: why it cannot be compared.
    """

    line: int
    operation: str
    reason: str


class _AnyBut(NamedTuple):
    """An expectation: any value but one."""

    excluded: str


@dataclass
class _ExpectedObject:
    """An object as the lines of the job left it."""

    last: Item
    """The last line that changed it."""
    is_deleted: bool = False
    members: dict[Path, tuple[Item, Any]] = field(default_factory=dict)
    """For each member, or member of a member such as TextAd: the line that set it last, and the value."""


class Verification:
    """Compares objects of the account with the done lines of a job.

    Args:
        direct: The client, with amounts in micros.
        journal: A journal with a job.
    """

    def __init__(self, direct: "Direct", journal: Journal) -> None:
        self._direct = direct
        self._journal = journal
        self._job = journal.job()
        self._account = AccountObjects(direct)
        writes = [write_operations.find(direct.contract, key) for key in journal.operations()]
        self._writes = sorted(writes, key=lambda write: (not write.is_add, write.key))
        self._last_by_parent = self._last_lines_by_parent()

    def results(self) -> Iterator[Difference | NotVerified]:
        """Yields the differences, and the lines that cannot be compared; each object is read once."""
        for number, write in enumerate(self._writes):
            beside = [other for other in self._writes if other.space == write.space]
            earlier = [other for other in self._writes[:number] if other.space == write.space]
            done = self._journal.items_of(write.key)
            while batch := list(islice(done, _BATCH)):
                yield from self._of_batch(write, batch, beside=beside, earlier=earlier)

    def _of_batch(
        self,
        write: WriteOperation,
        batch: Sequence[Item],
        *,
        beside: Sequence[WriteOperation],
        earlier: Sequence[WriteOperation],
    ) -> Iterator[Difference | NotVerified]:
        readable = []
        for item in batch:
            if (reason := self._not_verified_reason(write, item)) is None:
                readable.append(item)
            else:
                yield NotVerified(item.line, item.op, reason)
        ids = [key for item in readable for key in _ids(item)]
        earlier_results = {item.result for other in earlier for item in self._journal.done_with_results(other.key, ids)}
        items = {item.line: item for other in beside for item in self._journal.done_with_results(other.key, ids)}
        items |= {item.line: item for item in readable}
        objects = self._expected([items[line] for line in sorted(items)], ids=set(ids) - earlier_results)
        yield from self._compared(write.space, objects)

    def _not_verified_reason(self, write: WriteOperation, item: Item) -> str | None:
        """Returns why a line cannot be compared; None if it can."""
        if not self._has_get_by_ids(write.space):
            return _("get of {space} takes no ids", space=write.space)
        if write.operation.name == _AUTO:
            return _("the API reckons the bid")
        if item.result is None:
            return _("the API has given no id")
        if self._sets_bids_of_parent(write, item):
            return _("it is about all bids of a group or campaign")
        return None

    def _sets_bids_of_parent(self, write: WriteOperation, item: Item) -> bool:
        """Whether a line sets the bids of all objects of a group or campaign."""
        return write.kind(tuple(self._params(write, item))).naming in PARENT_IDS

    def _last_lines_by_parent(self) -> dict[str, int]:
        """Returns, by service, the last line that sets all bids of a group or campaign.

        It may have replaced bids that earlier lines set.
        """
        lines: dict[str, int] = {}
        for write in self._writes:
            if write.operation.name.startswith("set"):
                line = self._journal.last_done(write.key, PARENT_IDS)
                lines[write.space] = max(line, lines.get(write.space, 0))
        return lines

    def _has_get_by_ids(self, service: str) -> bool:
        get = self._direct.contract[service].operations.get("get")
        criteria = get.request.by_name.get(CRITERIA) if get is not None else None
        return criteria is not None and not criteria.shape.by_name.keys().isdisjoint(("Ids", "AdImageHashes"))

    # --- what is expected -------------------------------------------------------------------------------------

    def _expected(self, items: Iterable[Item], *, ids: set[Any]) -> dict[Any, _ExpectedObject]:
        """Returns the expected objects after lines in the order of the file."""
        objects: dict[Any, _ExpectedObject] = {}
        by_key = {write.key: write for write in self._writes}
        for item in items:
            write = by_key[item.op]
            if self._sets_bids_of_parent(write, item):
                continue
            params = self._params(write, item)
            for number, key in enumerate(_ids(item)):
                if key in ids:
                    target = objects.setdefault(key, _ExpectedObject(item))
                    target.last = item
                    _apply(target, item, _members(write, params, number), write)
        return objects

    def _params(self, write: WriteOperation, item: Item) -> dict[str, Any]:
        """Returns the params of a line, with ids instead of references, and amounts in micros."""
        value = as_object(write, input_lines.read(item.line, item.body, self._job.operation).item)
        if references.occur_in(item.body):
            names = [name for _, name in references.occurrences(value)]
            results = self._journal.results(names)
            value = references.replace(value, lambda name: results[name][1])
        return dict(params_to_micros(value, write.item, []) if self._job.money == "decimal" else value)

    # --- what is there ----------------------------------------------------------------------------------------

    def _compared(self, service: str, objects: Mapping[Any, _ExpectedObject]) -> Iterator[Difference | NotVerified]:
        if not objects:
            return
        shape = self._account.shape(service)
        members = {path[0] for target in objects.values() for path in target.members}
        if _BID_MODIFIER in members:  # it is inside the member of the adjustment's kind
            members.update(member.name for member in shape.members if member.shape.kind is Kind.OBJECT)
        if any(target.is_deleted for target in objects.values()):
            members.add("State")
        present = {id_of(current): current for current in self._account.by_ids(service, objects, members)}
        for key, target in objects.items():
            current = present.get(key)
            if current is not None and current.get("State") == "DELETED":
                current = None
            if target.is_deleted and current is not None:
                yield Difference(target.last.line, target.last.op, key, "", None, current)
            elif not target.is_deleted and current is None:
                yield Difference(target.last.line, target.last.op, key, "", _sent(target), None)
            elif current is not None:
                yield from self._of_object(key, target, current, service)

    def _of_object(
        self, key: Any, target: _ExpectedObject, current: Mapping[str, Any], service: str
    ) -> Iterator[Difference | NotVerified]:
        shape, last_by_parent = self._account.shape(service), self._last_by_parent.get(service, 0)
        for path, (item, value) in target.members.items():
            if path[0] in _BIDS and item.line < last_by_parent:
                yield NotVerified(item.line, item.op, _("a later line sets all bids of a group or campaign"))
            elif isinstance(value, _AnyBut):
                if current.get(path[0]) == value.excluded:
                    yield Difference(item.line, item.op, key, path[0], f"not {value.excluded}", value.excluded)
            elif path == (_BID_MODIFIER,):
                values = [inner[path[0]] for inner in current.values() if _has_bid_modifier(inner)]
                if values != [value]:
                    yield Difference(item.line, item.op, key, path[0], value, next(iter(values), None))
            else:
                sent = _nested(path, value)
                for name in matching.not_shown(current, sent, shape):
                    yield NotVerified(item.line, item.op, _("get does not show {name}", name=name))
                for name, sent_value, current_value in matching.differences(current, sent, shape):
                    yield Difference(item.line, item.op, key, name, sent_value, current_value)


def _ids(item: Item) -> list[Any]:
    """Returns the ids of the objects of a line."""
    key = outcomes.of_item(item).id
    return key if isinstance(key, list) else [key]


def _apply(target: _ExpectedObject, item: Item, members: Mapping[str, Any], write: WriteOperation) -> None:
    """Applies the changes of a line to an expected object; they replace those of earlier lines."""
    if write.operation.name == "delete":
        target.members.clear()
        target.is_deleted = True
    if write.operation.name == _AUTO:
        target.members = {path: sent for path, sent in target.members.items() if path[0] not in _BIDS}
    if _BID_MODIFIER in members:
        target.members = {path: sent for path, sent in target.members.items() if path[-1] != _BID_MODIFIER}
    for name, value in members.items():
        if isinstance(value, Mapping) and matching.ITEMS not in value:
            target.members |= {(name, inner): (item, part) for inner, part in value.items()}
        else:
            target.members[(name,)] = item, value


def _sent(target: _ExpectedObject) -> dict[str, Any]:
    return {".".join(path): value for path, (_, value) in target.members.items()}


def _nested(path: Path, value: Any) -> dict[str, Any]:
    for name in reversed(path[1:]):
        value = {name: value}
    return {path[0]: value}


def _has_bid_modifier(value: Any) -> bool:
    return isinstance(value, Mapping) and _BID_MODIFIER in value


def _members(write: WriteOperation, params: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Returns the values that a line sets, by their names in get; `number` is the index among several objects."""
    verb, service = write.operation.name, write.operation.service
    if verb in ("delete", _AUTO):
        return {}
    if verb == "moderate":
        return {"Status": _AnyBut("DRAFT")}
    if verb in _STATES:
        value, is_given = _STATES[verb]
        if service == "strategies":
            return {"StatusArchived": "YES" if is_given else "NO"}
        return {"State": value if is_given else _AnyBut(value)}
    if write.key == "bidmodifiers.add":
        return _adjustment(params, number)
    subject = write.kind(tuple(params)).subject
    members = {name: value for name, value in params.items() if name != subject}
    return {_BIDS.get(name, name): value for name, value in members.items()} if verb.startswith("set") else members


def _adjustment(params: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Returns one of the adjustments that an item creates, by its index."""
    owner = {name: value for name, value in params.items() if name in OWNERS}
    ((name, value),) = [(name, value) for name, value in params.items() if name not in OWNERS]
    return {**owner, name.removesuffix("s"): value[number] if isinstance(value, list) else value}
