"""Converts dates among the params to the API's texts, in the members that facts.toml lists as days and moments."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from yadirect_soap.protocol.dates import day_text, moment_text
from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.scalars import is_list


def dates_to_text(params: Any, shape: Shape) -> Any:
    """Replaces each date and datetime in a member for days or moments by its text.

    Args:
        params: the params of an operation, of any type.
        shape: the shape of these params.

    Returns:
        The same object if there is nothing to convert.  A date that cannot be converted (a datetime without a zone, a
        date in another member) stays, and the check refuses it.
    """
    members = shape.by_name
    if not isinstance(params, Mapping) or not members:
        return params
    converted = {name: _value(value, members[name]) for name, value in params.items() if name in members}
    changed = {name: value for name, value in converted.items() if value is not params[name]}
    return {**params, **changed} if changed else params


def _value(value: Any, member: Member) -> Any:
    if member.many and is_list(value):
        items = [_single(item, member) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return _single(value, member)


def _single(value: Any, member: Member) -> Any:
    if not isinstance(value, date):
        return dates_to_text(value, member.shape)
    write = _writers().get(member.name) if member.shape.kind is Kind.STRING else None
    try:
        return write(value) if write else value
    except ValueError:
        return value


@cache
def _writers() -> Mapping[str, Callable[[date], str]]:
    from yadirect_soap.protocol import facts  # noqa: PLC0415  few params have dates

    date_facts = facts.bundled()
    return dict.fromkeys(date_facts.days, day_text) | dict.fromkeys(date_facts.moments, moment_text)
