"""The outcome of a line, and its conversion to and from a row of the journal."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from .journal import Item

if TYPE_CHECKING:
    from yadirect_soap import ItemResult, Notification

TRANSIENT = frozenset({52, 152, 506, 9000})
"""Errors that refuse an item for a temporary reason."""
DOUBTFUL = frozenset({1000, 1001, 1002, 1003, 1004, 1020})
"""Errors after which an item may have been carried out."""


class Outcome(NamedTuple):
    """The state of a line, with the id or the errors from the API.

    Attributes:
        line: the number of the line, from 1.
        operation: the key of the operation, such as `ads.add`.
        ref: the name by which later lines refer to its object; None if it has none.
        state: "planned", "done", "failed", "skipped" or "unknown".
        id: the id of the object; a list if an item created several, None if it created none.
        errors: dicts with `code`, `message` and `details`.
        warnings: dicts as in `errors`.
        remark: how the state became known, if the response was lost.
    """

    line: int
    operation: str
    ref: str | None
    state: str
    id: Any
    errors: tuple[dict[str, Any], ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    remark: str = ""


def of_item(item: Item) -> Outcome:
    """Returns the outcome of a line of the journal."""
    note = json.loads(item.note) if item.note else {}
    result = json.loads(item.result) if isinstance(item.result, str) and item.result[:1] == "[" else item.result
    errors, warnings = (tuple(note.get(name, ())) for name in ("errors", "warnings"))
    return Outcome(item.line, item.op, item.ref, item.state, result, errors, warnings, note.get("remark", ""))


def as_row(outcome: Outcome) -> tuple[str, Any, str, int]:
    """Returns the state, result, note and line of an outcome, as the journal stores them."""
    result = json.dumps(outcome.id) if isinstance(outcome.id, list) else outcome.id
    notes = {"errors": outcome.errors, "warnings": outcome.warnings, "remark": outcome.remark}
    note = {name: value for name, value in notes.items() if value}
    return outcome.state, result, json.dumps(note, ensure_ascii=False) if note else "", outcome.line


def new_outcome(item: Item, state: str, key: Any = None, **about: Any) -> Outcome:
    """Creates an outcome of a line."""
    return Outcome(item.line, item.op, item.ref, state, key, **about)


def answered(item: Item, result: "ItemResult", state: str) -> Outcome:
    """Returns the outcome of a line whose response has a result."""
    response_item = result.result
    several = response_item.get("Ids") or ()
    key: Any = list(several) if len(several) > 1 else result.id
    errors = _plain(result.errors) if response_item.get("Errors") else ()
    warnings = _plain(result.warnings) if response_item.get("Warnings") else ()
    return Outcome(item.line, item.op, item.ref, state, key, errors, warnings)


def error(code: int, message: str, details: str = "") -> dict[str, Any]:
    """Returns an error or a warning as a dict."""
    return {"code": code, "message": message, "details": details}


def _plain(notifications: Iterable["Notification"]) -> tuple[dict[str, Any], ...]:
    return tuple(
        error(notification.code, notification.message, notification.details or "") for notification in notifications
    )
