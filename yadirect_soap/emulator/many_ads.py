"""Campaigns larger than anybody would store: ads that are made of their numbers when a page asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from . import faults
from .call import Call, Handler
from .special import HANDLERS
from .store import Document
from .verbs.get import get, present

_FIRST = 18_000_000_001
"""The identifier of the first; those of the store begin lower and do not come so far."""

_SPREAD = 2_654_435_761
"""A prime near 2**32 divided by the golden ratio: neighbours get different models."""


@dataclass(frozen=True)
class ManyAds:
    """Gives one campaign so many ads, for reading only, without keeping them.

        Emulator(handlers=ManyAds(1_000_000).handlers)

    Each is a copy of one of the ads that the campaign has in the store, chosen by `seed` and its number, with an Id and
    an Href of its own.  `ads.get` gives them by exactly `{"CampaignIds": [campaign]}`, page by page, or by their Ids; a
    selection among them by anything else is refused as not emulated.  No other operation knows them.

    They cost units as all ads do, so an account that reads a million needs more `daily_units` than it has by default.
    """

    count: int
    campaign: int = 700_000_001
    seed: int = 0

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """All special operations, this `ads.get` among them."""
        return {**HANDLERS, "ads.get": self}

    def __call__(self, call: Call) -> dict[str, Any]:
        """Carries out an ads.get."""
        models = [row.document for row in call.store.rows("ads", call.account.login, campaigns=[self.campaign])]
        given: Mapping[str, Any] = call.params.get("SelectionCriteria") or {}
        criteria = {name: value for name, value in given.items() if value is not None}
        ads = _Ads(models, self.count, self.seed)
        if not models or not self._concerned(criteria, ads):
            return get(call)
        if criteria == {"CampaignIds": [self.campaign]}:
            return present(call, ads)
        if criteria.keys() == {"Ids"} and all(ads.has(each) for each in criteria["Ids"]):
            return present(call, [ads.of(each) for each in sorted(set(criteria["Ids"]))])
        raise faults.not_emulated("ads.get, a selection among generated ads", language=call.language)

    def _concerned(self, criteria: Mapping[str, Any], ads: "_Ads") -> bool:
        """Whether one of these ads may be meant: by its Id, by the campaign or by a group of the campaign."""
        if ids := criteria.get("Ids"):
            return any(ads.has(each) for each in ids)
        if campaigns := criteria.get("CampaignIds"):
            return self.campaign in campaigns
        return not ads.groups.isdisjoint(criteria.get("AdGroupIds") or ())


class _Ads(Sequence[Document]):
    """The ads in the order of their identifiers; one is made when it is looked at."""

    def __init__(self, models: Sequence[Document], count: int, seed: int) -> None:
        self._models = models
        self._count = count
        self._seed = seed
        self.groups = frozenset(model["AdGroupId"] for model in models)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Document: ...

    @overload
    def __getitem__(self, index: slice) -> list[Document]: ...

    def __getitem__(self, index: int | slice) -> Document | list[Document]:
        if isinstance(index, slice):
            return [self._made(number) for number in range(self._count)[index]]
        return self._made(range(self._count)[index])

    def has(self, ad_id: int) -> bool:
        """Whether it is the identifier of one of these."""
        return _FIRST <= ad_id < _FIRST + self._count

    def of(self, ad_id: int) -> Document:
        """The ad of an identifier."""
        return self._made(ad_id - _FIRST)

    def _made(self, number: int) -> Document:
        model = self._models[((number * _SPREAD + self._seed) >> 8) % len(self._models)]
        ad = {**model, "Id": _FIRST + number}
        text = ad.get("TextAd")
        if text is not None and text.get("Href"):
            ad["TextAd"] = {**text, "Href": f"{text['Href']}?ad={number}"}
        return ad
