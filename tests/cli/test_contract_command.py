"""`yadirect-soap contract`: services, operations and types, as the WSDLs have them."""

from typing import Any

import pytest

from yadirect_soap.cli import main
from yadirect_soap.cli.contract_show import described
from yadirect_soap.protocol.contract import bundled

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
