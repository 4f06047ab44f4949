"""Checks documented limits of one request: objects in a call, values in a criterion, pages.

Nothing is sent or raised here.  Limits that are only assumed (facts.toml says which) are not checked.
https://yandex.ru/dev/direct/doc/en/best-practice/get
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.errors import Violation
from yadirect_soap.language import _, joined

from .facts import Facts
from .model import Member, Operation
from .scalars import is_list
from .value_forms import check_forms

CRITERIA = "SelectionCriteria"


def check_limits(operation: Operation, params: object, facts: Facts, *, sizes: bool = True) -> list[Violation]:
    """Lists every exceeded limit, missing or double choice, and value in a wrong form; [] if there is none.

    Args:
        operation: the operation to be called.
        params: the params; what does not fit the contract is left to validation.check().
        facts: the documented limits.
        sizes: False if the lists will be cut into several requests.

    Returns:
        The violations, each with its path.
    """
    if not isinstance(params, Mapping):
        return []
    violations = [*_page(operation, params, facts), *_choices(operation, params, facts)]
    violations += check_forms(params, operation.request)
    return [*_sizes(operation, params, facts), *violations] if sizes else violations


def object_list(operation: Operation, params: Mapping[str, Any]) -> tuple[str, Sequence[Any]] | None:
    """Returns the path and the values of the only list of objects or ids in a write's params; None if there is none."""
    lists = [member for member in operation.request.members if member.many]
    if len(lists) == 1:
        return _listed(lists[0].name, params.get(lists[0].name))
    criteria = params.get(CRITERIA)
    if lists or not isinstance(criteria, Mapping):
        return None
    lists_of_criteria = [_listed(f"{CRITERIA}.{name}", value) for name, value in criteria.items() if is_list(value)]
    return lists_of_criteria[0] if len(lists_of_criteria) == 1 else None


def max_objects(operation: Operation, items: Sequence[Any], facts: Facts) -> int | None:
    """How many objects a call may contain, by the member that names them; None if no limit is known."""
    if operation.key not in facts.limits:
        return None
    by_name = facts.limits_by(operation.key)
    named = [
        limit for name, limit in by_name.items() if any(isinstance(item, Mapping) and name in item for item in items)
    ]
    return min(named, default=facts.limit(operation.key))


def _listed(path: str, value: Any) -> tuple[str, Sequence[Any]] | None:
    return (path, value) if is_list(value) else None


def _sizes(operation: Operation, params: Mapping[str, Any], facts: Facts) -> Iterator[Violation]:
    """Lists that are too long for one request."""
    by_name = facts.limits_by(operation.key)
    if is_documented := operation.key in facts.limits and operation.key not in facts.assumed_limits:
        for name in by_name.keys() & operation.request.by_name.keys():
            yield from _too_long(f"$.{name}", params.get(name), by_name[name], _("send them in parts"))
    if is_documented and (listed := object_list(operation, params)) is not None:
        path, items = listed
        limit = max_objects(operation, items, facts)
        yield from _too_long(f"$.{path}", items, limit, _("send them in parts, or pass split=True"))
    criteria = params.get(CRITERIA)
    if isinstance(criteria, Mapping) and operation.key not in facts.assumed_criteria:
        for name, values in criteria.items():
            limit = facts.criteria_limit(operation.key, name) if isinstance(name, str) else None
            yield from _too_long(f"$.{CRITERIA}.{name}", values, limit, _("send them in parts, or pass split=True"))


def _too_long(path: str, values: object, limit: int | None, advice: str) -> Iterator[Violation]:
    if limit is not None and is_list(values) and len(values) > limit:
        yield Violation(
            path, _("{count} values", count=len(values)), _("at most {limit}; {advice}", limit=limit, advice=advice)
        )


def _page(operation: Operation, params: Mapping[str, Any], facts: Facts) -> Iterator[Violation]:
    """Checks Page: a Limit of 0, for example, leads to no next page."""
    page = params.get("Page")
    if not isinstance(page, Mapping) or "Page" not in operation.request.by_name:
        return
    limit, offset = _number(page.get("Limit"), facts.page_size), _number(page.get("Offset"), 0)
    if not 1 <= limit <= facts.page_size:
        advice = _("; items() and pages() read on automatically") if limit > 0 else ""
        yield Violation(
            "$.Page.Limit", str(limit), _("from 1 to {limit}{advice}", limit=facts.page_size, advice=advice)
        )
    if offset < 0:
        yield Violation("$.Page.Offset", str(offset), _("0 or more"))
    deepest = facts.page_depth(operation.key)
    if deepest is not None and limit + offset > deepest:
        window = _("Limit {limit} and Offset {offset}", limit=limit, offset=offset)
        yield Violation(
            "$.Page", window, _("together at most {deepest}; request with narrower criteria", deepest=deepest)
        )


def _number(value: object, usual: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else usual


def _choices(operation: Operation, params: Mapping[str, Any], facts: Facts) -> Iterator[Violation]:
    """Checks criteria of which one is required, lists that exclude each other, and objects named in several ways."""
    criteria, needed = params.get(CRITERIA), facts.required_criteria(operation.key)
    if isinstance(criteria, Mapping) and needed and not any(_is_present(criteria.get(name)) for name in needed):
        names = ", ".join(name for name in _members(operation) if name in needed)
        yield Violation(f"$.{CRITERIA}", _("none of {names}", names=names), _("at least one of them"))
    by_name = facts.limits_by(operation.key)
    yield from _one_list(params, [name for name in by_name if name in operation.request.by_name])
    if ways := tuple(name for name in by_name if name.endswith("Id")):
        yield from _one_naming(object_list(operation, params), ways)


def _one_list(params: Mapping[str, Any], lists: Sequence[str]) -> Iterator[Violation]:
    """Exactly one of the lists that exclude each other must be present."""
    present = [name for name in lists if _is_present(params.get(name))]
    if lists and len(present) != 1:
        advice = _("; make a call for each") if present else ""
        yield Violation(
            "$",
            _and(present) or _("none of {names}", names=", ".join(lists)),
            _("one of {names}{advice}", names=", ".join(lists), advice=advice),
        )


def _one_naming(objects: tuple[str, Sequence[Any]] | None, names: tuple[str, ...]) -> Iterator[Violation]:
    """All objects of a call must be named by the same member."""
    path, items = objects or ("", ())
    used = [{name for name in names if name in item} for item in items if isinstance(item, Mapping)]
    for index, own in enumerate(used):
        if not own:
            yield Violation(
                f"$.{path}[{index}]", _("nothing that names the object"), _("one of {names}", names=", ".join(names))
            )
    if len(all_used := set[str]().union(*used)) > 1:
        names_used = _("objects named by {names}", names=_and(sorted(all_used)))
        yield Violation(
            f"$.{path}", names_used, _("one of {names} for all objects; make a call for each", names=", ".join(names))
        )


def _and(names: Sequence[str]) -> str:
    return joined(_(" and "), names) if len(names) > 1 else "".join(names)


def _is_present(value: object) -> bool:
    """Whether a criterion is present and not empty."""
    return value is not None and not (is_list(value) and not value)


def _members(operation: Operation) -> Mapping[str, Member]:
    member = operation.request.by_name.get(CRITERIA)
    return member.shape.by_name if member else {}
