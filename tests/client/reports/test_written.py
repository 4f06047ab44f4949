"""Reports as files and tables: whole or not there, and the same values as the rows."""

import csv
import gzip
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pyarrow
import pytest
from pyarrow import parquet

from tests.client.reports.service import DEFINITION, FIELDS, ROWS, queued, report, reports_over, text
from tests.client.servers import answer, compressed
from yadirect_soap import ConfigurationError, DecodeError, ResponseLostError, Retry
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE
from yadirect_soap.types.reports import FieldEnum

LINES = b"".join(text().splitlines(keepends=True)[1:-1])
SHORT = answer(text(total=3), content_type=CONTENT_TYPE)


def test_the_file_is_the_report_as_it_came(tmp_path):
    """A file has the line of columns and the rows, byte for byte, without title and total."""
    path = tmp_path / "report.tsv"
    with reports_over(report()) as (_, direct, _):
        assert direct.reports.get(DEFINITION).to_file(path) == len(ROWS)
    assert path.read_bytes() == LINES
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert read[0] == FIELDS
    assert len(read) == 1 + len(ROWS)


@pytest.mark.parametrize(
    ("name", "compress", "packed"),
    [("r.tsv.gz", None, True), ("r.tsv", True, True), ("r.tsv.gz", False, False)],
    ids=["by its name", "by wish", "not by wish"],
)
def test_a_file_can_be_gzipped(tmp_path, name, compress, packed):
    """A name in .gz, or compress=True, makes a gzip file, the same bytes on every run."""
    with reports_over(report()) as (_, direct, _):
        for path in (tmp_path / name, tmp_path / f"again-{name}"):
            direct.reports.get(DEFINITION).to_file(path, compress=compress)
    body = (tmp_path / name).read_bytes()
    assert (gzip.decompress(body) if packed else body) == LINES
    assert (tmp_path / f"again-{name}").read_bytes() == body


@pytest.mark.parametrize(
    ("name", "format"),
    [("r.csv", "csv"), ("r.JSONL", "jsonl"), ("r.csv.gz", "csv"), ("r", "tsv"), ("r.gz", "tsv")],
    ids=lambda value: value,
)
def test_the_ending_of_a_name_tells_the_format(tmp_path, name, format):
    """Without format= a file is what the ending of its name says, and TSV without an ending."""
    with reports_over(report()) as (_, direct, _):
        direct.reports.get(DEFINITION).to_file(tmp_path / name, compress=False)
        direct.reports.get(DEFINITION).to_file(tmp_path / "expected", format=format)
    assert (tmp_path / name).read_bytes() == (tmp_path / "expected").read_bytes()


@pytest.mark.parametrize(
    ("name", "advice"),
    [("r.xlsx", "set format="), ("r.parquet", "call to_parquet"), ("r.txt.gz", "set format=")],
    ids=lambda value: value,
)
def test_an_ending_of_no_format_is_refused(tmp_path, name, advice):
    """A file whose name promises another format is not written, and the report is not asked for."""
    with reports_over(report()) as (server, direct, _), pytest.raises(ConfigurationError, match=advice):
        direct.reports.get(DEFINITION).to_file(tmp_path / name)
    assert (server.received, list(tmp_path.iterdir())) == ([], [])


def test_an_empty_report_is_a_file_with_columns(tmp_path):
    """A report without rows makes a file with the line of columns, and a table without rows."""
    path = tmp_path / "report.tsv"
    with reports_over(report([])) as (_, direct, _):
        assert direct.reports.get(DEFINITION).to_file(path) == 0
        table = direct.reports.get(DEFINITION).to_arrow()
    assert path.read_text(encoding="utf-8") == "\t".join(FIELDS) + "\n"
    assert (table.num_rows, table.column_names) == (0, FIELDS)


@pytest.mark.parametrize("how", ["to_file", "to_parquet"])
def test_a_place_that_takes_no_file_is_reported_first(tmp_path, how):
    """Where no file can be, nothing is ordered."""
    with reports_over(report()) as (server, direct, _), pytest.raises(ConfigurationError, match="cannot be written"):
        getattr(direct.reports.get(DEFINITION), how)(tmp_path / "missing" / "report")
    assert server.received == []


@pytest.mark.parametrize("how", ["to_file", "to_parquet"])
def test_a_folder_is_reported_first(tmp_path, how):
    """Where a folder stands in the place of the file, nothing is ordered."""
    with reports_over(report()) as (server, direct, _), pytest.raises(ConfigurationError, match="it is a folder"):
        getattr(direct.reports.get(DEFINITION), how)(tmp_path)
    assert server.received == []


def test_a_file_that_was_there_stays_as_private_as_it_was(tmp_path):
    """A new report in the place of an old one has the permissions of the old one."""
    path = tmp_path / "report.tsv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    with reports_over(report()) as (_, direct, _):
        direct.reports.get(DEFINITION).to_file(path)
    assert path.read_bytes() == LINES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_is_followed(tmp_path):
    """A report that is written by way of a link is where the link points, and the link is one still."""
    path, link = tmp_path / "kept" / "report.tsv", tmp_path / "latest.tsv"
    path.parent.mkdir()
    link.symlink_to(path)
    with reports_over(report()) as (_, direct, _):
        direct.reports.get(DEFINITION).to_file(link)
    assert link.is_symlink()
    assert path.read_bytes() == LINES


def test_a_pipe_is_written_into(tmp_path):
    """A pipe gets the rows and stays a pipe; a report that breaks off is not begun anew in it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    cut_off = answer(text()[:-20], content_type=CONTENT_TYPE, length=len(text()))
    with (
        reports_over(report(), cut_off, report(), retry=Retry()) as (server, direct, _),
        ThreadPoolExecutor(1) as reader,
    ):
        read = reader.submit(pipe.read_bytes)
        direct.reports.get(DEFINITION).to_file(pipe)
        assert read.result() == LINES
        read = reader.submit(pipe.read_bytes)
        with pytest.raises(ResponseLostError):
            direct.reports.get(DEFINITION).to_file(pipe)
        assert LINES.startswith(read.result())
    assert len(server.received) == 2
    assert pipe.is_fifo()


@pytest.mark.parametrize("how", ["to_file", "to_parquet"])
def test_a_report_that_is_not_whole_leaves_no_file(tmp_path, how):
    """After an error there is no file, and one that was there before is as it was."""
    path = tmp_path / "report"
    path.write_text("old", encoding="utf-8")
    with reports_over(SHORT) as (_, direct, _), pytest.raises(DecodeError):
        getattr(direct.reports.get(DEFINITION), how)(path)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_broken_connection_is_taken_up_again(tmp_path):
    """A file whose report broke off is written anew, however long the report was queued."""
    path = tmp_path / "report.tsv"
    cut_off = answer(text()[:-20], content_type=CONTENT_TYPE, length=len(text()))
    long = queued(retry_in=300)
    with reports_over(long, long, cut_off, report(), retry=Retry()) as (server, direct, _):
        assert direct.reports.get(DEFINITION).to_file(path) == len(ROWS)
    assert path.read_bytes() == LINES
    assert len(server.received) == 4
    with reports_over(cut_off) as (_, direct, _), pytest.raises(ResponseLostError):
        direct.reports.get(DEFINITION).to_file(path)


MIDDLE = len(text()) // 2
CUTS = {
    "a length that is not reached": answer(text()[:MIDDLE], content_type=CONTENT_TYPE, length=len(text())),
    "an end that looks right": answer(text()[:MIDDLE], content_type=CONTENT_TYPE),
    "an end behind a line": answer(text()[: text().rindex(b"Total")], content_type=CONTENT_TYPE),
    "no columns": answer(text()[:10], content_type=CONTENT_TYPE),
    "nothing": answer(b"", content_type=CONTENT_TYPE),
    "half of what was packed": compressed(text(ROWS * 99), length=100, content_type=CONTENT_TYPE),
}


@pytest.mark.parametrize("how", ["to_file", "to_parquet", "to_arrow"])
@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_report_that_was_cut_off_is_begun_anew(tmp_path, cut, how):
    """However a report is cut off, it is asked for again, and what is written is the whole one."""
    path = tmp_path / "report"
    with reports_over(cut, report(), retry=Retry()) as (server, direct, _):
        written = getattr(direct.reports.get(DEFINITION), how)(*([] if how == "to_arrow" else [path]))
    assert len(server.received) == 2
    assert (written.num_rows if how == "to_arrow" else written) == len(ROWS)
    assert how != "to_file" or path.read_bytes() == LINES


def test_rows_that_were_given_are_not_given_again():
    """Iterating over a report that is cut off ends with an error that tells how many rows came and what to do."""
    cut = answer(text(ROWS * 9000)[:-20], content_type=CONTENT_TYPE, length=len(text(ROWS * 9000)))
    rows: list[tuple[object, ...]] = []
    again = pytest.raises(ResponseLostError, match=r"cut off after [0-9]+ rows, read it again from the first one")
    with reports_over(cut, report(), retry=Retry()) as (server, direct, _), again:
        rows.extend(direct.reports.get(DEFINITION).tuples())
    assert len(server.received) == 1


def test_a_page_in_place_of_a_report_is_not_asked_for_again(tmp_path):
    """A page that calls itself a report is no report that was cut off."""
    page = answer(b"<html>\n<p>gone</p>\n</html>", content_type=CONTENT_TYPE)
    with reports_over(page, retry=Retry()) as (server, direct, _), pytest.raises(DecodeError):
        direct.reports.get(DEFINITION).to_file(tmp_path / "report")
    assert len(server.received) == 1


@pytest.mark.parametrize("money", ["micros", "decimal"])
def test_a_table_has_the_values_of_the_rows(money):
    """A table of pyarrow and a DataFrame hold the same values as the rows, decimals as decimals and days as days."""
    rows = ROWS if money == "micros" else [(*row[:3], Decimal("3.50"), row[4]) for row in ROWS]
    with reports_over(report(rows), money=money) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION)
        table, frame = requested_report.to_arrow(), requested_report.to_pandas()
    assert [tuple(row.values()) for row in table.to_pylist()] == rows
    assert pyarrow.Table.from_pandas(frame).to_pylist() == table.to_pylist()
    assert str(table.schema.field("Date").type) == "date32[day]"
    assert str(table.schema.field("Cost").type) == ("int64" if money == "micros" else "decimal128(38, 6)")


def test_parquet_has_the_values_of_the_rows(tmp_path):
    """A Parquet file holds the rows; texts with quotes are as they were."""
    path = tmp_path / "report.parquet"
    with reports_over(report()) as (_, direct, _):
        assert direct.reports.get(DEFINITION).to_parquet(path) == len(ROWS)
    assert [tuple(row.values()) for row in parquet.read_table(path).to_pylist()] == ROWS


@pytest.mark.slow
def test_parquet_has_large_groups(tmp_path):
    """A report of many blocks becomes a few groups of many rows."""
    path = tmp_path / "report.parquet"
    with reports_over(report(ROWS * 100_000, packed=True)) as (_, direct, _):
        assert direct.reports.get(DEFINITION).to_parquet(path) == 200_000
    assert parquet.ParquetFile(path).num_row_groups == 2


def test_texts_that_look_like_something_else_stay_texts():
    """Empty texts, numbers and NULL in a name are texts in a table, only -- is none."""
    names = ["", "12", "NULL", "NaN", '"', "--", "''"]
    rows = [(date(2026, 5, 1), name, 1, 1, None) for name in names]
    with reports_over(report(rows)) as (_, direct, _):
        column = direct.reports.get(DEFINITION).to_arrow().column("CampaignName").to_pylist()
    assert column == ["", "12", "NULL", "NaN", '"', None, "''"]


def test_a_carriage_return_inside_a_name_is_no_row_in_a_table():
    """A table has a lone carriage return as a part of its text, as the rows have."""
    body = text([("a\rb",), ("c",)], ["CampaignName"]).replace(b"a b", b"a\rb")
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION, FieldNames=["CampaignName"])
        assert (
            requested_report.to_arrow().to_pylist()
            == list(requested_report)
            == [{"CampaignName": "a\rb"}, {"CampaignName": "c"}]
        )


def test_a_carriage_return_inside_a_name_is_no_row_in_csv(tmp_path):
    """CSV quotes a name with a lone carriage return, so that its reader finds the rows that there are."""
    path = tmp_path / "report.csv"
    body = text([("a\rb",), ("c",)], ["CampaignName"]).replace(b"a b", b"a\rb")
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _):
        direct.reports.get(DEFINITION, FieldNames=["CampaignName"]).to_file(path, format="csv")
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["CampaignName"], ["a\rb"], ["c"]]


def test_line_ends_of_windows_are_none_of_the_values_in_a_table():
    """A table of a report with carriage returns at its lines' ends holds the values of the rows."""
    with reports_over(answer(text().replace(b"\n", b"\r\n"), content_type=CONTENT_TYPE)) as (_, direct, _):
        table = direct.reports.get(DEFINITION).to_arrow()
    assert [tuple(row.values()) for row in table.to_pylist()] == ROWS


def test_a_mark_of_byte_order_is_a_part_of_its_text_in_a_table():
    """A table has U+FEFF at the beginning of a text, as the rows have, even where it is the first of a block."""
    body = text([("\ufeffa",)], ["CampaignName"])
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION, FieldNames=["CampaignName"])
        assert requested_report.to_arrow().to_pylist() == list(requested_report) == [{"CampaignName": "\ufeffa"}]


@pytest.mark.parametrize("name", ["a", "a\rb"], ids=["in one piece", "beside a carriage return"])
@pytest.mark.parametrize("clicks", ["many", "0x10", "1e3", "+1", " 1", "1 ", "1.5", str(1 << 63)])
def test_a_wrong_value_is_an_error_in_a_table(name, clicks):
    """What is no integer, or none that a table can hold, raises DecodeError, even where pyarrow would take it."""
    body = text([("NAME", clicks)], ["CampaignName", "Clicks"]).replace(b"NAME", name.encode())
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION, FieldNames=["CampaignName", "Clicks"], ReportName="May")
        with pytest.raises(DecodeError, match="report 'May' is incomplete"):
            requested_report.to_arrow()


@pytest.mark.parametrize("ctr", ["1e3", "+1", " 1", "NaN", "0.0000001"])
def test_a_wrong_decimal_is_an_error_in_a_table(ctr):
    """What is no decimal, or none that a table can hold whole, raises DecodeError, even where pyarrow would take it."""
    body = text([(ctr,)], ["Ctr"])
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _), pytest.raises(DecodeError):
        direct.reports.get(DEFINITION, FieldNames=["Ctr"]).to_arrow()


def test_without_pyarrow_tables_are_not_to_be_had(monkeypatch):
    """Where the extra is not installed, the error says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "yadirect_soap.client.reports.arrow", raising=False)
    monkeypatch.delattr("yadirect_soap.client.reports.arrow", raising=False)
    with reports_over(report()) as (_, direct, _), pytest.raises(ConfigurationError, match=r"yadirect-soap\[arrow\]"):
        direct.reports.get(DEFINITION).to_arrow()


EXCEL_FIELDS: list[FieldEnum] = ["Date", "CampaignName", "CampaignId", "Clicks", "Cost", "Ctr"]
DIALECTS = {
    "plain": (
        "plain",
        "Date,CampaignName,CampaignId,Clicks,Cost,Ctr\n"
        '2026-05-01,"a;b, ""c""",1234567890123456,-5,1500.50,1.50\n2026-05-02,=cmd|x,7,0,0.00,\n',
    ),
    "for Excel in English": (
        "excel-en",
        "\ufeffDate,CampaignName,CampaignId,Clicks,Cost,Ctr\r\n"
        '2026-05-01,"a;b, ""c""",\'1234567890123456,-5,1500.50,1.50\r\n2026-05-02,\'=cmd|x,7,0,0.00,\r\n',
    ),
    "for Excel in Russian": (
        "excel-ru",
        "\ufeffDate;CampaignName;CampaignId;Clicks;Cost;Ctr\r\n"
        '2026-05-01;"a;b, ""c""";\'1234567890123456;-5;1500,50;1,50\r\n2026-05-02;\'=cmd|x;7;0;0,00;\r\n',
    ),
}
EXCEL_ROWS = [
    (date(2026, 5, 1), 'a;b, "c"', 1234567890123456, -5, Decimal("1500.50"), Decimal("1.50")),
    (date(2026, 5, 2), "=cmd|x", 7, 0, Decimal("0.00"), None),
]


@pytest.mark.parametrize(("dialect", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_csv_has_three_dialects(tmp_path, dialect, expected):
    """A dialect has its separator, decimal mark, line end and byte order mark; for Excel no text is a formula."""
    step = report(EXCEL_ROWS, EXCEL_FIELDS)
    with reports_over(step, money="decimal") as (_, direct, _), (tmp_path / "open.csv").open("w+b") as file:
        requested_report = direct.reports.get(DEFINITION, FieldNames=EXCEL_FIELDS)
        assert requested_report.to_file(tmp_path / "r.csv", format="csv", dialect=dialect) == 2
        assert requested_report.write(file, format="csv", dialect=dialect) == 2
    assert (tmp_path / "r.csv").read_bytes() == (tmp_path / "open.csv").read_bytes() == expected.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_text_is_no_formula_in_excel(tmp_path, start):
    """Whatever a text begins with, Excel shows it and runs nothing."""
    with reports_over(report([(f"{start}1+1",)], ["CampaignName"])) as (_, direct, _):
        direct.reports.get(DEFINITION, FieldNames=["CampaignName"]).to_file(
            tmp_path / "r", format="csv", dialect="excel-ru"
        )
    assert (tmp_path / "r").read_bytes().endswith(f"\r\n'{start}1+1\r\n".encode())


def test_an_empty_report_for_excel_has_its_mark(tmp_path):
    """A report without rows has the byte order mark and the columns."""
    with reports_over(report([])) as (_, direct, _):
        direct.reports.get(DEFINITION).to_file(tmp_path / "r", format="csv", dialect="excel-ru")
    assert (tmp_path / "r").read_bytes() == b"\xef\xbb\xbf" + ";".join(FIELDS).encode() + b"\r\n"


@pytest.mark.parametrize("options", [{"format": "tsv", "dialect": "excel-ru"}, {"format": "csv", "dialect": "excel"}])
def test_a_dialect_that_is_none_is_refused(tmp_path, options):
    """A dialect for another format than CSV, or one that does not exist, is refused and nothing is sent."""
    with reports_over(report()) as (server, direct, _), pytest.raises(ConfigurationError, match="dialect"):
        direct.reports.get(DEFINITION).to_file(tmp_path / "r", **options)
    assert (server.received, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("way", ["to_file", "to_arrow", "rows"])
def test_a_report_in_micros_is_none_in_units(tmp_path, way):
    """Where units were asked for and micros come, it is an error: figures would be a million times too large."""
    ways = {
        "to_file": lambda requested_report: requested_report.to_file(tmp_path / "r.csv", format="csv"),
        "to_arrow": lambda requested_report: requested_report.to_arrow(),
        "rows": list,
    }
    micros = pytest.raises(DecodeError, match=r"this one is in micros.*ReportName")
    with reports_over(report(), money="decimal") as (_, direct, _), micros:
        ways[way](direct.reports.get(DEFINITION, ReportName="May"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["tsv", "csv", "jsonl"])
def test_a_file_is_utf_8(tmp_path, form):
    """A report in another encoding is an error in every format, and leaves no file."""
    body = text().replace("Сети".encode(), "Сети".encode("cp1251"))
    step = answer(body, content_type=CONTENT_TYPE)
    with reports_over(step) as (_, direct, _), pytest.raises(DecodeError, match="not UTF-8 in row 2"):
        direct.reports.get(DEFINITION).to_file(tmp_path / "r", format=form)
    assert list(tmp_path.iterdir()) == []
