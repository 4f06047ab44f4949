"""The steps of script.py with suds-community, from nothing but the ?wsdl: one JSON line a step."""

import json
import sys
from collections.abc import Callable
from typing import Any

import suds
from suds.client import Client
from suds.sudsobject import asdict

ONE = {"Ids": [700000001]}
FIELDS = ["Id", "Name", "StartDate", "EndDate", "DailyBudget", "NegativeKeywords"]


def opened(address: str, token: str) -> Any:
    """The operations of the service, past the cache that suds keeps in the user's folder."""
    headers = {"Authorization": f"Bearer {token}"}
    return Client(f"{address}/v5/campaigns?wsdl", headers=headers, cache=None).service


def plain(value: Any) -> Any:
    """What suds read, as plain values."""
    if isinstance(value, suds.sudsobject.Object):
        return {name: plain(inner) for name, inner in asdict(value).items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def tell(step: str, result: Any) -> None:
    """Prints a step."""
    print(json.dumps({"step": step, "result": plain(result)}, ensure_ascii=False))


def refused(call: Callable[[], Any]) -> dict[str, Any]:
    """What the fault of a call says."""
    try:
        call()
    except suds.WebFault as error:
        fault_response = error.fault.detail.FaultResponse
        return {
            "text": error.fault.faultstring,
            "code": fault_response.errorCode,
            "detail": getattr(fault_response, "errorDetail", None),
        }
    raise AssertionError("no fault")


def pages(campaigns: Any) -> list[int]:
    """The ids of all campaigns."""
    ids: list[int] = []
    offset: int | None = 0
    while offset is not None:
        page = campaigns.get(FieldNames=["Id"], Page={"Limit": 3, "Offset": offset})
        ids += [campaign.Id for campaign in page.Campaigns]
        offset = getattr(page, "LimitedBy", None)
    return ids


def main(address: str) -> None:
    """Takes the steps."""
    campaigns = opened(address, "demo-token")
    tell("get", campaigns.get(SelectionCriteria=ONE, FieldNames=FIELDS, TextCampaignFieldNames=["Settings"]))
    new = [
        {"Name": "Скамейки & <столы>", "StartDate": "2026-10-01", "TextCampaign": {}},
        {"Name": "Прошлогодняя", "StartDate": "2025-10-01", "TextCampaign": {}},
    ]
    added = campaigns.add(Campaigns=new)
    tell("add", added)
    renamed = [{"Id": 700000001, "Name": "Новая"}, {"Id": 1, "Name": "Нет такой"}]
    tell("update", campaigns.update(Campaigns=renamed))
    campaigns.update(Campaigns=[{"Id": 700000001, "DailyBudget": suds.null()}])
    tell("clear", campaigns.get(SelectionCriteria=ONE, FieldNames=["Id", "Name", "DailyBudget"]))
    tell("delete", campaigns.delete(SelectionCriteria={"Ids": [added[0].Id, 1]}))
    tell("fault", refused(lambda: campaigns.get(FieldNames=["Id"], Page={"Limit": 10_001})))
    tell("token", refused(lambda: opened(address, "nobodys").get(FieldNames=["Id"])))
    tell("pages", pages(campaigns))


if __name__ == "__main__":
    main(sys.argv[1])
