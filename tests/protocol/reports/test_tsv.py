"""The lines of a report are written and read exactly: no quoting, no row lost, no row made up."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yadirect_soap.protocol.reports import columns, tsv, values
from yadirect_soap.protocol.reports.facts import FieldKind
from yadirect_soap.protocol.scalars import DecodeFailure

TITLE = tsv.title_line('of "May"', date(2026, 5, 1), date(2026, 5, 31))
NAMES = ["Date", "CampaignName"]
ROWS = [("2026-05-01", 'He said "no" \u2028\x85'), ("2026-05-02", "Total rows: 1"), ("2026-05-03", "'")]


def _report(rows=ROWS, names=NAMES, total=None, title=TITLE):
    lines = [title, tsv.column_line(names), *map(tsv.row_line, rows)]
    return "".join([*lines, tsv.total_line(len(rows) if total is None else total)]).encode()


def _pieces(body, size):
    return [body[start : start + size] for start in range(0, len(body), size)]


def _read(pieces, fields=("Date", "CampaignName")):
    layout = tsv.Layout(fields)
    text = b"".join(layout.blocks(pieces)).decode()
    return layout, [tuple(line.split("\t")) for line in text.split("\n")[:-1]]


@given(size=some.integers(1, 200))
def test_rows_are_read_however_they_are_cut(size):
    """The same rows come from pieces of any size, with texts that look like quotes, line ends and totals."""
    layout, rows = _read(_pieces(_report(), size))
    assert rows == ROWS
    assert (layout.rows, layout.total, layout.names) == (3, 3, tuple(NAMES))


def test_lines_of_many_small_pieces_are_read():
    """A title and a cell that come byte by byte, hundreds of thousands of them, are put together once."""
    rows = [("2026-05-01", "x" * 300_000)]
    title = tsv.title_line("y" * 300_000, date(2026, 5, 1), date(2026, 5, 31))
    layout, read = _read(_pieces(_report(rows, title=title), 1))
    assert (len(layout.title), read) == (len(title) - 1, rows)


@pytest.mark.parametrize("piece", [b"\n" * 100, b"\n" * 60_000, b"x"], ids=["blank lines", "more at once", "no end"])
def test_what_never_gets_to_the_columns_is_given_up(piece):
    """Of what has no names of columns a megabyte is read, and no more."""
    source = itertools.count()
    with pytest.raises(DecodeFailure, match="a line with the names of the columns"):
        _read(piece for _ in source)
    assert next(source) * len(piece) < 1_200_000


@pytest.mark.slow
@given(some.lists(some.tuples(some.text(max_size=9), some.text(max_size=9))), some.integers(1, 50))
def test_any_text_makes_a_row(texts, size):
    """Whatever the texts hold, there are as many rows as were written, and only breaks became blanks."""
    texts = [tuple(text.encode("utf-8", "ignore").decode() for text in row) for row in texts]
    _, rows = _read(_pieces(_report(texts), size))
    blanks = str.maketrans("\t\n\r", "   ")
    assert rows == [tuple(text.translate(blanks) for text in row) for row in texts]


TITLES = {
    "quoted": (TITLE, (date(2026, 5, 1), date(2026, 5, 31))),
    "with a blank line behind": (f"{TITLE}\n", (date(2026, 5, 1), date(2026, 5, 31))),
    "unquoted": ("May (2026-05-01 - 2026-05-31)\n", (date(2026, 5, 1), date(2026, 5, 31))),
    "without dates": ('"May"\n', None),
    "with no days": ('"May (2026-13-01 - 2026-05-31)"\n', None),
    "skipped": ("", None),
}


@pytest.mark.parametrize(("title", "days"), TITLES.values(), ids=TITLES)
def test_the_title_tells_the_days(title, days):
    """The first line is no row, and tells the days where it has them in a form that is known."""
    layout, rows = _read([_report(title=title)])
    assert (layout.days, rows) == (days, ROWS)


def test_an_empty_report_has_no_rows():
    """A report without rows is a report."""
    layout, rows = _read([_report([])])
    assert (rows, layout.total, layout.names) == ([], 0, tuple(NAMES))


def test_carriage_returns_are_line_ends():
    """A report whose lines end in CR LF is read as one whose lines end in LF."""
    layout, _ = _read([_report().replace(b"\n", b"\r\n")])
    assert (layout.names, layout.total) == (tuple(NAMES), 3)


BROKEN = {
    "nothing": b"",
    "only a title": TITLE.encode(),
    "no columns": b"<html>\n<p>gone</p>\n",
    "no total": _report()[: -len("Total rows: 3\n")],
    "cut in the total": _report()[:-4],
    "fewer rows": _report(total=4),
    "more rows": _report(total=2),
    "a row too short": _report().replace(b"2026-05-02\t", b"2026-05-02 "),
    "a row too long": _report().replace(b"2026-05-02\t", b"2026-05-02\t\t"),
    "one too short and one too long": _report().replace(b"02\t", b"02 ").replace(b"03\t", b"03\t\t"),
    "an empty row": _report().replace(b"2026-05-03\t'", b""),
}


@pytest.mark.parametrize("size", [7, 10_000], ids=["pieces", "whole"])
@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_report_is_an_error(body, size):
    """A report that ends early, miscounts or has a ragged row is DecodeFailure, never a shorter result."""
    with pytest.raises(DecodeFailure):
        _read(_pieces(body, size))


def test_a_row_without_end_is_given_up():
    """A row that does not end within some MiB is DecodeFailure, instead of being gathered for ever."""
    pieces = itertools.chain([TITLE.encode(), tsv.column_line(NAMES).encode()], itertools.repeat(b" " * 65_536))
    with pytest.raises(DecodeFailure, match="a row of more than"):
        _read(pieces)


@pytest.mark.parametrize("name", ["Сети".encode("cp1251"), b"\xed\xa0\x80", b"\xc3"])
def test_another_encoding_is_reported_with_its_row(name):
    """Bytes that are not UTF-8 are DecodeFailure, with their row, whatever is made of the text."""
    body = _report([("2026-05-01", "a"), ("2026-05-02", "NAME")]).replace(b"NAME", name)
    with pytest.raises(DecodeFailure, match="not UTF-8 in row 2"):
        _read([body])


def test_the_error_tells_the_row():
    """A ragged row is reported by its number in the report."""
    with pytest.raises(DecodeFailure, match=r"found 3 cells in row 2 \(line 4\), expected 2"):
        _read(_pieces(BROKEN["a row too long"], 5))


def test_a_report_cut_anywhere_is_an_error():
    """However much of its end is missing, a report never passes for a whole one."""
    body = _report()
    for length in range(len(body) - 1):
        with pytest.raises(DecodeFailure):
            _read([body[:length]])


CELLS = {
    "none": (None, "--"),
    "int": (10_000_000, "10000000"),
    "decimal": (Decimal("1E+3"), "1000"),
    "two places": (Decimal("0.50"), "0.50"),
    "day": (date(2026, 5, 1), "2026-05-01"),
    "text": ('"a" b', '"a" b'),
    "breaks": ("a\tb\nc", "a b c"),
}


@pytest.mark.parametrize(("value", "text"), CELLS.values(), ids=CELLS)
def test_a_value_has_one_text(value, text):
    """Each kind of value is written in the dialect's one way."""
    assert tsv.cell(value) == text


COLUMNS = {
    "ints": (FieldKind.INT, ["0", "--", "12"], [0, None, 12]),
    "plain ints": (FieldKind.INT, ["007", "12"], [7, 12]),
    "negative": (FieldKind.INT, ["-5", "--"], [-5, None]),
    "decimals": (FieldKind.DECIMAL, ["1.50", "--", "2"], [Decimal("1.50"), None, Decimal(2)]),
    "percent": (FieldKind.PERCENT, ["0.00", "-1.5"], [Decimal("0.00"), Decimal("-1.5")]),
    "days": (FieldKind.DATE, ["2026-05-01", "--"], [date(2026, 5, 1), None]),
    "texts": (FieldKind.TEXT, ["--", '"', ""], [None, '"', ""]),
    "plain texts": (FieldKind.ENUM, ["SEARCH", "NEW"], ["SEARCH", "NEW"]),
    "only none": (FieldKind.INT, ["--", "--"], [None, None]),
}


@pytest.mark.parametrize(("kind", "texts", "expected"), COLUMNS.values(), ids=COLUMNS)
def test_a_column_becomes_values(kind, texts, expected):
    """Texts become int, Decimal, date or str by the column's kind, and -- becomes None."""
    converted = values.converter(kind, micros=True)([text.encode() for text in texts])
    assert converted == expected
    assert list(map(type, converted)) == list(map(type, expected))


def test_money_is_what_was_asked_for():
    """Money is an int where the report has micros, and a Decimal where it has units."""
    assert values.converter(FieldKind.MONEY, micros=True)([b"1500000"]) == [1_500_000]
    assert values.converter(FieldKind.MONEY, micros=False)([b"1.50"]) == [Decimal("1.50")]


@pytest.mark.parametrize("text", ["10000", "-10000", "3500000", "9" * 30])
def test_micros_are_no_units(text):
    """An amount that can only be in micros is DecodeFailure where units were asked for, beside good ones too."""
    for column in ([text], ["1.50", text, "--"]):
        with pytest.raises(DecodeFailure, match=r"this one is in micros"):
            values.converter(FieldKind.MONEY, micros=False)([cell.encode() for cell in column])


@pytest.mark.parametrize("text", ["0", "12", "9999", "-9999", "10000.00", "0.00", "123456789.01"])
def test_units_are_units(text):
    """An amount with its decimals, and a small one without, is in units."""
    assert values.converter(FieldKind.MONEY, micros=False)([text.encode()]) == [Decimal(text)]


def test_units_that_are_micros_are_refused_in_micros_too():
    """An amount with decimals is DecodeFailure where micros were asked for."""
    with pytest.raises(DecodeFailure, match="an integer"):
        values.converter(FieldKind.MONEY, micros=True)([b"1.50"])


GOOD = {FieldKind.INT: "1", FieldKind.DECIMAL: "1.5", FieldKind.DATE: "2026-05-01"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((FieldKind.INT, text) for text in ("", "1_0", " 1", "1.5", "٣", "+1", "1e3", "-", "many", "9" * 5000)),
        *((FieldKind.DECIMAL, text) for text in ("", "1_0", "NaN", "Infinity", "1e9", "1.2.3", ".", "1,5", "٣")),
        *((FieldKind.DATE, text) for text in ("", "20260501", "2026-W01-1", "2026-02-30", "today")),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_text_of_another_kind_is_an_error(kind, text):
    """What Python would read and the service never writes is DecodeFailure, beside good values too."""
    for column in ([text], [GOOD[kind], text, "--"]):
        with pytest.raises(DecodeFailure, match="expected"):
            values.converter(kind, micros=True)([text.encode() for text in column])


def test_cells_are_cut_into_columns():
    """A block of lines becomes its columns, whatever its texts hold."""
    assert values.cells("a\tb\nc\t\u2028\n".encode(), 2) == [[b"a", b"c"], [b"b", "\u2028".encode()]]


def test_bytes_that_are_no_text_are_an_error():
    """A text that is not UTF-8 is DecodeFailure."""
    with pytest.raises(DecodeFailure, match="UTF-8"):
        values.converter(FieldKind.TEXT, micros=True)([b"a\xff"])


@pytest.mark.parametrize("repeated", [1, 40], ids=["unlike", "alike"])
@pytest.mark.parametrize("kind", [FieldKind.INT, FieldKind.DECIMAL, FieldKind.DATE, FieldKind.TEXT], ids=str)
def test_a_long_column_becomes_the_same_values(kind, repeated):
    """However many texts a column has, and however often each comes, block after block their values are exact."""
    first = date(2000, 1, 1)
    make: dict[FieldKind, tuple[Callable[[int], str], Callable[[int], Any]]] = {
        FieldKind.INT: (str, lambda number: number),
        FieldKind.DECIMAL: (lambda number: f"{number}.50", lambda number: number + Decimal("0.50")),
        FieldKind.DATE: (lambda number: str(first + timedelta(number)), lambda number: first + timedelta(number)),
        FieldKind.TEXT: (lambda number: f"слово {number}", lambda number: f"слово {number}"),
    }
    write, value = make[kind]
    convert = values.converter(kind, micros=True)
    for start in range(0, 6000, 1000):
        numbers = [number for number in range(start, start + 1000) for _ in range(repeated)]
        texts = [b"--", *(write(number).encode() for number in numbers), b"--"]
        assert convert(texts) == [None, *map(value, numbers), None]
        assert convert([b"--"]) == [None]
    with pytest.raises(DecodeFailure):
        convert([b"\xff"])


GOALS = ["1", "2"]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, ["Conversions", "Clicks"]),
        ({"Goals": GOALS}, ["Conversions_1_LC", "Conversions_2_LC", "Clicks"]),
        (
            {"Goals": GOALS, "AttributionModels": ["LSC", "AUTO"]},
            [*(f"Conversions_{goal}_{model}" for goal in GOALS for model in ("LSCCD", "AUTO")), "Clicks"],
        ),
        ({"AttributionModels": ["AUTO"]}, ["Conversions", "Clicks"]),
    ],
    ids=["no goals", "goals", "models, one of them obsolete", "a model alone"],
)
def test_goals_become_columns(changes, names):
    """With Goals, a field that depends on them is a column for each goal and model, of the field's kind."""
    result = columns.of_definition({"FieldNames": ["Conversions", "Clicks"]} | changes)
    assert [column.name for column in result] == names
    assert [columns.of_name(column.name) for column in result] == list(result)


def test_an_unknown_column_holds_text():
    """A column that the facts do not know is kept, as text."""
    assert columns.of_name("Novelty_1_LC").kind is FieldKind.TEXT
