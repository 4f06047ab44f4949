"""The eight verbs (and moderate) over any service, driven by the contract and resources.toml; VERBS names them."""

from collections.abc import Mapping
from types import MappingProxyType

from ..call import Handler
from .add import add
from .delete import delete
from .get import get
from .state_changes import moderate, move
from .update import update

VERBS: Mapping[str, Handler] = MappingProxyType(
    {
        "add": add,
        "archive": move,
        "delete": delete,
        "get": get,
        "moderate": moderate,
        "resume": move,
        "suspend": move,
        "unarchive": move,
        "update": update,
    }
)
