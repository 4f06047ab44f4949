"""Whether groups are served: one for whose keywords nobody searches is not, and its keywords have no numbers then.

https://yandex.com/adv/news/rarely-served-marking-for-ad-groups
https://yandex.ru/blog/ya-direct-api/status-rarely-served-i-drugie-izmeneniya-v-api
"""

from collections.abc import Callable
from functools import cache

from ...domain.keyword_phrases import AUTOTARGETING
from ...domain.search_volume import searched
from ...storage.store import Document, Key
from ..call import OperationCall

NAME, RARELY = "ServingStatus", "RARELY_SERVED"
_STATISTICS = ("StatisticsSearch", "StatisticsNetwork")
_DEPENDS = frozenset({NAME, *_STATISTICS})


def serving(call: OperationCall) -> Callable[[Key], str]:
    """What tells the ServingStatus of the caller's groups by their identifiers, for one call.

    A group that a seed says to be served rarely is so, whatever its keywords.
    """
    store, login = call.store, call.account.login

    @cache
    def status(group: Key) -> str:
        if (store.get("adgroups", group, login) or {}).get(NAME) == RARELY:
            return RARELY
        keywords = (row.document for row in store.rows("keywords", login, adgroups=[group]))
        texts = [
            document["Keyword"]
            for document in keywords
            if document["State"] != "SUSPENDED" and document["Keyword"] != AUTOTARGETING
        ]
        return RARELY if texts and not any(any(searched(text).values()) for text in texts) else "ELIGIBLE"

    return status


def with_serving(document: Document, status: str) -> Document:
    """A group or a keyword with its ServingStatus; what is served rarely has no statistics."""
    hidden = _STATISTICS if status == RARELY else ()
    return {name: value for name, value in document.items() if name not in hidden} | {NAME: status}


def asks_about_serving(call: OperationCall) -> bool:
    """Whether a get is about the status or what depends on it: looking into groups takes a while."""
    names = call.params.get("FieldNames", ())
    return "ServingStatuses" in (call.params.get("SelectionCriteria") or {}) or not _DEPENDS.isdisjoint(names)
