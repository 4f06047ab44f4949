"""Reads objects of the account: those that an add with a lost response may have created, and those of done lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import DecodeError
from yadirect_soap.language import _
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.limits import CRITERIA
from yadirect_soap.protocol.model import Kind, Operation, Shape

from . import lookup, matching
from .write_operations import WriteOperation

if TYPE_CHECKING:
    from yadirect_soap import Direct

_FIELD_NAMES = "FieldNames"
_ID = ("Id", "AdImageHash", "ClientId")
_CHECKED: Mapping[str, str] = MappingProxyType({"adgroups": "AdGroupIds", "ads": "AdIds", "campaigns": "CampaignIds"})
_LISTS: Mapping[str, str] = MappingProxyType({"CampaignId": "CampaignIds", "AdGroupId": "AdGroupIds"})


class AccountObjects:
    """Reads objects of the account; `units` is the sum of the units spent on it.

    Args:
        direct: The client, with amounts in micros.
    """

    def __init__(self, direct: "Direct") -> None:
        self._direct = direct
        self.units = 0

    def now(self) -> str:
        """Returns the server's time as a Timestamp."""
        response = self._direct.call("changes", "checkDictionaries", {})
        self._count(response.units)
        timestamp: str = response.result["Timestamp"]
        return timestamp

    def shape(self, service: str) -> Shape:
        """Returns the type of the objects that get of a service returns."""
        listed = self._get(service).listed
        assert listed is not None  # noqa: S101  every get that is called here returns a list
        return listed.shape

    def candidates(self, write: WriteOperation, items: Sequence[Mapping[str, Any]], since: str) -> list[dict[str, Any]]:
        """Returns the objects that may come from items, with the members that the items have.

        Args:
            write: The operation.
            items: The items that were sent, with ids instead of references.
            since: The server's time before the first of them was sent; used only for Changes and ModifiedSince.
        """
        recovery, service = write.recovery, write.operation.service
        members = set().union(*items)
        if recovery.by == "changes":
            return self.by_ids(service, self.changed(write, items, since), members)
        if recovery.by == "modified":
            return list(self._read(service, {"ModifiedSince": since}, members))
        if recovery.by == "parents":
            return [
                item
                for criteria in _parents(write, items)
                for item in self._read(service, {**criteria, **recovery.criteria}, members)
            ]
        return list(self._read(service, {}, members))

    def by_ids(self, service: str, ids: Iterable[Any], members: Iterable[str]) -> list[dict[str, Any]]:
        """Returns the objects that exist of these ids, with the members that are named."""
        names = self._get(service).request.by_name[CRITERIA].shape.by_name
        distinct_ids = list(dict.fromkeys(ids))
        criterion = next(name for name in ("Ids", "AdImageHashes") if name in names)
        extra_criteria = lookup.bundled().recovery(f"{service}.add").criteria
        return list(self._read(service, {criterion: distinct_ids, **extra_criteria}, members)) if distinct_ids else []

    def changed(self, write: WriteOperation, items: Sequence[Mapping[str, Any]], since: str) -> list[Any]:
        """Returns the ids of objects that changed since a time, as far as they may come from the items.

        These are objects in the campaigns or groups of the items; without parents, all campaigns or all extensions.
        """
        if write.recovery.by == "modified":
            return [id_of(item) for item in self._read(write.operation.service, {"ModifiedSince": since}, ())]
        if not write.recovery.parents:
            response = self._direct.call("changes", "checkCampaigns", {"Timestamp": since})
            self._count(response.units)
            rows = response.result.get("Campaigns") or []
            return [row["CampaignId"] for row in rows if "SELF" in row["ChangesIn"]]
        kind = _CHECKED[write.operation.service]
        return [
            key
            for criteria in _parents(write, items)
            for name, ids in criteria.items()
            for response in self._check(kind, name, ids, since=since)
            for key in (response.get("Modified") or {}).get(kind) or ()
        ]

    def missing(self, service: str, ids: Sequence[Any]) -> list[Any]:
        """Returns the ids that do not exist; for campaigns, groups and ads it asks Changes, which costs few units."""
        name = _CHECKED.get(service)
        if name is None:
            present = {id_of(item) for item in self.by_ids(service, ids, ())}
            return [key for key in ids if key not in present]
        responses = self._check(name, name, ids, since=self.now())
        return [key for response in responses for key in (response.get("NotFound") or {}).get(name) or ()]

    def _check(self, kind: str, name: str, ids: Sequence[Any], *, since: str) -> Iterator[Mapping[str, Any]]:
        """Yields the responses of changes.check for all ids, in as many calls as are needed."""
        limit = facts.bundled().limits_by("changes.check").get(name, 1000)
        remaining = list(ids)
        while remaining:
            params = {name: remaining[:limit], "FieldNames": [kind], "Timestamp": since}
            response = self._direct.call("changes", "check", params)
            self._count(response.units)
            yield response.result
            unprocessed = (response.result.get("Unprocessed") or {}).get(name) or []
            if len(unprocessed) >= len(remaining[:limit]):
                raise DecodeError(_("all ids were left unprocessed, expected some"), operation="changes.check")
            remaining = [*unprocessed, *remaining[limit:]]

    def _read(self, service: str, criteria: Mapping[str, Any], members: Iterable[str]) -> Iterator[dict[str, Any]]:
        get = self._get(service)
        params: dict[str, Any] = dict(_field_names(get, set(members), self.shape(service)))
        criteria_member = get.request.by_name.get(CRITERIA)
        if criteria or (criteria_member is not None and criteria_member.required):
            params[CRITERIA] = criteria
        objects = self._direct.items(service, "get", params, split=True)
        names = params[_FIELD_NAMES]
        for item in objects:
            # A requested member that is absent belongs to objects of other kinds; an unset member comes as nil.
            yield dict.fromkeys((name for name in names if name not in item), matching.UNSHOWN) | item
        self._count(objects.units)

    def _get(self, service: str) -> Operation:
        return self._direct.contract.operation(service, "get")

    def _count(self, units: Any) -> None:
        self.units += units.spent if units is not None else 0


def id_of(item: Mapping[str, Any]) -> Any:
    """Returns the id of an object."""
    return next((item[name] for name in _ID if name in item), None)


def _parents(write: WriteOperation, items: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, list[Any]]]:
    """Yields SelectionCriteria for the objects of the items' parents, one for each kind of parent."""
    for name in write.recovery.parents:
        ids = [item[name] for item in items if item.get(name) is not None]
        if ids:
            yield {_LISTS[name]: list(dict.fromkeys(ids))}


def _field_names(get: Operation, item_members: set[str], shape: Shape) -> Iterator[tuple[str, list[str]]]:
    """Yields the FieldNames lists that request the members of an item, which may have other names in get."""
    shown_as = lookup.bundled().shown_as
    names = item_members | {shown_as[name] for name in item_members if name in shown_as} | {*_ID, *_LISTS}
    # TextAdFieldNames requests TextAd; for WbMaximumClicks, the name of its type is used: StrategyMaximumClicks.
    objects = [member for name in names if (member := shape.by_name.get(name)) and member.shape.kind is Kind.OBJECT]
    prefixes = tuple({prefix for member in objects for prefix in (member.name, _type_name(member.shape))})
    for member in get.request.members:
        if not member.name.endswith(_FIELD_NAMES):
            continue
        prefix = member.name.removesuffix(_FIELD_NAMES)
        values = list(member.shape.published_values)
        if not prefix:
            yield member.name, [value for value in values if value in names] or values[:1]
        elif values and prefix.startswith(prefixes):
            yield member.name, values


def _type_name(shape: Shape) -> str:
    """Returns the name of a type without its namespace and without the suffixes of get's types."""
    return shape.name.rpartition(":")[2].removesuffix("Item").removesuffix("Get")
