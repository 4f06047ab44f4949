"""Objects as params: dataclasses, attrs classes and pydantic models say what the dicts in their place would say."""

import dataclasses
import logging
from decimal import Decimal
from types import EllipsisType
from typing import Any

import attrs
import pydantic
import pytest

from yadirect_soap import Direct, InvalidParamsError
from yadirect_soap.client.model_objects import as_dicts
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.wires import WIRES


@dataclasses.dataclass
class Budget:
    Amount: int | Decimal
    Mode: str = "STANDARD"


@dataclasses.dataclass
class DataclassCampaign:
    Id: int
    Name: str | None = None
    DailyBudget: Budget | EllipsisType | None = ...


@attrs.define
class AttrsCampaign:
    Id: int
    Name: str | None = None
    DailyBudget: Budget | EllipsisType | None = ...


class ModelCampaign(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")

    Id: int
    name: str | None = pydantic.Field(None, serialization_alias="Name")
    DailyBudget: Budget | None = None
    note: str = pydantic.Field("kept at home", exclude=True)


MADE = {"dataclass": DataclassCampaign, "attrs": AttrsCampaign, "pydantic": ModelCampaign}
every_kind = pytest.mark.parametrize("make_object", MADE.values(), ids=MADE)


@every_kind
def test_a_field_that_was_not_given_is_absent(make_object: Any) -> None:
    """A field left alone is left out, as a key that a dict has not."""
    assert as_dicts(make_object(Id=1)) == {"Id": 1}


@every_kind
def test_none_that_was_given_is_nil(make_object: Any) -> None:
    """None that is said is kept, to clear the value."""
    assert as_dicts(make_object(Id=1, DailyBudget=None)) == {"Id": 1, "DailyBudget": None}


@every_kind
def test_a_part_is_an_object_too(make_object: Any) -> None:
    """Objects within objects, lists and dicts become dicts, with the defaults that are values."""
    params = {"Campaigns": (make_object(Id=1, DailyBudget=Budget(1)),)}
    assert as_dicts(params) == {"Campaigns": [{"Id": 1, "DailyBudget": {"Amount": 1, "Mode": "STANDARD"}}]}


def test_none_that_is_the_default_is_absent() -> None:
    """A dataclass cannot tell None that was given from its default None, and clears nothing."""
    assert as_dicts(DataclassCampaign(1, Name=None)) == {"Id": 1}


def test_a_model_goes_by_its_aliases_and_extras() -> None:
    """A model's names are those that it is serialized by; what it takes has beside its fields is sent."""
    model = ModelCampaign.model_validate({"Id": 1, "name": "Spring", "note": "changed", "StartDate": "2026-10-01"})
    assert as_dicts(model) == {"Id": 1, "Name": "Spring", "StartDate": "2026-10-01"}


@pytest.mark.parametrize(
    "value",
    [{"Ads": [{"Id": 1}], "Flag": None}, [1, "x"], Budget, ModelCampaign, object(), b"x", 1],
    ids=["dict", "list", "a class", "a model's class", "some object", "bytes", "int"],
)
def test_what_holds_no_object_is_itself(value: Any) -> None:
    """Dicts, lists and scalars come back as they are, and so do classes and objects of no known kind."""
    assert as_dicts(value) is value


def test_what_holds_itself_is_itself() -> None:
    """Params without an end are left to the check."""
    endless = Budget(1)
    endless.Amount = [endless]  # type: ignore[assignment]  # the mistake that is shown
    params = {"Campaigns": [endless]}
    assert as_dicts(params) is params
    with pytest.raises(InvalidParamsError, match=r"\$\.Campaigns\[0\]: found "):
        Direct("token").call("campaigns", "update", params)


# --- at the door ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("check", ["error", "warn", "off"])
@every_kind
def test_a_body_is_that_of_the_dict(make_object: Any, check: Any, wire: Any) -> None:
    """On both wires and whatever the check, an object is written as its dict is."""
    direct = Direct("token", transport=wire, check=check)
    change = {"Id": 1, "Name": "Spring", "DailyBudget": None}
    spring = make_object(Id=1, **{"name" if make_object is ModelCampaign else "Name": "Spring"}, DailyBudget=None)
    expected = direct.build_request("campaigns", "update", {"Campaigns": [change]}).body
    assert direct.build_request("campaigns", "update", {"Campaigns": [spring]}).body == expected


def test_money_in_an_object_is_converted() -> None:
    """With money="decimal" an object's amounts are currency units, as a dict's are."""
    campaigns = [DataclassCampaign(1, DailyBudget=Budget(Decimal("300.50")))]
    body = Direct("token", money="decimal").build_request("campaigns", "update", {"Campaigns": campaigns}).body
    assert b"<Amount>300500000</Amount>" in body


def test_a_wrong_field_has_its_place() -> None:
    """Names and values that do not fit are complained of with their paths, as those of a dict."""

    @dataclasses.dataclass
    class Wrong:
        Id: str
        Nmae: str

    with pytest.raises(InvalidParamsError) as raised:
        Direct("token").call("campaigns", "update", {"Campaigns": [DataclassCampaign(1), Wrong("1", "x")]})
    violations = raised.value.violations
    assert [violation.path for violation in violations] == ["$.Campaigns[1].Id", "$.Campaigns[1].Nmae"]


def test_no_warning_is_given_of_an_object(caplog: pytest.LogCaptureFixture) -> None:
    """With check="warn" an object that fits is no mistake."""
    with caplog.at_level(logging.WARNING, logger="yadirect_soap"):
        Direct("token", check="warn").build_request("campaigns", "update", {"Campaigns": [DataclassCampaign(1)]})
    assert caplog.messages == []


def test_the_emulator_acts_on_objects() -> None:
    """Params, criteria and pages may be objects, in calls, items and pages."""

    @dataclasses.dataclass
    class Page:
        Limit: int
        Offset: int | None = None

    @dataclasses.dataclass
    class Criteria:
        Ids: list[int]

    @dataclasses.dataclass
    class Query:
        FieldNames: list[str]
        SelectionCriteria: Criteria | None = None

    with Emulator() as emulator:
        direct: Any = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session())
        everyone = [campaign["Id"] for campaign in direct.campaigns.get(FieldNames=["Id"])]
        outcomes = direct.campaigns.update(
            Campaigns=[DataclassCampaign(number, Name="Весна") for number in everyone[:2]]
        )
        assert (outcomes.raise_for_errors().ids, outcomes.sent) == (everyone[:2], 2)
        assert direct.campaigns.suspend(SelectionCriteria=Criteria(everyone[:1])).sent == 1
        assert [
            campaign["Name"] for campaign in direct.call("campaigns", "get", Query(["Name"], Criteria(everyone[:2])))
        ] == ["Весна"] * 2
        assert [campaign["Id"] for campaign in direct.campaigns.items(FieldNames=["Id"], Page=Page(2))] == everyone
        pages = direct.campaigns.pages(FieldNames=["Id"], Page=Page(2))
        assert [campaign["Id"] for page in pages for campaign in page] == everyone
