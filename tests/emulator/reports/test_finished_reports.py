"""Files of finished reports: written once, by a thread of their own, and given when they are whole."""

import threading
from collections.abc import Iterator
from typing import IO

import pytest

from yadirect_soap.emulator.reports.finished_reports import FinishedReports


@pytest.fixture
def reports() -> Iterator[FinishedReports]:
    """A reports at the epoch."""
    reports = FinishedReports(lambda: 0.0)
    yield reports
    reports.close()


def test_a_file_is_there_when_it_is_whole(reports: FinishedReports) -> None:
    """While it is written nobody gets a part of it, and nobody waits longer than his patience."""
    go_on = threading.Event()

    def write(file: IO[bytes]) -> None:
        file.write(b"first ")
        go_on.wait(60)
        file.write(b"second")

    assert reports.read("key", 10, write, patience=0) is None
    assert reports.read("key", 10, write, patience=0.01) is None
    go_on.set()
    pieces = reports.read("key", 10, write, patience=60)
    assert pieces is not None
    assert b"".join(pieces) == b"first second"


def test_an_error_goes_to_the_caller(reports: FinishedReports) -> None:
    """What the writing ends with is raised once; the next one who asks begins anew."""

    def fail(file: IO[bytes]) -> None:
        raise ArithmeticError("too large")

    with pytest.raises(ArithmeticError):
        reports.read("key", 10, fail, patience=60)

    def write(file: IO[bytes]) -> None:
        file.write(b"text")

    pieces = reports.read("key", 10, write, patience=60)
    assert pieces is not None
    assert list(pieces) == [b"text"]


def test_closing_ends_what_is_written() -> None:
    """A reports that is closed waits for no report, and leaves no thread behind."""
    reports, go_on, ended = FinishedReports(lambda: 0.0), threading.Event(), threading.Event()

    def write(file: IO[bytes]) -> None:
        go_on.wait(60)
        try:
            file.write(b"text")
        finally:
            ended.set()

    assert reports.read("key", 10, write, patience=0) is None
    closing = threading.Thread(target=reports.close)
    closing.start()
    go_on.set()
    closing.join(60)
    assert ended.is_set()
    assert not closing.is_alive()
