"""The verbs that move objects between states: suspend, resume, archive, unarchive, and moderate for ads."""

from collections.abc import Mapping
from typing import Any

from .. import faults
from ..call import Call
from ..resources import Resource, Transition, resources
from ..store import Document, Key
from .outcome import Outcome, Refused, results
from .parents import refuse_archived_campaign
from .references import find

TARGETINGS = ("keywords", "audiencetargets", "dynamictextadtargets", "dynamicfeedadtargets", "smartadtargets")
"""Services whose objects make a group's ads be shown to somebody."""

_ACCEPTED = {"Status": "ACCEPTED", "State": "ON"}.items()


def move(call: Call) -> dict[str, Any]:
    """Moves each object of the criteria to the state that the verb leads to, or tells why not."""
    resource = resources()[call.operation.service]
    transition = resource.transitions.get(call.operation.name)
    if transition is None:
        raise faults.not_emulated(call.operation.key, language=call.language)
    seen: set[Key] = set()

    def act(key: Key) -> Outcome:
        if key in seen:
            return key, [call.notification(10000)]
        seen.add(key)
        return _move(call, resource, transition, key)

    return results(call, ids(call), act, resource.id)


def moderate(call: Call) -> dict[str, Any]:
    """Sends drafts to moderation.  The emulator's moderator reads at once and accepts everything."""
    return results(call, ids(call), lambda key: _moderate(call, key), "Id")


def ids(call: Call) -> list[Key]:
    """The identifiers in the SelectionCriteria of a write, its only list."""
    criteria: Mapping[str, list[Key]] = call.params["SelectionCriteria"]
    return next(iter(criteria.values()))


def _move(call: Call, resource: Resource, transition: Transition, key: Key) -> Outcome:
    document = find(call, resource.service, key)
    refuse_archived_campaign(call, document)
    state, status = document.get(resource.state), document.get("Status")
    for now in (state, status):
        if now is not None and now in transition.refuse:
            raise Refused(transition.refuse[now], f"The object is {now}", f"Состояние или статус объекта: {now}")
    sources = transition.sources
    if state == transition.to if sources is None else state not in sources:
        return key, [call.notification(transition.warn)]
    # What has not been accepted is not shown, whatever is resumed.
    to = "OFF" if (transition.to, status) == ("ON", "DRAFT") else transition.to
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
    _put(call, "ads", _accepted(ad))
    _accept_drafts(call, "keywords", [row.document for row in call.store.rows("keywords", login, adgroups=[group])])
    _accept_drafts(call, "adgroups", [find(call, "adgroups", group)])
    _accept_drafts(call, "campaigns", [find(call, "campaigns", ad["CampaignId"])])
    return key, []


def _accept_drafts(call: Call, service: str, documents: list[Document]) -> None:
    for document in documents:
        if document.get("Status") == "DRAFT":
            _put(call, service, document | {name: value for name, value in _ACCEPTED if name in document})


def _accepted(value: Any) -> Any:
    """An ad with everything in it accepted."""
    if isinstance(value, list):
        return [_accepted(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    inner = {name: _accepted(member) for name, member in value.items()}
    return inner | {name: wanted for name, wanted in _ACCEPTED if name in value}


def _put(call: Call, service: str, document: Document) -> None:
    call.store.put(service, document["Id"], call.account.login, document, changed=call.now())
