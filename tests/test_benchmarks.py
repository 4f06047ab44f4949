"""What the measurements stand on: those that are compared read and write the same.  Nothing is timed here."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from benchmarks import chart, decode, emulator, encode, large_account, plain_zeep
from benchmarks.decode import Case
from benchmarks.table import Goal, ResultsDiffer, Row, as_text
from yadirect_soap import Direct

FEW = 60
"""Enough for the decoder's way of reading large answers."""


@pytest.mark.parametrize("case", decode.CASES.values(), ids=decode.CASES)
def test_a_page_is_the_same_to_all_that_read_it(case: Case) -> None:
    """Our decoder, lxml, json.loads and zeep find in a page what it was made of."""
    decode.check(*decode.pages_of(replace(case, count=FEW, for_zeep=FEW // 10)))


def test_a_page_that_is_read_as_something_else_is_not_measured() -> None:
    """An answer that lacks one ad of those it was made of is distinguished from one that has them all."""
    page, few = decode.pages_of(Case("ads", FEW, FEW // 10))
    with pytest.raises(ResultsDiffer, match=r"ads\.get: our decoder, lxml, json\.loads"):
        decode.check(replace(page, soap=few.soap, json=few.json), few)


def test_the_same_seed_makes_the_same_page() -> None:
    """Two runs measure the same bytes."""
    first, second = (decode.pages_of(Case("keywords", FEW, 1))[0] for _ in range(2))
    assert (first.soap, first.json) == (second.soap, second.json)


def test_the_encoded_update_is_the_same_to_zeep() -> None:
    """Our envelope of the measured Ads.update says what zeep's says."""
    with Direct("made-up") as direct:
        encode.check(direct, plain_zeep.client("ads"), encode.update_of(FEW))


@pytest.mark.parametrize(
    ("goal", "measured", "met"),
    [
        (Goal(15, at_least=True), 21.0, True),
        (Goal(15, at_least=True), 14.9, False),
        (Goal(2.5), 2.5, True),
        (Goal(2.5), 2.6, False),
        (Goal(0), 0.0, True),
        (Goal(0), 1.0, False),
        (None, 7.0, None),
    ],
    ids=["faster", "too slow", "just so", "too long", "none", "one too many", "no goal"],
)
def test_a_goal_is_met_on_its_right_side(goal: Goal | None, measured: float, met: bool | None) -> None:
    """At least and at most are distinguished, and a row without a goal is neither met nor not."""
    assert Row("a task", "another", measured, "x the time", goal).met is met


def test_the_table_shows_goal_and_measurement() -> None:
    """A row of the table says what was asked, what was found and whether that will do."""
    text = as_text([Row("decode", "zeep", 21.3, "x the speed", Goal(15, at_least=True))])
    assert text.splitlines()[2] == "| decode | zeep   | at least 15 x the speed | 21.30 x the speed | met |"


def test_the_picture_is_svg() -> None:
    """The picture is well-formed, whatever characters the rows hold, and has a bar for each row with a goal."""
    rows = [Row("a < b & c", "d", 1.0, "x", Goal(2)), Row("e", "f", 1.0, "x")]
    root = ElementTree.fromstring(chart.as_svg(rows))  # noqa: S314  our own text
    bars = [element for element in root.iter("{http://www.w3.org/2000/svg}rect") if element.get("height") == "14"]
    assert len(bars) == 1


def test_the_calls_that_are_counted_are_answered() -> None:
    """The emulator answers the measured call on both wires with the campaign that is asked for, or it is no call."""
    assert [row.measured > 0 for row in emulator.measure(calls=2, rounds=1)] == [True, True]


def test_the_ads_that_are_walked_are_all_there() -> None:
    """The emulator gives every ad of a large account once, and its last page is full, or nothing is measured."""
    rows = large_account.measure(1000, 100, 2, 1)
    assert all(row.measured > 0 for row in rows if row.unit != "MiB more")


def test_an_account_that_lacks_ads_is_not_measured() -> None:
    """A walk that meets fewer ads than it is told of is no walk."""
    with pytest.raises(ResultsDiffer, match=r"\d+ ads came at|1000 of 1234 ads came"):
        large_account.measure(1234, 100, 2, 1)
