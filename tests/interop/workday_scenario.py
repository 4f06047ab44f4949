"""A day's work in an advertiser's account, step by step, from a new campaign to its end; no test lives here."""

from typing import Any

from tests.interop import emulator_copies
from tests.interop.extra_demo_objects import PNG
from yadirect_soap import Direct

NOWHERE = 1
"""An id that nothing has."""

TYPE = "the type of the campaign"
"""The step that the two versions tell differently: a new text campaign is in truth a unified one, which v501 shows."""


class Workday:
    """The work: `results` has the result of each step by its name, in order."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct
        self.results: dict[str, dict[str, Any]] = {}
        campaign = self._launch()
        group = self._fill(campaign)
        self._improve(campaign, group)
        self._bid(campaign, group)
        self._look_back(campaign)
        self._close(campaign, group)

    def _launch(self) -> Any:
        new = {"Name": "Скамейки", "StartDate": "2026-10-01", "TextCampaign": {}}
        budget = {"DailyBudget": {"Amount": 750_500_000, "Mode": "STANDARD"}, "EndDate": "2026-12-31"}
        past = {"Name": "Прошлогодняя", "StartDate": "2025-10-01", "TextCampaign": {}}
        campaign, _ = self._write("new campaigns", "campaigns", "add", Campaigns=[new | budget, past])
        negative = {"NegativeKeywords": {"Items": ["даром", "б/у"]}}
        update = [{"Id": campaign, **negative}, {"Id": NOWHERE, "Name": "Нет такой"}]
        self._write("negative keywords", "campaigns", "update", Campaigns=update)
        return campaign

    def _fill(self, campaign: Any) -> Any:
        group = {"Name": "Садовые", "CampaignId": campaign, "RegionIds": [225]}
        lost, nowhere = group | {"CampaignId": NOWHERE}, group | {"RegionIds": [-225]}
        added = self._write("new groups", "adgroups", "add", AdGroups=[group, lost, nowhere])
        text = {"Title": "Скамейки из кедра", "Text": "За <неделю> & навсегда", "Mobile": "NO"}
        ads = [
            {"AdGroupId": added[0], "TextAd": text | {"Href": "https://example.com/?a=1&b=2", "Title2": "Для сада"}},
            {"AdGroupId": added[0], "TextAd": text | {"Href": "no link"}},
            {"AdGroupId": NOWHERE, "TextAd": text | {"Href": "https://example.com/"}},
        ]
        self._write("new ads", "ads", "add", Ads=ads)
        phrases = ["скамейка для сада", "скамейка -пластик", "  ", "скамейка для сада"]
        keywords = [{"AdGroupId": added[0], "Keyword": phrase} for phrase in phrases]
        self._write("new keywords", "keywords", "add", Keywords=keywords)
        return added[0]

    def _improve(self, campaign: Any, group: Any) -> None:
        (ad,) = self._ids("ads of the group", "ads", SelectionCriteria={"AdGroupIds": [group]})
        texts = [{"Callout": {"CalloutText": text}} for text in ("Сборка", "Гарантия 10 лет")]
        first, second = self._write("new callouts", "adextensions", "add", AdExtensions=texts)
        self._write("new image", "adimages", "add", AdImages=[{"Name": "Скамейка", "ImageData": PNG + b"day"}])
        for step, changes in {
            "set callouts": [{"AdExtensionId": first, "Operation": "SET"}],
            "swap callouts": [
                {"AdExtensionId": second, "Operation": "ADD"},
                {"AdExtensionId": first, "Operation": "REMOVE"},
            ],
        }.items():
            setting = {"CalloutSetting": {"AdExtensions": changes}}
            self._write(step, "ads", "update", Ads=[{"Id": ad, "TextAd": setting}])
        self._write("clear a title", "ads", "update", Ads=[{"Id": ad, "TextAd": {"Title2": None}}])
        cleared = {"Id": campaign, "DailyBudget": None, "EndDate": None, "NegativeKeywords": None}
        self._write("clear the campaign", "campaigns", "update", Campaigns=[cleared])
        self._write("moderate", "ads", "moderate", SelectionCriteria={"Ids": [ad, NOWHERE]})

    def _bid(self, campaign: Any, group: Any) -> None:
        keywords = self._ids("keywords of the group", "keywords", SelectionCriteria={"AdGroupIds": [group]})
        bids = [{"KeywordId": keyword, "Bid": 12_000_000} for keyword in (*keywords, NOWHERE)]
        self._write("set bids", "bids", "set", Bids=bids)
        self._write("mixed bids", "bids", "set", Bids=[bids[0], {"CampaignId": campaign, "Bid": 1_000_000}])
        self._write("keyword bids", "keywordbids", "set", KeywordBids=[{"CampaignId": campaign, "SearchBid": 1}])
        criteria = {"CampaignIds": [campaign]}
        self._ask("bids", "bids", "get", SelectionCriteria=criteria, FieldNames=["KeywordId", "Bid", "AuctionBids"])
        self._write("suspend a keyword", "keywords", "suspend", SelectionCriteria={"Ids": [keywords[0], keywords[0]]})
        self._write("resume a keyword", "keywords", "resume", SelectionCriteria={"Ids": [keywords[0], keywords[1]]})

    def _look_back(self, campaign: Any) -> None:
        names = ["Id", "Name", "State", "Status", "DailyBudget", "EndDate", "NegativeKeywords", "TimeTargeting"]
        criteria = {"Ids": [campaign, NOWHERE]}
        self._ask("the campaign", "campaigns", "get", SelectionCriteria=criteria, FieldNames=names)
        inside = ["BiddingStrategy", "Settings", "CounterIds"]
        field_lists = {"TextCampaignFieldNames": inside, "UnifiedCampaignFieldNames": inside}
        self._ask(TYPE, "campaigns", "get", SelectionCriteria=criteria, FieldNames=["Type"], **field_lists)
        everything = self._ids("every campaign", "campaigns", SelectionCriteria={})[:10]
        criteria, page = {"CampaignIds": everything, "States": ["ON"]}, {"Limit": 2, "Offset": 1}
        self._ask("a page", "ads", "get", SelectionCriteria=criteria, FieldNames=["Id", "AdGroupId"], Page=page)
        self._ask("changes", "changes", "checkCampaigns", Timestamp="2026-09-01T00:00:00Z")
        self._ask("what changed", "changes", "check", CampaignIds=[campaign], FieldNames=["AdIds"], Timestamp="never")

    def _close(self, campaign: Any, group: Any) -> None:
        (ad,) = self._ids("ads at last", "ads", SelectionCriteria={"AdGroupIds": [group]})
        for step in ("delete the ad", "archive it too soon", "suspend it", "archive it", "resume it"):
            self._write(step, "ads", step.partition(" ")[0], SelectionCriteria={"Ids": [ad, NOWHERE]})
        for step in (
            "archive the campaign too soon",
            "suspend the campaign",
            "archive the campaign",
            "archive the campaign again",
            "resume the campaign",
            "unarchive the campaign",
            "delete the campaign",
        ):
            self._write(step, "campaigns", step.partition(" ")[0], SelectionCriteria={"Ids": [campaign]})
        new = {"Name": "Мимолётная", "StartDate": "2026-10-01", "TextCampaign": {}}
        (brief,) = self._write("a brief campaign", "campaigns", "add", Campaigns=[new])
        self._write("delete the brief one", "campaigns", "delete", SelectionCriteria={"Ids": [brief, NOWHERE]})
        self._ask("nothing is left", "campaigns", "get", SelectionCriteria={"Ids": [brief]}, FieldNames=["Id"])

    def _ask(self, step: str, service: str, operation: str, **params: Any) -> dict[str, Any]:
        assert step not in self.results
        self.results[step] = emulator_copies.call_result(self._direct, service, operation, params)
        return self.results[step]

    def _write(self, step: str, service: str, operation: str, **params: Any) -> list[Any]:
        return [outcome.id for outcome in self._ask(step, service, operation, **params).get("outcomes", ())]

    def _ids(self, step: str, service: str, **params: Any) -> list[Any]:
        self._ask(step, service, "get", FieldNames=["Id"], **params)
        return [item["Id"] for item in getattr(self._direct, service).get(FieldNames=["Id"], **params)]
