"""Targeting conditions of dynamic ads by a feed: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/dynamicfeedadtargets/dynamicfeedadtargets
"""

from ...storage.store import Document
from ..call import OperationCall
from ..crud.service_rules import Item, ServiceRules
from ..rules.ad_targets import check, condition_type
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.stored_bids import bid_warnings, with_bids


def _derive(call: OperationCall, document: Document, item: Item, parent: Document | None) -> Document:
    return condition_type(call, with_bids(call, document), item, parent)


RULES = ServiceRules(
    check_editable=refuse_archived_campaign,
    derive=_derive,
    validate=check,
    warn=bid_warnings,
)
