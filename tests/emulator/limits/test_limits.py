"""Every numeric limit of objects as its documentation page has it: taken at the limit, refused one beyond.

The numbers stand in the tables a second time, so that a slip of the pen in limits.toml does not go unnoticed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.clock import WITH_VCARDS
from tests.emulator.emulator_client import EmulatorClient
from tests.emulator.limits import accounts, ads, campaigns
from tests.emulator.limits.rows import Row
from tests.emulator.limits.values import Builder
from yadirect_soap.emulator.domain.limits import limits

TABLES = {**accounts.TABLES, **ads.TABLES, **campaigns.TABLES}


@pytest.fixture
def api_date() -> date:
    """A day on which there are vCards still."""
    return WITH_VCARDS


def _edges(row: Row) -> Iterator[tuple[str, int, int]]:
    """Each bound by its name, with the last number that is taken and the first that is not."""
    least, greatest = row.bounds if isinstance(row.bounds, tuple) else (None, row.bounds)
    if least is not None:
        yield "min", least, least - row.step
    if greatest is not None:
        yield "max", greatest, greatest + row.step
    if least is not None and row.step > 1:
        yield "step", least + row.step, least + row.step + 1


def _cases() -> Iterator[Any]:
    """Both sides of each edge: a call, a number, and the codes that it meets."""
    for (service, _), rows in TABLES.items():
        for row in rows:
            for edge, taken, refused in _edges(row):
                name = " ".join(filter(None, (service, row.path, row.kind, edge)))
                yield pytest.param(row.call, taken, row.at_limit, id=f"{name}: {taken}")
                yield pytest.param(row.call, refused, (row.code,), id=f"{name}: {refused}")


@pytest.mark.parametrize(("call", "number", "expected"), list(_cases()))
def test_one_beyond_a_limit_is_refused(
    client: EmulatorClient, call: Builder, number: int, expected: tuple[int, ...]
) -> None:
    """What is at a limit is taken; one character, item, object or step beyond meets the limit's code."""
    assert call(client, number) == list(expected)


def test_limits_are_those_of_the_pages() -> None:
    """Each row of limits.toml is one of this table, with the same numbers, code and page."""
    written = {
        (row.service, row.path, row.kind): ((row.min, row.max), row.step, row.code, row.page)
        for row in limits().values()
    }
    documented = {
        (service, row.path, row.kind): (
            row.bounds if isinstance(row.bounds, tuple) else (None, row.bounds),
            row.step,
            row.code,
            page,
        )
        for (service, page), rows in TABLES.items()
        for row in rows
    }
    assert written == documented
