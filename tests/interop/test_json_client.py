"""A JSON client that nobody wrote with us in mind: requests.post, bodies by hand, and no code of ours on its side.

https://yandex.ru/dev/direct/doc/ru/concepts/headers and https://yandex.ru/dev/direct/doc/ru/concepts/errors
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import requests

Post = Callable[..., requests.Response]


@pytest.fixture
def post(address: str) -> Post:
    """Posts a text to a service of the emulator."""

    def post(service: str, body: str, **headers: str | None) -> requests.Response:
        fields: dict[str, str | None] = {"Authorization": "Bearer demo-token", "Accept-Language": "en"}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        known = {name: value for name, value in fields.items() if value is not None}
        return requests.post(f"{address}/json/v5/{service}", data=body.encode(), headers=known, timeout=30)

    return post


def results(response: requests.Response) -> list[dict[str, Any]]:
    """The items of a write."""
    (items,) = response.json()["result"].values()
    return list(items)


def test_get_gives_the_fields_asked_for(post: Post) -> None:
    """The result holds the objects with those fields and no more; what is not set is null."""
    criteria = '"SelectionCriteria": {"Ids": [700000002, 1]}'
    body = '{"method": "get", "params": {%s, "FieldNames": ["Id", "Type", "DailyBudget"]}}' % criteria  # noqa: UP031
    campaign = {"Id": 700000002, "Type": "TEXT_CAMPAIGN", "DailyBudget": None}
    assert post("campaigns", body).json() == {"result": {"Campaigns": [campaign]}}


def test_get_gives_pages(post: Post) -> None:
    """LimitedBy is where the next page begins, and is absent on the last one."""
    body = '{"method": "get", "params": {"FieldNames": ["Id"], "Page": {"Limit": 5, "Offset": %d}}}'
    first = post("campaigns", body % 0).json()["result"]
    assert (len(first["Campaigns"]), first["LimitedBy"]) == (5, 5)
    last = post("campaigns", body % 9).json()["result"]
    assert ("LimitedBy" in last, len(last["Campaigns"])) == (False, 1)


@pytest.mark.parametrize("path", ["json/v5/campaigns", "json/v5/campaigns/", "json/v501/campaigns"])
def test_documented_addresses_answer(address: str, path: str) -> None:
    """Both versions answer, with and without the slash of the documentation's examples."""
    fields = {"Authorization": "Bearer demo-token", "Content-Type": "application/json; charset=utf-8"}
    body = b'{"method":"get","params":{"FieldNames":["Id"],"Page":{"Limit":1}}}'
    answer = requests.post(f"{address}/{path}", data=body, headers=fields, timeout=30)
    assert answer.json()["result"]["Campaigns"] == [{"Id": 700000001}]


def test_add_gives_an_outcome_for_each_item(post: Post) -> None:
    """One campaign is added and the other refused, each in its place; the answer is raw UTF-8."""
    response = post(
        "campaigns",
        """{"method": "add", "params": {"Campaigns": [
            {"Name": "Прошлогодняя", "StartDate": "2025-10-01", "TextCampaign": {}},
            {"Name": "Скамейки \\u0026 столы", "StartDate": "2026-10-01", "TextCampaign": {}}
        ]}}""",
        Accept_Language="ru",
    )
    refused, added = results(response)
    assert [error["Code"] for error in refused["Errors"]] == [5005]
    assert "StartDate раньше текущей даты" in response.content.decode()
    body = '{"method": "get", "params": {"SelectionCriteria": {"Ids": [%d]}, "FieldNames": ["Name"]}}'
    read = post("campaigns", body % added["Id"])
    assert "Скамейки & столы" in read.content.decode()


def test_null_clears(post: Post) -> None:
    """A null in an update clears a value; what the update leaves out stays."""
    post("campaigns", '{"method": "update", "params": {"Campaigns": [{"Id": 700000001, "DailyBudget": null}]}}')
    fields = '"FieldNames": ["DailyBudget", "NegativeKeywords"]'
    body = '{"method": "get", "params": {"SelectionCriteria": {"Ids": [700000001]}, %s}}' % fields  # noqa: UP031
    (campaign,) = post("campaigns", body).json()["result"]["Campaigns"]
    assert campaign == {"DailyBudget": None, "NegativeKeywords": {"Items": ["вакансии", "фото"]}}


def test_delete_deletes_once(post: Post) -> None:
    """A draft is deleted; deleting it again tells 8800."""
    new = '{"Name": "Черновик", "StartDate": "2026-10-01", "TextCampaign": {}}'
    (added,) = results(post("campaigns", '{"method": "add", "params": {"Campaigns": [' + new + "]}}"))
    body = '{"method": "delete", "params": {"SelectionCriteria": {"Ids": [%d]}}}' % added["Id"]  # noqa: UP031
    assert results(post("campaigns", body)) == [{"Id": added["Id"], "Errors": []}]
    (again,) = results(post("campaigns", body))
    assert [error["Code"] for error in again["Errors"]] == [8800]


def test_numbers_are_numbers(post: Post) -> None:
    """Ids and micros are JSON integers, decimals are numbers with a point, and values of constants are texts."""
    keywords = '{"SelectionCriteria": {"CampaignIds": [700000001]}, "FieldNames": ["Id", "Bid"]}'
    (first, *_) = post("keywords", '{"method": "get", "params": %s}' % keywords).json()["result"]["Keywords"]  # noqa: UP031
    assert [type(value) for value in first.values()] == [int, int]
    point = '{"X": 39.891050, "Y": 59.220501, "X1": 39.8, "Y1": 59.2, "X2": 39.9, "Y2": 59.3}'
    card = (
        '"CampaignId": 700000001, "Country": "Россия", "City": "Вологда", "CompanyName": "Я", "WorkTime": "0#6#1#0#2#0"'
    )
    phone = '{"CountryCode": "+7", "CityCode": "8172", "PhoneNumber": "000007"}'
    vcards = '{"VCards": [{%s, "Phone": %s, "PointOnMap": %s}]}' % (card, phone, point)  # noqa: UP031
    (added,) = results(post("vcards", '{"method": "add", "params": %s}' % vcards))  # noqa: UP031
    read = '{"SelectionCriteria": {"Ids": [%d]}, "FieldNames": ["PointOnMap"]}' % added["Id"]  # noqa: UP031
    answer = post("vcards", '{"method": "get", "params": %s}' % read)  # noqa: UP031
    (vcard,) = json.loads(answer.content, parse_float=Decimal)["result"]["VCards"]
    assert vcard["PointOnMap"] == json.loads(point, parse_float=Decimal)


@pytest.mark.parametrize(
    ("body", "headers", "code", "text"),
    [
        ('{"method": "fetch", "params": {}}', {}, 55, "Operation not found"),
        ('{"params": {"FieldNames": ["Id"]}}', {}, 8000, "Invalid request"),
        ('{"method": "get", "params": {"FieldNames": ["Id"', {}, 8000, "Invalid request"),
        ('{"method": "get", "params": {"FieldNames": "Id"}}', {}, 8000, "Invalid request"),
        ('{"method": "get", "params": {"FieldNames": []}}', {}, 8000, "Invalid request"),
        ('{"method": "get", "params": {"FieldNames": ["Id"], "Ids": [1]}}', {}, 8000, "Invalid request"),
        ('{"method": "get", "params": {"FieldNames": ["Id"]}}', {"Authorization": None}, 8000, "Invalid request"),
        (
            '{"method": "get", "params": {"FieldNames": ["Id"]}}',
            {"Authorization": "Bearer x"},
            53,
            "Authorization error",
        ),
        (
            '{"method": "get", "params": {"FieldNames": ["Id"]}}',
            {"Authorization": "Bearer x", "Accept_Language": "ru"},
            53,
            "Ошибка авторизации",
        ),
        ('{"method": "get", "params": {"FieldNames": ["Id"]}}', {"Client_Login": "nobody"}, 8800, "Object not found"),
    ],
    ids=["method", "no method", "cut short", "no array", "empty", "unknown", "no token", "token", "ru", "login"],
)
def test_a_refusal_is_an_error_object(
    post: Post, body: str, headers: dict[str, str | None], code: int, text: str
) -> None:
    """A refused request gets HTTP 200, or 202 with 55, and the four members of an error, whose id is the header's."""
    response = post("campaigns", body, **headers)
    error = response.json()["error"]
    assert set(error) == {"request_id", "error_code", "error_string", "error_detail"}
    status = 202 if code == 55 else 200
    assert (response.status_code, error["error_code"], error["error_string"]) == (status, code, text)
    assert error["request_id"] == response.headers["RequestId"]


GET = '{"method": "get", "params": {"FieldNames": ["Id"], "Page": {"Limit": 3}}}'


def test_every_answer_tells_its_id_and_its_cost(post: Post) -> None:
    """RequestId is digits, Units spent/left/limit that go down by what is spent, and Units-Used-Login who paid."""
    first, second = post("campaigns", GET).headers, post("campaigns", GET).headers
    assert re.fullmatch(r"[0-9]{1,19}", first["RequestId"])
    assert first["RequestId"] != second["RequestId"]
    spent, remaining, limit = map(int, first["Units"].split("/"))
    assert (spent, limit) == (13, 160_000)
    assert second["Units"] == f"{spent}/{remaining - spent}/{limit}"
    assert first["Units-Used-Login"] == "demo-advertiser"


def test_nobody_pays_for_an_unknown_token(post: Post) -> None:
    """Where the caller is not known there are no Units."""
    assert "Units" not in post("campaigns", GET, Authorization="Bearer nobodys").headers


@pytest.mark.parametrize(
    ("operator", "payer"), [(None, "demo-client-rub"), ("true", "demo-agency")], ids=["client", "agency"]
)
def test_an_agency_may_pay_for_its_client(post: Post, operator: str | None, payer: str) -> None:
    """The client's units are spent, or the agency's with Use-Operator-Units."""
    fields = {"Authorization": "Bearer demo-agency-token", "Client_Login": "demo-client-rub"}
    headers = post("campaigns", GET, **fields, Use_Operator_Units=operator).headers
    assert headers["Units-Used-Login"] == payer


@pytest.mark.parametrize("content_type", [None, "application/json", "application/json; charset=utf-8", "text/plain"])
def test_the_content_type_of_a_request_does_not_matter(post: Post, content_type: str | None) -> None:
    """Whatever a client says that it sends, JSON is read and JSON in UTF-8 is answered."""
    response = post("campaigns", GET, Content_Type=content_type)
    assert response.headers["Content-Type"].replace(" ", "") == "application/json;charset=utf-8"
    assert len(response.json()["result"]["Campaigns"]) == 3


@pytest.mark.parametrize(("wish", "coding"), [("gzip", "gzip"), ("identity", None)])
def test_long_answers_are_compressed_on_wish(post: Post, wish: str, coding: str | None) -> None:
    """With Accept-Encoding: gzip a long answer comes compressed, and says the same."""
    body = '{"method": "get", "params": {"DictionaryNames": ["Currencies"]}}'
    response = post("dictionaries", body, Accept_Encoding=wish)
    assert response.headers.get("Content-Encoding") == coding
    assert {"RUB", "BYN"} <= {currency["Currency"] for currency in response.json()["result"]["Currencies"]}
