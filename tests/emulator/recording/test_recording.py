"""Record and replay: what was asked is answered again over either wire, and nothing personal is on disk."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
import zeep.helpers
import zeep.transports

from tests.clock import WITH_VCARDS
from yadirect_soap import Direct, HttpError, NotSupportedError, RateError, ResponseLostError
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Fault, LostAnswer, Status
from yadirect_soap.emulator.http import requests_adapter, wsdl_files
from yadirect_soap.emulator.http.delivery import Delivery
from yadirect_soap.emulator.http.routes import WsdlRoute
from yadirect_soap.emulator.recording import Recorder, Replayer
from yadirect_soap.emulator.recording.recording_file import RecordedExchange, read
from yadirect_soap.emulator.recording.redaction import redacted
from yadirect_soap.emulator.recording.request_key import key
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.descriptions import File
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.types.campaigns import CampaignsSelectionCriteria
from yadirect_soap.types.negativekeywordsharedsets import NegativeKeywordSharedSetAddItem

GROUP: NegativeKeywordSharedSetAddItem = {"Name": "Set", "NegativeKeywords": ["free"]}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator(api_date=WITH_VCARDS) as emulator:
        yield emulator


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the recording goes."""
    return tmp_path / "calls.jsonl"


@pytest.fixture
def recorded(emulator: Emulator, file: Path) -> Iterator[Direct]:
    """A client whose calls to an emulator on a socket are recorded."""
    with emulator.serve() as url, Recorder(file) as recorder, recorder.session() as session:
        yield Direct("demo-token", endpoint=url, session=session, retry=None)


def _replayed(file: Path, wire: WireName = "soap", **settings: Any) -> Direct:
    replayer = Replayer(file)
    return Direct(
        "any-token", endpoint=replayer.endpoint, session=replayer.session(), transport=wire, retry=None, **settings
    )


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_what_was_asked_is_answered_again(recorded: Direct, file: Path, wire: WireName) -> None:
    """An answer that came over SOAP is given over either wire, with its units, and another token will do."""
    criteria: CampaignsSelectionCriteria = {"States": ["ON", "OFF"]}
    live = recorded.campaigns.get(SelectionCriteria=criteria, FieldNames=["Id", "Name", "Funds", "TimeZone"])
    assert len(live) > 2
    with _replayed(file, wire) as direct:
        again = direct.campaigns.get(SelectionCriteria=criteria, FieldNames=["Id", "Name", "Funds", "TimeZone"])
    assert list(again) == list(live)
    assert again.units is not None
    assert live.units is not None
    assert (again.units.spent, again.units.left) == (live.units.spent, live.units.left)


def test_replay_goes_by_meaning(recorded: Direct, file: Path) -> None:
    """The order of fields and criteria does not matter, nor whether there are no criteria or empty ones."""
    live = recorded.campaigns.get(SelectionCriteria={"States": ["ON", "OFF"]}, FieldNames=["Id", "Name"])
    everything = recorded.campaigns.get(FieldNames=["Id"])
    with _replayed(file) as direct:
        assert direct.campaigns.get(FieldNames=["Name", "Id"], SelectionCriteria={"States": ["OFF", "ON"]}) == live
        assert direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"]) == everything


def test_equal_calls_are_answered_in_turn(recorded: Direct, file: Path) -> None:
    """A list that grew between two calls grows again; further calls get the last answer."""
    lengths = []
    for _ in range(2):
        lengths.append(len(recorded.negativekeywordsharedsets.get(FieldNames=["Id"])))
        recorded.negativekeywordsharedsets.add(NegativeKeywordSharedSets=[GROUP]).raise_for_errors()
    with _replayed(file) as direct:
        again = [len(direct.negativekeywordsharedsets.get(FieldNames=["Id"])) for _ in range(3)]
    assert again == [*lengths, lengths[-1]]
    assert lengths[1] == lengths[0] + 1


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_faults_are_replayed(emulator: Emulator, recorded: Direct, file: Path, wire: WireName) -> None:
    """Refusals, pages and lost answers come again as what they were."""
    for effect, error in ((Fault(506, "busy"), RateError), (Status(503), HttpError), (LostAnswer(), ResponseLostError)):
        emulator.faults.inject(effect)
        with pytest.raises(error):
            recorded.campaigns.get(FieldNames=["Id"])
    with _replayed(file, wire) as direct:
        with pytest.raises(RateError, match="busy"):
            direct.campaigns.get(FieldNames=["Id"])
        with pytest.raises(HttpError, match="503"):
            direct.campaigns.get(FieldNames=["Id"])
        with pytest.raises(ResponseLostError):
            direct.campaigns.get(FieldNames=["Id"])


def test_what_was_not_asked_is_refused(recorded: Direct, file: Path) -> None:
    """Nothing is made up: the answer is error 3500, and tells what was recorded of the operation."""
    recorded.campaigns.get(FieldNames=["Id"])
    with _replayed(file) as direct:
        with pytest.raises(NotSupportedError, match=r'campaigns\.get {"FieldNames": \["Id"\]}'):
            direct.campaigns.get(FieldNames=["Name"])
        with pytest.raises(NotSupportedError, match=r"of ads\.get were: none"):
            direct.ads.get(SelectionCriteria={"Ids": [1]}, FieldNames=["Id"])


def test_no_secret_is_on_disk(emulator: Emulator, file: Path) -> None:
    """Tokens, logins and personal members are blanked, before the first byte is written; the file is its owner's."""
    with emulator.serve() as url, Recorder(file) as recorder, recorder.session() as session:
        agency = Direct("demo-agency-token", endpoint=url, session=session, client_login="demo-client-rub")
        agency.clients.get(FieldNames=["Login", "ClientInfo", "Phone", "Representatives", "Notification", "ClientId"])
        agency.campaigns.get(FieldNames=["Id", "ClientInfo", "Notification", "RepresentedBy"])
        agency.vcards.get(FieldNames=["Phone", "ContactPerson", "CompanyName"])
        advertiser = Direct("demo-token", endpoint=url, session=session)
        advertiser.leads.get(SelectionCriteria={"TurboPageIds": [5600001]}, FieldNames=["Data"])
    text = file.read_text("utf-8")
    for secret in ("demo-token", "demo-agency-token", "demo-client-rub", "Клиент", "@yandex.ru", "+7", "Bearer"):
        assert secret not in text
    assert '"ClientId"' in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_blanked_is_found_all_the_same(recorded: Direct, file: Path) -> None:
    """A request that names a login or a telephone is matched by what scrubbing leaves of it."""
    phone = {"CountryCode": "+7", "CityCode": "812", "PhoneNumber": "123-45-67"}
    card: Any = {
        "Country": "Россия",
        "City": "Вологда",
        "CompanyName": "Полка",
        "WorkTime": "0#3#10#00#18#00",
        "Phone": phone,
    }
    campaign = recorded.campaigns.get(FieldNames=["Id"])[0]["Id"]
    live = recorded.vcards.add(VCards=[card | {"CampaignId": campaign}])
    assert "123-45-67" not in file.read_text("utf-8")
    with _replayed(file, "json") as direct:
        assert direct.vcards.add(VCards=[card | {"CampaignId": campaign}]).ids == live.ids


def test_all_is_kept_where_that_is_asked_for(emulator: Emulator, file: Path) -> None:
    """Without scrubbing personal members stay; the token is not written even so."""
    with emulator.serve() as url, Recorder(file, scrub=False) as recorder, recorder.session() as session:
        Direct("demo-token", endpoint=url, session=session).campaigns.get(FieldNames=["ClientInfo"])
    text = file.read_text("utf-8")
    assert "Рекламодатель" in text
    assert "demo-token" not in text


def test_any_client_is_recorded_and_replayed_on_a_socket(emulator: Emulator, file: Path) -> None:
    """A recorder that listens asks its upstream; a replayer that listens needs none."""

    def ask(url: str) -> Any:
        body = {"method": "get", "params": {"FieldNames": ["Id"]}}
        headers = {"Authorization": "Bearer demo-token"}
        return requests.post(f"{url}/json/v5/campaigns", json=body, headers=headers, timeout=5).json()

    with emulator.serve() as upstream, Recorder(file, upstream=upstream) as recorder, recorder.serve() as url:
        live = ask(url)
        assert requests.get(f"{url}/v5/ads?wsdl", timeout=5).ok
    with Replayer(file) as replayer, replayer.serve() as url:
        assert ask(url) == live
        assert "POST /json/v5/SERVICE" in requests.get(url, timeout=5).text
        assert requests.get(f"{url}/v5/nosuch?wsdl", timeout=5).status_code == 404
    assert len(list(read(file))) == 1


def test_a_client_of_the_wsdl_calls_the_recorder_and_the_replayer(emulator: Emulator, file: Path) -> None:
    """zeep, which reads the address of a service in its WSDL, does not go past them."""

    def ask(url: str) -> Any:
        session = requests.Session()
        session.headers["Authorization"] = "Bearer demo-token"
        client = zeep.Client(f"{url}/v5/campaigns?wsdl", transport=zeep.transports.Transport(session=session))
        answer = client.service.get(SelectionCriteria={}, FieldNames=["Id", "Name"])
        return zeep.helpers.serialize_object(answer)

    with emulator.serve() as upstream, Recorder(file, upstream=upstream) as recorder, recorder.serve() as url:
        live = ask(url)
        for name in ("campaigns?wsdl", "general.xsd"):
            assert upstream not in requests.get(f"{url}/v5/{name}", timeout=5).text
    assert [exchange.operation for exchange in read(file)] == ["campaigns.get"]
    with Replayer(file) as replayer, replayer.serve() as url:
        assert ask(url) == live


def test_a_recording_is_never_overwritten(file: Path) -> None:
    """A file that is there already is left alone."""
    file.write_text("precious", "utf-8")
    with pytest.raises(FileExistsError):
        Recorder(file)
    assert file.read_text("utf-8") == "precious"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[]\n", 1),
        ('{"yadirect-soap": "recording", "version": 2}\n', 1),
        ('{"yadirect-soap": "recording", "version": 1}\n{"operation": "ads.get"', 2),
        ('{"yadirect-soap": "recording", "version": 1}\n{"opera": "ads.get"}\n', 2),
    ],
    ids=["other", "version", "broken off", "unknown member"],
)
def test_a_file_that_is_no_recording_is_told(file: Path, text: str, line: int) -> None:
    """The error names the file and the line."""
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=f"calls.jsonl, line {line}: "):
        Replayer(file)


def test_the_order_of_what_is_written_is_meaning() -> None:
    """Two writes that differ in the order of their items are not the same, as they act in that order."""
    first_request, second_request = (
        {"params": {"Ads": [{"Id": first}, {"Id": second}]}} for first, second in ((1, 2), (2, 1))
    )
    assert key("ads.update", first_request) != key("ads.update", second_request)


def test_scrubbing_keeps_the_form() -> None:
    """Names and the shape stay; values of personal members, and known texts anywhere, are blanked."""
    message = {"Phone": {"Number": "1", "Ids": [1]}, "Logins": ["a", "b"], "Name": "of anna", "Tin": None}
    assert redacted(message, "ads", frozenset({"anna"})) == {
        "Phone": {"Number": "***", "Ids": [0]},
        "Logins": ["***", "***"],
        "Name": "of ***",
        "Tin": None,
    }


def test_an_exchange_is_written_before_the_next_begins(emulator: Emulator, file: Path) -> None:
    """Whoever is killed in the middle has what was answered until then."""
    with Recorder(file, upstream=emulator.endpoint, session=emulator.session()) as recorder:
        body = b'{"method": "get", "params": {"FieldNames": ["Id"]}}'
        with recorder.session() as session:
            session.post("http://any.example/json/v5/campaigns", body, headers={"Authorization": "Bearer demo-token"})
        (exchange,) = read(file)
    assert isinstance(exchange, RecordedExchange)
    assert (exchange.operation, exchange.status) == ("campaigns.get", 200)


def test_a_wsdl_through_a_session_names_the_server_that_was_asked(emulator: Emulator, file: Path) -> None:
    """A client that reads its addresses in a WSDL stays on the server that it asked, whatever that one names."""
    body = wsdl_files.response(WsdlRoute(File("ads.wsdl"), "https://other.example", "v5"), emulator.contract).body

    def answer(_request: Request) -> Delivery:
        return Delivery(Response(200, Headers(), body))

    server = requests_adapter.session(answer, "http://sandbox.example")
    with Recorder(file, session=server) as recorder, recorder.session() as session:
        text = session.get("http://sandbox.example/v5/ads?wsdl").text
    assert "http://sandbox.example/v5/ads" in text
    assert "other.example" not in text
