"""The verb get: selects objects, cuts a page, reduces them to the requested members."""

import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from yadirect_soap.protocol.facts import bundled
from yadirect_soap.protocol.field_lists import listed

from ...domain.resources import resources
from ...storage.store import Document
from ..call import OperationCall
from .field_projection import requested_projection
from .selection import selected
from .service_rules import Services


def get(call: OperationCall, services: Services) -> dict[str, Any]:
    """Returns a page of the account's objects that meet the criteria, with the requested members."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    return _page_of(call, selected(call, resource, rules.on_read(call), skip=_offset(call)))


def present(call: OperationCall, documents: Iterable[Document]) -> dict[str, Any]:
    """Returns the requested page of documents, with the requested members."""
    return _page_of(call, islice(documents, min(_offset(call), sys.maxsize), None))


def _page_of(call: OperationCall, documents: Iterable[Document]) -> dict[str, Any]:
    """Returns the result of a get of the documents from the page's offset on.

    LimitedBy, the offset of the next page, is present if more objects follow.  Without objects the list is absent,
    since SOAP cannot say an empty one.
    """
    limit = _page(call).get("Limit", bundled().page_size)
    selected_documents = list(islice(documents, min(limit + 1, sys.maxsize)))
    project = requested_projection(call.operation, call.params)
    items = list(map(project, selected_documents[:limit]))
    result: dict[str, Any] = {listed(call.operation.response).name: items} if items else {}
    if len(selected_documents) > limit:
        result["LimitedBy"] = _offset(call) + limit
    return result


def _offset(call: OperationCall) -> int:
    return _page(call).get("Offset", 0)


def _page(call: OperationCall) -> Mapping[str, int]:
    return call.params.get("Page") or {}
