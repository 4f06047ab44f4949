"""Tables: a header of paths and cells of text become the items that JSON lines would say."""

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.bulk.trouble import Trouble
from yadirect_soap import ConfigurationError, Direct, InvalidParamsError, bulk
from yadirect_soap.bulk.jobs import open_job

GROUP = 5_700_000_001


def items(direct: Direct, source: Path, **options: Any) -> list[Any]:
    """The items that a table says."""
    journal = source.with_suffix(".db")
    with open_job(direct, source, journal=journal, **options) as opened:
        return [json.loads(item.body, parse_float=Decimal)["item"] for item in opened.items()]


def table(folder: Path, *rows: str, name: str = "table.csv") -> Path:
    """Writes a table."""
    (folder / name).write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return folder / name


CELLS: list[tuple[str, str, str, Any]] = [
    ("ads.update", "Id,TextAd.Title", "5,a;b", {"Id": 5, "TextAd": {"Title": "a;b"}}),
    ("ads.update", "Id,TextAd.Title2", "5,null", {"Id": 5, "TextAd": {"Title2": None}}),
    ("ads.update", "Id,TextAd.Title,TextAd.Text", '5,"a, ""b""",', {"Id": 5, "TextAd": {"Title": 'a, "b"'}}),
    ("ads.suspend", "Id", "5", {"Id": 5}),
    ("adgroups.update", "Id,RegionIds", "5,213; -1", {"Id": 5, "RegionIds": [213, -1]}),
    ("adgroups.update", "Id,RegionIds", '5,"[213, -1]"', {"Id": 5, "RegionIds": [213, -1]}),
    ("adgroups.update", "Id,NegativeKeywords", "5,a;b", {"Id": 5, "NegativeKeywords": {"Items": ["a", "b"]}}),
    ("adgroups.update", "Id,NegativeKeywords.Items", "5,a;b", {"Id": 5, "NegativeKeywords": {"Items": ["a", "b"]}}),
    ("keywordbids.set", "KeywordId;SearchBid", "5;15 000 000", {"KeywordId": 5, "SearchBid": 15_000_000}),
    ("keywordbids.set", "KeywordId;SearchBid", "5;15\u00a0000\u202f000", {"KeywordId": 5, "SearchBid": 15_000_000}),
    ("keywords.add", "AdGroupId\tKeyword", f"{GROUP}\tскамейка", {"AdGroupId": GROUP, "Keyword": "скамейка"}),
    ("ads.update", "Id,_errors,TextAd.Text", "5,x,y", {"Id": 5, "TextAd": {"Text": "y"}}),
]


@pytest.mark.parametrize(("operation", "header", "row", "item"), CELLS, ids=[row[2] for row in CELLS])
def test_a_row_is_an_item(direct: Direct, tmp_path: Path, operation: str, header: str, row: str, item: Any) -> None:
    """Cells are read by the contract: numbers, lists, nil, texts with quotes; empty ones are absent."""
    assert items(direct, table(tmp_path, header, row, ""), operation=operation) == [item]


def test_amounts_with_a_comma(direct: Direct, tmp_path: Path) -> None:
    """A Russian spreadsheet writes 3,5 for three and a half."""
    source = table(tmp_path, "KeywordId;SearchBid", "5;3,5")
    assert items(direct, source, operation="keywordbids.set", money="decimal")[0]["SearchBid"] == Decimal("3.5")


def test_a_space_separates_no_values(direct: Direct, tmp_path: Path) -> None:
    """In a list of numbers a space may be a forgotten semicolon: it does not join two regions into a third."""
    with pytest.raises(InvalidParamsError, match=r"\$\.RegionIds\[0\]: found '225 213'"):
        bulk.plan(direct, table(tmp_path, "Id,RegionIds", "5,225 213"), operation="adgroups.update")


@pytest.mark.parametrize("money", ["micros", "decimal"])
def test_a_comma_before_three_digits_is_refused(direct: Direct, tmp_path: Path, money: str) -> None:
    """1,500 is one and a half to one spreadsheet, and fifteen hundred to another."""
    source = table(tmp_path, "KeywordId;SearchBid", "5;1,500")
    with pytest.raises(InvalidParamsError, match=r"line 2, SearchBid: found '1,500', expected 1\.500 or 1500"):
        bulk.plan(direct, source, operation="keywordbids.set", money=money)


@pytest.mark.parametrize(
    ("cell", "amount"), [("0,500", "0.5"), ("1500,125", "1500.125"), ("1 500,125", "1500.125"), ("1.500", "1.5")]
)
def test_other_commas_have_one_meaning(direct: Direct, tmp_path: Path, cell: str, amount: str) -> None:
    """No spreadsheet groups thousands after a zero, after four digits, or beside spaces."""
    source = table(tmp_path, "CampaignId;Id;BidModifier", f"5;5;{cell}")
    with pytest.raises(InvalidParamsError) as caught:
        bulk.plan(direct, source, operation="bidmodifiers.set")
    assert f"found Decimal('{Decimal(amount)}" in str(caught.value)


def test_rows_have_operations_and_names(direct: Direct, trouble: Trouble, tmp_path: Path) -> None:
    """Columns do and ref: a table makes a group and its keyword."""
    source = table(
        tmp_path,
        "do,ref,Name,CampaignId,RegionIds,AdGroupId,Keyword",
        "adgroups.add,g,Скамейки,700000001,225,,",
        "keywords.add,,,,,@g,скамейка",
    )
    assert bulk.run(direct, source, journal=tmp_path / "j").ok
    group = next(bulk.read_outcomes(tmp_path / "j")).id
    assert trouble.emulator.store.count("keywords", "demo-advertiser", adgroup=group) >= 1


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("Id,TextAd.Titel", "5,a", "line 2, $.TextAd.Titel: found an unknown name"),
        ("Id,Text.Title", "5,a", "line 2, Text.Title: found an unknown path"),
        ("Id,TextAd.Title", "five,a", "line 2, $.Id: found 'five'"),
        ("Id,TextAd", "5,{a", "line 2, TextAd: found text that is not JSON"),
        ("Id,TextAd.Title", "5,a,b", "line 2, column 3: found 'b', expected nothing"),
        ("Id,,TextAd.Title", "5,a,b", "line 2, column 2: found 'a', expected nothing"),
        ("Id,TextAd.Title,TextAd", "5,a,{}", "line 2, TextAd: found a value and members of it"),
        ("Id,ref", "5,@a", "line 2, ref: found '@a', expected a name"),
        ("Id,do", "5,ads.updat", "line 2, do: found 'ads.updat', expected an operation"),
        ("Id", "1_000", "line 2, $.Id: found '1_000'"),
        ("Id", "٥", "line 2, $.Id: found '٥'"),
        ("Id", "5.7E+09", "line 2, $.Id: found Decimal('5.7E+9')"),
        ("Id", "NaN", "line 2, $.Id: found 'NaN'"),
        ("Id", "5 6", "line 2, $.Id: found '5 6'"),
        ("Id", "5700000001 5700000002", "line 2, $.Id: found '5700000001 5700000002'"),
        ("Id,TextAd.Title", "5,#N/A", "line 2, TextAd.Title: found '#N/A', an error of the spreadsheet"),
        ("Id,TextAd.Title", "5,#ССЫЛКА!", "line 2, TextAd.Title: found '#ССЫЛКА!', an error of the spreadsheet"),
        ("Id,TextAd.Title", "5,########", "line 2, TextAd.Title: found '########', an error of the spreadsheet"),
        ("Id,TextAd", '5,"{""Title"": ""a"", ""Title"": ""b""}"', "the name 'Title' appears twice"),
        ("Id", "9" * 5000, "line 2, $.Id: found Decimal('999"),
    ],
    ids=lambda value: value[:40],
)
def test_a_mistake_is_told_with_its_row(direct: Direct, tmp_path: Path, header: str, row: str, told: str) -> None:
    """The line of the file, and the column or the path."""
    with pytest.raises(InvalidParamsError) as caught:
        bulk.plan(direct, table(tmp_path, header, row), operation="ads.update")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((), "found no header"),
        (("Id,Id", "5,6"), "the column 'Id' twice"),
        (("Id,TextAd.Title", '5,"a'), "line 2: found no CSV"),
    ],
    ids=["empty", "twice", "quote"],
)
def test_a_table_that_is_none_is_told(direct: Direct, tmp_path: Path, rows: tuple[str, ...], told: str) -> None:
    """What is wrong with the whole file."""
    with pytest.raises(ConfigurationError, match=told):
        bulk.plan(direct, table(tmp_path, *rows), operation="ads.update")


def test_a_workbook_is_a_table(direct: Direct, tmp_path: Path) -> None:
    """Numbers, texts and days of the first sheet; lines are counted as the sheet counts them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Id", "TextAd.Title", "RegionIds"])
    sheet.append([5.0, "Скамейка", None])
    book.save(tmp_path / "table.xlsx")
    book.close()
    assert items(direct, tmp_path / "table.xlsx", operation="ads.update") == [
        {"Id": 5, "TextAd": {"Title": "Скамейка"}}
    ]


def _workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    book.close()
    return path


def _with_sheet(path: Path, *changes: tuple[str, str]) -> Path:
    """Replaces texts in the XML of the first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace(" />", "/>").replace("<v/>", "<v></v>")
    for old, new in changes:
        assert old in sheet
        sheet = sheet.replace(old, new)
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def test_a_formula_without_a_value_is_refused(direct: Direct, tmp_path: Path) -> None:
    """A program that computes nothing leaves the value out: the member would be absent from the change."""
    source = _workbook(tmp_path / "table.xlsx", ["Id", "TextAd.Title"], [5, '="a" & "b"'], [6, "c"])
    told = r"""line 2, TextAd\.Title: found the formula '="a" & "b"' without a value, expected a value: open"""
    with pytest.raises(InvalidParamsError, match=told):
        bulk.plan(direct, source, operation="ads.update")


def test_a_formula_has_its_value(direct: Direct, tmp_path: Path) -> None:
    """What a spreadsheet program computed is the cell, and an empty text is an empty cell."""
    source = _workbook(tmp_path / "table.xlsx", ["Id", "TextAd.Title", "TextAd.Text"], ["=2+3", '="a" & "b"', '=""'])
    _with_sheet(
        source,
        ("<f>2+3</f><v></v>", "<f>2+3</f><v>5</v>"),
        ('<c r="B2"><f>"a" &amp; "b"</f><v></v>', '<c r="B2" t="str"><f>"a" &amp; "b"</f><v>ab</v>'),
        ('<c r="C2"><f>""</f><v></v>', '<c r="C2" t="str"><f>""</f><v></v>'),
    )
    assert items(direct, source, operation="ads.update") == [{"Id": 5, "TextAd": {"Title": "ab"}}]


def test_a_wrong_size_of_a_sheet_hides_no_rows(direct: Direct, tmp_path: Path) -> None:
    """Some programs write that a sheet ends at its first cell; all rows and columns are read."""
    source = _workbook(tmp_path / "table.xlsx", ["Id", "TextAd.Title"], [5, "a"], [None, None], [6, "b"])
    _with_sheet(source, ('<dimension ref="A1:B4"/>', '<dimension ref="A1"/>'))
    assert items(direct, source, operation="ads.update") == [
        {"Id": 5, "TextAd": {"Title": "a"}},
        {"Id": 6, "TextAd": {"Title": "b"}},
    ]


def test_a_file_that_is_no_workbook_is_told(direct: Direct, tmp_path: Path) -> None:
    """A renamed text is refused before anything else."""
    with pytest.raises(ConfigurationError, match="found no workbook"):
        bulk.plan(direct, table(tmp_path, "Id", "5", name="table.xlsx"), operation="ads.suspend")


def test_a_workbook_keeps_no_long_numbers(direct: Direct, tmp_path: Path) -> None:
    """A number of more than 15 digits is not what was typed: such an id is refused, unless it is a text."""
    book = openpyxl.Workbook()
    for cell in ("Id", 1.2345678901234567e17, "12345678901234567"):
        book.worksheets[0].append([cell])
    book.save(tmp_path / "table.xlsx")
    book.close()
    with pytest.raises(InvalidParamsError) as caught:
        bulk.plan(direct, tmp_path / "table.xlsx", operation="ads.suspend")
    assert [violation.path for violation in caught.value.violations] == ["line 2, $.Id"]
