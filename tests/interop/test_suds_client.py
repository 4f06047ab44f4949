"""Plain suds, given nothing but the emulator's ?wsdl and a token, does what our client does.

What it cannot do: it reads an empty text as None and knows no nil in what it reads, so both sides are compared
without them; the detail of a fault is text to it, since it does not look its elements up in the schema; and a result of
one member comes without its wrapper.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import suds
from suds.client import Client
from suds.sudsobject import asdict

from tests.interop import emulator_copies, stack_requests
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.types.campaigns import CampaignAddItem, TextCampaignAddItem

Open = Callable[..., Any]


@pytest.fixture
def open_client(address: str) -> Open:
    """Opens a suds client of a service, past the cache that it keeps in the user's folder."""

    def open_client(service: str, *, token: str = "demo-token", version: str = "v5") -> Client:
        fields = {"Authorization": f"Bearer {token}"}
        return Client(f"{address}/{version}/{service}?wsdl", headers=fields, cache=None)

    return open_client


def plain(value: Any) -> Any:
    """What suds read, as plain values."""
    if isinstance(value, suds.sudsobject.Object):
        return {name: plain(inner) for name, inner in asdict(value).items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


@pytest.mark.parametrize("version", ["v5", "v501"])
@pytest.mark.parametrize("service", bundled())
def test_every_service_loads(open_client: Open, address: str, service: str, version: str) -> None:
    """From a service's ?wsdl suds has all its operations, at the emulator's own address."""
    client = open_client(service, version=version)
    (port,) = client.wsdl.services[0].ports
    assert set(port.methods) == set(bundled()[service].operations)
    assert str(port.location).rstrip("/") == f"{address}/{version}/{service}"


@pytest.mark.parametrize("service", stack_requests.reads())
def test_get_reads_what_we_read(open_client: Open, ours: Emulator, service: str) -> None:
    """Every field of what a get gives is the same to suds and to us, but for nil and empty."""
    params = stack_requests.reads()[service]
    read = emulator_copies.bare(plain(open_client(service).service.get(**params)))
    assert read == emulator_copies.bare(emulator_copies.client(ours, version="v5").call(service, "get", params).result)
    assert read


def test_writes_leave_what_ours_leave(open_client: Open, ours: Emulator, tmp_path: Path) -> None:
    """After the same add, update with nil and delete both emulators keep the same, units included."""
    theirs: Any = open_client("campaigns").service
    direct: Any = emulator_copies.client(ours)
    new = direct.campaigns.add(Campaigns=stack_requests.NEW_CAMPAIGNS).ids[0]
    theirs.add(Campaigns=stack_requests.NEW_CAMPAIGNS)
    for campaigns, nil in ((theirs, suds.null()), (direct.campaigns, None)):
        cleared = {"Id": stack_requests.CAMPAIGN, "DailyBudget": nil, "NegativeKeywords": nil, "Name": "Новая"}
        campaigns.update(Campaigns=[cleared])
        campaigns.delete(SelectionCriteria={"Ids": [new, 1]})
    assert emulator_copies.stored(tmp_path / "theirs.db") == emulator_copies.stored(tmp_path / "ours.db")


def test_items_may_be_objects_of_its_factory(open_client: Open, ours: Emulator, tmp_path: Path) -> None:
    """Types made by suds's factory, most of whose members stay None, are sent without those members."""
    client = open_client("campaigns")
    campaign = client.factory.create("CampaignAddItem")
    campaign.Name, campaign.StartDate = "С фабрики", "2026-10-01"
    campaign.TextCampaign = client.factory.create("TextCampaignAddItem")
    campaign.TextCampaign.TrackingParams = "a=1&b=<2>"
    client.service.add(Campaigns=[campaign])
    text: TextCampaignAddItem = {"TrackingParams": "a=1&b=<2>"}
    item: CampaignAddItem = {"Name": "С фабрики", "StartDate": "2026-10-01", "TextCampaign": text}
    emulator_copies.client(ours).campaigns.add(Campaigns=[item])
    assert emulator_copies.stored(tmp_path / "theirs.db") == emulator_copies.stored(tmp_path / "ours.db")


def test_nil_clears(open_client: Open) -> None:
    """What was sent as suds.null() is None in what suds reads back."""
    campaigns = open_client("campaigns").service
    campaigns.update(Campaigns=[{"Id": stack_requests.CAMPAIGN, "DailyBudget": suds.null()}])
    params = {"SelectionCriteria": {"Ids": [stack_requests.CAMPAIGN]}, "FieldNames": ["Id", "DailyBudget"]}
    assert plain(campaigns.get(**params)) == {"Campaigns": [{"Id": stack_requests.CAMPAIGN, "DailyBudget": None}]}


@pytest.mark.parametrize(
    ("token", "params", "code", "text"),
    [
        ("demo-token", {"FieldNames": ["Id"], "Page": {"Limit": 10_001}}, "4002", "Invalid page settings"),
        ("nobodys", {"FieldNames": ["Id"]}, "53", "Authorization error"),
    ],
    ids=["page", "token"],
)
def test_a_refusal_is_a_fault_with_the_apis_detail(
    open_client: Open, token: str, params: dict[str, Any], code: str, text: str
) -> None:
    """Suds raises its WebFault, whose detail holds the FaultResponse."""
    campaigns = open_client("campaigns", token=token).service
    with pytest.raises(suds.WebFault) as caught:
        campaigns.get(**params)
    fault = caught.value.fault
    assert (fault.faultcode, fault.faultstring, fault.detail.FaultResponse.errorCode) == ("SOAP-ENV:Client", text, code)
