"""Direct itself: its services and operations by name, what it checks before it sends, and what it sends."""

import gc
from collections.abc import Mapping
from typing import Any

import pytest

from tests.client.servers import QUERY, TOKEN, ScriptedServer, answer, result, served
from tests.client.whole_responses import WholeResponses
from yadirect_soap import (
    DecodeError,
    Direct,
    InvalidParamsError,
    ItemResults,
    UnknownNameError,
)
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Request, Response
from yadirect_soap.protocol.wires import WIRES

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})


class Nowhere(WholeResponses):
    """A Transport that never has anything to carry."""

    def exchange(self, request: Request, /) -> Response:
        raise AssertionError(request)

    def close(self) -> None:
        pass


@pytest.fixture
def direct() -> Direct:
    """A Direct that sends nothing."""
    return Direct(TOKEN, http_client=Nowhere())


# --- names ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_every_operation_is_an_attribute(operation: Any, direct: Direct) -> None:
    """Each of the 112 operations is an attribute of its service, which is one of the Direct."""
    service = getattr(direct, operation.service)
    assert repr(getattr(service, operation.name)) == f"<operation {operation.key}>"
    assert {operation.service} <= set(dir(direct))
    assert {operation.name, "pages", "items"} <= set(dir(service))


def test_a_service_shows_its_operations(direct: Direct) -> None:
    """The repr of a service names its operations."""
    assert repr(direct.leads) == "<service leads: get>"


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (lambda direct: direct.campaign, "the API has no service 'campaign'; did you mean 'campaigns'"),
        (lambda direct: direct.AdGroups, "did you mean 'adgroups'"),
        (lambda direct: direct.xyzzy, "the API has no service 'xyzzy'$"),
        (lambda direct: direct.ads.upadte, "the service ads has no operation 'upadte'; did you mean 'update'"),
        (lambda direct: direct.changes.checkcampaigns, "did you mean 'checkCampaigns'"),
        (lambda direct: direct._private, "_private"),
        (lambda direct: direct.ads._private, "_private"),
    ],
    ids=["near", "case", "far", "operation", "operation's case", "private", "private of a service"],
)
def test_an_unknown_attribute_tells_the_nearest(look: Any, words: str, direct: Direct) -> None:
    """A name that is no service or operation is an AttributeError with the nearest that is."""
    with pytest.raises(AttributeError, match=words):
        look(direct)


@pytest.mark.parametrize(
    ("service", "operation", "words"),
    [
        ("campaign", "get", "no service 'campaign'; did you mean 'campaigns'"),
        ("ads", "upadte", "no operation 'upadte' in ads; did you mean 'update'"),
        ("ads", "Get", "no operation 'Get' in ads; did you mean 'get'"),
        ("", "", "no service ''"),
        ("Reports", "get", "direct.reports.get"),
    ],
    ids=["service", "operation", "operation's case", "nothing", "reports"],
)
def test_an_unknown_name_tells_the_nearest(service: str, operation: str, words: str, direct: Direct) -> None:
    """A name known at run time only that is none raises UnknownNameError, which is a LookupError too."""
    with pytest.raises(UnknownNameError, match=words) as raised:
        direct.call(service, operation)
    assert isinstance(raised.value, LookupError)
    assert not raised.value.sent


@pytest.mark.parametrize("name", ["campaigns", "Campaigns", "CAMPAIGNS"])
def test_a_service_is_called_in_any_case(name: str) -> None:
    """The name of a service is as good in the case of the documentation."""
    with served(FOUND) as (server, direct):
        assert direct.call(name, "get", QUERY) == [{"Id": 1}]
        assert server.received[0].path == "/v501/campaigns"


def test_a_param_may_have_any_name(direct: Direct) -> None:
    """No name of a param stands in the way of Python's own."""
    with pytest.raises(InvalidParamsError, match=r"\$\.self: found an unknown name"):
        direct.ads.get(self=1)  # type: ignore[call-arg]  # the mistake that is shown
    with pytest.raises(InvalidParamsError, match=r"\$\.self: found an unknown name"):
        next(direct.ads.items(self=1))  # type: ignore[call-arg]  # the mistake that is shown


# --- what is checked ------------------------------------------------------------------------------------------


def test_every_violation_comes_at_once(direct: Direct) -> None:
    """Invalid params raise before anything is sent, with the path of every violation."""
    with pytest.raises(InvalidParamsError) as raised:
        direct.call("ads", "update", {"Ads": [{"Id": "1"}, {"TextAd": {"Titel": "x"}}]})
    assert [violation.path for violation in raised.value.violations] == [
        "$.Ads[0].Id",
        "$.Ads[1].TextAd.Titel",
        "$.Ads[1].Id",
    ]
    assert str(raised.value).startswith("ads.update: invalid params; nothing was sent\n  $.Ads[0].Id: found '1' (str)")
    assert not raised.value.sent


@pytest.mark.parametrize("check", ["error", "warn", "off"])
@pytest.mark.parametrize("params", [[], "params", 5, [("FieldNames", ["Id"])]], ids=["list", "text", "number", "pairs"])
def test_params_are_an_object(params: Any, check: Any) -> None:
    """Params that are no object are refused, however they are checked."""
    with Direct(TOKEN, http_client=Nowhere(), check=check) as direct, pytest.raises(InvalidParamsError) as raised:
        direct.call("ads", "get", params)
    assert [violation.path for violation in raised.value.violations] == ["$"]


def test_no_params_are_an_empty_object() -> None:
    """An operation without params is called without any."""
    with served(result("changes.checkDictionaries", {"TimeZonesChanged": "NO"})) as (_, direct):
        assert direct.call("changes", "checkDictionaries") == {"TimeZonesChanged": "NO"}
        assert direct.changes.checkDictionaries() == {"TimeZonesChanged": "NO"}


@pytest.mark.parametrize("check", ["warn", "off"])
@pytest.mark.parametrize("wire", WIRES)
def test_params_that_do_not_fit_can_be_sent(wire: str, check: str) -> None:
    """With check="warn" or "off" the API decides about names and values that the contract does not know."""
    params = {"FieldNames": ["New"], "SelectionCriteria": {"NewIds": [1, 2]}, "New": {"Inner": None}}
    with served(result("campaigns.get", {}, wire=wire), transport=wire, check=check) as (server, direct):
        direct.call("campaigns", "get", params)
        operation, decoded = WIRES[wire].decode_request(bundled()["campaigns"], server.received[0].body)
    assert operation is not None
    assert str(decoded["New"]) == "{'Inner': None}"
    assert decoded["FieldNames"] == ["New"]


@pytest.mark.parametrize(
    ("wire", "params", "path"),
    [
        ("soap", {"Limit": 1.5}, "$.Limit"),
        ("soap", {"Ids": []}, "$.Ids"),
        ("soap", {"Ids": [[1]]}, "$.Ids[0]"),
        ("soap", {"Flag": True}, "$.Flag"),
        ("soap", {"Name": "\x00"}, "$.Name"),
        ("soap", {"two words": 1}, "$"),
        ("soap", {"Ids": object()}, "$.Ids"),
        ("json", {"Limit": 1.5}, "$.Limit"),
        ("json", {"Ids": [1, float("nan")]}, "$.Ids[1]"),
        ("json", {"Ids": object()}, "$.Ids"),
    ],
    ids=[
        "float",
        "empty list",
        "list in a list",
        "bool",
        "NUL",
        "no name",
        "another object",
        "JSON float",
        "JSON NaN",
        "JSON another object",
    ],
)
@pytest.mark.parametrize("check", ["warn", "off"])
def test_what_a_wire_cannot_say_is_never_sent(check: Any, wire: Any, params: Mapping[str, Any], path: str) -> None:
    """What a wire cannot carry without loss is refused with its path, even unchecked."""
    direct = Direct(TOKEN, http_client=Nowhere(), check=check, transport=wire)
    with pytest.raises(InvalidParamsError) as raised:
        direct.call("campaigns", "get", params)
    assert raised.value.violations[0].path == path


@pytest.mark.parametrize("wire", WIRES)
def test_params_without_end_are_never_sent(wire: Any) -> None:
    """Params that hold themselves are refused, even unchecked."""
    endless: dict[str, Any] = {}
    endless["Inner"] = endless
    with pytest.raises(InvalidParamsError, match="without end"):
        Direct(TOKEN, http_client=Nowhere(), check="off", transport=wire).call("campaigns", "get", endless)


def test_json_can_say_an_empty_list() -> None:
    """An empty list, which SOAP cannot express, is sent over JSON where it is not checked."""
    with Direct(TOKEN, transport="json", check="off") as direct:
        assert b'"FieldNames":[]' in direct.build_request("campaigns", "get", {"FieldNames": []}).body


# --- what is sent ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
def test_the_envelope_is_what_a_call_sends(wire: str) -> None:
    """envelope() gives the address, headers and body that call() sends, and sends nothing itself."""
    with served(result("campaigns.get", {}, wire=wire), transport=wire, client_login="client") as (server, direct):
        request = direct.build_request("campaigns", "get", QUERY)
        assert server.received == []
        direct.call("campaigns", "get", QUERY)
        sent = server.received[0]
    assert (sent.method, server.url + sent.path, sent.body) == (request.method, request.address, request.body)
    assert {name: sent.headers[name] for name in request.headers} == dict(request.headers)


def test_an_envelope_is_checked_too(direct: Direct) -> None:
    """envelope() refuses what call() would refuse."""
    with pytest.raises(InvalidParamsError):
        direct.build_request("campaigns", "get", {"Odd": 1})
    with pytest.raises(UnknownNameError):
        direct.build_request("campaigns", "gett", {})


@pytest.mark.parametrize("wire", WIRES)
def test_both_wires_give_the_same(wire: str) -> None:
    """A result is the same over SOAP and over JSON."""
    payload = {"LimitedBy": 2, "Campaigns": [{"Id": 2**53 + 1, "Name": "Чай & <кофе>", "EndDate": None}, {"Id": 2}]}
    with served(result("campaigns.get", payload, wire=wire), transport=wire) as (_, direct):
        page = direct.campaigns.get(**QUERY)
    assert (page, page.limited_by) == (payload["Campaigns"], 2)


def test_strict_refuses_what_is_not_known() -> None:
    """With strict=True a new element or value in an answer is an error, once the call was made."""
    with served(result("campaigns.get", {"Campaigns": [{"New": "1"}]}), strict=True) as (server, direct):
        with pytest.raises(DecodeError, match=r"the contract does not know campaigns:CampaignGetItem\.New"):
            direct.campaigns.get(**QUERY)
        assert len(server.received) == 1


def test_a_write_gives_outcomes() -> None:
    """A write gives Outcomes, which raise nothing by themselves."""
    failed = {"Errors": [{"Code": 8800, "Message": "Object not found"}]}
    with served(result("campaigns.delete", {"DeleteResults": [{"Id": 1}, failed]})) as (_, direct):
        outcomes = direct.campaigns.delete(SelectionCriteria={"Ids": [1, 2]})
    assert isinstance(outcomes, ItemResults)
    assert outcomes.ids == [1, None]


# --- its life -------------------------------------------------------------------------------------------------


def test_a_direct_is_left_with_nothing_open() -> None:
    """A `with` closes what the Direct opened, when an error leaves it too."""
    with ScriptedServer(answer(b"")) as server:
        with pytest.raises(DecodeError), Direct(TOKEN, endpoint=server.url) as direct:
            direct.campaigns.get(**QUERY)
        del direct
        gc.collect()


def test_a_closed_direct_can_ask_again() -> None:
    """Closing gives up connections, not the Direct."""
    with served(FOUND) as (server, direct):
        direct.campaigns.get(**QUERY)
        direct.close()
        assert direct.campaigns.get(**QUERY) == [{"Id": 1}]
        assert len({received.connection for received in server.received}) == 2


def test_zeep_goes_over_another_client() -> None:
    """A raw zeep client sends by the HTTP client that the Direct was given."""

    class Emulated(WholeResponses):
        def exchange(self, request: Request, /) -> Response:
            return emulator.handle_request(request)

    with Emulator() as emulator:
        direct = Direct("demo-token", endpoint=emulator.endpoint, http_client=Emulated())
        campaigns = direct.zeep("campaigns").service.get(SelectionCriteria={}, FieldNames=["Id"])
    assert len(campaigns) > 0
