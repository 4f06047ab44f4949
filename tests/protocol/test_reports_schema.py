"""reports.xsd accepts the report definitions that the documentation shows, and nothing out of order."""

from pathlib import Path

import pytest
from lxml import etree

SCHEMA = etree.XMLSchema(file=Path(__file__).parents[2] / "wsdl" / "reports.xsd")

DATES = "<DateFrom>2026-05-01</DateFrom><DateTo>2026-05-28</DateTo>"
VALUES = "<Values>700012672</Values>"
FILTER = f"<Filter><Field>CampaignId</Field><Operator>IN</Operator>{VALUES}</Filter>"
CRITERIA = f"<SelectionCriteria>{DATES}{FILTER}</SelectionCriteria>"
DEFINITION = f"""
<ReportDefinition xmlns="http://api.direct.yandex.com/v5/reports">
  {CRITERIA}
  <FieldNames>CampaignId</FieldNames><FieldNames>Clicks</FieldNames><FieldNames>Cost</FieldNames>
  <ReportName>demo</ReportName><ReportType>CAMPAIGN_PERFORMANCE_REPORT</ReportType>
  <DateRangeType>CUSTOM_DATE</DateRangeType><Format>TSV</Format><IncludeVAT>YES</IncludeVAT>
</ReportDefinition>
"""
NAME = "<ReportName>demo</ReportName>"
FORMAT = "<Format>TSV</Format>"
COST = "<FieldNames>Cost</FieldNames>"
GOALS = "<Goals>1</Goals>"

ERROR = """
<reports:reportDownloadError xmlns:reports="http://api.direct.yandex.com/v5/reports">
  <reports:ApiError>
    <reports:requestId>1</reports:requestId>
    <reports:errorCode>53</reports:errorCode>
    <reports:errorMessage>Authorization error</reports:errorMessage>
    <reports:errorDetail>Token not entered</reports:errorDetail>
  </reports:ApiError>
</reports:reportDownloadError>
"""


def _is_valid(document: str) -> bool:
    return SCHEMA.validate(etree.fromstring(document))


def test_the_documented_definition_is_valid():
    """A definition with dates, a filter and three fields is accepted."""
    assert _is_valid(DEFINITION)


def test_an_error_is_valid():
    """The error that answers a request in XML is accepted."""
    assert _is_valid(ERROR)


ACCEPTED = {
    "empty criteria": (CRITERIA, "<SelectionCriteria/>"),
    "every optional part": (
        COST,
        f"{COST}<Page><Limit>10</Limit><Offset>20</Offset></Page>"
        "<OrderBy><Field>Cost</Field><SortOrder>DESCENDING</SortOrder></OrderBy>"
        "<OrderBy><Field>Date</Field></OrderBy>",
    ),
    "goals": ("<FieldNames>C", f"{GOALS * 10}<AttributionModels>LC</AttributionModels><FieldNames>C"),
    "10 000 values": (VALUES, VALUES * 10_000),
    "a name of 255": (NAME, f"<ReportName>{'я' * 255}</ReportName>"),
}


@pytest.mark.parametrize(("old", "new"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_definition_within_the_limits_is_valid(old, new):
    """What is optional may be there, up to the documented counts."""
    assert old in DEFINITION
    assert _is_valid(DEFINITION.replace(old, new, 1))


REFUSED = {
    "wrong order": (NAME, FORMAT + NAME),
    "goals too late": (COST, COST + GOALS),
    "dates after the filter": (DATES + FILTER, FILTER + DATES),
    "no name": (NAME, ""),
    "a name of 256": (NAME, f"<ReportName>{'я' * 256}</ReportName>"),
    "no criteria": (CRITERIA, ""),
    "no values": (VALUES, ""),
    "10 001 values": (VALUES, VALUES * 10_001),
    "11 goals": ("<FieldNames>C", f"{GOALS * 11}<FieldNames>C"),
    "an unknown field": (COST, "<FieldNames>Price</FieldNames>"),
    "an unknown operator": (">IN<", ">LIKE<"),
    "an unknown report": ("CAMPAIGN_PERFORMANCE_REPORT", "WEATHER_REPORT"),
    "an unknown range": ("CUSTOM_DATE", "LAST_4_DAYS"),
    "another format": ("TSV", "CSV"),
    "a date with a zone": ("2026-05-01", "2026-05-01Z"),
    "no such day": ("2026-05-01", "2026-02-30"),
    "unqualified children": (NAME, '<ReportName xmlns="">demo</ReportName>'),
}


@pytest.mark.parametrize(("old", "new"), REFUSED.values(), ids=REFUSED)
def test_a_definition_outside_the_schema_is_not_valid(old, new):
    """Order, counts, enumerations, dates and the namespace of children are all held."""
    assert old in DEFINITION
    assert not _is_valid(DEFINITION.replace(old, new, 1))
