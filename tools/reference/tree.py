"""A message's members as a tree of HTML that folds: name, type, occurrence, nillability, values, money, limits."""

from collections.abc import Iterator
from html import escape

from yadirect_soap.protocol import beyond_wsdl
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

_UNFOLDED = 2
"""Levels that a reader sees at once; what lies deeper opens with a click."""

_SHOWN_VALUES = 8
"""An enumeration with more values folds."""

_CRITERIA = "SelectionCriteria"


def params_tree(operation: Operation, facts: Facts) -> str:
    """The params of an operation, with what the facts say of each member."""
    return _Tree("params", operation, facts).written(operation.request)


def result_tree(operation: Operation, facts: Facts) -> str:
    """The result of an operation."""
    return _Tree("result", operation, facts).written(operation.response)


class _Tree:
    """One tree: a type is told where it comes first; where it comes again, a link leads there."""

    def __init__(self, name: str, operation: Operation, facts: Facts) -> None:
        self._name = name
        self._operation = operation
        self._facts = facts
        self._described: set[str] = set()

    def written(self, shape: Shape) -> str:
        if not shape.members:
            return "Nothing."
        return "\n".join(['<ul class="tree">', *self._members(shape, 0), "</ul>"])

    def _members(self, shape: Shape, depth: int, parent: str = "") -> Iterator[str]:
        marks = beyond_wsdl.marks(shape)
        for member in shape.members:
            line = self._line(member, parent) + _beyond(marks.get(member.name))
            if member.shape.kind is not Kind.OBJECT:
                yield f"<li>{line}{_values(member.shape)}</li>"
            elif member.shape.name in self._described:
                yield f'<li>{line} <a href="#{self._anchor(member.shape)}">as above</a></li>'
            else:
                yield from self._object(member, line, depth)

    def _object(self, member: Member, line: str, depth: int) -> Iterator[str]:
        self._described.add(member.shape.name)
        unfolded = " open" if depth < _UNFOLDED else ""
        yield f'<li id="{self._anchor(member.shape)}"><details{unfolded}><summary>{line}</summary><ul>'
        yield from self._members(member.shape, depth + 1, member.name)
        yield "</ul></details></li>"

    def _line(self, member: Member, parent: str) -> str:
        marks = "".join(f' <span class="mark {kind}">{text}</span>' for kind, text in self._marks(member, parent))
        return f'<code>{member.name}</code> <span class="type">{_type(member)}</span>{marks}'

    def _marks(self, member: Member, parent: str) -> Iterator[tuple[str, str]]:
        if member.required and self._name == "params":
            yield "required", "required"
        if member.nillable:
            yield "nillable", "nillable"
        nature = self._facts.nature(member.owner, member.name)
        if nature == "money":
            yield "money", "money"
        elif nature == "scaled":
            yield "scaled", "millionths"
        if parent == _CRITERIA:
            yield from self._criteria(member.name)

    def _criteria(self, name: str) -> Iterator[tuple[str, str]]:
        if (limit := self._facts.criteria_limit(self._operation.key, name)) is not None:
            yield "limit", f"at most {limit:,}"
        if name in self._facts.required_criteria(self._operation.key):
            yield "required", "one of these required"

    def _anchor(self, shape: Shape) -> str:
        return f"{self._name}-{shape.name.replace(':', '-')}"


def _type(member: Member) -> str:
    shape = member.shape
    name = {Kind.ENUM: "one of", Kind.BASE64: "bytes"}.get(shape.kind, escape(shape.name.partition(":")[2]))
    return f"list of {name}" if member.many and shape.kind is not Kind.ENUM else "some of" if member.many else name


def _beyond(mark: str | None) -> str:
    """What is live and in no WSDL: since when, and how it is known."""
    return f' <span class="mark beyond">{escape(mark)}</span>' if mark else ""


def _values(shape: Shape) -> str:
    marks = beyond_wsdl.marks(shape)
    spelt = [f"<code>{escape(value)}</code>{_beyond(marks.get(value))}" for value in shape.values]
    if not spelt:
        return ""
    if len(spelt) <= _SHOWN_VALUES:
        return f' <span class="values">{" ".join(spelt)}</span>'
    return f' <details class="values"><summary>{len(spelt)} values</summary>{" ".join(spelt)}</details>'
