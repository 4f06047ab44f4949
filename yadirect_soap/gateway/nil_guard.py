"""Finds members that an update clears with xsi:nil, since some stacks write every member that is not set as nil."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap import Violation
from yadirect_soap.language import _
from yadirect_soap.protocol.model import Operation

_CLEARING = ("update", "set")
"""How the names of operations begin that change objects which are there."""


def violations(operation: Operation, params: Mapping[str, Any], allowed: frozenset[str]) -> list[Violation]:
    """The members that an update clears although they are not on the list.

    Args:
        operation: what is called; only update and setBids clear anything.
        params: its params.
        allowed: members that may be cleared: `campaigns.TextCampaign.TrackingParams`.

    Returns:
        A violation for each of them.
    """
    if not operation.name.startswith(_CLEARING):
        return []
    nils = (
        (path, name)
        for member in operation.request.members
        for path, name in _nils(params.get(member.name), f"$.{member.name}", "")
    )
    return [
        Violation(
            path,
            "nil",
            _(
                "a value: {service}.{name} is not among the members that may be cleared",
                service=operation.service,
                name=name,
            ),
        )
        for path, name in nils
        if f"{operation.service}.{name}" not in allowed
    ]


def _nils(value: object, path: str, name: str) -> Iterator[tuple[str, str]]:
    """The path of each nil, and its name below the object: `TextCampaign.TrackingParams`."""
    if value is None:
        yield path, name
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nils(inner, f"{path}.{key}", f"{name}.{key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for index, inner in enumerate(value):
            yield from _nils(inner, f"{path}[{index}]", name)
