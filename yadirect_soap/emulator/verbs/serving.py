"""Whether groups are served: one for whose keywords nobody searches is not, and its keywords have no numbers then.

https://yandex.com/adv/news/rarely-served-marking-for-ad-groups
https://yandex.ru/blog/ya-direct-api/status-rarely-served-i-drugie-izmeneniya-v-api
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..call import Call
from ..store import Document, Key
from ..volumes import searched
from .autotargeting import KEYWORD

NAME, RARELY = "ServingStatus", "RARELY_SERVED"
_STATISTICS = ("StatisticsSearch", "StatisticsNetwork")

Complete = Callable[[Document], Document]


def serving(call: Call) -> Callable[[Key], str]:
    """What tells the ServingStatus of the caller's groups by their identifiers, for one call.

    A group that a seed says to be served rarely is so, whatever its keywords.
    """
    store, login = call.store, call.account.login

    @cache
    def status(group: Key) -> str:
        if (store.get("adgroups", group, login) or {}).get(NAME) == RARELY:
            return RARELY
        keywords = (row.document for row in store.rows("keywords", login, adgroups=[group]))
        texts = [each["Keyword"] for each in keywords if each["State"] != "SUSPENDED" and each["Keyword"] != KEYWORD]
        return RARELY if texts and not any(any(searched(text).values()) for text in texts) else "ELIGIBLE"

    return status


def group_served(call: Call) -> Complete:
    """What gives a group its ServingStatus, where a get is about it."""
    if not _is_asked(call, NAME):
        return _as_it_is
    status = serving(call)
    return lambda group: group | {NAME: status(group["Id"])}


def keyword_served(call: Call) -> Complete:
    """What gives a keyword the ServingStatus of its group, where a get is about it, and takes the statistics away."""
    if not _is_asked(call, NAME, *_STATISTICS):
        return _as_it_is
    status = serving(call)

    def complete(keyword: Document) -> Document:
        said = status(keyword["AdGroupId"])
        hidden = _STATISTICS if said == RARELY else ()
        return {name: value for name, value in keyword.items() if name not in hidden} | {NAME: said}

    return complete


def _is_asked(call: Call, *names: Any) -> bool:
    """Looking into groups takes a while, so it is done only for whom it matters."""
    criteria = call.params.get("SelectionCriteria") or {}
    return "ServingStatuses" in criteria or not frozenset(names).isdisjoint(call.params.get("FieldNames", ()))


def _as_it_is(document: Document) -> Document:
    return document
