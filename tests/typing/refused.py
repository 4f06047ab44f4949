"""User code with a mistake in each marked line, and the errors that mypy and pyright report there."""

from collections.abc import Callable
from decimal import Decimal

from yadirect_soap import Direct
from yadirect_soap.types.ads import AdGetItem
from yadirect_soap.types.campaigns import CampaignFieldEnum
from yadirect_soap.types.reports import CustomReport, ReportFilter


def misspells_names(direct: Direct) -> None:
    """Services, operations, params and members."""
    direct.add.get(FieldNames=["Id"])  # mypy: attr-defined  pyright: reportAttributeAccessIssue
    direct.ads.gett(FieldNames=["Id"])  # mypy: attr-defined  pyright: reportAttributeAccessIssue
    direct.client_login = "other"  # mypy: attr-defined  pyright: reportAttributeAccessIssue
    direct.campaigns.get(FieldNames=["Id"], SelectionCriterion={})  # mypy: call-arg  pyright: reportCallIssue
    direct.ads.update(Ads=[{"Id": 1, "TextAd": {"Titel": "x"}}])  # mypy: typeddict-unknown-key  pyright: reportArgumentType
    direct.ads.get.items(SelectionCriteria={"Idss": [1]}, FieldNames=["Id"])  # mypy: typeddict-unknown-key  pyright: reportArgumentType
    direct.ads.pages(SelectionCriteria={"Idss": [1]}, FieldNames=["Id"])  # mypy: typeddict-unknown-key  pyright: reportArgumentType


def leaves_required_ones_out(direct: Direct) -> None:
    """Params and members."""
    direct.campaigns.get()  # mypy: call-arg  pyright: reportCallIssue
    direct.ads.get(FieldNames=["Id"])  # mypy: call-arg  pyright: reportCallIssue
    direct.campaigns.update(Campaigns=[{"Name": "x"}])  # mypy: typeddict-item  pyright: reportArgumentType


def gives_wrong_values(direct: Direct) -> None:
    """Of enumerations, of other types, nil where it is not allowed, a text for a list."""
    direct.campaigns.get(FieldNames=["Idd"])  # mypy: list-item  pyright: reportArgumentType
    direct.campaigns.get(FieldNames="Id")  # mypy: arg-type  pyright: reportArgumentType
    direct.ads.update(Ads=[{"Id": "1"}])  # mypy: typeddict-item  pyright: reportArgumentType
    direct.ads.update(Ads=[{"Id": 1, "TextAd": {"Title": None}}])  # mypy: typeddict-item  pyright: reportArgumentType
    direct.ads.update(Ads={"Id": 1})  # mypy: arg-type  pyright: reportArgumentType
    direct.campaigns.update(Campaigns=[{"Id": 1, "NegativeKeywords": {"Items": "x"}}])  # mypy: typeddict-item  pyright: reportArgumentType
    direct.bids.set(Bids=[{"KeywordId": 1, "Bid": 0.3}])  # mypy: typeddict-item  pyright: reportArgumentType
    fields = ["Id"]
    direct.campaigns.get(FieldNames=fields)  # mypy: arg-type  pyright: reportArgumentType


def misdefines_reports(direct: Direct) -> None:
    """Fields, types of reports, ranges of days, models, filters and orders that do not exist."""
    reports = direct.reports
    reports.get(ReportType="CUSTOM_REPORT", FieldNames=["Clickz"])  # mypy: list-item  pyright: reportArgumentType
    reports.get(ReportType="CUSTOM", FieldNames=["Clicks"])  # mypy: arg-type  pyright: reportArgumentType
    reports.get(FieldNames="Clicks")  # mypy: arg-type  pyright: reportArgumentType
    reports.get(FieldNames=["Keyword"])  # mypy: list-item  pyright: reportArgumentType
    reports.get(DateRangeType="LAST_YEAR")  # mypy: arg-type  pyright: reportArgumentType
    reports.get(AttributionModels=["LCC"])  # mypy: list-item  pyright: reportArgumentType
    reports.get(OrderBy=[{"Field": "Criteria"}])  # mypy: typeddict-item  pyright: reportArgumentType
    reports.get(SelectionCriterion={})  # mypy: call-arg  pyright: reportCallIssue
    reports.get({}, FieldNames=["Clickz"])  # mypy: list-item  pyright: reportArgumentType
    reports.get(mode="fast")  # mypy: arg-type  pyright: reportArgumentType
    of_field: ReportFilter = {"Field": "Date", "Operator": "IN", "Values": [1]}  # mypy: typeddict-item  pyright: reportAssignmentType
    by_operator: ReportFilter = {"Field": "Clicks", "Operator": "LIKE", "Values": [1]}  # mypy: typeddict-item  pyright: reportAssignmentType
    with_text: ReportFilter = {"Field": "Clicks", "Operator": "IN", "Values": "1"}  # mypy: typeddict-item  pyright: reportAssignmentType
    of_type: CustomReport = {"ReportType": "CUSTOM_REPORT", "FieldNames": ["Query"]}  # mypy: list-item  pyright: reportAssignmentType
    for row in reports.get(ReportType="CUSTOM_REPORT", FieldNames=["Clicks"]):
        clicks: str = row["Clicks"]  # mypy: assignment  pyright: reportAssignmentType
        row["Ctr"] + 1  # mypy: operator  pyright: reportOptionalOperand


def misreads_results(direct: Direct) -> None:
    """Names and types of items, of results that are no list, and of outcomes."""
    ad = direct.ads.get(SelectionCriteria={"Ids": [1]}, FieldNames=["Id"])[0]
    ad["Idd"]  # mypy: typeddict-item  pyright: reportGeneralTypeIssues
    ad["TextAd"]["Titel"]  # mypy: typeddict-item  pyright: reportGeneralTypeIssues
    number: str = ad["Id"]  # mypy: assignment  pyright: reportAssignmentType
    for item in direct.campaigns.items(FieldNames=["Id"]):
        item["Idd"]  # mypy: typeddict-item  pyright: reportGeneralTypeIssues
    for page in direct.campaigns.get.pages(FieldNames=["Id"]):
        page[0]["Idd"]  # mypy: typeddict-item  pyright: reportGeneralTypeIssues
    changed = direct.changes.checkDictionaries()
    changed["Timestemp"]  # mypy: call-overload  pyright: reportCallIssue reportArgumentType
    changed.get("Timestemp")  # mypy: arg-type  pyright: reportArgumentType
    moment: int = changed["Timestamp"]  # mypy: assignment  pyright: reportAssignmentType
    direct.ads.delete(SelectionCriteria={"Ids": [1]})[0].idd  # mypy: attr-defined  pyright: reportAttributeAccessIssue
    direct.dictionaries.items(DictionaryNames=["Currencies"])  # mypy: attr-defined  pyright: reportAttributeAccessIssue


def takes_what_may_be_nil(direct: Direct) -> None:
    """What the API may answer as nil is asked about first."""
    campaign = direct.campaigns.get(FieldNames=["DailyBudget"])[0]
    campaign["DailyBudget"]["Amount"]  # mypy: index  pyright: reportOptionalSubscript


def takes_an_amount_for_micros(direct: Direct, takes_decimal: Callable[[int], Decimal]) -> None:
    """Which of the two an amount is, the code says."""
    bid = direct.keywords.get(SelectionCriteria={"Ids": [1]}, FieldNames=["Bid"])[0]["Bid"]
    takes_decimal(bid)  # mypy: arg-type  pyright: reportArgumentType


def keeps_wrong_values() -> None:
    """Variables of the generated types."""
    field: CampaignFieldEnum = "Naem"  # mypy: assignment  pyright: reportAssignmentType
    ad: AdGetItem = {"Idd": 1}  # mypy: typeddict-item typeddict-unknown-key  pyright: reportAssignmentType
