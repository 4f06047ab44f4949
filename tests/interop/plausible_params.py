"""Params that meet something in the demo accounts: drawn from the contract, with the accounts' own ids and items.

Of what the contract alone allows nearly everything is refused, and two refusals are a poor proof of equality.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from tests.interop import extra_demo_objects
from tests.protocol import strategies
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.validation import check

_NAMED_AFTER: Mapping[str, str] = MappingProxyType(
    {
        "AdExtensionId": "adextensions",
        "AdGroupId": "adgroups",
        "AdId": "ads",
        "AdImageHash": "adimages",
        "BusinessId": "businesses",
        "CampaignId": "campaigns",
        "CreativeId": "creatives",
        "FeedId": "feeds",
        "KeywordId": "keywords",
        "LogoExtensionHash": "adimages",
        "NegativeKeywordSharedSetId": "negativekeywordsharedsets",
        "RetargetingListId": "retargetinglists",
        "SitelinkSetId": "sitelinks",
        "StrategyFromCampaignId": "campaigns",
        "StrategyId": "strategies",
        "TurboPageId": "turbopages",
        "VCardId": "vcards",
        "VideoExtensionId": "creatives",
        "VideoId": "advideos",
    }
)
"""Whose id a member holds, in the singular; Id is that of the service that is asked."""

_ABOUT: Mapping[str, str] = MappingProxyType({"bids": "keywords", "keywordbids": "keywords"})
"""Services that are about another one's objects."""

_LIKELY: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "Bid": (3_000_000, 7_250_000),
        "BidCeiling": (10_000_000,),
        "BidModifier": (50, 120),
        "ClientId": (1_000_001, 1_000_003, 1_000_004),
        "ContextBid": (3_000_000,),
        "EndDate": ("2026-12-31",),
        "ExactName": ("Moscow", "Москва"),
        "Href": ("https://kedrovaya-polka.example/autumn", "http://example.com/?a=1&b=<2>"),
        "ImageData": (extra_demo_objects.PNG, extra_demo_objects.PNG + b"2"),
        "IncreasePercent": (10,),
        "Keyword": ("садовая скамейка", "полки из кедра", "cedar bench -plastic"),
        "Limit": (1, 2, 10_000),
        "Login": ("demo-client-rub", "demo-client-byn"),
        "Name": ("Скамейки & столы", "Benches <new>"),
        "NetworkBid": (3_000_000,),
        "Offset": (0, 1, 2),
        "RegionId": (225, 213, 1),
        "SearchBid": (3_000_000,),
        "StartDate": ("2026-10-01", "2026-11-15"),
        "TargetCoverage": (50,),
        "TargetTrafficVolume": (100,),
        "Text": ("Скамейки из массива кедра за неделю",),
        "Timestamp": ("2026-01-01T00:00:00Z", "2026-09-01T00:00:00Z"),
        "Title": ("Скамейки из кедра",),
        "Url": ("https://kedrovaya-polka.example/feed.xml",),
        "VideoData": (extra_demo_objects.MP4,),
    }
)
"""What else is worth saying, by the singular of the member."""

_SINGLES = frozenset({"set", "setAuto", "setBids"})
_ADDRESSES = ("CampaignId", "AdGroupId", "KeywordId", "Id")
"""By one of these, the same in all its items, such an operation is told what they are about."""

_NEWEST = 2

_TYPES: Mapping[Kind, type] = MappingProxyType({Kind.STRING: str, Kind.BASE64: bytes})


class Account:
    """What an account of an emulator has, by service, to draw from."""

    # No dataclass: hypothesis prints their fields with a failing example, and this is long.
    def __init__(self, emulator: Emulator, login: str) -> None:
        self.login = login
        self.documents: dict[str, list[dict[str, Any]]] = {
            service: [row.document for row in emulator.store.rows(service, login)] for service in emulator.contract
        }

    def __repr__(self) -> str:
        return f"Account({self.login!r})"


@st.composite
def params(draw: st.DrawFn, operation: Operation, account: Account) -> dict[str, Any]:
    """Params that fit the contract, and often what the account has."""
    drawn = draw(strategies.params(operation.request))
    site = _CallSite(operation, account, address=draw(st.sampled_from(_ADDRESSES)))
    return _object(draw, drawn, operation.request, site)


@dataclass(frozen=True)
class _CallSite:
    """Where a value stands: in the params of an operation, under a name."""

    operation: Operation
    account: Account
    name: str = ""
    address: str = ""

    def under(self, name: str) -> "_CallSite":
        """The place of a member; an array's Items stand for the array."""
        return self if name == "Items" else replace(self, name=name)

    @property
    def there(self) -> Sequence[dict[str, Any]]:
        """The documents that the operation is about."""
        service = self.operation.service
        return self.account.documents.get(_ABOUT.get(service, service), ())

    def choices(self, kind: Kind) -> list[Any]:
        """What a scalar here may be so that it meets something; [] where nothing is known."""
        name = self.name.removesuffix("es" if self.name.endswith("Hashes") else "s")
        service = _ABOUT.get(self.operation.service, self.operation.service) if name == "Id" else _NAMED_AFTER.get(name)
        if service is None:
            values = list(_LIKELY.get(name, ()))
        else:
            values = [
                document.get("AdImageHash", document.get("Id")) for document in self.account.documents.get(service, ())
            ]
            # The newest are unfinished, and more can be done with them.
            values += values[-_NEWEST:] * 4
        return [value for value in values if isinstance(value, _TYPES.get(kind, int))]


def _object(draw: st.DrawFn, value: dict[str, Any], shape: Shape, site: _CallSite) -> dict[str, Any]:
    members = shape.by_name
    if site.name == "SelectionCriteria" and draw(st.booleans()):
        value = _one_criterion(draw, shape, site) | {name: value[name] for name in value if members[name].required}
    # Often the API wants one part of several: a text ad or an image ad, a budget or a schedule.
    parts = [name for name in value if members[name].shape.kind is Kind.OBJECT and not members[name].required]
    if len(parts) > 1 and draw(st.booleans()):
        names_left = draw(st.sampled_from(parts))
        value = {name: inner for name, inner in value.items() if name == names_left or name not in parts}
    return {name: _member(draw, inner, members[name], site.under(name)) for name, inner in value.items()}


def _one_criterion(draw: st.DrawFn, shape: Shape, site: _CallSite) -> dict[str, Any]:
    """A criterion by itself, of those whose values are known: most pairs of criteria find nothing."""
    criteria = {
        member.name: site.under(member.name).choices(member.shape.kind) for member in shape.members if member.many
    }
    names = [name for name, choices in criteria.items() if choices]
    if not names:
        return {}
    name = draw(st.sampled_from(names))
    return {name: draw(st.lists(st.sampled_from(criteria[name]), min_size=1, max_size=3, unique=True))}


def _member(draw: st.DrawFn, value: Any, member: Member, site: _CallSite) -> Any:
    if value is None:
        return None
    if not member.many:
        return _value(draw, value, member.shape, site)
    is_item = member in site.operation.request.members and member.shape.kind is Kind.OBJECT
    make = _item if is_item else _value
    return [make(draw, item, member.shape, site) for item in value]


def _value(draw: st.DrawFn, value: Any, shape: Shape, site: _CallSite) -> Any:
    if shape.kind is Kind.OBJECT:
        return _object(draw, value, shape, site)
    choices: list[Any] = site.choices(shape.kind)
    if not choices or not draw(st.integers(0, 4)):
        return value
    return draw(st.sampled_from(choices))


def _item(draw: st.DrawFn, item: dict[str, Any], shape: Shape, site: _CallSite) -> dict[str, Any]:
    """An item of a write: as drawn, or made of an object that is there, or both."""
    value = _object(draw, item, shape, site)
    if site.operation.name in _SINGLES:
        return _single(draw, value, shape, site)
    how = draw(st.sampled_from(("there", "drawn", "both")))
    if how == "drawn" or not site.there:
        return value
    there = _projected(draw(st.sampled_from(site.there)), shape)
    if how == "both":
        return {**there, **value}
    return {**{name: inner for name, inner in value.items() if shape.by_name[name].required}, **there}


def _single(draw: st.DrawFn, item: dict[str, Any], shape: Shape, site: _CallSite) -> dict[str, Any]:
    name = site.address if site.address in shape.by_name else next(name for name in _ADDRESSES if name in shape.by_name)
    ids = site.under(name).choices(shape.by_name[name].shape.kind) or [1]
    return {name: draw(st.sampled_from(ids))} | {
        other: value for other, value in item.items() if other not in _ADDRESSES
    }


def _projected(document: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """So much of a document as a write may say."""
    projected: dict[str, Any] = {}
    for name, value in document.items():
        if (member := shape.by_name.get(name)) is None:
            continue
        inner_value = _projected_object(value, member.shape) if member.shape.kind is Kind.OBJECT else value
        if not check({name: inner_value}, Shape(shape.name, Kind.OBJECT, (member,))):
            projected[name] = inner_value
    return projected


def _projected_object(value: Any, shape: Shape) -> Any:
    if isinstance(value, list):
        return [_projected_object(item, shape) for item in value]
    return _projected(value, shape) if isinstance(value, Mapping) else value
