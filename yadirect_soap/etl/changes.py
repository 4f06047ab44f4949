"""Asks the Changes service what changed since a time, and finds deleted ids.

https://yandex.ru/dev/direct/doc/en/changes/changes
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.errors import PagingError
from yadirect_soap.language import _
from yadirect_soap.protocol import facts

from .spent_units import SpentUnits

if TYPE_CHECKING:
    from yadirect_soap import Direct

CHECKED = ("CampaignIds", "AdGroupIds", "AdIds")
"""The lists of ids that check takes."""


class ChangedCampaigns(NamedTuple):
    """The answer of checkCampaigns: campaigns by what changed in them, and the moment from which to ask next."""

    itself: list[int]
    inside: list[int]
    statistics: list[int]
    timestamp: str
    since: str
    """The moment since which it tells changes."""


class ChangedObjects(NamedTuple):
    """Groups that changed themselves or in what they hold, and changed ads."""

    adgroups: list[int]
    ads: list[int]


class Changes:
    """Asks Changes on behalf of one login."""

    def __init__(self, direct: "Direct", units: SpentUnits | None = None) -> None:
        self._direct = direct
        self._units = units or SpentUnits()

    def now(self) -> str:
        """The service's clock."""
        return str(self._call("checkDictionaries", {})["Timestamp"])

    def campaigns(self, since: str) -> ChangedCampaigns:
        """The campaigns that changed since a moment.

        The Timestamp of this answer is where the next run begins, never that of check(), which comes later: a campaign
        that first changes between the two would be lost.
        """
        response = self._call("checkCampaigns", {"Timestamp": since})
        by_kind: dict[str, list[int]] = {"SELF": [], "CHILDREN": [], "STAT": []}
        for campaign in response.get("Campaigns") or ():
            for kind in campaign["ChangesIn"]:
                by_kind.setdefault(kind, []).append(campaign["CampaignId"])
        return ChangedCampaigns(
            by_kind["SELF"], by_kind["CHILDREN"], by_kind["STAT"], str(response["Timestamp"]), since
        )

    def objects(self, campaigns: Sequence[int], since: str) -> ChangedObjects:
        """Groups and ads of some campaigns that changed since a moment."""
        adgroups: dict[int, None] = {}
        ads: dict[int, None] = {}
        for response in self._check("CampaignIds", campaigns, since, ["AdGroupIds", "AdIds"]):
            modified = response.get("Modified") or {}
            adgroups.update(dict.fromkeys(modified.get("AdGroupIds") or ()))
            ads.update(dict.fromkeys(modified.get("AdIds") or ()))
        return ChangedObjects(sorted(adgroups), sorted(ads))

    def not_found(self, by: str, ids: Sequence[int], since: str) -> Iterator[int]:
        """The ids of the objects that no longer exist.

        Args:
            by: CampaignIds, AdGroupIds or AdIds.
            ids: Of objects that there were.
            since: A moment just past, so that the answer tells no changes besides.
        """
        for response in self._check(by, ids, since, [by]):
            yield from (response.get("NotFound") or {}).get(by) or ()

    def _check(self, by: str, ids: Sequence[int], since: str, fields: list[str]) -> Iterator[Any]:
        """Answers of check for all ids, in calls of its limit; what is Unprocessed is asked for again."""
        size = facts.bundled().limits_by("changes.check")[by]
        for start in range(0, len(ids), size):
            remaining = list(ids[start : start + size])
            while remaining:
                response = self._call("check", {by: remaining, "Timestamp": since, "FieldNames": fields})
                yield response
                unprocessed = (response.get("Unprocessed") or {}).get(by) or []
                if len(unprocessed) >= len(remaining):
                    raise PagingError(
                        _(
                            "found all {count} {by} unprocessed, expected fewer; run it again later",
                            count=len(remaining),
                            by=by,
                        )
                    )
                remaining = unprocessed

    def _call(self, operation: str, params: dict[str, Any]) -> Any:
        response: Any = self._direct.call("changes", operation, params)
        self._units.add(response.units)
        return response
