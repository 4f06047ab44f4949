"""Cuts one call with split=True into several, each within the documented limits; the caller passes a function to send.

A write is cut by its list of objects, a read by its criteria: the parts of a long list of ids together find what the
whole list finds. If two lists are too long, each part of one is combined with each part of the other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from yadirect_soap.errors import DecodeError, DirectError, SplitProgress, Violation
from yadirect_soap.language import _
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.limits import CRITERIA, max_objects, object_list
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import is_list

from . import paging
from .results import ItemResults, joined

Params = Mapping[str, Any]


def violations(operation: Operation, params: Params) -> list[Violation]:
    """Reasons why a read cannot be cut: an Offset, or an object may match several parts and Id is not requested."""
    long = _long_criteria(operation, params)
    if not long:
        return []
    problems: list[Violation] = []
    if isinstance(page := params.get("Page"), Mapping) and page.get("Offset"):
        expected = _("none with split=True: each part begins at its first object")
        problems.append(Violation("$.Page.Offset", _("an Offset"), expected))
    several = [name for name in long if name in facts.bundled().several_of(operation.key)]
    if several and "Id" not in (params.get("FieldNames") or ()):
        expected = _(
            "Id among them: an object may be found by several {names}, and is returned once",
            names=" and ".join(several),
        )
        problems.append(Violation("$.FieldNames", _("no Id"), expected))
    return problems


def parts_of_read(operation: Operation, params: Params) -> Iterator[Params]:
    """Yields the params of each get; only the params themselves if no list is too long."""
    long = _long_criteria(operation, params)
    pieces = [[(name, piece) for piece in _cut(values, limit)] for name, (values, limit) in long.items()]
    for criteria_parts in product(*pieces):
        yield {**params, CRITERIA: {**params[CRITERIA], **dict(criteria_parts)}} if criteria_parts else params


def without_repeated(operation: Operation, params: Params) -> Callable[[Mapping[str, Any]], bool]:
    """Returns a filter that lets each object pass once, for reads whose parts may find the same object."""
    long = _long_criteria(operation, params)
    if not long.keys() & facts.bundled().several_of(operation.key):
        return lambda _item: True
    ids: set[Any] = set()

    def is_new(item: Mapping[str, Any]) -> bool:
        count = len(ids)
        ids.add(item.get("Id"))
        return len(ids) > count

    return is_new


def pages(operation: Operation, params: Params, call: Callable[[Params], paging.Objects]) -> Iterator[paging.Objects]:
    """Yields the pages of all parts of a get, with each object once."""
    is_new = without_repeated(operation, params)
    for part in parts_of_read(operation, params):
        for page in paging.iter_pages(call, part):
            page[:] = filter(is_new, page)
            yield page


def write(operation: Operation, params: Params, send: Callable[[Params], ItemResults]) -> ItemResults:
    """Sends the objects of a write in several calls, as many per call as are allowed, and joins the results in order.

    Args:
        operation: a write that returns item results.
        params: its params, which fit the contract.
        send: carries out one call.

    Returns:
        The results of all objects.

    Raises:
        DirectError: what `send` raises, with `progress`; the parts before were carried out.
    """
    path, items = object_list(operation, params) or ("", ())
    limit = max_objects(operation, items, facts.bundled())
    if limit is None or len(items) <= limit:
        return send(params)
    done: list[ItemResults] = []
    for start in range(0, len(items), limit):
        piece = items[start : start + limit]
        try:
            results = send(_replaced(params, path, piece))
            _refuse_uncounted(operation, results, len(piece))
        except BaseException as error:
            progress = SplitProgress(
                joined(done) if done else (),
                attempted=range(start, start + len(piece)),
                unsent=range(start + len(piece), len(items)),
            )
            _add_progress(error, progress)
            raise
        done.append(results)
    return joined(done)


def _add_progress(error: BaseException, progress: SplitProgress) -> None:
    """Adds to an error how far the call had come; to a KeyboardInterrupt and the like as a note."""
    if isinstance(error, DirectError):
        error.progress = progress
    else:
        error.add_note(progress.describe(_("may have acted")))
        error.progress = progress  # type: ignore[attr-defined]  # a BaseException takes any attribute


def _refuse_uncounted(operation: Operation, results: ItemResults, sent: int) -> None:
    """Raises DecodeError if the number of results differs from the number of objects, since indexes would be wrong."""
    if len(results) != sent:
        message = _("{count} results came for {sent} items", count=len(results), sent=sent)
        error = DecodeError(message, operation=operation.key, request_id=results.request_id)
        error.set_call(operation.key, writes=True)
        raise error


def _long_criteria(operation: Operation, params: Params) -> dict[str, tuple[Sequence[Any], int]]:
    """Returns the criteria that are too long for one get, without repeated values, each with its limit."""
    criteria = params.get(CRITERIA)
    long: dict[str, tuple[Sequence[Any], int]] = {}
    for name, values in criteria.items() if isinstance(criteria, Mapping) else ():
        limit = facts.bundled().criteria_limit(operation.key, name)
        if limit is not None and is_list(values) and len(values) > limit:
            long[name] = (list(dict.fromkeys(values)), limit)
    return long


def _cut(values: Sequence[Any], limit: int) -> list[Sequence[Any]]:
    return [values[start : start + limit] for start in range(0, len(values), limit)]


def _replaced(params: Params, path: str, piece: Sequence[Any]) -> Params:
    """Returns a copy of the params with other objects in their list."""
    outer, _, inner = path.rpartition(".")
    return {**params, outer: {**params[outer], inner: piece}} if outer else {**params, inner: piece}
