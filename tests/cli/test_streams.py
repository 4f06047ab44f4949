"""stdin, stdout and stderr of a command: any locale, closed, full, without a reader; in processes of their own."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from tests.client.servers import ScriptedServer, result
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

ADD = ("call", "negativekeywordsharedsets", "add")
GET = ("call", "campaigns", "get", '{"SelectionCriteria": {}, "FieldNames": ["Id"]}')
SUSPEND = ("call", "campaigns", "suspend", '{"SelectionCriteria": {"Ids": [1, 2]}}')
SETS = '{"NegativeKeywordSharedSets": [{"Name": "Чай ₽", "NegativeKeywords": ["даром"]}]}'
ADDED = result("negativekeywordsharedsets.add", {"AddResults": [{"Id": 7}]})
SUSPENDED = result("campaigns.suspend", {"SuspendResults": [{"Id": 1}, {"Id": 2}]})
PARTIAL = result(
    "campaigns.suspend", {"SuspendResults": [{"Id": 1}, {"Errors": [{"Code": 8800, "Message": "Object not found"}]}]}
)
PRICED = result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": "Чай ₽ 😀"}]})

LOCALES: Mapping[str, Mapping[str, str]] = {
    "cp1251": {"PYTHONIOENCODING": "cp1251"},
    "strict ASCII": {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
}


def _settings(server: ScriptedServer, more: Mapping[str, str] | None = None) -> dict[str, str]:
    return environment({"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url, **(more or {})})


def _run(server: ScriptedServer, arguments: Sequence[str], **options) -> subprocess.CompletedProcess[bytes]:
    """Runs a command; more environment variables are `more`."""
    more = options.pop("more", None)
    usual = {"stdin": subprocess.DEVNULL} if "input" not in options else {}
    return subprocess.run(
        [sys.executable, "-m", "yadirect_soap", *arguments],
        **{**usual, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **options},
        env=_settings(server, more),
        check=False,
    )


def _shell(server: ScriptedServer, line: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Runs a line of bash, in which "$@" is the command; a pipe has the exit code of its first member."""
    command = ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}", "bash", sys.executable, "-m", "yadirect_soap"]
    return subprocess.run(
        [*command, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=_settings(server),
        timeout=60,
        check=False,
    )


def _sent(server: ScriptedServer) -> dict[str, object]:
    _, params = WIRES["soap"].decode_request(bundled()["negativekeywordsharedsets"], server.received[0].body)
    return dict(params)


# --- characters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [("cp1251", "utf-8"), ("strict ASCII", "utf-8"), ("C", "utf-8-sig"), ("cp1251", "utf-16")],
    ids=["cp1251", "strict ASCII", "C, with a BOM", "cp1251, UTF-16"],
)
def test_stdin_is_read_whatever_the_locale(locale: str, encoding: str) -> None:
    """Params on stdin reach the account letter by letter under every locale."""
    with ScriptedServer(ADDED) as server:
        done = _run(server, (*ADD, "-"), input=SETS.encode(encoding), more=LOCALES[locale])
        assert (done.returncode, done.stderr) == (0, b"")
        assert _sent(server) == json.loads(SETS)


def test_stdin_that_is_no_text_sends_nothing() -> None:
    """Bytes in another encoding exit with 2, with the first wrong one, and nothing is sent."""
    with ScriptedServer(ADDED) as server:
        done = _run(server, (*ADD, "-"), input='{"Name": "Чай"}'.encode("cp1251"))
        assert server.received == []
    assert done.returncode == 2
    assert done.stderr.startswith(b"yadirect-soap: stdin: byte 0xd7 at offset 10 (line 1) is not text in UTF-8")


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_arguments_are_read_whatever_the_locale(locale: Mapping[str, str]) -> None:
    """Params in UTF-8 as an argument reach the account letter by letter under every locale."""
    with ScriptedServer(ADDED) as server:
        done = _run(server, (*ADD, SETS), more=locale)
        assert (done.returncode, done.stderr) == (0, b"")
        assert _sent(server) == json.loads(SETS)


def test_an_argument_that_is_no_text_sends_nothing() -> None:
    """An argument in bytes that are no text exits with 2, and nothing is sent."""
    with ScriptedServer(ADDED) as server:
        done = _run(server, (*ADD, os.fsdecode(b'{"Name": "\xd7"}')))
        assert server.received == []
    assert done.returncode == 2
    assert done.stderr.startswith(b"yadirect-soap: the params: byte 0xd7 at offset 10 is not text in UTF-8")


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_stdout_is_utf_8_in_a_pipe(locale: Mapping[str, str]) -> None:
    """Whatever the locale, a pipe gets UTF-8, and no character is an error."""
    with ScriptedServer(PRICED) as server:
        done = _run(server, GET, more=locale)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode()) == {"Campaigns": [{"Id": 1, "Name": "Чай ₽ 😀"}]}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_a_terminal_gets_what_it_can_show() -> None:
    """On a terminal that lacks a character it is written as its code, which JSON reads as the same."""
    ours, theirs = os.openpty()
    with ScriptedServer(PRICED) as server:
        done = _run(server, GET, stdout=theirs, more={"PYTHONIOENCODING": "cp1251"})
    os.close(theirs)
    shown = os.read(ours, 10_000).decode("cp1251")
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Чай \\u20bd" in shown


def test_an_error_is_told_in_utf_8(tmp_path: Path) -> None:
    """A message with any characters is written to stderr whatever the locale."""
    with ScriptedServer(ADDED) as server:
        done = _run(server, (*ADD, f"@{tmp_path}/цена-₽.json"), more=LOCALES["strict ASCII"])
    assert done.returncode == 2
    assert "цена-₽.json cannot be read" in done.stderr.decode()


# --- closed, full, without a reader ---------------------------------------------------------------------------


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"], ids=["stdin", "stderr", "both"])
def test_closed_streams_change_nothing(closed: str) -> None:
    """Without stdin and stderr, as cron and daemons start programs, a call is made and its result printed."""
    with ScriptedServer(SUSPENDED) as server:
        done = _shell(server, f'"$@" {closed}', SUSPEND)
        assert len(server.received) == 1
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["SuspendResults"][1] == {"Id": 2}


def test_errors_stay_out_of_stdout_where_stderr_is_closed() -> None:
    """With stderr closed a failure is told by the exit code alone, and stdout holds the result alone."""
    with ScriptedServer(PARTIAL) as server:
        done = _shell(server, '"$@" 2>&-', SUSPEND)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["SuspendResults"]) == 2


@pytest.mark.parametrize("closed", [">&-", "1</dev/null", "<&- >&-"], ids=["stdout", "for reading", "stdin and stdout"])
def test_a_closed_stdout_is_told_before_anything_is_sent(closed: str) -> None:
    """Where a result could not be printed, the call is not made: exit 2."""
    with ScriptedServer(SUSPENDED) as server:
        done = _shell(server, f'"$@" {closed}', SUSPEND)
        assert server.received == []
    assert done.returncode == 2
    assert done.stderr.startswith(b"yadirect-soap: stdout is closed; nothing was sent")


@pytest.mark.parametrize("arguments", [("units",), ("doctor",)], ids=" ".join)
def test_nothing_is_asked_where_nothing_can_be_told(arguments: Sequence[str]) -> None:
    """Commands that only show what the API says ask nothing with stdout closed: exit 2."""
    with ScriptedServer(PRICED) as server:
        done = _shell(server, '"$@" >&-', arguments)
        assert server.received == []
    assert done.returncode == 2
    assert done.stderr.startswith(b"yadirect-soap: stdout is closed; nothing was sent")


def test_a_file_needs_no_streams(tmp_path: Path) -> None:
    """With --out a call works with all three streams closed."""
    out = tmp_path / "result.json"
    with ScriptedServer(SUSPENDED) as server:
        done = _shell(server, '"$@" <&- >&- 2>&-', (*SUSPEND, "--out", str(out)))
    assert done.returncode == 0
    assert len(json.loads(out.read_bytes())["SuspendResults"]) == 2


def test_a_closed_stdin_gives_no_params() -> None:
    """Params from a closed stdin are an error that says so."""
    with ScriptedServer(ADDED) as server:
        done = _shell(server, '"$@" <&-', (*ADD, "-"))
        assert server.received == []
    assert (done.returncode, done.stderr) == (2, b"yadirect-soap: stdin is closed: - needs something to read\n")


@pytest.mark.parametrize("reader", ["true", "head -n 1"])
def test_failed_items_are_told_without_a_reader(reader: str) -> None:
    """Items that failed exit with 1 and stand on stderr, whether or not somebody reads stdout to its end."""
    with ScriptedServer(PARTIAL) as server:
        done = _shell(server, f'"$@" | {reader}', SUSPEND)
    assert done.returncode == 1
    assert b"[1] 8800 Object not found" in done.stderr
    assert b"Traceback" not in done.stderr


def _without_reader(server: ScriptedServer, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return _run(server, arguments, stdout=writer)
    finally:
        os.close(writer)


def test_a_write_is_told_where_its_reader_has_gone() -> None:
    """A write whose result nobody reads was carried out all the same: exit 0, and stderr says so."""
    with ScriptedServer(SUSPENDED) as server:
        done = _without_reader(server, SUSPEND)
    told = (
        b"the program that read stdout has ended; campaigns.suspend was carried out, and its result was not written\n"
    )
    assert (done.returncode, done.stderr) == (0, b"yadirect-soap: " + told)


def test_failed_items_of_a_reader_that_has_gone() -> None:
    """A reader that has gone does not hide that items failed, nor that their result is lost."""
    with ScriptedServer(PARTIAL) as server:
        done = _without_reader(server, SUSPEND)
    assert done.returncode == 1
    assert b"[1] 8800 Object not found" in done.stderr
    assert b"the result was not written" in done.stderr


def test_a_read_whose_reader_has_gone_is_quiet() -> None:
    """A read that `head` has enough of ends quietly."""
    with ScriptedServer(PRICED) as server:
        done = _without_reader(server, GET)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("out", ["stdout", "--out"])
def test_a_reader_that_does_not_read_holds_nobody(tmp_path: Path, out: str) -> None:
    """A command whose output is stuck in a pipe that is full ends at the first SIGTERM."""
    names = [{"Id": number, "Name": "x" * 200} for number in range(1000)]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(pipe, os.O_WRONLY)
    arguments = GET if out == "stdout" else (*GET, "--out", str(pipe))
    with (
        ScriptedServer(result("campaigns.get", {"Campaigns": names})) as server,
        subprocess.Popen(
            [sys.executable, "-m", "yadirect_soap", *arguments], stdout=writer, env=_settings(server)
        ) as process,
    ):
        while not select.select([reader], [], [], 0.05)[0]:
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 143
    os.close(reader)
    os.close(writer)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("out", [(), ("--out", "/dev/full")], ids=["stdout", "--out"])
def test_a_full_disk_after_a_write_is_told(out: Sequence[str]) -> None:
    """A result that no disk takes exits with 5, names the place, and says that the call was carried out."""
    with ScriptedServer(SUSPENDED) as server, Path("/dev/full").open("wb") as full:
        done = _run(server, (*SUSPEND, *out), stdout=subprocess.PIPE if out else full)
        assert len(server.received) == 1
    assert done.returncode == 5
    place = "/dev/full" if out else "stdout"
    assert done.stderr.decode() == (
        f"yadirect-soap: {place}: No space left on device; "
        "campaigns.suspend was carried out, and its result was not written\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_stderr_changes_no_exit_code() -> None:
    """An error that stderr has no room for has its exit code all the same."""
    with ScriptedServer(PARTIAL) as server, Path("/dev/full").open("wb") as full:
        done = _run(server, SUSPEND, stderr=full)
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("contract",)], ids=["help", "contract"])
def test_a_full_disk_is_told_of_any_command(arguments: Sequence[str]) -> None:
    """Whatever prints exits with 5 where stdout is full, with one message."""
    with ScriptedServer(PARTIAL) as server, Path("/dev/full").open("wb") as full:
        done = _run(server, arguments, stdout=full)
    assert (done.returncode, done.stderr) == (5, b"yadirect-soap: stdout: No space left on device\n")
