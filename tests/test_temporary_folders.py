"""Temporary folders: those that a killed process has left are removed, and those in use are not."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from yadirect_soap.temporary_folders import TemporaryFolder, remove_abandoned, temporary_folder

_HOLD = """
import sys
from yadirect_soap.temporary_folders import TemporaryFolder
folder = TemporaryFolder("dlt")
(folder.path / "rows").write_text("rows")
print(folder.path, flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks there")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, of each test alone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_a_folder_is_gone_afterwards(place: Path) -> None:
    """By its end, or with the object."""
    with temporary_folder("report") as folder:
        assert folder.parent == place
    kept = TemporaryFolder("dlt")
    del kept
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_removed(place: Path) -> None:
    """And nothing as long as it lives."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        remove_abandoned()
        assert (folder / "rows").exists()
        process.kill()
    remove_abandoned()
    assert list(place.iterdir()) == []


def test_what_others_made_stays(place: Path) -> None:
    """Of folders without a lock only those go that have our names and are old."""
    old = time.time() - 30 * 24 * 3600
    for name in ("yadirect-dlt-abcd_123", "yadirect-my-project1", "yadirect-dlt-2"):
        (place / name).mkdir()
        os.utime(place / name, (old, old))
    (place / "yadirect-report-abcdefgh").mkdir()
    remove_abandoned()
    assert sorted(path.name for path in place.iterdir()) == [
        "yadirect-dlt-2",
        "yadirect-my-project1",
        "yadirect-report-abcdefgh",
    ]
