"""The emulated day of the API: a change applies from its day on, and not before, over both wires."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.clock import WITH_VCARDS
from yadirect_soap import ConfigurationError, Direct, NotSupportedError
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol import api_changes

WIRES = pytest.mark.parametrize("wire", ["soap", "json"])
PHONE = {"CountryCode": "+7", "CityCode": "8172", "PhoneNumber": "000006"}
CARD = {"Country": "Россия", "City": "Вологда", "CompanyName": "Я", "WorkTime": "0#4#10#00#20#00", "Phone": PHONE}


@pytest.fixture
def emulators() -> Iterator[Any]:
    """Makes emulators of a day, which are closed at the end."""
    made = []

    def make(day: date | None) -> Emulator:
        made.append(Emulator(api_date=day))
        return made[-1]

    yield make
    for emulator in made:
        emulator.close()


def direct(emulator: Emulator, wire: Any, **settings: Any) -> Any:
    """The demo advertiser over a wire."""
    return Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), transport=wire, **settings)


def test_rules_are_changes_of_the_file() -> None:
    """Each behaviour by its day is a row of api_changes.toml, which the page shows."""
    assert api_changes.bundled().day_of_rule == {
        "mobile is not applied": date(2026, 6, 3),
        "responsive text ads": date(2026, 7, 14),
        "no vcards": date(2026, 9, 1),
    }


@pytest.mark.parametrize(
    "day", ["2026-09-01", datetime(2026, 9, 1, tzinfo=UTC), 20260901], ids=["text", "moment", "number"]
)
def test_a_day_is_a_date(day: Any) -> None:
    """Anything else than a date is refused before the store is made."""
    with pytest.raises(ConfigurationError, match="api_date"):
        Emulator(api_date=day)


@WIRES
def test_vcards_are_there_until_a_day(emulators: Any, wire: Any) -> None:
    """From 2026-09-01 on the operations of vcards are error 3500, in the caller's language; before that they act."""
    before = direct(emulators(WITH_VCARDS), wire)
    campaign = before.campaigns.get(FieldNames=["Id"])[0]["Id"]
    params: dict[str, dict[str, Any]] = {
        "add": {"VCards": [CARD | {"CampaignId": campaign}]},
        "get": {"FieldNames": ["Id"]},
        "delete": {"SelectionCriteria": {"Ids": [1]}},
    }
    for name, named in params.items():
        assert before.call("vcards", name, named)
    for day in (date(2026, 9, 1), None):
        after = direct(emulators(day), wire, language="ru")
        for name, named in params.items():
            with pytest.raises(NotSupportedError, match="Визитки больше не поддерживаются") as caught:
                after.call("vcards", name, named)
            assert caught.value.code == 3500
