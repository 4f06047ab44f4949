"""The verb get over any service: select, page, project.  Other operations that list objects use its second half."""

import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from yadirect_soap.protocol.facts import bundled
from yadirect_soap.protocol.field_lists import listed, split_out_paths

from ...domain.resources import resources
from ...storage.store import Document
from ..call import OperationCall
from .field_projection import projection, requested_fields
from .selection import selected
from .service_rules import Services


def get(call: OperationCall, services: Services) -> dict[str, Any]:
    """The account's objects that meet the criteria, a page of them, with the members asked for."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    return _page_of(call, selected(call, resource, rules.on_read(call), skip=_offset(call)))


def present(call: OperationCall, documents: Iterable[Document]) -> dict[str, Any]:
    """The result of a get of these documents: the page that is asked for, each with the members asked for."""
    return _page_of(call, islice(documents, min(_offset(call), sys.maxsize), None))


def _page_of(call: OperationCall, documents: Iterable[Document]) -> dict[str, Any]:
    """The result of a get of the documents from the page's offset on.

    LimitedBy, the place of the last object given, is there if more follow.  Nothing found leaves the list out, since
    SOAP has no word for an empty one.
    """
    limit = _page(call).get("Limit", bundled().page_size)
    selected_documents = list(islice(documents, min(limit + 1, sys.maxsize)))
    list_member = listed(call.operation.response)
    project = projection(
        list_member.shape, requested_fields(call.operation, call.params), split_out_paths(call.operation)
    )
    items = list(map(project, selected_documents[:limit]))
    result: dict[str, Any] = {list_member.name: items} if items else {}
    if len(selected_documents) > limit:
        result["LimitedBy"] = _offset(call) + limit
    return result


def _offset(call: OperationCall) -> int:
    return _page(call).get("Offset", 0)


def _page(call: OperationCall) -> Mapping[str, int]:
    return call.params.get("Page") or {}
