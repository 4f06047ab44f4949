"""The raw zeep client: it reads our WSDLs and asks as its Direct does, without being given the token."""

from collections.abc import Iterator
from typing import Any

import pytest
import zeep
from zeep.exceptions import Fault, TransportError, ValidationError

from tests.client.servers import (
    CERTIFICATE,
    HTML,
    QUERY,
    TOKEN,
    Step,
    answer,
    drop,
    fault,
    hang,
    result,
    served,
    trusted,
)
from yadirect_soap import Direct, DirectError, UnknownNameError
from yadirect_soap.emulator import Emulator
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.contract import bundled

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": "One"}, {"Id": 2, "Name": "Two"}]})


@pytest.fixture
def advertiser() -> Iterator[Direct]:
    """A Direct that asks an emulator in this process."""
    with Emulator() as emulator, Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct:
        yield direct


def test_zeep_reads_the_answer() -> None:
    """A raw zeep client calls an operation and gives zeep's own objects."""
    with served(FOUND) as (_, direct):
        answered = direct.zeep("campaigns").service.get(**QUERY)
    assert [campaign.Name for campaign in answered.Campaigns] == ["One", "Two"]


def test_zeep_asks_as_its_direct_does() -> None:
    """A raw zeep client sends the headers of its Direct, to its address."""
    settings: dict[str, Any] = {
        "client_login": "client",
        "language": "ru",
        "use_operator_units": True,
        "version": "v501",
    }
    with served(FOUND, **settings) as (server, direct):
        direct.campaigns.get(**QUERY)
        direct.zeep("Campaigns").service.get(**QUERY)
        ours, zeeps = server.received
    assert zeeps.path == ours.path == "/v501/campaigns"
    assert zeeps.connection == ours.connection
    names = ["Authorization", "Client-Login", "Accept-Language", "Use-Operator-Units", "SOAPAction", "Content-Type"]
    assert {name: zeeps.headers[name] for name in names} == {name: ours.headers[name] for name in names}


def test_zeep_asks_over_soap_whatever_its_direct_does() -> None:
    """A Direct over JSON has a raw zeep client all the same."""
    with served(FOUND, transport="json") as (server, direct):
        assert len(direct.zeep("campaigns").service.get(**QUERY).Campaigns) == 2
        assert server.received[0].path == "/v501/campaigns"


def test_zeep_asks_agency_clients_without_a_login() -> None:
    """Client-Login stays away from AgencyClients here too."""
    with served(result("agencyclients.get", {"Clients": [{"ClientId": 1}]}), client_login="client") as (server, direct):
        direct.zeep("agencyclients").service.get(**QUERY)
        assert "Client-Login" not in server.received[0].headers


def test_zeep_is_signed_anew_for_each_call() -> None:
    """A token that is a function is asked anew for each call of a raw zeep client."""
    tokens = iter(["first", "second"])
    with served(FOUND, token=lambda: next(tokens)) as (server, direct):
        client = direct.zeep("campaigns")
        for _ in range(2):
            client.service.get(**QUERY)
        assert [received.headers["Authorization"] for received in server.received] == ["Bearer first", "Bearer second"]


def test_zeep_uses_the_certificates_of_its_direct() -> None:
    """A raw zeep client trusts the CA bundle of its Direct."""
    with served(FOUND, tls=trusted(), verify=CERTIFICATE) as (_, direct):
        assert len(direct.zeep("campaigns").service.get(**QUERY).Campaigns) == 2


def test_zeep_is_not_given_the_token() -> None:
    """Neither the settings nor the transport of a raw zeep client show the token."""
    with Direct(TOKEN) as direct:
        client = direct.zeep("ads")
    text = repr(client.settings) + repr(client.settings.extra_http_headers) + repr(vars(client.transport))
    assert TOKEN not in text


def test_zeep_raises_its_own_errors() -> None:
    """Refusals and pages reach the caller as zeep tells them."""
    steps = (fault(api_error(53, "Authorization error")), answer(b"<h1>Not Found", status=404, content_type=HTML))
    with served(*steps) as (_, direct):
        service = direct.zeep("campaigns").service
        with pytest.raises(Fault, match="Authorization error"):
            service.get(**QUERY)
        with pytest.raises(TransportError, match="404"):
            service.get(**QUERY)


@pytest.mark.parametrize(
    ("step", "settings"),
    [(drop, {}), (answer(b" " * 100), {"max_response_bytes": 99}), (hang, {"timeout": 0.1})],
    ids=["dropped", "too large", "silent"],
)
def test_zeep_keeps_to_the_limits_of_its_direct(step: Step, settings: dict[str, Any]) -> None:
    """A connection that breaks and a limit that is passed are reported as in any other call: the request was sent."""
    with served(step, **settings) as (server, direct):
        with pytest.raises(DirectError) as raised:
            direct.zeep("campaigns").service.get(**QUERY)
        assert raised.value.sent
        assert len(server.received) == 1


def test_zeep_checks_in_its_own_way() -> None:
    """Params that zeep refuses are reported by zeep, and nothing is sent."""
    with served(FOUND) as (server, direct):
        with pytest.raises((ValidationError, TypeError)):
            direct.zeep("campaigns").service.get(Odd=1)
        assert server.received == []


def test_zeep_of_no_service_is_refused() -> None:
    """A service that is none raises UnknownNameError."""
    with Direct(TOKEN) as direct, pytest.raises(UnknownNameError, match="did you mean 'campaigns'"):
        direct.zeep("campaign")


@pytest.mark.slow
@pytest.mark.parametrize("name", bundled())
def test_every_service_has_a_zeep_client(name: str) -> None:
    """Every service opens as a raw zeep client with all its operations."""
    with Direct(TOKEN, endpoint="http://127.0.0.1:1/gate") as direct:
        client = direct.zeep(name)
    assert isinstance(client, zeep.Client)
    assert set(dir(client.service)) >= set(bundled()[name].operations)
    assert client.service._binding_options["address"] == f"http://127.0.0.1:1/gate/v501/{name}"


def test_zeep_and_its_direct_get_the_same(advertiser: Direct) -> None:
    """A raw zeep client gets from the emulator what its Direct gets."""
    query: dict[str, Any] = {"SelectionCriteria": {}, "FieldNames": ["Id", "Name"]}
    ours = advertiser.campaigns.get(**query)
    zeeps = advertiser.zeep("campaigns").service.get(**query)
    assert len(ours) > 0
    assert [(campaign.Id, campaign.Name) for campaign in zeeps.Campaigns] == [
        (campaign["Id"], campaign["Name"]) for campaign in ours
    ]
