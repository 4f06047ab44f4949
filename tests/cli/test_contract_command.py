"""`yadirect-soap contract`: services, operations and types, as the WSDLs have them."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from yadirect_soap import yaml_text
from yadirect_soap.cli import main, skeleton
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.operation_text import described
from yadirect_soap.protocol.validation import check, describe_value

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["contract", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_all_services_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a service, each of the 29 is a line with its operations."""
    lines = _printed(capsys).splitlines()
    assert len(lines) == 29
    assert "changes: checkDictionaries, checkCampaigns, check" in lines


def test_a_service_lists_its_operations(capsys: pytest.CaptureFixture[str]) -> None:
    """A service, in any case, lists its operations with their params, those with a mark being optional."""
    assert _printed(capsys, "Campaigns") == _printed(capsys, "campaigns")
    lines = _printed(capsys, "campaigns").splitlines()
    assert "campaigns.delete(SelectionCriteria)" in lines
    assert [line for line in lines if line.startswith("campaigns.get(Page?, SelectionCriteria")]


def test_an_operation_shows_its_types(capsys: pytest.CaptureFixture[str]) -> None:
    """An operation shows its SOAPAction, units, page and every member with type and occurrence."""
    lines = _printed(capsys, "campaigns", "update").splitlines()
    assert lines[0] == "campaigns.update"
    assert "  SOAPAction  http://api.direct.yandex.com/v5/campaigns/update" in lines
    assert "  units       10 a call, 3 an object" in lines
    assert "  limit       at most 10 objects a call" in lines
    assert "  page        https://yandex.ru/dev/direct/doc/en/campaigns/campaigns" in lines
    assert "  Campaigns: campaigns:CampaignUpdateItem (list, required)" in lines
    assert "    Id: long (required)" in lines
    assert "    DailyBudget: campaigns:DailyBudget (nillable)" in lines
    assert "      Amount: long (required, micros)" in lines
    assert "      Mode: STANDARD | DISTRIBUTED (required)" in lines


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_every_operation_can_be_shown(operation: Any) -> None:
    """Each operation shows all its params and results."""
    text = "\n".join(described(operation))
    members = [*operation.request.members, *operation.response.members]
    assert [member.name for member in members if f"\n  {member.name}: " not in text] == []


def test_a_get_shows_its_limits(capsys: pytest.CaptureFixture[str]) -> None:
    """A get shows the size of its pages, how many values a criterion takes, and of which one is required."""
    lines = _printed(capsys, "ads", "get")
    assert "  pages       at most 10,000 objects" in lines
    assert "    Ids: long (list, at most 10,000, one of these required)" in lines
    assert "    VCardIds: long (list, at most 10)" in lines


def test_a_withdrawn_operation_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """An operation that the API refuses shows the code and the reason."""
    assert "  refused     error 3001: for agencies with a permission" in _printed(capsys, "agencyclients", "add")


def test_depth_cuts_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    """With --depth 1 the params and the result have their own members alone."""
    lines = _printed(capsys, "campaigns", "update", "--depth", "1").splitlines()
    assert [line for line in lines if line.startswith("    ")] == []
    assert "  Campaigns: campaigns:CampaignUpdateItem (list, required)" in lines


# --- skeletons ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_a_skeleton_has_the_names_of_the_contract(operation: Any) -> None:
    """Params to fill in have all that is required and no unknown name: what does not fit are the values to fill in."""
    params = json.loads(skeleton.as_json(operation, skeleton.DEFAULT_DEPTH))
    assert {violation.found for violation in check(params, operation.request)} <= set(_placeholders(params))


def _placeholders(value: Any) -> Sequence[str]:
    """How a violation tells each text of params."""
    if isinstance(value, dict | list):
        return [text for part in (value.values() if isinstance(value, dict) else value) for text in _placeholders(part)]
    return [describe_value(value)]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_a_skeleton_in_yaml_is_the_same(operation: Any) -> None:
    """The skeleton in YAML is read as the one in JSON."""
    text = skeleton.as_yaml(operation, skeleton.DEFAULT_DEPTH)
    assert (yaml_text.parse(text) or {}) == json.loads(skeleton.as_json(operation, skeleton.DEFAULT_DEPTH))


def test_a_skeleton_remarks_what_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    """The YAML says what is required, which criteria are a choice, and how many values there may be."""
    text = _printed(capsys, "ads", "get", "--skeleton", "--yaml")
    assert "SelectionCriteria:  # required\n" in text
    assert "  Ids: [0]  # at most 10,000, one of these required\n" in text


def test_a_skeleton_is_of_an_operation(capsys: pytest.CaptureFixture[str]) -> None:
    """A skeleton of a service, and a form without a skeleton, exit with 2."""
    for arguments in (["ads", "--skeleton"], ["ads", "add", "--yaml"]):
        assert main(["contract", *arguments]) == 2
        assert "contract ads add --skeleton" in capsys.readouterr().err


# --- reports --------------------------------------------------------------------------------------------------


def test_types_of_reports_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Contract reports lists the types, operators, ranges, models and limits."""
    text = _printed(capsys, "reports")
    assert "  SEARCH_QUERY_PERFORMANCE_REPORT: 53 fields, never built online" in text
    assert "  NOT_IN (a list)" in text
    assert "LAST_30_DAYS" in text
    assert "rows of a report: 1,000,000" in text


def test_a_type_of_report_lists_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    """A type, in any case, has a row for each field: kind, role, and where it may stand."""
    text = _printed(capsys, "reports", "criteria_performance_report")
    rows = {row[0]: row[1:] for row in (re.split("  +", line) for line in text.splitlines())}
    assert rows["Clicks"] == ["int", "metric", "yes", "yes", "EQUALS, IN, LESS_THAN, GREATER_THAN"]
    assert rows["Keyword"][2:4] == ["no", "no"]
    assert "Query" not in rows


def test_an_unknown_type_of_report_tells_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt type of report exits with 2 and tells the nearest one."""
    assert main(["contract", "reports", "CUSTOM_REPROT"]) == 2
    assert "did you mean 'CUSTOM_REPORT'?" in capsys.readouterr().err


# --- changes --------------------------------------------------------------------------------------------------


def test_changes_are_shown_from_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """The changes of a day and later come, the newest first, each with its source and what is in no WSDL."""
    lines = _printed(capsys, "changes", "--since", "2026-06-30").splitlines()
    heads = [line for line in lines if line.startswith(("since ", "seen "))]
    days = [head.split(" ")[1].rstrip(":") for head in heads]
    assert days == sorted(days, reverse=True)
    assert days[-1] == "2026-06-30"
    assert heads[-1] == "since 2026-06-30: ads"
    assert lines[-3:] == [
        "  in no WSDL: ads:AdTypeEnum: RESPONSIVE_AD",
        "  source: https://yandex.ru/dev/direct/doc/ru/update-tga",
        "",
    ]


def test_changes_are_data_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json each change is an object."""
    changes = json.loads(_printed(capsys, "changes", "--format", "json"))
    assert [change["day"] for change in changes] == [str(change.day) for change in api_changes.bundled()]
    (responsive,) = (change for change in changes if "ads:AdTypeEnum.RESPONSIVE_AD" in change["beyond_wsdl"])
    assert (responsive["day"], responsive["is_exact"], responsive["services"]) == ("2026-06-30", True, ["ads"])


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Another form of a day exits with 2 and tells the form."""
    with pytest.raises(SystemExit) as exited:
        main(["contract", "changes", "--since", "yesterday"])
    assert exited.value.code == 2
    assert "expected a day like 2026-05-31" in capsys.readouterr().err


def test_what_is_in_no_wsdl_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """A member and a value that no WSDL has are shown with their day and source."""
    lines = _printed(capsys, "campaigns", "get").splitlines()
    assert "    CreateTime: string (in no WSDL; seen 2026-09-09, public scripts)" in lines
    (fields,) = (line for line in lines if line.startswith("  FieldNames: "))
    assert fields.endswith("(list, required, CreateTime: in no WSDL; seen 2026-09-09, public scripts)")
