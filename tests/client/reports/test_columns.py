"""The columns of a report and of its pieces: each figure stands under the name that the service wrote over it."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pyarrow import parquet

from tests.client.reports.service import DEFINITION, report, reports_over, requested_days, text
from tests.client.servers import Handler, answer
from yadirect_soap import DecodeError
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE

NAMES = ("Date", "Conversions_1_LC", "Conversions_2_LC")
GOALS = DEFINITION | {"FieldNames": ["Date", "Conversions"], "Goals": ["1", "2"]}
DAYS = [date(2026, 5, 1) + timedelta(days=day) for day in range(31)]
EXPECTED = [dict(zip(NAMES, (day, 100 + day.day, 200 + day.day), strict=True)) for day in DAYS]
MOST = 20


def _answer_in(names, second_half, rows=EXPECTED):
    """Answers with the days asked for; those that begin after 1 May have other columns."""

    def step(handler: Handler) -> None:
        first, last = days = requested_days(handler.received)
        written = names if first == DAYS[0] else second_half
        chosen = [row for row in rows if first <= row["Date"] <= last][:MOST]
        report([[row.get(name, 0) for name in written] for row in chosen], written, days=days)(handler)

    return step


def _split(direct):
    return replace(direct.reports, max_rows=MOST).get(GOALS, split=True)


def _rows(requested_report, _path):
    return list(requested_report)


def _tuples(requested_report, _path):
    return [dict(zip(NAMES, row, strict=True)) for row in requested_report.tuples()]


def _batches(requested_report, _path):
    return [
        dict(zip(batch, row, strict=True))
        for batch in requested_report.batches()
        for row in zip(*batch.values(), strict=True)
    ]


def _read(path, delimiter):
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {"Date": date.fromisoformat(row.pop("Date")), **{name: int(value) for name, value in row.items()}}
            for row in csv.DictReader(file, delimiter=delimiter)
        ]


def _tsv(requested_report, path):
    requested_report.to_file(path)
    return _read(path, "\t")


def _csv(requested_report, path):
    requested_report.to_file(path, format="csv")
    return _read(path, ",")


def _arrow(requested_report, _path):
    return requested_report.to_arrow().to_pylist()


def _parquet(requested_report, path):
    requested_report.to_parquet(path)
    return parquet.read_table(path).to_pylist()


WAYS = {
    "rows": _rows,
    "tuples": _tuples,
    "batches": _batches,
    "tsv": _tsv,
    "csv": _csv,
    "arrow": _arrow,
    "parquet": _parquet,
}


@pytest.mark.parametrize("order", [(0, 2, 1), (2, 1, 0)], ids=["the goals changed", "Date last"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_piece_in_another_order_is_put_in_order(tmp_path, way, order):
    """Figures stand under their own goal however a piece orders its columns, whichever way it is read."""
    changed = tuple(NAMES[index] for index in order)
    with reports_over(_answer_in(NAMES, changed), transport="json") as (_, direct, _):
        assert way(_split(direct), tmp_path / "report") == EXPECTED


OTHER = {
    "a goal fewer": (NAMES[:2], r"missing: Conversions_2_LC"),
    "a goal more": ((*NAMES, "Conversions_3_LC"), r"not asked for: Conversions_3_LC"),
    "a goal twice": ((*NAMES[:2], NAMES[1]), r"missing: Conversions_2_LC; more than once: Conversions_1_LC"),
    "another model": (
        ("Date", "Conversions_1_AUTO", "Conversions_2_AUTO"),
        r"the piece of 2026-05-16 - 2026-05-31: found the columns .*AUTO, expected .*LC",
    ),
    "two models": (("Date", "Conversions_1_AUTO", "Conversions_2_LC"), r"not asked for: Conversions_1_AUTO"),
    "another first column": (("Spend", *NAMES[1:]), r"missing: Date; not asked for: Spend"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(("names", "difference"), OTHER.values(), ids=OTHER)
def test_a_piece_with_other_columns_is_an_error(tmp_path, way, names, difference):
    """A piece without a column, with one more or with one twice is an error that names the piece and both lists."""
    refusal = pytest.raises(DecodeError, match=rf"reports\.get: report '.*2026-05-16 - 2026-05-31.*{difference}")
    with reports_over(_answer_in(NAMES, names), transport="json") as (_, direct, _), refusal:
        way(_split(direct), tmp_path / "report")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_report_in_another_order_is_put_in_order(tmp_path, way):
    """The columns of a single report are those of the definition, in its order."""
    written = ("Conversions_2_LC", "Date", "Conversions_1_LC")
    with reports_over(_answer_in(written, written, EXPECTED[:5]), transport="json") as (_, direct, _):
        assert way(direct.reports.get(GOALS), tmp_path / "report") == EXPECTED[:5]


def test_cells_in_another_order_keep_their_text(tmp_path):
    """TSV whose columns are put in order has the same texts and no carriage returns at the ends of lines."""
    body = text([('a "b"', date(2026, 5, 1)), ("", None)], ["CampaignName", "Date"]).replace(b"\n", b"\r\n")
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _):
        direct.reports.get(DEFINITION, FieldNames=["Date", "CampaignName"]).to_file(tmp_path / "r.tsv")
    assert (tmp_path / "r.tsv").read_bytes() == b'Date\tCampaignName\n2026-05-01\ta "b"\n--\t\n'


MODELS = {
    "as they were named": (["LC", "AUTO"], ["LC", "AUTO"]),
    "in another order": (["LC", "AUTO"], ["AUTO", "LC"]),
    "an obsolete one": (["LSC"], ["LSCCD"]),
    "an obsolete one, kept": (["LSC"], ["LSC"]),
}


@pytest.mark.parametrize(("models", "written"), MODELS.values(), ids=MODELS)
def test_models_that_were_named_are_found(models, written):
    """Columns of the attribution models that the definition names are found by their model."""
    names = [f"Conversions_1_{model}" for model in written]
    figures = {name: number for number, name in enumerate(names)}
    with reports_over(report([list(figures.values())], names)) as (_, direct, _):
        requested_report = direct.reports.get(
            DEFINITION, FieldNames=["Conversions"], Goals=["1"], AttributionModels=models
        )
        assert list(requested_report) == [figures]


def test_a_model_that_was_not_named_is_an_error():
    """Where the definition names its models, a column of another one is refused."""
    one_model = DEFINITION | {"FieldNames": ["Conversions"], "Goals": ["1"], "AttributionModels": ["LC"]}
    with (
        reports_over(report([[1]], ["Conversions_1_AUTO"])) as (_, direct, _),
        pytest.raises(DecodeError, match="missing"),
    ):
        list(direct.reports.get(one_model))


def test_a_mark_of_byte_order_is_no_part_of_the_first_name():
    """A byte order mark before the title, or before the columns, is no part of either."""
    for body in (text(), text().partition(b"\n")[2]):
        with reports_over(answer(b"\xef\xbb\xbf" + body, content_type=CONTENT_TYPE)) as (_, direct, _):
            assert [row["Clicks"] for row in direct.reports.get(DEFINITION)] == [12, 0]


def test_a_ragged_row_is_reported_by_its_line():
    """A row with a cell fewer is an error that names the row and the line."""
    body = text().replace("\tСети".encode(), b"")
    refusal = pytest.raises(DecodeError, match=r"found 4 cells in row 2 \(line 4\), expected 5")
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _), refusal:
        list(direct.reports.get(DEFINITION))


def test_a_traceback_of_a_report_controls_no_terminal():
    """Neither the error of a report nor its cause shows a control character that the report holds."""
    body = text().replace(b"Clicks", b"Cl\x1b[31mcks")
    with reports_over(answer(body, content_type=CONTENT_TYPE)) as (_, direct, _), pytest.raises(DecodeError) as raised:
        list(direct.reports.get(DEFINITION))
    assert "\x1b" not in "".join(map(str, (raised.value, raised.value.__cause__)))
