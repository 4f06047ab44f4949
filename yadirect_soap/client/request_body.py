"""The body of a call: checks the params as the settings say, then encodes them; nothing is sent here."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.errors import InvalidParamsError, Violation
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.validation import check

from . import call_logging
from .settings import Settings


def violations(operation: Operation, params: object, settings: Settings, *, sizes: bool = True) -> list[Violation]:
    """Everything in which the params break the contract or a documented limit; [] if the settings say not to check.

    Args:
        operation: the operation to be called.
        params: the params, with money in micros.
        settings: say whether to check, and in which format the params are sent.
        sizes: False if lists that are too long will be cut into several requests.
    """
    if settings.check == "off":
        return []
    problems = check(params, operation.request, empty_lists=settings.wire.carries_empty_lists(operation))
    return problems + _exceeded(operation, params, sizes=sizes)


def encode(operation: Operation, params: Mapping[str, Any], settings: Settings) -> bytes:
    """Encodes the params.

    Raises:
        InvalidParamsError: the params do not fit; with check="warn" and "off" only if they cannot be encoded at all.
    """
    if settings.check == "error" and not _exceeded(operation, params):
        # Most params fit, and are checked while they are written.
        body = settings.wire.encode_fitting(operation, params)
        if body:
            return body
    problems = violations(operation, params, settings)
    if problems and settings.check == "error":
        raise InvalidParamsError(problems, operation=operation.key)
    body = _encode_checked(operation, params, settings, problems)
    if problems:
        call_logging.log_invalid_params(operation.key, problems)
    return body


def _encode_checked(
    operation: Operation, params: Mapping[str, Any], settings: Settings, violations: list[Violation]
) -> bytes:
    try:
        return settings.wire.encode_request(operation, params)
    except EncodeError as error:
        violation = Violation(error.json_path, error.found, error.expected)
    except RecursionError:
        violation = Violation("$", "objects within objects without end", "params that end")
    others = [other for other in violations if other.path != violation.path]
    raise InvalidParamsError([violation, *others], operation=operation.key)


def _exceeded(operation: Operation, params: object, *, sizes: bool = True) -> list[Violation]:
    from yadirect_soap.protocol import facts, limits  # noqa: PLC0415  an import of the package need not wait for them

    return limits.check_limits(operation, params, facts.bundled(), sizes=sizes)
