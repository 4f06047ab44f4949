"""Rules for the conditions of dynamic and smart ads.

https://yandex.ru/dev/direct/doc/en/dynamicfeedadtargets/add
"""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.shapes import document_shape
from .amounts import check_bid
from .texts import check_count, check_length


def check(call: OperationCall, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a target with wrong conditions or bids."""
    service = call.operation.service
    check_length(service, "Name", after["Name"])
    listed = item.get("Conditions") or ()
    conditions = listed.get("Items", ()) if isinstance(listed, Mapping) else listed
    check_count(service, "Conditions", conditions)
    for condition in conditions:
        check_count(service, "Conditions.Arguments", condition["Arguments"])
        if any(not argument.strip() for argument in condition["Arguments"]):
            raise ItemError(5000, "An argument is empty", "Пустое значение в Arguments")
    keys = [
        (condition["Operand"], condition["Operator"], tuple(sorted(condition["Arguments"]))) for condition in conditions
    ]
    if len(set(keys)) < len(keys):
        raise ItemError(9802, "Conditions has repeated items", "В Conditions есть повторяющиеся элементы")
    for name in ("Bid", "ContextBid"):
        check_bid(call.account.currency, name, item.get(name))


def condition_type(
    call: OperationCall, document: Document, _item: Mapping[str, Any], _parent: Document | None
) -> Document:
    """Returns a target with its ConditionType: a target without conditions selects everything."""
    every, subset = document_shape(call).by_name["ConditionType"].shape.values[:2]
    return document | {"ConditionType": subset if document.get("Conditions") else every}
