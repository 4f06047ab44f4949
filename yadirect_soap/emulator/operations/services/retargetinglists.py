"""Retargeting lists: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
"""

from collections.abc import Mapping
from typing import Any

from ...domain.limits import limit
from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.service_rules import Item, ServiceRules
from ..rules.amounts import check_value
from ..rules.texts import check_count, check_length

_SERVICE = "retargetinglists"
_FIRST_SEGMENT = 1_000_000_000
"""The first identifier of segments; smaller ones are goals."""


def _derive(_call: OperationCall, document: Document, _item: Item, _parent: Document | None) -> Document:
    """Adds the Scope: a list that only excludes is for bid adjustments, not for targets."""
    excludes = all(rule["Operator"] == "NONE" for rule in document["Rules"])
    return document | {"Scope": "FOR_ADJUSTMENTS_ONLY" if excludes else "FOR_TARGETS_AND_ADJUSTMENTS"}


def _validate(call: OperationCall, _item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises ItemError for a list that the API refuses."""
    check_length(_SERVICE, "Name", after["Name"])
    if after.get("Description"):
        check_length(_SERVICE, "Description", after["Description"])
    check_count(_SERVICE, "Rules", after["Rules"])
    for rule in after["Rules"]:
        check_count(_SERVICE, "Rules.Arguments", rule["Arguments"])
        for argument in rule["Arguments"]:
            _check_argument(argument)
    if before and after["Scope"] != before.get("Scope", after["Scope"]):
        raise ItemError(6000, "The scope of a list cannot be changed", "Область применения условия изменить нельзя")
    for row in call.store.rows("retargetinglists", call.account.login):
        if row.document["Name"] == after["Name"] and row.id != before.get("Id"):
            raise ItemError(9801, "There is a list of this name", "Условие с таким названием уже существует")


def _check_argument(argument: Mapping[str, Any]) -> None:
    """Checks an argument; MembershipLifeSpan is required for goals and ignored for segments."""
    if argument["ExternalId"] <= 0:
        raise ItemError(5005, "ExternalId must be positive", "ExternalId должен быть положительным")
    if argument["ExternalId"] >= _FIRST_SEGMENT:
        return
    if argument.get("MembershipLifeSpan") is None:
        raise ItemError(5000, "MembershipLifeSpan is required", "Требуется MembershipLifeSpan")
    allowed = limit(_SERVICE, "Rules.Arguments.MembershipLifeSpan", "value")
    check_value(allowed, "MembershipLifeSpan", argument["MembershipLifeSpan"])


RULES = ServiceRules(derive=_derive, validate=_validate)
