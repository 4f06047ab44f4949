"""Decides about lines whose response was lost: they are done, can be sent again, or are unknown."""

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
    """A line and the params that were sent for it: with ids instead of references, and amounts in micros."""

    item: Item
    params: Mapping[str, Any]


class Findings(NamedTuple):
    """The outcomes that the account shows, and the lines whose objects it does not have."""

    outcomes: list[Outcome]
    missing: list[Sent]
    """Lines whose objects do not exist: no object of the account may come from them."""


class Recovery:
    """Reads from the account the outcomes that lost responses would have had.

    Args:
        journal: The journal of the job.
        account: The reader of the account's objects.
    """

    def __init__(self, journal: Journal, account: AccountObjects) -> None:
        self._journal = journal
        self._account = account

    def prepare(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> dict[str, str]:
        """Reads what recovery needs if the response of a chunk is lost; returns its `since` and `before`."""
        recovery = write.recovery
        needed: dict[str, str] = {}
        if recovery.by in ("changes", "modified") and not chunk.since:
            since = needed["since"] = self._account.now()
            # A timestamp has whole seconds: objects that changed earlier in the same second are not from this chunk.
            needed["before"] = json.dumps(self._account.changed(write, [line.params for line in sent], since))
        if recovery.before and not chunk.before:
            needed["before"] = json.dumps(self._before(write, sent))
        return needed

    def find_added(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> Findings:
        """Searches the account for the objects of an add.

        Args:
            write: The operation.
            chunk: The chunk, with the time and the objects before it was sent.
            sent: The lines without an outcome.
        """
        greatest_id = self._journal.greatest_id(write.operation.service, but=chunk)
        objects = self._new_objects(write, chunk, sent)
        assigned = matching.assign([line.params for line in sent], objects, self._shape(write))
        unassigned = _without(objects, assigned)
        findings = Findings([], [])
        for index, line in enumerate(sent):
            if index in assigned:
                findings.outcomes.append(_found_outcome(line.item, id_of(assigned[index]), greatest_id))
            elif doubted := [
                id_of(candidate) for candidate in unassigned if _may_match(candidate, line.params, write, greatest_id)
            ]:
                findings.outcomes.append(_unknown_outcome(line.item, doubted))
            else:
                findings.missing.append(line)
        return findings

    def find_carried_out(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> list[Outcome]:
        """Returns the outcomes of lines that are already done; sending them again would be an error and cost units.

        Args:
            write: An operation of the class repeat or unique.
            chunk: The chunk, with the objects before it was sent.
            sent: The lines without an outcome.
        """
        if write.recovery.statuses:
            return self._by_status(write, sent)
        if write.recovery.done:
            absent = set(self._account.missing(write.operation.service, [_key(write, line) for line in sent]))
            absent -= set(_before(chunk))
            return [_done_before(line, write, "it is gone") for line in sent if _key(write, line) in absent]
        if write.key == "keywords.update":
            return list(
                self._replaced_keywords(write, chunk, [line for line in sent if "Keyword" in line.params]).values()
            )
        if write.recovery.kind == "unique":
            return list(self._outcomes_as_sent(write, sent, self._new_objects(write, chunk, sent)).values())
        return []

    def recheck_refused(
        self, write: WriteOperation, chunk: Chunk, sent: Sequence[tuple[Sent, Outcome]], *, taken: Container[Any]
    ) -> dict[int, Outcome]:
        """Returns, by line, the outcomes of lines that were refused the second time because the first call did them.

        Args:
            write: The operation.
            chunk: The chunk, with the objects before it was sent.
            sent: The lines, with the outcomes in the second response.
            taken: The ids that the same response has for other lines.
        """
        recovery = write.recovery
        codes = {line.item.line: {error["code"] for error in outcome.errors} for line, outcome in sent}
        if recovery.done:
            missing_before = _before(chunk)
            done = [line for line, _ in sent if codes[line.item.line] & recovery.done]
            done = [line for line in done if _key(write, line) not in missing_before]
            if recovery.statuses:
                return {outcome.line: outcome for outcome in self._by_status(write, done)}
            return {line.item.line: _done_before(line, write, "the second response says so") for line in done}
        lines = [line for line, _ in sent]
        if write.key == "keywords.update":
            return self._replaced_keywords(write, chunk, lines)
        if recovery.kind != "unique":
            return {}
        objects = [new for new in self._new_objects(write, chunk, lines) if id_of(new) not in taken]
        return self._outcomes_as_sent(write, lines, objects)

    def _outcomes_as_sent(
        self, write: WriteOperation, sent: Sequence[Sent], objects: list[dict[str, Any]]
    ) -> dict[int, Outcome]:
        """Returns, by line, the outcomes of lines whose objects exist as they were sent."""
        if write.key == "bidmodifiers.add":
            return _adjustments(sent, objects, self._shape(write))
        assigned = matching.assign([line.params for line in sent], objects, self._shape(write))
        return {
            sent[index].item.line: _found_outcome(sent[index].item, id_of(account_object), 0)
            for index, account_object in assigned.items()
        }

    def _new_objects(self, write: WriteOperation, chunk: Chunk, sent: Sequence[Sent]) -> list[dict[str, Any]]:
        """Returns the objects that may be new, by id: neither from this job nor in the account before the chunk."""
        service = write.operation.service
        candidates = self._account.candidates(write, [line.params for line in sent], chunk.since)
        old_ids = self._journal.ids_in_job(service, [id_of(account_object) for account_object in candidates])
        old_ids.update(_before(chunk))
        return sorted(
            (account_object for account_object in candidates if id_of(account_object) not in old_ids), key=id_of
        )

    def _before(self, write: WriteOperation, sent: Sequence[Sent]) -> Any:
        """Reads the ids that exist before a chunk is sent.

        For a deletion these are the ids that do not exist; for new texts of keywords, the groups of the keywords.
        """
        if write.recovery.done:
            return self._account.missing(write.operation.service, [_key(write, line) for line in sent])
        if write.key == "keywords.update":
            ids = [line.params["Id"] for line in sent if "Keyword" in line.params]
            keywords = self._account.by_ids("keywords", ids, ["AdGroupId"])
            return {str(keyword["Id"]): keyword["AdGroupId"] for keyword in keywords}
        return [
            id_of(account_object)
            for account_object in self._account.candidates(write, [line.params for line in sent], "")
        ]

    def _by_status(self, write: WriteOperation, sent: Sequence[Sent]) -> list[Outcome]:
        """Returns the outcomes of lines by the Status of their objects; a line that must be sent again has none."""
        service = write.operation.service
        ids = [_key(write, line) for line in sent]
        # If an earlier line of the job did the same to an object, its Status does not show whether this line did.
        done_before = {item.result for item in self._journal.done_with_results(write.key, ids)}
        drafts = {item.result for item in self._journal.done_with_results(f"{service}.add", ids)} - done_before
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

    def _replaced_keywords(self, write: WriteOperation, chunk: Chunk, sent: list[Sent]) -> dict[int, Outcome]:
        """Returns, by line, the outcomes of keyword updates that replaced a keyword by a new one with the new text."""
        groups: Mapping[str, int] = _before(chunk)
        keywords = [(line, groups[str(line.params["Id"])]) for line in sent if str(line.params["Id"]) in groups]
        items = [{"AdGroupId": group, "Keyword": line.params.get("Keyword", "")} for line, group in keywords]
        if not items:
            return {}
        objects = self._account.candidates(write, items, "")
        assigned = matching.assign(items, objects, self._shape(write))
        return {
            keywords[index][0].item.line: _found_outcome(keywords[index][0].item, id_of(account_object), 0)
            for index, account_object in assigned.items()
        }

    def _shape(self, write: WriteOperation) -> Any:
        return self._account.shape(write.operation.service)


def _without(objects: list[dict[str, Any]], assigned: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    assigned_ids = {id(candidate) for candidate in assigned.values()}
    return [candidate for candidate in objects if id(candidate) not in assigned_ids]


def _may_match(candidate: Mapping[str, Any], item: Mapping[str, Any], write: WriteOperation, greatest_id: int) -> bool:
    """Whether an object that matches no item may still come from an item, with values that the API changed.

    An object that is older than others of this job may come from it only if its texts resemble those of the item.
    """
    if any(candidate.get(name) != item[name] for name in write.recovery.parents if name in item):
        return False
    key = id_of(candidate)
    return not (isinstance(key, int) and key < greatest_id) or matching.resembles(candidate, item)


def _found_outcome(item: Item, key: Any, greatest_id: int) -> Outcome:
    """Returns the outcome of a line whose object has all values sent; unknown if it is older than others of the job."""
    if isinstance(key, int) and key < greatest_id:
        return new_outcome(item, "unknown", remark=f"{_LOST}; {key} is alike, and older than others of this job")
    return new_outcome(item, "done", key, remark=f"{_LOST}; found by what was sent")


def _unknown_outcome(item: Item, ids: list[Any]) -> Outcome:
    first_ids = ", ".join(map(str, ids[:5])) + (" ..." if len(ids) > 5 else "")
    return new_outcome(
        item, "unknown", remark=f"{_LOST}; new objects beside it have other members than were sent: {first_ids}"
    )


def _key(write: WriteOperation, sent: Sent) -> Any:
    """Returns the id of the object that a line changes; None for an add."""
    subject = write.subject(sent.params)
    return subject[1] if subject else None


def _before(chunk: Chunk) -> Any:
    """Returns what was read before a chunk was sent first; empty if nothing was needed."""
    return json.loads(chunk.before) if chunk.before else {}


def _done_before(sent: Sent, write: WriteOperation, why: str) -> Outcome:
    return new_outcome(sent.item, "done", _key(write, sent), remark=f"{_LOST}; done: {why}")


def _adjustments(sent: Sequence[Sent], objects: list[dict[str, Any]], shape: Any) -> dict[int, Outcome]:
    """Returns, by line, the outcomes of bid adjustments; an item may create several, each an object with its own id."""
    outcomes: dict[int, Outcome] = {}
    remaining = list(objects)
    for line in sent:
        owner = {name: value for name, value in line.params.items() if name in OWNERS}
        ((name, value),) = [(name, value) for name, value in line.params.items() if name not in OWNERS]
        adjustments = [
            {**owner, name.removesuffix("s"): adjustment}
            for adjustment in (value if isinstance(value, list) else [value])
        ]
        assigned = matching.assign(adjustments, remaining, shape)
        if len(assigned) == len(adjustments):
            remaining = _without(remaining, assigned)
            ids = [id_of(assigned[index]) for index in range(len(adjustments))]
            outcomes[line.item.line] = _found_outcome(line.item, ids if len(ids) > 1 else ids[0], 0)
    return outcomes
