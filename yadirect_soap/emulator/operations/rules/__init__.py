"""What the API asks of an object beyond its shape, service by service; every rule looks at the whole of the result."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ...storage.store import Document
from ..call import Call
from . import (
    ad_extensions,
    ad_targets,
    adgroups,
    ads,
    audiences,
    campaigns,
    feeds,
    keywords,
    negative_keyword_sets,
    package_strategies,
    sitelinks,
    vcards,
)

Rule = Callable[[Call, Mapping[str, Any], Document, Document], None]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "adextensions": ad_extensions.check,
        "adgroups": adgroups.check,
        "ads": ads.check,
        "audiencetargets": audiences.check_target,
        "campaigns": campaigns.check,
        "dynamicfeedadtargets": ad_targets.check,
        "dynamictextadtargets": ad_targets.check,
        "feeds": feeds.check,
        "keywords": keywords.check,
        "negativekeywordsharedsets": negative_keyword_sets.check,
        "retargetinglists": audiences.check_list,
        "sitelinks": sitelinks.check,
        "smartadtargets": ad_targets.check,
        "strategies": package_strategies.check,
        "vcards": vcards.check,
    }
)
"""The rule of each service whose objects the ordinary verbs write."""


def check_rules(call: Call, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises Refused where an object may not become what an item makes of it; `before` is {} for a new one."""
    rule = RULES.get(call.operation.service)
    if rule is not None:
        rule(call, item, after, before)
