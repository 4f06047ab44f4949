"""The key of a request, by which a replayer finds it: equal on both wires and for any order of members."""

from collections.abc import Collection
from typing import Any

import simplejson

from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.model import Operation, Service
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.wires import WIRES, Wire

from ..domain.operation_keys import REPORTS

_CRITERIA = "SelectionCriteria"
_JSON = WIRES["json"]


def read_call(service: Service, wire: Wire, request: Request) -> tuple[Operation, dict[str, Any]] | None:
    """Returns the operation of a request, and the request on the JSON wire; None if it cannot be decoded."""
    try:
        operation, params = wire.decode_request(service, request.body)
    except (DecodeFailure, RecursionError):
        return None
    if operation is None:
        return None
    return operation, simplejson.loads(_JSON.encode_request(operation, params), use_decimal=True)


def key(operation: str, request: dict[str, Any]) -> str:
    """Equal for requests with the same effect.

    Fields and criteria are sets, and empty criteria equal absent ones; items of a write keep their order, and so do the
    fields of a report, which are its columns.
    """
    params: dict[str, Any] = request.get("params", {})
    if operation == REPORTS:
        return f"{operation} {_with_sets(params, [_CRITERIA])} {_canonical(request.get('headers', {}))}"
    return f"{operation} {_with_sets(params, [_CRITERIA, *(name for name in params if name.endswith('FieldNames'))])}"


def _with_sets(params: dict[str, Any], names: Collection[str]) -> str:
    """Returns the params as a text, in which the members of these names are sets; empty criteria are left out."""
    compared = {name: _set(value) if name in names else value for name, value in params.items()}
    if not compared.get(_CRITERIA, True):
        del compared[_CRITERIA]
    return _canonical(compared)


def _set(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _set(inner) for name, inner in value.items()}
    return sorted((_set(inner) for inner in value), key=_canonical) if isinstance(value, list) else value


def _canonical(value: Any) -> str:
    return simplejson.dumps(value, sort_keys=True, ensure_ascii=False, use_decimal=True)
