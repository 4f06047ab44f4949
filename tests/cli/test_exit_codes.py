"""What a command exits with, and that an error is one message on stderr and nothing on stdout."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.cli.terminal import environment, started
from tests.client.servers import HTML, ScriptedServer, Step, answer, drop, fault, hang, result
from yadirect_soap import DirectError, ItemsError
from yadirect_soap.cli import exit_codes, main

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
LOOPING = result("campaigns.get", {"Campaigns": [{"Id": 1}], "LimitedBy": 0})
QUERY = '{"SelectionCriteria": {}, "FieldNames": ["Id"]}'
GET = ("call", "campaigns", "get", QUERY)
SUSPEND = ("call", "campaigns", "suspend", '{"SelectionCriteria": {"Ids": [1, 2]}}')
PARTIAL = result(
    "campaigns.suspend", {"SuspendResults": [{"Id": 1}, {"Errors": [{"Code": 8800, "Message": "Object not found"}]}]}
)

Case = tuple[int, Step, Sequence[str], str]

ANSWERED: Mapping[str, Case] = {
    "done": (0, FOUND, GET, ""),
    "some items failed": (1, PARTIAL, SUSPEND, "campaigns.suspend: 1 of 2 items failed\n  [1] 8800 Object not found\n"),
    "refused": (3, fault(53), GET, "campaigns.get: error 53: Refused [RequestId 7]"),
    "answer lost": (4, drop, SUSPEND, "campaigns.suspend: the connection broke"),
    "captcha": (5, answer(b"<html/>", content_type=HTML), GET, "campaigns.get: HTTP 200 with text/html"),
    "malformed": (5, answer(b"<a>"), GET, "campaigns.get: $: found 3 bytes that are not XML"),
    "pages in circles": (5, LOOPING, (*GET, "--all"), "campaigns.get: LimitedBy is 0 after Offset 0"),
}

UNSENT: Mapping[str, tuple[Sequence[str], str]] = {
    "unknown service": (("call", "campaign", "get"), "no service 'campaign'; did you mean 'campaigns'?"),
    "unknown operation": (("call", "campaigns", "gett"), "no operation 'gett' in campaigns; did you mean 'get'?"),
    "unknown service, all pages": (("call", "campaign", "get", "--all"), "no service 'campaign'"),
    "unknown operation, all pages": (("call", "campaigns", "gett", "--all"), "no operation 'gett' in campaigns"),
    "no pages": (("call", "campaigns", "delete", "--all"), "campaigns.delete: only operations that return a list"),
    "invalid params": (("call", "campaigns", "get"), "campaigns.get: invalid params; nothing was sent"),
    "invalid params, all pages": (("call", "campaigns", "get", "--all"), "campaigns.get: invalid params"),
    "no JSON": (("call", "campaigns", "get", "{"), "text that is not JSON"),
    "deep JSON": (("call", "campaigns", "get", "[" * 100_000), "text that is not JSON"),
    "a name twice": (("call", "campaigns", "get", '{"Page": {}, "Page": {}}'), "the name 'Page' appears twice"),
    "no object": (("call", "campaigns", "get", "[]"), "$: found an array, expected a JSON object"),
    "no file": (
        ("call", "campaigns", "get", "@missing.json"),
        "missing.json cannot be read: No such file or directory",
    ),
    "no name of a file": ((*GET[:3], "@"), "found @ alone, expected the name of a file after it"),
    "no token file": ((*GET, "--token-file", "missing"), "missing cannot be read: No such file or directory"),
    "bad address": ((*GET, "--endpoint", "localhost"), "endpoint is a root address"),
    "two addresses": ((*GET, "--sandbox"), "sandbox and endpoint exclude each other"),
    "two minds": ((*GET, "--show-request", "--all"), "--show-request and --all exclude each other"),
    "unknown service's contract": (("contract", "campaign"), "no service 'campaign'; did you mean 'campaigns'?"),
    "unknown operation's contract": (("contract", "ads", "gett"), "no operation 'gett' in ads; did you mean 'get'?"),
}

HANGS_UP = f"""
import os, signal, sys
from yadirect_soap.cli import main, signals
with signals.handled():
    os.kill(os.getpid(), signal.SIGHUP)
    sys.argv[1:] = {list(GET)!r}
    sys.exit(main())
"""


@pytest.mark.parametrize(("code", "step", "arguments", "told"), ANSWERED.values(), ids=ANSWERED.keys())
def test_an_answer_has_its_exit_code(
    code: int,
    step: Step,
    arguments: Sequence[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each kind of answer has its exit code, and an error is one message on stderr."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(step) as server:
        assert main([*arguments, "--endpoint", server.url]) == code
    captured = capsys.readouterr()
    assert captured.err.startswith(f"yadirect-soap: {told}" if told else "")
    assert bool(captured.err) is bool(told)
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(("arguments", "told"), UNSENT.values(), ids=UNSENT.keys())
def test_what_was_not_sent_exits_with_2(
    arguments: Sequence[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name, setting or param exits with 2, says so on stderr and sends nothing."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(FOUND) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main(arguments) == 2
        assert server.received == []
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("yadirect-soap: ")
    assert told in captured.err


def test_a_missing_token_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a token the variable and the option that would bring it are named."""
    assert main(GET) == 2
    told = (
        "yadirect-soap: no token: set YADIRECT_TOKEN, name a file that holds it by --token-file, or sign in by "
        "`yadirect-soap auth login`\n"
    )
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("calll",),
        ("call",),
        ("call", "ads"),
        (*GET, "--transport", "xml"),
        (*GET, "--odd"),
        (*GET, "{}"),
        ("emulator", "--port", "x"),
    ],
    ids=[
        "no command",
        "unknown command",
        "no service",
        "no operation",
        "unknown wire",
        "unknown option",
        "params twice",
        "no port",
    ],
)
def test_a_wrong_command_line_exits_with_2(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command line that cannot be read exits with 2 and shows how it is written."""
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: yadirect-soap")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_an_answer_that_cannot_be_written_out_exits_with_5() -> None:
    """What was done and cannot be told does not exit with the code that says that nothing was sent."""
    with ScriptedServer(FOUND) as server, Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "yadirect_soap", *GET],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment({"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}),
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr.startswith("yadirect-soap: ")
    assert "Traceback" not in done.stderr


OF_THE_PROGRAM = {
    "ValueError": (ValueError("x"), 70),
    "UnicodeError": (UnicodeEncodeError("ascii", "x", 0, 1, "y"), 70),
    "RecursionError": (RecursionError("x"), 70),
    "a file": (OSError(28, "No space left on device", "may.tsv"), 5),
    "a file without a name": (OSError(28, "No space left on device"), 5),
    "a pipe": (BrokenPipeError(32, "Broken pipe", "fifo"), 5),
}


@pytest.mark.parametrize(("error", "code"), OF_THE_PROGRAM.values(), ids=OF_THE_PROGRAM)
def test_no_error_means_that_items_failed(error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """An error that is none of the package's never has the code of items that failed, and is one line."""
    assert exit_codes.print_error(error) == code
    err = capsys.readouterr().err
    assert err.startswith("yadirect-soap: ")
    assert len(err.splitlines()) == 1


def _errors(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(each for below in kind.__subclasses__() for each in _errors(below))]


@pytest.mark.parametrize("kind", _errors(DirectError), ids=lambda kind: kind.__name__)
def test_every_exception_has_its_exit_code(kind: type[DirectError]) -> None:
    """Each exception of the package has one of the documented codes, and only items that failed have 1."""
    error = kind.__new__(kind)
    DirectError.__init__(error, "x")
    code = exit_codes.print_error(error)
    assert code == kind.exit_code
    assert code in exit_codes.EXIT_CODES
    assert (code == 1) is issubclass(kind, ItemsError)


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """--help lists the commands and what each exit code means."""
    with pytest.raises(SystemExit) as exited:
        main(["--help"])
    assert exited.value.code == 0
    out = capsys.readouterr().out
    told = ("demo", "emulator", "call", "contract", "Exit codes:", "130  interrupted", "143  ended by SIGTERM")
    assert [word for word in told if word not in out] == []


SIGNALS = {"Ctrl-C": (signal.SIGINT, 130), "SIGTERM": (signal.SIGTERM, 143), "SIGHUP": (signal.SIGHUP, 129)}
MAY_HAVE_ACTED = "yadirect-soap: interrupted; campaigns.suspend may have acted: read back before you repeat it\n"


def _interrupted(arguments: Sequence[str], *sent: signal.Signals, pause: float = 0) -> tuple[int, str, str]:
    """The exit code and the output of a command that gets signals, seconds apart, while it waits for an answer."""
    with ScriptedServer(hang) as server:
        settings = {"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}
        with started(*arguments, settings=settings) as process:
            while not server.received:
                assert process.poll() is None
                server.closing.wait(0.02)
            for each in sent:
                process.send_signal(each)
                server.closing.wait(pause)
            out, err = process.communicate(timeout=30)
    return process.returncode, out, err


@pytest.mark.parametrize(("sent", "code"), SIGNALS.values(), ids=SIGNALS)
def test_an_interruption_has_its_exit_code(sent: signal.Signals, code: int) -> None:
    """A signal while a read waits for its answer has its exit code, without a traceback or a word."""
    assert _interrupted(GET, sent) == (code, "", "")


@pytest.mark.parametrize(("sent", "code"), SIGNALS.values(), ids=SIGNALS)
def test_an_interrupted_write_may_have_acted(sent: signal.Signals, code: int) -> None:
    """A signal while a write waits for its answer says that it may have acted."""
    assert _interrupted(SUSPEND, sent) == (code, "", MAY_HAVE_ACTED)


@pytest.mark.parametrize(("sent", "code"), SIGNALS.values(), ids=SIGNALS)
def test_an_interrupted_job_says_how_to_continue(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    """A signal during a bulk run says how far it came, and that the same command goes on."""
    lines, journal = tmp_path / "lines.jsonl", tmp_path / "journal.db"
    lines.write_text('{"do": "campaigns.suspend", "item": 1}\n', "utf-8")
    told = "yadirect-soap: interrupted: 0 of 1 lines; the same command continues\n"
    assert _interrupted(["bulk", "run", str(lines), "--journal", str(journal)], sent) == (code, "", told)


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C twice", "Ctrl-C and SIGTERM"])
@pytest.mark.parametrize("pause", [0, 0.002, 0.004, 0.01, 0.02, 0.04, 0.08], ids="{} s".format)
def test_a_second_signal_is_no_traceback(second: signal.Signals, pause: float) -> None:
    """Two signals, as a terminal and a wrapper send them, end a command as the first does, wherever it has got to."""
    code, out, err = _interrupted(SUSPEND, signal.SIGINT, second, pause=pause)
    assert (code, out) in ((130, ""), (143, ""))
    assert err == MAY_HAVE_ACTED


_SLOW_THREADS = (
    "import threading, time\n"
    "start = threading.Thread.start\n"
    "def start_slowly(thread):\n"
    "    start(thread)\n"
    "    time.sleep(0.3)\n"
    "threading.Thread.start = start_slowly\n"
)


@pytest.mark.parametrize("machine", ["", _SLOW_THREADS], ids=["usual", "slow"])
def test_a_signal_is_not_lost_in_a_finalizer(machine: str) -> None:
    """A signal that comes while a finalizer runs, whose exceptions Python drops, ends the process all the same."""
    script = machine + (
        "import os, signal, time\n"
        "from yadirect_soap.cli import signals\n"
        "class Finalized:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(60)\n"
        "with signals.handled():\n"
        "    try:\n"
        "        Finalized()\n"
        "        print('dropped', flush=True)\n"
        "        time.sleep(60)\n"
        "    except signals.Interrupted as interrupted:\n"
        "        print(interrupted.exit_code)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment(), timeout=30, check=False
    )
    assert (process.returncode, process.stdout, process.stderr) == (0, "dropped\n143\n", "")


@pytest.mark.slow
def test_a_second_signal_ends_what_does_not_end() -> None:
    """A signal that comes later than that ends a process whose cleaning up hangs."""
    script = (
        "import time\n"
        "from yadirect_soap.cli import signals\n"
        "with signals.handled():\n"
        "    try:\n"
        "        print('ready', flush=True)\n"
        "        time.sleep(60)\n"
        "    finally:\n"
        "        print('cleaning up', flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == b"cleaning up\n"
        while process.poll() is None:
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
        assert process.returncode == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_what_nohup_ignores_stays_ignored() -> None:
    """A signal that is ignored from the start, as nohup has it, does not end a command."""
    with ScriptedServer(FOUND) as server:
        script = (
            "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, sys.executable, "-c", HANGS_UP],
            env=environment({"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}),
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_program_keeps_its_own_use_of_sigterm() -> None:
    """Where main() is called by a program, SIGTERM means to it before and after what it meant."""
    own = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        for meant in (signal.SIG_DFL, signal.SIG_IGN):
            signal.signal(signal.SIGTERM, meant)
            assert main(["contract", "ads", "get"]) == 0
            assert signal.getsignal(signal.SIGTERM) is meant
    finally:
        signal.signal(signal.SIGTERM, own)


@pytest.mark.parametrize("arguments", [("contract",), ("contract", "ads", "get"), ("contract", "ads")])
def test_a_reader_that_has_gone_is_no_error(arguments: Sequence[str]) -> None:
    """A command whose output nobody reads any more, be it long or short, ends quietly."""
    with started(*arguments) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.wait(30)
        assert process.stderr is not None
        assert (process.returncode, process.stderr.read()) == (0, "")
