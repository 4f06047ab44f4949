"""ReportTable: a table of statistics, that is a report definition and the first day."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.reports import columns as report_columns
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.protocol.reports.facts import FieldKind, Role

from .columns import LOGIN, SYNCED_AT, Column, Kind, Money
from .names import snake_case
from .schema import TableSchema

DATE_COLUMN = "date"
CAMPAIGN_COLUMN = "campaign_id"

_CAMPAIGN = "CampaignId"
_KINDS: Mapping[FieldKind, Kind] = MappingProxyType(
    {
        FieldKind.INT: Kind.INT,
        FieldKind.MONEY: Kind.INT,
        FieldKind.DECIMAL: Kind.DECIMAL,
        FieldKind.PERCENT: Kind.DECIMAL,
        FieldKind.DATE: Kind.DATE,
    }
)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of statistics: the report definition and the first day.

    Attributes:
        name: the name of the table.
        since: the first day to read.
        lookback: the number of days before today that every run reads again.
        definition: the report's members by the API's names, without ReportName and days; Filter is a member beside
            FieldNames.
    """

    name: str
    since: date
    lookback: int
    definition: Mapping[str, Any]

    @property
    def has_campaigns(self) -> bool:
        """Whether rows have their campaign, so that the rows of one campaign can be replaced."""
        filtered = {condition["Field"] for condition in self._filters}
        return _CAMPAIGN in self.definition["FieldNames"] and _CAMPAIGN not in filtered

    def first_day(self, today: date) -> date:
        """Returns the first day that can be read: `since`, or the first day for which the API still has statistics.

        Args:
            today: The day of the run, in Moscow.

        Returns:
            The later of the two days.  The API has search queries of 180 days, and other statistics of three years
            before the first day of this month.
        """
        limits = facts.bundled().limits
        oldest = date(today.year - limits.years, today.month, 1)
        if "Query" in facts.bundled().report_types[self._report_type].groups:
            oldest = max(oldest, today - timedelta(days=limits.query_days))
        return max(self.since, oldest)

    def digest(self, *content: Any) -> str:
        """Returns a digest of the definition and of what else the rows depend on.

        Args:
            content: What the rows depend on, as json.dumps() takes it.

        Returns:
            16 hexadecimal digits, the same in each version of this package.
        """
        text = json.dumps([dict(self.definition), *content], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def report(self, name: str, days: DateRange, campaigns: tuple[int, ...] = ()) -> dict[str, Any]:
        """Returns the definition of a report for some days.

        Args:
            name: Its ReportName.
            days: The days.
            campaigns: Ids of the only campaigns to read; empty for all.

        Returns:
            The params of a report, as reports.get() takes them.
        """
        filters = list(self._filters)
        if campaigns:
            filters.append({"Field": _CAMPAIGN, "Operator": "IN", "Values": [str(campaign) for campaign in campaigns]})
        criteria = {**days.criteria, **({"Filter": filters} if filters else {})}
        members = {name: value for name, value in self.definition.items() if name != "Filter"}
        return {**members, "ReportName": name, "DateRangeType": "CUSTOM_DATE", "SelectionCriteria": criteria}

    def schema(self, money: Money = "micros") -> TableSchema:
        """Returns the columns: login, those of the report, and the time of the run; all but metrics are the key.

        Args:
            money: `micros` for amounts as integers in micros, `decimal` for decimals in the currency.

        Returns:
            The columns, in the order of the rows.

        Raises:
            ConfigurationError: two columns have the same name.
        """
        columns = [_column(column, self._report_type, money) for column in self.report_columns]
        return TableSchema(self.name, [LOGIN, *columns, SYNCED_AT])

    @property
    def report_columns(self) -> tuple[report_columns.Column, ...]:
        """The columns of the report, in their order."""
        return report_columns.of_definition(self.definition)

    @property
    def _filters(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.definition.get("Filter", ()))

    @property
    def _report_type(self) -> str:
        return str(self.definition["ReportType"])


def _column(column: report_columns.Column, report_type: str, money: Money) -> Column:
    kind = _KINDS.get(column.kind, Kind.TEXT)
    if column.kind is FieldKind.MONEY and money == "decimal":
        kind = Kind.DECIMAL
    is_metric = facts.bundled().fields[column.field].roles.get(report_type) is Role.METRIC
    return Column(snake_case(column.name), (column.name,), kind, key=not is_metric)
