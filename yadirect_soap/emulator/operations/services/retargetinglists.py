"""Retargeting lists: what the API does and asks beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
"""

from ...storage.store import Document
from ..call import Call
from ..crud.service_rules import Item, ServiceRules
from ..rules.audiences import check_list


def _derive(_call: Call, document: Document, _item: Item, _parent: Document | None) -> Document:
    """A list that only excludes is for adjustments of bids, not for targets."""
    excludes = all(rule["Operator"] == "NONE" for rule in document["Rules"])
    return document | {"Scope": "FOR_ADJUSTMENTS_ONLY" if excludes else "FOR_TARGETS_AND_ADJUSTMENTS"}


RULES = ServiceRules(derive=_derive, validate=check_list)
