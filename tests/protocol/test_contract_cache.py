"""The compiled contract: equal to zeep's reading, made anew where its files changed, never in the way."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap.protocol import contract_cache
from yadirect_soap.protocol.contract import Contract, bundled, bundled_directory
from yadirect_soap.protocol.contract_cache.disk_cache import Cache
from yadirect_soap.protocol.model import Service, Shape
from yadirect_soap.protocol.wsdl import zeep_reader

NAMES = sorted(bundled())


def _as_data(service: Service) -> Any:
    operations = {
        name: (operation.key, operation.soap_action, _shape(operation.request), _shape(operation.response))
        for name, operation in service.operations.items()
    }
    return service.name, service.title, service.address, list(operations.items())


def _shape(shape: Shape) -> Any:
    members = [
        (member.name, member.required, member.many, member.nillable, member.owner, _shape(member.shape))
        for member in shape.members
    ]
    return shape.name, shape.kind, shape.values, members


def _read(name: str, directory: Path) -> Service:
    return zeep_reader.read(
        name, {path.name: path.read_bytes() for path in directory.iterdir() if path.stem != "reports"}
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with one service and what it imports."""
    directory = tmp_path / "wsdl"
    directory.mkdir()
    for path in bundled_directory().iterdir():
        if path.suffix == ".xsd" or path.stem == "ads":
            (directory / path.name).write_bytes(path.read_bytes())
    return directory


def _changed(directory: Path) -> None:
    path = directory / "ads.wsdl"
    path.write_bytes(
        path.read_bytes().replace(b'value="ARCHIVED"', b'value="ARCHIVED"/><xsd:enumeration value="NEWEST"')
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_service_is_what_zeep_reads(name: str) -> None:
    """Every operation, type, member and value is that of the description."""
    assert _as_data(bundled()[name]) == _as_data(_read(name, bundled_directory()))


@pytest.mark.slow
def test_the_bundled_files_are_up_to_date(tmp_path: Path) -> None:
    """Compiling wsdl/ again gives the files that ship, byte for byte."""
    contract_cache.compile_all(bundled_directory(), tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in contract_cache.BUNDLED.glob("*.json")}


def test_a_bundled_service_needs_no_zeep() -> None:
    """A fresh process loads a contract without importing zeep."""
    code = "import sys, yadirect_soap.protocol.contract as c; c.bundled()['campaigns']; sys.exit('zeep' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_changed_description_is_read_as_it_is(copy: Path, tmp_path: Path) -> None:
    """What the bundled files were not made from is read anew, and kept in the cache."""
    _changed(copy)
    cache = Cache(tmp_path / "cache")
    service = Contract(copy, cache=cache)["ads"]
    assert _as_data(service) == _as_data(_read("ads", copy))
    assert _as_data(service) != _as_data(bundled()["ads"])
    (entry,) = (tmp_path / "cache").iterdir()
    assert _as_data(Contract(copy, cache=cache)["ads"]) == _as_data(service)
    assert entry.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{}", b"\xff", b'{"format": 1}'], ids=repr)
def test_a_damaged_entry_is_made_anew(damage: bytes, copy: Path, tmp_path: Path) -> None:
    """A truncated, foreign or empty entry is no failure."""
    _changed(copy)
    cache = Cache(tmp_path / "cache")
    expected = _as_data(Contract(copy, cache=cache)["ads"])
    (entry,) = (tmp_path / "cache").iterdir()
    content = entry.read_bytes()
    entry.write_bytes(damage)
    assert _as_data(Contract(copy, cache=cache)["ads"]) == expected
    assert entry.read_bytes() == content


@pytest.mark.parametrize("where", ["off", "a file"], ids=str)
def test_a_cache_that_cannot_be_written_is_no_failure(where: str, copy: Path, tmp_path: Path) -> None:
    """Without a place to keep it, a description is read each time."""
    _changed(copy)
    (tmp_path / "file").touch()
    cache = Cache(None if where == "off" else tmp_path / "file" / "below")
    assert _as_data(Contract(copy, cache=cache)["ads"]) == _as_data(_read("ads", copy))
