"""Ad groups: what the API does and asks beyond the generic verbs.

https://yandex.ru/dev/direct/doc/ru/adgroups/adgroups
"""

from ...storage.store import Document
from ..call import Call
from ..crud.defaults import filled
from ..crud.delete import HAS_CHILDREN
from ..crud.item_results import Refused
from ..crud.service_rules import Complete, Item, ServiceRules
from ..rules import autotargeting, unified_campaigns
from ..rules.adgroups import check
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.feed_status import group_fed
from ..rules.serving_status import asks_about_serving, serving, with_serving


def _derive(_call: Call, document: Document, _item: Item, parent: Document | None) -> Document:
    """A group that names no kind is a text group, or a unified one in a unified campaign."""
    if "Subtype" in document:
        return document
    unified = parent is not None and parent.get("Type") == "UNIFIED_CAMPAIGN"
    if unified:
        document = filled(document, {"UnifiedAdGroup": {"OfferRetargeting": "NO"}})
    return document | {"Type": "UNIFIED_AD_GROUP" if unified else "TEXT_AD_GROUP", "Subtype": "NONE"}


def _to_store(call: Call, _item: Item, after: Document, stored: Document) -> Document:
    return unified_campaigns.changed(call, stored, after)


def _after_add(call: Call, _item: Item, group: Document) -> None:
    autotargeting.create(call, group["Id"], group)


def _before_delete(call: Call, group: Document) -> None:
    """Autotargeting, which nobody added, keeps no group alive."""
    own = int(autotargeting.find(call, group["Id"]) is not None)
    if call.store.count("keywords", call.account.login, adgroup=group["Id"]) > own:
        raise Refused(8301, *HAS_CHILDREN)


def _on_read(call: Call) -> Complete:
    fed = group_fed(call)
    if not asks_about_serving(call):
        return lambda group: unified_campaigns.read(call, fed(group))
    status = serving(call)
    return lambda group: unified_campaigns.read(call, with_serving(fed(group), status(group["Id"])))


RULES = ServiceRules(
    check_editable=refuse_archived_campaign,
    view=unified_campaigns.shown,
    derive=_derive,
    validate=check,
    to_store=_to_store,
    after_add=_after_add,
    before_delete=_before_delete,
    on_read=_on_read,
)
