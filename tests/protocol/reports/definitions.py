"""Report definitions for tests: a plain one, one with every part, and ways to change them."""

from typing import Any

PLAIN: dict[str, Any] = {
    "SelectionCriteria": {},
    "FieldNames": ["Date", "CampaignId", "Clicks", "Cost"],
    "ReportName": "plain",
    "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
    "DateRangeType": "YESTERDAY",
    "Format": "TSV",
    "IncludeVAT": "YES",
}
WHOLE: dict[str, Any] = {
    "SelectionCriteria": {
        "DateFrom": "2026-05-01",
        "DateTo": "2026-05-28",
        "Filter": [
            {"Field": "CampaignId", "Operator": "IN", "Values": ["700012672", "700012673"]},
            {"Field": "Cost", "Operator": "GREATER_THAN", "Values": ["1000000"]},
        ],
    },
    "Goals": ["12345", "67890"],
    "AttributionModels": ["LC", "LSCCD"],
    "FieldNames": ["Date", "CampaignName", "Conversions", "Cost", "Ctr"],
    "Page": {"Limit": 100, "Offset": 200},
    "OrderBy": [{"Field": "Date"}, {"Field": "Cost", "SortOrder": "DESCENDING"}],
    "ReportName": 'всё <сразу> & "как есть"',
    "ReportType": "CUSTOM_REPORT",
    "DateRangeType": "CUSTOM_DATE",
    "Format": "TSV",
    "IncludeVAT": "NO",
    "IncludeDiscount": "NO",
}
OWN_DATES: dict[str, Any] = {
    "DateRangeType": "CUSTOM_DATE",
    "SelectionCriteria": {"DateFrom": "2026-05-01", "DateTo": "2026-05-28"},
}


def minimal(**changes: Any) -> dict[str, Any]:
    """PLAIN with members changed; one that is None is left out."""
    changed = {**PLAIN, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def filtered(field: str, operator: str, *values: Any, **changes: Any) -> dict[str, Any]:
    """PLAIN with one filter."""
    chosen = {"Field": field, "Operator": operator, "Values": list(values)}
    return minimal(SelectionCriteria={"Filter": [chosen]}, **changes)
