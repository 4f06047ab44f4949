"""User code that mypy and pyright take as it stands, and that runs: each function with the demo advertiser's Direct."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from yadirect_soap import Direct, ItemResults, OperationResult, Page, from_micros
from yadirect_soap.types import Amount
from yadirect_soap.types.ads import AdGetItem, AdUpdateItem, TextAdUpdate
from yadirect_soap.types.campaigns import CampaignFieldEnum, CampaignGetItem, CampaignUpdateItem, DailyBudget
from yadirect_soap.types.general import LimitOffset
from yadirect_soap.types.keywords import GetRequest
from yadirect_soap.types.reports import CustomReport, FieldEnum, ReportFilter, ReportRow


def reads_items(direct: Direct) -> None:
    """A get gives items whose members are known."""
    campaigns: Page[CampaignGetItem] = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name"])
    names: dict[int, str] = {campaign["Id"]: campaign["Name"] for campaign in campaigns}
    spent: int = campaigns.units.spent if campaigns.units else 0
    following: int | None = campaigns.limited_by
    assert names, (spent, following)


def walks_pages(direct: Direct) -> None:
    """Items and pages are of the same type, whether asked of the service or of its get."""
    fields: list[CampaignFieldEnum] = ["Id"]
    page: LimitOffset = {"Limit": 2}
    first = next(direct.campaigns.items(FieldNames=fields))["Id"]
    ads: Iterator[AdGetItem] = direct.ads.items(SelectionCriteria={"CampaignIds": [first]}, FieldNames=["Id"])
    pages: Iterator[Page[CampaignGetItem]] = direct.campaigns.get.pages(FieldNames=("Id", "State"), Page=page)
    assert [ad["Id"] for ad in ads]
    assert {campaign["State"] for page in pages for campaign in page} >= {"ON"}


def writes_outcomes(direct: Direct) -> None:
    """A write gives outcomes, whatever it writes; None clears where the contract allows it."""
    first = direct.campaigns.get(FieldNames=["Id"])[0]["Id"]
    changes: list[CampaignUpdateItem] = [{"Id": first, "Name": "Весна"}, {"Id": 1}]
    outcomes: ItemResults = direct.campaigns.update(Campaigns=changes)
    codes: list[int] = [error.code for errors in outcomes.errors.values() for error in errors]
    direct.campaigns.update(Campaigns=({"Id": first, "DailyBudget": None},)).raise_for_errors()
    direct.campaigns.suspend(SelectionCriteria={"Ids": [first]})
    assert codes


def sends_back_what_it_read(direct: Direct) -> None:
    """An object that is both answered and sent has one type."""
    campaigns = direct.campaigns.get(FieldNames=["Id", "DailyBudget", "TimeTargeting"])
    for campaign in campaigns:
        if (budget := campaign["DailyBudget"]) is not None:
            direct.campaigns.update(Campaigns=[{"Id": campaign["Id"], "DailyBudget": budget}])
            break


def reads_a_report(direct: Direct) -> None:
    """The values of a row are typed by their fields; a column of a goal may have any value."""
    fields: list[FieldEnum] = ["Date", "CampaignName", "Clicks", "Cost", "Ctr"]
    clicks = 0
    rates: list[Decimal] = []
    conditions: list[ReportFilter] = [{"Field": "Clicks", "Operator": "GREATER_THAN", "Values": [0]}]
    report = direct.reports.get(
        ReportType="CAMPAIGN_PERFORMANCE_REPORT",
        FieldNames=fields,
        SelectionCriteria={"DateFrom": date(2026, 5, 1), "DateTo": "2026-05-14", "Filter": conditions},
        OrderBy=[{"Field": "Date", "SortOrder": "DESCENDING"}],
    )
    for row in report:
        day: date = row["Date"]
        name: str | None = row["CampaignName"]
        cost: Amount = row["Cost"]
        clicks += row["Clicks"]
        if (rate := row["Ctr"]) is not None:
            rates.append(rate)
        assert name, (day, cost)
    assert clicks, rates


def reads_goals(direct: Direct) -> None:
    """Goals become columns, whose names no type knows."""
    definition: CustomReport = {"ReportType": "CUSTOM_REPORT", "FieldNames": ["Conversions"], "Goals": [1, 2]}
    rows: list[ReportRow] = list(direct.reports.get(definition, DateRangeType="LAST_7_DAYS", mode="online"))
    assert [row["Conversions_1_LC"] for row in rows]


def counts_money(direct: Direct) -> None:
    """An amount is an int or a Decimal, by the mode; isinstance tells which."""
    budgets = [campaign["DailyBudget"] for campaign in direct.campaigns.get(FieldNames=["DailyBudget"])]
    amounts: list[Amount] = [budget["Amount"] for budget in budgets if budget is not None]
    decimals = [from_micros(amount) if isinstance(amount, int) else amount for amount in amounts]
    total: Decimal = sum(decimals, start=Decimal(0))
    weekly: DailyBudget = {"Amount": 7 * amounts[0], "Mode": "STANDARD"}
    assert weekly["Amount"] == 7 * amounts[0], total


def reads_flat_results(direct: Direct) -> None:
    """A result that is no list is a dict whose names are known, with units and the rest."""
    currencies = direct.dictionaries.get(DictionaryNames=["Currencies"])
    rouble = next(currency for currency in currencies["Currencies"] if currency["Currency"] == "RUB")
    changed = direct.changes.checkDictionaries()
    moment: str = changed["Timestamp"]
    same: OperationResult = changed.raise_for_errors()
    assert (rouble["Currency"], same["Timestamp"]) == ("RUB", moment)
    assert same.units


def keeps_params(direct: Direct) -> None:
    """Params and their parts have types of their own."""
    title: TextAdUpdate = {"Title": "Полки", "Title2": None}
    update: AdUpdateItem = {"Id": 1, "TextAd": title}
    query: GetRequest = {"SelectionCriteria": {"CampaignIds": [1]}, "FieldNames": ["Id", "Keyword"]}
    direct.ads.update(Ads=[update])
    direct.keywords.get(**query)


def requests_what_no_wsdl_has(direct: Direct) -> None:
    """Fields that are live and in no WSDL are known as the others are."""
    (first, *_) = direct.campaigns.get(FieldNames=["Id", "CreateTime"])
    created: str = first["CreateTime"]
    ads = direct.ads.items(
        SelectionCriteria={"CampaignIds": [first["Id"]]},
        FieldNames=["Id", "Type"],
        TextAdFieldNames=["ButtonExtension", "TrackingPhoneId"],
    )
    is_responsive = [ad["Type"] == "RESPONSIVE_AD" for ad in ads]
    assert created, is_responsive


def goes_untyped(direct: Direct) -> None:
    """What is known at run time only goes as plain dicts."""
    params: dict[str, Any] = {"FieldNames": ["Id"]}
    direct.campaigns.get(**params)
    for campaign in direct.items("campaigns", "get", params):
        assert campaign["Id"]
    for name in ("campaigns", "adgroups"):
        assert getattr(direct, name).get(FieldNames=["Id"], SelectionCriteria={"Ids": [1]}) == []
