"""Finds members that an update would clear with xsi:nil, since some stacks write every unset member as nil."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap import Violation
from yadirect_soap.language import _
from yadirect_soap.protocol.model import Operation

_CLEARING = ("update", "set")
"""The beginnings of the names of operations that change existing objects."""


def violations(operation: Operation, params: Mapping[str, Any], allowed: frozenset[str]) -> list[Violation]:
    """Returns violations for the members that an update would clear and that it may not.

    Args:
        operation: the operation; only updates and setting bids clear anything.
        params: the params of the call.
        allowed: the members that may be cleared, such as `campaigns.TextCampaign.TrackingParams`.

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
    """Yields the path of each nil, and its name inside the object: `TextCampaign.TrackingParams`."""
    if value is None:
        yield path, name
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nils(inner, f"{path}.{key}", f"{name}.{key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for index, inner in enumerate(value):
            yield from _nils(inner, f"{path}[{index}]", name)
