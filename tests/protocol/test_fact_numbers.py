"""The numbers of facts.toml a second time, grouped as a reader of the documentation compares them.

A slip of the pen in facts.toml changes one number and not the other.  A new fact is added in both places.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.facts import Cost, bundled

OBJECTS: Mapping[Any, str] = MappingProxyType(
    {
        1: (
            "advideos.add[VideoData] agencyclients.add agencyclients.addPassportOrganization "
            "agencyclients.addPassportOrganizationMember"
        ),
        10: (
            "advideos.add[Url] bids.setAuto[CampaignId] bids.set[CampaignId] campaigns.add campaigns.update "
            "creatives.add dynamicfeedadtargets.setBids[CampaignId] dynamictextadtargets.setBids[CampaignId] "
            "keywordbids.setAuto[CampaignId] keywordbids.set[CampaignId] smartadtargets.setBids[CampaignId]"
        ),
        30: "negativekeywordsharedsets.add negativekeywordsharedsets.delete negativekeywordsharedsets.update",
        50: "feeds.add feeds.delete feeds.update",
        100: "adimages.add audiencetargets.setBids[CampaignId]",
        1000: (
            "adextensions.add adgroups.add adgroups.update ads.add ads.update agencyclients.update "
            "audiencetargets.add audiencetargets.setBids[AdGroupId] bidmodifiers.add bidmodifiers.delete "
            "bidmodifiers.set bids.setAuto[AdGroupId] bids.set[AdGroupId] campaigns.archive campaigns.delete "
            "campaigns.resume campaigns.suspend campaigns.unarchive clients.update dynamicfeedadtargets.add "
            "dynamicfeedadtargets.setBids[AdGroupId] dynamictextadtargets.add "
            "dynamictextadtargets.setBids[AdGroupId] keywordbids.setAuto[AdGroupId] keywordbids.set[AdGroupId] "
            "keywords.add keywords.update retargetinglists.add retargetinglists.delete retargetinglists.update "
            "sitelinks.add sitelinks.delete smartadtargets.add smartadtargets.setBids[AdGroupId] "
            "smartadtargets.update strategies.add strategies.update vcards.add vcards.delete"
        ),
        3000: "changes.check[CampaignIds]",
        10000: (
            "adextensions.delete adgroups.delete adimages.delete ads.archive ads.delete ads.moderate ads.resume "
            "ads.suspend ads.unarchive audiencetargets.delete audiencetargets.resume audiencetargets.setBids[Id] "
            "audiencetargets.suspend bids.setAuto[KeywordId] bids.set[KeywordId] changes.check[AdGroupIds] "
            "dynamicfeedadtargets.delete dynamicfeedadtargets.resume dynamicfeedadtargets.setBids[Id] "
            "dynamicfeedadtargets.suspend dynamictextadtargets.delete dynamictextadtargets.resume "
            "dynamictextadtargets.setBids[Id] dynamictextadtargets.suspend keywordbids.setAuto[KeywordId] "
            "keywordbids.set[KeywordId] keywords.delete keywords.resume keywords.suspend smartadtargets.delete "
            "smartadtargets.resume smartadtargets.setBids[Id] smartadtargets.suspend strategies.archive "
            "strategies.unarchive"
        ),
        50000: "changes.check[AdIds]",
    }
)
"""The most objects of a call, by number; with the member that names them, if the number depends on it."""

CRITERIA: Mapping[Any, str] = MappingProxyType(
    {
        2: ("dynamicfeedadtargets.get.CampaignIds dynamictextadtargets.get.CampaignIds smartadtargets.get.CampaignIds"),
        10: (
            "adgroups.get.CampaignIds adgroups.get.NegativeKeywordSharedSetIds ads.get.CampaignIds "
            "ads.get.SitelinkSetIds ads.get.VCardIds bids.get.CampaignIds keywordbids.get.CampaignIds "
            "keywords.get.CampaignIds"
        ),
        50: "ads.get.AdImageHashes",
        100: "audiencetargets.get.CampaignIds",
        1000: (
            "ads.get.AdGroupIds audiencetargets.get.AdGroupIds audiencetargets.get.InterestIds "
            "audiencetargets.get.RetargetingListIds bidmodifiers.get.CampaignIds bids.get.AdGroupIds "
            "campaigns.get.Ids dynamicfeedadtargets.get.AdGroupIds dynamictextadtargets.get.AdGroupIds "
            "keywordbids.get.AdGroupIds keywords.get.AdGroupIds smartadtargets.get.AdGroupIds"
        ),
        10000: (
            "adextensions.get.Ids adgroups.get.Ids adgroups.get.TagIds adimages.get.AdImageHashes "
            "ads.get.AdExtensionIds ads.get.Ids agencyclients.get.Logins audiencetargets.get.Ids "
            "bidmodifiers.get.AdGroupIds bidmodifiers.get.Ids bids.get.KeywordIds creatives.get.Ids "
            "keywordbids.get.KeywordIds keywords.get.Ids keywordsresearch.hasSearchVolume.Keywords "
            "sitelinks.get.Ids strategies.get.Ids vcards.get.Ids"
        ),
    }
)
"""The most values of a criterion, by number."""

COSTS: Mapping[Any, str] = MappingProxyType(
    {
        (1, 0, 1, 20): "bidmodifiers.get dictionaries.get dictionaries.getGeoRegions keywordsresearch.hasSearchVolume",
        (1, 1, 1, 20): "audiencetargets.get leads.get retargetinglists.get",
        (2, 0, 1, 20): "bidmodifiers.set",
        (5, 1, 1, 20): "adextensions.add adextensions.get",
        (10, 0, 1, 20): (
            "adgroups.delete adimages.delete ads.delete changes.check changes.checkCampaigns "
            "changes.checkDictionaries clients.get feeds.delete keywordsresearch.deduplicate "
            "negativekeywordsharedsets.delete sitelinks.delete smartadtargets.setBids vcards.delete"
        ),
        (10, 1, 1, 20): (
            "adextensions.delete advideos.get agencyclients.add agencyclients.addPassportOrganization "
            "agencyclients.addPassportOrganizationMember agencyclients.get agencyclients.update businesses.get "
            "campaigns.get clients.update dynamicfeedadtargets.delete dynamicfeedadtargets.resume "
            "dynamicfeedadtargets.suspend dynamictextadtargets.delete dynamictextadtargets.resume "
            "dynamictextadtargets.suspend keywords.delete smartadtargets.delete smartadtargets.resume "
            "smartadtargets.suspend smartadtargets.update strategies.get"
        ),
        (10, 2, 1, 20): (
            "audiencetargets.add audiencetargets.delete audiencetargets.resume audiencetargets.setBids "
            "audiencetargets.suspend campaigns.delete retargetinglists.add retargetinglists.delete "
            "retargetinglists.update"
        ),
        (10, 3, 1, 20): "campaigns.update strategies.update",
        (10, 5, 1, 20): (
            "campaigns.add campaigns.archive campaigns.resume campaigns.suspend campaigns.unarchive "
            "strategies.add strategies.archive strategies.unarchive"
        ),
        (15, 0, 1, 0): "bidmodifiers.delete",
        (15, 0, 1, 20): "ads.archive ads.moderate ads.resume ads.suspend keywords.resume keywords.suspend",
        (15, 1, 1, 20): (
            "adgroups.get adimages.get ads.get bidmodifiers.add creatives.get dynamicfeedadtargets.get "
            "dynamictextadtargets.get feeds.get negativekeywordsharedsets.get sitelinks.get smartadtargets.get "
            "turbopages.get vcards.get"
        ),
        (15, 1, 2000, 20): "keywords.get",
        (15, 3, 2000, 20): "bids.get keywordbids.get",
        (20, 2, 1, 20): "keywords.add keywords.update",
        (20, 5, 1, 20): "dynamicfeedadtargets.add dynamictextadtargets.add smartadtargets.add",
        (20, 20, 1, 20): (
            "adgroups.add adgroups.update adimages.add ads.add ads.update creatives.add feeds.add feeds.update "
            "negativekeywordsharedsets.add negativekeywordsharedsets.update sitelinks.add vcards.add"
        ),
        (20, 40, 1, 20): "advideos.add",
        (25, 0, 1, 20): (
            "bids.set bids.setAuto dynamicfeedadtargets.setBids dynamictextadtargets.setBids keywordbids.set "
            "keywordbids.setAuto"
        ),
        (40, 0, 1, 20): "ads.unarchive",
    }
)
"""The units of an operation: call, object, per how many objects, and failed object."""


def _by_key(table: Mapping[Any, str]) -> dict[str, Any]:
    return {key: number for number, keys in table.items() for key in keys.split()}


def test_objects_of_a_call_are_limited_as_documented() -> None:
    """The limits of objects in a call are those of the table."""
    limits = {
        f"{key}[{member}]" if member else key: number
        for key, numbers in bundled().limits.items()
        for member, number in numbers.items()
    }
    assert limits == _by_key(OBJECTS)


def test_values_of_criteria_are_limited_as_documented() -> None:
    """The limits of values in a criterion are those of the table."""
    limits = {f"{key}.{member}": number for key, row in bundled().criteria.items() for member, number in row.items()}
    assert limits == _by_key(CRITERIA)


def test_operations_cost_what_is_documented() -> None:
    """The costs of operations are those of the table."""
    costs = {key: (cost.call, cost.object, cost.per, cost.failed_object) for key, cost in bundled().costs.items()}
    assert costs == _by_key(COSTS)


def test_a_refused_request_costs_what_is_documented() -> None:
    """A request that cannot be read costs 50 units, a refused call 20 more than the call."""
    costs = {(cost.failed_request, cost.failed_call) for cost in bundled().costs.values()}
    assert costs == {(50, 20)}
    assert (Cost(call=0, object=0).failed_request, Cost(call=0, object=0).failed_call) == (50, 20)


def test_keywords_with_statistics_cost_more() -> None:
    """Productivity and statistics make 2000 keywords cost 3 units in place of 1."""
    cost = bundled().cost("keywords.get", ["Id", "Productivity"])
    assert (cost.call, cost.object, cost.per) == (15, 3, 2000)


def test_pages_have_the_documented_sizes() -> None:
    """A page has 10,000 objects at most; the pages of bidmodifiers.get end at 120,000."""
    assert (bundled().page_size, dict(bundled().page_depths)) == (10_000, {"bidmodifiers.get": 120_000})


CURRENCIES = ("BYN", "CHF", "EUR", "GBP", "KZT", "RUB", "TRY", "UAH", "USD", "UZS", "YND_FIXED")


def test_amounts_have_two_decimals_in_every_currency() -> None:
    """Amounts have two decimals in each currency of the API, and in one that is not known."""
    facts = bundled()
    assert (dict(facts.decimals), facts.usual_decimals) == (dict.fromkeys(CURRENCIES, 2), 2)


def test_withdrawn_operations_are_refused_as_documented() -> None:
    """An operation that was withdrawn has the code of its refusal and, if a page gives it, the first day of it."""
    assert {key: (row.code, row.since) for key, row in bundled().withdrawals.items()} == {
        "agencyclients.add": (3001, None),
        "bidmodifiers.toggle": (55, date(2025, 11, 13)),
    }
