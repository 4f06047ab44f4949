"""Operations with a mind of their own, one module a subject; the eight ordinary verbs are in emulator.verbs."""

from collections.abc import Mapping
from types import MappingProxyType

from ..call import Handler
from . import (
    agency_registration,
    auto_bids,
    bid_modifiers,
    bids,
    changes,
    client_accounts,
    dictionary_lists,
    media,
    research,
    target_bids,
)

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "adimages.add": media.add_images,
        "advideos.add": media.add_videos,
        "agencyclients.add": agency_registration.add,
        "agencyclients.addPassportOrganization": agency_registration.add_organization,
        "agencyclients.addPassportOrganizationMember": agency_registration.add_member,
        "agencyclients.get": client_accounts.get_clients,
        "agencyclients.update": client_accounts.update_clients,
        "audiencetargets.setBids": target_bids.set_bids,
        "bidmodifiers.add": bid_modifiers.add,
        "bidmodifiers.set": bid_modifiers.set_,
        "bids.get": bids.get_bids,
        "bids.set": bids.set_bids,
        "bids.setAuto": auto_bids.set_auto_bids,
        "changes.check": changes.check,
        "changes.checkCampaigns": changes.check_campaigns,
        "changes.checkDictionaries": changes.check_dictionaries,
        "clients.get": client_accounts.get_own,
        "clients.update": client_accounts.update_own,
        "creatives.add": media.add_creatives,
        "dictionaries.get": dictionary_lists.get,
        "dictionaries.getGeoRegions": dictionary_lists.get_geo_regions,
        "dynamicfeedadtargets.setBids": target_bids.set_bids,
        "dynamictextadtargets.setBids": target_bids.set_bids,
        "keywordbids.get": bids.get_keyword_bids,
        "keywordbids.set": bids.set_keyword_bids,
        "keywordbids.setAuto": auto_bids.set_auto_keyword_bids,
        "keywordsresearch.deduplicate": research.deduplicate,
        "keywordsresearch.hasSearchVolume": research.has_search_volume,
        "smartadtargets.setBids": target_bids.set_bids,
    }
)
"""The handler of each such operation, by its key."""
