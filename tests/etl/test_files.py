"""Files: each format, whole or not there, and what is said after it."""

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from yadirect_soap import ConfigurationError, DecodeError, Direct, etl
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.etl.batches import Batch
from yadirect_soap.etl.columns import LOGIN, SYNCED_AT, Column, Kind
from yadirect_soap.etl.destination import Package, Scope
from yadirect_soap.etl.destinations.addresses import open_destination
from yadirect_soap.etl.destinations.file_formats import FileType, file_type
from yadirect_soap.etl.destinations.files import FilesDestination, write_file
from yadirect_soap.etl.schema import TableSchema
from yadirect_soap.etl.statistics_file import report_tables

AT = "2026-05-31T10:00:00Z"
ROOT = Path(__file__).parents[2]
SCHEMA = TableSchema(
    "things",
    [
        LOGIN,
        Column("id", (), Kind.INT, key=True),
        Column("text", (), Kind.TEXT),
        Column("price", (), Kind.DECIMAL),
        Column("day", (), Kind.DATE),
        Column("inside", (), Kind.JSON),
        SYNCED_AT,
    ],
)
ROWS: list[tuple[Any, ...]] = [
    ("anna", 1, 'Скамейка; "кедр",\nновая', Decimal("1.50"), "2026-05-01", '{"a":[1,2]}', AT),
    ("anna", 1234567890123456, "-даром", None, None, None, AT),
]


def written(path: Path, dialect: str | None = None) -> bytes:
    """A file of the two rows."""
    write_file(path, [Batch(SCHEMA, ROWS)], SCHEMA, file_type(path, dialect=dialect))
    return path.read_bytes()


def test_json_lines_have_objects_inside(tmp_path: Path) -> None:
    """A line of JSON has a member a column, and what is JSON is inside as it is."""
    lines = [json.loads(line, parse_float=Decimal) for line in written(tmp_path / "things.jsonl").splitlines()]
    assert lines[0] == dict(zip(SCHEMA.names, ROWS[0], strict=True)) | {"inside": {"a": [1, 2]}}
    assert lines[1]["price"] is None


def test_csv_is_read_back_by_its_standard(tmp_path: Path) -> None:
    """CSV has a head, quotes where they are needed, and nothing for what is null."""
    content = written(tmp_path / "things.csv")
    head, *rows = csv.reader(content.decode().splitlines(keepends=True))
    assert head == SCHEMA.names
    assert rows[0] == ["anna", "1", ROWS[0][2], "1.50", "2026-05-01", '{"a":[1,2]}', AT]
    assert rows[1] == ["anna", "1234567890123456", "-даром", "", "", "", AT]
    assert content.endswith(b"Z\n")


def test_a_return_in_a_text_ends_no_line_of_csv(tmp_path: Path) -> None:
    """A text with a return alone has quotes, as one with an end of a line, and an empty cell stays without them."""
    rows = [(*ROWS[1][:2], "cedar\rbench", *ROWS[1][3:])]
    write_file(tmp_path / "things.csv", [Batch(SCHEMA, rows)], SCHEMA)
    (line,) = (tmp_path / "things.csv").read_bytes().split(b"\n")[1:-1]
    assert line == f'anna,1234567890123456,"cedar\rbench",,,,{AT}'.encode()


@pytest.mark.parametrize(("dialect", "delimiter", "price"), [("excel-ru", ";", "1,50"), ("excel-en", ",", "1.50")])
def test_csv_for_excel_is_safe(tmp_path: Path, dialect: str, delimiter: str, price: str) -> None:
    """For Excel there are a mark, its separators and CR LF; no text is a formula, and no long number is rounded."""
    content = written(tmp_path / "things.csv", dialect)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    _head, *rows = csv.reader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=delimiter)
    assert (rows[0][3], rows[1][1], rows[1][2]) == (price, "'1234567890123456", "'-даром")


def test_tsv_is_for_copy_and_bcp(tmp_path: Path) -> None:
    """TSV has no head and no quotes, and one line a row."""
    lines = written(tmp_path / "things.tsv").decode().split("\n")
    assert lines[0].split("\t")[2] == 'Скамейка; "кедр",\\nновая'
    assert lines[1].split("\t")[3:6] == ["", "", ""]
    assert lines[2:] == [""]


def test_parquet_has_types(tmp_path: Path) -> None:
    """A Parquet file has the types of the columns."""
    written(tmp_path / "things.parquet")
    table = parquet.read_table(tmp_path / "things.parquet")
    assert [str(field.type) for field in table.schema][1:5] == ["int64", "string", "decimal128(38, 6)", "date32[day]"]
    assert table.column("price").to_pylist() == [Decimal("1.500000"), None]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv", "parquet"])
def test_what_is_said_after_a_file(tmp_path: Path, ending: str) -> None:
    """NAME.done.json tells rows and sha256 of the file that is there."""
    content = written(tmp_path / f"things.{ending}")
    told = json.loads((tmp_path / f"things.{ending}.done.json").read_bytes())
    assert told == {
        "file": f"things.{ending}",
        "table": "things",
        "rows": 2,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_a_file_that_breaks_off_is_not_there(tmp_path: Path) -> None:
    """Where the rows end in an error the old file stays, with what was said of it, and nothing beside it."""
    before = written(tmp_path / "things.csv")

    def breaking() -> Iterator[Batch]:
        yield Batch(SCHEMA, ROWS)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_file(tmp_path / "things.csv", breaking(), SCHEMA)
    assert (tmp_path / "things.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["things.csv", "things.csv.done.json"]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ({"path": Path("a.doc")}, r"a\.doc: found the ending \.doc"),
        ({"form": "xml"}, "found the format 'xml'"),
        ({"form": "csv", "dialect": "pink"}, "found the dialect 'pink'"),
        ({"form": "jsonl", "dialect": "excel-ru"}, "only csv has dialects"),
    ],
    ids=["ending", "format", "dialect", "dialect of JSON"],
)
def test_an_unknown_type_is_refused(kind: dict[str, Any], message: str) -> None:
    """An ending, a format or a dialect that there is not is told with those that there are."""
    with pytest.raises(ConfigurationError, match=message):
        file_type(**kind)


# --- a folder as a destination ------------------------------------------------------------------------------------


def test_a_folder_has_a_file_a_table(direct: Direct, emulator: Emulator, tmp_path: Path) -> None:
    """After a run the folder has each table whole, with the cursor of its login in NAME.done.json."""
    etl.sync(direct, f"files:{tmp_path}/out?format=tsv", ["campaigns", "ads"]).raise_for_errors()
    lines = (tmp_path / "out" / "ads.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(list(emulator.store.rows("ads", ADVERTISER)))
    told = json.loads((tmp_path / "out" / "campaigns.tsv.done.json").read_bytes())
    assert (told["rows"], list(told["cursors"])) == (8, [ADVERTISER])


def test_only_what_changed_is_written_anew(direct: Direct, emulator: Emulator, tmp_path: Path) -> None:
    """A run that changes one table leaves the files of the others alone."""
    for name in ("One", "Two"):
        emulator.clock.advance(hours=1)
        (campaign,) = direct.campaigns.get(FieldNames=["Id"])[:1]
        direct.campaigns.update(Campaigns=[{"Id": campaign["Id"], "Name": name}])
        etl.sync(direct, f"files:{tmp_path}", ["campaigns", "ads"]).raise_for_errors()
        times = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.jsonl")}
        if name == "One":
            before = times
    assert times["ads.jsonl"] == before["ads.jsonl"]
    assert '"Two"' in (tmp_path / "campaigns.jsonl").read_text(encoding="utf-8")


def test_a_day_that_parquet_has_not_is_the_trouble_of_its_login(tmp_path: Path) -> None:
    """It is told before it is stored, or no later run could write the file."""
    schema = TableSchema("days", [LOGIN, Column("day", (), Kind.DATE, key=True), SYNCED_AT])
    at = "2026-05-31T10:00:00Z"
    state = {"version": 1, "tables": {"days": {"columns": schema.names, "since": at}}}
    with closing(open_destination(f"files:{tmp_path}?format=parquet")) as destination:
        destination.prepare([schema])
        with pytest.raises(DecodeError, match=r"days\.day has a value that is no date"):
            destination.apply(Package("anna", [Batch(schema, [("anna", "0000-00-00", at)])], state, at))
        destination.apply(Package("boris", [Batch(schema, [("boris", "2026-05-31", at)])], state, at))
    assert parquet.read_table(tmp_path / "days.parquet").column("login").to_pylist() == ["boris"]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_an_integer_of_more_than_64_bits_is_the_trouble_of_its_login(tmp_path: Path, kind: str) -> None:
    """It is told with its row, nothing of its package is stored, and other logins go on."""
    schema = TableSchema("days", [LOGIN, Column("id", (), Kind.INT, key=True), Column("bid", (), Kind.DECIMAL)])
    state = {"version": 1, "tables": {"days": {"columns": schema.names, "since": ""}}}
    with closing(open_destination(f"files:{tmp_path}?format={kind}")) as destination:
        destination.prepare([schema])
        rows = [("anna", 1, None), ("anna", 2**63, None)]
        with pytest.raises(DecodeError, match=r"days\.id .* in the row login=anna, id=9223372036854775808: "):
            destination.apply(Package("anna", [Batch(schema, rows)], state, ""))
        assert (list(destination.rows(schema, "anna", ["id"])), destination.state("anna")) == ([], {})
        destination.apply(Package("boris", [Batch(schema, [("boris", 2**63 - 1, None)])], state, ""))
        assert list(destination.rows(schema, "boris", ["id"])) == [(2**63 - 1,)]


def test_a_decimal_that_parquet_has_not_is_the_trouble_of_its_login(tmp_path: Path) -> None:
    """It is told before it is stored, or no later run could write the file; other formats have all its digits."""
    schema = TableSchema("bids", [LOGIN, Column("id", (), Kind.INT, key=True), Column("bid", (), Kind.DECIMAL)])
    state = {"version": 1, "tables": {"bids": {"columns": schema.names, "since": "2026-05-31T10:00:00Z"}}}
    package = Package("anna", [Batch(schema, [("anna", 1, Decimal("1.1234567"))])], state, "")
    with closing(open_destination(f"files:{tmp_path}?format=parquet")) as destination:
        destination.prepare([schema])
        with pytest.raises(DecodeError, match=r"bids\.bid .* in the row login=anna, id=1: found 1\.1234567, "):
            destination.apply(package)
    with closing(open_destination(f"files:{tmp_path / 'csv'}?format=csv")) as destination:
        destination.prepare([schema])
        destination.apply(package)
    assert "1.1234567" in (tmp_path / "csv" / "bids.csv").read_text("utf-8")


def test_files_that_were_not_written_out_are_written_by_the_next_run(direct: Direct, tmp_path: Path) -> None:
    """A run that ends before its files are written leaves that to the next one."""
    killed = FilesDestination(tmp_path)
    etl.sync(direct, killed, ["ads"]).raise_for_errors()
    killed.abandon()
    assert not (tmp_path / "ads.jsonl").exists()
    etl.sync(direct, f"files:{tmp_path}", ["ads"]).raise_for_errors()
    assert (tmp_path / "ads.jsonl").exists()


def test_half_a_table_is_not_written_out(direct: Direct, tmp_path: Path) -> None:
    """A table whose first read was stopped has no file; the run that reads it to its end writes it, whole."""
    address, names = f"files:{tmp_path}", ["campaigns", "ads"]
    broke = direct.with_settings(units_policy="stop", units_budget=60)
    assert etl.sync(broke, address, names, package_rows=1).errors
    assert sorted(path.name for path in tmp_path.glob("*.json*")) == ["campaigns.jsonl", "campaigns.jsonl.done.json"]
    etl.sync(direct, address, names).raise_for_errors()
    assert len((tmp_path / "ads.jsonl").read_text("utf-8").splitlines()) == 17


def test_a_login_that_was_never_read_to_its_end_is_in_no_file(tmp_path: Path) -> None:
    """The file has the logins that are whole, and NAME.done.json names them."""
    whole = {"version": 1, "tables": {"things": {"columns": SCHEMA.names, "since": AT}}}
    half = {"version": 1, "tables": {"things": {"columns": SCHEMA.names, "began": AT, "after": 7}}}
    with closing(FilesDestination(tmp_path)) as files:
        files.prepare([SCHEMA])
        files.apply(Package("anna", [Batch(SCHEMA, ROWS)], whole, AT))
        files.apply(Package("boris", [Batch(SCHEMA, [("boris", *row[1:]) for row in ROWS])], half, AT))
    lines = (tmp_path / "things.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["login"] for line in lines} == {"anna"}
    assert json.loads((tmp_path / "things.jsonl.done.json").read_bytes())["cursors"] == {"anna": AT}


@pytest.mark.parametrize("other", ["format=parquet", "format=csv&dialect=excel-ru", "format=tsv"])
def test_another_format_is_written_although_nothing_changed(direct: Direct, tmp_path: Path, other: str) -> None:
    """A run with another format or dialect writes what an account without changes has."""
    etl.sync(direct, f"files:{tmp_path}?format=csv", ["ads"]).raise_for_errors()
    before = {path: path.read_bytes() for path in tmp_path.glob("ads.*")}
    etl.sync(direct, f"files:{tmp_path}?{other}", ["ads"]).raise_for_errors()
    assert any(path.read_bytes() != before.get(path) for path in tmp_path.glob("ads.*") if path.suffix != ".json")


def test_a_file_that_was_taken_away_is_written_again(direct: Direct, tmp_path: Path) -> None:
    """After each run the folder has all files, also of tables without changes."""
    etl.sync(direct, f"files:{tmp_path}", ["ads"]).raise_for_errors()
    content = (tmp_path / "ads.jsonl").read_bytes()
    (tmp_path / "ads.jsonl").unlink()
    etl.sync(direct, f"files:{tmp_path}", ["ads"]).raise_for_errors()
    assert (tmp_path / "ads.jsonl").read_bytes() == content


def test_statistics_with_another_key_are_refused(direct: Direct, tmp_path: Path) -> None:
    """A report with one more field has several rows where the table has one: they would replace each other."""
    fields = ["Date", "CampaignId", "Impressions"]
    first, second = (
        report_tables({"by_day": {"since": "2026-05-01", "FieldNames": names}})
        for names in (fields, ["Device", *fields])
    )
    etl.sync(direct, f"files:{tmp_path}", ["ads"], statistics=first).raise_for_errors()
    with pytest.raises(
        ConfigurationError, match="key of by_day is login, date, campaign_id and would be login, device"
    ):
        etl.sync(direct, f"files:{tmp_path}", ["ads"], statistics=second)


def test_rows_of_a_report_with_one_key_are_refused(tmp_path: Path) -> None:
    """A report with several rows of one key would lose all but one: it is an error, and the days stay as they were."""
    days = TableSchema("by_day", [LOGIN, Column("date", (), Kind.DATE, key=True), SYNCED_AT])
    day = [("anna", "2026-05-01", AT)]
    scope = Scope(days, {"date": frozenset({"2026-05-01"})})
    with closing(FilesDestination(tmp_path)) as files:
        files.prepare([days])
        files.apply(Package("anna", [Batch(days, day)], {"version": 1}, AT, [scope]))
        with pytest.raises(DecodeError, match="by_day: found rows with the same login, date"):
            files.apply(Package("anna", [Batch(days, day * 2)], {"version": 1, "tables": {}}, AT, [scope]))
        assert (list(files.rows(days, "anna", ["date"])), files.state("anna")) == ([("2026-05-01",)], {"version": 1})


def test_other_names_of_columns_are_refused(direct: Direct, tmp_path: Path) -> None:
    """The store of a folder does not tell Id and id apart: other names need another folder."""
    etl.sync(direct, f"files:{tmp_path}", ["ads"]).raise_for_errors()
    with pytest.raises(ConfigurationError, match="sync into another folder"):
        etl.sync(direct, f"files:{tmp_path}", ["ads"], column_names="api")


def test_decimals_keep_their_digits(tmp_path: Path) -> None:
    """A decimal comes out of the folder as it went in."""
    with closing(FilesDestination(tmp_path, FileType("csv"))) as files:
        files.prepare([SCHEMA])
        files.apply(Package("anna", [Batch(SCHEMA, ROWS)], {}, AT))
        assert list(files.rows(SCHEMA, "anna", ["price"])) == [(Decimal("1.50"),), (None,)]


def test_a_row_without_values_replaces_one_with_values(tmp_path: Path) -> None:
    """A column that is null in all rows of a batch is null afterwards too."""
    emptied = [(*row[:2], *[None] * 4, AT) for row in ROWS]
    with closing(FilesDestination(tmp_path)) as files:
        files.prepare([SCHEMA])
        files.apply(Package("anna", [Batch(SCHEMA, ROWS)], {}, AT))
        files.apply(Package("anna", [Batch(SCHEMA, emptied)], {}, AT))
        assert list(files.rows(SCHEMA, "anna", SCHEMA.names)) == emptied


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("out", "expected an address"),
        ("files:", "expected an address"),
        ("ftp:out", "found the destination ftp:"),
        ("files:out?colour=red", "found the option colour"),
    ],
    ids=["no scheme", "no folder", "unknown scheme", "unknown option"],
)
def test_a_wrong_address_is_refused(address: str, message: str) -> None:
    """An address that leads nowhere is told before anything is read."""
    with pytest.raises(ConfigurationError, match=message):
        open_destination(address)


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.etl.hostile_values import AT, COLUMNS
from yadirect_soap.etl.batches import Batch
from yadirect_soap.etl.destination import Package
from yadirect_soap.etl.destinations.row_store import RowStore
from yadirect_soap.etl.schema import TableSchema

schema = TableSchema("things", COLUMNS)
store = RowStore(Path(sys.argv[1]))
store.prepare(schema)

def put(first, count):
    rows = [("shop", number, "n" * 500, None, None, None, AT) for number in range(first, first + count)]
    store.apply(Package("shop", [Batch(schema, rows)], {"last": first + count}, AT))

put(0, 10)
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limit[1]))
try:
    put(10, 1000)
except OSError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, limit)
print(store.state("shop"), len(list(store.rows(schema, "shop", ["id"], {}))))
put(10, 1000)
print(len(list(store.rows(schema, "shop", ["id"], {}))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
def test_a_full_disk_is_told_with_the_file(tmp_path: Path) -> None:
    """The package is as if it had never been, and the next one is stored."""
    path = tmp_path / "rows.sqlite"
    arguments = [sys.executable, "-c", FULL_DISK, str(path)]
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=True, cwd=ROOT)
    refusal, state, count = run.stdout.splitlines()
    assert refusal.startswith(f"{path}: ")
    assert refusal.endswith("what was not committed is read again")
    assert (state, count) == ("{'last': 10} 10", "1010")
