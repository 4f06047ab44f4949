"""The key of a request, by which a replayer finds it: equal on both wires and for any order of members."""

from typing import Any

import simplejson

from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.model import Operation, Service
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.wires import WIRES, Wire

from ..fault_injection import REPORTS

_JSON = WIRES["json"]


def read_call(service: Service, wire: Wire, request: Request) -> tuple[Operation, dict[str, Any]] | None:
    """The operation of a request, and the request in the form of the JSON wire; None if it cannot be decoded."""
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
    is_report = operation == REPORTS
    params = {
        name: _set(value) if _is_set(name, is_report=is_report) else value
        for name, value in request.get("params", {}).items()
    }
    if not params.get("SelectionCriteria", True):
        del params["SelectionCriteria"]
    options = f" {_canonical(request.get('headers', {}))}" if is_report else ""
    return f"{operation} {_canonical(params)}{options}"


def _is_set(name: str, *, is_report: bool) -> bool:
    return name == "SelectionCriteria" or (name.endswith("FieldNames") and not is_report)


def _set(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _set(inner) for name, inner in value.items()}
    return sorted((_set(inner) for inner in value), key=_canonical) if isinstance(value, list) else value


def _canonical(value: Any) -> str:
    return simplejson.dumps(value, sort_keys=True, ensure_ascii=False, use_decimal=True)
