"""Foreign SOAP stacks, given nothing but a gateway's ?wsdl, get through it what they get from the emulator."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import suds.client
import zeep

from tests.interop import emulator_copies, script, stack_requests
from tests.interop.script import FACTS
from tests.interop.stack_table import STACKS, Stack
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import Options, application, serving
from yadirect_soap.protocol import descriptions
from yadirect_soap.protocol.contract import bundled

JSON_CLIENTS = {"tapi", "direct-cli"}
SECRET = "demo-token"
"""What the programs send where they would send a token: to the gateway it is the secret of its callers."""


@contextmanager
def gateway_before(emulator: Emulator, secret: str = "") -> Iterator[str]:
    """The address of a gateway, which alone has the emulator's token."""
    direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), retry=None)
    with direct, serving(application(direct, Options(secret=secret))) as address:
        yield address


@pytest.fixture
def gateway(emulator: Emulator) -> Iterator[str]:
    """A gateway's address."""
    with gateway_before(emulator) as address:
        yield address


def test_zeep_reads_without_a_token(gateway: str, ours: Emulator) -> None:
    """Every get of plain zeep, which knows no token and no header, reads through the gateway what we read."""
    for service, params in stack_requests.reads().items():
        result = zeep.Client(f"{gateway}/v5/{service}?wsdl").service.get(**params)
        read = zeep.helpers.serialize_object(result, dict)
        body = read.get("body", read) if isinstance(read, dict) else read
        expected = emulator_copies.client(ours, version="v5").call(service, "get", params).result
        assert emulator_copies.bare(body) == emulator_copies.bare(expected), service


def saved(gateway: str, folder: Path) -> list[str]:
    """Every WSDL in a file of a folder, with the schemas that it imports beside it, as a browser would save them."""
    for name in descriptions.names(bundled()):
        content = requests.get(f"{gateway}/v501/{name}", timeout=60).content
        (folder / name).write_bytes(re.sub(rb'schemaLocation="[^"]*/([^"/]+)"', rb'schemaLocation="\1"', content))
    return [str(folder / f"{service}.wsdl") for service in bundled()]


@pytest.mark.parametrize("stack", [stack for stack in STACKS if stack.loader], ids=lambda stack: stack.name)
@pytest.mark.parametrize("source", ["address", "file"])
def test_a_stack_loads_every_wsdl(stack: Stack, source: str, gateway: str, tmp_path: Path) -> None:
    """Each of the 29 WSDLs loads, from the gateway's address with a client's login, and from a saved file."""
    if not stack.installed:
        pytest.skip(f"{stack.name} ({stack.origin}) is not installed; `make interop-tools` does it where it can")
    urls = [f"{gateway}/client/demo-client/v501/{service}?wsdl" for service in bundled()]
    assert stack.loaded(urls if source == "address" else saved(gateway, tmp_path), tmp_path) == len(bundled()) == 29


def test_a_wsdl_leads_to_the_gateway(gateway: str) -> None:
    """Each WSDL has all operations, at the gateway's address with the client's login."""
    for service in bundled():
        url = f"{gateway}/client/demo-client/v501/{service}?wsdl"
        (port,) = suds.client.Client(url, cache=None).wsdl.services[0].ports
        assert str(port.location).rstrip("/") == url.removesuffix("?wsdl")
        assert set(port.methods) == set(bundled()[service].operations)


def test_suds_writes_without_a_token(gateway: str, ours: Emulator, tmp_path: Path) -> None:
    """What suds adds, clears and deletes through the gateway leaves what our client leaves."""
    theirs: Any = suds.client.Client(f"{gateway}/v5/campaigns?wsdl", cache=None).service
    direct: Any = emulator_copies.client(ours)
    new = direct.campaigns.add(Campaigns=stack_requests.NEW_CAMPAIGNS).ids[0]
    theirs.add(Campaigns=stack_requests.NEW_CAMPAIGNS)
    for campaigns, nil in ((theirs, suds.null()), (direct.campaigns, None)):
        campaigns.update(Campaigns=[{"Id": stack_requests.CAMPAIGN, "DailyBudget": nil, "Name": "Новая"}])
        campaigns.delete(SelectionCriteria={"Ids": [new, 1]})
    assert emulator_copies.stored(tmp_path / "theirs.db") == emulator_copies.stored(tmp_path / "ours.db")


@pytest.mark.parametrize(
    "stack", [stack for stack in STACKS if stack.name not in JSON_CLIENTS], ids=lambda stack: stack.name
)
def test_a_stack_gets_through_a_gateway_what_we_get(stack: Stack, seed: Path, tmp_path: Path) -> None:
    """Each fact that holds for a stack against the emulator holds through a gateway."""
    if not stack.installed:
        pytest.skip(f"{stack.name} ({stack.origin}) is not installed; `make interop-tools` does it where it can")
    path, our_path = tmp_path / "emulator.db", tmp_path / "ours.db"
    with emulator_copies.copied_emulator(seed, path) as emulator, gateway_before(emulator, SECRET) as address:
        lines = [json.loads(line) for line in stack.run(address, tmp_path).splitlines()]
    theirs = {line["step"]: line["result"] for line in lines} | {"kept": emulator_copies.stored(path)["objects"]}
    with emulator_copies.copied_emulator(seed, our_path) as emulator:
        steps = script.step_results(emulator)
    ours = {**steps, "kept": emulator_copies.stored(our_path)["objects"]}
    unequal = {fact for fact, (_, answer) in FACTS.items() if answer(theirs) != answer(ours)}
    assert unequal - {"token"} <= stack.cannot.keys()
    assert str(theirs["token"]["code"]) == str(ours["token"]["code"])
