"""Public clients' request bodies, run unchanged over JSON, get what the documentation says."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes
from tests.emulator.public_bodies import READS, WRITES, Body


@pytest.fixture
def client(body: Body) -> Iterator[EmulatorClient]:
    """The demo advertiser at the body's version."""
    with EmulatorClient.demo() as client:
        client.version = body.version
        yield client


def prepared(client: EmulatorClient, value: Any) -> Any:
    """The params with identifiers in place of `$` and a name."""
    if isinstance(value, Mapping):
        return {name: prepared(client, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [prepared(client, inner) for inner in value]
    return identifier(client, value[1:]) if isinstance(value, str) and value.startswith("$") else value


def identifier(client: EmulatorClient, name: str) -> Any:
    """The identifier of the first object of a type or of a service; `group` is a new unified group."""
    if name in ("group", "autotargeting"):
        campaign = client.first("campaigns", Type="UNIFIED_CAMPAIGN")["Id"]
        item = {
            "Name": "Новая",
            "CampaignId": campaign,
            "RegionIds": [225],
            "UnifiedAdGroup": {"OfferRetargeting": "NO"},
        }
        group = client.call("adgroups.add", {"AdGroups": [item]}, version="v501")["AddResults"][0]["Id"]
        return group if name == "group" else client.first("keywords", AdGroupId=group)["Id"]
    if name == "RESPONSIVE_AD":
        stored = client.emulator.store.rows("ads", client.login)
        return next(row.document["Id"] for row in stored if "ResponsiveAd" in row.document)
    if name == "WIDE":
        return client.first("adimages", Type=name)["AdImageHash"]
    if name.islower():
        return client.first(name)["Id"]
    service = "campaigns" if name.endswith("CAMPAIGN") else "adgroups" if name.endswith("GROUP") else "ads"
    return client.first(service, Type=name)["Id"]


def answer(client: EmulatorClient, body: Body) -> Any:
    """The body's result, or the code that refuses it as a whole."""
    service, method = body.operation.split(".")
    message = client.json(service, method, prepared(client, body.params))
    return message["result"] if "result" in message else int(message["error"]["error_code"])


@pytest.mark.parametrize("body", WRITES, ids=lambda body: f"{body.operation}: {body.name}")
def test_a_write(client: EmulatorClient, body: Body) -> None:
    """Each item is done or refused with the documented code."""
    result = answer(client, body)
    if not isinstance(result, int):
        (results,) = result.values()
        result = tuple(map(tuple, codes(results)))
    assert result == body.expected


@pytest.mark.parametrize("body", READS, ids=lambda body: f"{body.operation}: {body.name}")
def test_a_read(client: EmulatorClient, body: Body) -> None:
    """A get has objects with the requested fields, or is refused as a whole."""
    result = answer(client, body)
    if isinstance(result, int):
        assert result == body.expected
        return
    assert body.expected == ((),)
    ((found, *_),) = result.values()
    lists = {name.removesuffix("FieldNames") for name in body.params} | {"AutotargetingSettings", "Sitelinks"}
    assert found.keys() <= {*body.params["FieldNames"], *lists}
