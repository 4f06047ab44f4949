"""Describes an operation as text: its cost and limits, its params and its result, one line per member."""

from collections.abc import Callable, Iterator, Mapping

from yadirect_soap.language import _, composed, joined

from . import beyond_wsdl, facts
from .facts import ASSUMED, Cost, Facts
from .limits import CRITERIA
from .model import Kind, Member, Operation, Shape

_Marks = Callable[[Member, str], Iterator[str]]
"""A function that yields the remarks after a member's type, from the member and the name of its object."""


def described(operation: Operation, depth: int | None = None) -> Iterator[str]:
    """Yields the lines of the description of an operation.

    Args:
        operation: the operation.
        depth: levels of members to show; None for all.
    """
    api_facts = facts.bundled()
    yield operation.key
    yield f"  SOAPAction  {operation.soap_action}"
    yield from (
        composed("  {term:<10}  {text}", term=term, text=text) for term, text in _documented(operation, api_facts)
    )

    def of_params(member: Member, parent: str) -> Iterator[str]:
        yield from _type_marks(member, api_facts)
        if parent == CRITERIA:
            yield from _criteria_marks(member.name, operation.key, api_facts)

    yield from ("", _("params"))
    yield from _members(operation.request, of_params, depth)
    yield from ("", _("result"))
    yield from _members(operation.response, lambda member, parent: _type_marks(member, api_facts), depth)


def signature(operation: Operation) -> str:
    """Returns an operation and the names of its params: `ads.get(SelectionCriteria, FieldNames, Page?)`."""
    params = ", ".join(member.name + ("" if member.required else "?") for member in operation.request.members)
    return f"{operation.key}({params})"


def _documented(operation: Operation, api_facts: Facts) -> Iterator[tuple[str, str]]:
    """Yields the documented facts; none for an operation that is newer than the facts."""
    key = operation.key
    if key in api_facts.costs:
        yield _("units"), joined("", [_cost(key, api_facts), _assumed(key in api_facts.assumed_costs)])
    if key in api_facts.limits:
        limit = _("at most {limit} a call", limit=_limit(key, api_facts))
        yield _("limit"), joined("", [limit, _assumed(key in api_facts.assumed_limits)])
    if "Page" in operation.request.by_name:
        deepest = api_facts.page_depth(key)
        pages = [_("at most {size:,} objects", size=api_facts.page_size)]
        if deepest:
            pages.append(_("Limit and Offset together at most {deepest:,}", deepest=deepest))
        yield _("pages"), joined("; ", pages)
    if (withdrawn := api_facts.withdrawn(key)) is not None:
        yield _("refused"), _("error {code}: {message}", code=withdrawn.code, message=withdrawn.why)
    if operation.service in api_facts.pages:
        yield _("page"), api_facts.page(operation.service)


def _cost(key: str, api_facts: Facts) -> str:
    text = _price(api_facts.cost(key))
    dear, other_cost = api_facts.costs_with.get(key, (frozenset(), None))
    if not other_cost:
        return text
    return _("{text}; with {members}: {cost}", text=text, members=", ".join(sorted(dear)), cost=_price(other_cost))


def _assumed(is_assumed: bool) -> str:
    return ASSUMED if is_assumed else ""


def _price(cost: Cost) -> str:
    if not cost.object:
        return _("{cost} a call", cost=cost.call)
    if cost.per == 1:
        return _("{call} a call, {object} an object", call=cost.call, object=cost.object)
    return _("{call} a call, {object} for {per:,} objects", call=cost.call, object=cost.object, per=cost.per)


def _limit(key: str, api_facts: Facts) -> str:
    by_name = api_facts.limits_by(key)
    if by_name:
        return joined(", ", [_("{limit:,} by {name}", limit=limit, name=name) for name, limit in by_name.items()])
    return _("{limit:,} objects", limit=api_facts.limit(key))


def _members(shape: Shape, marks: _Marks, depth: int | None, *, indent: str = "  ", parent: str = "") -> Iterator[str]:
    if depth == 0:
        return
    beyond = beyond_wsdl.marks(shape)
    for member in shape.members:
        marked = [*marks(member, parent), *_beyond_marks(member, beyond)]
        line = f"{indent}{member.name}: {_value_type(member)}"
        yield composed("{line} ({marks})", line=line, marks=joined(", ", marked)) if marked else line
        if member.shape.kind is Kind.OBJECT:
            below = None if depth is None else depth - 1
            yield from _members(member.shape, marks, below, indent=indent + "  ", parent=member.name)


def _value_type(member: Member) -> str:
    """Returns the type of a member's values: the values of an enumeration, or the name of a type."""
    return " | ".join(member.shape.values) if member.shape.kind is Kind.ENUM else member.shape.name.removeprefix("xsd:")


def _type_marks(member: Member, api_facts: Facts) -> Iterator[str]:
    if member.many:
        yield _("list")
    if member.required:
        yield _("required")
    if member.nillable:
        yield _("nillable")
    nature = api_facts.nature(member.owner, member.name)
    if nature == "money":
        yield _("micros")
    elif nature == "scaled":
        yield _("millionths")


def _beyond_marks(member: Member, beyond: Mapping[str, str]) -> Iterator[str]:
    """Yields the mark of a member, or of its values, that are live and in no WSDL."""
    if member.name in beyond:
        yield beyond[member.name]
    if member.shape.kind is Kind.ENUM:
        yield from beyond_wsdl.grouped_marks(member.shape)


def _criteria_marks(name: str, key: str, api_facts: Facts) -> Iterator[str]:
    if (limit := api_facts.criteria_limit(key, name)) is not None:
        yield joined("", [_("at most {limit:,}", limit=limit), _assumed(key in api_facts.assumed_criteria)])
    if name in api_facts.required_criteria(key):
        yield _("one of these required")
