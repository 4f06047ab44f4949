"""Items that come while their page does: early, flat in memory, and taken up again where a page broke off."""

import json
import threading
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.client.servers import QUERY, XML, Handler, Step, fault, result, served
from yadirect_soap import ConfigurationError, DecodeError, Direct, NotFoundError, ResponseLostError, Retry
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES
from yadirect_soap.types.campaigns import CampaignGetItem

TOTAL = 3_000
READS = Retry(attempts=3, wait_initial=0.0)


def _campaigns(offset: int, limit: int) -> bytes:
    last = min(offset + limit, TOTAL)
    payload: dict[str, Any] = {} if last == TOTAL else {"LimitedBy": last}
    payload["Campaigns"] = [{"Id": number, "Name": f"Campaign {number}"} for number in range(offset, last)]
    return WIRES["soap"].encode_result(bundled().operation("campaigns", "get"), payload)


def _page(handler: Handler) -> bytes:
    _, params = WIRES["soap"].decode_request(bundled()["campaigns"], handler.received.body)
    page: Mapping[str, int] = params.get("Page") or {}
    return _campaigns(page.get("Offset", 0), page.get("Limit", 1_000))


def complete(handler: Handler) -> None:
    """Serves the page that is asked for."""
    body = _page(handler)
    handler.head(200, {"Content-Type": XML, "Content-Length": str(len(body))})
    handler.wfile.write(body)


def cut_after(part: float) -> Step:
    """Serves a part of the page, and hangs up."""

    def step(handler: Handler) -> None:
        body = _page(handler)
        handler.head(200, {"Content-Type": XML, "Content-Length": str(len(body))})
        handler.wfile.write(body[: int(len(body) * part)])
        handler.cut()

    return step


def _ids(items: Iterator[CampaignGetItem]) -> list[int]:
    return [item["Id"] for item in items]


def test_the_first_item_comes_before_the_last_byte() -> None:
    """An item is there as soon as its bytes are, while the server still holds the rest of the page back."""
    go_on = threading.Event()

    def half(handler: Handler) -> None:
        body = _page(handler)
        handler.head(200, {"Content-Type": XML, "Content-Length": str(len(body))})
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        go_on.wait(30)
        handler.wfile.write(body[len(body) // 2 :])

    with served(half, complete) as (_, direct):
        items = direct.campaigns.items(**QUERY)
        assert next(items)["Id"] == 0
        go_on.set()
        assert _ids(items) == list(range(1, TOTAL))


@pytest.mark.parametrize("part", [0.2, 0.5, 0.999], ids=["early", "halfway", "at the very end"])
def test_a_page_that_breaks_off_is_taken_up_where_it_did(part: float) -> None:
    """After a lost connection no object comes twice and none is missing."""
    with served(cut_after(part), complete, retry=READS) as (server, direct):
        assert _ids(direct.campaigns.items(**QUERY)) == list(range(TOTAL))
        assert len(server.received) == 4


def test_a_page_of_a_set_size_is_asked_for_the_rest_only() -> None:
    """Where Page.Limit says how many, the second attempt asks for as many as did not come."""
    with served(cut_after(0.5), complete, retry=READS) as (server, direct):
        assert _ids(direct.campaigns.items(**QUERY, Page={"Limit": 500})) == list(range(TOTAL))
        pages = [
            WIRES["soap"].decode_request(bundled()["campaigns"], received.body)[1]["Page"]
            for received in server.received
        ]
    assert pages[0] == {"Limit": 500}
    assert pages[1]["Offset"] + pages[1]["Limit"] == 500
    assert pages[2] == {"Limit": 500, "Offset": 500}


def test_a_full_page_without_its_end_is_not_requested_again() -> None:
    """If all objects of Page.Limit came and only the end of the document was lost, the next page is requested."""
    with served(cut_after(1 - 1e-4), complete, retry=READS) as (server, direct):
        assert _ids(direct.campaigns.items(**QUERY, Page={"Limit": 500})) == list(range(TOTAL))
        assert len(server.received) == TOTAL // 500


def test_without_retries_a_page_that_breaks_off_is_an_error() -> None:
    """What came is given, then the loss is told: a broken page is never a shorter one."""
    with served(cut_after(0.5)) as (_, direct):
        items = direct.campaigns.items(**QUERY)
        assert next(items)["Id"] == 0
        with pytest.raises(ResponseLostError):
            list(items)


def test_a_document_that_ends_early_is_an_error() -> None:
    """A page whose bytes all came and whose XML does not end is unreadable, after the items before the place."""
    body = _campaigns(0, 1_000)[:-40]

    def step(handler: Handler) -> None:
        handler.head(200, {"Content-Type": XML, "Content-Length": str(len(body))})
        handler.wfile.write(body)

    with served(step) as (_, direct), pytest.raises(DecodeError):
        list(direct.campaigns.items(**QUERY))


def test_a_fault_is_raised_by_the_first_item() -> None:
    """A refusal of the page comes as the error that call() would raise."""
    with served(fault(8800)) as (_, direct), pytest.raises(NotFoundError):
        next(direct.campaigns.items(**QUERY))


def test_a_function_reads_a_page_while_it_arrives() -> None:
    """read_page() hands objects on one by one, and gives the rest of the response with what was made of them."""
    go_on = threading.Event()
    seen: list[int] = []

    def half(handler: Handler) -> None:
        body = _page(handler)
        handler.head(200, {"Content-Type": XML, "Content-Length": str(len(body)), "Units": "10/90/100"})
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        go_on.wait(30)
        handler.wfile.write(body[len(body) // 2 :])

    def read(items: Iterator[dict[str, Any]]) -> int:
        for item in items:
            seen.append(item["Id"])
            go_on.set()
        return len(seen)

    with served(half) as (_, direct):
        count, response = direct.read_page("campaigns", "get", QUERY, read)
    assert (count, seen) == (1_000, list(range(1_000)))
    assert response.result == {"LimitedBy": 1_000}
    assert response.units == (10, 90, 100, "")


def test_a_function_that_stops_early_still_gets_the_whole_response() -> None:
    """LimitedBy follows the objects; it is there although only the first object was taken."""
    with served(complete) as (_, direct):
        first, response = direct.read_page("campaigns", "get", QUERY, lambda items: next(items)["Id"])
    assert (first, response.result["LimitedBy"]) == (0, 1_000)


@pytest.mark.parametrize("part", [0.2, 0.999])
def test_a_page_that_breaks_off_is_read_again_as_a_whole(part: float) -> None:
    """By an Offset objects would be missed that moved forward meanwhile; so the function starts anew."""
    with served(cut_after(part), complete, retry=READS) as (server, direct):
        read, _response = direct.read_page("campaigns", "get", QUERY, lambda items: [item["Id"] for item in items])
        requested = [WIRES["soap"].decode_request(bundled()["campaigns"], r.body)[1] for r in server.received]
    assert read == list(range(1_000))
    assert requested == [QUERY, QUERY]


@pytest.mark.parametrize("transport", ["soap", "json"])
def test_a_read_page_has_the_objects_of_a_call(transport: WireName) -> None:
    """On both wires, with amounts as the settings say."""
    params: Any = {"FieldNames": ["Id", "DailyBudget"], "SelectionCriteria": {}}
    with Emulator() as emulator:
        settings: Any = {"endpoint": emulator.endpoint, "session": emulator.session(), "transport": transport}
        direct = Direct("demo-token", money="decimal", **settings)
        read, response = direct.read_page("campaigns", "get", params, list)
        assert read == direct.campaigns.get(**params)
    assert any(isinstance((item.get("DailyBudget") or {}).get("Amount"), Decimal) for item in read)
    assert "LimitedBy" not in response.result


def test_an_operation_without_a_list_cannot_be_read_as_a_page() -> None:
    """It is refused before anything is sent; a fault of the API is raised as by a call."""
    with served(fault(8800)) as (server, direct):
        with pytest.raises(ConfigurationError, match="changes"):
            direct.read_page("changes", "checkDictionaries", {}, list)
        assert not server.received
        with pytest.raises(NotFoundError):
            direct.read_page("campaigns", "get", QUERY, list)


def test_strict_refuses_unknown_members_of_items() -> None:
    """With strict, the first item that holds what the contract does not know is an error."""
    payload = {"Campaigns": [{"Id": 1}, {"Id": 2, "Newest": "thing"}, {"Id": 3}]}
    with (
        served(result("campaigns.get", payload), strict=True) as (_, direct),
        pytest.raises(DecodeError, match="Newest"),
    ):
        list(direct.campaigns.items(**QUERY))


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_strict_refuses_unknown_names_beside_items(wire: WireName) -> None:
    """With strict, a name that the contract does not know is an error where it stands after the last item, too."""
    payload = {"Campaigns": [{"Id": 1}], "Newest": "thing"}
    with (
        served(result("campaigns.get", payload, wire=wire), transport=wire, strict=True) as (_, direct),
        pytest.raises(DecodeError, match="Newest"),
    ):
        list(direct.campaigns.items(**QUERY))


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_money_is_converted_item_by_item(wire: str) -> None:
    """With money="decimal", amounts of streamed objects are Decimals, as those of get are."""
    payload = {"Campaigns": [{"Id": 1, "DailyBudget": {"Amount": 300_500_000, "Mode": "STANDARD"}}]}
    with served(result("campaigns.get", payload, wire=wire), money="decimal", transport=wire) as (_, direct):
        (campaign,) = direct.campaigns.items(**QUERY)
    budget = campaign["DailyBudget"]
    assert budget is not None
    assert str(budget["Amount"]) == "300.50"


def test_both_wires_stream_the_same() -> None:
    """Items over JSON are those over SOAP."""
    payload = {"Campaigns": [{"Id": number, "Name": json.dumps(number)} for number in range(50)]}
    answers = []
    for wire in ("soap", "json"):
        with served(result("campaigns.get", payload, wire=wire), transport=wire) as (_, direct):
            answers.append(list(direct.campaigns.items(**QUERY)))
    assert answers[0] == answers[1] == payload["Campaigns"]


@pytest.mark.parametrize("wire", WIRES)
def test_a_nil_among_the_items_is_reported_by_its_path(wire: WireName) -> None:
    """A nil where an object belongs is reported by the same path as a whole answer's."""
    step = result("campaigns.get", {"Campaigns": [{"Id": 1}, None]}, wire=wire)
    with served(step, transport=wire) as (_, direct), pytest.raises(DecodeError) as caught:
        list(direct.campaigns.items(FieldNames=["Id"]))
    assert caught.value.path == "$.Campaigns[1]"
