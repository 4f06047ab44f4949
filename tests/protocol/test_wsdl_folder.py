"""A folder of descriptions is read whole, and replaced whole or not at all, whatever happens."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from tests.protocol import sample_wsdl
from yadirect_soap.errors import ConfigurationError, DecodeError
from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.wsdl import folder

OLD = {file: text.encode() for file, text in sample_wsdl.DOCUMENTS.items()}
NEW = {"pets.wsdl": b"<new/>", "other.xsd": b"<other/>"}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A folder with the descriptions of sample_wsdl.py and a file that is none of it."""
    directory = tmp_path / "wsdl"
    directory.mkdir()
    for file, content in OLD.items():
        (directory / file).write_bytes(content)
    (directory / "reports.xsd").write_bytes(b"<reports/>")
    return directory


def _beside(directory: Path) -> list[str]:
    return [path.name for path in directory.parent.iterdir()]


def test_the_bundled_folder_is_whole() -> None:
    """The bundled 29 services and 3 schemas are read, without the schema of reports."""
    documents = folder.read(bundled_directory())
    assert len([file for file in documents if file.endswith(".wsdl")]) == 29
    assert len(documents) == 32


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without a WSDL, or none, is refused by its name."""
    with pytest.raises(ConfigurationError, match=r"no \.wsdl files in"):
        folder.read(tmp_path)
    with pytest.raises(ConfigurationError, match="missing"):
        folder.read(tmp_path / "missing")


def test_a_broken_folder_is_refused(directory: Path) -> None:
    """A folder with a broken file is refused by its name and the file's."""
    (directory / "general.xsd").write_bytes(OLD["general.xsd"][:300])
    with pytest.raises(DecodeError, match=r"wsdl: general\.xsd: .*not XML"):
        folder.read(directory)


def test_a_replacement_is_whole(directory: Path) -> None:
    """The new descriptions take the place of all old ones; what else is in the folder stays, and nothing beside it."""
    folder.replace(directory, NEW)
    assert folder.contents(directory) == NEW
    assert (directory / "reports.xsd").read_bytes() == b"<reports/>"
    assert _beside(directory) == ["wsdl"]


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    """A folder that is not there is made, with those that it is in."""
    folder.replace(tmp_path / "a" / "b", NEW)
    assert folder.contents(tmp_path / "a" / "b") == NEW


def test_a_link_stays_a_link(directory: Path, tmp_path: Path) -> None:
    """A link to a folder goes on leading there, and the folder is replaced where it is."""
    link = tmp_path / "link"
    link.symlink_to(directory)
    folder.replace(link, NEW)
    assert link.is_symlink()
    assert folder.contents(directory) == NEW


def test_the_mode_of_a_folder_is_kept(directory: Path) -> None:
    """Who may read the folder may read it afterwards."""
    directory.chmod(0o750)
    folder.replace(directory, NEW)
    assert directory.stat().st_mode & 0o777 == 0o750


def test_a_failure_leaves_the_old_whole(directory: Path) -> None:
    """Where a file cannot be written, the folder is as it was, and nothing is left beside it."""
    with pytest.raises(ConfigurationError, match="No such file"):
        folder.replace(directory, {**NEW, "no/such/folder.xsd": b""})
    assert folder.contents(directory) == OLD
    assert _beside(directory) == ["wsdl"]


def test_a_file_is_not_replaced(tmp_path: Path) -> None:
    """Where a file stands in place of the folder, it stays."""
    (tmp_path / "wsdl").write_text("notes")
    with pytest.raises(ConfigurationError, match="is a file"):
        folder.replace(tmp_path / "wsdl", NEW)
    assert (tmp_path / "wsdl").read_text() == "notes"


def test_what_was_put_aside_comes_back(directory: Path) -> None:
    """A folder that a replacement had put aside when it was killed is back when it is read or replaced."""
    directory.rename(directory.with_name(".wsdl.old"))
    assert folder.contents(directory) == OLD
    assert _beside(directory) == ["wsdl"]


def test_what_was_not_cleared_away_is(directory: Path) -> None:
    """An old folder that was still there when a replacement was killed after the new one came is dropped."""
    (directory.parent / ".wsdl.old").mkdir()
    folder.replace(directory, NEW)
    assert folder.contents(directory) == NEW
    assert _beside(directory) == ["wsdl"]


ENDLESSLY = """
import sys
from pathlib import Path
from yadirect_soap.protocol.wsdl import folder

sets = [{f"{n}.xsd": text * 1000 for n in range(20)} for text in (b"a", b"b")]
while True:
    for files in sets:
        folder.replace(Path(sys.argv[1]), files)
        print("replaced", flush=True)
"""


@pytest.mark.parametrize("after", [0.0, 0.003, 0.007, 0.012, 0.021])
def test_a_killed_replacement_leaves_one_whole_set(after: float, tmp_path: Path) -> None:
    """Whenever a replacement is killed, the folder holds the files of one set, all of them."""
    directory = tmp_path / "wsdl"
    command = [sys.executable, "-c", ENDLESSLY, str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"replaced\n"
        time.sleep(after)
        process.kill()
        process.stdout.read()
    files = folder.contents(directory)
    assert len(files) == 20
    assert len(set(files.values())) == 1
