"""The steps of script.py with plain zeep, from nothing but the ?wsdl: one JSON line a step."""

import json
import sys
from collections.abc import Callable
from typing import Any

import requests
import zeep
from zeep import xsd
from zeep.helpers import serialize_object
from zeep.transports import Transport

ONE = {"Ids": [700000001]}
FIELDS = ["Id", "Name", "StartDate", "EndDate", "DailyBudget", "NegativeKeywords"]


def opened(address: str, token: str) -> Any:
    """A client of the service."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    return zeep.Client(f"{address}/v5/campaigns?wsdl", transport=Transport(session=session))


def tell(step: str, result: Any) -> None:
    """Prints a step."""
    print(json.dumps({"step": step, "result": serialize_object(result, dict)}, ensure_ascii=False))


def refused(client: Any, call: Callable[[], Any]) -> dict[str, Any]:
    """What the fault of a call says."""
    try:
        result = call()
    except zeep.exceptions.Fault as fault:
        fault_response = client.wsdl.types.deserialize(fault.detail[0])
        return {"text": fault.message, "code": fault_response.errorCode, "detail": fault_response.errorDetail}
    raise AssertionError(f"no fault but {result}")


def pages(campaigns: Any) -> list[int]:
    """The ids of all campaigns."""
    ids: list[int] = []
    offset: int | None = 0
    while offset is not None:
        page = campaigns.get(FieldNames=["Id"], Page={"Limit": 3, "Offset": offset})
        ids += [campaign.Id for campaign in page.Campaigns]
        offset = page.LimitedBy
    return ids


def main(address: str) -> None:
    """Takes the steps."""
    client = opened(address, "demo-token")
    campaigns = client.service
    tell("get", campaigns.get(SelectionCriteria=ONE, FieldNames=FIELDS, TextCampaignFieldNames=["Settings"]))
    new = [
        {"Name": "Скамейки & <столы>", "StartDate": "2026-10-01", "TextCampaign": {}},
        {"Name": "Прошлогодняя", "StartDate": "2025-10-01", "TextCampaign": {}},
    ]
    added = campaigns.add(Campaigns=new)
    tell("add", added)
    renamed = [{"Id": 700000001, "Name": "Новая"}, {"Id": 1, "Name": "Нет такой"}]
    tell("update", campaigns.update(Campaigns=renamed))
    campaigns.update(Campaigns=[{"Id": 700000001, "DailyBudget": xsd.Nil}])
    tell("clear", campaigns.get(SelectionCriteria=ONE, FieldNames=["Id", "Name", "DailyBudget"]))
    tell("delete", campaigns.delete(SelectionCriteria={"Ids": [added[0].Id, 1]}))
    tell("fault", refused(client, lambda: campaigns.get(FieldNames=["Id"], Page={"Limit": 10_001})))
    stranger = opened(address, "nobodys")
    tell("token", refused(stranger, lambda: stranger.service.get(FieldNames=["Id"])))
    tell("pages", pages(campaigns))


if __name__ == "__main__":
    main(sys.argv[1])
