"""The steps that every foreign stack is taken through, here with our own client, and what is to be learned from them.

The programs under stacks/ do the same, each in its language, and tell it step by step.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tests.interop import emulator_copies, stack_requests
from yadirect_soap import ApiError
from yadirect_soap.emulator import Emulator

Steps = Mapping[str, Any]

_FIELDS = ["Id", "Name", "StartDate", "EndDate", "DailyBudget", "NegativeKeywords"]
_ONE = {"Ids": [stack_requests.CAMPAIGN]}


def step_results(emulator: Emulator) -> Steps:
    """What our client tells of each step."""
    campaigns = emulator_copies.client(emulator).campaigns
    steps = {"get": _read(campaigns, _FIELDS, TextCampaignFieldNames=["Settings"])}
    steps["add"] = _outcomes(added := campaigns.add(Campaigns=stack_requests.NEW_CAMPAIGNS))
    renamed: Any = [{"Id": stack_requests.CAMPAIGN, "Name": "Новая"}, {"Id": 1, "Name": "Нет такой"}]
    steps["update"] = _outcomes(campaigns.update(Campaigns=renamed))
    campaigns.update(Campaigns=[{"Id": stack_requests.CAMPAIGN, "DailyBudget": None}])
    steps["clear"] = _read(campaigns, ["Id", "Name", "DailyBudget"])
    gone: Any = [added.ids[0], 1]
    steps["delete"] = _outcomes(campaigns.delete(SelectionCriteria={"Ids": gone}))
    steps["fault"] = _refused(lambda: campaigns.get(FieldNames=["Id"], Page={"Limit": 10_001}))
    stranger = emulator_copies.client(emulator, token="nobodys").campaigns
    steps["token"] = _refused(lambda: stranger.get(FieldNames=["Id"]))
    steps["pages"] = [campaign["Id"] for campaign in campaigns.items(FieldNames=["Id"], Page={"Limit": 3})]
    return steps


def _read(campaigns: Any, fields: list[str], **more: Any) -> Any:
    return {"Campaigns": list(campaigns.get(SelectionCriteria=_ONE, FieldNames=fields, **more))}


def _outcomes(outcomes: Any) -> list[Any]:
    return [outcome.result for outcome in outcomes]


def _refused(call: Callable[[], Any]) -> dict[str, Any]:
    try:
        call()
    except ApiError as error:
        return {"code": error.code, "text": error.message, "detail": error.detail}
    raise AssertionError("nothing was refused")


# --- facts: what a stack must do, and the part of its results that shows it -------------------------------------------


def _as_text(value: Any) -> Any:
    """A value without its types, in which nil, empty and absent are the same."""
    if isinstance(value, Mapping):
        return emulator_copies.bare({name: _as_text(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return None if value is None or value == "" else str(value)


def _of(step: str) -> Callable[[Steps], Any]:
    return lambda steps: _as_text(steps.get(step))


def _types(steps: Steps) -> Any:
    """The types of an id and of an amount."""
    (campaign,) = steps["get"]["Campaigns"]
    return type(campaign["Id"]), type(campaign["DailyBudget"]["Amount"])


def _nils(steps: Steps) -> set[str]:
    """What the campaign has as nil."""
    (campaign,) = steps["get"]["Campaigns"]
    return {name for name, value in campaign.items() if value is None}


FACTS: Mapping[str, tuple[str, Callable[[Steps], Any]]] = MappingProxyType(
    {
        "get": ("get: nested objects, lists, Cyrillic texts", _of("get")),
        "types": ("get: ids and amounts are numbers", _types),
        "nil": ("get: nil and absent are different", _nils),
        "add": ("add: ids and errors in the order of the items", _of("add")),
        "update": ("update: one of the items fails", _of("update")),
        "clear": ("a value is cleared with nil", _of("clear")),
        "delete": ("delete: one of the items fails", _of("delete")),
        "fault": ("an error: code, text and detail", _of("fault")),
        "token": ("a wrong token: code and text", _of("token")),
        "pages": ("all pages, by LimitedBy", _of("pages")),
        "kept": ("the emulator then has the same objects", lambda steps: steps["kept"]),
    }
)
"""What is stack_requests, and what of the steps answers it: equal to ours, or the stack cannot do it."""
