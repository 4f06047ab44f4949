"""CampaignStates: finds objects whose State changed because of the State of their campaign.

A campaign ends after its last day, and the ads of a stopped campaign are OFF.  Changes reports neither, because these
are no changes of the object itself.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from yadirect_soap.protocol.dates import day_text

from .destination import Destination
from .schema import ObjectSchema

_STATE = "State"
_ON, _ENDED, _ARCHIVED = "ON", "ENDED", "ARCHIVED"
_ADS_TO_READ = MappingProxyType({_ON: frozenset({"OFF", _ARCHIVED}), _ENDED: frozenset({_ON})})
"""By the State of a campaign: the stored States with which its ads must be read again."""
_IN_ARCHIVE = frozenset({_ON, "OFF", "SUSPENDED", "OFF_BY_MONITORING"})
_IN_STOPPED = frozenset({_ON, _ARCHIVED})


class CampaignStates:
    """Looks up states and objects of campaigns in a destination.

    Args:
        destination: The destination with the rows of the last run.
        login: The login whose rows are read.
    """

    def __init__(self, destination: Destination, login: str) -> None:
        self._destination = destination
        self._login = login

    def ended(self, campaigns: ObjectSchema, now: str) -> list[int]:
        """Returns the campaigns whose rows are ON and whose last day is over in Moscow."""
        try:
            names = [campaigns.column_of(name).name for name in ("Id", "EndDate")]
            running = {campaigns.column_of(_STATE).name: frozenset({_ON})}
        except LookupError:
            return []
        today = day_text(datetime.fromisoformat(now))
        rows = self._destination.rows(campaigns, self._login, names, running)
        return [key for key, end in rows if end is not None and str(end) < today]

    def of(self, campaigns: ObjectSchema, ids: Iterable[int]) -> Mapping[int, str]:
        """Returns the stored States of campaigns; {} if the table has no State."""
        try:
            names = [campaigns.column_of("Id").name, campaigns.column_of(_STATE).name]
        except LookupError:
            return {}
        return dict(self._destination.rows(campaigns, self._login, names, {names[0]: frozenset(ids)}))

    def ads_of_ended(self, ads: ObjectSchema, campaigns: ObjectSchema) -> set[int]:
        """Returns the ads that are ON in campaigns whose stored State is ENDED.

        An interrupted run may not have read them, or a complete read of the campaigns found the end.
        """
        if not has_state(campaigns):
            return set()
        names = [campaigns.column_of(name).name for name in ("Id", _STATE)]
        return self.ads_to_read(
            ads, dict(self._destination.rows(campaigns, self._login, names, {names[1]: frozenset({_ENDED})}))
        )

    def ads_to_read(self, ads: ObjectSchema, states: Mapping[int, str]) -> set[int]:
        """Returns the ads whose stored State does not fit the State of their campaign.

        Args:
            ads: The table of ads.
            states: The States of campaigns that may have changed.
        """
        if not has_state(ads):
            return set()
        by_state: dict[frozenset[str], set[int]] = {}
        for campaign, state in states.items():
            outdated = _IN_ARCHIVE if state == _ARCHIVED else _ADS_TO_READ.get(state, _IN_STOPPED)
            by_state.setdefault(outdated, set()).add(campaign)
        key, parent, own = (ads.column_of(name).name for name in ("Id", "CampaignId", _STATE))
        return {
            ad_id
            for outdated, campaigns in by_state.items()
            for (ad_id,) in self._destination.rows(
                ads, self._login, [key], {parent: frozenset(campaigns), own: outdated}
            )
        }

    def inside(self, schema: ObjectSchema, member: str, campaigns: Iterable[int]) -> set[int]:
        """Returns the values of a member in the stored rows of campaigns; none if the table has no State."""
        where = {schema.column_of("CampaignId").name: frozenset(campaigns)}
        if not where[schema.column_of("CampaignId").name] or not has_state(schema):
            return set()
        rows = self._destination.rows(schema, self._login, [schema.column_of(member).name], where)
        return {key for (key,) in rows if key is not None}


def has_state(schema: ObjectSchema) -> bool:
    """Whether a table has the column State."""
    return any(column.path == (_STATE,) for column in schema.members)
