"""The limits of one request, from protocol.facts: objects, values of criteria, pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.model import Kind, Operation

from ..domain import error_codes

Params = Mapping[str, Any]
Say = Callable[[str, str], str]


def check_limits(operation: Operation, params: Params, facts: Facts, language: str) -> None:
    """Raises 9300 for too many objects, 4001 for wrong criteria, 4002 and 9301 for a wrong page."""

    def say(english: str, russian: str) -> str:
        return russian if language == "ru" else english

    for code, detail in (
        (9300, _too_many(operation, params, facts, say)),
        (4001, _criteria(operation, params, facts, say)),
        (4002, _page(params, facts, say)),
        (9301, _depth(operation, params, facts, say)),
    ):
        if detail:
            raise error_codes.fault(code, detail, language=language)


def objects(operation: Operation, params: Params) -> Sequence[Any]:
    """Returns the objects of a write: the items of its list, or the ids of its SelectionCriteria."""
    lists = [member.name for member in operation.request.members if member.many and member.shape.kind is Kind.OBJECT]
    if len(lists) == 1:
        return params.get(lists[0]) or ()
    criteria = params.get("SelectionCriteria") or {}
    return next((value for value in criteria.values() if isinstance(value, Sequence)), ())


def _too_many(operation: Operation, params: Params, facts: Facts, say: Say) -> str:
    if operation.key not in facts.limits or operation.name.startswith("check"):
        return ""
    items = objects(operation, params)
    max_items = facts.limit(operation.key)
    for by, limit in facts.limits_by(operation.key).items():
        if any(isinstance(item, Mapping) and by in item for item in items):
            max_items = min(max_items, limit)
    if len(items) <= max_items:
        return ""
    return say(f"No more than {max_items} objects per request", f"Не более {max_items} объектов в одном запросе")


def _criteria(operation: Operation, params: Params, facts: Facts, say: Say) -> str:
    criteria = params.get("SelectionCriteria")
    if criteria is None:
        return ""
    required = facts.required_criteria(operation.key)
    if required and not any(criteria.get(name) for name in required):
        names = ", ".join(member.name for member in _criteria_members(operation) if member.name in required)
        english, russian = "At least one of the criteria is required", "Требуется хотя бы один из критериев"
        return say(f"{english}: {names}", f"{russian}: {names}")
    for name, value in criteria.items():
        max_values = facts.criteria_limit(operation.key, name)
        if max_values is not None and len(value) > max_values:
            array = f"SelectionCriteria.{name}"
            return say(
                f"Exceed the maximum number of IDs per array {array}",
                f"Превышено максимальное количество идентификаторов в массиве {array}",
            )
    return ""


def _criteria_members(operation: Operation) -> tuple[Any, ...]:
    return operation.request.by_name["SelectionCriteria"].shape.members


def _page(params: Params, facts: Facts, say: Say) -> str:
    """Returns the error of a wrong page; a Limit of 0 is wrong too, since such pages have no end."""
    page = params.get("Page") or {}
    limit, offset = page.get("Limit", 1), page.get("Offset", 0)
    if not 1 <= limit <= facts.page_size:
        return say(
            f"Page.Limit must be from 1 to {facts.page_size}", f"Page.Limit должен быть от 1 до {facts.page_size}"
        )
    return say("Page.Offset cannot be negative", "Page.Offset не может быть отрицательным") if offset < 0 else ""


def _depth(operation: Operation, params: Params, facts: Facts, say: Say) -> str:
    deepest = facts.page_depth(operation.key)
    page = params.get("Page") or {}
    if deepest is None or page.get("Limit", facts.page_size) + page.get("Offset", 0) <= deepest:
        return ""
    return say(f"Limit + Offset must not exceed {deepest}", f"Limit + Offset не должны превышать {deepest}")
