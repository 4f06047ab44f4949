"""Creatives: what the API does beyond the generic verbs; how they are added is in media.py."""

from ..crud.service_rules import ServiceRules
from ..rules.associations import association

RULES = ServiceRules(on_read=association)
