"""Columns of a table: their paths in the API's objects and their types, from the contract."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Literal, NamedTuple, get_args

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol import facts
from yadirect_soap.protocol import model as contract_model
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.model import Member, Shape
from yadirect_soap.protocol.shape_cache import cached_on_shape

from .field_names import requestable_members
from .names import snake_case, text_list
from .tables import Table

Path = tuple[str, ...]
Names = Literal["snake", "api"]
Money = Literal["micros", "decimal"]


class Kind(Enum):
    """The type of a column.  In the rows of a Batch, days and times are texts in the API's format, and json is text."""

    INT = "int"
    TEXT = "text"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    JSON = "json"


class Column(NamedTuple):
    """A column: its name in the database, the path of its value, its type, and whether it is part of the key."""

    name: str
    path: Path
    kind: Kind
    key: bool = False


LOGIN = Column("login", (), Kind.TEXT, key=True)
"""The login of the advertiser who has the object."""
UNKNOWN = Column("_unknown", (), Kind.JSON)
"""Members that are not in the contract."""
SYNCED_AT = Column("_synced_at", (), Kind.MOMENT)
"""When the run that read the row began."""
DELETED_AT = Column("_deleted_at", (), Kind.MOMENT)
"""When the run that found the object deleted began; null while it exists."""


def columns_of(
    table: Table, picked: Sequence[str] | None = None, *, money: Money = "micros", names: Names = "snake"
) -> tuple[Column, ...]:
    """Returns the columns of a table's objects.

    Args:
        table: The table.
        picked: Paths of members such as `TextAd.Title`; None for all members of an object that a WSDL has, but the
            table's figures.
            The key, and the members that name campaign and group, are always included.
        money: The unit of amounts, as the setting `money` of Direct.
        names: `snake` for text_ad_title, `api` for TextAd.Title.

    Returns:
        The columns in the given order, after those that are always included.

    Raises:
        ConfigurationError: A path does not exist, or leads through a list.
    """
    if names not in get_args(Names):
        raise ConfigurationError(
            _(
                "found column_names={names!r:.40}, expected one of {known}",
                names=names,
                known=", ".join(get_args(Names)),
            )
        )
    paths = _all_paths(table) if picked is None else _picked_paths(table, picked)
    return tuple(_column(table, path, money=money, names=names) for path in paths)


def required_members(table: Table) -> tuple[str, ...]:
    """Returns the members that every row needs: the key, and the members by which rows are found."""
    members = [*table.key, table.member, table.scope_member, *(["Level"] if table.in_campaigns else [])]
    if table.parent and "CampaignId" in table.shape.by_name:
        members.append("CampaignId")
    return tuple(dict.fromkeys(name for name in members if name))


@cached_on_shape
def has_decimals(shape: Shape, money: Money) -> bool:
    """Whether an object contains a Decimal, which the standard json module cannot write."""
    return any(
        member.shape.kind is contract_model.Kind.DECIMAL
        or (money == "decimal" and _is_money(member))
        or has_decimals(member.shape, money)
        for member in shape.members
    )


def json_writer(shape: Shape, money: Money) -> Callable[[Any], str]:
    """Returns a function that writes values of a shape as JSON, without spaces and without escaping Cyrillic."""
    if has_decimals(shape, money):
        import simplejson

        return simplejson.JSONEncoder(use_decimal=True, ensure_ascii=False, separators=(",", ":")).encode
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def member_at(table: Table, path: Path) -> Member:
    """Returns the member at a path; raises ConfigurationError if it does not exist, or leads through a list."""
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
            own = _path_of_column(table.shape, ".".join(path))
            near = _("; did you mean {name!r}?", name=".".join(own)) if own else nearest(name, shape.by_name)
            raise ConfigurationError(
                _("{name} has no member {path!r:.120}{near}", name=table.name, path=".".join(path), near=near)
            )
        shape = member.shape
    if member is None:
        raise ConfigurationError(_("{name}: found an empty name of a column, expected one such as Id", name=table.name))
    return member


def _path_of_column(shape: Shape, column: str) -> Path:
    """Returns the path whose column has a name such as text_ad_title; () if there is none."""
    for member in shape.members:
        name = snake_case(member.name)
        if column == name:
            return (member.name,)
        if column.startswith(f"{name}_") and not member.many:
            inner = _path_of_column(member.shape, column.removeprefix(f"{name}_"))
            if inner:
                return (member.name, *inner)
    return ()


def _all_paths(table: Table) -> Iterable[Path]:
    known = requestable_members(table)
    left_out = {*table.figures, *table.shape.beyond_wsdl}
    return [(member.name,) for member in table.shape.members if member.name in known and member.name not in left_out]


def _picked_paths(table: Table, picked: Iterable[str]) -> Iterable[Path]:
    always = [(name,) for name in required_members(table)]
    return dict.fromkeys([*always, *(tuple(text.strip().split(".")) for text in picked)])


def checked_paths(picked: Iterable[str]) -> tuple[str, ...]:
    """Returns the paths of chosen columns; raises ConfigurationError for what is no list of texts."""
    given = text_list(picked)
    if given is None:
        raise ConfigurationError(
            _("columns is a list such as ['Id', 'TextAd.Title'], not {picked!r:.40}", picked=picked)
        )
    return given


def _column(table: Table, path: Path, *, money: Money, names: Names) -> Column:
    member = member_at(table, path)
    # The member Login gets another name than the column login, since names in databases ignore case.
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
