"""The verbs of every service, driven by the contract, resources.toml and the ServiceRules of the service.

No module here knows a service by name: what a service does differently is a hook in services/<service>.py.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from ..call import OperationCall
from .add import add
from .delete import delete
from .get import get
from .service_rules import Services
from .state_changes import change_state
from .update import update


class Verb(Protocol):
    """Carries out a call by the rules of its service and returns the members of the result."""

    def __call__(self, call: OperationCall, services: Services) -> dict[str, Any]:
        """Raises ApiError to refuse the whole call."""


CRUD_VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "add": add,
        "archive": change_state,
        "delete": delete,
        "get": get,
        "resume": change_state,
        "suspend": change_state,
        "unarchive": change_state,
        "update": update,
    }
)
