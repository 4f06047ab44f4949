"""Members that documents do not keep because they follow from other objects: who uses what, and the like."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType

from ...domain.resources import resources
from ...domain.status_clarifications import clarified, with_clarified_parts
from ...domain.timestamps import moscow_day
from ...storage.store import Document, Key
from ..call import Call
from ..rules.feed_status import ad_fed, feed_now, group_fed
from ..rules.package_sources import marked
from ..rules.serving_status import asks_about_serving, serving, with_serving
from ..rules.unified_campaigns import read
from .paths import values

Complete = Callable[[Document], Document]


def completion(call: Call) -> Complete:
    """What adds a service's worked-out members to its documents, for one call."""
    make = _COMPLETIONS.get(call.operation.service)
    return make(call) if make else _as_it_is


def used(call: Call, service: str) -> frozenset[Key]:
    """The identifiers of a service's objects to which the account's other objects refer."""
    found: set[Key] = set()
    for resource in resources().values():
        paths = resource.references.get(service, ())
        for run in call.store.runs(resource.service, call.account.login) if paths else ():
            # The rows of a run refer to the same.
            document = run[0].document
            found.update(value for path in paths for value in values(document, path) if value is not None)
    return frozenset(found)


def _as_it_is(document: Document) -> Document:
    return document


def _association(id_member: str, call: Call) -> Complete:
    """Associated: whether anything uses the object."""
    in_use = used(call, call.operation.service)
    return lambda document: {**document, "Associated": "YES" if document.get(id_member) in in_use else "NO"}


def state_now(call: Call, service: str, document: Document) -> Document:
    """A document in the state that the day has brought: a campaign that was on has ended after its EndDate."""
    end = document.get("EndDate")
    if service == "campaigns" and document.get("State") == "ON" and end is not None and end < moscow_day(call.now()):
        return document | {"State": "ENDED"}
    return document


def _clarification(call: Call) -> Complete:
    service, language = call.operation.service, call.language
    return lambda document: clarified(service, state_now(call, service, document), language)


def _campaign(call: Call) -> Complete:
    clear = _clarification(call)
    return lambda document: clear(read(call, "campaigns", marked(document)))


def _ad_group(call: Call) -> Complete:
    fed = group_fed(call)
    if not asks_about_serving(call):
        return lambda group: read(call, "adgroups", fed(group))
    status = serving(call)
    return lambda group: read(call, "adgroups", with_serving(fed(group), status(group["Id"])))


def _keyword(call: Call) -> Complete:
    """A keyword is served as its group is."""
    if not asks_about_serving(call):
        return _as_it_is
    status = serving(call)
    return lambda keyword: with_serving(keyword, status(keyword["AdGroupId"]))


def _ad(call: Call) -> Complete:
    """What an ad has is looked into only where more than FieldNames is asked for."""
    in_campaign, clear, language = _in_its_campaign(call), _clarification(call), call.language
    if not any(name.endswith("AdFieldNames") for name in call.params):
        return lambda document: clear(in_campaign(document))
    fed = ad_fed(call)
    return lambda document: with_clarified_parts(fed(clear(in_campaign(document))), language)


def _in_its_campaign(call: Call) -> Complete:
    """An ad in the state that its campaign leaves it: none is on while the campaign is not."""

    @cache
    def state_of(campaign: Key) -> str:
        found = call.store.get("campaigns", campaign, call.account.login) or {}
        return str(state_now(call, "campaigns", found).get("State"))

    def complete(ad: Document) -> Document:
        campaign = state_of(ad["CampaignId"])
        if campaign == "ARCHIVED":
            return ad | {"State": "ARCHIVED"}
        return ad | {"State": "OFF"} if ad["State"] == "ON" and campaign != "ON" else ad

    return complete


def _extension(call: Call) -> Complete:
    associated, clear = _association("Id", call), _clarification(call)
    return lambda document: clear(associated(document))


_COMPLETIONS: Mapping[str, Callable[[Call], Complete]] = MappingProxyType(
    {
        "adgroups": _ad_group,
        "ads": _ad,
        "adextensions": _extension,
        "campaigns": _campaign,
        "dynamictextadtargets": _clarification,
        "feeds": feed_now,
        "keywords": _keyword,
        "adimages": partial(_association, "AdImageHash"),
        "creatives": partial(_association, "Id"),
        "negativekeywordsharedsets": partial(_association, "Id"),
    }
)
