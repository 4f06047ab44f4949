"""The steps of script.py with tapi-yandex-direct, over JSON: one JSON line a step."""

import json
import sys
from collections.abc import Callable
from typing import Any

from tapi_yandex_direct import YandexDirect, exceptions
from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

ONE = {"Ids": [700000001]}
FIELDS = ["Id", "Name", "StartDate", "EndDate", "DailyBudget", "NegativeKeywords"]


def opened(address: str, token: str) -> Callable[..., Any]:
    """Calls an operation; the address of the API is no setting of this client."""
    YandexDirectClientAdapter.get_api_root = lambda *_, **__: f"{address}/"
    client = YandexDirect(access_token=token)
    return lambda method, **params: client.campaigns().post(data={"method": method, "params": params})


def tell(step: str, result: Any) -> None:
    """Prints a step."""
    print(json.dumps({"step": step, "result": result}, ensure_ascii=False))


def refused(call: Callable[[], Any]) -> dict[str, Any]:
    """What the error of a call says."""
    try:
        call()
    except exceptions.YandexDirectClientError as error:
        api_error = error.args[1]["error"]
        return {"text": api_error["error_string"], "code": api_error["error_code"], "detail": api_error["error_detail"]}
    raise AssertionError("no error")


def main(address: str) -> None:
    """Takes the steps."""
    call = opened(address, "demo-token")
    params = {"SelectionCriteria": ONE, "FieldNames": FIELDS, "TextCampaignFieldNames": ["Settings"]}
    tell("get", call("get", **params).data["result"])
    new = [
        {"Name": "Скамейки & <столы>", "StartDate": "2026-10-01", "TextCampaign": {}},
        {"Name": "Прошлогодняя", "StartDate": "2025-10-01", "TextCampaign": {}},
    ]
    added = call("add", Campaigns=new)().extract()
    tell("add", added)
    renamed = [{"Id": 700000001, "Name": "Новая"}, {"Id": 1, "Name": "Нет такой"}]
    tell("update", call("update", Campaigns=renamed)().extract())
    call("update", Campaigns=[{"Id": 700000001, "DailyBudget": None}])
    tell("clear", call("get", SelectionCriteria=ONE, FieldNames=["Id", "Name", "DailyBudget"]).data["result"])
    tell("delete", call("delete", SelectionCriteria={"Ids": [added[0]["Id"], 1]})().extract())
    tell("fault", refused(lambda: call("get", FieldNames=["Id"], Page={"Limit": 10_001})))
    stranger = opened(address, "nobodys")
    tell("token", refused(lambda: stranger("get", FieldNames=["Id"])))
    page = call("get", FieldNames=["Id"], Page={"Limit": 3})
    tell("pages", [campaign["Id"] for campaign in page().iter_items()])


if __name__ == "__main__":
    main(sys.argv[1])
