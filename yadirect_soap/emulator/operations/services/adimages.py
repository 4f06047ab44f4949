"""Images: what the API does beyond the generic verbs; how they are added is in media.py."""

from functools import partial

from ..crud.service_rules import ServiceRules
from ..rules.associations import association

RULES = ServiceRules(on_read=partial(association, id_member="AdImageHash"))
