"""The messages on the pages are those that the package raises."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "docs/guides/troubleshooting.md": "# Troubleshooting",
    "docs/ru/troubleshooting.md": "# Что делать",
    "docs/guides/timeouts-proxies-tls.md": "## What the errors look like",
    "docs/ru/timeouts-proxies-tls.md": "## Как выглядят ошибки",
}
"""The pages with tables of messages, each with the heading that comes before them."""
MESSAGES = sorted(
    {
        message
        for page, heading in PAGES.items()
        for message in re.findall(
            r"^\| `([^`]+)` \|", (ROOT / page).read_text("utf-8").partition(heading)[2], re.MULTILINE
        )
    }
)
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "yadirect_soap").rglob("*.py")))


@pytest.mark.parametrize("message", [message for message in MESSAGES if message != "ConnectionRefusedError"])
def test_a_message_is_one_of_ours(message: str) -> None:
    """What the page tells to look for stands in the package's own texts."""
    assert message in SOURCES
