"""The hooks by which a service extends the generic verbs; services/<service>.py has those of each service."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...storage.store import Document, Key
from ..call import OperationCall
from .item_results import Outcome

Item = Mapping[str, Any]
"""An object of a request, with the members of an AddItem or an UpdateItem."""

Complete = Callable[[Document], Document]
"""Adds to a stored document the members that follow from other objects."""


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
    """The hooks of one service, in the order in which the verbs call them; a missing hook does nothing.

    `item` is the item of the request, `after` its document, `before` the document before the change ({} for a new one),
    `stored` that document in the form of the store.  A hook refuses an item by raising ItemError.
    """

    once_in_add: Callable[[Item], Key | None] = _nothing
    """(item): a key that only one item of an add may have, or None; items with the same key are refused (9800)."""

    check_choice: Callable[[OperationCall, str], None] = _nothing
    """(call, choice): refuses a kind of new objects, such as UnifiedCampaign."""

    check_named: Callable[[OperationCall, Item], None] = _nothing
    """(call, item): refuses a new object that names objects that do not exist, before the verb does."""

    check_editable: Callable[[OperationCall, Item], None] = _nothing
    """(call, item or document): refuses any write to an object that is closed, as in an archived campaign."""

    view: Callable[[OperationCall, Document], Document] = _unchanged
    """(call, document): a stored document in the form of the call's version, v5 or v501."""

    derive: Callable[[OperationCall, Document, Item, Document | None], Document] = _unchanged
    """(call, document, item, parent): adds the members that the API sets; the parent is None in an update."""

    validate: Callable[[OperationCall, Item, Document, Document], None] = _nothing
    """(call, item, after, before): refuses an item that the API refuses."""

    fixed_key: Callable[[Document], Key | None] = _nothing
    """(document): the identifier that follows from the object; None if it gets the next free one."""

    duplicate_key: Callable[[Document], Document] = dict
    """(members): the values to compare of the members by which resources.toml finds equal objects."""

    on_duplicate: Callable[[OperationCall, Document], None] = _nothing
    """(call, document): the action of an add if the object exists."""

    uncounted: Callable[[OperationCall, Document], int] = lambda *_: 0
    """(call, document): how many existing objects do not count toward the parent's limit."""

    to_store: Callable[[OperationCall, Item, Document, Document], Document] = lambda _call, _item, after, _stored: after
    """(call, item, after, stored): the document to be stored after an add or an update."""

    after_add: Callable[[OperationCall, Item, Document], None] = _nothing
    """(call, item, document): acts after an object was added."""

    replace: Callable[[OperationCall, Document, Document], Outcome | None] = _nothing
    """(call, before, after): replaces an updated object with a new one; None if the object stays."""

    after_update: Callable[[OperationCall, Item, Document, Document], None] = _nothing
    """(call, item, after, before): acts after an object was updated."""

    warn: Callable[[OperationCall, Item, Document], Sequence[dict[str, Any]]] = _no_warnings
    """(call, item, after): the warnings for an item that succeeds."""

    current_state: Callable[[OperationCall, Document], Document] = _unchanged
    """(call, document): a stored document with its State at this moment."""

    before_state_change: Callable[[OperationCall, Document], None] = _nothing
    """(call, document): refuses suspend, resume, archive or unarchive, whichever is called."""

    before_delete: Callable[[OperationCall, Document], None] = _nothing
    """(call, document): refuses a deletion."""

    instead_of_delete: Callable[[OperationCall, Document], bool] = lambda *_: False
    """(call, document): True if the hook did something else and the object is not deleted."""

    on_read: Callable[[OperationCall], Complete] = _as_stored
    """(call): a function that completes the documents of one get."""


Services = Mapping[str, ServiceRules]
"""The rules of every service, by the service's name."""
