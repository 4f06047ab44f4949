"""The operations that change data: for each, the type of an item, the id of its object, the items per call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import Contract, nearest
from yadirect_soap.protocol.limits import CRITERIA
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

from . import lookup
from .lookup import RecoveryRule

LARGEST_CHUNK = 1000
"""The greatest number of items in a call; after a lost response, the outcomes of all of them are unknown."""
_AFFECT_OTHER_OBJECTS = frozenset({"archive", "delete", "moderate", "unarchive"})
PARENT_IDS = ("AdGroupId", "CampaignId")
"""Members that name the parents of an object; an item that sets bids by one of them is about all objects in it."""
_CRITERIA: Mapping[str, str] = MappingProxyType({"Ids": "Id", "AdImageHashes": "AdImageHash"})
_SPACES = ("bids", "keywordbids")


class NotAWriteError(ConfigurationError):
    """A key is not that of an operation that changes data.

    Args:
        found: what was found.
        expected: what was expected.
    """

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(_("found {found}, expected {expected}", found=found, expected=expected))
        self.found, self.expected = found, expected


class ItemKind(NamedTuple):
    """The properties that all items of an operation with the same members have."""

    naming: str
    """The member by which the item names its object, if the operation allows several; else ""."""
    subject: str
    """The member with the id of the object that is changed; "" if the item creates one, or names none."""
    service: str
    """The service of the object."""
    parents: tuple[tuple[str, str], ...]
    """The members with the ids of the group and campaign, each with its service."""
    ids: tuple[str, ...]
    """The id members that the item has; if the operation allows several, it must have exactly one."""
    keeps_order: bool
    """Whether lines must keep their order with lines of other operations, even if they name other objects.

    Archiving a campaign, moderating an ad or setting the bids of a group affects more objects than the one named.
    """
    action: str
    """The action for the order of lines: all deletions are one action, whatever they delete."""


@dataclass(frozen=True)
class WriteOperation:
    """An operation that changes data.

    An item is an object of the operation's list.  If the operation takes ids, an item is an object with one member,
    `{"Id": 5}`.  If it takes one object (`agencyclients.addPassportOrganization`), the item is the params themselves.
    """

    operation: Operation
    item: Shape
    array: str
    """The member with the list of items: `Ads`, or `Ids` of SelectionCriteria; "" if the params are the item."""
    recovery: RecoveryRule

    @cached_property
    def key(self) -> str:
        """The name of the service and the operation: `ads.add`."""
        return self.operation.key

    @cached_property
    def takes_ids(self) -> bool:
        """Whether an item is only an id."""
        return self.array in _CRITERIA

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The members by which items may name their objects, if the API allows only one of them in a call."""
        return tuple(facts.bundled().limits_by(self.key))

    @cached_property
    def id_names(self) -> tuple[str, ...]:
        """Those of `names` that are ids; an item must have exactly one of them."""
        return tuple(name for name in self.names if name.endswith("Id"))

    @cached_property
    def id_member(self) -> str:
        """The member that names the object, for operations with only one such member; "" for an add."""
        members = self.item.by_name
        return "" if self.is_add else next((name for name in ("Id", "AdImageHash", "ClientId") if name in members), "")

    @cached_property
    def space(self) -> str:
        """The service of the objects that items name; for bids these are keywords."""
        return "keywords" if self.operation.service in _SPACES else self.operation.service

    @cached_property
    def is_add(self) -> bool:
        """Whether the operation creates objects."""
        return self.operation.name.startswith("add")

    def params(self, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Returns the params of a call with these items."""
        if not self.array:
            return dict(items[0])
        if self.takes_ids:
            return {CRITERIA: {self.array: [item[_CRITERIA[self.array]] for item in items]}}
        return {self.array: list(items)}

    def subject(self, item: Mapping[str, Any]) -> tuple[str, Any] | None:
        """Returns the service and the id of the object that an item changes; None if it creates one or names none."""
        kind = self.kind(tuple(item))
        return (kind.service, item[kind.subject]) if kind.subject else None

    @cached_property
    def kind(self) -> Callable[[tuple[str, ...]], ItemKind]:
        """A cached function that returns the kind of an item by the names of its members."""
        return lru_cache(maxsize=1024)(self._kind)

    def _kind(self, names: tuple[str, ...]) -> ItemKind:
        naming = next((name for name in self.names if name in names), "")
        subject = "" if self.is_add else naming or self.id_member
        keeps_order = self.operation.name in _AFFECT_OTHER_OBJECTS or (
            naming in PARENT_IDS and self.operation.name.startswith("set")
        )
        action = f"{self.key} {naming}" if naming else self.operation.name
        return ItemKind(
            naming=naming,
            subject=subject if subject in names else "",
            service=OWNERS.get(subject, self.space),
            parents=tuple((name, OWNERS[name]) for name in PARENT_IDS if name in names),
            ids=tuple(name for name in self.id_names if name in names),
            keeps_order=keeps_order,
            action=action if keeps_order else self.key,
        )

    def largest_chunk(self, naming: str) -> int:
        """Returns the greatest number of items in a call."""
        if not self.array:
            return 1
        api_facts = facts.bundled()
        limit = api_facts.limits_by(self.key).get(naming) or api_facts.limits.get(self.key, {}).get("") or LARGEST_CHUNK
        return min(limit, LARGEST_CHUNK)

    def units(self, items: int) -> int:
        """Returns the cost of a call with a number of items; 0 if it is not documented."""
        cost = facts.bundled().costs.get(self.key)
        return cost.call + cost.object * -(-items // cost.per) if cost else 0


def find(contract: Contract, key: str) -> WriteOperation:
    """Returns the operation with a key such as `ads.add`.

    Raises:
        NotAWriteError: The contract has no such operation, or the operation only reads.
    """
    service, _dot, name = key.partition(".")
    operation = contract[service].operations.get(name) if service in contract else None
    if operation is None:
        operations = (operation for service in contract.values() for operation in service.operations.values())
        keys = [operation.key for operation in operations if _writes(operation)]
        raise NotAWriteError(
            composed("{key!r:.80}", key=key), _("an operation such as 'ads.add'{hint}", hint=nearest(key, keys))
        )
    if not _writes(operation):
        raise NotAWriteError(
            _("{key}, which only reads", key=key), _("an operation that changes data, such as 'ads.add'")
        )
    return WriteOperation(operation, *_items(operation), lookup.bundled().recovery(key))


def _writes(operation: Operation) -> bool:
    return not facts.bundled().is_read(operation.service, operation.name)


def _items(operation: Operation) -> tuple[Shape, str]:
    """Returns the type of an item, and the member with the list of items."""
    request = operation.request
    if (criteria := request.by_name.get(CRITERIA)) is not None:
        member = criteria.shape.members[0]
        name = _CRITERIA[member.name]
        return Shape(name, Kind.OBJECT, (Member(name, member.shape, True, False, False, member.owner),)), member.name
    lists = [member for member in request.members if member.many and member.shape.kind is Kind.OBJECT]
    if len(lists) == 1 == len(request.members):
        return lists[0].shape, lists[0].name
    return request, ""


OWNERS: Mapping[str, str] = MappingProxyType(
    {
        "AdExtensionId": "adextensions",
        "AdGroupId": "adgroups",
        "AdId": "ads",
        "AdImageHash": "adimages",
        "CampaignId": "campaigns",
        "ClientId": "agencyclients",
        "CreativeId": "creatives",
        "FeedId": "feeds",
        "KeywordId": "keywords",
        "LogoExtensionHash": "adimages",
        "NegativeKeywordSharedSetId": "negativekeywordsharedsets",
        "RetargetingConditionId": "retargetinglists",
        "RetargetingListId": "retargetinglists",
        "SitelinkSetId": "sitelinks",
        "StrategyFromCampaignId": "campaigns",
        "StrategyId": "strategies",
        "VCardId": "vcards",
        "VideoExtensionId": "creatives",
        "VideoId": "advideos",
    }
)
"""The service of the object that a member names, by the name of the member in the singular."""


@lru_cache(maxsize=1024)
def owner(path: str) -> str | None:
    """Returns the service of the object or objects that the member at a path names; None if it names none."""
    member = path.rpartition(".")[2].partition("[")[0]
    return OWNERS.get(member) or OWNERS.get(member.removesuffix("s")) or OWNERS.get(member.removesuffix("es"))
