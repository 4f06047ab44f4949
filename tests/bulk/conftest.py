"""The demo accounts without trouble, a client of theirs, and files to be written."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bulk import every_write
from tests.bulk.trouble import Trouble
from yadirect_soap import Direct

Write = Callable[..., Path]


@pytest.fixture
def trouble() -> Iterator[Trouble]:
    """An emulator whose clock goes when somebody waits."""
    with Trouble() as trouble:
        yield trouble


@pytest.fixture
def direct(trouble: Trouble) -> Iterator[Direct]:
    """A client of the demo advertiser."""
    with trouble.direct() as direct:
        yield direct


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as JSON lines into a file."""

    def write(*rows: dict[str, Any], name: str = "changes.jsonl") -> Path:
        return every_write.write(tmp_path / name, rows)

    return write


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal that is not there yet."""
    return tmp_path / "journal.db"
