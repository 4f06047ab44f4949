"""The API's own descriptions over a socket: fetched without the token, recognised, and whole or refused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.client.servers import (
    CERTIFICATE,
    HTML,
    TOKEN,
    ScriptedServer,
    answer,
    chunked,
    compressed,
    drop,
    fault,
    served,
    trusted,
)
from tests.client.wsdl_server import FEW, Edit, copied, describing, in_turn, instead, replaced, schemas_at
from yadirect_soap import DecodeError, Direct, DirectError, HttpError, ResponseLostError, Retry
from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.wsdl import folder
from yadirect_soap.protocol.wsdl.document_set import canonical_files

CAPTCHA = b"<!DOCTYPE html><html><title>Are you a robot?</title></html>"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of two services, so that only these are asked for."""
    return copied(tmp_path / "few")


def test_all_descriptions_are_fetched() -> None:
    """The 29 services come in the contract's order, then the schemas, and say what the bundled ones do."""
    with served(describing(), version="v5") as (server, direct):
        descriptions = dict(direct.fetch_wsdl())
        fetched = {
            file: text.replace(server.url.encode(), b"https://soap.direct.yandex.ru")
            for file, text in canonical_files(descriptions).items()
        }
    bundled = folder.contents(bundled_directory())
    assert list(descriptions) == [*sorted(bundled, key=lambda file: (file.endswith(".xsd"), file))]
    assert fetched == bundled


def test_no_token_is_sent(few: Path) -> None:
    """A description is asked for by a GET without the token and whoever it stands for."""
    with served(describing(), wsdl=few, client_login="client", version="v501") as (server, direct):
        assert dict(direct.fetch_wsdl()).keys() == set(FEW)
    assert [received.method for received in server.received] == ["GET"] * 3
    assert [received.path for received in server.received] == [
        "/v501/leads?wsdl",
        "/v501/turbopages?wsdl",
        "/v501/general.xsd",
    ]
    headers = [name.lower() for received in server.received for name in received.headers]
    assert {"authorization", "client-login"}.isdisjoint(headers)


def test_they_come_through_the_proxy(few: Path) -> None:
    """A Direct's proxies carry the descriptions too."""
    settings: dict[str, Any] = {"wsdl": few, "retry": None, "endpoint": "http://api.example"}
    with ScriptedServer(describing()) as proxy, Direct(TOKEN, proxies={"http": proxy.url}, **settings) as direct:
        assert dict(direct.fetch_wsdl()).keys() == set(FEW)
    assert proxy.received[0].path == "http://api.example/v501/leads?wsdl"


# --- what is refused ------------------------------------------------------------------------------------------

REFUSED: Mapping[str, tuple[dict[str, Edit], type[DirectError], str]] = {
    "captcha": ({"leads": instead(answer(CAPTCHA, content_type=HTML))}, HttpError, "HTTP 200 with text/html.*robot"),
    "captcha as XML": ({"leads": instead(answer(CAPTCHA))}, HttpError, "leads.wsdl: HTTP 200 with text/xml"),
    "description as HTML": ({"leads": lambda text: answer(text, content_type=HTML)}, HttpError, "HTTP 200"),
    "captcha for a schema": ({"general": instead(answer(CAPTCHA))}, HttpError, "general.xsd: HTTP 200"),
    "redirection": ({"leads": instead(answer(status=302, Location="/captcha"))}, HttpError, "leads.wsdl: HTTP 302"),
    "forbidden": ({"turbopages": instead(answer(status=403))}, HttpError, "turbopages.wsdl: HTTP 403"),
    "no schema": ({"general": instead(answer(status=404))}, HttpError, "general.xsd: HTTP 404"),
    "truncated": ({"leads": lambda text: answer(text[:2000])}, DecodeError, "leads.wsdl: .*not XML"),
    "broken off": ({"leads": lambda text: answer(text, length=len(text) + 9)}, ResponseLostError, "broke off"),
    "broken off in chunks": ({"leads": lambda text: chunked(text, complete=False)}, ResponseLostError, "broke off"),
    "truncated gzip": ({"leads": lambda text: compressed(text, length=200)}, DirectError, "leads.wsdl: "),
    "dropped": ({"leads": instead(drop)}, ResponseLostError, "leads.wsdl: the connection broke"),
    "empty": ({"leads": instead(answer())}, DecodeError, "leads.wsdl: .*not XML"),
    "fault": ({"leads": instead(fault(1000))}, DecodeError, "leads.wsdl: .*Envelope is outside"),
    "another service": ({"leads": replaced("v5/leads", "v5/vcards")}, DecodeError, "the service vcards, not the"),
    "another schema": ({"general": replaced("v5/general", "v5/other")}, DecodeError, "the schema other, not the"),
    "unknown construct": ({"leads": replaced("xsd:sequence", "xsd:all")}, DecodeError, "xsd:all is outside"),
    "half a schema": ({"general": replaced("GetRequestGeneral", "Asked")}, DecodeError, "leads:GetRequest refers to"),
    "type that is nowhere": (
        {"leads": replaced("ns:LeadGetItem", "ns:Lead")},
        DecodeError,
        "leads:Lead, which is missing",
    ),
}


@pytest.mark.parametrize(("edits", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_description_is_refused(
    edits: dict[str, Edit], error: type[DirectError], words: str, few: Path
) -> None:
    """A page, a broken answer and a description of something else are refused by the name of the file."""
    with served(describing(**edits), wsdl=few) as (_, direct), pytest.raises(error, match=words):
        dict(direct.fetch_wsdl())


def test_a_service_that_is_gone_is_left_out(few: Path) -> None:
    """A service that is not found is left out, and the others are reported."""
    with served(describing(leads=instead(answer(status=404))), wsdl=few) as (_, direct):
        assert list(dict(direct.fetch_wsdl())) == ["turbopages.wsdl", "general.xsd"]


def test_no_service_at_all_is_refused(few: Path) -> None:
    """Where no service is found, the address is no root of the API, and that is reported."""
    with served(answer(status=404), wsdl=few) as (_, direct), pytest.raises(HttpError, match=r"leads\.wsdl: HTTP 404"):
        dict(direct.fetch_wsdl())


# --- retries and places ---------------------------------------------------------------------------------------


def test_a_passing_failure_is_repeated(few: Path) -> None:
    """A gateway's 503 and a lost connection are repeated after the policy's waits, each document by itself."""
    edits = {
        "leads": in_turn(instead(answer(status=503)), instead(drop), answer),
        "general": in_turn(instead(answer(status=502)), answer),
    }
    waits: list[float] = []
    retry = Retry(wait_initial=1, attempts=3)
    settings: dict[str, Any] = {"wsdl": few, "retry": retry, "sleep": waits.append, "random": lambda: 1.0}
    with served(describing(**edits), **settings) as (_, direct):
        assert dict(direct.fetch_wsdl()).keys() == set(FEW)
    assert waits == [1, 2, 1]


def test_a_lasting_failure_ends_after_all_attempts(few: Path) -> None:
    """A failure that does not pass is raised when the attempts are used up."""
    settings: dict[str, Any] = {"wsdl": few, "retry": Retry(attempts=3), "sleep": lambda _: None}
    with served(answer(status=503), **settings) as (server, direct):
        with pytest.raises(HttpError, match=r"leads\.wsdl: HTTP 503"):
            dict(direct.fetch_wsdl())
        assert len(server.received) == 3


def test_a_schema_is_fetched_from_where_it_is_said_to_be(few: Path) -> None:
    """A schema that lies elsewhere on the web is fetched from there."""
    with ScriptedServer(describing()) as elsewhere:
        edit = schemas_at(f'schemaLocation="{elsewhere.url}/v5/general.xsd"')
        with served(describing(leads=edit, turbopages=edit), wsdl=few) as (server, direct):
            assert dict(direct.fetch_wsdl()).keys() == set(FEW)
        assert [received.path for received in elsewhere.received] == ["/v5/general.xsd"]
        assert len(server.received) == 2


@pytest.mark.parametrize("location", ["file:///etc/hosts", "ftp://elsewhere.example/general.xsd", ""])
def test_a_place_off_the_web_is_passed_over(location: str, few: Path) -> None:
    """A schema that is said to lie on the disk, or nowhere, is looked for beside the services."""
    edit = schemas_at(f'schemaLocation="{location}"' if location else "")
    with served(describing(leads=edit, turbopages=edit), wsdl=few) as (server, direct):
        assert dict(direct.fetch_wsdl()).keys() == set(FEW)
    assert server.received[-1].path == "/v501/general.xsd"


def test_a_schema_does_not_leave_tls(few: Path) -> None:
    """Where services are fetched over TLS, a schema without TLS is looked for beside them."""
    edit = schemas_at('schemaLocation="http://127.0.0.1:9/v5/general.xsd"')
    step = describing(leads=edit, turbopages=edit)
    with served(step, tls=trusted(), verify=CERTIFICATE, wsdl=few) as (server, direct):
        assert dict(direct.fetch_wsdl()).keys() == set(FEW)
    assert server.received[-1].path == "/v501/general.xsd"
