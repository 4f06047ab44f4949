"""Never a made-up success: what an add or an update accepts is shown by a get, refused, or on the page of coverage."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.member_values import (
    Item,
    Path,
    every_field,
    minimal,
    numbered,
    paths,
    scalars,
    values,
    with_value,
)
from tools.emulator_coverage import not_shown
from yadirect_soap import ApiError, Direct, InvalidParamsError, ItemResults
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.domain.resources import resources
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.validation import check

OTHERS = {"bidmodifiers", "vcards"}
"""An item of bidmodifiers.add has several identifiers (test_bid_modifiers.py); vcards is withdrawn."""
WRITES = [
    service.operations[name]
    for service in bundled().values()
    for name in ("add", "update")
    if name in service.operations and service.name in resources() and service.name not in OTHERS
]
KEPT = frozenset({"Href", "Creative", "FeedId", "BiddingStrategy", "TrackingUrl", "AdImageHash"})
"""Members of a structure that an added object has besides the required ones."""
STRATEGY = ".BiddingStrategy."
NOT_SUPPORTED = 3500
LARGE = {"ads", "campaigns", "strategies"}
MISTAKE_OF_THE_EMULATOR = 1000
KINDS = 6
"""So many kinds of objects are tried."""


class _NotSupported(Exception):
    """The kind of the object is refused, whatever its members are."""


class Walk:
    """Writes members one by one, and looks for each in a get."""

    def __init__(self, direct: Direct, emulator: Emulator, operation: Operation) -> None:
        self._direct, self._emulator, self._operation = direct, emulator, operation
        (self._list,) = [m for m in operation.request.members if m.many and m.shape.kind is Kind.OBJECT]
        self._resource = resources()[operation.service]
        self._numbers = itertools.count()

    def lost(self) -> set[str]:
        """The members that are accepted with no warning, and that no get shows.

        The settings of the strategies of campaigns are those of the service strategies.  A member is not lost if
        each of its values is refused or warns: it needs others beside it (test_kept_beside_others.py).
        """
        of_paths = {".".join(member.name for member in path): path for path in paths(self._list.shape)}
        return {name for name, path in of_paths.items() if STRATEGY not in name and self._is_lost(path)}

    def _is_lost(self, path: Path) -> bool:
        """Whether a value is accepted and not shown, and no other value is shown."""
        is_lost = False
        for item in self._items(path):
            before = self._read(item["Id"]) if "Id" in item else None
            for value in values(self._emulator, path):
                if value in scalars(before) and path[-1].shape.kind is not Kind.ENUM:
                    continue
                base = item if "Id" in item else numbered(item, self._numbers)
                try:
                    document = self._after(with_value(self._emulator, base, path, value))
                except _NotSupported:
                    break
                if document is not None and value in scalars(document):
                    return False
                is_lost = is_lost or document is not None
        return is_lost

    def _after(self, item: Item) -> Any:
        """What a get shows after a write; None if it is refused, or warns."""
        service, key = self._operation.service, item.get("Id", 0)
        stored = self._emulator.store.get(service, key, ADVERTISER)
        try:
            results = self._direct.call(service, self._operation.name, {self._list.name: [item]})
        except InvalidParamsError:
            return None
        except ApiError as error:
            if error.code == MISTAKE_OF_THE_EMULATOR:
                raise
            return None
        assert isinstance(results, ItemResults)
        (result,) = results
        if NOT_SUPPORTED in [error.code for error in result.errors]:
            raise _NotSupported
        document = None if result.errors or result.warnings else self._read(result.id)
        if stored is not None:
            self._emulator.store.put(service, key, ADVERTISER, stored, changed=0)
        return document

    def _read(self, key: Any) -> Any:
        """All that a get shows of an object."""
        get = bundled().operation(self._operation.service, "get")
        params = every_field(get)
        criteria = get.request.by_name["SelectionCriteria"].shape.by_name
        params["SelectionCriteria"] = {"Ids" if "Ids" in criteria else "AdImageHashes": [key]}
        return list(self._direct.call(self._operation.service, "get", params))

    def _items(self, path: Path) -> Iterator[Item]:
        """Items of the kinds that can have the member."""
        documents = self._documents()
        choices, top = self._resource.choices, path[0].name
        if top in choices:
            documents = [document for document in documents if top in document] or documents
        for document in documents[:KINDS]:
            if self._operation.name == "update":
                yield {"Id": document[self._resource.id]}
            else:
                item = self._new(document)
                yield {name: value for name, value in item.items() if name == top or name not in choices}
        if not documents:
            yield minimal(self._emulator, self._list.shape)

    def _documents(self) -> list[dict[str, Any]]:
        """One object of each kind that can be changed."""
        kinds: dict[Any, dict[str, Any]] = {}
        for row in self._emulator.store.rows(self._operation.service, ADVERTISER):
            document = row.document
            kind = tuple(name for name in self._resource.choices if name in document)
            is_open = document.get("State") != "ARCHIVED" and document.get("StatusArchived") != "YES"
            if is_open and "autotargeting" not in document.get("Keyword", ""):
                kinds.setdefault((document.get("Type"), document.get("Subtype"), kind), document)
        return list(kinds.values())

    def _new(self, document: dict[str, Any]) -> Item:
        """An item to add that has what it must have, as the document has it."""
        shape, choices = self._list.shape, self._resource.choices
        chosen = {name for name in choices if name in document} | {"AdGroupId", "CampaignId", "SourceType"}
        item = {
            name: value
            for name, value in _projected(document, shape).items()
            if name in chosen or shape.by_name[name].required
        }
        for name in [name for name in choices if isinstance(item.get(name), dict)]:
            members = shape.by_name[name].shape.by_name
            item[name] = {
                inner: value for inner, value in item[name].items() if inner in KEPT or members[inner].required
            }
        return item | ({"StartDate": "2030-01-01"} if "StartDate" in item else {})


def _projected(document: dict[str, Any], shape: Shape) -> Item:
    """What of a document an item may say."""
    item: Item = {}
    for member in shape.members:
        value = document.get(member.name)
        if isinstance(value, dict) and member.shape.kind is Kind.OBJECT and not member.many:
            value = _projected(value, member.shape)
        if value is not None and not check({member.name: value}, _alone(shape, member)):
            item[member.name] = value
    return item


def _alone(shape: Shape, member: Member) -> Shape:
    return Shape(shape.name, Kind.OBJECT, (member,))


def _cases() -> list[Any]:
    """The writes over both wires; those with hundreds of members over one of them, and slow."""
    small, large = ([write for write in WRITES if (write.service in LARGE) == is_large] for is_large in (False, True))
    return [
        *(pytest.param(write, wire, id=f"{write.key}-{wire}") for write in small for wire in ("soap", "json")),
        *(pytest.param(write, "json", id=write.key, marks=pytest.mark.slow) for write in large),
    ]


@pytest.mark.parametrize(("operation", "wire"), _cases())
def test_what_is_accepted_is_shown(operation: Operation, wire: WireName) -> None:
    """A get shows each member that a write accepts, except those that the page of coverage lists."""
    with Emulator(moderation_seconds=0) as emulator, emulator.session() as session:
        direct = Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=session, transport=wire, retry=None)
        assert Walk(direct, emulator, operation).lost() == set(not_shown(operation.key))
