"""Ad extensions: what the API does and asks beyond the generic verbs.

https://yandex.ru/dev/direct/doc/ru/adextensions/adextensions
"""

from ..call import Call
from ..crud.service_rules import Complete, ServiceRules
from ..rules.ad_extensions import check
from ..rules.associations import association
from ..rules.clarifications import clarification


def _on_read(call: Call) -> Complete:
    associated, clarified = association(call), clarification(call)
    return lambda extension: clarified(associated(extension))


RULES = ServiceRules(validate=check, on_read=_on_read)
