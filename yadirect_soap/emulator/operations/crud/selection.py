"""Selects the objects of a get by its SelectionCriteria."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from yadirect_soap.protocol.dates import is_moment
from yadirect_soap.protocol.model import Shape
from yadirect_soap.protocol.scalars import is_list

from ...domain import error_codes
from ...domain.resources import Resource
from ...storage.row_ranges import Rows, varying
from ...storage.store import Document, Row
from ..call import OperationCall
from .paths import values
from .shapes import document_shape

Test = Callable[[Row], bool]

_ANY_MEMBER = "*"
_NAMES_DELETED = frozenset({"Ids", "States"})
"""Criteria that select deleted objects too."""

_PLURALS = (("s", ""), ("es", ""), ("ies", "y"))


class _Condition(NamedTuple):
    """A criterion: its test of a row, and the members of the document that the test reads."""

    members: frozenset[str]
    test: Test


def selected(
    call: OperationCall, resource: Resource, complete: Callable[[Document], Document], *, skip: int = 0
) -> Iterator[Document]:
    """Yields objects that meet every criterion, in the order of their identifiers, without the first `skip`.

    `complete` adds the computed members.  Raises error 3500 for a criterion that the emulator does not implement:
    without it the result would be wrong.
    """
    requested: Mapping[str, Any] = call.params.get("SelectionCriteria") or {}
    criteria = {name: value for name, value in requested.items() if value is not None}
    conditions = {name: _condition(call, resource, name, value) for name, value in criteria.items()}
    narrowing, ranges = _row_ranges(call, resource, criteria)
    # The store has tested this one.
    conditions.pop(narrowing, None)
    tests = list(conditions.values())
    if resource.deletion is not None and resource.deletion.mark and not _NAMES_DELETED & criteria.keys():
        tests.append(_Condition(frozenset(resource.deletion.mark), lambda row: not resource.is_deleted(row.document)))
    if tests:
        ranges = _passing(ranges, tests, complete)
    return (complete(row.document) for row in _after_skipped(ranges, skip))


def timestamp(text: str, call: OperationCall, name: str) -> float:
    """Seconds since the epoch of a timestamp such as 2026-05-29T04:16:38Z; error 4000 for any other form."""
    if not is_moment(text):
        form = "2026-01-31T23:59:59Z"
        detail = call.text(f"{name} must be like {form}", f"{name}: ожидается время вида {form}")
        raise call.fault(4000, detail)
    return datetime.fromisoformat(text).timestamp()


def criterion_paths(shape: Shape, resource: Resource, name: str) -> Sequence[str]:
    """Returns the paths that a criterion reads in objects of a shape; none if the emulator does not implement it."""
    return resource.criteria.get(name) or _namesake(shape, name)


def _row_ranges(call: OperationCall, resource: Resource, criteria: Mapping[str, Any]) -> tuple[str, Iterable[Rows]]:
    """Returns the criterion that the store can test, "" if none, and the objects that meet it."""
    store, service, login = call.store, resource.service, call.account.login
    id_criterion = "AdImageHashes" if resource.id == "AdImageHash" else "Ids"
    if ids := criteria.get(id_criterion):
        return id_criterion, store.row_ranges(service, login, ids=ids)
    if ids := criteria.get("AdGroupIds"):
        return "AdGroupIds", store.row_ranges(service, login, adgroups=ids)
    if ids := criteria.get("CampaignIds"):
        return "CampaignIds", store.row_ranges(service, login, campaigns=ids)
    return "", store.row_ranges(service, login)


def _passing(
    ranges: Iterable[Rows], conditions: Sequence[_Condition], complete: Callable[[Document], Document]
) -> Iterator[Rows]:
    """Yields ranges that meet the conditions; single rows if the rows of a range may differ in the tested members."""

    def meets(row: Row) -> bool:
        whole = Row(row.id, row.login, row.changed, complete(row.document))
        return all(condition.test(whole) for condition in conditions)

    members = frozenset().union(*(condition.members for condition in conditions))
    for rows in ranges:
        if members.isdisjoint({_ANY_MEMBER, *varying(rows)}):
            if meets(rows[0]):
                yield rows
        else:
            yield from ((row,) for row in rows if meets(row))


def _after_skipped(ranges: Iterable[Rows], skip: int) -> Iterator[Row]:
    """Yields the rows of ranges without the first `skip`, which are skipped by the lengths of the ranges."""
    for rows in ranges:
        remaining = rows[skip:]
        skip -= len(rows) - len(remaining)
        yield from remaining


def _condition(call: OperationCall, resource: Resource, name: str, value: Any) -> _Condition:
    paths = criterion_paths(document_shape(call), resource, name)
    if not paths:
        raise error_codes.not_emulated(f"{call.operation.key}, SelectionCriteria.{name}", language=call.language)
    members = frozenset(path.rpartition(" ")[2].partition(".")[0] for path in paths)
    return _Condition(members, _test(call, name, value, paths))


def _test(call: OperationCall, name: str, value: Any, paths: Sequence[str]) -> Test:
    relation, _, path = paths[0].rpartition(" ")
    if relation == "since":
        since = timestamp(value, call, name)
        return lambda row: row.changed >= since
    if relation:
        return _in_time(relation, path, value)
    allowed = frozenset(value) if is_list(value) else frozenset((value,))
    return lambda row: any(member_value in allowed for path in paths for member_value in _scalars(row.document, path))


def _in_time(relation: str, path: str, bound: str) -> Test:
    """Returns a test of a time against a bound; timestamps compare as texts, since they begin with the year."""
    if relation == "from":
        return lambda row: any(time >= bound for time in values(row.document, path))
    return lambda row: any(time <= bound for time in values(row.document, path))


def _namesake(shape: Shape, name: str) -> Sequence[str]:
    """Returns the member with a criterion's name in the singular: Ids -> Id, Statuses -> Status."""
    singulars = [name, *(name.removesuffix(end) + put for end, put in _PLURALS if name.endswith(end))]
    return [singular for singular in singulars if singular in shape.by_name]


def _scalars(document: Document, path: str) -> Iterator[Any]:
    return (value for value in values(document, path) if isinstance(value, str | int))
