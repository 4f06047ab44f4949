"""Types that the contract has none of today: parts of themselves, names that Python keeps, other schemas' types."""

import typing
from typing import Any

import pytest

from tools.codegen import typed_dicts
from tools.codegen.type_usage import Use
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.type_annotations import split

TEXT = Shape("xsd:string", Kind.STRING)


def _member(name: str, shape: Shape, **flags: bool) -> Member:
    return Member(name, shape, **{"required": False, "many": False, "nillable": False, **flags}, owner="ads:Made")


def _executed(shape: Shape) -> dict[str, Any]:
    """The module that is generated for one type of the service Ads, executed."""
    text = typed_dicts.module("ads", {"Made": Use(shape, sent=["ads.add"])}, bundled(), facts.bundled())
    namespace: dict[str, Any] = {"__name__": "yadirect_soap.types.made", "__package__": "yadirect_soap.types"}
    exec(compile(text, "made", "exec"), namespace)  # noqa: S102  what the generator wrote
    return namespace


def test_a_type_may_be_part_of_itself() -> None:
    """A recursive type names itself, as one object, as a list of them and as nil."""
    shape = Shape("ads:Made", Kind.OBJECT)
    object.__setattr__(shape, "members", (_member("One", shape, nillable=True), _member("Many", shape, many=True)))
    namespace = _executed(shape)
    typed_dict = namespace["Made"]
    hints = typing.get_type_hints(typed_dict, namespace)
    assert hints["One"] == typed_dict | None
    assert typing.get_args(hints["Many"]) == (typed_dict,)
    assert typed_dict.__optional_keys__ == {"One", "Many"}


@pytest.mark.parametrize("name", ["class", "None", "Sub-Type", "__slots", "Имя"])
def test_a_member_may_have_any_name(name: str) -> None:
    """A name that cannot be an attribute of a class is a key all the same."""
    members = (_member(name, TEXT, required=True), _member("Other", TEXT))
    typed_dict = _executed(Shape("ads:Made", Kind.OBJECT, members))["Made"]
    assert typed_dict.__required_keys__ == {name}
    assert typed_dict.__optional_keys__ == {"Other"}


def test_the_name_of_a_type_is_an_identifier() -> None:
    """A type that no class can be named after is refused by its name."""
    with pytest.raises(ValueError, match="ads:Not-A-Class cannot be the name of a class"):
        split(Shape("ads:Not-A-Class", Kind.OBJECT))
