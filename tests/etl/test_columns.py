"""Columns: names, types and what is asked for, from the contract alone."""

from decimal import Decimal
from typing import Any

import pyarrow
import pytest

from yadirect_soap import ConfigurationError, DecodeError
from yadirect_soap.etl.batches import Batch
from yadirect_soap.etl.columns import Kind
from yadirect_soap.etl.names import snake_case
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.tables import bundled, table

AT = "2026-05-31T10:00:00Z"
GROUPS_OF_WORDS = {"AdGroupId": "ad_group_id", "VCardId": "vcard_id", "UserParam1": "user_param1", "Id": "id"}


def schema(name: str, *columns: str, **settings) -> ObjectSchema:
    """The schema of a table, with some columns or all of them."""
    return ObjectSchema(table(name), columns or None, **settings)


@pytest.mark.parametrize("name", list(bundled()))
def test_every_table_has_a_schema(name: str) -> None:
    """Login and key come first among unlike names, and every member is one that a get can be asked for."""
    made = schema(name)
    lowered = [column.lower() for column in made.names]
    assert len(set(lowered)) == len(lowered)
    assert made.key[0].name == "login"
    assert len(made.key) == 1 + len(table(name).key)


@pytest.mark.parametrize(("name", "column"), GROUPS_OF_WORDS.items(), ids=list(GROUPS_OF_WORDS))
def test_names_are_in_snake_case(name: str, column: str) -> None:
    """Each word of a name but its first letters stands after an underscore."""
    assert snake_case(name) == column


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("ads", "Id", Kind.INT),
        ("ads", "Status", Kind.TEXT),
        ("ads", "TextAd", Kind.JSON),
        ("ads", "TextAd.Title", Kind.TEXT),
        ("adgroups", "RegionIds", Kind.JSON),
        ("campaigns", "StartDate", Kind.DATE),
        ("campaigns", "CreateTime", Kind.MOMENT),
        ("clients", "CreatedAt", Kind.DATE),
        ("clients", "AccountQuality", Kind.DECIMAL),
        ("feeds", "UpdatedAt", Kind.MOMENT),
        ("leads", "SubmittedAt", Kind.MOMENT),
        ("keywords", "Bid", Kind.INT),
        ("adimages", "AdImageHash", Kind.TEXT),
    ],
    ids=lambda value: value if isinstance(value, str) else value.value,
)
def test_types_follow_from_the_contract(name: str, path: str, kind: Kind) -> None:
    """A number, a text, a day, a moment and an object are columns of different types."""
    assert schema(name, path).column_of(*path.split(".")).kind is kind


def test_money_follows_the_setting() -> None:
    """With money="decimal" an amount is a decimal, and an id stays an integer."""
    made = schema("keywords", "Bid", money="decimal")
    assert [made.column_of(name).kind for name in ("Bid", "Id")] == [Kind.DECIMAL, Kind.INT]


def test_leaves_are_asked_for_by_their_lists() -> None:
    """A path is a name in the list of fields of its object, and the key is always among what is asked for."""
    made = schema("ads", "TextAd.Title", "TextAd.PriceExtension.Price", "State")
    assert made.fields == {
        "FieldNames": ["AdGroupId", "CampaignId", "Id", "State"],
        "TextAdFieldNames": ["Title"],
        "TextAdPriceExtensionFieldNames": ["Price"],
    }
    assert made.names[4:7] == ["text_ad_title", "text_ad_price_extension_price", "state"]


@pytest.mark.parametrize(
    ("table", "path", "column", "lists"),
    [
        ("campaigns", "CreateTime", "create_time", {"FieldNames": ["CreateTime", "Id"]}),
        (
            "ads",
            "TextAd.TrackingPhoneId",
            "text_ad_tracking_phone_id",
            {"FieldNames": ["AdGroupId", "CampaignId", "Id"], "TextAdFieldNames": ["TrackingPhoneId"]},
        ),
    ],
)
def test_what_no_wsdl_has_is_requested_where_it_is_named(
    table: str, path: str, column: str, lists: dict[str, list[str]]
) -> None:
    """A table with all its columns requests what a WSDL has; a member in none has to be named."""
    whole = schema(table)
    assert column not in whole.names
    requested = {name for names in whole.fields.values() for name in names}
    assert path.rpartition(".")[2] not in requested
    assert schema(table, path).fields == lists


def test_figures_make_a_table_whole() -> None:
    """Figures that change without a trace are left out; a table with one of them is read whole each time."""
    assert "statistics" not in schema("campaigns").names
    assert not schema("campaigns").is_whole
    assert schema("campaigns", "Funds").is_whole


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("TextAd.Titel", "did you mean 'Title'"),
        ("text_ad_title", "did you mean 'TextAd.Title'"),
        ("text_ad_price_extension_old_price", "did you mean 'TextAd.PriceExtension.OldPrice'"),
        ("ad_group_id", "did you mean 'AdGroupId'"),
        ("text_ad_nothing", "no member 'text_ad_nothing'"),
        ("Nothing", "no member 'Nothing'"),
        ("", "no member ''"),
        ("Id.Name", "no member 'Id.Name'"),
        ("TextAd.AdExtensions.Type", "through a list"),
    ],
    ids=[
        "misspelt",
        "column",
        "deep column",
        "own column",
        "no column",
        "unknown",
        "empty",
        "inside a number",
        "through a list",
    ],
)
def test_a_path_to_nowhere_is_refused(path: str, message: str) -> None:
    """A path that is no member, or leads through a list, is told before anything is read."""
    with pytest.raises(ConfigurationError, match=message):
        schema("ads", path)


def test_names_as_the_api_has_them() -> None:
    """With names="api" a column is called by its path."""
    assert schema("ads", "TextAd.Title", names="api").names == [
        "login",
        "Id",
        "AdGroupId",
        "CampaignId",
        "TextAd.Title",
        "_synced_at",
    ]


def test_a_row_has_absent_and_nil_as_none() -> None:
    """What is absent, what is nil and what is inside an absent object is None; an object is a text of JSON."""
    made = schema("ads", "TextAd.Title", "AdCategories", "AgeLabel")
    items: list[dict[str, Any]] = [
        {
            "Id": 1,
            "AdGroupId": 2,
            "CampaignId": 5,
            "TextAd": {"Title": "Скамейка"},
            "AdCategories": {"Items": ["ALCOHOL"]},
        },
        {"Id": 3, "AdGroupId": 2, "AgeLabel": None},
    ]
    assert made.rows(items, "anna", AT) == [
        ("anna", 1, 2, 5, "Скамейка", '{"Items":["ALCOHOL"]}', None, AT),
        ("anna", 3, 2, None, None, None, None, AT),
    ]


def test_what_the_contract_does_not_know_is_kept() -> None:
    """A member that came and is unknown is in _unknown, so that a new field of the API breaks no load."""
    made = schema("ads")
    (row,) = made.rows([{"Id": 1, "AdGroupId": 2, "Mood": {"Colour": Decimal("1.5")}}], "anna", AT)
    assert row[made.index("_unknown")] == '{"Mood":{"Colour":1.5}}'


def test_decimals_inside_json_are_exact() -> None:
    """A decimal in an object is written digit by digit."""
    made = schema("vcards", "PointOnMap")
    (row,) = made.rows([{"Id": 1, "PointOnMap": {"X": Decimal("37.6173300001")}}], "anna", AT)
    assert '"X":37.6173300001' in row[2]


def test_an_object_without_its_key_is_no_row() -> None:
    """An object that cannot be told from others is an error that names table and column."""
    with pytest.raises(DecodeError, match="an object of ads without id"):
        schema("ads", "State").rows([{"State": "ON"}], "anna", AT)


def test_arrow_has_the_types_of_the_columns() -> None:
    """A batch is a table of pyarrow with int64, string, decimal128, date32 and timestamps in UTC."""
    made = schema("campaigns", "Name", "StartDate")
    rows = made.rows([{"Id": 1, "Name": "Весна", "StartDate": "2026-05-01"}, {"Id": 2}], "anna", AT)
    batch = Batch(made, rows).arrow()
    assert batch.schema == pyarrow.schema(
        [
            pyarrow.field("login", pyarrow.string(), nullable=False),
            pyarrow.field("id", pyarrow.int64(), nullable=False),
            pyarrow.field("name", pyarrow.string()),
            pyarrow.field("start_date", pyarrow.date32()),
            pyarrow.field("_synced_at", pyarrow.timestamp("us", tz="UTC")),
        ]
    )
    assert str(batch.column(3)[0].as_py()) == "2026-05-01"
    assert batch.column(3)[1].as_py() is None


def test_a_batch_of_nothing_has_its_schema() -> None:
    """A batch without rows is an empty table of pyarrow with all columns."""
    batch = Batch(schema("campaigns"), []).arrow()
    assert (batch.num_rows, batch.num_columns) == (0, len(schema("campaigns").columns))


def test_a_value_that_does_not_fit_is_told_with_its_column() -> None:
    """A text that is no day is an error that names table, column and row."""
    made = schema("campaigns", "StartDate")
    items = [{"Id": 1, "StartDate": "2026-05-01"}, {"Id": 2, "StartDate": "tomorrow"}]
    with pytest.raises(DecodeError, match=r"campaigns\.start_date .* date, in the row login=anna, id=2: .*tomorrow"):
        Batch(made, made.rows(items, "anna", AT)).arrow()


def test_a_key_that_does_not_fit_is_told_with_its_row() -> None:
    """An id of more than 64 bits is an error, among rows and among keys of deleted rows."""
    made = schema("ads", "Id")
    row, key = ("anna", 2**63, 7, 5, AT), ("anna", 2**63)
    for batch in (Batch(made, [row]), Batch(made, [key], deleted=True)):
        with pytest.raises(DecodeError, match=r"ads\.id has a value that is no int, in the row login=anna, id=9223372"):
            batch.arrow()


def test_gone_rows_have_their_key_alone() -> None:
    """A batch of deleted rows has the columns of the key."""
    batch = Batch(schema("ads"), [("anna", 7)], deleted=True).arrow()
    assert batch.to_pydict() == {"login": ["anna"], "id": [7]}
