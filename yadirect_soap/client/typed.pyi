"""The services and their operations as a type checker sees them; at run time they are made by services.py.

Made from wsdl/ and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Iterator
from typing import Any, Literal, Unpack, overload

from yadirect_soap.types import (
    adextensions,
    adgroups,
    adimages,
    ads,
    advideos,
    agencyclients,
    audiencetargets,
    bidmodifiers,
    bids,
    businesses,
    campaigns,
    changes,
    clients,
    creatives,
    dictionaries,
    dynamicfeedadtargets,
    dynamictextadtargets,
    feeds,
    general,
    generalclients,
    keywordbids,
    keywords,
    keywordsresearch,
    leads,
    negativekeywordsharedsets,
    retargetinglists,
    sitelinks,
    smartadtargets,
    strategies,
    turbopages,
    vcards,
)

from .item_iterator import ItemIterator
from .results import ItemResults, OperationResult, Page

class Services:
    """The services, which are attributes of Direct."""

    adextensions: AdExtensions
    adgroups: AdGroups
    adimages: AdImages
    ads: Ads
    advideos: AdVideos
    agencyclients: AgencyClients
    audiencetargets: AudienceTargets
    bidmodifiers: BidModifiers
    bids: Bids
    businesses: Businesses
    campaigns: Campaigns
    changes: Changes
    clients: Clients
    creatives: Creatives
    dictionaries: Dictionaries
    dynamicfeedadtargets: DynamicFeedAdTargets
    dynamictextadtargets: DynamicTextAdTargets
    feeds: Feeds
    keywordbids: KeywordBids
    keywords: Keywords
    keywordsresearch: KeywordsResearch
    leads: Leads
    negativekeywordsharedsets: NegativeKeywordSharedSets
    retargetinglists: RetargetingLists
    sitelinks: Sitelinks
    smartadtargets: SmartAdTargets
    strategies: Strategies
    turbopages: TurboPages
    vcards: VCards

class AdExtensionsGet:
    """adextensions.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[adextensions.GetRequest]) -> Page[adextensions.AdExtensionGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids.
        Costs 5 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
        """

    def items(self, /, *, split: bool = False, **params: Unpack[adextensions.GetRequest]) -> ItemIterator[adextensions.AdExtensionGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[adextensions.GetRequest]) -> Iterator[Page[adextensions.AdExtensionGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdExtensions:
    """The service AdExtensions.

    https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
    """

    def add(self, /, *, split: bool = False, **params: Unpack[adextensions.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 5 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
        """

    get: AdExtensionsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids.
    Costs 5 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[adextensions.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/adextensions/adextensions
        """

    def items(self, /, *, split: bool = False, **params: Unpack[adextensions.GetRequest]) -> ItemIterator[adextensions.AdExtensionGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[adextensions.GetRequest]) -> Iterator[Page[adextensions.AdExtensionGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdGroupsGet:
    """adgroups.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[adgroups.GetRequest]) -> Page[adgroups.AdGroupGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10 CampaignIds, 10 NegativeKeywordSharedSetIds, 10_000 Ids, 10_000 TagIds.
        SelectionCriteria needs one of CampaignIds, Ids.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
        """

    def items(self, /, *, split: bool = False, **params: Unpack[adgroups.GetRequest]) -> ItemIterator[adgroups.AdGroupGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[adgroups.GetRequest]) -> Iterator[Page[adgroups.AdGroupGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdGroups:
    """The service AdGroups.

    https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
    """

    get: AdGroupsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10 CampaignIds, 10 NegativeKeywordSharedSetIds, 10_000 Ids, 10_000 TagIds.
    SelectionCriteria needs one of CampaignIds, Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
    """

    def add(self, /, *, split: bool = False, **params: Unpack[adgroups.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
        """

    def update(self, /, *, split: bool = False, **params: Unpack[adgroups.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[adgroups.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/adgroups/adgroups
        """

    def items(self, /, *, split: bool = False, **params: Unpack[adgroups.GetRequest]) -> ItemIterator[adgroups.AdGroupGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[adgroups.GetRequest]) -> Iterator[Page[adgroups.AdGroupGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdImagesGet:
    """adimages.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[adimages.GetRequest]) -> Page[adimages.AdImageGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 AdImageHashes.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/adimages/adimages
        """

    def items(self, /, *, split: bool = False, **params: Unpack[adimages.GetRequest]) -> ItemIterator[adimages.AdImageGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[adimages.GetRequest]) -> Iterator[Page[adimages.AdImageGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdImages:
    """The service AdImages.

    https://yandex.ru/dev/direct/doc/en/adimages/adimages
    """

    def add(self, /, *, split: bool = False, **params: Unpack[adimages.AddRequest]) -> ItemResults:
        """At most 100 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/adimages/adimages
        """

    get: AdImagesGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 AdImageHashes.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/adimages/adimages
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[adimages.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/adimages/adimages
        """

    def items(self, /, *, split: bool = False, **params: Unpack[adimages.GetRequest]) -> ItemIterator[adimages.AdImageGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[adimages.GetRequest]) -> Iterator[Page[adimages.AdImageGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdsGet:
    """ads.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[ads.GetRequest]) -> Page[ads.AdGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 10 CampaignIds, 10 VCardIds, 10 SitelinkSetIds,
        50 AdImageHashes, 10_000 AdExtensionIds.
        SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def items(self, /, *, split: bool = False, **params: Unpack[ads.GetRequest]) -> ItemIterator[ads.AdGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[ads.GetRequest]) -> Iterator[Page[ads.AdGetItem]]:
        """The pages, each asked for when it is wanted."""

class Ads:
    """The service Ads.

    https://yandex.ru/dev/direct/doc/en/ads/ads
    """

    def add(self, /, *, split: bool = False, **params: Unpack[ads.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def update(self, /, *, split: bool = False, **params: Unpack[ads.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    get: AdsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 10 CampaignIds, 10 VCardIds, 10 SitelinkSetIds, 50
    AdImageHashes, 10_000 AdExtensionIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/ads/ads
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[ads.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def archive(self, /, *, split: bool = False, **params: Unpack[ads.ArchiveRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def unarchive(self, /, *, split: bool = False, **params: Unpack[ads.UnarchiveRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 40 units.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[ads.SuspendRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[ads.ResumeRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def moderate(self, /, *, split: bool = False, **params: Unpack[ads.ModerateRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/ads/ads
        """

    def items(self, /, *, split: bool = False, **params: Unpack[ads.GetRequest]) -> ItemIterator[ads.AdGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[ads.GetRequest]) -> Iterator[Page[ads.AdGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdVideosGet:
    """advideos.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[advideos.GetRequest]) -> Page[advideos.AdVideoGetItem]:
        """At most 10_000 objects a page.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/advideos/advideos
        """

    def items(self, /, *, split: bool = False, **params: Unpack[advideos.GetRequest]) -> ItemIterator[advideos.AdVideoGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[advideos.GetRequest]) -> Iterator[Page[advideos.AdVideoGetItem]]:
        """The pages, each asked for when it is wanted."""

class AdVideos:
    """The service AdVideos.

    https://yandex.ru/dev/direct/doc/en/advideos/advideos
    """

    def add(self, /, *, split: bool = False, **params: Unpack[advideos.AddRequest]) -> ItemResults:
        """At most 10 by Url, 1 by VideoData a call.

        Costs 20 units and 40 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/en/advideos/advideos
        """

    get: AdVideosGet
    """At most 10_000 objects a page.

    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/advideos/advideos
    """

    def items(self, /, *, split: bool = False, **params: Unpack[advideos.GetRequest]) -> ItemIterator[advideos.AdVideoGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[advideos.GetRequest]) -> Iterator[Page[advideos.AdVideoGetItem]]:
        """The pages, each asked for when it is wanted."""

class AgencyClientsGet:
    """agencyclients.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[agencyclients.GetRequest]) -> Page[generalclients.ClientGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Logins.
        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
        """

    def items(self, /, *, split: bool = False, **params: Unpack[agencyclients.GetRequest]) -> ItemIterator[generalclients.ClientGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[agencyclients.GetRequest]) -> Iterator[Page[generalclients.ClientGetItem]]:
        """The pages, each asked for when it is wanted."""

class AgencyClientsAddResult(OperationResult):
    """What agencyclients.add answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Warnings"], /) -> list[general.ExceptionNotification]: ...
    @overload
    def __getitem__(self, name: Literal["Errors"], /) -> list[general.ExceptionNotification]: ...
    @overload
    def __getitem__(self, name: Literal["Login"], /) -> str: ...
    @overload
    def __getitem__(self, name: Literal["Password"], /) -> str: ...
    @overload
    def __getitem__(self, name: Literal["Email"], /) -> str: ...
    @overload
    def __getitem__(self, name: Literal["ClientId"], /) -> int: ...
    def get(self, name: Literal["Warnings", "Errors", "Login", "Password", "Email", "ClientId"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class AgencyClientsAddPassportOrganizationResult(OperationResult):
    """What agencyclients.addPassportOrganization answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Warnings"], /) -> list[general.ExceptionNotification]: ...
    @overload
    def __getitem__(self, name: Literal["Errors"], /) -> list[general.ExceptionNotification]: ...
    @overload
    def __getitem__(self, name: Literal["Login"], /) -> str: ...
    @overload
    def __getitem__(self, name: Literal["ClientId"], /) -> int: ...
    def get(self, name: Literal["Warnings", "Errors", "Login", "ClientId"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class AgencyClientsAddPassportOrganizationMemberResult(OperationResult):
    """What agencyclients.addPassportOrganizationMember answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Warnings"], /) -> list[general.ExceptionNotification]: ...
    @overload
    def __getitem__(self, name: Literal["Errors"], /) -> list[general.ExceptionNotification]: ...
    @overload
    def __getitem__(self, name: Literal["PassportOrganizationLogin"], /) -> str: ...
    def get(self, name: Literal["Warnings", "Errors", "PassportOrganizationLogin"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class AgencyClients:
    """The service AgencyClients.

    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    get: AgencyClientsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Logins.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
    """

    def add(self, /, **params: Unpack[agencyclients.AddRequest]) -> AgencyClientsAddResult:
        """Refused with error 3001: for agencies with a permission; others call addPassportOrganization.

        At most 1 object a call.
        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
        """

    def addPassportOrganization(self, /, **params: Unpack[agencyclients.AddPassportOrganizationRequest]) -> AgencyClientsAddPassportOrganizationResult:
        """At most 1 object a call.

        Costs 10 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
        """

    def addPassportOrganizationMember(self, /, **params: Unpack[agencyclients.AddPassportOrganizationMemberRequest]) -> AgencyClientsAddPassportOrganizationMemberResult:
        """At most 1 object a call.

        Costs 10 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
        """

    def update(self, /, *, split: bool = False, **params: Unpack[agencyclients.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/agencyclients/agencyclients
        """

    def items(self, /, *, split: bool = False, **params: Unpack[agencyclients.GetRequest]) -> ItemIterator[generalclients.ClientGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[agencyclients.GetRequest]) -> Iterator[Page[generalclients.ClientGetItem]]:
        """The pages, each asked for when it is wanted."""

class AudienceTargetsGet:
    """audiencetargets.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[audiencetargets.GetRequest]) -> Page[audiencetargets.AudienceTargetGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 100 CampaignIds, 1_000 RetargetingListIds,
        1_000 InterestIds.
        SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids, InterestIds, RetargetingListIds.
        Costs 1 unit and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
        """

    def items(self, /, *, split: bool = False, **params: Unpack[audiencetargets.GetRequest]) -> ItemIterator[audiencetargets.AudienceTargetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[audiencetargets.GetRequest]) -> Iterator[Page[audiencetargets.AudienceTargetGetItem]]:
        """The pages, each asked for when it is wanted."""

class AudienceTargets:
    """The service AudienceTargets.

    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    get: AudienceTargetsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 100 CampaignIds, 1_000 RetargetingListIds, 1_000
    InterestIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids, InterestIds, RetargetingListIds.
    Costs 1 unit and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
    """

    def add(self, /, *, split: bool = False, **params: Unpack[audiencetargets.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[audiencetargets.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[audiencetargets.SuspendRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[audiencetargets.ResumeRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
        """

    def setBids(self, /, *, split: bool = False, **params: Unpack[audiencetargets.SetBidsRequest]) -> ItemResults:
        """At most 100 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call (not documented, assumed).

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
        """

    def items(self, /, *, split: bool = False, **params: Unpack[audiencetargets.GetRequest]) -> ItemIterator[audiencetargets.AudienceTargetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[audiencetargets.GetRequest]) -> Iterator[Page[audiencetargets.AudienceTargetGetItem]]:
        """The pages, each asked for when it is wanted."""

class BidModifiersGet:
    """bidmodifiers.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.GetRequest]) -> Page[bidmodifiers.BidModifierGetItem]:
        """At most 10_000 objects a page, Limit and Offset together to 120_000.

        SelectionCriteria holds at most 1_000 CampaignIds, 10_000 AdGroupIds, 10_000 Ids.
        SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
        Costs 1 unit.
        https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
        """

    def items(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.GetRequest]) -> ItemIterator[bidmodifiers.BidModifierGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.GetRequest]) -> Iterator[Page[bidmodifiers.BidModifierGetItem]]:
        """The pages, each asked for when it is wanted."""

class BidModifiers:
    """The service BidModifiers.

    https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
    """

    get: BidModifiersGet
    """At most 10_000 objects a page, Limit and Offset together to 120_000.

    SelectionCriteria holds at most 1_000 CampaignIds, 10_000 AdGroupIds, 10_000 Ids.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
    Costs 1 unit.
    https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
    """

    def add(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
        """

    def set(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.SetRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 2 units.
        https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.DeleteRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/bidmodifiers/bidmodifiers
        """

    def items(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.GetRequest]) -> ItemIterator[bidmodifiers.BidModifierGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[bidmodifiers.GetRequest]) -> Iterator[Page[bidmodifiers.BidModifierGetItem]]:
        """The pages, each asked for when it is wanted."""

class BidsGet:
    """bids.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[bids.GetRequest]) -> Page[bids.BidGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 KeywordIds, 1_000 AdGroupIds, 10 CampaignIds.
        SelectionCriteria needs one of AdGroupIds, CampaignIds, KeywordIds.
        Costs 15 units and 3 for each 2_000 objects.
        https://yandex.ru/dev/direct/doc/en/bids/bids
        """

    def items(self, /, *, split: bool = False, **params: Unpack[bids.GetRequest]) -> ItemIterator[bids.BidGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[bids.GetRequest]) -> Iterator[Page[bids.BidGetItem]]:
        """The pages, each asked for when it is wanted."""

class Bids:
    """The service Bids.

    https://yandex.ru/dev/direct/doc/en/bids/bids
    """

    get: BidsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 KeywordIds, 1_000 AdGroupIds, 10 CampaignIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, KeywordIds.
    Costs 15 units and 3 for each 2_000 objects.
    https://yandex.ru/dev/direct/doc/en/bids/bids
    """

    def set(self, /, *, split: bool = False, **params: Unpack[bids.SetRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.

        Costs 25 units.
        https://yandex.ru/dev/direct/doc/en/bids/bids
        """

    def setAuto(self, /, *, split: bool = False, **params: Unpack[bids.SetAutoRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.

        Costs 25 units.
        https://yandex.ru/dev/direct/doc/en/bids/bids
        """

    def items(self, /, *, split: bool = False, **params: Unpack[bids.GetRequest]) -> ItemIterator[bids.BidGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[bids.GetRequest]) -> Iterator[Page[bids.BidGetItem]]:
        """The pages, each asked for when it is wanted."""

class BusinessesGet:
    """businesses.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[businesses.GetRequest]) -> Page[businesses.BusinessGetItem]:
        """At most 10_000 objects a page.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/businesses/businesses
        """

    def items(self, /, *, split: bool = False, **params: Unpack[businesses.GetRequest]) -> ItemIterator[businesses.BusinessGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[businesses.GetRequest]) -> Iterator[Page[businesses.BusinessGetItem]]:
        """The pages, each asked for when it is wanted."""

class Businesses:
    """The service Businesses.

    https://yandex.ru/dev/direct/doc/en/businesses/businesses
    """

    get: BusinessesGet
    """At most 10_000 objects a page.

    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/businesses/businesses
    """

    def items(self, /, *, split: bool = False, **params: Unpack[businesses.GetRequest]) -> ItemIterator[businesses.BusinessGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[businesses.GetRequest]) -> Iterator[Page[businesses.BusinessGetItem]]:
        """The pages, each asked for when it is wanted."""

class CampaignsGet:
    """campaigns.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[campaigns.GetRequest]) -> Page[campaigns.CampaignGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 1_000 Ids.
        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def items(self, /, *, split: bool = False, **params: Unpack[campaigns.GetRequest]) -> ItemIterator[campaigns.CampaignGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[campaigns.GetRequest]) -> Iterator[Page[campaigns.CampaignGetItem]]:
        """The pages, each asked for when it is wanted."""

class Campaigns:
    """The service Campaigns.

    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    def add(self, /, *, split: bool = False, **params: Unpack[campaigns.AddRequest]) -> ItemResults:
        """At most 10 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def update(self, /, *, split: bool = False, **params: Unpack[campaigns.UpdateRequest]) -> ItemResults:
        """At most 10 objects a call.

        Costs 10 units and 3 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    get: CampaignsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 1_000 Ids.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[campaigns.DeleteRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def archive(self, /, *, split: bool = False, **params: Unpack[campaigns.ArchiveRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def unarchive(self, /, *, split: bool = False, **params: Unpack[campaigns.UnarchiveRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[campaigns.SuspendRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[campaigns.ResumeRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns
        """

    def items(self, /, *, split: bool = False, **params: Unpack[campaigns.GetRequest]) -> ItemIterator[campaigns.CampaignGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[campaigns.GetRequest]) -> Iterator[Page[campaigns.CampaignGetItem]]:
        """The pages, each asked for when it is wanted."""

class ChangesCheckDictionariesResult(OperationResult):
    """What changes.checkDictionaries answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["TimeZonesChanged"], /) -> general.YesNoEnum: ...
    @overload
    def __getitem__(self, name: Literal["RegionsChanged"], /) -> general.YesNoEnum: ...
    @overload
    def __getitem__(self, name: Literal["InterestsChanged"], /) -> general.YesNoEnum: ...
    @overload
    def __getitem__(self, name: Literal["Timestamp"], /) -> str: ...
    def get(self, name: Literal["TimeZonesChanged", "RegionsChanged", "InterestsChanged", "Timestamp"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class ChangesCheckCampaignsResult(OperationResult):
    """What changes.checkCampaigns answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Campaigns"], /) -> list[changes.CampaignChangesItem]: ...
    @overload
    def __getitem__(self, name: Literal["Timestamp"], /) -> str: ...
    def get(self, name: Literal["Campaigns", "Timestamp"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class ChangesCheckResult(OperationResult):
    """What changes.check answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Modified"], /) -> changes.CheckResponseModified: ...
    @overload
    def __getitem__(self, name: Literal["NotFound"], /) -> changes.CheckResponseIds: ...
    @overload
    def __getitem__(self, name: Literal["Unprocessed"], /) -> changes.CheckResponseIds: ...
    @overload
    def __getitem__(self, name: Literal["Timestamp"], /) -> str: ...
    def get(self, name: Literal["Modified", "NotFound", "Unprocessed", "Timestamp"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class Changes:
    """The service Changes.

    https://yandex.ru/dev/direct/doc/en/changes/changes
    """

    def checkDictionaries(self, /, **params: Unpack[changes.CheckDictionariesRequest]) -> ChangesCheckDictionariesResult:
        """Costs 10 units.

        https://yandex.ru/dev/direct/doc/en/changes/changes
        """

    def checkCampaigns(self, /, **params: Unpack[changes.CheckCampaignsRequest]) -> ChangesCheckCampaignsResult:
        """Costs 10 units.

        https://yandex.ru/dev/direct/doc/en/changes/changes
        """

    def check(self, /, **params: Unpack[changes.CheckRequest]) -> ChangesCheckResult:
        """At most 3_000 by CampaignIds, 10_000 by AdGroupIds, 50_000 by AdIds a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/changes/changes
        """

class ClientsGet:
    """clients.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[clients.GetRequest]) -> Page[generalclients.ClientGetItem]:
        """Costs 10 units.

        https://yandex.ru/dev/direct/doc/en/clients/clients
        """

    def items(self, /, *, split: bool = False, **params: Unpack[clients.GetRequest]) -> ItemIterator[generalclients.ClientGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[clients.GetRequest]) -> Iterator[Page[generalclients.ClientGetItem]]:
        """The pages, each asked for when it is wanted."""

class Clients:
    """The service Clients.

    https://yandex.ru/dev/direct/doc/en/clients/clients
    """

    get: ClientsGet
    """Costs 10 units.

    https://yandex.ru/dev/direct/doc/en/clients/clients
    """

    def update(self, /, *, split: bool = False, **params: Unpack[clients.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/clients/clients
        """

    def items(self, /, *, split: bool = False, **params: Unpack[clients.GetRequest]) -> ItemIterator[generalclients.ClientGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[clients.GetRequest]) -> Iterator[Page[generalclients.ClientGetItem]]:
        """The pages, each asked for when it is wanted."""

class CreativesGet:
    """creatives.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[creatives.GetRequest]) -> Page[creatives.CreativeGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/creatives/creatives
        """

    def items(self, /, *, split: bool = False, **params: Unpack[creatives.GetRequest]) -> ItemIterator[creatives.CreativeGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[creatives.GetRequest]) -> Iterator[Page[creatives.CreativeGetItem]]:
        """The pages, each asked for when it is wanted."""

class Creatives:
    """The service Creatives.

    https://yandex.ru/dev/direct/doc/en/creatives/creatives
    """

    def add(self, /, *, split: bool = False, **params: Unpack[creatives.AddRequest]) -> ItemResults:
        """At most 10 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/creatives/creatives
        """

    get: CreativesGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/creatives/creatives
    """

    def items(self, /, *, split: bool = False, **params: Unpack[creatives.GetRequest]) -> ItemIterator[creatives.CreativeGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[creatives.GetRequest]) -> Iterator[Page[creatives.CreativeGetItem]]:
        """The pages, each asked for when it is wanted."""

class DictionariesGetResult(OperationResult):
    """What dictionaries.get answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Currencies"], /) -> list[dictionaries.CurrenciesItem]: ...
    @overload
    def __getitem__(self, name: Literal["MetroStations"], /) -> list[dictionaries.MetroStationsItem]: ...
    @overload
    def __getitem__(self, name: Literal["GeoRegions"], /) -> list[dictionaries.GeoRegionsItem]: ...
    @overload
    def __getitem__(self, name: Literal["GeoRegionNames"], /) -> list[dictionaries.GeoRegionNamesItem]: ...
    @overload
    def __getitem__(self, name: Literal["TimeZones"], /) -> list[dictionaries.TimeZonesItem]: ...
    @overload
    def __getitem__(self, name: Literal["Constants"], /) -> list[dictionaries.ConstantsItem]: ...
    @overload
    def __getitem__(self, name: Literal["AdCategories"], /) -> list[dictionaries.AdCategoriesItem]: ...
    @overload
    def __getitem__(self, name: Literal["OperationSystemVersions"], /) -> list[dictionaries.OperationSystemVersionsItem]: ...
    @overload
    def __getitem__(self, name: Literal["ProductivityAssertions"], /) -> list[dictionaries.ProductivityAssertionsItem]: ...
    @overload
    def __getitem__(self, name: Literal["SupplySidePlatforms"], /) -> list[dictionaries.SupplySidePlatformsItem]: ...
    @overload
    def __getitem__(self, name: Literal["Interests"], /) -> list[dictionaries.InterestsItem]: ...
    @overload
    def __getitem__(self, name: Literal["AudienceCriteriaTypes"], /) -> list[dictionaries.AudienceCriteriaTypesItem]: ...
    @overload
    def __getitem__(self, name: Literal["AudienceDemographicProfiles"], /) -> list[dictionaries.AudienceDemographicProfilesItem]: ...
    @overload
    def __getitem__(self, name: Literal["AudienceInterests"], /) -> list[dictionaries.AudienceInterestsItem]: ...
    @overload
    def __getitem__(self, name: Literal["FilterSchemas"], /) -> list[dictionaries.FilterSchemasItem]: ...
    def get(self, name: Literal["Currencies", "MetroStations", "GeoRegions", "GeoRegionNames", "TimeZones", "Constants", "AdCategories", "OperationSystemVersions", "ProductivityAssertions", "SupplySidePlatforms", "Interests", "AudienceCriteriaTypes", "AudienceDemographicProfiles", "AudienceInterests", "FilterSchemas"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class DictionariesGetGeoRegions:
    """dictionaries.getGeoRegions, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[dictionaries.GetGeoRegionsRequest]) -> Page[dictionaries.GeoRegionGetItem]:
        """At most 10_000 objects a page.

        Costs 1 unit (not documented, assumed).
        https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
        """

    def items(self, /, *, split: bool = False, **params: Unpack[dictionaries.GetGeoRegionsRequest]) -> ItemIterator[dictionaries.GeoRegionGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[dictionaries.GetGeoRegionsRequest]) -> Iterator[Page[dictionaries.GeoRegionGetItem]]:
        """The pages, each asked for when it is wanted."""

class Dictionaries:
    """The service Dictionaries.

    https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
    """

    def get(self, /, **params: Unpack[dictionaries.GetRequest]) -> DictionariesGetResult:
        """Costs 1 unit.

        https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
        """

    getGeoRegions: DictionariesGetGeoRegions
    """At most 10_000 objects a page.

    Costs 1 unit (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
    """

class DynamicFeedAdTargetsGet:
    """dynamicfeedadtargets.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.GetRequest]) -> Page[dynamicfeedadtargets.DynamicFeedAdTargetGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
        Costs 15 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.GetRequest]) -> ItemIterator[dynamicfeedadtargets.DynamicFeedAdTargetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.GetRequest]) -> Iterator[Page[dynamicfeedadtargets.DynamicFeedAdTargetGetItem]]:
        """The pages, each asked for when it is wanted."""

class DynamicFeedAdTargets:
    """The service DynamicFeedAdTargets.

    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    def add(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 5 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
        """

    get: DynamicFeedAdTargetsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
    Costs 15 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.SuspendRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.ResumeRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
        """

    def setBids(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.SetBidsRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call (not documented, assumed).

        Costs 25 units (not documented, assumed).
        https://yandex.ru/dev/direct/doc/ref-v5/dynamicfeedadtargets/dynamicfeedadtargets.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.GetRequest]) -> ItemIterator[dynamicfeedadtargets.DynamicFeedAdTargetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[dynamicfeedadtargets.GetRequest]) -> Iterator[Page[dynamicfeedadtargets.DynamicFeedAdTargetGetItem]]:
        """The pages, each asked for when it is wanted."""

class DynamicTextAdTargetsGet:
    """dynamictextadtargets.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.GetRequest]) -> Page[dynamictextadtargets.WebpageGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.GetRequest]) -> ItemIterator[dynamictextadtargets.WebpageGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.GetRequest]) -> Iterator[Page[dynamictextadtargets.WebpageGetItem]]:
        """The pages, each asked for when it is wanted."""

class DynamicTextAdTargets:
    """The service DynamicTextAdTargets.

    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    def add(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
        """

    get: DynamicTextAdTargetsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.SuspendRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.ResumeRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
        """

    def setBids(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.SetBidsRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call.

        Costs 25 units.
        https://yandex.ru/dev/direct/doc/ref-v5/dynamictextadtargets/dynamictextadtargets.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.GetRequest]) -> ItemIterator[dynamictextadtargets.WebpageGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[dynamictextadtargets.GetRequest]) -> Iterator[Page[dynamictextadtargets.WebpageGetItem]]:
        """The pages, each asked for when it is wanted."""

class FeedsGet:
    """feeds.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[feeds.GetRequest]) -> Page[feeds.FeedGetItem]:
        """At most 10_000 objects a page.

        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/feeds/feeds
        """

    def items(self, /, *, split: bool = False, **params: Unpack[feeds.GetRequest]) -> ItemIterator[feeds.FeedGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[feeds.GetRequest]) -> Iterator[Page[feeds.FeedGetItem]]:
        """The pages, each asked for when it is wanted."""

class Feeds:
    """The service Feeds.

    https://yandex.ru/dev/direct/doc/en/feeds/feeds
    """

    def add(self, /, *, split: bool = False, **params: Unpack[feeds.AddRequest]) -> ItemResults:
        """At most 50 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/feeds/feeds
        """

    get: FeedsGet
    """At most 10_000 objects a page.

    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/feeds/feeds
    """

    def update(self, /, *, split: bool = False, **params: Unpack[feeds.UpdateRequest]) -> ItemResults:
        """At most 50 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/feeds/feeds
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[feeds.DeleteRequest]) -> ItemResults:
        """At most 50 objects a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/feeds/feeds
        """

    def items(self, /, *, split: bool = False, **params: Unpack[feeds.GetRequest]) -> ItemIterator[feeds.FeedGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[feeds.GetRequest]) -> Iterator[Page[feeds.FeedGetItem]]:
        """The pages, each asked for when it is wanted."""

class KeywordBidsGet:
    """keywordbids.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[keywordbids.GetRequest]) -> Page[keywordbids.KeywordBidGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 KeywordIds, 1_000 AdGroupIds, 10 CampaignIds.
        SelectionCriteria needs one of AdGroupIds, CampaignIds, KeywordIds.
        Costs 15 units and 3 for each 2_000 objects.
        https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
        """

    def items(self, /, *, split: bool = False, **params: Unpack[keywordbids.GetRequest]) -> ItemIterator[keywordbids.KeywordBidGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[keywordbids.GetRequest]) -> Iterator[Page[keywordbids.KeywordBidGetItem]]:
        """The pages, each asked for when it is wanted."""

class KeywordBids:
    """The service KeywordBids.

    https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
    """

    get: KeywordBidsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 KeywordIds, 1_000 AdGroupIds, 10 CampaignIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, KeywordIds.
    Costs 15 units and 3 for each 2_000 objects.
    https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
    """

    def set(self, /, *, split: bool = False, **params: Unpack[keywordbids.SetRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.

        Costs 25 units.
        https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
        """

    def setAuto(self, /, *, split: bool = False, **params: Unpack[keywordbids.SetAutoRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.

        Costs 25 units.
        https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
        """

    def items(self, /, *, split: bool = False, **params: Unpack[keywordbids.GetRequest]) -> ItemIterator[keywordbids.KeywordBidGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[keywordbids.GetRequest]) -> Iterator[Page[keywordbids.KeywordBidGetItem]]:
        """The pages, each asked for when it is wanted."""

class KeywordsGet:
    """keywords.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[keywords.GetRequest]) -> Page[keywords.KeywordGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 10 CampaignIds.
        SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
        Costs 15 units and 1 for each 2_000 objects; 3 in place of 1 with Productivity, StatisticsNetwork,
        StatisticsSearch.
        https://yandex.ru/dev/direct/doc/en/keywords/keywords
        """

    def items(self, /, *, split: bool = False, **params: Unpack[keywords.GetRequest]) -> ItemIterator[keywords.KeywordGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[keywords.GetRequest]) -> Iterator[Page[keywords.KeywordGetItem]]:
        """The pages, each asked for when it is wanted."""

class Keywords:
    """The service Keywords.

    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    def add(self, /, *, split: bool = False, **params: Unpack[keywords.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/keywords/keywords
        """

    get: KeywordsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 10 CampaignIds.
    SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.
    Costs 15 units and 1 for each 2_000 objects; 3 in place of 1 with Productivity, StatisticsNetwork,
    StatisticsSearch.
    https://yandex.ru/dev/direct/doc/en/keywords/keywords
    """

    def update(self, /, *, split: bool = False, **params: Unpack[keywords.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/keywords/keywords
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[keywords.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/keywords/keywords
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[keywords.SuspendRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/keywords/keywords
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[keywords.ResumeRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 15 units.
        https://yandex.ru/dev/direct/doc/en/keywords/keywords
        """

    def items(self, /, *, split: bool = False, **params: Unpack[keywords.GetRequest]) -> ItemIterator[keywords.KeywordGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[keywords.GetRequest]) -> Iterator[Page[keywords.KeywordGetItem]]:
        """The pages, each asked for when it is wanted."""

class KeywordsResearchHasSearchVolume:
    """keywordsresearch.hasSearchVolume, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[keywordsresearch.HasSearchVolumeRequest]) -> Page[keywordsresearch.HasSearchVolumeItem]:
        """SelectionCriteria holds at most 10_000 Keywords.

        Costs 1 unit.
        https://yandex.ru/dev/direct/doc/en/keywordsresearch/keywordsresearch
        """

    def items(self, /, *, split: bool = False, **params: Unpack[keywordsresearch.HasSearchVolumeRequest]) -> ItemIterator[keywordsresearch.HasSearchVolumeItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[keywordsresearch.HasSearchVolumeRequest]) -> Iterator[Page[keywordsresearch.HasSearchVolumeItem]]:
        """The pages, each asked for when it is wanted."""

class KeywordsResearchDeduplicateResult(OperationResult):
    """What keywordsresearch.deduplicate answers: a dict with no other names."""

    @overload  # type: ignore[override]  # a dict takes any name
    def __getitem__(self, name: Literal["Add"], /) -> list[keywordsresearch.DeduplicateResponseAddItem]: ...
    @overload
    def __getitem__(self, name: Literal["Update"], /) -> list[keywordsresearch.DeduplicateResponseUpdateItem]: ...
    @overload
    def __getitem__(self, name: Literal["Delete"], /) -> general.IdsCriteria: ...
    @overload
    def __getitem__(self, name: Literal["Failure"], /) -> list[keywordsresearch.DeduplicateErrorItem]: ...
    def get(self, name: Literal["Add", "Update", "Delete", "Failure"], default: Any = None, /) -> Any: ...  # type: ignore[override]  # a dict takes any name

class KeywordsResearch:
    """The service KeywordsResearch.

    https://yandex.ru/dev/direct/doc/en/keywordsresearch/keywordsresearch
    """

    hasSearchVolume: KeywordsResearchHasSearchVolume
    """SelectionCriteria holds at most 10_000 Keywords.

    Costs 1 unit.
    https://yandex.ru/dev/direct/doc/en/keywordsresearch/keywordsresearch
    """

    def deduplicate(self, /, **params: Unpack[keywordsresearch.DeduplicateRequest]) -> KeywordsResearchDeduplicateResult:
        """Costs 10 units.

        https://yandex.ru/dev/direct/doc/en/keywordsresearch/keywordsresearch
        """

class LeadsGet:
    """leads.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[leads.GetRequest]) -> Page[leads.LeadGetItem]:
        """At most 10_000 objects a page.

        Costs 1 unit and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/leads/leads
        """

    def items(self, /, *, split: bool = False, **params: Unpack[leads.GetRequest]) -> ItemIterator[leads.LeadGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[leads.GetRequest]) -> Iterator[Page[leads.LeadGetItem]]:
        """The pages, each asked for when it is wanted."""

class Leads:
    """The service Leads.

    https://yandex.ru/dev/direct/doc/en/leads/leads
    """

    get: LeadsGet
    """At most 10_000 objects a page.

    Costs 1 unit and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/leads/leads
    """

    def items(self, /, *, split: bool = False, **params: Unpack[leads.GetRequest]) -> ItemIterator[leads.LeadGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[leads.GetRequest]) -> Iterator[Page[leads.LeadGetItem]]:
        """The pages, each asked for when it is wanted."""

class NegativeKeywordSharedSetsGet:
    """negativekeywordsharedsets.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.GetRequest]) -> Page[negativekeywordsharedsets.NegativeKeywordSharedSetGetItem]:
        """At most 10_000 objects a page.

        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
        """

    def items(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.GetRequest]) -> ItemIterator[negativekeywordsharedsets.NegativeKeywordSharedSetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.GetRequest]) -> Iterator[Page[negativekeywordsharedsets.NegativeKeywordSharedSetGetItem]]:
        """The pages, each asked for when it is wanted."""

class NegativeKeywordSharedSets:
    """The service NegativeKeywordSharedSets.

    https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
    """

    get: NegativeKeywordSharedSetsGet
    """At most 10_000 objects a page.

    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
    """

    def add(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.AddRequest]) -> ItemResults:
        """At most 30 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
        """

    def update(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.UpdateRequest]) -> ItemResults:
        """At most 30 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.DeleteRequest]) -> ItemResults:
        """At most 30 objects a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
        """

    def items(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.GetRequest]) -> ItemIterator[negativekeywordsharedsets.NegativeKeywordSharedSetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[negativekeywordsharedsets.GetRequest]) -> Iterator[Page[negativekeywordsharedsets.NegativeKeywordSharedSetGetItem]]:
        """The pages, each asked for when it is wanted."""

class RetargetingListsGet:
    """retargetinglists.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[retargetinglists.GetRequest]) -> Page[retargetinglists.RetargetingListGetItem]:
        """At most 10_000 objects a page.

        Costs 1 unit and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
        """

    def items(self, /, *, split: bool = False, **params: Unpack[retargetinglists.GetRequest]) -> ItemIterator[retargetinglists.RetargetingListGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[retargetinglists.GetRequest]) -> Iterator[Page[retargetinglists.RetargetingListGetItem]]:
        """The pages, each asked for when it is wanted."""

class RetargetingLists:
    """The service RetargetingLists.

    https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
    """

    get: RetargetingListsGet
    """At most 10_000 objects a page.

    Costs 1 unit and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
    """

    def add(self, /, *, split: bool = False, **params: Unpack[retargetinglists.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
        """

    def update(self, /, *, split: bool = False, **params: Unpack[retargetinglists.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[retargetinglists.DeleteRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units and 2 for each object.
        https://yandex.ru/dev/direct/doc/en/retargetinglists/retargetinglists
        """

    def items(self, /, *, split: bool = False, **params: Unpack[retargetinglists.GetRequest]) -> ItemIterator[retargetinglists.RetargetingListGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[retargetinglists.GetRequest]) -> Iterator[Page[retargetinglists.RetargetingListGetItem]]:
        """The pages, each asked for when it is wanted."""

class SitelinksGet:
    """sitelinks.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[sitelinks.GetRequest]) -> Page[sitelinks.SitelinksSetGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
        """

    def items(self, /, *, split: bool = False, **params: Unpack[sitelinks.GetRequest]) -> ItemIterator[sitelinks.SitelinksSetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[sitelinks.GetRequest]) -> Iterator[Page[sitelinks.SitelinksSetGetItem]]:
        """The pages, each asked for when it is wanted."""

class Sitelinks:
    """The service Sitelinks.

    https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
    """

    def add(self, /, *, split: bool = False, **params: Unpack[sitelinks.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
        """

    get: SitelinksGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[sitelinks.DeleteRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/en/sitelinks/sitelinks
        """

    def items(self, /, *, split: bool = False, **params: Unpack[sitelinks.GetRequest]) -> ItemIterator[sitelinks.SitelinksSetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[sitelinks.GetRequest]) -> Iterator[Page[sitelinks.SitelinksSetGetItem]]:
        """The pages, each asked for when it is wanted."""

class SmartAdTargetsGet:
    """smartadtargets.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[smartadtargets.GetRequest]) -> Page[smartadtargets.SmartAdTargetGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[smartadtargets.GetRequest]) -> ItemIterator[smartadtargets.SmartAdTargetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[smartadtargets.GetRequest]) -> Iterator[Page[smartadtargets.SmartAdTargetGetItem]]:
        """The pages, each asked for when it is wanted."""

class SmartAdTargets:
    """The service SmartAdTargets.

    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    def add(self, /, *, split: bool = False, **params: Unpack[smartadtargets.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call (not documented, assumed).

        Costs 20 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    get: SmartAdTargetsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 2 CampaignIds, 1_000 AdGroupIds.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
    """

    def update(self, /, *, split: bool = False, **params: Unpack[smartadtargets.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    def delete(self, /, *, split: bool = False, **params: Unpack[smartadtargets.DeleteRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    def suspend(self, /, *, split: bool = False, **params: Unpack[smartadtargets.SuspendRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    def resume(self, /, *, split: bool = False, **params: Unpack[smartadtargets.ResumeRequest]) -> ItemResults:
        """At most 10_000 objects a call (not documented, assumed).

        Costs 10 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    def setBids(self, /, *, split: bool = False, **params: Unpack[smartadtargets.SetBidsRequest]) -> ItemResults:
        """At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by Id a call (not documented, assumed).

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/ref-v5/smartadtargets/smartadtargets.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[smartadtargets.GetRequest]) -> ItemIterator[smartadtargets.SmartAdTargetGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[smartadtargets.GetRequest]) -> Iterator[Page[smartadtargets.SmartAdTargetGetItem]]:
        """The pages, each asked for when it is wanted."""

class StrategiesGet:
    """strategies.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[strategies.GetRequest]) -> Page[strategies.StrategyGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids.
        Costs 10 units and 1 for each object (not documented, assumed).
        https://yandex.ru/dev/direct/doc/en/strategies/strategies
        """

    def items(self, /, *, split: bool = False, **params: Unpack[strategies.GetRequest]) -> ItemIterator[strategies.StrategyGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[strategies.GetRequest]) -> Iterator[Page[strategies.StrategyGetItem]]:
        """The pages, each asked for when it is wanted."""

class Strategies:
    """The service Strategies.

    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    def add(self, /, *, split: bool = False, **params: Unpack[strategies.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call (not documented, assumed).

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/strategies/strategies
        """

    def update(self, /, *, split: bool = False, **params: Unpack[strategies.UpdateRequest]) -> ItemResults:
        """At most 1_000 objects a call (not documented, assumed).

        Costs 10 units and 3 for each object.
        https://yandex.ru/dev/direct/doc/en/strategies/strategies
        """

    get: StrategiesGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids.
    Costs 10 units and 1 for each object (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/strategies/strategies
    """

    def archive(self, /, *, split: bool = False, **params: Unpack[strategies.ArchiveRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/strategies/strategies
        """

    def unarchive(self, /, *, split: bool = False, **params: Unpack[strategies.UnarchiveRequest]) -> ItemResults:
        """At most 10_000 objects a call.

        Costs 10 units and 5 for each object.
        https://yandex.ru/dev/direct/doc/en/strategies/strategies
        """

    def items(self, /, *, split: bool = False, **params: Unpack[strategies.GetRequest]) -> ItemIterator[strategies.StrategyGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[strategies.GetRequest]) -> Iterator[Page[strategies.StrategyGetItem]]:
        """The pages, each asked for when it is wanted."""

class TurboPagesGet:
    """turbopages.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[turbopages.GetRequest]) -> Page[turbopages.TurboPageGetItem]:
        """At most 10_000 objects a page.

        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/en/turbopages/turbopages
        """

    def items(self, /, *, split: bool = False, **params: Unpack[turbopages.GetRequest]) -> ItemIterator[turbopages.TurboPageGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[turbopages.GetRequest]) -> Iterator[Page[turbopages.TurboPageGetItem]]:
        """The pages, each asked for when it is wanted."""

class TurboPages:
    """The service TurboPages.

    https://yandex.ru/dev/direct/doc/en/turbopages/turbopages
    """

    get: TurboPagesGet
    """At most 10_000 objects a page.

    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/turbopages/turbopages
    """

    def items(self, /, *, split: bool = False, **params: Unpack[turbopages.GetRequest]) -> ItemIterator[turbopages.TurboPageGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[turbopages.GetRequest]) -> Iterator[Page[turbopages.TurboPageGetItem]]:
        """The pages, each asked for when it is wanted."""

class VCardsGet:
    """vcards.get, to be called, and its pages."""

    def __call__(self, /, *, split: bool = False, **params: Unpack[vcards.GetRequest]) -> Page[vcards.VCardGetItem]:
        """At most 10_000 objects a page.

        SelectionCriteria holds at most 10_000 Ids.
        Costs 15 units and 1 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[vcards.GetRequest]) -> ItemIterator[vcards.VCardGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[vcards.GetRequest]) -> Iterator[Page[vcards.VCardGetItem]]:
        """The pages, each asked for when it is wanted."""

class VCards:
    """The service VCards.

    https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
    """

    def add(self, /, *, split: bool = False, **params: Unpack[vcards.AddRequest]) -> ItemResults:
        """At most 1_000 objects a call.

        Costs 20 units and 20 for each object.
        https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
        """

    get: VCardsGet
    """At most 10_000 objects a page.

    SelectionCriteria holds at most 10_000 Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
    """

    def delete(self, /, *, split: bool = False, **params: Unpack[vcards.DeleteRequest]) -> ItemResults:
        """At most 1_000 objects a call (not documented, assumed).

        Costs 10 units.
        https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
        """

    def items(self, /, *, split: bool = False, **params: Unpack[vcards.GetRequest]) -> ItemIterator[vcards.VCardGetItem]:
        """The objects of all pages, one by one."""

    def pages(self, /, *, split: bool = False, **params: Unpack[vcards.GetRequest]) -> Iterator[Page[vcards.VCardGetItem]]:
        """The pages, each asked for when it is wanted."""
