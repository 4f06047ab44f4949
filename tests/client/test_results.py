"""Answers unpacked: what each operation gives, how partial failure shows, and what of it can be kept."""

import copy
import json
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from tests.client.servers import QUERY, result, served
from yadirect_soap import DecodeError, ItemResult, ItemResults, ItemsError, Notification, OperationResult, Page, Units
from yadirect_soap.client.results import CallResponse, count_sent, unpack
from yadirect_soap.protocol.advice import advice
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers, Response

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
FLAT = frozenset(
    {
        "agencyclients.add",
        "agencyclients.addPassportOrganization",
        "agencyclients.addPassportOrganizationMember",
        "changes.check",
        "changes.checkCampaigns",
        "changes.checkDictionaries",
        "dictionaries.get",
        "keywordsresearch.deduplicate",
    }
)
FAILED: Mapping[str, Any] = {"Errors": [{"Code": 8800, "Message": "Object not found", "Details": "No such ad"}]}


def _unpacked(key: str, value: Mapping[str, Any], sent: int | None = None) -> Any:
    operation = bundled().operation(*key.split("."))
    return unpack(operation, CallResponse(key, Response(200, Headers()), value, request_id="7"), sent)


# --- what an operation gives ----------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_every_operation_gives_its_kind_of_result(operation: Any) -> None:
    """A get gives a Page, a write ItemResults, and a result that is about several things is left as it is."""
    reads = operation.name in ("get", "getGeoRegions", "hasSearchVolume")
    expected = OperationResult if operation.key in FLAT else Page if reads else ItemResults
    value = {} if expected is not ItemResults else {operation.listed.name: [{"Id": 1}]}
    assert type(_unpacked(operation.key, value)) is expected


def test_items_are_the_list_that_the_answer_is_about() -> None:
    """A Page is the objects themselves, and carry the rest of the answer."""
    items = _unpacked("ads.get", {"LimitedBy": 2, "Ads": [{"Id": 1}, {"Id": 2}]})
    assert items == [{"Id": 1}, {"Id": 2}]
    assert (items.limited_by, items.request_id, items.units) == (2, "7", None)
    assert items.result == {"LimitedBy": 2, "Ads": [{"Id": 1}, {"Id": 2}]}


@pytest.mark.parametrize("value", [{}, {"Ads": []}, {"Ads": None}], ids=["absent", "empty", "nil"])
def test_an_absent_list_is_empty(value: Mapping[str, Any]) -> None:
    """An answer without its list gives no items, and no next page."""
    items = _unpacked("ads.get", value)
    assert (items, items.limited_by) == ([], None)


def test_a_flat_result_is_a_dict() -> None:
    """A flat result is the answer's own dict, and carries the rest of the answer."""
    checked = _unpacked("changes.check", {"Modified": {"AdIds": [1]}, "Timestamp": "2026-01-01T00:00:00Z"})
    assert checked["Modified"] == {"AdIds": [1]}
    assert (dict(checked), checked.request_id) == (checked.result, "7")


def test_a_result_carries_what_it_cost() -> None:
    """Units, RequestId, the unknown and the raw message come with every result."""
    head = {"Units": "10/20/30", "Units_Used_Login": "payer", "RequestId": "9"}
    with served(result("campaigns.get", {"Campaigns": [{"New": "1"}]}, **head)) as (_, direct):
        items = direct.campaigns.get(**QUERY)
    assert (items.units, items.request_id) == (Units(10, 20, 30, "payer"), "9")
    assert items.unknown == {"campaigns:CampaignGetItem.New": 1}
    assert b"<New>1</New>" in items.raw.body


# --- outcomes -------------------------------------------------------------------------------------------------


def test_outcomes_are_in_the_order_sent() -> None:
    """ItemResults tell by their place which items were done, which failed and what was remarked."""
    warned = {"Id": 3, "Warnings": [{"Code": 10000, "Message": "Repeated"}]}
    outcomes = _unpacked("ads.update", {"UpdateResults": [{"Id": 1}, FAILED, warned]}, 3)
    assert [outcome.index for outcome in outcomes] == [0, 1, 2]
    assert [outcome.ok for outcome in outcomes] == [True, False, True]
    assert outcomes.ids == [1, None, 3]
    assert outcomes.errors == {1: (Notification(8800, "Object not found", "No such ad"),)}
    assert outcomes.warnings == {2: (Notification(10000, "Repeated"),)}
    assert [outcome.index for outcome in outcomes.failed()] == [1]


@pytest.mark.parametrize(
    ("key", "value", "ids"),
    [
        ("ads.add", {"AddResults": [{"Id": 5, "Errors": []}]}, (5,)),
        ("ads.add", {"AddResults": [{"Id": 5, "Errors": None}]}, (5,)),
        ("bidmodifiers.add", {"AddResults": [{"Ids": [5, 6]}]}, (5, 6)),
        ("adimages.add", {"AddResults": [{"AdImageHash": "abc"}]}, ("abc",)),
        ("agencyclients.update", {"UpdateResults": [{"ClientId": 5}]}, (5,)),
        ("bids.set", {"SetResults": [{"KeywordId": 5}]}, (5,)),
        ("bids.set", {"SetResults": [{"AdGroupId": 5}]}, (5,)),
        ("bids.set", {"SetResults": [{"CampaignId": 5}]}, (5,)),
        ("ads.add", {"AddResults": [dict(FAILED)]}, ()),
        ("ads.add", {"AddResults": [{"Id": None, **FAILED}]}, ()),
        ("bidmodifiers.add", {"AddResults": [{"Ids": [], **FAILED}]}, ()),
    ],
    ids=["id", "id, nil errors", "ids", "hash", "client", "keyword", "group", "campaign", "failed", "nil id", "no ids"],
)
def test_an_outcome_finds_its_ids(key: str, value: Mapping[str, Any], ids: tuple[int | str, ...]) -> None:
    """An outcome tells the ids that it made, whatever the API calls them."""
    outcome = _unpacked(key, value, 1)[0]
    assert outcome.ids == ids
    assert outcome.id == (ids[0] if ids else None)
    assert outcome.ok is bool(ids)


def test_no_error_is_no_exception() -> None:
    """Where every item was carried out, raise_for_errors gives the outcomes back."""
    outcomes = _unpacked("ads.update", {"UpdateResults": [{"Id": 1}]}, 1)
    assert outcomes.raise_for_errors() is outcomes


def test_a_partial_failure_is_reported_by_index() -> None:
    """raise_for_errors names each failed item by its index, with codes, texts and details."""
    two = {"Errors": [{"Code": 5000, "Message": "Required field"}, {"Code": 5001, "Message": "Too long"}]}
    outcomes = _unpacked("ads.add", {"AddResults": [{"Id": 1}, FAILED, two]}, 3)
    with pytest.raises(ItemsError) as raised:
        outcomes.raise_for_errors()
    assert str(raised.value) == (
        "ads.add: 2 of 3 items failed\n"
        "  [1] 8800 Object not found (No such ad)\n"
        "  [2] 5000 Required field; 5001 Too long\n"
        f"  8800: {advice(8800)}\n"
        "  5000: fill in the field that the text names\n"
        "  5001: shorten the field that the text names"
    )
    assert [failure.index for failure in raised.value.failures] == [1, 2]
    assert (raised.value.request_id, raised.value.repeatable) == ("7", False)


def test_many_failures_are_reported_in_short() -> None:
    """Of many failures the first five are told and the rest counted; the error holds them all."""
    outcomes = _unpacked("ads.add", {"AddResults": [FAILED] * 12}, 12)
    with pytest.raises(ItemsError, match=r"\[4\] 8800 .*\n  \.\.\. and 7 more\n  8800: ") as raised:
        outcomes.raise_for_errors()
    assert len(raised.value.failures) == 12


@pytest.mark.parametrize(("sent", "received"), [(3, 2), (2, 3)], ids=["too few", "too many"])
def test_a_number_that_does_not_match_is_an_error(sent: int, received: int) -> None:
    """Where the outcomes are not as many as the items sent, raise_for_errors says so."""
    outcomes = _unpacked("ads.add", {"AddResults": [{"Id": 1}] * received}, sent)
    with pytest.raises(ItemsError, match=f"{received} results came for {sent} items"):
        outcomes.raise_for_errors()


def test_a_number_that_is_not_known_is_no_error() -> None:
    """Where it cannot be said how many items were sent, no number is wrong."""
    assert _unpacked("ads.add", {"AddResults": [{"Id": 1}]}, None).raise_for_errors().ids == [1]


@pytest.mark.parametrize("value", [{}, {"AddResults": []}, {"AddResults": None}], ids=["absent", "empty", "nil"])
def test_a_write_without_results_is_no_success(value: Mapping[str, Any]) -> None:
    """A response to a write that has no result of any item raises DecodeError, which names the list."""
    with pytest.raises(DecodeError, match=r"\$\.AddResults: found none"):
        _unpacked("ads.add", value, 1)


def test_an_empty_result_is_no_success() -> None:
    """An item whose result holds nothing is not taken for carried out."""
    outcomes = _unpacked("ads.add", {"AddResults": [{"Id": 1}, {}]}, 2)
    assert [outcome.ok for outcome in outcomes] == [True, False]
    with pytest.raises(ItemsError, match=r"\[1\] its result is empty: it may have acted"):
        outcomes.raise_for_errors()


def test_a_nil_error_is_still_an_error() -> None:
    """An error that says nothing about itself still fails its item."""
    outcomes = _unpacked("ads.add", {"AddResults": [{"Errors": [None]}]}, 1)
    assert not outcomes[0].ok
    with pytest.raises(ItemsError):
        outcomes.raise_for_errors()


@pytest.mark.parametrize(
    ("key", "name"), [("ads.get", "Ads"), ("ads.add", "AddResults")], ids=["an object", "an outcome"]
)
def test_a_nil_in_the_list_is_no_answer(key: str, name: str) -> None:
    """A list with a nil where an object belongs raises DecodeError with its path."""
    with pytest.raises(DecodeError) as raised:
        _unpacked(key, {name: [{"Id": 1}, None]})
    assert raised.value.path == f"$.{name}[1]"


def test_a_flat_failure_raises_too() -> None:
    """AgencyClients.add tells its errors in its one result, and raise_for_errors raises them."""
    assert _unpacked("agencyclients.add", {"ClientId": 1}).raise_for_errors()["ClientId"] == 1
    with pytest.raises(
        ItemsError,
        match=r"^agencyclients\.add: 1 of 1 items failed\n  \[0\] 5200 Login already in use\n  5200: the login",
    ):
        _unpacked(
            "agencyclients.add", {"Errors": [{"Code": 5200, "Message": "Login already in use"}]}
        ).raise_for_errors()


@pytest.mark.parametrize(
    ("key", "params", "sent"),
    [
        ("ads.add", {"Ads": [{}, {}]}, 2),
        ("ads.add", {"Ads": ({},)}, 1),
        ("bids.set", {"Bids": [{}]}, 1),
        ("ads.delete", {"SelectionCriteria": {"Ids": [1, 2, 3]}}, 3),
        ("adimages.delete", {"SelectionCriteria": {"AdImageHashes": ["a"]}}, 1),
        ("ads.delete", {"SelectionCriteria": {}}, None),
        ("ads.delete", {"SelectionCriteria": None}, None),
        ("ads.delete", {}, None),
        ("ads.add", {"Ads": {}}, None),
        ("ads.add", {}, None),
    ],
    ids=["objects", "tuple", "bids", "ids", "hashes", "no ids", "no criteria", "nothing", "one object", "no objects"],
)
def test_the_items_sent_are_counted(key: str, params: Mapping[str, Any], sent: int | None) -> None:
    """How many items a write sends is how many objects or ids it names, and unknown where that cannot be said."""
    assert count_sent(bundled().operation(*key.split(".")), params) == sent


def test_the_outcomes_of_a_call_know_how_many_were_sent() -> None:
    """A call whose answer holds fewer outcomes than it sent items does not pass for a success."""
    with served(result("campaigns.suspend", {"SuspendResults": [{"Id": 1}]})) as (_, direct):
        outcomes = direct.campaigns.suspend(SelectionCriteria={"Ids": [1, 2]})
    assert outcomes.sent == 2
    with pytest.raises(ItemsError, match="1 results came for 2 items"):
        outcomes.raise_for_errors()


# --- keeping results ------------------------------------------------------------------------------------------


@pytest.fixture(params=["items", "outcomes", "flat"])
def unpacked(request: pytest.FixtureRequest) -> Any:
    """One result of each kind, as a call gives it."""
    answers: Mapping[str, tuple[str, dict[str, Any]]] = {
        "items": ("campaigns.get", {"Campaigns": [{"Id": 1, "New": "x"}], "LimitedBy": 1}),
        "outcomes": ("campaigns.suspend", {"SuspendResults": [dict(FAILED)]}),
        "flat": ("changes.checkDictionaries", {"TimeZonesChanged": "NO"}),
    }
    key, value = answers[request.param]
    with served(result(key, value, Units="1/2/3", RequestId="9"), check="off") as (_, direct):
        service, name = key.split(".")
        return direct.call(service, name, {"SelectionCriteria": {"Ids": [1]}})


@pytest.mark.parametrize("again", [lambda unpacked: pickle.loads(pickle.dumps(unpacked)), copy.deepcopy, copy.copy])  # noqa: S301
def test_a_result_survives_a_copy(unpacked: Any, again: Any) -> None:
    """A result that was pickled or copied is the same, with units, RequestId, the unknown and the raw message."""
    copied = again(unpacked)
    assert (type(copied), copied, copied.__dict__.keys()) == (type(unpacked), unpacked, unpacked.__dict__.keys())
    assert (copied.units, copied.request_id, copied.unknown) == (unpacked.units, unpacked.request_id, unpacked.unknown)
    assert (copied.raw.status, copied.raw.body, copied.result) == (
        unpacked.raw.status,
        unpacked.raw.body,
        unpacked.result,
    )


def test_a_partial_failure_survives_pickling() -> None:
    """An ItemsError that was pickled still holds its failures."""
    with pytest.raises(ItemsError) as raised:
        _unpacked("ads.add", {"AddResults": [dict(FAILED)]}, 1).raise_for_errors()
    again = pickle.loads(pickle.dumps(raised.value))  # noqa: S301  our own bytes
    assert (str(again), again.failures) == (str(raised.value), raised.value.failures)


def test_results_are_json() -> None:
    """Pages and other results go to the json module as they are."""
    items = _unpacked("ads.get", {"Ads": [{"Id": 1, "AdGroupId": None}]})
    assert json.dumps(items) == '[{"Id": 1, "AdGroupId": null}]'
    assert (
        json.dumps(_unpacked("changes.checkDictionaries", {"TimeZonesChanged": "NO"})) == '{"TimeZonesChanged": "NO"}'
    )


def test_an_outcome_is_a_value() -> None:
    """Two outcomes of the same place and result are equal."""
    assert ItemResult(0, {"Id": 1}) == ItemResult(0, {"Id": 1})
    assert ItemResult(0, {"Id": 1}) != ItemResult(1, {"Id": 1})
