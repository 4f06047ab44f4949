"""Which objects a get is about: SelectionCriteria against documents, by the contract's names."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from yadirect_soap.protocol.contract import Shape
from yadirect_soap.protocol.scalars import is_list

from .. import faults
from ..call import Call
from ..resources import Resource
from ..store import Document, Row
from .paths import values
from .shapes import document_shape

Test = Callable[[Row], bool]

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NAMES_DELETED = frozenset({"Ids", "States"})
"""Criteria by which deleted objects are asked for."""

_PLURALS = (("s", ""), ("es", ""), ("ies", "y"))


def selected(call: Call, resource: Resource, complete: Callable[[Document], Document]) -> Iterator[Row]:
    """The account's objects that meet every criterion, in the order of their identifiers.

    `complete` adds the members that are not kept but worked out.  Raises the 'not implemented' fault for a criterion
    that the emulator cannot judge: ignoring it would answer another question.
    """
    given: Mapping[str, Any] = call.params.get("SelectionCriteria") or {}
    criteria = {name: value for name, value in given.items() if value is not None}
    tests = [_test(call, resource, name, value) for name, value in criteria.items()]
    if not _NAMES_DELETED & criteria.keys():
        tests.append(lambda row: not resource.is_deleted(row.document))
    for row in _rows(call, resource, criteria):
        whole = Row(row.id, row.login, row.changed, complete(row.document))
        if all(test(whole) for test in tests):
            yield whole


def timestamp(text: str, call: Call, name: str) -> float:
    """Seconds since the epoch of a time like 2026-05-29T04:16:38Z; error 4000 for any other form."""
    try:
        if not _TIMESTAMP.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text).astimezone(UTC).timestamp()
    except ValueError:
        form = "2026-01-31T23:59:59Z"
        said = call.said(f"{name} must be like {form}", f"{name}: ожидается время вида {form}")
        raise call.fault(4000, said) from None


def judged(shape: Shape, resource: Resource, name: str) -> Sequence[str]:
    """Where a criterion looks in the objects of a shape; nowhere if the emulator cannot judge it."""
    return resource.criteria.get(name) or _namesake(shape, name)


def _rows(call: Call, resource: Resource, criteria: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that the store can narrow down by itself."""
    store, service, login = call.store, resource.service, call.account.login
    if ids := criteria.get("AdImageHashes" if resource.id == "AdImageHash" else "Ids"):
        return store.rows(service, login, ids=ids)
    if ids := criteria.get("AdGroupIds"):
        return store.rows(service, login, adgroups=ids)
    if ids := criteria.get("CampaignIds"):
        return store.rows(service, login, campaigns=ids)
    return store.rows(service, login)


def _test(call: Call, resource: Resource, name: str, value: Any) -> Test:
    paths = judged(document_shape(call), resource, name)
    if not paths:
        raise faults.not_emulated(f"{call.operation.key}, SelectionCriteria.{name}", language=call.language)
    relation, _, path = paths[0].rpartition(" ")
    if relation == "since":
        since = timestamp(value, call, name)
        return lambda row: row.changed >= since
    if relation:
        return _in_time(relation, path, value)
    allowed = frozenset(value) if is_list(value) else frozenset((value,))
    return lambda row: any(found in allowed for path in paths for found in _scalars(row.document, path))


def _in_time(relation: str, path: str, bound: str) -> Test:
    """Times in documents are written from the year down, so that they compare as texts."""
    if relation == "from":
        return lambda row: any(found >= bound for found in values(row.document, path))
    return lambda row: any(found <= bound for found in values(row.document, path))


def _namesake(shape: Shape, name: str) -> Sequence[str]:
    """The member that a criterion is named after: Ids -> Id, Statuses -> Status, Archived -> Archived."""
    singulars = [name, *(name.removesuffix(end) + put for end, put in _PLURALS if name.endswith(end))]
    return [singular for singular in singulars if singular in shape.by_name]


def _scalars(document: Document, path: str) -> Iterator[Any]:
    return (value for value in values(document, path) if isinstance(value, str | int))
