"""tapi-yandex-direct, a JSON client that others wrote, reads the emulator's reports as the API's.

It cannot be told another address than Yandex's, so one method of it is replaced; all else is its own.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from tapi2 import generate_wrapper_from_adapter
from tapi_yandex_direct.exceptions import YandexDirectClientError
from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

from tests.clock import NOON
from tests.emulator.emulator_client import EmulatorClient, total
from yadirect_soap.emulator import Emulator

FIELDS = "Date CampaignName Impressions Clicks Cost Ctr"


@pytest.fixture
def address() -> Iterator[str]:
    """An emulator with a clock a hundred times as fast as ours, so that its queue is short to those who wait."""
    began = time.monotonic()
    with Emulator(clock=lambda: NOON + (time.monotonic() - began) * 100) as emulator, emulator.serve() as address:
        yield address


def _open(address: str, **settings: Any) -> Any:
    class Adapter(YandexDirectClientAdapter):  # type: ignore[misc]  # it has no types
        def get_api_root(self, api_params: dict[str, Any], resource_name: str) -> str:
            return f"{address}/"

    return generate_wrapper_from_adapter(Adapter)(access_token="demo-token", **settings)


@pytest.mark.parametrize("mode", ["online", "offline"])
def test_it_loads_a_report(address: str, mode: str) -> None:
    """At once, or after the queue: columns and rows as the emulator's own statistics have them."""
    with EmulatorClient.demo() as client:
        definition = client.definition(FIELDS, "CAMPAIGN_PERFORMANCE_REPORT")
        expected = client.report_rows(definition, returnMoneyInMicros="false")
    report = (
        _open(address, processing_mode=mode, return_money_in_micros=False).reports().post(data={"params": definition})
    )
    assert report.columns == FIELDS.split()
    rows = report().to_dicts()
    assert len(rows) == len(expected) > 10
    assert [row["CampaignName"] for row in rows] == [row["CampaignName"] for row in expected]
    assert sum(int(row["Clicks"]) for row in rows) == total(expected, "Clicks")[0]
    assert [row["Cost"] for row in rows] == [f"{row['Cost']:.2f}" for row in expected]


def test_it_understands_a_refusal(address: str) -> None:
    """An error is raised with the API's own words."""
    with EmulatorClient.demo() as client:
        definition = client.definition("Query", "CAMPAIGN_PERFORMANCE_REPORT")
    with pytest.raises(YandexDirectClientError) as refused:
        _open(address, processing_mode="online").reports().post(data={"params": definition})
    assert "4000" in str(refused.value)
