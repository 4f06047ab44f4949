"""Adjustments of bids: what the API asks beyond the generic verbs; add and set are in bid_modifiers.py."""

from ..crud.service_rules import ServiceRules
from ..rules.archived_campaigns import refuse_archived_campaign

RULES = ServiceRules(check_editable=refuse_archived_campaign)
