"""Reports in a recording: what came is replayed over either format, with the queue, and without logins."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from yadirect_soap import ApiError, Direct, NotSupportedError
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import LostAnswer, Status
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.emulator.recording import Recorder, Replayer
from yadirect_soap.emulator.recording.recording_file import read
from yadirect_soap.protocol.reports.formats import FORMATS

DEFINITION: dict[str, Any] = {
    "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
    "FieldNames": ["Date", "CampaignName", "Clicks", "Cost"],
    "DateRangeType": "LAST_7_DAYS",
    "ReportName": "Recorded",
}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the recording goes."""
    return tmp_path / "calls.jsonl"


@pytest.fixture
def session(emulator: Emulator, file: Path) -> Iterator[requests.Session]:
    """A session whose requests are recorded."""
    with Recorder(file, upstream=emulator.endpoint, session=emulator.session()) as recorder:
        yield recorder.session()


@pytest.fixture
def recorded(emulator: Emulator, session: requests.Session) -> Direct:
    """A client whose reports are recorded, and whose waits pass on the emulator's clock."""

    def sleep(seconds: float) -> None:
        emulator.clock.advance(seconds=seconds)

    return Direct("demo-token", endpoint=emulator.endpoint, session=session, retry=None, sleep=sleep)


def _replayed(file: Path, **settings: Any) -> Direct:
    replayer = Replayer(file)
    return Direct(
        "any-token",
        endpoint=replayer.endpoint,
        session=replayer.session(),
        retry=None,
        sleep=lambda seconds: None,
        **settings,
    )


@pytest.mark.parametrize("mode", ["online", "offline"])
@pytest.mark.parametrize("wire", ["soap", "json"])
def test_a_report_is_replayed(recorded: Direct, file: Path, wire: Any, mode: Any) -> None:
    """Over either format, also through the queue."""
    live = list(recorded.reports.get(**DEFINITION, mode=mode))
    assert len(live) > 7
    statuses = [exchange.status for exchange in read(file)]
    assert statuses == [200] if mode == "online" else statuses[0] == 201
    with _replayed(file, transport=wire) as direct:
        assert list(direct.reports.get(**DEFINITION, mode=mode)) == live


def test_the_order_of_columns_is_part_of_the_request(recorded: Direct, file: Path) -> None:
    """A report with the same fields in another order was not recorded, and the error names what was."""
    list(recorded.reports.get(**DEFINITION, mode="online"))
    other = {**DEFINITION, "FieldNames": ["Clicks", "Date", "CampaignName", "Cost"]}
    with _replayed(file) as direct, pytest.raises(NotSupportedError, match="Recorded"):
        list(direct.reports.get(**other, mode="online"))


@pytest.mark.parametrize("form", FORMATS)
def test_an_error_is_replayed(session: requests.Session, emulator: Emulator, file: Path, form: str) -> None:
    """With its code and HTTP status, in the format of the request."""
    headers = {"Authorization": "Bearer demo-token"}
    wrong = {**DEFINITION, "FieldNames": ["Clicks", "Query"], "Format": "TSV", "IncludeVAT": "YES"}
    wrong["SelectionCriteria"] = {}
    for name in FORMATS:
        body = FORMATS[name].encode_definition(wrong)
        live = session.post(emulator.endpoint + FORMATS[name].path("v5"), body, headers=headers)
        assert live.status_code == 400
    with Replayer(file) as replayer:
        body = FORMATS[form].encode_definition(wrong)
        replayed = replayer.session().post(replayer.endpoint + FORMATS[form].path("v5"), body, headers=headers)
    assert replayed.status_code == 400
    error = FORMATS[form].decode_error(replayed.content)
    assert isinstance(error, ApiError)
    assert error.code == FORMATS["json"].decode_error(live.content).code


@pytest.mark.parametrize("options", [{}, {"skipColumnHeader": "true"}, {"skipReportHeader": "true"}], ids=str)
def test_no_login_of_a_report_is_on_disk(emulator: Emulator, file: Path, options: dict[str, str]) -> None:
    """The column of logins is masked, wherever it stands; the other cells stay."""
    definition = {
        **DEFINITION,
        "FieldNames": ["Date", "Conversions", "ClientLogin", "Clicks"],
        "ReportType": "CUSTOM_REPORT",
        "Goals": ["17000001", "17000002"],
        "Format": "TSV",
        "IncludeVAT": "YES",
        "SelectionCriteria": {},
    }
    body = FORMATS["json"].encode_definition(definition)
    headers = {"Authorization": "Bearer demo-token", "processingMode": "online", **options}
    with Recorder(file, upstream=emulator.endpoint, session=emulator.session()) as recorder:
        live = recorder.session().post("http://any.example/json/v5/reports", body, headers=headers)
    assert live.status_code == 200
    assert f"\t{ADVERTISER}\t" in live.text
    (exchange,) = read(file)
    assert ADVERTISER not in file.read_text("utf-8")
    assert exchange.report == live.text.replace(ADVERTISER, "***")


def test_a_broken_report_is_replayed(session: requests.Session, emulator: Emulator, file: Path) -> None:
    """A page of a web server and a lost answer come again as what they were."""
    body = FORMATS["json"].encode_definition({**DEFINITION, "Format": "TSV", "IncludeVAT": "YES"})
    emulator.faults.inject(Status(503), "reports.get")
    headers = {"Authorization": "Bearer demo-token"}
    assert session.post(f"{emulator.endpoint}/json/v5/reports", body, headers=headers).status_code == 503
    emulator.faults.inject(LostAnswer(), "reports.get")
    with pytest.raises(requests.ConnectionError):
        session.post(f"{emulator.endpoint}/json/v5/reports", body, headers=headers)
    with Replayer(file) as replayer:
        again = replayer.session()
        assert again.post(f"{replayer.endpoint}/json/v5/reports", body).status_code == 503
        with pytest.raises(requests.ConnectionError):
            again.post(f"{replayer.endpoint}/json/v5/reports", body)
