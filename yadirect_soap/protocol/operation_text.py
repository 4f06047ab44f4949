"""An operation in words: what it costs and how much it takes, its params and its result, a line a member."""

from collections.abc import Callable, Iterator, Mapping

from . import beyond_wsdl, facts
from .facts import ASSUMED, Cost, Facts
from .limits import CRITERIA
from .model import Kind, Member, Operation, Shape

_Marks = Callable[[Member, str], Iterator[str]]
"""What stands behind a member's type, by the member and the name of the object around it."""


def described(operation: Operation, depth: int | None = None) -> Iterator[str]:
    """The lines of an operation.

    Args:
        operation: what is described.
        depth: levels of members to show; None for all.
    """
    api_facts = facts.bundled()
    yield operation.key
    yield f"  SOAPAction  {operation.soap_action}"
    yield from (f"  {term:<10}  {text}" for term, text in _documented(operation, api_facts))

    def of_params(member: Member, parent: str) -> Iterator[str]:
        yield from _type_marks(member, api_facts)
        if parent == CRITERIA:
            yield from _criteria_marks(member.name, operation.key, api_facts)

    yield from ("", "params")
    yield from _members(operation.request, of_params, depth)
    yield from ("", "result")
    yield from _members(operation.response, lambda member, _: _type_marks(member, api_facts), depth)


def signature(operation: Operation) -> str:
    """An operation and the names of its params: `ads.get(SelectionCriteria, FieldNames, Page?)`."""
    params = ", ".join(member.name + ("" if member.required else "?") for member in operation.request.members)
    return f"{operation.key}({params})"


def _documented(operation: Operation, api_facts: Facts) -> Iterator[tuple[str, str]]:
    """What the documentation adds; nothing, where an operation is newer than the facts."""
    key = operation.key
    if key in api_facts.costs:
        yield "units", _cost(key, api_facts) + ASSUMED * (key in api_facts.assumed_costs)
    if key in api_facts.limits:
        yield "limit", f"at most {_limit(key, api_facts)} a call" + ASSUMED * (key in api_facts.assumed_limits)
    if "Page" in operation.request.by_name:
        deepest = api_facts.page_depth(key)
        together = f"; Limit and Offset together at most {deepest:,}" if deepest else ""
        yield "pages", f"at most {api_facts.page_size:,} objects{together}"
    if (withdrawn := api_facts.withdrawn(key)) is not None:
        yield "refused", f"error {withdrawn.code}: {withdrawn.why}"
    if operation.service in api_facts.pages:
        yield "page", api_facts.page(operation.service)


def _cost(key: str, api_facts: Facts) -> str:
    text = _price(api_facts.cost(key))
    dear, other_cost = api_facts.costs_with.get(key, (frozenset(), None))
    return f"{text}; with {', '.join(sorted(dear))}: {_price(other_cost)}" if other_cost else text


def _price(cost: Cost) -> str:
    if not cost.object:
        return f"{cost.call} a call"
    return f"{cost.call} a call, {cost.object} " + ("an object" if cost.per == 1 else f"for {cost.per:,} objects")


def _limit(key: str, api_facts: Facts) -> str:
    by_name = api_facts.limits_by(key)
    if by_name:
        return ", ".join(f"{limit:,} by {name}" for name, limit in by_name.items())
    return f"{api_facts.limit(key):,} objects"


def _members(shape: Shape, marks: _Marks, depth: int | None, *, indent: str = "  ", parent: str = "") -> Iterator[str]:
    if depth == 0:
        return
    beyond = beyond_wsdl.marks(shape)
    for member in shape.members:
        marked = ", ".join([*marks(member, parent), *_beyond_marks(member, beyond)])
        yield f"{indent}{member.name}: {_value_type(member)}" + (f" ({marked})" if marked else "")
        if member.shape.kind is Kind.OBJECT:
            below = None if depth is None else depth - 1
            yield from _members(member.shape, marks, below, indent=indent + "  ", parent=member.name)


def _value_type(member: Member) -> str:
    """The type of a member's values: the values of an enumeration, or the name of a type."""
    return " | ".join(member.shape.values) if member.shape.kind is Kind.ENUM else member.shape.name.removeprefix("xsd:")


def _type_marks(member: Member, api_facts: Facts) -> Iterator[str]:
    if member.many:
        yield "list"
    if member.required:
        yield "required"
    if member.nillable:
        yield "nillable"
    nature = api_facts.nature(member.owner, member.name)
    if nature == "money":
        yield "micros"
    elif nature == "scaled":
        yield "millionths"


def _beyond_marks(member: Member, beyond: Mapping[str, str]) -> Iterator[str]:
    """That a member, or one of its values, is live and in no WSDL."""
    if member.name in beyond:
        yield beyond[member.name]
    if member.shape.kind is Kind.ENUM:
        yield from beyond_wsdl.grouped_marks(member.shape)


def _criteria_marks(name: str, key: str, api_facts: Facts) -> Iterator[str]:
    if (limit := api_facts.criteria_limit(key, name)) is not None:
        yield f"at most {limit:,}" + ASSUMED * (key in api_facts.assumed_criteria)
    if name in api_facts.required_criteria(key):
        yield "one of these required"
