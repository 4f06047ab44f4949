"""What check() complains about, where, and in which words; and what it lets pass."""

from collections import UserDict, deque
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from tests.protocol import strategies
from yadirect_soap.errors import InvalidParamsError, Violation
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Operation, Shape
from yadirect_soap.protocol.validation import check

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())

AS_LIST = "; write list(...)"
MICROS = ': an amount in micros; write to_micros(Decimal("1.50")), or set Direct(money="decimal")'
AN_INT = "an int of 64 bits"
A_DECIMAL = "a Decimal or an int (never a float, which is not exact)"
BASE64 = "bytes, or their base64 text without line breaks"
RANGE = f"{AN_INT} from {-(2**63)} to {2**63 - 1}"
A_KEYWORD = "an object (keywords:KeywordAddItem)"
KEYWORDS = "a list of keywords:KeywordAddItem"


class Number:
    """What numpy's and pandas' scalars are like: no int, and it says so."""

    def __index__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "int64(7)"


class Colour(StrEnum):
    LOW = "LOW"


class Mixed(str, Enum):  # noqa: UP042  this older way of spelling StrEnum is what is tried here
    LOW = "LOW"


class Size(IntEnum):
    SEVEN = 7


class Pair(NamedTuple):
    first: int
    second: int


def _shape(key: str) -> Shape:
    return bundled().operation(*key.split(".")).request


def _complaints(key: str, params: object) -> list[Violation]:
    return check(params, _shape(key))


def _keyword(**members: Any) -> dict[str, Any]:
    return {"Keywords": [{"Keyword": "buy a boat", "AdGroupId": 7} | members]}


def _image(data: object) -> dict[str, Any]:
    return {"AdImages": [{"ImageData": data, "Name": "boat"}]}


def _map_point(x: object) -> dict[str, Any]:
    phone = {"CountryCode": "+7", "CityCode": "495", "PhoneNumber": "1234567"}
    point = dict.fromkeys(("X", "Y", "X1", "Y1", "X2", "Y2"), Decimal("37.5")) | {"X": x}
    texts = dict.fromkeys(("Country", "City", "CompanyName", "WorkTime"), "text")
    return {"VCards": [{"CampaignId": 1, "Phone": phone, "PointOnMap": point, **texts}]}


# Case: the operation, its params, and the one violation.
ONE: dict[str, tuple[str, object, tuple[str, str, str]]] = {
    "params of None": ("keywords.add", None, ("$", "None", "an object (keywords:AddRequest)")),
    "params of a list": ("keywords.add", [], ("$", "an empty list", "an object (keywords:AddRequest)")),
    "params of a text": ("keywords.add", "x", ("$", "'x' (str)", "an object (keywords:AddRequest)")),
    "required list left out": ("keywords.add", {}, ("$.Keywords", "nothing", f"{KEYWORDS}, which is required")),
    "required list empty": (
        "keywords.add",
        {"Keywords": []},
        ("$.Keywords", "an empty list", f"{KEYWORDS} with at least one item"),
    ),
    "list of None": (
        "keywords.add",
        {"Keywords": None},
        ("$.Keywords", "None", f"{KEYWORDS} (it is not nillable; leave it out instead)"),
    ),
    "object for a list": ("keywords.add", {"Keywords": {}}, ("$.Keywords", "an object", KEYWORDS)),
    "text for a list": ("keywords.add", {"Keywords": "x"}, ("$.Keywords", "'x' (str)", KEYWORDS)),
    "bytes for a list": ("keywords.add", {"Keywords": b"x"}, ("$.Keywords", "b'x' (bytes)", KEYWORDS)),
    "set for a list": ("keywords.add", {"Keywords": set()}, ("$.Keywords", "set() (set)", KEYWORDS + AS_LIST)),
    "number for a list": (
        "keywords.get",
        {"SelectionCriteria": {"Ids": 5}, "FieldNames": ["Id"]},
        (
            "$.SelectionCriteria.Ids",
            "5 (int)",
            "a list of xsd:long",
        ),
    ),
    "None in a list": ("keywords.add", {"Keywords": [None]}, ("$.Keywords[0]", "None", A_KEYWORD)),
    "list in a list": ("keywords.add", {"Keywords": [[]]}, ("$.Keywords[0]", "an empty list", A_KEYWORD)),
    "list for an object": (
        "adextensions.add",
        {"AdExtensions": [{"Callout": [{"CalloutText": "x"}]}]},
        ("$.AdExtensions[0].Callout", "a list", "an object (adextensiontypes:Callout)"),
    ),
    "required text left out": (
        "keywords.add",
        {"Keywords": [{"AdGroupId": 7}]},
        ("$.Keywords[0].Keyword", "nothing", "a string, which is required"),
    ),
    "text of None": (
        "keywords.add",
        _keyword(Keyword=None),
        ("$.Keywords[0].Keyword", "None", "a string (it is not nillable; leave it out instead)"),
    ),
    "object of None": (
        "ads.update",
        {"Ads": [{"Id": 7, "TextAd": None}]},
        ("$.Ads[0].TextAd", "None", "an object (ads:TextAdUpdate) (it is not nillable; leave it out instead)"),
    ),
    "int for a text": ("keywords.add", _keyword(Keyword=5), ("$.Keywords[0].Keyword", "5 (int)", "a string")),
    "bytes for a text": ("keywords.add", _keyword(Keyword=b"x"), ("$.Keywords[0].Keyword", "b'x' (bytes)", "a string")),
    "object for a text": ("keywords.add", _keyword(Keyword={}), ("$.Keywords[0].Keyword", "an object", "a string")),
    "list for a text": ("keywords.add", _keyword(Keyword=["x"]), ("$.Keywords[0].Keyword", "a list", "a string")),
    "bool for an int": ("keywords.add", _keyword(Bid=True), ("$.Keywords[0].Bid", "True (bool)", AN_INT)),
    "float for an int": ("keywords.add", _keyword(Bid=1.0), ("$.Keywords[0].Bid", "1.0 (float)", AN_INT + MICROS)),
    "text for an int": ("keywords.add", _keyword(Bid="1"), ("$.Keywords[0].Bid", "'1' (str)", AN_INT)),
    "Decimal for an int": (
        "keywords.add",
        _keyword(Bid=Decimal(1)),
        ("$.Keywords[0].Bid", "Decimal('1') (Decimal)", AN_INT + MICROS),
    ),
    "numpy for an int": ("keywords.add", _keyword(Bid=Number()), ("$.Keywords[0].Bid", "int64(7) (Number)", AN_INT)),
    "long too large": ("keywords.add", _keyword(Bid=2**63), ("$.Keywords[0].Bid", f"{2**63} (int)", RANGE)),
    "long too small": (
        "keywords.add",
        _keyword(Bid=-(2**63) - 1),
        ("$.Keywords[0].Bid", f"{-(2**63) - 1} (int)", RANGE),
    ),
    "int too large": (
        "bidmodifiers.set",
        {"BidModifiers": [{"Id": 7, "BidModifier": 2**31}]},
        ("$.BidModifiers[0].BidModifier", f"{2**31} (int)", f"an int of 32 bits from {-(2**31)} to {2**31 - 1}"),
    ),
    "int that Python does not print": (
        "keywords.add",
        _keyword(Bid=10**5000),
        ("$.Keywords[0].Bid", "an int of 16610 bits", RANGE),
    ),
    "unknown value of a few": (
        "keywords.add",
        _keyword(StrategyPriority="low"),
        ("$.Keywords[0].StrategyPriority", "'low' (str)", "one of LOW, NORMAL, HIGH; did you mean 'LOW'?"),
    ),
    "unknown value of many": (
        "campaigns.get",
        {"FieldNames": ["Id", "Statuss"]},
        ("$.FieldNames[1]", "'Statuss' (str)", "a value of campaigns:CampaignFieldEnum; did you mean 'Status'?"),
    ),
    "unknown value like none": (
        "campaigns.get",
        {"FieldNames": ["x"]},
        ("$.FieldNames[0]", "'x' (str)", "a value of campaigns:CampaignFieldEnum"),
    ),
    "empty text for a value": (
        "keywords.add",
        _keyword(StrategyPriority=""),
        ("$.Keywords[0].StrategyPriority", "'' (str)", "one of LOW, NORMAL, HIGH"),
    ),
    "bool for YES": (
        "keywords.add",
        _keyword(AutotargetingSearchBidIsAuto=True),
        ("$.Keywords[0].AutotargetingSearchBidIsAuto", "True (bool)", "one of YES, NO"),
    ),
    "float for a decimal": ("vcards.add", _map_point(37.5), ("$.VCards[0].PointOnMap.X", "37.5 (float)", A_DECIMAL)),
    "text for a decimal": ("vcards.add", _map_point("37.5"), ("$.VCards[0].PointOnMap.X", "'37.5' (str)", A_DECIMAL)),
    "bool for a decimal": ("vcards.add", _map_point(True), ("$.VCards[0].PointOnMap.X", "True (bool)", A_DECIMAL)),
    "NaN": (
        "vcards.add",
        _map_point(Decimal("NaN")),
        (
            "$.VCards[0].PointOnMap.X",
            "Decimal('NaN') (Decimal)",
            f"{A_DECIMAL}, finite, of at most 1000 places",
        ),
    ),
    "infinity": (
        "vcards.add",
        _map_point(Decimal("-Infinity")),
        (
            "$.VCards[0].PointOnMap.X",
            "Decimal('-Infinity') (Decimal)",
            f"{A_DECIMAL}, finite, of at most 1000 places",
        ),
    ),
    "decimal that fills a memory": (
        "vcards.add",
        _map_point(Decimal("1e999999")),
        (
            "$.VCards[0].PointOnMap.X",
            "Decimal('1E+999999') (Decimal)",
            f"{A_DECIMAL}, finite, of at most 1000 places",
        ),
    ),
    "bytearray for bytes": (
        "adimages.add",
        _image(bytearray(b"x")),
        (
            "$.AdImages[0].ImageData",
            "bytearray(b'x') (bytearray)",
            BASE64,
        ),
    ),
    "text that is no base64": ("adimages.add", _image("boat!"), ("$.AdImages[0].ImageData", "'boat!' (str)", BASE64)),
    "base64 cut short": ("adimages.add", _image("eA="), ("$.AdImages[0].ImageData", "'eA=' (str)", BASE64)),
    "base64 in lines": ("adimages.add", _image("eA==\n"), ("$.AdImages[0].ImageData", "'eA==\\n' (str)", BASE64)),
    "base64 beyond ASCII": ("adimages.add", _image("éA=="), ("$.AdImages[0].ImageData", "'éA==' (str)", BASE64)),
    "unknown name": (
        "keywords.add",
        _keyword(keyWord="x"),
        ("$.Keywords[0].keyWord", "an unknown name", "a member of keywords:KeywordAddItem; did you mean 'Keyword'?"),
    ),
    "unknown name like none": (
        "keywords.add",
        _keyword(zzz="x"),
        ("$.Keywords[0].zzz", "an unknown name", "a member of keywords:KeywordAddItem"),
    ),
    "unknown name at the top": (
        "campaigns.get",
        {"FieldNames": ["Id"], "Pages": {}},
        ("$.Pages", "an unknown name", "a member of campaigns:GetRequest; did you mean 'Page'?"),
    ),
    "name of no text": (
        "campaigns.get",
        {"FieldNames": ["Id"], None: 1},
        ("$.None", "an unknown name", "a member of campaigns:GetRequest"),
    ),
    "name of a member inside": (
        "campaigns.get",
        {"FieldNames": ["Id"], "Limit": 5},
        ("$.Limit", "an unknown name", "a member of campaigns:GetRequest; it belongs in Page"),
    ),
    "name of several members inside": (
        "campaigns.update",
        {"Campaigns": [{"Id": 1, "BiddingStrategy": {}}]},
        (
            "$.Campaigns[0].BiddingStrategy",
            "an unknown name",
            "a member of campaigns:CampaignUpdateItem; it belongs in TextCampaign, UnifiedCampaign, "
            "MobileAppCampaign, …",
        ),
    ),
    "deep inside": (
        "campaigns.update",
        {
            "Campaigns": [
                {"Id": 1},
                {
                    "Id": 2,
                    "TextCampaign": {
                        "BiddingStrategy": {
                            "Search": {
                                "BiddingStrategyType": "WB_MAXIMUM_CLICKS",
                                "WbMaximumClicks": {"WeeklySpendLimit": "300"},
                            }
                        }
                    },
                },
            ]
        },
        (
            "$.Campaigns[1].TextCampaign.BiddingStrategy.Search.WbMaximumClicks.WeeklySpendLimit",
            "'300' (str)",
            AN_INT,
        ),
    ),
}


@pytest.mark.parametrize(("key", "params", "violation"), ONE.values(), ids=ONE)
def test_what_does_not_fit_is_named_with_its_place(key: str, params: object, violation: tuple[str, str, str]) -> None:
    """A mistake gives one violation: its path, what was found there and what was expected."""
    assert [found[:3] for found in _complaints(key, params)] == [violation]


FORBIDDEN = {
    "NUL": "\0",
    "backspace": "\b",
    "vertical tab": "\v",
    "escape": "\x1b",
    "low half of a pair": "\udc00",
    "high half of a pair": "\ud83d",
    "U+FFFE": "\ufffe",
    "U+FFFF": "\uffff",
}


@pytest.mark.parametrize("character", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_character_that_xml_forbids_is_refused(character: str) -> None:
    """A text that XML cannot carry is refused on every wire, with the character."""
    expected = f"a string without the character U+{ord(character):04X}, which XML forbids"
    assert _complaints("keywords.add", _keyword(Keyword=f"a{character}b")) == [
        Violation("$.Keywords[0].Keyword", f"{f'a{character}b'!r} (str)", expected)
    ]


@pytest.mark.parametrize(
    ("params", "path", "kind"),
    [
        ({"AdGroupId": 1}, "$.Keywords[0].Keyword", "missing"),
        (_keyword(Bids=1)["Keywords"][0], "$.Keywords[0].Bids", "unknown"),
        (_keyword(Keyword=None)["Keywords"][0], "$.Keywords[0].Keyword", "null"),
        (_keyword(AutotargetingCategories=[None])["Keywords"][0], "$.Keywords[0].AutotargetingCategories[0]", "null"),
        (_keyword(Bid="1")["Keywords"][0], "$.Keywords[0].Bid", "value"),
    ],
)
def test_a_violation_has_a_kind(params: dict[str, Any], path: str, kind: str) -> None:
    """What a violation is, is told apart from its words."""
    assert [(found.path, found.kind) for found in _complaints("keywords.add", {"Keywords": [params]})] == [(path, kind)]


def test_empty_lists_have_a_kind() -> None:
    """A list that may not be empty is told apart from a wrong value."""
    criteria: dict[str, Any] = {"SelectionCriteria": {"Ids": []}}
    assert [found.kind for found in _complaints("campaigns.delete", criteria)] == ["empty"]
    params = criteria | {"FieldNames": ["Id"]}
    assert [found.kind for found in check(params, _shape("campaigns.get"), empty_lists=False)] == ["empty"]


def test_a_generator_is_no_list() -> None:
    """A generator is refused: it could be read but once, and a request may be sent twice."""
    (violation,) = _complaints("keywords.add", {"Keywords": (item for item in "ab")})
    assert (violation.path, violation.expected) == ("$.Keywords", KEYWORDS + AS_LIST)
    assert violation.found.endswith("(generator)")


FITTING: dict[str, tuple[str, object]] = {
    "None where nil is allowed": ("ads.update", {"Ads": [{"Id": 7, "TextAd": {"CalloutSetting": None, "Href": None}}]}),
    "empty text": ("keywords.add", _keyword(Keyword="")),
    "tab, newline and carriage return": ("keywords.add", _keyword(Keyword="\t\n\r")),
    "emoji and Cyrillic": ("keywords.add", _keyword(Keyword="лодка 🚤")),
    "optional list that is empty": ("keywords.get", {"SelectionCriteria": {"Ids": []}, "FieldNames": ["Id"]}),
    "object without its optional members": ("keywords.get", {"SelectionCriteria": {}, "FieldNames": ["Id"]}),
    "smallest and largest long": ("keywords.add", _keyword(Bid=2**63 - 1, ContextBid=-(2**63))),
    "tuple": ("keywords.add", {"Keywords": tuple(_keyword()["Keywords"])}),
    "named tuple": ("campaigns.delete", {"SelectionCriteria": {"Ids": Pair(1, 2)}}),
    "range": ("campaigns.delete", {"SelectionCriteria": {"Ids": range(3)}}),
    "deque": ("campaigns.delete", {"SelectionCriteria": {"Ids": deque([1])}}),
    "mapping that is no dict": ("campaigns.delete", {"SelectionCriteria": UserDict(Ids=[1])}),
    "frozen mapping": ("keywords.add", MappingProxyType(_keyword())),
    "int of a subclass": ("keywords.add", _keyword(Bid=Size.SEVEN)),
    "text of a subclass": ("keywords.add", _keyword(Keyword=Colour.LOW)),
    "value of a StrEnum": ("keywords.add", _keyword(StrategyPriority=Colour.LOW)),
    "value of a str and Enum": ("keywords.add", _keyword(StrategyPriority=Mixed.LOW)),
    "Decimal": ("vcards.add", _map_point(Decimal("37.5123456789"))),
    "int for a decimal": ("vcards.add", _map_point(37)),
    "bytes": ("adimages.add", _image(b"\x00\xff")),
    "no bytes": ("adimages.add", _image(b"")),
    "base64": ("adimages.add", _image("eA==")),
}


@pytest.mark.parametrize(("key", "params"), FITTING.values(), ids=FITTING)
def test_what_fits_is_let_pass(key: str, params: object) -> None:
    """Params that both wires can carry as they are meant give no violation."""
    assert _complaints(key, params) == []


def test_all_complaints_come_at_once() -> None:
    """Every mistake is reported in one go, those of an object in the order of its members, then what is missing."""
    params = {
        "SelectionCriteria": {"Ids": [1, "2", 3.0, None], "States": ["ON", "off"]},
        "Page": {"Limit": "10", "Ofset": 5},
        "fieldnames": [],
    }
    assert [violation.path for violation in _complaints("keywords.get", params)] == [
        "$.SelectionCriteria.Ids[1]",
        "$.SelectionCriteria.Ids[2]",
        "$.SelectionCriteria.Ids[3]",
        "$.SelectionCriteria.States[1]",
        "$.Page.Limit",
        "$.Page.Ofset",
        "$.fieldnames",
        "$.FieldNames",
    ]


def test_one_bad_item_does_not_hide_the_next() -> None:
    """Each item of a list is checked, whatever stands before it."""
    params = {"Keywords": [{}, {"Keyword": "x", "AdGroupId": 7}, None, {"Keyword": "x", "AdGroupId": "7"}]}
    assert [violation.path for violation in _complaints("keywords.add", params)] == [
        "$.Keywords[0].Keyword",
        "$.Keywords[0].AdGroupId",
        "$.Keywords[2]",
        "$.Keywords[3].AdGroupId",
    ]


def test_params_are_not_changed() -> None:
    """The params are the caller's: what is checked is left as it was."""
    params = {"Ads": [{"Id": "7", "TextAd": {"Title": None, "Titel": "x"}}]}
    before = repr(params)
    check(params, _shape("ads.update"))
    assert repr(params) == before


def test_a_long_value_is_shortened() -> None:
    """A violation shows the beginning of a long value, never all of it."""
    (violation,) = _complaints("keywords.add", _keyword(Bid="x" * 1000))
    assert violation.found == "'" + "x" * 59 + "… (str)"


def test_a_complaint_reads_as_a_sentence() -> None:
    """As a text, a violation is its path, what was found and what was expected."""
    violation = Violation("$.Keywords[0].Bid", "True (bool)", "an int of 64 bits")
    assert str(violation) == "$.Keywords[0].Bid: found True (bool), expected an int of 64 bits"


def test_an_error_shows_ten_complaints_and_counts_the_rest() -> None:
    """InvalidParamsError holds every violation and shows the first ten."""
    violations = _complaints("campaigns.delete", {"SelectionCriteria": {"Ids": ["x"] * 12}})
    error = InvalidParamsError(violations, operation="campaigns.delete")
    assert len(error.violations) == 12
    assert str(error).splitlines()[0] == "campaigns.delete: invalid params; nothing was sent"
    assert str(error).splitlines()[10:] == [
        "  $.SelectionCriteria.Ids[9]: found 'x' (str), expected an int of 64 bits",
        "  ... and 2 more",
    ]


def test_a_flood_of_mistakes_gets_a_hundred_hints() -> None:
    """The nearest name, which takes longer to find than all the rest, is looked for in the first hundred only."""
    params = {"FieldNames": [f"Statuss{number}" for number in range(1_000)]}
    hinted = [
        violation.expected.endswith("did you mean 'Status'?") for violation in _complaints("campaigns.get", params)
    ]
    assert hinted == [True] * 100 + [False] * 900


@pytest.mark.parametrize("nil", [False, True], ids=["values", "nil"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_every_member_may_be_given(operation: Operation, nil: bool) -> None:
    """Params with every member of the contract fit, with None wherever nil is allowed or without."""
    assert check(strategies.complete(operation.request, nil=nil), operation.request) == []
    assert check(strategies.complete(operation.response, nil=nil), operation.response) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_every_required_member_is_asked_for(operation: Operation) -> None:
    """Empty params are refused for exactly the members that an operation requires."""
    required = [f"$.{member.name}" for member in operation.request.members if member.required]
    assert [violation.path for violation in check({}, operation.request)] == required


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_nil_is_refused_exactly_where_it_is_not_allowed(operation: Operation) -> None:
    """None in every member of an object is refused for each that the contract does not call nillable."""
    shapes = {member.shape for member in operation.request.members if member.shape.kind is Kind.OBJECT}
    refused = {
        (shape.name, violation.path) for shape in shapes for violation in check(dict.fromkeys(shape.by_name), shape)
    }
    assert refused == {
        (shape.name, f"$.{member.name}") for shape in shapes for member in shape.members if not member.nillable
    }
