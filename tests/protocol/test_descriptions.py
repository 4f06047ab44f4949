"""The files of the contract as a server hands them out."""

import pytest
from lxml import etree

from yadirect_soap.protocol import descriptions
from yadirect_soap.protocol.contract import bundled

ROOT = "http://127.0.0.1:8090/client/a&b/v501"


@pytest.mark.parametrize("file", sorted(descriptions.names(bundled())))
def test_every_address_in_a_file_is_the_servers_own(file: str) -> None:
    """Services and imported schemas are below the server's address, absolutely, in each file of the contract."""
    root = etree.fromstring(descriptions.described_at(bundled(), descriptions.File(file), ROOT))
    names = ("location", "schemaLocation")
    places = [str(element.get(name)) for element in root.iter() for name in names if name in element.attrib]
    assert all(place.startswith(f"{ROOT}/") for place in places)
    assert (f"{ROOT}/{file.removesuffix('.wsdl')}" in [place.rstrip("/") for place in places]) == file.endswith("wsdl")
