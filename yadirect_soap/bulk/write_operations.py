"""The operations that change data, for bulk: the form of an item, the id of its object, the items per call."""

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
"""Items that go into a call at most: after a lost response all of them are in doubt."""
_BEYOND_THE_OBJECT = frozenset({"archive", "delete", "moderate", "unarchive"})
PARENT_IDS = ("AdGroupId", "CampaignId")
"""Members that name the parents of an object; bids that name one are those of all objects in it."""
_CRITERIA: Mapping[str, str] = MappingProxyType({"Ids": "Id", "AdImageHashes": "AdImageHash"})
_SPACES = ("bids", "keywordbids")


class NotAWriteError(ConfigurationError):
    """A text names no operation that changes data: what was found, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(_("found {found}, expected {expected}", found=found, expected=expected))
        self.found, self.expected = found, expected


class ItemKind(NamedTuple):
    """What is the same for all items of an operation that have the same members."""

    naming: str
    """The member that names the object, where there are several ways; "" where there is one."""
    subject: str
    """The member with the id of the object that is acted upon; "" for what makes a new one, or names none."""
    service: str
    """The service of that object."""
    parents: tuple[tuple[str, str], ...]
    """The members with the ids of the group and campaign, each with its service."""
    ids: tuple[str, ...]
    """The ids that name the object; there must be one where the operation has several ways."""
    stands_alone: bool
    """Whether the order of its lines and those of other operations matters, whatever their objects.

    An archived campaign, a moderated ad, the bids of a whole group: they are about more than the object named.
    """
    action: str
    """What counts as one action in the order of lines: deletions go together, whatever is deleted."""


@dataclass(frozen=True)
class WriteOperation:
    """An operation that changes data.

    An item is an object of the operation's list; for those that take ids, an object with one member, `{"Id": 5}`;
    for those that take one object (`agencyclients.addPassportOrganization`), the params themselves.
    """

    operation: Operation
    item: Shape
    array: str
    """The member that takes the items: `Ads`, or `Ids` of SelectionCriteria; "" where the params are the item."""
    recovery: RecoveryRule

    @cached_property
    def key(self) -> str:
        """Names it: `ads.add`."""
        return self.operation.key

    @cached_property
    def takes_ids(self) -> bool:
        """Whether an item is but an id."""
        return self.array in _CRITERIA

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The members of which an item names its object by one, where the API takes only one kind in a call."""
        return tuple(facts.bundled().limits_by(self.key))

    @cached_property
    def id_names(self) -> tuple[str, ...]:
        """Those of them that are ids, of which an item must have one."""
        return tuple(name for name in self.names if name.endswith("Id"))

    @cached_property
    def id_member(self) -> str:
        """The member that names the object, where there is one way; "" for what makes a new one."""
        members = self.item.by_name
        return "" if self.is_add else next((name for name in ("Id", "AdImageHash", "ClientId") if name in members), "")

    @cached_property
    def space(self) -> str:
        """The service whose objects an item names: those of bids are keywords."""
        return "keywords" if self.operation.service in _SPACES else self.operation.service

    @cached_property
    def is_add(self) -> bool:
        """Whether it makes new objects."""
        return self.operation.name.startswith("add")

    def params(self, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The params of a call with these items."""
        if not self.array:
            return dict(items[0])
        if self.takes_ids:
            return {CRITERIA: {self.array: [item[_CRITERIA[self.array]] for item in items]}}
        return {self.array: list(items)}

    def subject(self, item: Mapping[str, Any]) -> tuple[str, Any] | None:
        """The service and the id of the object that an item is about; None for what makes a new one."""
        kind = self.kind(tuple(item))
        return (kind.service, item[kind.subject]) if kind.subject else None

    @cached_property
    def kind(self) -> Callable[[tuple[str, ...]], ItemKind]:
        """Gives what is the same for all items with members of some names."""
        return lru_cache(maxsize=1024)(self._kind)

    def _kind(self, names: tuple[str, ...]) -> ItemKind:
        naming = next((name for name in self.names if name in names), "")
        subject = "" if self.is_add else naming or self.id_member
        stands_alone = self.operation.name in _BEYOND_THE_OBJECT or (
            naming in PARENT_IDS and self.operation.name.startswith("set")
        )
        alone_action = f"{self.key} {naming}" if naming else self.operation.name
        return ItemKind(
            naming=naming,
            subject=subject if subject in names else "",
            service=OWNERS.get(subject, self.space),
            parents=tuple((name, OWNERS[name]) for name in PARENT_IDS if name in names),
            ids=tuple(name for name in self.id_names if name in names),
            stands_alone=stands_alone,
            action=alone_action if stands_alone else self.key,
        )

    def largest_chunk(self, naming: str) -> int:
        """How many items go into a call."""
        if not self.array:
            return 1
        api_facts = facts.bundled()
        limit = api_facts.limits_by(self.key).get(naming) or api_facts.limits.get(self.key, {}).get("") or LARGEST_CHUNK
        return min(limit, LARGEST_CHUNK)

    def units(self, items: int) -> int:
        """What a call with so many items costs, as far as is known."""
        cost = facts.bundled().costs.get(self.key)
        return cost.call + cost.object * -(-items // cost.per) if cost else 0


def find(contract: Contract, key: str) -> WriteOperation:
    """The write that a text names.

    Raises:
        NotAWriteError: no operation of the contract, or one that only reads; the nearest is named.
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
    """The shape of an item, and the member that takes the items."""
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
"""The service whose objects a member names, in the singular."""


@lru_cache(maxsize=1024)
def owner(path: str) -> str | None:
    """The service whose objects the member at a path of an item names, alone or in a list; None where it names none."""
    member = path.rpartition(".")[2].partition("[")[0]
    return OWNERS.get(member) or OWNERS.get(member.removesuffix("s")) or OWNERS.get(member.removesuffix("es"))
