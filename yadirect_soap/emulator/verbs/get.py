"""The verb get over any service: select, page, project.  Special operations that list objects use its second half."""

import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from yadirect_soap.protocol.facts import bundled

from ..call import Call
from ..resources import resources
from ..store import Document
from .project import asked_apart, projected, wanted
from .reading import completion
from .select import selected
from .shapes import listed


def get(call: Call) -> dict[str, Any]:
    """The account's objects that meet the criteria, a page of them, with the members asked for."""
    resource = resources()[call.operation.service]
    return present(call, (row.document for row in selected(call, resource, completion(call))))


def present(call: Call, documents: Iterable[Document]) -> dict[str, Any]:
    """A get's answer about these documents: the page that is asked for, each with the members asked for.

    LimitedBy, the place of the last object given, is there if more follow.  Nothing found leaves the list out, since
    SOAP has no word for an empty one.
    """
    page: Mapping[str, int] = call.params.get("Page") or {}
    offset, limit = page.get("Offset", 0), page.get("Limit", bundled().page_size)
    found = list(islice(documents, min(offset, sys.maxsize), min(offset + limit + 1, sys.maxsize)))
    list_member = listed(call.operation.response)
    asked, apart = wanted(call.operation, call.params), asked_apart(call.operation)
    items = [projected(document, list_member.shape, asked, apart) for document in found[:limit]]
    result: dict[str, Any] = {list_member.name: items} if items else {}
    if len(found) > limit:
        result["LimitedBy"] = offset + limit
    return result
