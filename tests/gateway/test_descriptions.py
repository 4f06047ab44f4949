"""WSDLs and schemas as other servers serve them: in one file, in parts, by any spelling, from both servers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree

from tests.gateway.callers import Caller
from tests.gateway.conftest import Open
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers, Request

XSD = "{http://www.w3.org/2001/XMLSchema}"
Get = Callable[[str], tuple[int, bytes]]


@pytest.fixture(params=["gateway", "emulator"])
def get(request: pytest.FixtureRequest, open_gateway: Open, emulator: Emulator) -> Get:
    """Reads an address of one of the two servers."""
    if request.param == "gateway":
        gateway: Caller = open_gateway()

        def get(path: str) -> tuple[int, bytes]:
            reply = gateway.request("GET", path)
            return reply.status, reply.body
    else:

        def get(path: str) -> tuple[int, bytes]:
            answer = emulator.handle_request(Request(f"http://127.0.0.1:8090{path}", Headers({}), method="GET"))
            return answer.status, answer.body

    return get


class NoNetwork(zeep.Transport):  # type: ignore[misc]  # zeep has no types
    """Reads files, and refuses all else."""

    def load(self, url: str) -> bytes:
        """The content of a file."""
        assert "://" not in url, url
        return Path(url).read_bytes()


class _Parts(etree.Resolver):
    """The schemas of a WSDL by number."""

    def __init__(self, schemas: list[bytes]) -> None:
        self._schemas = schemas

    def resolve(self, system_url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]  # the stubs lack context
        """A schema."""
        read: Any = self.resolve_string
        return read(self._schemas[int(system_url.rpartition("/")[2])], context)


def compiled(schemas: list[etree._Element]) -> etree.XMLSchema:
    """All schemas of a WSDL as one, as an engine of XML Schema has it."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Parts([etree.tostring(schema) for schema in schemas]))
    imports = "".join(
        f'<xsd:import namespace="{schema.get("targetNamespace")}" schemaLocation="part:/{number}"/>'
        for number, schema in enumerate(schemas)
    )
    text = f'<xsd:schema xmlns:xsd="{XSD[1:-1]}">{imports}</xsd:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def operations(client: zeep.Client) -> dict[str, tuple[str, str]]:
    """The signatures of all operations."""
    (service,) = client.wsdl.services.values()
    (port,) = service.ports.values()
    return {
        name: (operation.input.signature(), operation.output.signature())
        for name, operation in port.binding._operations.items()
    }


@pytest.mark.parametrize("service", bundled())
def test_one_file_is_a_whole_wsdl(get: Get, service: str, tmp_path: Path) -> None:
    """?singleWsdl loads in plain zeep without a network, compiles in lxml, and means what ?wsdl means."""
    status, single = get(f"/v501/{service}?singleWsdl")
    assert (status, b"schemaLocation" in single) == (200, False)
    (tmp_path / "single.wsdl").write_bytes(single)
    for name in bundled().directory.iterdir():
        (tmp_path / name.name).write_bytes(name.read_bytes())
    one = zeep.Client(str(tmp_path / "single.wsdl"), transport=NoNetwork())
    other = zeep.Client(str(tmp_path / f"{service}.wsdl"), transport=NoNetwork())
    assert operations(one) == operations(other)
    address = str(one.service._binding_options["address"])
    assert address.rstrip("/") == f"http://127.0.0.1:8090/v501/{service}"
    schemas = compiled(list(etree.fromstring(single).iter(f"{XSD}schema")))
    for operation in bundled()[service].operations.values():
        message = etree.Element(f"{{{operation.namespace}}}{operation.request.name.rpartition(':')[2]}")
        etree.SubElement(message, "NoSuchMember")
        with pytest.raises(etree.DocumentInvalid, match="Element 'NoSuchMember': This element is not expected"):
            schemas.assertValid(message)


@pytest.mark.parametrize(
    ("query", "file"),
    [
        ("wsdl", "clients.wsdl"),
        ("WSDL", "clients.wsdl"),
        ("wsdl=", "clients.wsdl"),
        ("Wsdl&x=1", "clients.wsdl"),
        ("wsdl=wsdl0", "clients.wsdl"),
        ("xsd=xsd0", "general.xsd"),
        ("xsd=1", "generalclients.xsd"),
        ("XSD=general.xsd", "general.xsd"),
        ("xsd=generalclients", "generalclients.xsd"),
    ],
)
def test_spellings_of_other_servers(get: Get, query: str, file: str) -> None:
    """The addresses of WSDLs and schemas that stacks of Java and .NET know lead to the same files."""
    assert get(f"/v501/clients?{query}") == get(f"/v501/{file}")
    assert get(f"/v501/{file}")[0] == 200


@pytest.mark.parametrize(
    "query", ["", "x=wsdl", "x&wsdl", "xsd=xsd2", "xsd=ads.xsd", "xsd=-1", "xsd=../general.xsd", "xsd=", "wsdls", "²"]
)
def test_other_queries_are_no_descriptions(get: Get, query: str) -> None:
    """Without the query of a description the address of a service takes calls alone."""
    assert get(f"/v501/clients?{query}")[0] == 405
