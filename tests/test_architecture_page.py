"""The page of the architecture names files that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
PLACES = sorted(set(re.findall(r"`((?:protocol|client|emulator|auth|bulk|gateway|cli|wsdl|tools)/[\w/.]*)`", PAGE)))


@pytest.mark.parametrize("path", PLACES)
def test_a_place_exists(path: str) -> None:
    """A path on the page is that of a file or folder, in the package or beside it."""
    assert (ROOT / "yadirect_soap" / path).exists() or (ROOT / path).exists()
