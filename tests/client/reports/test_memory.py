"""Rows are not held: what reading takes does not grow with the report."""

import tracemalloc
from collections import deque
from pathlib import Path

import pytest

from tests.client.reports.service import DEFINITION, FIELDS, ROWS, report, reports_over
from yadirect_soap import Report

FEW, MANY = 2_000, 40_000
MOST = 2**20

WAYS = {
    "dicts": iter,
    "tuples": Report.tuples,
    "batches": Report.batches,
    "file": lambda requested_report: iter([requested_report.to_file(Path(requested_report.definition["ReportName"]))]),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_many_rows_take_no_more_than_few(way, tmp_path):
    """Twenty times as many rows need less than 1 MiB more, in whatever way they are read."""
    peaks = []
    for count in (FEW, MANY):
        with reports_over(report(ROWS * (count // len(ROWS)), packed=True)) as (_, direct, _):
            requested_report = direct.reports.get(DEFINITION, FieldNames=FIELDS, ReportName=str(tmp_path / "report"))
            tracemalloc.start()
            try:
                deque(way(requested_report), maxlen=0)
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    assert peaks[1] - peaks[0] < MOST
