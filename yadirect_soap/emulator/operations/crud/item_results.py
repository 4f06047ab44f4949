"""The results of the items of one call, in their order; an error of one item does not affect the others."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from ...storage.store import Key
from ..call import OperationCall

Notifications = Sequence[dict[str, Any]]
Outcome = tuple[Key, Notifications]
"""The identifier of an item that succeeded, and its warnings."""

TWICE = ("The object is in the request more than once", "Объект указан в запросе более одного раза")
"""The details of error 9800."""

_T = TypeVar("_T")


class ItemError(Exception):
    """An error of one item: a code, and details in English and Russian, or none.

    `warnings` are the warnings of the item, `others` its further errors.
    """

    def __init__(
        self,
        code: int,
        english: str = "",
        russian: str = "",
        *,
        warnings: Notifications = (),
        others: Sequence["ItemError"] = (),
    ) -> None:
        super().__init__(code, english)
        self.code = code
        self.details = (english, russian)
        self.warnings = warnings
        self.others = others

    def notification(self, call: OperationCall) -> dict[str, Any]:
        """Returns the element of Errors, in the caller's language."""
        return call.notification(self.code, call.text(*self.details) or None)

    def notifications(self, call: OperationCall) -> list[dict[str, Any]]:
        """Returns the elements of Errors: this one and those of the others."""
        return [error.notification(call) for error in (self, *self.others)]


def results(call: OperationCall, items: Iterable[_T], act: Callable[[_T], Outcome], id_member: str) -> dict[str, Any]:
    """Carries out the items one by one and returns their results under the contract's name.

    An item that raises ItemError has Errors instead of an identifier.
    """
    (name,) = (member.name for member in call.operation.response.members)
    return {name: [_result(call, item, act, id_member) for item in items]}


def _result(call: OperationCall, item: _T, act: Callable[[_T], Outcome], id_member: str) -> dict[str, Any]:
    try:
        key, warnings = act(item)
    except ItemError as error:
        errors = {"Errors": error.notifications(call)}
        return {"Warnings": list(error.warnings)} | errors if error.warnings else errors
    return {id_member: key, "Warnings": list(warnings)} if warnings else {id_member: key}
