"""Decides about lines without an outcome: they are done, can be sent again, or are unknown."""

import json
from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from . import matching
from .account_objects import AccountObjects, id_of
from .journal import Chunk, Item, Journal
from .outcomes import Outcome, new_outcome
from .write_operations import OWNERS, WriteOperation

_LOST = "the response was lost"


class Sent(NamedTuple):
    """A line with what was sent of it: ids in place of references, amounts in micros."""

    item: Item
    params: Mapping[str, Any]


class Findings(NamedTuple):
    """What the account shows about lines."""

    outcomes: list[Outcome]
    missing: list[Sent]
    """Lines whose objects are not there, and of which nothing that is there may have been made."""


class Recovery:
    """Looks at the account for what lost responses would have told."""

    def __init__(self, journal: Journal, account: AccountObjects) -> None:
        self._journal = journal
        self._account = account

    def prepare(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> dict[str, str]:
        """What must be known before a chunk is sent, for the case that its response is lost: `since` and `before`."""
        recovery = write.recovery
        needed: dict[str, str] = {}
        if recovery.by in ("changes", "modified") and not chunk.since:
            since = needed["since"] = self._account.now()
            # A moment is a second: what has changed in it already is not ours.
            needed["before"] = json.dumps(self._account.changed(write, [line.params for line in sent], since))
        if recovery.before and not chunk.before:
            needed["before"] = json.dumps(self._before(write, sent))
        return needed

    def look(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> Findings:
        """Looks for the objects of adds.

        Args:
            write: The operation.
            chunk: Tells since when to look, and what was there before.
            sent: The lines without an outcome.
        """
        newest = self._journal.newest(write.operation.service, but=chunk)
        objects = self._new_objects(write, chunk, sent)
        assigned = matching.assigned([line.params for line in sent], objects, self._shape(write))
        unassigned = _without(objects, assigned)
        findings = Findings([], [])
        for index, line in enumerate(sent):
            if index in assigned:
                findings.outcomes.append(_found_outcome(line.item, id_of(assigned[index]), newest))
            elif doubted := [
                id_of(candidate) for candidate in unassigned if _may_be(candidate, line.params, write, newest)
            ]:
                findings.outcomes.append(_unknown_outcome(line.item, doubted))
            else:
                findings.missing.append(line)
        return findings

    def carried_out(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> list[Outcome]:
        """The outcomes of lines that are done, of which a second try would be an error; errors cost units.

        Args:
            write: An operation of the class repeat or unique.
            chunk: Tells what was there before.
            sent: The lines without an outcome.
        """
        if write.recovery.statuses:
            return self._by_status(write, sent)
        if write.recovery.done:
            absent = set(self._account.missing(write.operation.service, [_key(write, line) for line in sent]))
            absent -= set(_before(chunk))
            return [_done_before(line, write, "it is gone") for line in sent if _key(write, line) in absent]
        if write.key == "keywords.update":
            return list(self._reworded(write, chunk, [line for line in sent if "Keyword" in line.params]).values())
        if write.recovery.kind == "unique":
            return list(self._outcomes_as_sent(write, sent, self._new_objects(write, chunk, sent)).values())
        return []

    def refused(
        self, write: WriteOperation, chunk: Chunk, sent: Sequence[tuple[Sent, Outcome]], *, taken: Container[Any]
    ) -> dict[int, Outcome]:
        """Of lines that were refused when they were sent again, those which the first try has carried out, by line.

        Args:
            write: The operation.
            chunk: Tells what was there before.
            sent: The lines, with the outcomes that the response tells.
            taken: The ids that the same response gives to other lines.
        """
        recovery = write.recovery
        codes = {line.item.line: {error["code"] for error in outcome.errors} for line, outcome in sent}
        if recovery.done:
            never = _before(chunk)
            done = [line for line, _ in sent if codes[line.item.line] & recovery.done]
            done = [line for line in done if _key(write, line) not in never]
            if recovery.statuses:
                return {outcome.line: outcome for outcome in self._by_status(write, done)}
            return {line.item.line: _done_before(line, write, "the second response says so") for line in done}
        lines = [line for line, _ in sent]
        if write.key == "keywords.update":
            return self._reworded(write, chunk, lines)
        if recovery.kind != "unique":
            return {}
        objects = [new for new in self._new_objects(write, chunk, lines) if id_of(new) not in taken]
        return self._outcomes_as_sent(write, lines, objects)

    def _outcomes_as_sent(
        self, write: WriteOperation, sent: Sequence[Sent], objects: list[dict[str, Any]]
    ) -> dict[int, Outcome]:
        """The outcomes of lines whose objects are there as they were sent, by line."""
        if write.key == "bidmodifiers.add":
            return _adjustments(sent, objects, self._shape(write))
        assigned = matching.assigned([line.params for line in sent], objects, self._shape(write))
        return {
            sent[index].item.line: _found_outcome(sent[index].item, id_of(account_object), 0)
            for index, account_object in assigned.items()
        }

    def _new_objects(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> list[dict[str, Any]]:
        """The objects that may be new: those neither of this job nor there before, in the order of their ids."""
        service = write.operation.service
        near = self._account.near(write, [line.params for line in sent], chunk.since)
        old_ids = self._journal.known(service, [id_of(account_object) for account_object in near])
        old_ids.update(_before(chunk))
        return sorted((account_object for account_object in near if id_of(account_object) not in old_ids), key=id_of)

    def _before(self, write: WriteOperation, sent: Sequence[Sent]) -> Any:
        """The ids that are there; before a deletion those that are not; before keywords are reworded, their groups."""
        if write.recovery.done:
            return self._account.missing(write.operation.service, [_key(write, line) for line in sent])
        if write.key == "keywords.update":
            ids = [line.params["Id"] for line in sent if "Keyword" in line.params]
            keywords = self._account.by_ids("keywords", ids, ["AdGroupId"])
            return {str(keyword["Id"]): keyword["AdGroupId"] for keyword in keywords}
        return [
            id_of(account_object) for account_object in self._account.near(write, [line.params for line in sent], "")
        ]

    def _by_status(self, write: WriteOperation, sent: Sequence[Sent]) -> list[Outcome]:
        """The outcomes of lines by what their objects are now; none for a line that is to be sent again."""
        service = write.operation.service
        ids = [_key(write, line) for line in sent]
        # What an earlier line has done, this one has not.
        done_before = {item.result for item in self._journal.written(write.key, ids)}
        drafts = {item.result for item in self._journal.written(f"{service}.add", ids)} - done_before
        objects = self._account.by_ids(service, ids, ["Status"])
        statuses = {id_of(account_object): account_object["Status"] for account_object in objects}
        outcomes = []
        for line, key in zip(sent, ids, strict=True):
            status = statuses.get(key)
            meaning = write.recovery.statuses.get(str(status))
            if status is None or meaning == "again" or key in done_before:
                continue
            if key in drafts:
                outcomes.append(_done_before(line, write, f"this job added a draft, and the Status is {status} now"))
            elif meaning == "done":
                outcomes.append(_done_before(line, write, f"the Status is {status}, by this call or by an earlier one"))
            else:
                remark = f"{_LOST}; the Status is {status}, and nothing tells whether it was a draft before"
                outcomes.append(new_outcome(line.item, "unknown", remark=remark))
        return outcomes

    def _reworded(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> dict[int, Outcome]:
        """The outcomes of keywords that were replaced by a new one with the new words."""
        groups: Mapping[str, int] = _before(chunk)
        keywords = [(line, groups[str(line.params["Id"])]) for line in sent if str(line.params["Id"]) in groups]
        items = [{"AdGroupId": group, "Keyword": line.params.get("Keyword", "")} for line, group in keywords]
        if not items:
            return {}
        objects = self._account.near(write, items, "")
        assigned = matching.assigned(items, objects, self._shape(write))
        return {
            keywords[index][0].item.line: _found_outcome(keywords[index][0].item, id_of(account_object), 0)
            for index, account_object in assigned.items()
        }

    def _shape(self, write: WriteOperation) -> Any:
        return self._account.shape(write.operation.service)


def _without(objects: list[dict[str, Any]], assigned: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    assigned_ids = {id(candidate) for candidate in assigned.values()}
    return [candidate for candidate in objects if id(candidate) not in assigned_ids]


def _may_be(candidate: Mapping[str, Any], item: Mapping[str, Any], write: WriteOperation, newest: int) -> bool:
    """Whether an object that nothing explains may have been made of an item.

    One that is older than what this job has made before is doubted only where it looks like the item.
    """
    if any(candidate.get(name) != item[name] for name in write.recovery.parents if name in item):
        return False
    key = id_of(candidate)
    return not (isinstance(key, int) and key < newest) or matching.resemble(candidate, item)


def _found_outcome(item: Item, key: Any, newest: int) -> Outcome:
    """The object has all that was sent; one that is older than what the job made before may be another's."""
    if isinstance(key, int) and key < newest:
        return new_outcome(item, "unknown", remark=f"{_LOST}; {key} is alike, and older than others of this job")
    return new_outcome(item, "done", key, remark=f"{_LOST}; found by what was sent")


def _unknown_outcome(item: Item, ids: list[Any]) -> Outcome:
    first_ids = ", ".join(map(str, ids[:5])) + (" ..." if len(ids) > 5 else "")
    return new_outcome(
        item, "unknown", remark=f"{_LOST}; new objects beside it have other members than were sent: {first_ids}"
    )


def _key(write: WriteOperation, sent: Sent) -> Any:
    """The id of the object that a line is about."""
    subject = write.subject(sent.params)
    return subject[1] if subject else None


def _before(chunk: Chunk) -> Any:
    """What was read before a chunk was sent first; nothing where that was not needed."""
    return json.loads(chunk.before) if chunk.before else {}


def _done_before(sent: Sent, write: WriteOperation, why: str) -> Outcome:
    return new_outcome(sent.item, "done", _key(write, sent), remark=f"{_LOST}; done: {why}")


def _adjustments(sent: Sequence[Sent], objects: list[dict[str, Any]], shape: Any) -> dict[int, Outcome]:
    """An item may make several adjustments, each an object of its own, and of no other item."""
    outcomes: dict[int, Outcome] = {}
    left = list(objects)
    for line in sent:
        owner = {name: value for name, value in line.params.items() if name in OWNERS}
        ((name, value),) = [(name, value) for name, value in line.params.items() if name not in OWNERS]
        adjustments = [
            {**owner, name.removesuffix("s"): adjustment}
            for adjustment in (value if isinstance(value, list) else [value])
        ]
        assigned = matching.assigned(adjustments, left, shape)
        if len(assigned) == len(adjustments):
            left = _without(left, assigned)
            ids = [id_of(assigned[index]) for index in range(len(adjustments))]
            outcomes[line.item.line] = _found_outcome(line.item, ids if len(ids) > 1 else ids[0], 0)
    return outcomes
