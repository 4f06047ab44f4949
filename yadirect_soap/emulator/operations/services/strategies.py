"""Package strategies: what the API asks beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/strategies/strategies
"""

from ..crud.service_rules import ServiceRules
from ..rules.package_strategies import check

RULES = ServiceRules(validate=check)
