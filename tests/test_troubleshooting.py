"""The guide's messages are those that the package raises."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/guides/troubleshooting.md").read_text("utf-8")
MESSAGES = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "yadirect_soap").rglob("*.py")))


@pytest.mark.parametrize("message", [message for message in MESSAGES if message != "ConnectionRefusedError"])
def test_a_message_is_one_of_ours(message: str) -> None:
    """What the page tells to look for stands in the package's own texts."""
    assert message in SOURCES
