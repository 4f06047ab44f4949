"""Keywords: what the API does and asks beyond the generic verbs; a group's autotargeting is one of its keywords.

https://yandex.ru/dev/direct/doc/ru/keywords/keywords
"""

from collections.abc import Mapping
from typing import Any

from ...domain.keyword_phrases import phrase
from ...domain.moderation import send_keyword
from ...domain.resources import resources
from ...storage.store import Document, Key
from ..call import Call
from ..crud.item_results import Outcome, Refused
from ..crud.service_rules import Complete, Item, ServiceRules
from ..rules import autotargeting
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.keywords import check
from ..rules.serving_status import asks_about_serving, serving, with_serving
from ..rules.stored_bids import bid_warnings, with_bids

_ALWAYS_ON = ("Autotargeting is always on on search", "На поиске автотаргетинг отключить нельзя")
_LAST = ("It is the last active keyword of the group", "Это последняя активная фраза группы")


def _is_autotargeting(keyword: Mapping[str, Any]) -> bool:
    return keyword.get("Keyword") == autotargeting.KEYWORD


def _autotargeted_group(item: Item) -> Key | None:
    """A group has one autotargeting: of several in a request none is added."""
    return item["AdGroupId"] if _is_autotargeting(item) else None


def _derive(call: Call, document: Document, item: Item, _parent: Document | None) -> Document:
    document = with_bids(call, autotargeting.in_step(document, item))
    return document | {"Keyword": " ".join(document["Keyword"].split())}


def _fixed_key(document: Document) -> Key | None:
    return autotargeting.key(document["AdGroupId"]) if _is_autotargeting(document) else None


def _duplicate_key(members: Document) -> Document:
    """The order of words and their forms make no other keyword."""
    return members | {"Keyword": phrase(members["Keyword"]).identity}


def _on_duplicate(call: Call, document: Document) -> None:
    """Autotargeting, which every group has, is switched on by adding it."""
    if _is_autotargeting(document):
        autotargeting.switch(call, document["AdGroupId"], on=True)


def _uncounted(call: Call, document: Document) -> int:
    """Autotargeting, which nobody added, takes no one's place."""
    return int(autotargeting.find(call, document["AdGroupId"]) is not None)


def _after_add(call: Call, _item: Item, document: Document) -> None:
    send_keyword(call.store, call.account.login, document, at=call.now(), seconds=call.moderation)


def _replace(call: Call, before: Document, after: Document) -> Outcome | None:
    """A keyword that has been accepted is not reworded: another one takes its place."""
    if before["Keyword"] == after["Keyword"] or before.get("Status") == "DRAFT":
        return None
    key = call.store.next_id("keywords", resources()["keywords"].first or 1)
    call.store.delete("keywords", before["Id"])
    new = after | {"Id": key, "Status": "DRAFT", "State": "OFF" if after["State"] == "ON" else after["State"]}
    call.store.put("keywords", key, call.account.login, new, changed=call.now())
    send_keyword(call.store, call.account.login, new, at=call.now(), seconds=call.moderation)
    return key, [call.notification(10141)]


def _warn(call: Call, item: Item, after: Document) -> list[dict[str, Any]]:
    """Categories are for autotargeting only."""
    ignored = [] if _is_autotargeting(after) else [name for name in sorted(item) if name.startswith("Autotargeting")]
    return [*bid_warnings(call, item, after), *(call.notification(10165, name) for name in ignored)]


def _before_state_change(call: Call, keyword: Document) -> None:
    if call.operation.name == "suspend":
        _refuse_last(call, keyword, 8302)


def _before_delete(call: Call, keyword: Document) -> None:
    _refuse_last(call, keyword, 8301)


def _refuse_last(call: Call, keyword: Document, code: int) -> None:
    """Raises Refused where a group that is shown would lose its last targeting."""
    if _is_autotargeting(keyword) and autotargeting.is_on_search(call, keyword):
        raise Refused(code, *_ALWAYS_ON)
    if _is_last(call, keyword):
        raise Refused(code, *_LAST)


def _is_last(call: Call, keyword: Document) -> bool:
    """Whether nothing else targets the ads of its group, which is no draft."""
    login, group = call.account.login, keyword["AdGroupId"]
    if keyword["State"] == "SUSPENDED" or (call.store.get("adgroups", group, login) or {}).get("Status") == "DRAFT":
        return False
    keywords = call.store.rows("keywords", login, adgroups=[group])
    others = [row for row in keywords if row.id != keyword["Id"] and row.document["State"] != "SUSPENDED"]
    return not others and not call.store.count("audiencetargets", login, adgroup=group)


def _instead_of_delete(call: Call, keyword: Document) -> bool:
    """Autotargeting is only switched off: a group is never without one."""
    if not _is_autotargeting(keyword):
        return False
    autotargeting.switch(call, keyword["AdGroupId"], on=False)
    return True


def _on_read(call: Call) -> Complete:
    """A keyword is served as its group is."""
    if not asks_about_serving(call):
        return lambda keyword: keyword
    status = serving(call)
    return lambda keyword: with_serving(keyword, status(keyword["AdGroupId"]))


RULES = ServiceRules(
    once_in_add=_autotargeted_group,
    check_editable=refuse_archived_campaign,
    derive=_derive,
    validate=check,
    fixed_key=_fixed_key,
    duplicate_key=_duplicate_key,
    on_duplicate=_on_duplicate,
    uncounted=_uncounted,
    after_add=_after_add,
    replace=_replace,
    warn=_warn,
    before_state_change=_before_state_change,
    before_delete=_before_delete,
    instead_of_delete=_instead_of_delete,
    on_read=_on_read,
)
