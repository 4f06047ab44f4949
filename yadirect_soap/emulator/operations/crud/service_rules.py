"""The record of hooks by which a service adds to the generic verbs; what a service does is in services/<service>.py."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...storage.store import Document, Key
from ..call import OperationCall
from .item_results import Outcome

Item = Mapping[str, Any]
"""An object as a request has it, with the members of an AddItem or an UpdateItem."""

Complete = Callable[[Document], Document]
"""Adds the members to a stored document that follow from other objects, for get to show them."""


def _nothing(*_: Any) -> None:
    return None


def _no_warnings(*_: Any) -> Sequence[dict[str, Any]]:
    return ()


def _unchanged(_call: OperationCall, document: Document, *_: Any) -> Document:
    return document


def _as_stored(_call: OperationCall) -> Complete:
    return lambda document: document


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """What one service does at each step of a verb, in the order of the steps; a hook that is not given does nothing.

    `item` is what the request holds, `after` the document that comes of it, `before` the document as it was ({} for a
    new one), `stored` the same as the store has it.  A hook refuses an item by raising ItemError.
    """

    once_in_add: Callable[[Item], Key | None] = _nothing
    """(item): what only one item of an add may name, or None; of several that name it none is added (9800)."""

    check_choice: Callable[[OperationCall, str], None] = _nothing
    """(call, choice): refuses a kind of new objects, such as UnifiedCampaign."""

    check_editable: Callable[[OperationCall, Item], None] = _nothing
    """(call, item or document): refuses any write to an object whose place is closed, such as an archived campaign."""

    view: Callable[[OperationCall, Document], Document] = _unchanged
    """(call, document): a stored document as the version of the call's address, v5 or v501, has it."""

    derive: Callable[[OperationCall, Document, Item, Document | None], Document] = _unchanged
    """(call, document, item, parent): adds what the API itself sets; the parent is None in an update."""

    validate: Callable[[OperationCall, Item, Document, Document], None] = _nothing
    """(call, item, after, before): refuses what the API would not have."""

    fixed_key: Callable[[Document], Key | None] = _nothing
    """(document): the identifier that follows from the object itself; None where it gets the next free one."""

    duplicate_key: Callable[[Document], Document] = dict
    """(members): what is compared of the members that make two objects the same, as resources.toml lists them."""

    on_duplicate: Callable[[OperationCall, Document], None] = _nothing
    """(call, document): what adding an object does that is there already."""

    uncounted: Callable[[OperationCall, Document], int] = lambda *_: 0
    """(call, document): how many objects beside the new one take no place among those that its parent may have."""

    to_store: Callable[[OperationCall, Item, Document, Document], Document] = lambda _call, _item, after, _stored: after
    """(call, item, after, stored): the document that is stored for what an add or an update made."""

    after_add: Callable[[OperationCall, Item, Document], None] = _nothing
    """(call, item, document): what follows an added object."""

    replace: Callable[[OperationCall, Document, Document], Outcome | None] = _nothing
    """(call, before, after): puts a new object in the place of an updated one; None where the object stays."""

    after_update: Callable[[OperationCall, Item, Document, Document], None] = _nothing
    """(call, item, after, before): what follows an updated object."""

    warn: Callable[[OperationCall, Item, Document], Sequence[dict[str, Any]]] = _no_warnings
    """(call, item, after): the warnings for an item that is carried out."""

    current_state: Callable[[OperationCall, Document], Document] = _unchanged
    """(call, document): a stored document in the state that the time has brought."""

    before_state_change: Callable[[OperationCall, Document], None] = _nothing
    """(call, document): refuses suspend, resume, archive or unarchive, whichever the call is."""

    before_delete: Callable[[OperationCall, Document], None] = _nothing
    """(call, document): refuses a deletion."""

    instead_of_delete: Callable[[OperationCall, Document], bool] = lambda *_: False
    """(call, document): True where the object stays, and something else was done in place of deleting it."""

    on_read: Callable[[OperationCall], Complete] = _as_stored
    """(call): what completes the documents of one get."""


Services = Mapping[str, ServiceRules]
"""The rules of every service, by the service's name."""
