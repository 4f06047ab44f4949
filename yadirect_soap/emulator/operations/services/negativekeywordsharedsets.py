"""Shared sets of negative keywords: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/negativekeywordsharedsets
"""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import OperationCall
from ..crud.service_rules import ServiceRules
from ..rules.associations import association
from ..rules.texts import check_length, check_negative_keywords

_SERVICE = "negativekeywordsharedsets"


def _validate(_call: OperationCall, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a shared set that the API refuses."""
    check_length(_SERVICE, "Name", after["Name"])
    check_negative_keywords(_SERVICE, after["NegativeKeywords"])


RULES = ServiceRules(validate=_validate, on_read=association)
