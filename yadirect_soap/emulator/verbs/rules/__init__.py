"""What the API asks of an object beyond its shape, service by service; every rule looks at the whole of the result.

Breadth for now: the rules of texts, links, money and schedules that the reference pages state.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ...call import Call
from ...store import Document
from . import adgroups, ads, campaigns, extensions, keywords, sitelinks

Rule = Callable[[Call, Mapping[str, Any], Document, Document], None]

_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "adextensions": extensions.check,
        "adgroups": adgroups.check,
        "ads": ads.check,
        "campaigns": campaigns.check,
        "keywords": keywords.check,
        "sitelinks": sitelinks.check,
    }
)


def check_rules(call: Call, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises Refused where an object may not become what an item makes of it; `before` is {} for a new one."""
    rule = _RULES.get(call.operation.service)
    if rule is not None:
        rule(call, item, after, before)
