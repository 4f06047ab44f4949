"""What is live and in no WSDL: each member and value goes through the check, both wires and the emulator."""

import logging
from typing import Any

import pytest

from tests.protocol import strategies
from yadirect_soap import Direct, InvalidParamsError
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.field_lists import field_lists, listed, paths_of
from yadirect_soap.protocol.model import Operation, Shape

WIRES = pytest.mark.parametrize("transport", ["soap", "json"])
GETS = tuple(service.operations["get"] for service in bundled().values() if "get" in service.operations)


def _fields() -> list[tuple[str, str, str]]:
    """Each field that a get can request and no WSDL has: the service, the list of fields, the field."""
    return [
        (get.service, member.name, name)
        for get in GETS
        for member in field_lists(get).values()
        for name in sorted(member.shape.beyond_wsdl)
    ]


def _owners(get: Operation, prefix: str) -> tuple[tuple[str, ...], Shape]:
    """Where the fields of a list stand in an object: the path, and the type there."""
    (path, *_) = paths_of(get.response, prefix)
    shape = listed(get.response).shape
    for name in path:
        shape = shape.by_name[name].shape
    return path, shape


def _direct(emulator: Emulator, transport: Any) -> Any:
    return Direct(
        "demo-token",
        endpoint=emulator.endpoint,
        session=emulator.session(),
        transport=transport,
        strict=True,
    )


def _first(direct: Any, service: str) -> int:
    """The identifier of the demo advertiser's first unified campaign, or of its first object in that."""
    criteria = {"Types": ["UNIFIED_CAMPAIGN"]}
    campaign: int = direct.campaigns.get(SelectionCriteria=criteria, FieldNames=["Id"])[0]["Id"]
    if service == "campaigns":
        return campaign
    params = {"SelectionCriteria": {"CampaignIds": [campaign]}, "FieldNames": ["Id"]}
    key: int = direct.call(service, "get", params)[0]["Id"]
    return key


def _own(value: Any) -> Any:
    """A value without the clarifications, which the emulator words by the status."""
    if isinstance(value, list):
        return [_own(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _own(inner) for name, inner in value.items() if name != "StatusClarification"}


FIELDS = _fields()
LOGIN = "demo-advertiser"


def test_every_field_is_requested() -> None:
    """Each added field of an enumeration of fields is one of these cases, and no other is."""
    added = {
        (type_name, value)
        for change in api_changes.bundled()
        for type_name, values in (*change.values.items(), *change.enumerations.items())
        for value in values
        if type_name.endswith("FieldEnum")
    }
    cases = {
        (field_lists(bundled().operation(service, "get"))[names.removesuffix("FieldNames")].shape.name, field)
        for service, names, field in FIELDS
    }
    assert cases == added != set()


@WIRES
@pytest.mark.parametrize(("service", "names", "field"), FIELDS)
def test_a_field_is_stored_and_answered(service: str, names: str, field: str, transport: str) -> None:
    """An object with a value of the field comes back with this value, strictly decoded."""
    get = bundled().operation(service, "get")
    path, shape = _owners(get, names.removesuffix("FieldNames"))
    value = strategies.complete(shape)[field]
    inner: Any = {field: value}
    for name in reversed(path):
        inner = {name: inner}
    with Emulator() as emulator:
        direct = _direct(emulator, transport)
        key = _first(direct, service)
        document = emulator.store.get(service, key, LOGIN) or {}
        emulator.store.put(service, key, LOGIN, document | inner, changed=0)
        params: dict[str, Any] = {"FieldNames": ["Id"], "SelectionCriteria": {"Ids": [key]}}
        params[names] = [*params.get(names, []), field]
        (answered,) = direct.call(service, "get", params)
    for name in path:
        answered = answered[name]
    assert _own(answered[field]) == _own(value)


@WIRES
def test_a_campaign_has_the_moment_of_its_creation(transport: str) -> None:
    """CreateTime is set by campaigns.add, in the form that the API gives it, and an update leaves it."""
    with Emulator(clock=lambda: 1_790_000_000) as emulator:
        direct = _direct(emulator, transport)
        campaign = {"Name": "Spring", "StartDate": "2026-10-01", "UnifiedCampaign": _UNIFIED}
        (added,) = direct.campaigns.add(Campaigns=[campaign]).ids
        direct.campaigns.update(Campaigns=[{"Id": added, "Name": "Summer"}]).raise_for_errors()
        (stored,) = direct.campaigns.get(SelectionCriteria={"Ids": [added]}, FieldNames=["CreateTime", "Name"])
    assert stored == {"CreateTime": "2026-09-21T14:13:20Z", "Name": "Summer"}


_UNIFIED = {
    "BiddingStrategy": {
        "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
}


@WIRES
def test_values_in_no_wsdl_are_answered(transport: str) -> None:
    """SMART_AD_GROUP and UNIFIED_CAMPAIGN come strictly decoded, and groups are selected by the former."""
    with Emulator() as emulator:
        direct = _direct(emulator, transport)
        campaigns = [item["Id"] for item in direct.campaigns.get(FieldNames=["Id"])]
        groups = direct.adgroups.get(
            SelectionCriteria={"CampaignIds": campaigns[-10:], "Types": ["SMART_AD_GROUP"]}, FieldNames=["Id", "Type"]
        )
        (client,) = direct.clients.get(FieldNames=["AvailableCampaignTypes"])
    assert [group["Type"] for group in groups] == ["SMART_AD_GROUP"]
    assert "UNIFIED_CAMPAIGN" in client["AvailableCampaignTypes"]


@WIRES
def test_a_smart_group_takes_its_ads_and_targets(transport: str) -> None:
    """A group whose Type is SMART_AD_GROUP takes smart ads and their conditions, and no other ads."""
    with Emulator() as emulator:
        direct = _direct(emulator, transport)
        (smart,) = direct.campaigns.get(SelectionCriteria={"Types": ["SMART_CAMPAIGN"]}, FieldNames=["Id"])
        (group,) = direct.adgroups.get(SelectionCriteria={"CampaignIds": [smart["Id"]]}, FieldNames=["Id"])
        ad = {"AdGroupId": group["Id"], "SmartAdBuilderAd": {}}
        target = {"AdGroupId": group["Id"], "Name": "all", "Audience": "ALL_SEGMENTS"}
        text = {"AdGroupId": group["Id"], "TextAd": {"Title": "t", "Text": "x", "Mobile": "NO", "Href": "https://a.ru"}}
        assert direct.ads.add(Ads=[ad]).errors == {}
        assert direct.smartadtargets.add(SmartAdTargets=[target]).errors == {}
        assert [error.code for error in direct.ads.add(Ads=[text]).errors[0]] == [6000]


@WIRES
def test_the_log_tells_what_is_in_no_wsdl(transport: str, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG each member and value in no WSDL has a line with its path, its day and its source."""
    params = {"FieldNames": ["Id", "CreateTime"], "UnifiedCampaignFieldNames": ["DefaultPhoneId"]}
    with Emulator() as emulator, caplog.at_level(logging.DEBUG, "yadirect_soap"):
        _direct(emulator, transport).call("campaigns", "get", params)
    assert [record.getMessage() for record in caplog.records if "no WSDL" in record.getMessage()] == [
        "campaigns.get: $.FieldNames[1] is in no WSDL; seen 2026-09-09, public scripts",
        "campaigns.get: $.UnifiedCampaignFieldNames[0] is in no WSDL; seen 2026-09-09, public scripts",
    ]


def test_what_is_nowhere_is_refused() -> None:
    """A field that is neither in a WSDL nor known to be live is a mistake of the caller."""
    with Emulator() as emulator, pytest.raises(InvalidParamsError, match="CreatedTime"):
        _direct(emulator, "json").call("campaigns", "get", {"FieldNames": ["CreatedTime"]})
