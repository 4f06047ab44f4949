"""The ServingStatus of groups: a group is served rarely if nobody searches for its keywords, or if it has none.

https://yandex.com/adv/news/rarely-served-marking-for-ad-groups
https://yandex.ru/blog/ya-direct-api/status-rarely-served-i-drugie-izmeneniya-v-api
"""

from collections.abc import Callable
from functools import cache

from ...domain.keyword_phrases import AUTOTARGETING
from ...domain.resources import resources
from ...domain.search_volume import searched
from ...storage.store import Document, Key
from ..call import OperationCall

NAME, RARELY = "ServingStatus", "RARELY_SERVED"
_WITHOUT_KEYWORDS = frozenset({"USER_PROFILE"})
"""Subtypes of groups without keywords, where other groups of the type have them."""
_STATISTICS = ("StatisticsSearch", "StatisticsNetwork")
_DEPENDS = frozenset({NAME, *_STATISTICS})


def serving(call: OperationCall) -> Callable[[Key], str]:
    """Returns a function from a group's identifier to its ServingStatus, for one call.

    A group whose document in a seed is RARELY_SERVED has that status with any keywords.  One that needs no keywords, as
    its ads are shown by other conditions, is ELIGIBLE.
    """
    store, login = call.store, call.account.login
    kinds = resources()["keywords"].fits.keys()

    @cache
    def status(group: Key) -> str:
        document = store.get("adgroups", group, login) or {}
        if document.get(NAME) == RARELY:
            return RARELY
        if document.get("Type") not in kinds or document.get("Subtype") in _WITHOUT_KEYWORDS:
            return "ELIGIBLE"
        keywords = (row.document for row in store.rows("keywords", login, adgroups=[group]))
        texts = [
            keyword["Keyword"]
            for keyword in keywords
            if keyword["State"] != "SUSPENDED" and keyword["Keyword"] != AUTOTARGETING
        ]
        if not texts and store.count("audiencetargets", login, adgroup=group):
            return "ELIGIBLE"
        return "ELIGIBLE" if any(any(searched(text).values()) for text in texts) else RARELY

    return status


def with_serving(document: Document, status: str) -> Document:
    """Returns a group or keyword with its ServingStatus; a rarely served one has no statistics."""
    hidden = _STATISTICS if status == RARELY else ()
    return {name: value for name, value in document.items() if name not in hidden} | {NAME: status}


def asks_about_serving(call: OperationCall) -> bool:
    """Whether a get needs the status; reading the keywords of groups takes time."""
    names = call.params.get("FieldNames", ())
    return "ServingStatuses" in (call.params.get("SelectionCriteria") or {}) or not _DEPENDS.isdisjoint(names)
