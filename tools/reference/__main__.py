"""`python -m tools.reference`: writes docs/reference/ of the checkout that it stands in anew."""

import shutil
from pathlib import Path

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.facts import bundled as bundled_facts

from .pages import pages


def main() -> None:
    """Puts the pages of every operation in place of those that were there."""
    folder = Path(__file__).resolve().parents[2] / "docs" / "reference"
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in pages(bundled(), bundled_facts()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


main()
