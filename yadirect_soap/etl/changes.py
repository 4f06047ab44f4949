"""Changes: calls the Changes service for changes since a time, and for ids that no longer exist.

https://yandex.ru/dev/direct/doc/en/changes/changes
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.errors import PagingError
from yadirect_soap.language import _
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.dates import moment_text

from .spent_units import SpentUnits

if TYPE_CHECKING:
    from yadirect_soap import Direct


class ChangedCampaigns(NamedTuple):
    """The result of checkCampaigns: the ids of campaigns by the kind of change."""

    itself: list[int]
    inside: list[int]
    statistics: list[int]
    timestamp: str
    """The time since which the next run needs changes."""
    since: str
    """The time since which these changes are."""


class ChangedObjects(NamedTuple):
    """The ids of changed groups, or groups with changed objects, and of changed ads."""

    adgroups: list[int]
    ads: list[int]


class Changes:
    """A client of the Changes service for one login.

    Args:
        direct: The client for the account.
        units: The counter of units for its calls.
    """

    def __init__(self, direct: "Direct", units: SpentUnits | None = None) -> None:
        self._direct = direct
        self._units = units or SpentUnits()

    def now(self) -> str:
        """Returns the time of the API's clock."""
        return str(self._call("checkDictionaries", {})["Timestamp"])

    def campaigns(self, since: str) -> ChangedCampaigns:
        """Returns the campaigns that changed since a time.

        The next run begins at the Timestamp of this response, and not at the later one of check(): a campaign that
        first changed between the two calls would be missed.

        If the clock of the API was set back after `since`, later changes have earlier times: those of an hour more
        than it was set back are asked for.
        """
        response = self._call("checkCampaigns", {"Timestamp": since})
        now, then = (datetime.fromisoformat(moment) for moment in (str(response["Timestamp"]), since))
        if now < then:
            since = moment_text(now - (then - now) - timedelta(hours=1))
            response = self._call("checkCampaigns", {"Timestamp": since})
        by_kind: dict[str, list[int]] = {"SELF": [], "CHILDREN": [], "STAT": []}
        for campaign in response.get("Campaigns") or ():
            for kind in campaign["ChangesIn"]:
                by_kind.setdefault(kind, []).append(campaign["CampaignId"])
        return ChangedCampaigns(
            by_kind["SELF"], by_kind["CHILDREN"], by_kind["STAT"], str(response["Timestamp"]), since
        )

    def objects(self, campaigns: Sequence[int], since: str) -> ChangedObjects:
        """Returns the groups and ads of campaigns that changed since a time."""
        adgroups: dict[int, None] = {}
        ads: dict[int, None] = {}
        for response in self._check("CampaignIds", campaigns, since, ["AdGroupIds", "AdIds"]):
            modified = response.get("Modified") or {}
            adgroups.update(dict.fromkeys(modified.get("AdGroupIds") or ()))
            ads.update(dict.fromkeys(modified.get("AdIds") or ()))
        return ChangedObjects(sorted(adgroups), sorted(ads))

    def not_found(self, by: str, ids: Sequence[int], since: str) -> Iterator[int]:
        """Yields the ids of objects that no longer exist.

        Args:
            by: CampaignIds, AdGroupIds or AdIds.
            ids: The ids of objects that existed.
            since: A recent time, so that the responses have no changes.
        """
        for response in self._check(by, ids, since, [by]):
            yield from (response.get("NotFound") or {}).get(by) or ()

    def _check(self, by: str, ids: Sequence[int], since: str, fields: list[str]) -> Iterator[Any]:
        """Yields the responses of check for all ids, within its limit per call; Unprocessed ids are sent again."""
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
