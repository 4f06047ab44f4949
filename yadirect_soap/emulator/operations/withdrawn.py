"""Services that the API no longer has, each from a day of protocol/api_changes.toml on."""

from collections.abc import Mapping
from types import MappingProxyType

from ..domain import error_codes
from .call import OperationCall

NO_VCARDS = "no vcards"
_WITHDRAWN: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {"vcards": (NO_VCARDS, "vCards are no longer supported", "Визитки больше не поддерживаются")}
)
"""The rule by which the operations of a service are withdrawn, and the details of the error in English and Russian."""


def refuse_withdrawn(call: OperationCall) -> None:
    """Raises 3500 for an operation that the API no longer has on the emulated day."""
    rule, english, russian = _WITHDRAWN.get(call.operation.service, ("", "", ""))
    if rule and call.has_rule(rule):
        raise call.fault(error_codes.NOT_SUPPORTED, call.text(english, russian))
