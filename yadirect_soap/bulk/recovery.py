"""Lines without an outcome: which of them are done, which may be sent again, and which nobody can tell."""

import json
from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from . import matching, references
from .account_objects import AccountObjects, id_of
from .journal import Chunk, Item, Journal
from .outcomes import Outcome, made
from .write_operations import OWNERS, WriteOperation

_LOST = "the response was lost"


class Sent(NamedTuple):
    """A line with what was sent of it: ids in place of references, amounts in micros."""

    item: Item
    params: Mapping[str, Any]


class Findings(NamedTuple):
    """What a look at the account tells of lines."""

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
            needed["before"] = json.dumps(self._account.changed(write, [each.params for each in sent], since))
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
        found = matching.assigned([each.params for each in sent], objects, self._shape(write))
        left = _without(objects, found)
        findings = Findings([], [])
        for index, each in enumerate(sent):
            if index in found:
                findings.outcomes.append(_found(each.item, id_of(found[index]), newest))
            elif doubted := [id_of(other) for other in left if _may_be(other, each.params, write, newest)]:
                findings.outcomes.append(_doubted(each.item, doubted))
            else:
                findings.missing.append(each)
        return findings

    def carried_out(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> list[Outcome]:
        """The outcomes of lines that are done, of which a second try would be an error; errors cost units.

        Args:
            write: An operation of the class repeat or unique.
            chunk: Tells what was there before.
            sent: The lines without an outcome.
        """
        if write.recovery.unless is not None:
            return [_done_before(each, write, "by its status") for each in self._unless(write, list(sent))]
        if write.recovery.done:
            gone = set(self._account.missing(write.operation.service, [_key(write, each) for each in sent]))
            gone -= set(_before(chunk))
            return [_done_before(each, write, "it is gone") for each in sent if _key(write, each) in gone]
        if write.key == "keywords.update":
            return list(self._reworded(write, chunk, [each for each in sent if "Keyword" in each.params]).values())
        if write.recovery.kind == "unique":
            return list(self._made(write, sent, self._new_objects(write, chunk, sent)).values())
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
        codes = {each.item.line: {error["code"] for error in outcome.errors} for each, outcome in sent}
        if recovery.done:
            never = _before(chunk)
            done = [each for each, _ in sent if codes[each.item.line] & recovery.done]
            done = self._unless(write, [each for each in done if _key(write, each) not in never])
            return {each.item.line: _done_before(each, write, "the second response says so") for each in done}
        lines = [each for each, _ in sent]
        if write.key == "keywords.update":
            return self._reworded(write, chunk, lines)
        if recovery.kind != "unique":
            return {}
        objects = [each for each in self._new_objects(write, chunk, lines) if id_of(each) not in taken]
        return self._made(write, lines, objects)

    def _made(self, write: WriteOperation, sent: Sequence[Sent], objects: list[dict[str, Any]]) -> dict[int, Outcome]:
        """The outcomes of lines whose objects are there as they were sent, by line."""
        if write.key == "bidmodifiers.add":
            return _adjustments(sent, objects, self._shape(write))
        found = matching.assigned([each.params for each in sent], objects, self._shape(write))
        return {sent[index].item.line: _found(sent[index].item, id_of(each), 0) for index, each in found.items()}

    def _new_objects(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> list[dict[str, Any]]:
        """The objects that may be new: those neither of this job nor there before, in the order of their ids."""
        service = write.operation.service
        near = self._account.near(write, [each.params for each in sent], chunk.since)
        known = self._journal.known(service, [id_of(each) for each in near])
        known.update(_before(chunk))
        return sorted((each for each in near if id_of(each) not in known), key=id_of)

    def _before(self, write: WriteOperation, sent: Sequence[Sent]) -> Any:
        """The ids that are there; before a deletion those that are not; before keywords are reworded, their groups."""
        if write.recovery.done:
            # What a line of this file has made is there.
            given = [_key(write, each) for each in sent if not references.occur_in(each.item.body)]
            return self._account.missing(write.operation.service, given) if given else []
        if write.key == "keywords.update":
            ids = [each.params["Id"] for each in sent if "Keyword" in each.params]
            found = self._account.by_ids("keywords", ids, ["AdGroupId"])
            return {str(each["Id"]): each["AdGroupId"] for each in found}
        return [id_of(each) for each in self._account.near(write, [each.params for each in sent], "")]

    def _unless(self, write: WriteOperation, sent: list[Sent]) -> list[Sent]:
        """The lines whose objects no longer have the value that says that nothing was done."""
        if write.recovery.unless is None or not sent:
            return sent
        name, value = write.recovery.unless
        found = self._account.by_ids(write.operation.service, [each.params["Id"] for each in sent], [name])
        changed = {each["Id"] for each in found if each.get(name) != value}
        return [each for each in sent if each.params["Id"] in changed]

    def _reworded(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> dict[int, Outcome]:
        """Keywords in whose place there is another one, with the new words."""
        groups: Mapping[str, int] = _before(chunk)
        known = [(each, groups[str(each.params["Id"])]) for each in sent if str(each.params["Id"]) in groups]
        items = [{"AdGroupId": group, "Keyword": each.params.get("Keyword", "")} for each, group in known]
        if not items:
            return {}
        objects = self._account.near(write, items, "")
        found = matching.assigned(items, objects, self._shape(write))
        return {
            known[index][0].item.line: _found(known[index][0].item, id_of(each), 0) for index, each in found.items()
        }

    def _shape(self, write: WriteOperation) -> Any:
        return self._account.shape(write.operation.service)


def _without(objects: list[dict[str, Any]], found: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    taken = {id(each) for each in found.values()}
    return [each for each in objects if id(each) not in taken]


def _may_be(found: Mapping[str, Any], item: Mapping[str, Any], write: WriteOperation, newest: int) -> bool:
    """Whether an object that nothing explains may have been made of an item.

    One that is older than what this job has made before is doubted only where it looks like the item.
    """
    if any(found.get(name) != item[name] for name in write.recovery.parents if name in item):
        return False
    key = id_of(found)
    return not (isinstance(key, int) and key < newest) or matching.resemble(found, item)


def _found(item: Item, key: Any, newest: int) -> Outcome:
    """The object has all that was sent; one that is older than what the job made before may be another's."""
    if isinstance(key, int) and key < newest:
        return made(item, "unknown", remark=f"{_LOST}; {key} is alike, and older than others of this job")
    return made(item, "done", key, remark=f"{_LOST}; found by what was sent")


def _doubted(item: Item, ids: list[Any]) -> Outcome:
    shown = ", ".join(map(str, ids[:5])) + (" ..." if len(ids) > 5 else "")
    return made(item, "unknown", remark=f"{_LOST}; new objects beside it have other members than were sent: {shown}")


def _key(write: WriteOperation, sent: Sent) -> Any:
    """The id of the object that a line is about."""
    subject = write.subject(sent.params)
    return subject[1] if subject else None


def _before(chunk: Chunk) -> Any:
    """What was read before a chunk was sent first; nothing where that was not needed."""
    return json.loads(chunk.before) if chunk.before else {}


def _done_before(sent: Sent, write: WriteOperation, why: str) -> Outcome:
    return made(sent.item, "done", _key(write, sent), remark=f"{_LOST}; done: {why}")


def _adjustments(sent: Sequence[Sent], objects: list[dict[str, Any]], shape: Any) -> dict[int, Outcome]:
    """An item may make several adjustments, each an object of its own."""
    done: dict[int, Outcome] = {}
    for each in sent:
        place = {name: value for name, value in each.params.items() if name in OWNERS}
        ((name, value),) = [(name, value) for name, value in each.params.items() if name not in OWNERS]
        parts = [{**place, name.removesuffix("s"): part} for part in (value if isinstance(value, list) else [value])]
        found = matching.assigned(parts, objects, shape)
        if len(found) == len(parts):
            ids = [id_of(found[index]) for index in range(len(parts))]
            done[each.item.line] = _found(each.item, ids if len(ids) > 1 else ids[0], 0)
    return done
