"""Columns of a table: their paths in the API's objects and their types, from the contract."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Literal, NamedTuple

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol import facts
from yadirect_soap.protocol import model as contract_model
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.model import Member, Shape
from yadirect_soap.protocol.shape_cache import cached_on_shape

from .field_names import reachable
from .names import snake_case
from .tables import Table

Path = tuple[str, ...]
Names = Literal["snake", "api"]
Money = Literal["micros", "decimal"]


class Kind(Enum):
    """The type of a column.  In a row of a Batch a day and a moment are the API's texts, json is a text of JSON."""

    INT = "int"
    TEXT = "text"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    JSON = "json"


class Column(NamedTuple):
    """A column: its name in the database, the members that lead to its value, its type, whether it is of the key."""

    name: str
    path: Path
    kind: Kind
    key: bool = False


LOGIN = Column("login", (), Kind.TEXT, key=True)
"""The advertiser whose object a row is."""
UNKNOWN = Column("_unknown", (), Kind.JSON)
"""Members that the contract does not know."""
SYNCED_AT = Column("_synced_at", (), Kind.MOMENT)
"""When the run began that read the row."""
DELETED_AT = Column("_deleted_at", (), Kind.MOMENT)
"""When the run began that no longer met the object; empty while it is there."""


def columns_of(
    table: Table, picked: Sequence[str] | None = None, *, money: Money = "micros", names: Names = "snake"
) -> tuple[Column, ...]:
    """The columns of a table's objects.

    Args:
        table: The table.
        picked: Paths of members such as `TextAd.Title`; None for all members of an object that a WSDL has, but the
            table's figures.
            The key, and the members that name campaign and group, are always there.
        money: How amounts come, as the setting of Direct.
        names: `snake` for text_ad_title, `api` for TextAd.Title.

    Returns:
        The columns in the order given, what is always there first.

    Raises:
        ConfigurationError: a path leads nowhere, or through a list.
    """
    paths = _all_paths(table) if picked is None else _picked_paths(table, picked)
    return tuple(_column(table, path, money=money, names=names) for path in paths)


def required_members(table: Table) -> tuple[str, ...]:
    """The members that every row has: the key, and what rows are found again by."""
    members = [*table.key, table.member, table.scope_member, *(["Level"] if table.in_campaigns else [])]
    if table.parent and "CampaignId" in table.shape.by_name:
        members.append("CampaignId")
    return tuple(dict.fromkeys(name for name in members if name))


@cached_on_shape
def has_decimals(shape: Shape, money: Money) -> bool:
    """Whether there is a decimal in an object, so that the standard json module cannot write it."""
    return any(
        member.shape.kind is contract_model.Kind.DECIMAL
        or (money == "decimal" and _is_money(member))
        or has_decimals(member.shape, money)
        for member in shape.members
    )


def json_writer(shape: Shape, money: Money) -> Callable[[Any], str]:
    """What writes values of a shape as JSON, without blanks, Cyrillic as it is."""
    if has_decimals(shape, money):
        import simplejson

        return simplejson.JSONEncoder(use_decimal=True, ensure_ascii=False, separators=(",", ":")).encode
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def member_at(table: Table, path: Path) -> Member:
    """The member at the end of a path; ConfigurationError where it leads nowhere, or through a list."""
    shape, member = table.shape, None
    for depth, name in enumerate(path):
        if member is not None and member.many:
            through = ".".join(path[:depth])
            raise ConfigurationError(
                _(
                    "{name}: {path} leads through a list; name {through}, for it all",
                    name=table.name,
                    path=".".join(path),
                    through=through,
                )
            )
        member = shape.by_name.get(name)
        if member is None:
            near = nearest(name, shape.by_name)
            raise ConfigurationError(
                _("{name} has no member {path!r:.120}{near}", name=table.name, path=".".join(path), near=near)
            )
        shape = member.shape
    if member is None:
        raise ConfigurationError(_("{name}: found an empty name of a column, expected one such as Id", name=table.name))
    return member


def _all_paths(table: Table) -> Iterable[Path]:
    known = reachable(table)
    left_out = {*table.figures, *table.shape.beyond_wsdl}
    return [(member.name,) for member in table.shape.members if member.name in known and member.name not in left_out]


def _picked_paths(table: Table, picked: Sequence[str]) -> Iterable[Path]:
    if isinstance(picked, str):
        raise ConfigurationError(
            _("columns is a list such as ['Id', 'TextAd.Title'], not the text {picked!r:.40}", picked=picked)
        )
    always = [(name,) for name in required_members(table)]
    return dict.fromkeys([*always, *(tuple(text.strip().split(".")) for text in picked)])


def _column(table: Table, path: Path, *, money: Money, names: Names) -> Column:
    member = member_at(table, path)
    # A client's own login beside the login whose run read it: databases do not tell Login and login apart.
    shown = ("ClientLogin",) if path == ("Login",) else path
    name = ".".join(shown) if names == "api" else "_".join(map(snake_case, shown))
    return Column(name, path, _kind(member, money), key=len(path) == 1 and path[0] in table.key)


def _kind(member: Member, money: Money) -> Kind:
    if member.many or member.shape.kind is contract_model.Kind.OBJECT:
        return Kind.JSON
    if member.shape.kind is contract_model.Kind.DECIMAL:
        return Kind.DECIMAL
    if member.shape.kind in {contract_model.Kind.INT, contract_model.Kind.LONG}:
        return Kind.DECIMAL if money == "decimal" and _is_money(member) else Kind.INT
    if member.shape.kind is contract_model.Kind.STRING:
        known = facts.bundled()
        return Kind.DATE if member.name in known.result_days else _text_or_moment(member, known)
    return Kind.TEXT


def _text_or_moment(member: Member, known: facts.Facts) -> Kind:
    return Kind.MOMENT if member.name in known.result_moments else Kind.TEXT


def _is_money(member: Member) -> bool:
    return member.name in facts.bundled().money_members(member.owner)
