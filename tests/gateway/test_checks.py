"""What a gateway checks before it sends, and how it protects writes."""

import logging
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.callers import CAMPAIGN, GET, GET_ALL, SOAP_1_1, Caller
from tests.gateway.conftest import Open
from yadirect_soap import Retry
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import LostAnswer
from yadirect_soap.gateway import Options

RENAME = f"UpdateRequest: <Campaigns><Id>{CAMPAIGN}</Id><Name>New</Name></Campaigns>"
CLEAR = (
    f'UpdateRequest: <Campaigns><Id>{CAMPAIGN}</Id><NegativeKeywords xsi:nil="true"/>'
    '<DailyBudget xsi:nil="true"/></Campaigns>'
)


def test_every_complaint_has_its_line_and_path(gateway: Caller, emulator: Emulator) -> None:
    """A request that the XSD does not allow is a fault 8000 with all complaints, and nothing is sent."""
    reply = gateway.post(
        "GetRequest: <SelectionCriteria>\n<Ids>one</Ids></SelectionCriteria>\n<FieldNames>Wrong</FieldNames>"
    )
    lines = reply.detail.splitlines()
    assert reply.code == "8000"
    path = "/q:GetRequest"
    assert lines[0].startswith(f"line 3, {path}/SelectionCriteria/Ids: Element 'Ids': 'one' is not a valid value")
    assert any(line.startswith(f"line 4, {path}/FieldNames: ") for line in lines)
    assert not emulator.calls


def test_a_complaint_names_an_element_of_the_default_namespace(gateway: Caller) -> None:
    """Where a stack gives the message the default namespace (Axis, .NET), the path of a complaint names it, too."""
    message = '<GetRequest xmlns="http://api.direct.yandex.com/v5/campaigns"><FieldNames xmlns="">No</FieldNames>'
    body = f'<s:Envelope xmlns:s="{SOAP_1_1}"><s:Body>{message}</GetRequest></s:Body></s:Envelope>'
    assert gateway.post(body).detail.startswith("line 1, /GetRequest/FieldNames: ")


def test_a_limit_of_the_documentation_is_the_apis(gateway: Caller) -> None:
    """A request that the XSD allows and a documented limit does not is refused by the API, with its own code."""
    reply = gateway.post("GetRequest: <FieldNames>Id</FieldNames><Page><Limit>10001</Limit></Page>")
    assert (reply.code, reply.texts("faultstring")) == ("4002", ["Invalid page settings"])


def test_warn_sends_and_logs(open_gateway: Open, emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    """With validate="warn" a request goes to the API as it is, and the log has the complaint."""
    with caplog.at_level(logging.INFO, "yadirect_soap.gateway"):
        reply = open_gateway(Options(validate="warn")).post("GetRequest: <FieldNames>Wrong</FieldNames>")
    assert (reply.code, len(list(emulator.calls))) == ("8000", 1)
    assert "invalid request: line 2, /q:GetRequest/FieldNames" in caplog.text


def test_nil_clears_by_default(gateway: Caller) -> None:
    """An update with nil clears the member, as the API has it."""
    assert gateway.post(CLEAR).texts("Id") == [str(CAMPAIGN)]
    read = gateway.post(f"GetRequest: {GET}<FieldNames>DailyBudget</FieldNames>")
    assert b'<DailyBudget xsi:nil="true"/>' in read.body


def test_nil_is_refused_but_for_the_list(open_gateway: Open, emulator: Emulator) -> None:
    """With nil="refuse" an update may clear only what is on the list; the fault names the others."""
    options = Options(nil="refuse", nil_allowed=frozenset({"campaigns.NegativeKeywords"}))
    reply = open_gateway(options).post(CLEAR)
    assert reply.code == "8000"
    assert reply.detail.startswith("$.Campaigns[0].DailyBudget: found nil, expected a value: campaigns.DailyBudget")
    assert "NegativeKeywords" not in reply.detail
    assert not emulator.calls


def test_a_bid_is_not_cleared_either(open_gateway: Open, emulator: Emulator) -> None:
    """With nil="refuse" also setBids may clear nothing."""
    bid = 'SetBidsRequest: <Bids><Id>1</Id><AverageCpc xsi:nil="true"/></Bids>'
    reply = open_gateway(Options(nil="refuse")).post(bid, path="/v501/smartadtargets")
    assert reply.detail.startswith("$.Bids[0].AverageCpc: found nil, expected a value: smartadtargets.AverageCpc")
    assert not emulator.calls


def test_writes_stop_at_the_floor(open_gateway: Open, emulator: Emulator) -> None:
    """While fewer units are left than the floor, writes are refused with a fault of the gateway and reads go on."""
    hour = [1000 * 3600.0]
    caller = open_gateway(Options(units_floor=1_000_000), now=lambda: hour[0])
    assert caller.post(f"GetRequest: {GET}").code == ""
    fault = caller.post(RENAME)
    assert (fault.code, fault.texts("requestId")[0][:8]) == ("152", "gateway-")
    assert fault.texts("faultcode") == ["SOAP-ENV:Server"]
    assert caller.post(f"GetRequest: {GET}").code == ""
    hour[0] += 3600  # units have been added: how many, an answer will say
    assert caller.post(RENAME).code == ""


@pytest.mark.parametrize("spelling", ["demo-client-rub", "Demo-Client-RUB", "demo.client.rub"])
def test_a_floor_holds_for_every_spelling_of_a_login(open_gateway: Open, spelling: str) -> None:
    """A login in other capitals, or with dots for hyphens, is the same client with the same units."""
    caller = open_gateway(Options(units_floor=1_000_000), token="demo-agency-token")
    assert caller.post(GET_ALL, path="/client/demo-client-rub/v501/campaigns").code == ""
    fault = caller.post(RENAME, path=f"/client/{spelling}/v501/campaigns")
    assert (fault.code, fault.texts("requestId")[0][:8]) == ("152", "gateway-")


@pytest.mark.parametrize(
    ("content", "code", "says", "attempts"),
    [
        (RENAME, "2", "may have acted", 1),
        (f"GetRequest: {GET}", "", "", 2),
    ],
    ids=["write", "read"],
)
def test_a_lost_answer_is_told(
    open_gateway: Open, emulator: Emulator, content: str, code: str, says: str, attempts: int
) -> None:
    """A write whose answer was lost is not repeated but told by a fault; a read is repeated."""
    emulator.faults.inject(LostAnswer())
    reply = open_gateway(retry=Retry(attempts=3), sleep=lambda _: None).post(content)
    assert (reply.code, len(list(emulator.calls))) == (code, attempts)
    assert says in "".join(reply.texts("faultstring"))


def test_long_writes_are_cut(open_gateway: Open, emulator: Emulator) -> None:
    """A write of more objects than a call may have becomes several, whose results come in the order of the objects."""
    ids = [CAMPAIGN if index in (0, 1050) else index + 1 for index in range(1051)]
    items = "".join(f"<Ids>{number}</Ids>" for number in ids)
    reply = open_gateway().post(f"SuspendRequest: <SelectionCriteria>{items}</SelectionCriteria>")
    results: list[Any] = list(reply.root.iter("SuspendResults"))
    assert len(results) == 1051
    assert [index for index, result in enumerate(results) if result.find("Errors") is None] == [0, 1050]
    assert len(list(emulator.calls)) == 2
    assert len(reply.fields["RequestId"].split(",")) == 2


def test_one_get_has_all_pages(open_gateway: Open, emulator: Emulator) -> None:
    """With all_pages a get without Page is answered with the objects of all pages; one with Page is as it was."""
    caller = open_gateway(Options(all_pages=True))
    everything, page = caller.post(GET_ALL), caller.post(f"{GET_ALL}<Page><Limit>2</Limit></Page>")
    assert len(page.texts("Id")) == 2
    assert page.texts("LimitedBy") == ["2"]
    assert len(everything.texts("Id")) > 2
    assert everything.texts("LimitedBy") == []


def test_faults_are_in_the_language_of_the_api(open_gateway: Open) -> None:
    """A gateway whose Direct asks for Russian texts says its own in Russian too, in either version of SOAP."""
    gateway = open_gateway(Options(nil="refuse"), language="ru")
    reply = gateway.post(CLEAR)
    assert reply.texts("faultstring") == ["Некорректный запрос"]
    assert "campaigns.NegativeKeywords нет среди полей, которые можно очистить" in reply.detail
    assert gateway.post("").texts("faultstring") == ["Некорректный запрос"]


def test_an_archive_that_cannot_be_written_is_no_mistake_of_the_caller(open_gateway: Open, tmp_path: Path) -> None:
    """Without its archive nothing is sent: the caller may repeat the call, and is told why."""
    (tmp_path / "file").write_text("")
    reply = open_gateway(archive=tmp_path / "file").post(f"GetRequest: {GET}")
    assert (reply.code, reply.texts("faultcode")) == ("1", ["SOAP-ENV:Server"])
    assert reply.detail.count("nothing was sent") == 1


def test_a_client_that_is_no_login_is_refused(gateway: Caller) -> None:
    """What cannot be a login is the mistake of the caller."""
    reply = gateway.post(f"GetRequest: {GET}", path="/client/a b/v501/campaigns")
    assert (reply.code, reply.texts("faultcode")) == ("8000", ["SOAP-ENV:Client"])
    assert "not a login: 'a b'" in reply.detail
