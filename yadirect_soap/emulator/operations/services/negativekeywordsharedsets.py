"""Shared sets of negative keywords: what the API does and asks beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
"""

from ..crud.service_rules import ServiceRules
from ..rules.associations import association
from ..rules.negative_keyword_sets import check

RULES = ServiceRules(validate=check, on_read=association)
