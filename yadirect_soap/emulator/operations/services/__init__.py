"""The services: the rules of each one for the generic verbs, one file a service, and its other operations.

An operation is carried out by its entry in HANDLERS, else by its verb in VERBS with the rules in SERVICES.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from ..call import Handler
from ..crud import CRUD_VERBS
from ..crud.service_rules import ServiceRules, Services
from . import (
    adextensions,
    adgroups,
    adimages,
    ads,
    advideos,
    agency_registration,
    audiencetargets,
    auto_bids,
    bidmodifiers,
    bids,
    campaigns,
    changes,
    client_accounts,
    creatives,
    dictionary_lists,
    dynamicfeedadtargets,
    dynamictextadtargets,
    feeds,
    keywords,
    negativekeywordsharedsets,
    research,
    retargetinglists,
    sitelinks,
    smartadtargets,
    strategies,
    target_bids,
    vcards,
)

SERVICES: Services = MappingProxyType(
    {
        "adextensions": adextensions.RULES,
        "adgroups": adgroups.RULES,
        "adimages": adimages.RULES,
        "ads": ads.RULES,
        "advideos": ServiceRules(),
        "audiencetargets": audiencetargets.RULES,
        "bidmodifiers": bidmodifiers.RULES,
        "businesses": ServiceRules(),
        "campaigns": campaigns.RULES,
        "creatives": creatives.RULES,
        "dynamicfeedadtargets": dynamicfeedadtargets.RULES,
        "dynamictextadtargets": dynamictextadtargets.RULES,
        "feeds": feeds.RULES,
        "keywords": keywords.RULES,
        "leads": ServiceRules(),
        "negativekeywordsharedsets": negativekeywordsharedsets.RULES,
        "retargetinglists": retargetinglists.RULES,
        "sitelinks": sitelinks.RULES,
        "smartadtargets": smartadtargets.RULES,
        "strategies": strategies.RULES,
        "turbopages": ServiceRules(),
        "vcards": vcards.RULES,
    }
)
"""The rules of every service whose objects the generic verbs read or write."""

VERBS: Mapping[str, Handler] = MappingProxyType(
    {name: partial(verb, services=SERVICES) for name, verb in CRUD_VERBS.items()}
)
"""The generic verbs, with the rules of the services."""

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "adimages.add": adimages.add,
        "ads.moderate": ads.moderate,
        "advideos.add": advideos.add,
        "agencyclients.add": agency_registration.add,
        "agencyclients.addPassportOrganization": agency_registration.add_organization,
        "agencyclients.addPassportOrganizationMember": agency_registration.add_member,
        "agencyclients.get": client_accounts.get_clients,
        "agencyclients.update": client_accounts.update_clients,
        "audiencetargets.setBids": target_bids.set_bids,
        "bidmodifiers.add": bidmodifiers.add,
        "bidmodifiers.set": bidmodifiers.set_,
        "bids.get": bids.get_bids,
        "bids.set": bids.set_bids,
        "bids.setAuto": auto_bids.set_auto_bids,
        "changes.check": changes.check,
        "changes.checkCampaigns": changes.check_campaigns,
        "changes.checkDictionaries": changes.check_dictionaries,
        "clients.get": client_accounts.get_own,
        "clients.update": client_accounts.update_own,
        "creatives.add": creatives.add,
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
"""The functions for operations without a generic verb, by the operation's key, service.operation."""
