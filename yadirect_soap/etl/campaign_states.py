"""CampaignStates: what follows from the State of a campaign without a trace in Changes.

A campaign ends by the day, and an ad of a campaign that stops is OFF: neither is a change of the object, so Changes
tells of neither.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yadirect_soap.protocol.dates import day_text

from .destination import Destination
from .schema import ObjectSchema

_STATE = "State"


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
            running = {campaigns.column_of(_STATE).name: frozenset({"ON"})}
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
