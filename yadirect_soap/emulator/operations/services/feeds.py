"""Feeds: what the API does and asks beyond the generic verbs: https://yandex.ru/dev/direct/doc/en/feeds/feeds."""

from ... import feeds
from ...storage.store import Document
from ..call import Call
from ..crud.service_rules import Item, ServiceRules
from ..rules.feed_status import feed_now
from ..rules.feeds import check
from ..rules.uploads import content


def _after_add(call: Call, item: Item, feed: Document) -> None:
    _after_update(call, item, feed, {})


def _after_update(call: Call, item: Item, after: Document, before: Document) -> None:
    """What a feed holds comes from its file or its address, and is read in time."""
    given = item.get("FileFeed")
    file = content(given["Data"]) if given is not None else None
    feeds.arrive(call.store, call.account.login, before, after, file=file, at=call.now())


RULES = ServiceRules(validate=check, after_add=_after_add, after_update=_after_update, on_read=feed_now)
