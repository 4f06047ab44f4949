"""Moderation: what is sent to it is read when its time has come by the emulator's clock, and accepted or rejected.

https://yandex.ru/dev/direct/doc/en/ads/moderate
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .ad_texts import ad_texts
from .store import Document, Key, Store

SECONDS = 3600
"""How long a moderator takes."""

REJECTED = re.compile(r"\b(?:rejected|отклонено)\b", re.IGNORECASE)
"""The word that makes a moderator reject the ad in whose texts it stands: so a test decides on the verdict."""

_QUEUE = "moderation"
"""Where the store keeps, beside the objects, what waits; it is no service's name."""

_UNREAD = frozenset({"DRAFT", "MODERATION"})


def send(store: Store, login: str, ad: Document, *, at: float, seconds: float) -> None:
    """Sends an ad to moderation, and with it the drafts that it stands in and that it shows."""
    store.put("ads", ad["Id"], login, _judged(ad, "MODERATION"), changed=at)
    for service, document in _around(store, login, ad):
        if document.get("Status") == "DRAFT":
            store.put(service, document["Id"], login, document | {"Status": "MODERATION"}, changed=at)
    waiting = {name: ad[name] for name in ("CampaignId", "AdGroupId")}
    store.put(_QUEUE, ad["Id"], login, waiting, changed=at + seconds)


def send_again(store: Store, login: str, before: Document, after: Document, *, at: float, seconds: float) -> None:
    """Sends an ad that was changed, where it has been sent before; a draft waits for Ads.moderate."""
    if before["Status"] != "DRAFT" and before != after:
        send(store, login, after, at=at, seconds=seconds)


def pass_due(store: Store, login: str, now: float) -> None:
    """Gives the verdicts on a login's ads whose time has come, each at its own time."""
    due = [row for row in store.rows(_QUEUE, login) if row.changed <= now]
    for row in sorted(due, key=lambda row: row.changed):
        store.delete(_QUEUE, row.id)
        _decide(store, login, row.id, at=row.changed)


def _decide(store: Store, login: str, key: Key, *, at: float) -> None:
    ad = store.get("ads", key, login)
    if ad is None or ad["Status"] != "MODERATION":
        return
    verdict = "REJECTED" if any(REJECTED.search(text) for text in ad_texts(ad)) else "ACCEPTED"
    store.put("ads", key, login, _shown(_judged(ad, verdict)), changed=at)
    if verdict == "ACCEPTED":
        for keyword in [row.document for row in store.rows("keywords", login, adgroups=[ad["AdGroupId"]])]:
            if keyword["Status"] == "DRAFT":
                store.put("keywords", keyword["Id"], login, _shown(keyword | {"Status": verdict}), changed=at)
    for service, document in _around(store, login, ad):
        if document.get("Status") in _UNREAD or (verdict == "ACCEPTED" and document.get("Status") == "REJECTED"):
            judged = document | {"Status": verdict}
            if service == "campaigns":
                judged = _shown(judged) | ({"StatusPayment": "ALLOWED"} if verdict == "ACCEPTED" else {})
            store.put(service, document["Id"], login, judged, changed=at)


def _around(store: Store, login: str, ad: Document) -> Iterator[tuple[str, Document]]:
    """The ad's group and campaign, and its callouts."""
    callouts = [
        extension["AdExtensionId"]
        for kind in ad.values()
        if isinstance(kind, Mapping)
        for extension in kind.get("AdExtensions") or ()
    ]
    named = [("adgroups", ad["AdGroupId"]), ("campaigns", ad["CampaignId"])]
    for service, key in [*named, *(("adextensions", callout) for callout in callouts)]:
        document = store.get(service, key, login)
        if document is not None:
            yield service, document


def _judged(value: Any, status: str) -> Any:
    """An ad with the status in it and in everything it has that is moderated."""
    if isinstance(value, list):
        return [_judged(item, status) for item in value]
    if not isinstance(value, Mapping):
        return value
    inner = {name: _judged(member, status) for name, member in value.items()}
    return inner | {"Status": status} if "Status" in value else inner


def _shown(document: Document) -> Document:
    """What is accepted is on, unless it was suspended; what is not is off."""
    if document.get("State") not in ("ON", "OFF"):
        return document
    return document | {"State": "ON" if document["Status"] == "ACCEPTED" else "OFF"}
