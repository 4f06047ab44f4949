"""Members of feeds, ads and groups that depend on the processing of feeds."""

from collections.abc import Callable, Mapping

from ...domain.resources import resources
from ...feeds import feed_at, followed
from ...storage.store import Document, Key
from ..call import OperationCall
from ..crud.paths import values
from ..crud.shapes import ITEMS

_OF_ADS = ("ShoppingAd", "ListingAd")
_OF_GROUPS = ("DynamicTextFeedAdGroup",)


def complete_feed(call: OperationCall) -> Callable[[Document], Document]:
    """Returns a function that adds to a feed its current status, and, if requested, the campaigns that use it."""
    store, login, now = call.store, call.account.login, call.now()
    if "CampaignIds" not in call.params["FieldNames"]:
        return lambda feed: feed_at(store, login, feed, now)
    campaigns = _campaigns_by_feed(call)

    def complete(feed: Document) -> Document:
        ids = sorted(campaigns.get(feed["Id"], ()))
        return feed_at(store, login, feed, now) | {"CampaignIds": {ITEMS: ids} if ids else None}

    return complete


def complete_ad(call: OperationCall) -> Callable[[Document], Document]:
    """Returns a function that adds FeedProcessingStatus to an ad."""
    return _fed(call, _OF_ADS, "FeedProcessingStatus")


def complete_group(call: OperationCall) -> Callable[[Document], Document]:
    """Returns a function that adds SourceProcessingStatus to a group."""
    return _fed(call, _OF_GROUPS, "SourceProcessingStatus")


def _fed(call: OperationCall, members: tuple[str, ...], status: str) -> Callable[[Document], Document]:
    follow = followed(call.store, call.account.login, call.now())

    def complete(document: Document) -> Document:
        there = {member: follow(document[member], status) for member in members if document.get(member) is not None}
        return document | there if there else document

    return complete


def _campaigns_by_feed(call: OperationCall) -> Mapping[Key, set[int]]:
    campaigns: dict[Key, set[int]] = {}
    for resource in resources().values():
        for path in resource.references.get(call.operation.service, ()):
            for rows in call.store.row_ranges(resource.service, call.account.login):
                for feed in set(values(rows[0].document, path)) - {None}:
                    campaigns.setdefault(feed, set()).update(row.document["CampaignId"] for row in rows)
    return campaigns
