"""Ad extensions: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/ru/adextensions/adextensions
"""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import OperationCall
from ..crud.service_rules import Complete, ServiceRules
from ..rules.associations import association
from ..rules.clarifications import clarification
from ..rules.texts import check_length


def _on_read(call: OperationCall) -> Complete:
    associated, clarified = association(call), clarification(call)
    return lambda extension: clarified(associated(extension))


def _validate(_call: OperationCall, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for an extension that the API refuses."""
    check_length("adextensions", "Callout.CalloutText", after["Callout"]["CalloutText"])


RULES = ServiceRules(validate=_validate, on_read=_on_read)
