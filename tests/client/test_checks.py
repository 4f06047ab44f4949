"""What a Direct refuses before it sends: limits, empty lists, numbers of other libraries; and how it says so."""

import base64
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pandas
import pytest

from tests.png_images import png
from yadirect_soap import ApiError, Direct, InvalidParamsError
from yadirect_soap.emulator import Emulator

WIRES = ["soap", "json"]
TEXT_CAMPAIGN = {
    "BiddingStrategy": {
        "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    },
}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo account."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def connect(emulator: Emulator) -> Iterator[Callable[..., Direct]]:
    """Makes Directs of the demo account."""
    with emulator.session() as session:

        def direct(**settings: Any) -> Direct:
            return Direct("demo-token", endpoint=emulator.endpoint, session=session, **settings)

        yield direct


class Int64:
    """What numpy's integers are like: no int, and it says so."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


class Scalar:
    """What numpy's numbers are like that are no integers."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def tolist(self) -> Any:
        return self.value


class Array(Scalar):
    """What numpy's arrays and pandas' series are like: no sequence, but they make a list of themselves."""


def _refusal(call: Callable[..., Any], **params: Any) -> list[str]:
    with pytest.raises(InvalidParamsError) as caught:
        call(**params)
    return list(map(str, caught.value.violations))


@pytest.mark.parametrize("wire", WIRES)
def test_a_limit_is_checked_before_anything_is_sent(connect: Any, emulator: Emulator, wire: str) -> None:
    """Too many ids and a wrong page are reported together, and nothing is sent."""
    params = {"SelectionCriteria": {"CampaignIds": list(range(11))}, "FieldNames": ["Id"], "Page": {"Offset": -1}}
    assert _refusal(connect(transport=wire).ads.get, **params) == [
        "$.SelectionCriteria.CampaignIds: found 11 values, expected at most 10; send them in parts, or pass split=True",
        "$.Page.Offset: found -1, expected 0 or more",
    ]
    assert not list(emulator.calls)


def test_a_limit_is_reported_with_all_else(connect: Any) -> None:
    """A violation of the contract and one of a limit are reported in one go."""
    message = _refusal(connect().campaigns.get, FieldNames=["Ids"], Page={"Limit": 0})
    assert [line.partition(":")[0] for line in message] == ["$.FieldNames[0]", "$.Page.Limit"]


def test_a_warning_says_that_the_params_were_sent(connect: Any, caplog: pytest.LogCaptureFixture) -> None:
    """check="warn" logs what is wrong, and that it was sent."""
    with pytest.raises(ApiError):
        connect(check="warn").campaigns.get(FieldNames=["Id"], Page={"Limit": 0})
    assert caplog.messages == [
        'campaigns.get: invalid params, sent because of check="warn":\n'
        "  $.Page.Limit: found 0, expected from 1 to 10000"
    ]


# --- empty lists ----------------------------------------------------------------------------------------------


def test_empty_lists_are_reported_in_one_go_over_soap(connect: Any) -> None:
    """SOAP cannot say an empty list: each one in an update is reported, with every other violation."""
    campaign = {"Id": 1, "TextCampaign": {"Settings": [], "PriorityGoals": {"Items": []}}}
    message = _refusal(connect().campaigns.update, Campaigns=[campaign, {"Id": "2"}])
    assert message[0].startswith(
        "$.Campaigns[0].TextCampaign.Settings: found an empty list, which SOAP cannot express, expected"
    )
    assert message[1].startswith(
        "$.Campaigns[0].TextCampaign.PriorityGoals.Items: found an empty list, expected a list of"
    )
    assert message[2].startswith("$.Campaigns[1].Id: found '2' (str)")


def test_an_empty_list_in_an_update_is_sent_over_json(connect: Any, emulator: Emulator) -> None:
    """JSON can say an empty list, and does."""
    connect(transport="json").campaigns.update(Campaigns=[{"Id": 1, "TextCampaign": {"Settings": []}}])
    assert list(emulator.calls)


@pytest.mark.parametrize("wire", WIRES)
def test_an_empty_list_in_an_add_equals_absence(connect: Any, wire: str) -> None:
    """An add takes an empty list over both wires: over SOAP it is left out."""
    campaign = {"Name": "Spring", "StartDate": "2030-01-01", "TextCampaign": {**TEXT_CAMPAIGN, "Settings": []}}
    assert connect(transport=wire).campaigns.add(Campaigns=[campaign]).raise_for_errors().ids


def test_an_empty_list_that_is_required_is_refused_in_an_add(connect: Any) -> None:
    """An add of nothing is no add."""
    assert _refusal(connect().campaigns.add, Campaigns=[]) == [
        "$.Campaigns: found an empty list, expected a list of campaigns:CampaignAddItem with at least one item"
    ]


# --- values of other libraries --------------------------------------------------------------------------------

TAKEN: dict[str, Callable[[list[int]], Any]] = {
    "numbers with __index__": lambda ids: list(map(Int64, ids)),
    "an array": Array,
    "a generator": lambda ids: (number for number in ids),
    "an iterator": lambda ids: itertools.islice(ids, len(ids)),
    "a set": set,
    "keys": lambda ids: dict.fromkeys(ids).keys(),
    "a tuple": tuple,
}


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("make", TAKEN.values(), ids=TAKEN)
def test_ids_of_other_libraries_are_taken(connect: Any, make: Callable[[list[int]], Any], wire: str) -> None:
    """Integers of other types, and what makes a list of itself, are sent as the ints that they are."""
    direct = connect(transport=wire)
    ids = [campaign["Id"] for campaign in direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])]
    campaigns = direct.campaigns.get(SelectionCriteria={"Ids": make(ids)}, FieldNames=["Id"])
    assert [campaign["Id"] for campaign in campaigns] == ids


@pytest.mark.parametrize("wire", WIRES)
def test_a_table_in_place_of_a_list_is_told(connect: Any, wire: str) -> None:
    """The items of a DataFrame are names, and a row that was cut out of it is no object."""
    frame = pandas.DataFrame({"Id": [1, 2], "Name": ["a", "b"]})
    update = connect(transport=wire).campaigns.update
    assert _refusal(update, Campaigns=frame)[0].endswith(
        'expected a list of campaigns:CampaignUpdateItem; write .to_dict("records")'
    )
    rows = [row for _, row in frame.iterrows()]
    assert [line.partition(":")[0] for line in _refusal(update, Campaigns=rows)] == [
        "$.Campaigns[0]",
        "$.Campaigns[1]",
    ]
    assert update(Campaigns=frame.to_dict("records")).sent == 2


REFUSED: dict[str, tuple[Any, str]] = {
    "bool": (True, "found True (bool), expected an int of 64 bits"),
    "another library's bool": (Scalar(True), "found True (bool), expected an int of 64 bits"),
    "another library's float": (Scalar(1.0), "found 1.0 (float), expected an int of 64 bits; write int(...)"),
    "float": (1.0, "found 1.0 (float), expected an int of 64 bits; write int(...)"),
    "Decimal": (Decimal(1), "found Decimal('1') (Decimal), expected an int of 64 bits; write int(...)"),
    "65 bits": (Int64(2**63), f"found {2**63} (int), expected an int of 64 bits from {-(2**63)} to {2**63 - 1}"),
}


@pytest.mark.parametrize(("value", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_int_is_refused(connect: Any, value: Any, message: str) -> None:
    """A bool, a float, a Decimal and a number beyond 64 bits are no ids."""
    refusal = _refusal(connect().campaigns.get, SelectionCriteria={"Ids": [value]}, FieldNames=["Id"])
    assert refusal == [f"$.SelectionCriteria.Ids[0]: {message}"]


@pytest.mark.parametrize("amount", [1.5, Decimal("1.5")], ids=["float", "Decimal"])
def test_a_fraction_of_money_points_at_to_micros(connect: Any, amount: Any) -> None:
    """A fraction where the contract has micros is told how to write it."""
    (message,) = _refusal(connect().bids.set, Bids=[{"KeywordId": 1, "Bid": amount}])
    assert message.endswith('an amount in micros; write to_micros(Decimal("1.50")), or set Direct(money="decimal")')


def test_a_missing_value_tells_the_values_there_are(connect: Any) -> None:
    """What is missing of an enumeration is reported with its values."""
    message = _refusal(connect().ads.add, Ads=[{"AdGroupId": 1, "TextAd": {"Title": "a", "Text": "b"}}])
    assert "$.Ads[0].TextAd.Mobile: found nothing, expected one of YES, NO, which is required" in message


FILES = {
    "png": png(450, 450),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(16),
    "gif": b"GIF89a" + bytes(16),
    "webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "mp4": b"\0\0\0\x18ftypmp42" + bytes(16),
    "xml": b'<?xml version="1.0"?><yml_catalog/>',
    "xlsx": b"PK\x03\x04" + bytes(16),
    "csv": b"id,url\n1,https://example.ru/\n",
}
UPLOADS: dict[str, Callable[[Any], tuple[str, dict[str, Any], str]]] = {
    "adimages": lambda data: ("add", {"AdImages": [{"ImageData": data, "Name": "boat"}]}, "$.AdImages[0].ImageData"),
    "advideos": lambda data: ("add", {"AdVideos": [{"VideoData": data}]}, "$.AdVideos[0].VideoData"),
    "feeds": lambda data: (
        "update",
        {"Feeds": [{"Id": 1, "FileFeed": {"Data": data, "Filename": "feed.xml"}}]},
        "$.Feeds[0].FileFeed.Data",
    ),
}


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("service", UPLOADS)
@pytest.mark.parametrize("kind", FILES)
def test_bytes_of_base64_are_not_encoded_again(service: str, kind: str, wire: Any) -> None:
    """The bytes of a file and its base64 as a str are the same request; its base64 as bytes is refused."""
    content, encoded = FILES[kind], base64.b64encode(FILES[kind])
    operation, params, path = UPLOADS[service](content)
    with Direct("token", transport=wire) as direct:
        sent = direct.build_request(service, operation, params)
        assert encoded in sent.body
        assert sent == direct.build_request(service, operation, UPLOADS[service](encoded.decode())[1])
        for doubled in (encoded, base64.encodebytes(content)):
            if kind == "csv":  # a file of no known beginning is what its bytes are
                direct.build_request(service, operation, UPLOADS[service](doubled)[1])
            else:
                with pytest.raises(InvalidParamsError, match="the base64 of a file, expected the bytes of") as caught:
                    direct.build_request(service, operation, UPLOADS[service](doubled)[1])
                assert [violation.path for violation in caught.value.violations] == [path]


@pytest.mark.parametrize("wire", WIRES)
def test_an_image_is_uploaded_as_bytes_and_as_base64(connect: Callable[..., Direct], wire: Any) -> None:
    """Both are one image of the account."""
    content = png(450, 450)
    direct = connect(transport=wire)
    forms: list[bytes | str] = [content, base64.b64encode(content).decode()]
    first, second = (direct.adimages.add(AdImages=[{"ImageData": form, "Name": "boat"}]).ids for form in forms)
    assert first == second != [None]
