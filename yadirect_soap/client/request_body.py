"""The body of a call: checks the params as the settings say, then encodes them; nothing is sent here."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.errors import InvalidParamsError, Violation
from yadirect_soap.language import _
from yadirect_soap.protocol import money_conversion
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.validation import check

from . import call_logging
from .date_params import dates_to_text
from .model_objects import as_dicts
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
    call_logging.log_beyond_wsdl(operation, params)
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


def as_plain(operation: Operation, params: object) -> Any:
    """Converts objects, columns, generators and dates in params to plain values; returns plain params unchanged."""
    return dates_to_text(as_dicts(params), operation.request)


def in_micros(operation: Operation, params: object, settings: Settings) -> Mapping[str, Any]:
    """Converts money to micros; a value that is not an amount is refused, whatever the setting `check` says.

    Raises:
        InvalidParamsError: the params are not a mapping, or an amount is none; with every violation.
    """
    params = {} if params is None else params
    if not isinstance(params, Mapping):
        raise InvalidParamsError(check(params, operation.request), operation=operation.key)
    if settings.money == "micros":
        return params
    refused: list[Violation] = []
    converted = money_conversion.params_to_micros(params, operation.request, refused)
    if refused:
        raise InvalidParamsError(refused + violations(operation, converted, settings), operation=operation.key)
    return converted


def encode_given(operation: Operation, params: object, settings: Settings) -> tuple[Mapping[str, Any], bytes]:
    """Converts and encodes params of a caller; objects and dates are converted only if plain params are refused.

    Returns:
        The params in micros, and the body.

    Raises:
        InvalidParamsError: as encode() does.
    """
    try:
        converted = in_micros(operation, params, settings)
        return converted, encode(operation, converted, settings)
    except InvalidParamsError:
        plain_params = as_plain(operation, params)
        if plain_params is params:
            raise
    converted = in_micros(operation, plain_params, settings)
    return converted, encode(operation, converted, settings)


def _encode_checked(
    operation: Operation, params: Mapping[str, Any], settings: Settings, violations: list[Violation]
) -> bytes:
    try:
        return settings.wire.encode_request(operation, params)
    except EncodeError as error:
        violation = Violation(error.json_path, error.found, error.expected)
    except RecursionError:
        violation = Violation("$", _("objects nested without end"), _("params of a finite depth"))
    others = [other for other in violations if other.path != violation.path]
    raise InvalidParamsError([violation, *others], operation=operation.key)


def _exceeded(operation: Operation, params: object, *, sizes: bool = True) -> list[Violation]:
    from yadirect_soap.protocol import facts, limits  # noqa: PLC0415  an import of the package need not wait for them

    return limits.check_limits(operation, params, facts.bundled(), sizes=sizes)
