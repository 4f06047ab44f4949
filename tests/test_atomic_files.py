"""Files that are replaced whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from yadirect_soap import ConfigurationError
from yadirect_soap.atomic_files import atomic_write, is_stream, write_bytes

ROOT = Path(__file__).resolve().parents[1]

HALF_A_FILE = """
import sys, time
from yadirect_soap.atomic_files import atomic_write
with atomic_write(sys.argv[1]) as file:
    file.write(b"new " * 100_000)
    file.flush()
    print("half", flush=True)
    time.sleep(60)
"""

SHELL_LINE = """
import sys
from yadirect_soap.atomic_files import write_bytes
write_bytes(sys.argv[1], b"new\\n")
"""

TOO_LARGE = """
import resource, sys
from yadirect_soap.atomic_files import write_bytes
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_bytes(sys.argv[1], b"new" * 1000)
except OSError as error:
    print(error)
"""


def _script(text: str, *arguments: str, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", text, *arguments], env=environment, **options)


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    """Until the with ends the old content is there, afterwards the new, and nothing else in the folder."""
    target = tmp_path / "report.tsv"
    target.write_bytes(b"old")
    with atomic_write(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def _fail_midway(target: Path, error: type[BaseException]) -> None:
    with atomic_write(target) as file:
        file.write(b"new")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt], ids=["error", "Ctrl-C"])
def test_what_fails_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    """A body that raises leaves the old content and no part."""
    target = tmp_path / "report.tsv"
    target.write_bytes(b"old")
    with pytest.raises(error):
        _fail_midway(target, error)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_killed_process_leaves_the_old_file(tmp_path: Path) -> None:
    """A kill -9 in the middle leaves the old content; the next writer removes the part that was left."""
    target = tmp_path / "report.tsv"
    target.write_bytes(b"old")
    with _script(HALF_A_FILE, str(target), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    write_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_the_part_of_a_living_writer_stays(tmp_path: Path) -> None:
    """Two writers of one file at once both come to their end; the last one's content stays."""
    target = tmp_path / "report.tsv"
    with atomic_write(target) as first:
        first.write(b"first")
        write_bytes(target, b"second")
        assert target.read_bytes() == b"second"
    assert target.read_bytes() == b"first"


def test_foreign_parts_stay(tmp_path: Path) -> None:
    """Only the parts of the same file are removed."""
    foreign = tmp_path / ".other.tsv.0123456789abcdef.part"
    foreign.touch()
    write_bytes(tmp_path / "report.tsv", b"new")
    assert foreign.exists()


def test_permissions_are_kept(tmp_path: Path) -> None:
    """A file that was there before passes its permissions on."""
    target = tmp_path / "report.tsv"
    target.touch()
    target.chmod(0o640)
    write_bytes(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("before", [None, 0o644], ids=["new", "replaced"])
def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path, before: int | None) -> None:
    """With a mode the file has it, whatever was there before, and its part has it too."""
    target = tmp_path / "snapshot"
    if before is not None:
        target.touch()
        target.chmod(before)
    with atomic_write(target, mode=0o600) as file:
        assert stat.S_IMODE(Path(file.name).stat().st_mode) == 0o600
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Where the name is a link, the file that it leads to is replaced."""
    link, target = tmp_path / "link", tmp_path / "target"
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_long_name_has_a_part_too(tmp_path: Path) -> None:
    """A name as long as a folder allows can be written."""
    target = tmp_path / ("ф" * 127)
    write_bytes(target, b"new")
    assert target.read_bytes() == b"new"


def _folder(path: Path) -> Path:
    (path / "target").mkdir()
    return path / "target"


def _no_folder(path: Path) -> Path:
    return path / "missing" / "target"


def _hard_link(path: Path) -> Path:
    (path / "other").touch()
    (path / "target").hardlink_to(path / "other")
    return path / "target"


def _under_a_file(path: Path) -> Path:
    (path / "file").touch()
    return path / "file" / "target"


def _null_character(path: Path) -> Path:
    return path / "target\0"


def _closed_descriptor(path: Path) -> Path:
    return Path("/dev/fd/987")


REFUSED = {
    "a folder": (_folder, "it is a folder"),
    "no folder": (_no_folder, "No such file or directory"),
    "two names": (_hard_link, "2 names"),
    "under a file": (_under_a_file, "Not a directory"),
    "a null character": (_null_character, "null"),
    "a closed descriptor": (_closed_descriptor, "Bad file descriptor"),
}


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_reported_first(tmp_path: Path, make, reason: str) -> None:
    """A place that takes no file is a ConfigurationError with its name and the reason, before the body runs."""
    target = make(tmp_path)
    with pytest.raises(ConfigurationError) as raised, atomic_write(target):
        pytest.fail("the body ran")
    assert str(raised.value).startswith(f"{target} cannot be written: ".replace("\0", "\\x00"))
    assert reason in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
@pytest.mark.parametrize("locked", ["folder", "file"])
def test_what_is_read_only_is_reported_first(tmp_path: Path, locked: str) -> None:
    """A folder or a file that is read only is not replaced."""
    target = tmp_path / "report.tsv"
    target.write_bytes(b"old")
    (tmp_path if locked == "folder" else target).chmod(0o555)
    try:
        with pytest.raises(ConfigurationError, match="Permission denied"):
            write_bytes(target, b"new")
    finally:
        tmp_path.chmod(0o755)
    assert target.read_bytes() == b"old"


def test_an_error_while_writing_names_the_file(tmp_path: Path) -> None:
    """A disk that has no room for the rest is reported with the file's name, and the old content stays."""
    target = tmp_path / "report.tsv"
    target.write_bytes(b"old")
    with _script(TOO_LARGE, str(target), stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        out, _ = process.communicate(timeout=30)
    assert out.decode() == f"[Errno 27] File too large: '{target}'\n"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="needs names of open files")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_an_open_file_is_written_into(tmp_path: Path, name: str) -> None:
    """What `>>` has opened keeps its content under each name of it, a link's too."""
    if name == "link":
        (tmp_path / name).symlink_to("/dev/stdout")
    elif not os.path.lexists(name):
        pytest.skip(f"no {name} on this system")
    target = tmp_path / "all.tsv"
    target.write_bytes(b"old\n")
    with target.open("ab") as file, _script(SHELL_LINE, name, stdout=file, cwd=tmp_path) as process:
        assert process.wait(30) == 0
    assert target.read_bytes() == b"old\nnew\n"


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    """A named pipe stays one, and its reader gets the content."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write_bytes(pipe, b"new")
    reader.join(30)
    assert received == [b"new"]
    assert is_stream(pipe)


def _write_without_reader(pipe: Path, reader: int) -> None:
    with atomic_write(pipe) as file:
        os.close(reader)
        file.write(b"new")


def test_a_reader_that_leaves_is_reported_with_the_pipe(tmp_path: Path) -> None:
    """A pipe whose reader has gone raises BrokenPipeError with its name."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(BrokenPipeError, match="pipe"):
        _write_without_reader(pipe, reader)
