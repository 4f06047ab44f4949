"""Numbers of the emulator beside those of limits.toml, written a second time: raised by one, each fails here."""

from typing import Any

import pytest

from yadirect_soap.emulator.operations.services import auction, changes
from yadirect_soap.emulator.reports import build_limits

NUMBERS: dict[str, tuple[Any, Any]] = {
    # https://yandex.ru/dev/direct/doc/en/changes/check
    "objects of one answer of changes.check": (changes.LARGEST_ANSWER, 100_000),
    # https://yandex.ru/dev/direct/doc/en/keywordbids/get
    "volumes of traffic with a price": (auction.VOLUMES, (5, 15, 25, 40, 55, 65, 75, 85, 100)),
    # https://yandex.ru/dev/direct/doc/en/bids/get
    "shares of the audience with a price": (auction.SHARES, (20, 50, 100)),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_is_that_of_its_page(name: str) -> None:
    """A slip of the pen does not go unnoticed."""
    number, documented = NUMBERS[name]
    assert number == documented


def test_work_for_a_report() -> None:
    """The documentation has no such numbers; tests and scenarios of users rely on these."""
    assert build_limits.bundled() == build_limits.BuildLimits(
        max_online_size=20_000,
        max_size=20_000_000,
        max_ads=100_000,
        queue_seconds=3,
        size_per_second=50_000,
        answer_seconds=5.0,
    )
