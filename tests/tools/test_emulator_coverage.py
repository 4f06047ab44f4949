"""The page that says what is emulated: it is what the code says, and its words name what exists."""

import tomllib
from pathlib import Path

from tools.emulator_coverage import page
from yadirect_soap.protocol.contract import bundled

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "emulator-coverage.md"


def test_the_page_is_what_the_code_says() -> None:
    """The page in docs is what `make generate` writes."""
    assert PAGE.read_text("utf-8") == page()


def test_every_operation_has_its_row() -> None:
    """All 112 operations stand on the page, each under its service."""
    text = page()
    for service in bundled().values():
        _, _, section = text.partition(f"\n## {service.name}\n")
        part = section.partition("\n## ")[0]
        assert [name for name in service.operations if f"| `{name}` |" not in part] == []


def test_gaps_are_reported_of_what_exists() -> None:
    """What the table of gaps names are services and operations of the contract."""
    table = tomllib.loads((ROOT / "tools/emulator_coverage.toml").read_text("utf-8"))
    names = {
        key for service in bundled().values() for key in (service.name, *(o.key for o in service.operations.values()))
    }
    assert table["operations"].keys() <= names
