"""Plain zeep, given nothing but the emulator's ?wsdl and a token, does what our client does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
from zeep import xsd
from zeep.helpers import serialize_object
from zeep.transports import Transport

from tests.interop import emulator_copies, stack_requests
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled

Open = Callable[..., Any]


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """Their session; the token is all that it knows."""
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer demo-token"
        yield session


@pytest.fixture
def open_client(address: str, session: requests.Session) -> Open:
    """Opens a zeep client of a service."""

    def open_client(service: str, version: str = "v5") -> zeep.Client:
        return zeep.Client(f"{address}/{version}/{service}?wsdl", transport=Transport(session=session))

    return open_client


def plain(result: Any) -> Any:
    """What zeep read, as plain values without the Nones that it fills in."""
    return emulator_copies.bare(serialize_object(result, dict))


@pytest.mark.parametrize("version", ["v5", "v501"])
@pytest.mark.parametrize("service", bundled())
def test_every_service_loads(open_client: Open, address: str, service: str, version: str) -> None:
    """From a service's ?wsdl zeep has all its operations, at the emulator's own address."""
    client = open_client(service, version)
    binding = client.service._binding
    assert set(binding._operations) == set(bundled()[service].operations)
    assert client.service._binding_options["address"].rstrip("/") == f"{address}/{version}/{service}"


@pytest.mark.parametrize("service", stack_requests.reads())
def test_get_reads_what_we_read(open_client: Open, ours: Emulator, service: str) -> None:
    """Every field of what a get gives is the same to zeep and to us."""
    params = stack_requests.reads()[service]
    read = plain(open_client(service).service.get(**params))
    assert read == emulator_copies.bare(emulator_copies.client(ours, version="v5").call(service, "get", params).result)
    assert read


def test_writes_leave_what_ours_leave(open_client: Open, ours: Emulator, tmp_path: Path) -> None:
    """After the same add, update with nil and delete both emulators keep the same, units included."""
    theirs: Any = open_client("campaigns").service
    direct: Any = emulator_copies.client(ours)
    new = direct.campaigns.add(Campaigns=stack_requests.NEW_CAMPAIGNS).ids[0]
    theirs.add(Campaigns=stack_requests.NEW_CAMPAIGNS)
    for campaigns, nil in ((theirs, xsd.Nil), (direct.campaigns, None)):
        cleared = {"Id": stack_requests.CAMPAIGN, "DailyBudget": nil, "NegativeKeywords": nil, "Name": "Новая"}
        campaigns.update(Campaigns=[cleared])
        campaigns.delete(SelectionCriteria={"Ids": [new, 1]})
    assert emulator_copies.stored(tmp_path / "theirs.db") == emulator_copies.stored(tmp_path / "ours.db")


def test_nil_clears(open_client: Open) -> None:
    """What was sent as xsd.Nil is read back as nothing, and is nil on the wire."""
    client = open_client("campaigns")
    client.service.update(Campaigns=[{"Id": stack_requests.CAMPAIGN, "DailyBudget": xsd.Nil}])
    params = {"SelectionCriteria": {"Ids": [stack_requests.CAMPAIGN]}, "FieldNames": ["Id", "DailyBudget"]}
    with client.settings(raw_response=True):
        assert b'<DailyBudget xsi:nil="true"/>' in client.service.get(**params).content
    assert plain(client.service.get(**params)) == {"Campaigns": [{"Id": stack_requests.CAMPAIGN}]}


def test_a_refusal_is_a_fault_with_the_apis_detail(open_client: Open) -> None:
    """Zeep raises its Fault, whose detail is the FaultResponse that the WSDL declares."""
    client = open_client("campaigns")
    with pytest.raises(zeep.exceptions.Fault) as caught:
        client.service.get(FieldNames=["Id"], Page={"Limit": 10_001})
    (response,) = caught.value.detail
    fault_response = serialize_object(client.wsdl.types.deserialize(response), dict)
    assert (caught.value.code, caught.value.message) == ("SOAP-ENV:Client", "Invalid page settings")
    assert (fault_response["errorCode"], fault_response["errorDetail"]) == (4002, "Page.Limit must be from 1 to 10000")
    assert fault_response["requestId"].isdigit()
