"""The body of a call: params checked as the settings ask, then written for the wire; nothing is sent here."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.errors import Complaint, InvalidParamsError
from yadirect_soap.protocol.check import check
from yadirect_soap.protocol.contract import Operation
from yadirect_soap.protocol.scalars import Unsayable

from . import journal
from .settings import Settings


def violations(operation: Operation, params: object, settings: Settings, *, sizes: bool = True) -> list[Complaint]:
    """Every way in which params break the contract or a documented limit; [] where the settings check nothing.

    Args:
        operation: what is to be called.
        params: the params, with money in micros.
        settings: say whether to check, and which wire has to carry the params.
        sizes: False where lists that are too long will be cut into several requests.
    """
    if settings.check == "off":
        return []
    found = check(params, operation.request, empty_lists=settings.wire.carries_empty_lists(operation))
    return found + _exceeded(operation, params, sizes=sizes)


def encode(operation: Operation, params: Mapping[str, Any], settings: Settings) -> bytes:
    """The params written for the wire.

    Raises:
        InvalidParamsError: with every violation; for check="warn" and "off" only of what no wire can carry.
    """
    if settings.check == "error" and not _exceeded(operation, params):
        # Most params fit, and are checked while they are written.
        body = settings.wire.encode_fitting(operation, params)
        if body:
            return body
    complaints = violations(operation, params, settings)
    if complaints and settings.check == "error":
        raise InvalidParamsError(complaints, operation=operation.key)
    body = _written(operation, params, settings, complaints)
    if complaints:
        journal.sent_invalid(operation.key, complaints)
    return body


def _written(operation: Operation, params: Mapping[str, Any], settings: Settings, complaints: list[Complaint]) -> bytes:
    try:
        return settings.wire.encode_request(operation, params)
    except Unsayable as unsayable:
        complaint = Complaint(unsayable.place, unsayable.found, unsayable.expected)
    except RecursionError:
        complaint = Complaint("$", "objects within objects without end", "params that end")
    others = [other for other in complaints if other.path != complaint.path]
    raise InvalidParamsError([complaint, *others], operation=operation.key)


def _exceeded(operation: Operation, params: object, *, sizes: bool = True) -> list[Complaint]:
    from yadirect_soap.protocol import facts, limits  # noqa: PLC0415  an import of the package need not wait for them

    return limits.check_limits(operation, params, facts.bundled(), sizes=sizes)
