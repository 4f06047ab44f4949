"""Moderation: ads and keywords are accepted or rejected some time later, by the emulator's clock.

https://yandex.ru/dev/direct/doc/en/ads/moderate
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ..storage.store import Document, Key, Store
from .ad_texts import ad_texts

SECONDS = 3600
"""How long a moderator takes."""

REJECTED = re.compile(r"\b(?:rejected|отклонено)\b", re.IGNORECASE)
"""A word that makes a moderator reject the ad or the keyword with it, so that a test decides the verdict."""

_QUEUE = "moderation"
"""The name under which the store holds what waits for a verdict; no service has this name."""

_UNREAD = frozenset({"DRAFT", "MODERATION"})


def send(store: Store, login: str, ad: Document, *, at: float, seconds: float) -> None:
    """Sends an ad to moderation, and with it its group, campaign and callouts that are drafts."""
    store.put("ads", ad["Id"], login, _judged(ad, "MODERATION"), changed=at)
    for service, document in _around(store, login, ad):
        if document.get("Status") == "DRAFT":
            store.put(service, document["Id"], login, document | {"Status": "MODERATION"}, changed=at)
    _wait(store, login, "ads", ad["Id"], until=at + seconds)


def send_again(store: Store, login: str, before: Document, after: Document, *, at: float, seconds: float) -> None:
    """Sends a changed ad again; a draft waits for Ads.moderate."""
    if before["Status"] != "DRAFT" and before != after:
        send(store, login, after, at=at, seconds=seconds)


def send_keyword(store: Store, login: str, keyword: Document, *, at: float, seconds: float) -> None:
    """Sends a new keyword of a moderated group; other keywords wait for the first ad of their group."""
    group = store.get("adgroups", keyword["AdGroupId"], login) or {}
    if group.get("Status") != "DRAFT":
        _wait(store, login, "keywords", keyword["Id"], until=at + seconds)


def pass_due(store: Store, login: str, now: float) -> None:
    """Applies the verdicts of moderation on a login's ads and keywords that are due, each with its due time."""
    soonest = store.note(_soonest(login))
    if soonest is None or soonest > now:
        return
    waiting = list(store.rows(_QUEUE, login))
    for row in sorted(waiting, key=lambda row: row.changed):
        if row.changed <= now:
            store.delete(_QUEUE, row.id)
            _DECIDE[row.document["Service"]](store, login, row.document["Id"], row.changed)
    store.set_note(_soonest(login), min((row.changed for row in waiting if row.changed > now), default=None))


def _wait(store: Store, login: str, service: str, key: Key, *, until: float) -> None:
    store.put(_QUEUE, f"{service}/{key}", login, {"Service": service, "Id": key}, changed=until)
    soonest = store.note(_soonest(login))
    store.set_note(_soonest(login), until if soonest is None else min(soonest, until))


def _soonest(login: str) -> str:
    """Returns the note with the time of the next verdict, so that a call need not read all that waits."""
    return f"moderation/{login}"


def _decide_ad(store: Store, login: str, key: Key, at: float) -> None:
    ad = store.get("ads", key, login)
    if ad is None or ad["Status"] != "MODERATION":
        return
    verdict = _verdict(ad_texts(ad))
    store.put("ads", key, login, _shown(_judged(ad, verdict)), changed=at)
    if verdict == "ACCEPTED":
        for row in list(store.rows("keywords", login, adgroups=[ad["AdGroupId"]])):
            _decide_keyword(store, login, row.id, at)
    for service, document in _around(store, login, ad):
        if document.get("Status") in _UNREAD or (verdict == "ACCEPTED" and document.get("Status") == "REJECTED"):
            judged = document | {"Status": verdict}
            if service == "campaigns":
                judged = _shown(judged) | ({"StatusPayment": "ALLOWED"} if verdict == "ACCEPTED" else {})
            store.put(service, document["Id"], login, judged, changed=at)


def _decide_keyword(store: Store, login: str, key: Key, at: float) -> None:
    keyword = store.get("keywords", key, login)
    if keyword is not None and keyword["Status"] == "DRAFT":
        judged = keyword | {"Status": _verdict([keyword["Keyword"]])}
        store.put("keywords", key, login, _shown(judged), changed=at)


_DECIDE = MappingProxyType({"ads": _decide_ad, "keywords": _decide_keyword})


def _verdict(texts: Iterable[str]) -> str:
    return "REJECTED" if any(REJECTED.search(text) for text in texts) else "ACCEPTED"


def _around(store: Store, login: str, ad: Document) -> Iterator[tuple[str, Document]]:
    """Yields the ad's group and campaign, and its callouts."""
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
    """Returns an ad with the status in it and in each of its parts that are moderated."""
    if isinstance(value, list):
        return [_judged(item, status) for item in value]
    if not isinstance(value, Mapping):
        return value
    inner = {name: _judged(member, status) for name, member in value.items()}
    return inner | {"Status": status} if "Status" in value else inner


def _shown(document: Document) -> Document:
    """Turns an accepted object on and any other off; a suspended one stays suspended."""
    if document.get("State") not in ("ON", "OFF"):
        return document
    return document | {"State": "ON" if document["Status"] == "ACCEPTED" else "OFF"}
