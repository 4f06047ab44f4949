"""`yadirect-soap xml send` of many requests: each has its response, and whatever stops a run, no write acts twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.terminal import environment, peak_memory, run, started
from tests.client.servers import Handler, ScriptedServer, answer, drop, fault, result
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled

CAMPAIGNS = "http://api.direct.yandex.com/v5/campaigns"
GET = f'<ns:GetRequest xmlns:ns="{CAMPAIGNS}"><SelectionCriteria/><FieldNames>Id</FieldNames></ns:GetRequest>'
RENAME = (
    f'<ns:UpdateRequest xmlns:ns="{CAMPAIGNS}"><Campaigns><Id>1</Id><Name>{{}}</Name></Campaigns></ns:UpdateRequest>'
)
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]}, RequestId="7")
RENAMED = result("campaigns.update", {"UpdateResults": [{"Id": 1}]}, RequestId="8")
REFUSED = result("campaigns.update", {"UpdateResults": [{"Errors": [{"Code": 8800, "Message": "no"}]}]})


def settings(server: ScriptedServer) -> dict[str, str]:
    """The environment of a command that calls a server."""
    return {"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    """A folder with three writes, 1.xml to 3.xml, and what is no request."""
    folder = tmp_path / "requests"
    folder.mkdir()
    for number in "123":
        (folder / f"{number}.xml").write_text(RENAME.format(number), encoding="utf-8")
    for other in ("notes.txt", ".hidden.xml", "0.response.xml"):
        (folder / other).write_text("no request", encoding="utf-8")
    (folder / "9.xml").mkdir()
    return folder


def names(folder: Path) -> list[str]:
    """The responses in a folder."""
    return sorted(path.name for path in folder.glob("*.xml"))


def sent(server: ScriptedServer) -> list[str]:
    """The names that the writes which came would give."""
    return [etree.fromstring(received.body).findtext(".//Name") or "" for received in server.received]


ALL = ["1.response.xml", "2.response.xml", "3.response.xml"]


@pytest.mark.slow
def test_a_folder_is_sent_in_order_and_once(requests: Path, tmp_path: Path) -> None:
    """Each request of a folder has a response; the same command again sends nothing."""
    with ScriptedServer(RENAMED) as server:
        first = run("xml", "send", str(requests), "--out", str(tmp_path / "out"), settings=settings(server))
        again = run("xml", "send", str(requests), "--out", str(tmp_path / "out"), settings=settings(server))
        assert sent(server) == ["1", "2", "3"]
    assert (first.returncode, again.returncode, first.stdout) == (0, 0, ""), first.stderr
    assert names(tmp_path / "out") == ALL
    assert etree.parse(str(tmp_path / "out" / ALL[0])).findall(".//UpdateResults/Id")
    assert "3 now, 0 from before, 0 missing" in first.stderr
    assert "0 now, 3 from before, 0 missing" in again.stderr


@pytest.mark.slow
def test_responses_may_stand_beside_their_requests(requests: Path) -> None:
    """With the folder itself as --out, responses are not taken for requests."""
    with ScriptedServer(RENAMED) as server:
        for _ in range(2):
            done = run("xml", "send", str(requests), "--out", str(requests), settings=settings(server))
            assert done.returncode == 0, done.stderr
        assert sent(server) == ["1", "2", "3"]


def test_files_and_a_file_of_many(tmp_path: Path) -> None:
    """A file may have many requests in an element of another name; prefixes that this declares hold in each."""
    many = tmp_path / "many.xml"
    wrapper = GET.replace(f' xmlns:ns="{CAMPAIGNS}"', "")
    envelope = (
        f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{wrapper}</e:Body></e:Envelope>'
    )
    head = '<?xml version="1.0" encoding="windows-1251"?>\n'
    text = f'{head}<все xmlns:ns="{CAMPAIGNS}">\n{wrapper}<!-- and -->{envelope}</все>'
    many.write_bytes(text.encode("cp1251"))
    (tmp_path / "one.xml").write_text(GET, encoding="utf-8")
    with ScriptedServer(FOUND) as server:
        files = (str(many), str(tmp_path / "one.xml"))
        done = run("xml", "send", *files, "--out", str(tmp_path / "out"), settings=settings(server))
        assert len(server.received) == 3
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "out") == ["many-0001.response.xml", "many-0002.response.xml", "one.response.xml"]


def test_a_pipe_of_many(tmp_path: Path) -> None:
    """A pipe may have many requests too."""
    with ScriptedServer(FOUND) as server:
        done = run("xml", "send", "-", "--out", str(tmp_path), stdin=f"<a>{GET}{GET}</a>", settings=settings(server))
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == ["stdin-0001.response.xml", "stdin-0002.response.xml"]


def test_nothing_is_sent_if_one_is_wrong(requests: Path, tmp_path: Path) -> None:
    """All requests are checked before the first is sent, and each wrong one is told with its path."""
    (requests / "2.xml").write_text(RENAME.format("x").replace("<Id>1", "<Id>one"), encoding="utf-8")
    (requests / "3.xml").write_text("<a/>", encoding="utf-8")
    with ScriptedServer(RENAMED) as server:
        done = run("xml", "send", str(requests), "--out", str(tmp_path / "out"), settings=settings(server))
        assert server.received == []
    assert (done.returncode, names(tmp_path / "out")) == (2, [])
    assert "2: " in done.stderr
    assert "$.Campaigns[0].Id" in done.stderr
    assert "3: " in done.stderr


# --- failures -------------------------------------------------------------------------------------------------


def test_failed_items_do_not_stop_the_others(requests: Path, tmp_path: Path) -> None:
    """A response with failed items is a response: the rest is sent, and the exit code is 1."""
    with ScriptedServer(RENAMED, REFUSED, RENAMED) as server:
        done = run("xml", "send", str(requests), "--out", str(tmp_path / "out"), settings=settings(server))
    assert (done.returncode, names(tmp_path / "out")) == (1, ALL)
    assert "2: campaigns.update: 1 of 1 items failed" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("option", "count"), [((), 2), (("--keep-going",), 3)], ids=["stop", "keep going"])
def test_a_refused_request_is_sent_again(requests: Path, tmp_path: Path, option: tuple[str, ...], count: int) -> None:
    """A fault stops the run unless --keep-going; the next run sends what has no response."""
    command = ("xml", "send", str(requests), "--out", str(tmp_path / "out"))
    with ScriptedServer(RENAMED, fault(152), RENAMED) as server:
        done = run(*command, *option, settings=settings(server))
        assert len(server.received) == count
        assert (done.returncode, "2.response.xml" in names(tmp_path / "out")) == (3, False)
        assert "2: " in done.stderr
        assert run(*command, settings=settings(server)).returncode == 0
    assert names(tmp_path / "out") == ALL


@pytest.mark.slow
def test_a_lost_write_is_not_sent_again(requests: Path, tmp_path: Path) -> None:
    """A write whose response was lost may have acted: exit code 4 until --resend or another decision."""
    command = ("xml", "send", str(requests), "--out", str(tmp_path / "out"))
    with ScriptedServer(RENAMED, drop, RENAMED) as server:
        lost = run(*command, settings=settings(server))
        again = run(*command, settings=settings(server))
        assert sent(server) == ["1", "2"]
        going = run(*command, "--keep-going", settings=settings(server))
        assert sent(server) == ["1", "2", "3"]
        resent = run(*command, "--resend", "2", settings=settings(server))
        assert sent(server) == ["1", "2", "3", "2"]
    assert [done.returncode for done in (lost, again, going, resent)] == [4, 4, 4, 0], resent.stderr
    assert "may have acted" in lost.stderr
    assert "--resend 2 sends it again" in again.stderr
    assert names(tmp_path / "out") == ALL


@pytest.mark.slow
def test_a_lost_read_is_sent_again(tmp_path: Path) -> None:
    """A read whose response was lost is simply sent by the next run."""
    (tmp_path / "1.xml").write_text(GET, encoding="utf-8")
    command = ("xml", "send", str(tmp_path), "--out", str(tmp_path / "out"), "--retries", "0")
    with ScriptedServer(drop, FOUND) as server:
        assert [run(*command, settings=settings(server)).returncode for _ in range(2)] == [4, 0]


CONFLICTS: dict[str, Callable[[Path, Path], object]] = {
    "changed request": lambda folder, _out: (folder / "1.xml").write_text(RENAME.format("other"), encoding="utf-8"),
    "other response": lambda _folder, out: (out / "4.response.xml").write_text("", encoding="utf-8"),
}


@pytest.mark.slow
@pytest.mark.parametrize("conflict", CONFLICTS.values(), ids=CONFLICTS)
def test_what_was_sent_keeps_its_name(requests: Path, tmp_path: Path, conflict: Callable[[Path, Path], object]) -> None:
    """Neither another request of a name nor a response of unknown origin is taken for what was sent."""
    out = tmp_path / "out"
    with ScriptedServer(RENAMED) as server:
        assert run("xml", "send", str(requests), "--out", str(out), settings=settings(server)).returncode == 0
        (requests / "4.xml").write_text(RENAME.format("4"), encoding="utf-8")
        conflict(requests, out)
        done = run("xml", "send", str(requests), "--out", str(out), settings=settings(server))
        assert sent(server) == ["1", "2", "3"]
    assert done.returncode == 2
    assert "name another folder" in done.stderr


@pytest.mark.slow
def test_another_client_is_another_folder(requests: Path, tmp_path: Path) -> None:
    """The responses of one client are not taken for those of another."""
    command = ("xml", "send", str(requests), "--out", str(tmp_path / "out"))
    with ScriptedServer(RENAMED) as server:
        assert run(*command, settings=settings(server)).returncode == 0
        assert run(*command, "--client-login", "other", settings=settings(server)).returncode == 2
        assert len(server.received) == 3


WRONG = {
    "no folder": (("1.xml", "2.xml"), "name a folder for them by --out"),
    "one name twice": (("1.xml", "again/1.xml", "--out", "out"), "the responses of both would be 1.response.xml"),
    "stdin and a file": (("-", "1.xml", "--out", "out"), "- is stdin"),
    "an empty folder": (("empty", "--out", "out"), "found no file *.xml"),
    "no such file": (("1.xml", "missing.xml", "--out", "out"), "missing.xml cannot be read"),
    "--resend of nothing": (("1.xml", "2.xml", "--out", "out", "--resend", "7"), "--resend 7: found no request"),
    "a file as folder": (("1.xml", "2.xml", "--out", "2.xml"), "2.xml cannot be written"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_arguments_are_told(requests: Path, arguments: tuple[str, ...], message: str) -> None:
    """What cannot be done is an error before anything is sent."""
    (requests / "again").mkdir()
    (requests / "empty").mkdir()
    shutil.copy(requests / "1.xml", requests / "again")
    done = subprocess.run(
        [sys.executable, "-m", "yadirect_soap", "xml", "send", *arguments],
        cwd=requests,
        env=environment({"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": "http://127.0.0.1:9"}),
        input="",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert message in done.stderr


# --- kill -9 --------------------------------------------------------------------------------------------------


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
@pytest.mark.parametrize("requests_before", range(1, 4))
def test_a_killed_run_doubles_nothing(requests: Path, tmp_path: Path, requests_before: int) -> None:
    """After kill -9 while a write is on its way, it may have acted and is not sent; the others are, once."""
    command = ("xml", "send", str(requests), "--out", str(tmp_path / "out"))

    def wait(handler: Handler) -> None:
        handler.script.closing.wait(30)

    steps = [*[RENAMED] * (requests_before - 1), wait, RENAMED]
    with ScriptedServer(*steps) as server:
        with started(*command, settings=settings(server)) as process:
            _wait_for(lambda: len(server.received) == requests_before)
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)
        assert names(tmp_path / "out") == ALL[: requests_before - 1]
        done = run(*command, "--keep-going", settings=settings(server))
        assert sent(server) == ["1", "2", "3"]
    assert done.returncode == 4
    assert f"{requests_before}: campaigns.update was sent before, and its response is missing" in done.stderr
    assert set(ALL) - set(names(tmp_path / "out")) == {ALL[requests_before - 1]}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_folder_is_for_one_run_at_a_time(requests: Path, tmp_path: Path) -> None:
    """A second run into a folder is refused while the first lives, and not after it was killed."""
    command = ("xml", "send", str(requests), "--out", str(tmp_path / "out"))

    def wait(handler: Handler) -> None:
        handler.script.closing.wait(30)

    with ScriptedServer(RENAMED, wait, RENAMED) as server:
        with started(*command, settings=settings(server)) as process:
            _wait_for(lambda: len(server.received) == 2)
            second = run(*command, settings=settings(server))
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)
        assert len(server.received) == 2
        assert run(*command, "--resend", "2", settings=settings(server)).returncode == 0
    assert second.returncode == 7
    assert "another run sends into this folder" in second.stderr


# --- large responses, and their schema ------------------------------------------------------------------------


def _response(count: int) -> bytes:
    campaigns = [{"Id": number, "Name": f"A name of some length, number {number}"} for number in range(1, count + 1)]
    return soap.encode_result(bundled().operation("campaigns", "get"), {"Campaigns": campaigns})


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_a_large_response_is_not_held_in_memory(tmp_path: Path) -> None:
    """A response of 17 MB takes no more memory than one of 170 kB, also if it is validated."""
    (tmp_path / "request.xml").write_text(GET, encoding="utf-8")
    peaks = []
    for count in (2_000, 200_000):
        body = _response(count)
        with ScriptedServer(answer(body)) as server:
            out = tmp_path / f"{count}.xml"
            command = ("--quiet", "xml", "send", str(tmp_path / "request.xml"), "--out", str(out), "--validate")
            peaks.append(peak_memory(*command, settings=settings(server)))
        assert out.read_bytes() == body
    assert peaks[1] < peaks[0] + 5_000


@pytest.mark.slow
@pytest.mark.parametrize("out", ["file", "stdout"])
def test_a_response_that_the_schema_does_not_allow_is_told(tmp_path: Path, out: str) -> None:
    """With --validate the response is written all the same, its violations are told, and the exit code is 5."""
    body = _response(2).replace(b"<Id>2</Id>", b"<Id>2</Id><New>1</New>")
    arguments = ("--out", str(tmp_path / "response.xml")) if out == "file" else ()
    with ScriptedServer(answer(body)) as server:
        done = run("xml", "send", "-", "--validate", *arguments, stdin=GET, settings=settings(server))
        plain = run("xml", "send", "-", *arguments, stdin=GET, settings=settings(server))
    assert (done.returncode, plain.returncode) == (5, 0), done.stderr
    assert "Campaigns[2]/New: Element 'New': This element is not expected" in done.stderr
    assert ((tmp_path / "response.xml").read_bytes() if out == "file" else done.stdout.encode()) == body


def test_stdout_that_is_a_file_is_appended_to(tmp_path: Path) -> None:
    """A shell's >> keeps what the file has."""
    file = tmp_path / "all.xml"
    file.write_bytes(b"before\n")
    with ScriptedServer(FOUND) as server, file.open("ab") as stdout:
        command = [sys.executable, "-m", "yadirect_soap", "xml", "send", "-"]
        subprocess.run(
            command, input=GET.encode(), stdout=stdout, env=environment(settings(server)), timeout=60, check=True
        )
    assert file.read_bytes().startswith(b"before\n<?xml")
