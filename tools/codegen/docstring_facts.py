"""What the facts say about an operation or a type, in words for a docstring."""

from collections.abc import Iterator, Mapping

from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol import beyond_wsdl as beyond
from yadirect_soap.protocol.facts import Cost, Facts
from yadirect_soap.protocol.model import Operation, Shape

from .type_usage import Use

_NAMED = 4
"""Operations that a type names at most; more are counted."""


def of_operation(operation: Operation, facts: Facts) -> Iterator[str]:
    """What a caller should know: refusals, limits, units, and where it is documented."""
    key = operation.key
    if withdrawn := facts.withdrawn(key):
        yield f"Refused with error {withdrawn.code}: {withdrawn.why}."
    if key in facts.limits:
        yield f"At most {_limit(key, facts)} a call{_assumed(key in facts.assumed_limits)}."
    if "Page" in operation.request.by_name:
        deepest = facts.page_depth(key)
        depth = f", Limit and Offset together to {deepest:_}" if deepest else ""
        yield f"At most {facts.page_size:_} objects a page{depth}."
    yield from _criteria(key, facts)
    yield f"Costs {_cost(key, facts)}{_assumed(key in facts.assumed_costs)}."
    yield facts.page(operation.service)


def of_type(use: Use, facts: Facts) -> Iterator[str]:
    """Where a type is used, and what its numbers are that are more than numbers."""
    for verb, keys in (("Sent", use.sent), ("Answered", use.answered)):
        if keys:
            yield f"{verb} by {', '.join(keys) if len(keys) <= _NAMED else f'{len(keys)} operations'}."
    owners = [(member.owner, member.name) for member in use.shape.members]
    if money := [name for owner, name in owners if facts.nature(owner, name) == "money"]:
        yield f'Amounts, in micros or with money="decimal" as Decimal: {", ".join(money)}.'
    if scaled := [name for owner, name in owners if facts.nature(owner, name) == "scaled"]:
        yield f"In millionths, and no money: {', '.join(scaled)}."
    yield from beyond_wsdl(use.shape)


def beyond_wsdl(shape: Shape) -> Iterator[str]:
    """Which members or values of a type are live and in no WSDL."""
    changes = api_changes.bundled()
    if shape.name in changes.types or shape.name in changes.enumerations:
        yield "No WSDL has this type: its name is not the API's."
    yield from (f"{mark}." for mark in beyond.grouped_marks(shape))


def _limit(key: str, facts: Facts) -> str:
    named = facts.limits_by(key)
    return _listed(named, "by") if named else _counted(facts.limit(key), "object")


def _criteria(key: str, facts: Facts) -> Iterator[str]:
    if limits := facts.criteria.get(key):
        yield f"SelectionCriteria holds at most {_listed(limits)}."
    if needed := facts.required_criteria(key):
        yield f"SelectionCriteria needs one of {', '.join(sorted(needed))}."


def _listed(numbers: Mapping[str, int], of: str = "") -> str:
    return ", ".join(" ".join(filter(None, (f"{number:_}", of, name))) for name, number in numbers.items())


def _cost(key: str, facts: Facts) -> str:
    cost = facts.cost(key)
    text = f"{_counted(cost.call, 'unit')}{_per_object(cost)}"
    dear, then = facts.costs_with.get(key, (frozenset(), None))
    return f"{text}; {then.object} in place of {cost.object} with {', '.join(sorted(dear))}" if then else text


def _per_object(cost: Cost) -> str:
    if not cost.object:
        return ""
    return f" and {cost.object} for each {'object' if cost.per == 1 else f'{cost.per:_} objects'}"


def _counted(number: int, noun: str) -> str:
    return f"{number:_} {noun}{'' if number == 1 else 's'}"


def _assumed(is_assumed: bool) -> str:
    return " (not documented, assumed)" if is_assumed else ""
