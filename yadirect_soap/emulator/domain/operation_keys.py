"""The keys of the operations that a call can have, such as "ads.add"; faults and assertions name them."""

from collections.abc import Mapping

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.model import Service

REPORTS = "reports.get"
"""The key of a request for a report; the service Reports has no operations."""


def operation_keys(contract: Mapping[str, Service], operation: str = "") -> list[str]:
    """Returns the keys of all operations.

    Args:
        contract: the services, which are read when they are needed.
        operation: a key or a pattern ("ads.add", "ads.*"); if it begins with a service, only that one is read.

    Returns:
        The keys in the order of the contract, and REPORTS.
    """
    name = operation.partition(".")[0]
    if name == REPORTS.partition(".")[0]:
        return [REPORTS]
    services = [contract[name]] if name in contract else contract.values()
    return [*(known.key for service in services for known in service.operations.values()), REPORTS]


def unknown_operation(contract: Mapping[str, Service], operation: str) -> ConfigurationError:
    """Returns the error for an operation that the API does not have; it names the nearest one."""
    near = nearest(operation, operation_keys(contract))
    return ConfigurationError(
        _("found the operation {operation!r}, which the API does not have{hint}", operation=operation, hint=near)
    )
