"""CampaignStates: the changes that follow from the State of a campaign and that Changes does not report.

A campaign ends by the day, and an ad of a campaign that stops is OFF: neither is a change of the object, so Changes
tells of neither.
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
"""States that an ad may have no longer, by the State of its campaign."""
_IN_ARCHIVE = frozenset({_ON, "OFF", "SUSPENDED", "OFF_BY_MONITORING"})
_IN_STOPPED = frozenset({_ON, _ARCHIVED})


class CampaignStates:
    """Looks up states and objects of campaigns in a destination.

    Args:
        destination: Has the rows of the last run.
        login: Whose rows they are.
    """

    def __init__(self, destination: Destination, login: str) -> None:
        self._destination = destination
        self._login = login

    def ended(self, campaigns: ObjectSchema, now: str) -> list[int]:
        """Campaigns that are ON by their rows and whose last day, as Moscow has it, is over."""
        try:
            names = [campaigns.column_of(name).name for name in ("Id", "EndDate")]
            running = {campaigns.column_of(_STATE).name: frozenset({_ON})}
        except LookupError:
            return []
        today = day_text(datetime.fromisoformat(now))
        rows = self._destination.rows(campaigns, self._login, names, running)
        return [key for key, end in rows if end is not None and str(end) < today]

    def of(self, campaigns: ObjectSchema, ids: Iterable[int]) -> Mapping[int, str]:
        """The states of some campaigns by their rows; {} where the table has no states."""
        try:
            names = [campaigns.column_of("Id").name, campaigns.column_of(_STATE).name]
        except LookupError:
            return {}
        return dict(self._destination.rows(campaigns, self._login, names, {names[0]: frozenset(ids)}))

    def of_ended(self, campaigns: ObjectSchema) -> Mapping[int, str]:
        """The campaigns that had ended by their rows: a run that broke off may have left their ads as they were."""
        try:
            names = [campaigns.column_of("Id").name, campaigns.column_of(_STATE).name]
        except LookupError:
            return {}
        return dict(self._destination.rows(campaigns, self._login, names, {names[1]: frozenset({_ENDED})}))

    def ads_to_read(self, ads: ObjectSchema, states: Mapping[int, str]) -> set[int]:
        """The ads whose State does not go with that of their campaign.

        Args:
            ads: The table of ads.
            states: The States of the campaigns that may have changed.
        """
        if not has_state(ads):
            return set()
        by_state: dict[frozenset[str], set[int]] = {}
        for campaign, state in states.items():
            doubtful = _IN_ARCHIVE if state == _ARCHIVED else _ADS_TO_READ.get(state, _IN_STOPPED)
            by_state.setdefault(doubtful, set()).add(campaign)
        key, parent, own = (ads.column_of(name).name for name in ("Id", "CampaignId", _STATE))
        return {
            ad_id
            for doubtful, campaigns in by_state.items()
            for (ad_id,) in self._destination.rows(
                ads, self._login, [key], {parent: frozenset(campaigns), own: doubtful}
            )
        }

    def inside(self, schema: ObjectSchema, member: str, campaigns: Iterable[int]) -> set[int]:
        """The values of a member of a table's rows in some campaigns; none where the rows have no State."""
        where = {schema.column_of("CampaignId").name: frozenset(campaigns)}
        if not where[schema.column_of("CampaignId").name] or not has_state(schema):
            return set()
        rows = self._destination.rows(schema, self._login, [schema.column_of(member).name], where)
        return {key for (key,) in rows if key is not None}


def has_state(schema: ObjectSchema) -> bool:
    """Whether the State of an object is a column."""
    return any(column.path == (_STATE,) for column in schema.members)
