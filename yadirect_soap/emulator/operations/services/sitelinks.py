"""Sitelinks: what the API asks beyond the generic verbs: https://yandex.ru/dev/direct/doc/ru/sitelinks/sitelinks."""

from ..crud.service_rules import ServiceRules
from ..rules.sitelinks import check

RULES = ServiceRules(validate=check)
