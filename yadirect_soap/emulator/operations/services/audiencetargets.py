"""Audience targets: what the API does and asks beyond the generic verbs; setBids is in target_bids.py.

https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
"""

from ...domain.currencies import prices
from ...storage.store import Document
from ..call import Call
from ..crud.service_rules import Item, ServiceRules
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.audiences import check_target
from ..rules.stored_bids import bid_warnings


def _derive(call: Call, document: Document, _item: Item, _parent: Document | None) -> Document:
    bid = document.get("ContextBid")
    return document if bid is None else document | {"ContextBid": prices(call.account.currency).on_step(bid)}


RULES = ServiceRules(check_editable=refuse_archived_campaign, derive=_derive, validate=check_target, warn=bid_warnings)
