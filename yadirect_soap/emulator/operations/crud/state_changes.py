"""The verbs that move objects between states: suspend, resume, archive, unarchive, and moderate for ads."""

from collections.abc import Callable, Mapping
from typing import Any

from ...domain import error_codes, moderation
from ...domain.resources import Resource, Transition, resources
from ...storage.store import Document, Key
from ..call import Call
from .computed_fields import state_now, used
from .item_results import Outcome, Refused, results
from .parents import refuse_archived_campaign
from .paths import values
from .references import find
from .state_guards import check_move

TARGETINGS = ("keywords", "audiencetargets", "dynamictextadtargets", "dynamicfeedadtargets", "smartadtargets")
"""Services whose objects make a group's ads be shown to somebody."""

IN_USE = ("The object is in use", "Объект используется")
_FUNDED = ("There is money on the campaign", "На кампании есть средства")
_NOT_ACCEPTED = frozenset({"DRAFT", "MODERATION", "REJECTED"})


def move(call: Call) -> dict[str, Any]:
    """Moves each object of the criteria to the state that the verb leads to, or tells why not."""
    resource = resources()[call.operation.service]
    transition = resource.transitions.get(call.operation.name)
    if transition is None:
        raise error_codes.not_emulated(call.operation.key, language=call.language)
    return results(call, ids(call), _once(call, lambda key: _move(call, resource, transition, key)), resource.id)


def moderate(call: Call) -> dict[str, Any]:
    """Sends drafts to moderation, which gives its verdict later, by the emulator's clock."""
    return results(call, ids(call), _once(call, lambda key: _moderate(call, key)), "Id")


def ids(call: Call) -> list[Key]:
    """The identifiers in the SelectionCriteria of a write, its only list."""
    criteria: Mapping[str, list[Key]] = call.params["SelectionCriteria"]
    return next(iter(criteria.values()))


def _once(call: Call, act: Callable[[Key], Outcome]) -> Callable[[Key], Outcome]:
    """Acts on each object once; one that is named again is warned of."""
    seen: set[Key] = set()

    def act_once(key: Key) -> Outcome:
        if key in seen:
            return key, [call.notification(10000)]
        seen.add(key)
        return act(key)

    return act_once


def _move(call: Call, resource: Resource, transition: Transition, key: Key) -> Outcome:
    document = find(call, resource.service, key)
    refuse_archived_campaign(call, document)
    state, status = state_now(call, resource.service, document).get(resource.state), document.get("Status")
    for now in (state, status):
        if now is not None and now in transition.refuse:
            raise Refused(transition.refuse[now], f"The object is {now}", f"Состояние или статус объекта: {now}")
    if transition.in_use and key in used(call, resource.service):
        raise Refused(transition.in_use, *IN_USE)
    if transition.funded and any(values(document, "Funds.CampaignFunds.Balance")):
        raise Refused(transition.funded, *_FUNDED)
    check_move(call, resource.service, document)
    sources = transition.sources
    if state == transition.to if sources is None else state not in sources:
        return key, [call.notification(transition.warn)]
    # What has not been accepted is not shown, whatever is resumed.
    to = "OFF" if transition.to == "ON" and status in _NOT_ACCEPTED else transition.to
    _put(call, resource.service, document | {resource.state: to})
    return key, []


def _moderate(call: Call, key: Key) -> Outcome:
    ad = find(call, "ads", key)
    refuse_archived_campaign(call, ad)
    if ad["Status"] != "DRAFT":
        raise Refused(8300, "The ad is not a draft", "Объявление не является черновиком")
    group, login = ad["AdGroupId"], call.account.login
    if not any(call.store.count(service, login, adgroup=group) for service in TARGETINGS):
        raise Refused(8300, "The group has no targetings", "В группе нет условий показа")
    moderation.send(call.store, login, ad, at=call.now(), seconds=call.moderation)
    return key, []


def _put(call: Call, service: str, document: Document) -> None:
    call.store.put(service, document["Id"], call.account.login, document, changed=call.now())
