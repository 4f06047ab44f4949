"""The Python type of a member's value, as text."""

from yadirect_soap.language import _

from .facts import Facts
from .model import Kind, Member, Shape
from .scalars import SCALARS


def spelled(member: Member, facts: Facts, *, sent: bool, home: str = "") -> str:
    """Returns the type of a member's value, in the module of the schema `home`: types of other schemas are qualified.

    The type of a sent value has every form that the check accepts; that of a response has one.
    """
    value = _single(member, facts, sent=sent, home=home)
    if member.many:
        value = _list(value, member.shape) if sent else f"list[{value}]"
    return f"{value} | None" if member.nillable else value


def split(shape: Shape) -> tuple[str, str]:
    """Returns the schema of a type and its name in it; ValueError for a name that Python does not take."""
    schema, __, name = shape.name.partition(":")
    if not (schema.isidentifier() and name.isidentifier()):
        raise ValueError(_("{name} cannot be the name of a class", name=shape.name))
    return schema, name


def _single(member: Member, facts: Facts, *, sent: bool, home: str) -> str:
    if facts.nature(member.owner, member.name) == "money":
        return "Amount"
    if sent and member.shape.kind is Kind.STRING and member.name in facts.days | facts.moments:
        return "str | date" if member.name in facts.days else "str | datetime"
    if member.shape.kind not in (Kind.OBJECT, Kind.ENUM):
        scalar = SCALARS[member.shape.kind]
        return scalar.sent if sent else scalar.received
    schema, name = split(member.shape)
    return name if schema == home else f"{schema}.{name}"


def _list(value: str, shape: Shape) -> str:
    """Returns the type of a list in params; for texts it is no Sequence, since a single text would match it."""
    return f"list[{value}] | tuple[{value}, ...]" if shape.kind is Kind.STRING else f"Sequence[{value}]"
