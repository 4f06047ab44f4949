"""split=True: what is too long for one call goes out in several, and nothing of it is lost, repeated or mixed up."""

import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.client.whole_responses import WholeResponses
from yadirect_soap import ApiError, DecodeError, Direct, InvalidParamsError, UnitsError
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.messages import Request, Response

STRATEGY = {"Search": {"BiddingStrategyType": "HIGHEST_POSITION"}, "Network": {"BiddingStrategyType": "SERVING_OFF"}}


class Counted(WholeResponses):
    """Carries requests to an emulator, counts them, and fails at the one that it is told to."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.requests: list[Request] = []
        self.fail: Callable[[int], BaseException | None] = lambda _number: None

    def exchange(self, request: Request, /) -> Response:
        self.requests.append(request)
        if error := self.fail(len(self.requests)):
            raise error
        return self.emulator.handle_request(request)

    def close(self) -> None:
        pass


@pytest.fixture
def carrier() -> Iterator[Counted]:
    """Carries requests to an emulator of its own."""
    with Emulator() as emulator:
        yield Counted(emulator)


@pytest.fixture(params=["soap", "json"])
def direct(request: Any, carrier: Counted) -> Direct:
    """A Direct of the demo account over each wire."""
    return Direct(
        "demo-token", endpoint=carrier.emulator.endpoint, http_client=carrier, transport=request.param, retry=None
    )


def _campaigns(count: int, **more: Any) -> list[dict[str, Any]]:
    text: dict[str, Any] = {"BiddingStrategy": STRATEGY}
    return [{"Name": f"{number}", "StartDate": "2030-01-01", "TextCampaign": text, **more} for number in range(count)]


def _added(direct: Any, count: int) -> list[int]:
    ids: list[int] = direct.call("campaigns", "add", {"Campaigns": _campaigns(count)}, split=True).ids
    return ids


def test_a_write_is_cut_and_its_outcomes_come_in_order(direct: Any, carrier: Counted) -> None:
    """25 campaigns go out as 10, 10 and 5; the outcomes are in the caller's order, and units are added up."""
    outcomes = direct.campaigns.add(Campaigns=_campaigns(25), split=True)
    assert len(carrier.requests) == 3
    assert [outcome.index for outcome in outcomes] == list(range(25))
    assert outcomes.sent == 25
    assert outcomes.units is not None
    assert outcomes.units.spent == 3 * 10 + 25 * 5
    assert len(set(outcomes.request_ids)) == 3
    names = direct.campaigns.get(SelectionCriteria={"Ids": outcomes.ids}, FieldNames=["Id", "Name"])
    assert {item["Id"]: item["Name"] for item in names} == {key: str(number) for number, key in enumerate(outcomes.ids)}


def test_an_item_that_fails_is_named_by_the_callers_index(direct: Any) -> None:
    """The errors of a cut write are by the index in the whole list."""
    campaigns = _campaigns(12)
    campaigns[11]["Name"] = " "
    assert set(direct.campaigns.add(Campaigns=campaigns, split=True).errors) == {11}


def test_a_short_list_is_one_call(direct: Any, carrier: Counted) -> None:
    """split=True changes nothing where one call is enough."""
    assert len(direct.campaigns.add(Campaigns=_campaigns(2), split=True)) == 2
    assert len(carrier.requests) == 1


def test_all_parts_are_checked_before_the_first_is_sent(direct: Any, carrier: Counted) -> None:
    """A mistake in the last part is reported with its index in the whole list, and nothing is sent."""
    with pytest.raises(InvalidParamsError) as caught:
        direct.campaigns.add(Campaigns=[*_campaigns(20), *_campaigns(1, Nmae="x")], split=True)
    assert caught.value.violations[0].path == "$.Campaigns[20].Nmae"
    assert not carrier.requests


def test_what_was_done_before_an_error_is_not_lost(direct: Any, carrier: Counted) -> None:
    """An error in the second part has the outcomes of the first, and says what was not sent."""
    lost = ConnectionResetError("reset")
    carrier.fail = lambda number: lost if number == 2 else None
    with pytest.raises(ConnectionResetError) as caught:
        direct.campaigns.add(Campaigns=_campaigns(25), split=True)
    progress = caught.value.progress  # type: ignore[attr-defined]
    assert [outcome.ok for outcome in progress.results] == [True] * 10
    assert (progress.attempted, progress.unsent) == (range(10, 20), range(20, 25))
    assert "10 to 19 may have acted, 20 to 24 were not sent" in caught.value.__notes__[0]


def test_a_refusal_in_between_says_that_its_items_were_refused(direct: Any, carrier: Counted) -> None:
    """The text of an error of the API tells what became of all items; it survives pickling."""
    refusal = UnitsError(152, "Not enough units")
    carrier.fail = lambda number: refusal if number == 3 else None
    with pytest.raises(ApiError) as caught:
        direct.campaigns.add(Campaigns=_campaigns(25), split=True)
    words = "of 25 items 0 to 19 were carried out, 20 to 24 were refused"
    assert words in str(caught.value)
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  made in the same line
    assert len(copy.progress.results) == 20
    assert copy.progress.results == caught.value.progress.results  # type: ignore[union-attr]  # it is there


class Short(Counted):
    """Loses the last outcome of each answer in JSON."""

    def exchange(self, request: Request, /) -> Response:
        response = super().exchange(request)
        document = json.loads(response.body)
        document["result"]["AddResults"].pop()
        return response._replace(body=json.dumps(document).encode())


def test_outcomes_that_cannot_be_counted_end_a_cut_write() -> None:
    """Fewer outcomes than items in one part would shift all that follow: that is an error."""
    message = r"9 results came for 10 items.* 0 to 9 may have acted, 10 to 10 were not sent"
    with Emulator() as emulator:
        direct: Any = Direct("demo-token", endpoint=emulator.endpoint, http_client=Short(emulator), transport="json")
        with pytest.raises(DecodeError, match=message):
            direct.campaigns.add(Campaigns=_campaigns(11), split=True)


def test_ids_of_a_write_are_cut(direct: Any, carrier: Counted) -> None:
    """More ids than one call may name are acted on in several."""
    outcomes = direct.campaigns.suspend(SelectionCriteria={"Ids": list(range(1, 1502))}, split=True)
    assert len(outcomes) == 1501
    assert len(carrier.requests) == 2


def test_items_by_many_campaigns_come_once_each(direct: Any, carrier: Counted) -> None:
    """Criteria longer than one get may have them are cut; each object comes once, repeated ids or not."""
    campaigns = _added(direct, 21)
    groups = [{"Name": "g", "CampaignId": campaign, "RegionIds": [225]} for campaign in campaigns]
    added = direct.adgroups.add(AdGroups=groups).ids
    carrier.requests.clear()
    criteria: Any = {"CampaignIds": [*campaigns, *campaigns]}
    items = direct.adgroups.items(SelectionCriteria=criteria, FieldNames=["Id"], split=True)
    assert [item["Id"] for item in items] == added
    assert len(carrier.requests) == len(items.request_ids) == 3
    pages = list(direct.adgroups.pages(SelectionCriteria=criteria, FieldNames=["Id"], split=True))
    assert [item["Id"] for page in pages for item in page] == added
    all_groups = direct.adgroups.get(SelectionCriteria=criteria, FieldNames=["Id"], split=True)
    assert [item["Id"] for item in all_groups] == added
    assert all_groups.request_id == all_groups.request_ids[-1] != all_groups.request_ids[0]


def test_an_object_that_several_parts_match_comes_once(direct: Any, carrier: Counted) -> None:
    """A group with the first and the last of eleven shared sets is found by both parts of the list, and comes once."""
    sets = [{"Name": str(number), "NegativeKeywords": ["free"]} for number in range(11)]
    ids = direct.negativekeywordsharedsets.add(NegativeKeywordSharedSets=sets).ids
    (campaign,) = _added(direct, 1)
    group = {"Name": "g", "CampaignId": campaign, "RegionIds": [225]}
    both = {"NegativeKeywordSharedSetIds": {"Items": [ids[0], ids[-1]]}}
    (added,) = direct.adgroups.add(AdGroups=[group | both]).ids
    carrier.requests.clear()
    criteria: Any = {"CampaignIds": [campaign], "NegativeKeywordSharedSetIds": ids}
    items = list(direct.adgroups.items(SelectionCriteria=criteria, FieldNames=["Id"], split=True))
    assert (items, len(carrier.requests)) == ([{"Id": added}], 2)


def test_two_long_criteria_are_combined(direct: Any, carrier: Counted) -> None:
    """Of two lists that are too long each part of one is asked for with each part of the other."""
    criteria: Any = {"CampaignIds": list(range(1, 12)), "AdGroupIds": list(range(1, 1002))}
    assert list(direct.ads.items(SelectionCriteria=criteria, FieldNames=["Id"], split=True)) == []
    assert len(carrier.requests) == 4


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "an Offset": (
        "items",
        {"SelectionCriteria": {"CampaignIds": list(range(11))}, "Page": {"Offset": 5}},
        "$.Page.Offset",
    ),
    "no Id to tell objects by": (
        "items",
        {"SelectionCriteria": {"Ids": [1], "AdExtensionIds": list(range(10_001))}, "FieldNames": ["State"]},
        "$.FieldNames",
    ),
    "a page of a get": ("get", {"SelectionCriteria": {"Ids": [1]}, "Page": {"Limit": 5}}, "$.Page"),
}


@pytest.mark.parametrize(("name", "params", "path"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_cut_is_refused(
    direct: Any, carrier: Counted, name: str, params: dict[str, Any], path: str
) -> None:
    """Where parts would lose or repeat objects, nothing is sent."""
    operation: Any = direct.ads.get if name == "get" else getattr(direct.ads, name)
    with pytest.raises(InvalidParamsError) as caught:
        operation(**{"FieldNames": ["Id"], **params}, split=True)
    assert [violation.path for violation in caught.value.violations] == [path]
    assert not carrier.requests


def test_what_would_lose_objects_is_refused_unchecked(carrier: Counted) -> None:
    """An Offset with split=True is refused even where nothing is checked."""
    direct: Any = Direct("demo-token", endpoint=carrier.emulator.endpoint, http_client=carrier, check="off")
    criteria = {"CampaignIds": list(range(11))}
    with pytest.raises(InvalidParamsError, match="Offset"):
        direct.ads.items(SelectionCriteria=criteria, FieldNames=["Id"], Page={"Offset": 5}, split=True)
    assert not carrier.requests


# --- what items() gives ---------------------------------------------------------------------------------------


def test_items_carry_units_and_request_ids(direct: Any) -> None:
    """The iterator adds up what its pages cost, page by page, and is lazy."""
    _added(direct, 5)
    everything = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])
    items = direct.campaigns.items(SelectionCriteria={}, FieldNames=["Id"], Page={"Limit": 2})
    assert (items.units, items.request_ids, items.unknown) == (None, (), {})
    next(items)
    assert len(items.request_ids) == 1
    pages = -(-len(everything) // 2)
    assert len(list(items)) == len(everything) - 1
    assert len(items.request_ids) == pages
    assert items.units is not None
    assert items.units.spent == 10 * pages + len(everything)


def test_items_can_be_closed(direct: Any) -> None:
    """An iterator that is closed gives nothing more."""
    with direct.campaigns.items(SelectionCriteria={}, FieldNames=["Id"]) as items:
        next(items)
    assert next(items, None) is None
