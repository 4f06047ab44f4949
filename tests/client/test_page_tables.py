"""Page.to_arrow and Page.to_pandas: columns by the contract, exact values, and the error for a missing extra."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow
import pytest
import simplejson

from yadirect_soap import ConfigurationError, DecodeError, Direct, Page
from yadirect_soap.client.results import CallResponse
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.messages import Headers, Response


def _page(operation: str, objects: list[dict[str, Any]], *, in_decimal: bool = False) -> Page[dict[str, Any]]:
    return Page(objects, CallResponse(operation, Response(200, Headers()), in_decimal=in_decimal))


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_columns_are_typed_by_the_contract(wire: Any) -> None:
    """A page of the emulator keeps each value: ids, texts, days and objects, over both wires."""
    with Emulator() as emulator:
        direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), transport=wire)
        page = direct.campaigns.get(FieldNames=["Id", "Name", "StartDate", "EndDate", "DailyBudget", "State"])
        table = page.to_arrow()
    types = {field.name: field.type for field in table.schema}
    assert types == {
        "Id": pyarrow.int64(),
        "Name": pyarrow.string(),
        "StartDate": pyarrow.date32(),
        "EndDate": pyarrow.date32(),
        "State": pyarrow.string(),
        "DailyBudget": pyarrow.string(),
    }
    for row, campaign in zip(table.to_pylist(), page, strict=True):
        assert (row["Id"], row["Name"], row["State"]) == (campaign["Id"], campaign["Name"], campaign["State"])
        assert row["StartDate"] == date.fromisoformat(campaign["StartDate"])
        nested = None if row["DailyBudget"] is None else simplejson.loads(row["DailyBudget"])
        assert nested == campaign["DailyBudget"]


def test_money_follows_the_setting() -> None:
    """Amounts are int64 in micros, or decimal128 with money="decimal", also where all of them are nil."""
    columns = []
    for money in ("micros", "decimal"):
        with Emulator() as emulator:
            direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), money=money)
            campaign = direct.campaigns.get(FieldNames=["Id"])[0]["Id"]
            page = direct.keywords.get(SelectionCriteria={"CampaignIds": [campaign]}, FieldNames=["Id", "Bid"])
            columns.append(page.to_arrow().column("Bid"))
            assert columns[-1].to_pylist() == [keyword["Bid"] for keyword in page]
    assert [column.type for column in columns] == [pyarrow.int64(), pyarrow.decimal128(38, 6)]
    [empty] = _page("keywords.get", [{"Bid": None}], in_decimal=True).to_arrow().columns
    assert empty.type == pyarrow.decimal128(38, 6)


def test_nil_absent_and_unknown_members() -> None:
    """Nil and absent are null; an unknown member is a text of JSON; in nested objects they differ."""
    objects: list[dict[str, Any]] = [
        {"Id": 1, "Novelty": [1, None]},
        {"Id": None, "TextAd": {"Title2": None}},
        {"TextAd": {}},
    ]
    table = _page("ads.get", objects).to_arrow()
    assert table.column("Id").to_pylist() == [1, None, None]
    assert table.column("Novelty").to_pylist() == ["[1,null]", None, None]
    assert [text and simplejson.loads(text) for text in table.column("TextAd").to_pylist()] == [
        None,
        {"Title2": None},
        {},
    ]


def test_lists_and_moments_have_their_types() -> None:
    """A list of ids is a list, empty told from nil; a moment is a timestamp in UTC."""
    lists = _page("adgroups.get", [{"RegionIds": [1, -2]}, {"RegionIds": []}, {"RegionIds": None}]).to_arrow()
    assert lists.column("RegionIds").type == pyarrow.list_(pyarrow.int64())
    assert lists.column("RegionIds").to_pylist() == [[1, -2], [], None]
    moments = _page("leads.get", [{"SubmittedAt": "2026-05-31T10:00:00Z"}]).to_arrow()
    assert moments.column("SubmittedAt").to_pylist() == [datetime(2026, 5, 31, 10, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("StartDate", "tomorrow"), ("Id", 2**63), ("Id", "seven"), ("Name", 7)],
    ids=["day", "large integer", "integer", "text"],
)
def test_a_value_that_does_not_fit_is_an_error(name: str, value: object) -> None:
    """Nothing is rounded, cut or turned into null: the error names the column."""
    with pytest.raises(DecodeError, match=name):
        _page("campaigns.get", [{name: value}]).to_arrow()


def test_pandas_keeps_the_types() -> None:
    """An id column with a null among its values stays one of integers, and decimals stay exact."""
    pytest.importorskip("pandas")
    frame = _page("keywords.get", [{"Id": 2**62 + 1, "Bid": Decimal("0.3")}, {"Id": None}], in_decimal=True).to_pandas()
    assert frame["Id"][0] == 2**62 + 1
    assert frame["Bid"][0] == Decimal("0.3")
    assert list(frame["Id"].isna()) == [False, True]


@pytest.mark.parametrize(("method", "library"), [("to_arrow", "pyarrow"), ("to_pandas", "pandas")])
def test_a_missing_extra_is_named(method: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error says which extra to install."""
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, "yadirect_soap.client.page_tables", raising=False)
    monkeypatch.delattr("yadirect_soap.client.page_tables", raising=False)
    extra = {"pyarrow": "arrow", "pandas": "pandas"}[library]
    with pytest.raises(ConfigurationError, match=rf"{library} is not installed.*yadirect-soap\[{extra}\]"):
        getattr(_page("ads.get", [{"Id": 1}]), method)()


@pytest.mark.parametrize("split", [False, True], ids=["one call", "parts"])
@pytest.mark.parametrize("wire", ["soap", "json"])
def test_an_empty_page_has_the_requested_columns(wire: Any, split: bool) -> None:
    """Tables of pages with and without objects have the same columns and types, so that they can be joined."""
    with Emulator() as emulator:
        direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), transport=wire)
        lists: dict[str, Any] = {"FieldNames": ["Id", "StartDate"], "TextCampaignFieldNames": ["CounterIds"]}
        query = {"SelectionCriteria": {"Ids": [2**40]}, **lists}
        empty = direct.call("campaigns", "get", query, split=split)
        full = direct.call("campaigns", "get", {"SelectionCriteria": {}, **lists}, split=split)
    assert isinstance(empty, Page)
    assert isinstance(full, Page)
    assert (len(empty), empty.to_arrow().schema) == (0, full.to_arrow().schema)
    assert empty.to_arrow().schema.names == ["Id", "StartDate", "TextCampaign"]
    pytest.importorskip("pandas")
    assert list(empty.to_pandas().columns) == list(full.to_pandas().columns)


def test_a_requested_field_that_no_contract_has_is_a_column() -> None:
    """With check="off" a field may be requested that the contract does not have; its column is a text."""
    response = CallResponse(
        "ads.get", Response(200, Headers()), fields={"FieldNames": ["Novelty"], "NewFieldNames": ["X"]}
    )
    table = Page[dict[str, Any]]([], response).to_arrow()
    assert [(field.name, field.type) for field in table.schema] == [("Novelty", pyarrow.string())]
