"""The details of error 8000: the words that the API was recorded with, which violation is named, and the languages."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Operation, Shape
from yadirect_soap.protocol.scalars import SCALARS
from yadirect_soap.protocol.wires import WIRES

OPERATIONS = {operation.key: operation for service in bundled().values() for operation in service.operations.values()}
CYRILLIC_BESIDE_NAMES = re.compile(r"[А-Яа-яЁё\s.,:0-9-]*")

AD = {"AdGroupId": 1, "TextAd": {"Title": "Title", "Text": "Text", "Mobile": "NO"}}
IMAGE_AD = {"Id": 1, "TextImageAd": {"AdImageHash": None}}
GROUP = {"Name": "Group", "CampaignId": 1, "RegionIds": [225]}
RULES = [{"Arguments": [{"ExternalId": 1}], "Operator": "ANY"}]


def without(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A copy of an item without a member."""
    return {key: value for key, value in item.items() if key != name}


# Case: operation, params, the detail in English, the detail in Russian.
DETAILS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "missing in an item": (
        "bidmodifiers.set",
        {"BidModifiers": [{"BidModifier": 120}]},
        "The required field Id is omitted in an item in the BidModifiers array",
        "В элементе массива BidModifiers отсутствует обязательное поле Id",
    ),
    "missing in another item": (
        "ads.add",
        {"Ads": [AD, without(AD, "AdGroupId")]},
        "The required field AdGroupId is omitted in an item in the Ads array",
        "В элементе массива Ads отсутствует обязательное поле AdGroupId",
    ),
    "missing in a structure of an item": (
        "ads.add",
        {"Ads": [AD | {"TextAd": {"Title": "Title", "Mobile": "NO"}}]},
        "The required field TextAd.Text is omitted in an item in the Ads array",
        "В TextAd отсутствует обязательное поле Text",
    ),
    "missing in an item of a nested array": (
        "retargetinglists.add",
        {"RetargetingLists": [{"Name": "List", "Rules": [without(RULES[0], "Operator")]}]},
        "The required field Operator is omitted in an item in the RetargetingLists.Rules array",
        "В элементе массива RetargetingLists.Rules отсутствует обязательное поле Operator",
    ),
    "missing in an array of an array of an array": (
        "retargetinglists.add",
        {
            "RetargetingLists": [
                {"Name": "List", "Rules": [{"Operator": "ANY", "Arguments": [{"MembershipLifeSpan": 9}]}]}
            ]
        },
        "The required field ExternalId is omitted in an item in the RetargetingLists.Rules.Arguments array",
        "В элементе массива RetargetingLists.Rules.Arguments отсутствует обязательное поле ExternalId",
    ),
    "missing params": (
        "campaigns.delete",
        {},
        "Omitted required parameter SelectionCriteria",
        "Отсутствует обязательный параметр SelectionCriteria",
    ),
    "missing criterion": (
        "bidmodifiers.get",
        {"SelectionCriteria": {"CampaignIds": [1]}, "FieldNames": ["Id"]},
        "Omitted required parameter Levels",
        "Отсутствует обязательный параметр Levels",
    ),
    "unknown in an item": (
        "adgroups.add",
        {"AdGroups": [GROUP | {"Type": "UNIFIED_AD_GROUP"}]},
        "An item in the AdGroups array contains the unknown parameter Type",
        "Элемент массива AdGroups содержит неизвестный параметр Type",
    ),
    "unknown in a structure of an item": (
        "adgroups.update",
        {"AdGroups": [{"Id": 1, "SmartAdGroup": {"FeedId": 7}}]},
        "An item in the AdGroups array contains the unknown parameter SmartAdGroup.FeedId",
        "Элемент массива AdGroups содержит неизвестный параметр SmartAdGroup.FeedId",
    ),
    "unknown in an item of a nested array": (
        "retargetinglists.add",
        {"RetargetingLists": [{"Name": "List", "Rules": [RULES[0] | {"Kind": "x"}]}]},
        "An item in the RetargetingLists.Rules array contains the unknown parameter Kind",
        "Элемент массива RetargetingLists.Rules содержит неизвестный параметр Kind",
    ),
    "unknown criterion": (
        "ads.get",
        {"SelectionCriteria": {"Ids": [1], "Names": ["x"]}, "FieldNames": ["Id"]},
        "SelectionCriteria contains the unknown parameter Names",
        "SelectionCriteria содержит неизвестный параметр Names",
    ),
    "unknown param": (
        "ads.get",
        {"SelectionCriteria": {"Ids": [1]}, "FieldNames": ["Id"], "Fields": ["Id"]},
        "Unknown parameter Fields",
        "Неизвестный параметр Fields",
    ),
    "wrong value in an array": (
        "keywords.get",
        {"SelectionCriteria": {"Ids": [1]}, "FieldNames": ["Id", "StatusClarification"]},
        "Element of array FieldNames contains an invalid enumeration value",
        "Элемент массива FieldNames содержит неверное значение перечисления",
    ),
    "wrong value": (
        "ads.add",
        {"Ads": [AD | {"TextAd": {"Title": "Title", "Text": "Text", "Mobile": "yes"}}]},
        "Ads.TextAd.Mobile contains an invalid enumeration value",
        "Ads.TextAd.Mobile содержит неверное значение перечисления",
    ),
    "null": (
        "ads.update",
        {"Ads": [IMAGE_AD]},
        "AdImageHash cannot have the null value",
        "AdImageHash не может иметь значение null",
    ),
    "no number": (
        "campaigns.get",
        {"SelectionCriteria": {"Ids": [1, "two"]}, "FieldNames": ["Id"]},
        "Element of array SelectionCriteria.Ids: "
        "an integer from -9223372036854775808 to 9223372036854775807 is expected",
        "Элемент массива SelectionCriteria.Ids: ожидается целое число от -9223372036854775808 до 9223372036854775807",
    ),
}
JSON_ONLY: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "no array": (
        "campaigns.get",
        {"SelectionCriteria": {"Ids": 1}, "FieldNames": ["Id"]},
        "SelectionCriteria.Ids: an array is expected",
        "SelectionCriteria.Ids: ожидается массив",
    ),
    "an empty array": (
        "campaigns.get",
        {"FieldNames": []},
        "FieldNames: the array cannot be empty",
        "FieldNames: массив не может быть пустым",
    ),
    "no structure": (
        "campaigns.get",
        {"SelectionCriteria": [], "FieldNames": ["Id"]},
        "SelectionCriteria: an object is expected",
        "SelectionCriteria: ожидается структура",
    ),
    "null in an array": (
        "campaigns.get",
        {"FieldNames": [None]},
        "Element of array FieldNames cannot have the null value",
        "Элемент массива FieldNames не может иметь значение null",
    ),
    "no text": (
        "campaigns.update",
        {"Campaigns": [{"Id": 1, "Name": 7}]},
        "Campaigns.Name: a string is expected",
        "Campaigns.Name: ожидается строка",
    ),
}


def refusal(client: EmulatorClient, wire: str, key: str, params: dict[str, Any], language: str) -> ApiError:
    """The error that refuses a call over a wire."""
    operation = OPERATIONS[key]
    sent = WIRES[wire]
    fields = {name.replace("-", "_"): value for name, value in sent.request_headers(operation).items()}
    body = sent.encode_request(operation, params)
    response = client.send(sent.path("v5", operation.service), body, **fields, Accept_Language=language)
    with pytest.raises(ApiError) as caught:
        sent.decode_result(operation, response.body, None)  # type: ignore[arg-type]  # an error counts nothing
    return caught.value


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize("case", DETAILS.values(), ids=DETAILS)
def test_details(client: EmulatorClient, case: tuple[str, dict[str, Any], str, str], wire: str) -> None:
    """Error 8000 has the API's words, the same over both wires."""
    key, params, english, russian = case
    errors = [refusal(client, wire, key, params, language) for language in ("en", "ru")]
    assert [(error.code, error.message, error.detail) for error in errors] == [
        (8000, "Invalid request", english),
        (8000, "Некорректный запрос", russian),
    ]


@pytest.mark.parametrize("case", JSON_ONLY.values(), ids=JSON_ONLY)
def test_details_of_what_only_json_can_say(client: EmulatorClient, case: tuple[str, dict[str, Any], str, str]) -> None:
    """JSON may have a value of another kind anywhere."""
    key, params, english, russian = case
    assert [refusal(client, "json", key, params, language).detail for language in ("en", "ru")] == [english, russian]


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_what_is_missing_is_named_first(client: EmulatorClient, wire: str) -> None:
    """A missing member comes before an unknown name and a wrong value, even if these come first and it lies deeper."""
    ad = {"Kind": "x", "AdGroupId": "one", "TextAd": {"Title": "Title", "Mobile": "yes", "Text2": "Text"}}
    assert refusal(client, wire, "ads.add", {"Ads": [ad]}, "ru").detail == "В TextAd отсутствует обязательное поле Text"


def test_phps_null_is_omitted(client: EmulatorClient) -> None:
    """PHP writes an empty element for null; a number of that kind is missing, as in a recorded fault."""
    card = "<VCards><CampaignId/><Country>Country</Country></VCards>"
    operation = OPERATIONS["vcards.add"]
    body = (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        f'<n:AddRequest xmlns:n="{operation.namespace}">{card}</n:AddRequest></S:Body></S:Envelope>'
    )
    response = client.send("/v5/vcards", body.encode(), Content_Type="text/xml", SOAPAction=operation.soap_action)
    with pytest.raises(ApiError) as caught:
        WIRES["soap"].decode_result(operation, response.body, None)  # type: ignore[arg-type]  # an error counts nothing
    assert caught.value.detail == "The required field CampaignId is omitted in an item in the VCards array"


def minimal(shape: Shape) -> dict[str, Any]:
    """Params with nothing but what is required."""
    values = {member.name: _value(member.shape) for member in shape.members if member.required}
    return {name: [value] if shape.by_name[name].many else value for name, value in values.items()}


def _value(shape: Shape) -> Any:
    if shape.kind is Kind.OBJECT:
        return minimal(shape)
    return shape.values[0] if shape.kind is Kind.ENUM else SCALARS[shape.kind].sample


def holes(value: Any, shape: Shape) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every copy of an object that lacks one member that the API requires, with the member's name."""
    for name, inner in value.items():
        member = shape.by_name[name]
        if (member.owner, name) not in api_changes.bundled().not_required:
            yield name, without(value, name)
        if member.shape.kind is Kind.OBJECT:
            item = inner[0] if member.many else inner
            for missing, changed in holes(item, member.shape):
                yield missing, value | {name: [changed] if member.many else changed}


def names_of(shape: Shape) -> set[str]:
    """The names of all members of a type."""
    names = set()
    for member in shape.members:
        names |= {member.name, *names_of(member.shape)}
    return names


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_missing_member_is_named_in_both_languages(client: EmulatorClient, operation: Operation) -> None:
    """Whatever required member is missing is named; a Russian detail has no English besides names of the API."""
    client.token = "agency-token" if operation.service == "agencyclients" else "anna-token"
    for name, params in holes(minimal(operation.request), operation.request):
        english, russian = (refusal(client, "json", operation.key, params, language) for language in ("en", "ru"))
        assert (english.code, russian.code) == (8000, 8000)
        assert re.search(rf"\b{name}\b", english.detail)
        words = re.findall(r"[A-Za-z]+[A-Za-z0-9]*", russian.detail)
        assert name in words
        assert set(words) <= names_of(operation.request)


def _feed() -> tuple[str, dict[str, Any]]:
    return "feeds.add", {
        "Feeds": [{"Name": "Feed", "SourceType": "URL", "UrlFeed": {"Url": "https://a.example/f.xml"}}]
    }


def _text_ad(client: EmulatorClient) -> tuple[str, dict[str, Any]]:
    text = {"Title": "Title", "Text": "Text", "Href": "https://a.example/"}
    return "ads.add", {"Ads": [{"AdGroupId": client.group(), "TextAd": text}]}


def _smart_campaign() -> tuple[str, dict[str, Any]]:
    strategy = {
        "Search": {"BiddingStrategyType": "SERVING_OFF"},
        "Network": {
            "BiddingStrategyType": "AVERAGE_CPC_PER_FILTER",
            "AverageCpcPerFilter": {"FilterAverageCpc": 1_000_000},
        },
    }
    item = {"Name": "Smart", "StartDate": "2030-01-15", "SmartCampaign": {"BiddingStrategy": strategy}}
    return "campaigns.add", {"Campaigns": [item]}


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_what_the_wsdls_alone_require_may_be_missing(client: EmulatorClient, wire: str) -> None:
    """Requests without these members are carried out, as recorded; smart campaigns are refused for another reason."""
    cases = [(*_feed(), []), (*_text_ad(client), []), (*_smart_campaign(), [3500])]
    for key, params, codes in cases:
        operation, sent = OPERATIONS[key], WIRES[wire]
        fields = {name.replace("-", "_"): value for name, value in sent.request_headers(operation).items()}
        body = sent.encode_request(operation, params)
        response = client.send(sent.path("v5", operation.service), body, **fields)
        (result,) = sent.decode_result(operation, response.body, Counter())["AddResults"]
        assert [error["Code"] for error in result.get("Errors", ())] == codes
    (feed,) = client.result("feeds", "get", {"FieldNames": ["BusinessType"]})["Feeds"]
    assert feed == {"BusinessType": "RETAIL"}
