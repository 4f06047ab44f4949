"""vCards: what the API asks beyond the generic verbs: https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html."""

from ..crud.service_rules import ServiceRules
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.vcards import check

RULES = ServiceRules(check_editable=refuse_archived_campaign, validate=check)
