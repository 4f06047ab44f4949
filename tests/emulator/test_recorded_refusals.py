"""Refusals and warnings as production answers were recorded with them: texts, details, units."""

from typing import Any

import pytest
import simplejson

from tests.emulator.emulator_client import EmulatorClient
from tests.emulator.test_error_details import refusal
from yadirect_soap.protocol.reports.formats import FORMATS

IDS = {"SelectionCriteria": {"Ids": [1]}, "FieldNames": ["Id"]}


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize(
    ("language", "message", "detail"),
    [
        (
            "en",
            "SelectionCriteria filtration parameters incorrectly set",
            "Exceed the maximum number of IDs per array SelectionCriteria.CampaignIds",
        ),
        (
            "ru",
            "Неверно заданы параметры фильтрации SelectionCriteria",
            "Превышено максимальное количество идентификаторов в массиве SelectionCriteria.CampaignIds",
        ),
    ],
    ids=["en", "ru"],
)
def test_too_many_ids(client: EmulatorClient, wire: str, language: str, message: str, detail: str) -> None:
    """Error 4001 names the array."""
    params = {"SelectionCriteria": {"CampaignIds": list(range(1, 12))}, "FieldNames": ["Id"]}
    error = refusal(client, wire, "ads.get", params, language)
    assert (error.code, error.message, error.detail) == (4001, message, detail)


@pytest.mark.parametrize("name", ["VCardIds", "SitelinkSetIds"])
def test_ads_are_selected_by_ten_ids_of_their_parts(client: EmulatorClient, name: str) -> None:
    """The limit that was measured live in 2026-06 is 10, where the documentation says 50."""
    ids = list(range(1, 11))
    params = {"SelectionCriteria": {"Ids": [1], name: ids}, "FieldNames": ["Id"]}
    assert client.result("ads", "get", params) == {}
    ids.append(11)
    assert refusal(client, "json", "ads.get", params, "en").detail.endswith(f"SelectionCriteria.{name}")


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize(
    ("token", "login", "payer"),
    [("anna-token", "nobody", "anna"), ("anna-token", "reader", "anna"), ("agency-token", "anna", "agency")],
    ids=["nobody's", "another's", "no client of the agency"],
)
def test_an_unknown_client_costs_the_caller_50(
    client: EmulatorClient, wire: str, token: str, login: str, payer: str
) -> None:
    """Error 8800 for Client-Login has its own details, and Units of the account that called."""
    client.token, client.fields = token, {"Client-Login": login}
    client.handle = _ResponseLog(client.handle)
    errors = [refusal(client, wire, "campaigns.get", IDS, language) for language in ("en", "ru")]
    assert [(error.code, error.message, error.detail) for error in errors] == [
        (8800, "Object not found", "The HTTP Client-Login header contains a nonexistent username"),
        (8800, "Объект не найден", "В HTTP-заголовке Client-Login указан несуществующий логин"),
    ]
    charges = [
        (response.headers["Units"], response.headers["Units-Used-Login"]) for response in client.handle.responses
    ]
    assert charges == [("50/159950/160000", payer), ("50/159900/160000", payer)]


def test_a_report_for_an_unknown_client_costs_nothing(client: EmulatorClient) -> None:
    """Reports have no Units."""
    client.fields = {"Client-Login": "nobody"}
    response = client.send_report(client.definition("CampaignId Clicks"))
    assert FORMATS["json"].decode_error(response.body).code == 8800
    assert "Units" not in response.headers


def test_an_agency_must_name_a_client(client: EmulatorClient) -> None:
    """The Russian detail is the recorded one."""
    client.token = "agency-token"
    error = refusal(client, "json", "campaigns.get", IDS, "ru")
    assert (error.code, error.detail) == (8000, "В HTTP-заголовке Client-Login необходимо указать логин рекламодателя")


AD, CAMPAIGN = "Объявление является черновиком и не может быть", "Кампания является черновиком и не может быть"


@pytest.mark.parametrize(
    ("service", "verb", "english", "russian"),
    [
        ("ads", "suspend", "Ad is a draft and cannot be stopped", f"{AD} остановлено"),
        ("ads", "resume", "Ad is a draft and cannot be launched", f"{AD} запущено"),
        ("ads", "archive", "Ad is a draft and cannot be archived", f"{AD} заархивировано"),
        ("campaigns", "suspend", f"{CAMPAIGN} остановлена", f"{CAMPAIGN} остановлена"),
        ("campaigns", "archive", f"{CAMPAIGN} заархивирована", f"{CAMPAIGN} заархивирована"),
    ],
)
def test_what_a_draft_cannot(client: EmulatorClient, service: str, verb: str, english: str, russian: str) -> None:
    """A draft is refused with details about the verb; those of campaigns are Russian in English answers too."""
    key = client.ad() if service == "ads" else client.campaign()
    params = {"SelectionCriteria": {"Ids": [key]}}
    code = 8303 if (service, verb) == ("campaigns", "archive") else 8300
    for language, details in (("en", english), ("ru", russian)):
        (results,) = client.call(f"{service}.{verb}", params, language=language).values()
        assert [(error["Code"], error["Details"]) for error in results[0]["Errors"]] == [(code, details)]
        assert "Warnings" not in results[0]


@pytest.mark.parametrize(
    ("service", "method", "params", "details"),
    [
        ("feeds", "update", {"Feeds": [{"Id": 173, "Name": "Renamed"}]}, ["Фид не найден"]),
        ("feeds", "delete", {"SelectionCriteria": {"Ids": [173]}}, ["Фид с id=173 не найден"]),
        ("retargetinglists", "update", {"RetargetingLists": [{"Id": 5290, "Name": "Renamed"}]}, [None]),
        ("retargetinglists", "delete", {"SelectionCriteria": {"Ids": [5290]}}, [None]),
        ("bidmodifiers", "delete", {"SelectionCriteria": {"Ids": [10000001]}}, ["Adjustment not found"]),
        (
            "bidmodifiers",
            "add",
            {
                "BidModifiers": [
                    {
                        "CampaignId": "campaign",
                        "RetargetingAdjustments": [{"RetargetingConditionId": 1002, "BidModifier": 50}],
                    }
                ]
            },
            ["Retargeting list not found"],
        ),
        (
            "audiencetargets",
            "add",
            {"AudienceTargets": [{"AdGroupId": 2000006, "RetargetingListId": 1002}]},
            ["Retargeting list not found", "Ad group 2000006 not found"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_exist(
    client: EmulatorClient, service: str, method: str, params: dict[str, Any], details: list[str | None]
) -> None:
    """Error 8800 has the recorded details of its service, or none; a target tells of its list and of its group."""
    text = simplejson.dumps(params).replace('"campaign"', str(client.campaign()))
    (result,) = client.write(service, method, simplejson.loads(text))
    assert [error["Code"] for error in result["Errors"]] == [8800] * len(details)
    assert [error.get("Details") for error in result["Errors"]] == details


@pytest.mark.parametrize("kind", ["DynamicTextCampaign", "SmartCampaign"])
def test_withdrawn_campaigns(client: EmulatorClient, kind: str) -> None:
    """A campaign of a withdrawn type is refused in Russian, in English answers too, whatever the item leaves out."""
    network = {"BiddingStrategyType": "SERVING_OFF"}
    search = {"BiddingStrategyType": "HIGHEST_POSITION"}
    if kind == "SmartCampaign":
        search, network = network, {"BiddingStrategyType": "AVERAGE_CPC_PER_FILTER"}
    item = {
        "Name": "Old",
        "StartDate": "2030-01-15",
        kind: {"BiddingStrategy": {"Search": search, "Network": network}},
    }
    (result,) = client.write("campaigns", "add", {"Campaigns": [item]})
    error = {"Code": 3500, "Message": "Not supported", "Details": "Создание кампании заданного типа не поддерживается"}
    assert result["Errors"] == [error]


@pytest.mark.parametrize(("language", "message"), [("en", "Object is not stopped"), ("ru", "Объект не остановлен")])
def test_a_draft_is_not_resumed_with_an_error_and_a_warning(
    client: EmulatorClient, language: str, message: str
) -> None:
    """Campaigns.resume of a draft has both in one item, and no identifier."""
    params = {"SelectionCriteria": {"Ids": [client.campaign()]}}
    (result,) = client.call("campaigns.resume", params, language=language)["ResumeResults"]
    assert result.keys() == {"Warnings", "Errors"}
    assert [error["Code"] for error in result["Errors"]] == [8300]
    assert result["Warnings"] == [{"Code": 10021, "Message": message}]


def test_a_bid_that_is_not_applied(client: EmulatorClient) -> None:
    """The text and the details of warning 10160 are the recorded ones."""
    strategy = {
        "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
    keyword = client.keyword(group=client.group(client.campaign(TextCampaign={"BiddingStrategy": strategy})))
    bid = {"KeywordId": keyword, "SearchBid": 8_000_000, "NetworkBid": 3_000_000}
    (result,) = client.write("keywordbids", "set", {"KeywordBids": [bid]})
    details = "Network bids won't be changed since network impressions are disabled"
    assert result["Warnings"] == [{"Code": 10160, "Message": "Bid won't be applied", "Details": details}]


def test_a_smart_group_has_its_type(client: EmulatorClient) -> None:
    """Groups of smart banners have a Type, by which they are selected, and take smart ads and no others."""
    client.put("campaigns", {"Id": 5, "Type": "SMART_CAMPAIGN", "State": "OFF", "Status": "DRAFT"})
    client.put("feeds", {"Id": 7})
    item = {"Name": "Group", "CampaignId": 5, "RegionIds": [225], "SmartAdGroup": {"FeedId": 7}}
    (group,) = client.add("adgroups", "AdGroups", item)
    params = {"SelectionCriteria": {"CampaignIds": [5], "Types": ["SMART_AD_GROUP"]}, "FieldNames": ["Id", "Type"]}
    assert client.result("adgroups", "get", params) == {"AdGroups": [{"Id": group, "Type": "SMART_AD_GROUP"}]}
    smart = {"AdGroupId": group, "SmartAdBuilderAd": {}}
    text = {
        "AdGroupId": group,
        "TextAd": {"Title": "Title", "Text": "Text", "Mobile": "NO", "Href": "https://a.example/"},
    }
    assert client.add_errors("ads", smart, text) == [[], [6000]]


CLICKS = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}
BUDGET = {"Amount": 300_000_000, "Mode": "STANDARD"}


@pytest.mark.parametrize(
    ("network", "members", "language", "error"),
    [
        (
            "SERVING_OFF",
            {"DailyBudget": BUDGET},
            "en",
            (6000, "Daily budget can only be used in conjunction with manual strategies"),
        ),
        ("MAXIMUM_COVERAGE", {}, "ru", (4000, "Стратегии не совместимы")),
    ],
    ids=["a daily budget", "two strategies"],
)
def test_strategies_that_do_not_fit(
    client: EmulatorClient, network: str, members: dict[str, Any], language: str, error: tuple[int, str]
) -> None:
    """A daily budget beside an automatic strategy is error 6000; two strategies that do not go together are 4000."""
    strategy = {"Search": CLICKS, "Network": {"BiddingStrategyType": network}}
    item = {"Name": "x", "StartDate": "2026-06-01", "TextCampaign": {"BiddingStrategy": strategy}} | members
    (result,) = client.call("campaigns.add", {"Campaigns": [item]}, language=language)["AddResults"]
    assert [(row["Code"], row["Details"]) for row in result["Errors"]] == [error]


def test_autotargeting_keeps_a_category(client: EmulatorClient) -> None:
    """All categories off are error 5005, in the words that were recorded in Russian."""
    group = client.group()
    names = ("EXACT", "ALTERNATIVE", "COMPETITOR", "BROADER", "ACCESSORY")
    categories = [{"Category": name, "Value": "NO"} for name in names]
    item = {"Id": int(f"20{group}"), "AutotargetingCategories": categories}
    (result,) = client.call("keywords.update", {"Keywords": [item]}, language="ru")["UpdateResults"]
    error = {"Code": 5005, "Message": "Недопустимое значение поля"}
    assert result["Errors"] == [error | {"Details": "Запрещено выключать все категории в автотаргетинге"}]


def test_an_obsolete_update_of_a_text_ad(client: EmulatorClient) -> None:
    """The Russian texts of warning 10252, and of error 3500 for ResponsiveAd at v5, are the recorded ones."""
    key = client.ad()
    (changed,) = client.call("ads.update", {"Ads": [{"Id": key, "TextAd": {"Text": "New"}}]}, language="ru")[
        "UpdateResults"
    ]
    message = "Комбинаторный баннер изменён через устаревший API текстовых баннеров"
    assert changed["Warnings"] == [{"Code": 10252, "Message": message}]
    params = {"Ads": [{"Id": key, "ResponsiveAd": {"Titles": ["New"]}}]}
    (refused,) = client.call("ads.update", params, language="ru")["UpdateResults"]
    detail = "Объявление данного типа не поддерживается в v5, используйте v501"
    assert [(row["Code"], row["Details"]) for row in refused["Errors"]] == [(3500, detail)]


class _ResponseLog:
    """Passes requests on and lists the responses."""

    def __init__(self, handle: Any) -> None:
        self.responses: list[Any] = []
        self._handle = handle

    def __call__(self, request: Any) -> Any:
        self.responses.append(self._handle(request))
        return self.responses[-1]
