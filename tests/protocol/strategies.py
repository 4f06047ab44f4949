"""Params and results of any operation, read off the contract: drawn by hypothesis, or whole; no test lives here.

    @given(data=st.data())
    def test_something(data):
        params = data.draw(strategies.params(operation.request))

What is drawn is kept small (a few optional members, short lists) so that all the operations together take seconds.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.scalars import SCALARS

OPTIONAL = 5
"""How many optional members an object gets at most; the deeper it stands, the fewer."""

LONGEST_LIST = 3

TEXTS = (
    "",
    " ",
    "\t\r\n",
    "\r",
    " both ends ",
    "Пластиковые окна",
    "🚀 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "<b>&amp; \"quoted\" 'twice'</b>",
    "]]>",
    "<!-- --><![CDATA[",
    "&#13;",
    "null",
    "0",
    "-1.50",
    "e\u0301 \u200f \u2028 \xa0 \x85 \ufffd",
    "\\u0041\\",
)
"""What a codec is likely to break."""

_WHOLE: Mapping[Kind, Any] = MappingProxyType(
    {
        Kind.STRING: "Текст & <text>",
        Kind.INT: 2**31 - 1,
        Kind.LONG: -(2**63),
        Kind.DECIMAL: Decimal("-0.000001"),
        Kind.BASE64: b"\x00\xff",
    }
)

_CHARACTERS = st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")


def params(shape: Shape) -> SearchStrategy[dict[str, Any]]:
    """Params that fit a request: every kind of value, optional members absent or not, None where nil is allowed."""
    return _objects(shape, OPTIONAL)


def results(shape: Shape) -> SearchStrategy[dict[str, Any]]:
    """Results that fit an answer, in the same way."""
    return _objects(shape, OPTIONAL)


def complete(shape: Shape, *, nil: bool = False) -> dict[str, Any]:
    """An object with every member that the contract knows, all the way down; with `nil`, None wherever it may be."""
    return {member.name: _whole_member(member, nil=nil) for member in shape.members}


def texts() -> SearchStrategy[str]:
    """Any text that both wires can carry."""
    return st.sampled_from(TEXTS) | st.text(_CHARACTERS | st.sampled_from("\t\r\n"), max_size=8)


def decimals() -> SearchStrategy[Decimal]:
    """Decimals of up to 20 digits, which is as far as the XSD validator reads."""
    digits = st.integers(-(10**20) + 1, 10**20 - 1)
    return st.builds(lambda number, places: Decimal(number).scaleb(-places), digits, st.integers(0, 20))


def integers(kind: Kind) -> SearchStrategy[int]:
    """Integers of a kind, its ends among them."""
    low, high = SCALARS[kind].range or (0, 0)
    return st.sampled_from((low, -1, 0, 1, high)) | st.integers(low, high)


def _whole_member(member: Member, *, nil: bool) -> Any:
    if nil and member.nillable:
        return None
    if member.shape.kind is Kind.OBJECT:
        value: Any = complete(member.shape, nil=nil)
    else:
        value = (
            member.shape.values[-1]
            if member.shape.values
            else _WHOLE.get(member.shape.kind, SCALARS[member.shape.kind].sample)
        )
    return [value, value] if member.many else value


@cache
def _scalars(shape: Shape) -> SearchStrategy[Any]:
    if shape.kind is Kind.ENUM:
        return st.sampled_from(shape.values)
    if SCALARS[shape.kind].range:
        return integers(shape.kind)
    drawn = {Kind.STRING: texts(), Kind.DECIMAL: decimals(), Kind.BASE64: st.binary(max_size=9)}
    return drawn.get(shape.kind, st.just(SCALARS[shape.kind].sample))


@cache
def _members(member: Member, optional: int) -> SearchStrategy[Any]:
    single = _objects(member.shape, optional) if member.shape.kind is Kind.OBJECT else _scalars(member.shape)
    values = st.lists(single, min_size=1, max_size=LONGEST_LIST if optional > 1 else 1) if member.many else single
    return st.none() | values if member.nillable else values


@cache
def _objects(shape: Shape, optional: int) -> SearchStrategy[dict[str, Any]]:
    required = {member.name: member for member in shape.members if member.required}
    optional_members = tuple(member for member in shape.members if not member.required)
    inner = max(optional - 1, 0)

    @st.composite
    def an_object(draw: st.DrawFn) -> dict[str, Any]:
        chosen = (
            draw(st.lists(st.sampled_from(optional_members), max_size=optional, unique=True))
            if optional_members and optional
            else []
        )
        members = [*required.values(), *chosen]
        return {member.name: draw(_members(member, inner)) for member in members}

    return an_object()
