"""Filters of smart banners: the rules beyond the generic verbs; they have no bids of their own.

https://yandex.ru/dev/direct/doc/en/smartadtargets/smartadtargets
"""

from ..crud.service_rules import ServiceRules
from ..rules.ad_targets import check, condition_type
from ..rules.archived_campaigns import refuse_archived_campaign

RULES = ServiceRules(check_editable=refuse_archived_campaign, derive=condition_type, validate=check)
