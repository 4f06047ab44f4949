"""The archive: raw bytes of every request and response in files of their owner, without the token."""

import hashlib
import json
import logging
import multiprocessing
import os
import stat
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import run
from tests.client.servers import QUERY, TOKEN, Handler, ScriptedServer, Step, drop, fault, hang, result, served
from yadirect_soap import (
    Archive,
    ConfigurationError,
    Direct,
    InvalidRequestError,
    Retry,
)
from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.errors import api_error
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
FOUND_MANY = result("campaigns.get", {"Campaigns": [{"Id": number} for number in range(50_000)]})
DAY = 86_400


def index(folder: Path) -> list[dict[str, Any]]:
    """The last line of each call."""
    lines = [json.loads(line) for path in sorted(folder.rglob("index.jsonl")) for line in path.read_text().splitlines()]
    return list({line["id"]: line for line in lines}.values())


def files(folder: Path) -> list[Path]:
    """The archived requests and responses."""
    return sorted(path for path in folder.rglob("*.*") if path.name != "index.jsonl" and path.is_file())


@pytest.mark.parametrize("transport", ["soap", "json"])
def test_a_call_is_two_files_and_a_line(tmp_path: Path, transport: Any) -> None:
    """A call leaves the bytes of its request and its response, and a line with size and SHA-256 of both."""
    with Emulator() as emulator:
        direct = Direct(
            "demo-token", endpoint=emulator.endpoint, session=emulator.session(), archive=tmp_path, transport=transport
        )
        page = direct.campaigns.get(**QUERY)
    (line,) = index(tmp_path)
    request, response = files(tmp_path)
    ending = "xml" if transport == "soap" else "json"
    assert request.name.endswith(f"-{page.request_id}-campaigns.get.request.{ending}")
    assert response.name.endswith(f"-{page.request_id}-campaigns.get.response.{ending}")
    assert request.read_bytes() == direct.build_request("campaigns", "get", QUERY).body
    assert response.read_bytes() == page.raw.body
    for part, path in (("request", request), ("response", response)):
        content = path.read_bytes()
        assert line[part] == {
            "file": path.name,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "complete": True,
        }
    assert (line["operation"], line["status"], line["error"]) == ("campaigns.get", 200, None)
    assert (line["request_id"], line["units"]) == (page.request_id, page.raw.headers["Units"])


def test_the_token_is_in_no_file(tmp_path: Path) -> None:
    """Neither Authorization nor a token that a server repeats is archived; other headers are."""
    echo = result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": f"Bearer {TOKEN}"}]})
    with served(echo, archive=tmp_path, client_login="client") as (_, direct):
        direct.campaigns.get(**QUERY)
    for path in tmp_path.rglob("*.*"):
        if path.is_file():
            assert TOKEN.encode() not in path.read_bytes()
    (line,) = index(tmp_path)
    assert line["headers"]["Client-Login"] == line["client_login"] == "client"
    assert "Authorization" not in line["headers"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    """Files have mode 0600 and folders 0700."""
    folder = tmp_path / "archive"
    with served(FOUND, archive=folder) as (_, direct):
        direct.campaigns.get(**QUERY)
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    assert modes == {True: 0o700, False: 0o600}


def test_each_attempt_is_archived(tmp_path: Path) -> None:
    """A repeated call is two requests; the lost response is told as such."""
    with served(drop, FOUND, archive=tmp_path, retry=Retry(), sleep=lambda _: None) as (_, direct):
        direct.campaigns.get(**QUERY)
    lost, answered = index(tmp_path)
    assert (lost["status"], lost["error"], lost["response"]) == (None, "ResponseLostError", None)
    assert (answered["status"], answered["error"]) == (200, None)
    assert len(files(tmp_path)) == 3


def test_a_fault_has_its_code(tmp_path: Path) -> None:
    """An error of the API is archived with its code."""
    with served(fault(api_error(8000, "no")), archive=tmp_path) as (_, direct), pytest.raises(InvalidRequestError):
        direct.campaigns.get(**QUERY)
    assert index(tmp_path)[0]["error"] == 8000


def test_items_are_archived_while_they_are_read(tmp_path: Path) -> None:
    """A streamed page is whole in the archive; one that its reader leaves is marked."""
    with Emulator() as emulator:
        direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), archive=tmp_path)
        list(direct.campaigns.items(**QUERY))
    assert index(tmp_path)[0]["response"]["complete"]


def test_of_a_report_the_head_is_archived(tmp_path: Path) -> None:
    """The definition of a report is archived, and the first 4096 bytes of its rows."""
    with Emulator() as emulator:
        direct = Direct(
            "demo-token",
            endpoint=emulator.endpoint,
            session=emulator.session(),
            archive=tmp_path,
            sleep=lambda seconds: emulator.clock.advance(seconds=seconds),
        )
        list(
            direct.reports.get(
                ReportType="SEARCH_QUERY_PERFORMANCE_REPORT",
                FieldNames=["Date", "Query", "Impressions"],
                DateRangeType="LAST_30_DAYS",
            )
        )
    last = index(tmp_path)[-1]
    assert last["operation"] == "reports.get"
    assert last["response"]["bytes"] <= 4096


def _wait_for_request(address: str, folder: str, operation: str) -> None:
    with Direct("demo-token", endpoint=address, archive=folder, retry=None) as direct:
        if operation == "campaigns.get":
            list(direct.campaigns.items(**QUERY))
        else:
            direct.campaigns.update(Campaigns=[{"Id": 1, "Name": "New"}])


def _killed(step: Step, folder: Path, operation: str, until: Callable[[], object]) -> None:
    """Kills a process with -9 while it calls a server that does this."""
    with ScriptedServer(step) as server:
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=_wait_for_request, args=(server.url, os.fspath(folder), operation))
        process.start()
        end = time.monotonic() + 30
        while not (server.received and until()):
            assert time.monotonic() < end
            time.sleep(0.01)
        process.kill()
        process.join(10)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_killed_process_leaves_its_request(tmp_path: Path) -> None:
    """After kill -9 in a call, the archive has its request, and says that it is unfinished: it may have acted."""
    _killed(hang, tmp_path, "campaigns.update", lambda: True)
    (call,) = Archive(tmp_path).calls()
    assert (call.fields["operation"], call.fields["writes"], call.fields["error"]) == (
        "campaigns.update",
        True,
        "unfinished",
    )
    assert b"<Name>New</Name>" in Archive(tmp_path).read(call, "request")
    shown = run("archive", "list", "--failed", "--writes", "--archive", str(tmp_path))
    assert "unfinished" in shown.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_killed_process_leaves_what_had_come(tmp_path: Path) -> None:
    """After kill -9 while a response comes, both files are found by their RequestId, and the call is unfinished."""
    body = soap.encode_result(bundled().operation("campaigns", "get"), {"Campaigns": [{"Id": 1}] * 50_000})

    def stop_halfway(handler: Handler) -> None:
        handler.head(200, {"Content-Type": "text/xml", "Content-Length": str(len(body)), "RequestId": "77"})
        handler.wfile.write(body[: len(body) // 2])
        handler.script.closing.wait(30)

    def has_come() -> bool:
        return any(path.stat().st_size > 100_000 for path in tmp_path.rglob("*.response.xml"))

    _killed(stop_halfway, tmp_path, "campaigns.get", has_come)
    archive = Archive(tmp_path)
    call = archive.find("77")
    assert (call.fields["status"], call.fields["error"], call.fields["response"]["complete"]) == (
        200,
        "unfinished",
        False,
    )
    assert body.startswith(archive.read(call, "response"))
    assert b"GetRequest" in archive.read(call, "request")


def test_a_reader_that_leaves_is_no_failure(tmp_path: Path) -> None:
    """Whoever closes the iterator of items early ends the call; its response is marked as not complete."""
    with served(FOUND_MANY, archive=tmp_path) as (_, direct), direct.campaigns.items(**QUERY) as items:
        next(items)
    (line,) = index(tmp_path)
    assert (line["error"], line["status"], line["response"]["complete"]) == (None, 200, False)


def test_old_days_are_removed(tmp_path: Path) -> None:
    """With keep_days=2 the first call of a day removes what is older than two days."""
    now = [1_780_000_000.0]
    archive = Archive(tmp_path, keep_days=2, clock=lambda: now[0])
    with served(FOUND, archive=archive) as (_, direct):
        for _ in range(5):
            direct.campaigns.get(**QUERY)
            now[0] += DAY
    assert len(list(tmp_path.glob("*/*/*"))) == 3
    assert len(list(archive.calls())) == 3


@pytest.mark.parametrize("days", [0, -1, True, "7", 1.5])
def test_wrong_days_are_a_mistake(tmp_path: Path, days: Any) -> None:
    """keep_days is a whole number from 1."""
    with pytest.raises(ConfigurationError, match="keep_days: found"):
        Archive(tmp_path, keep_days=days)


def test_nothing_is_sent_without_an_archive(tmp_path: Path) -> None:
    """If the request cannot be archived, it is not sent."""
    (tmp_path / "file").write_text("")
    with served(FOUND, archive=tmp_path / "file") as (server, direct):
        with pytest.raises(ConfigurationError) as raised:
            direct.campaigns.get(**QUERY)
        assert str(raised.value).count("nothing was sent") == 1
        assert server.received == []


def test_a_response_comes_even_if_it_cannot_be_archived(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a request was sent, a failing disk is logged, and the caller gets the response."""
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        rename(path, target)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with Emulator() as emulator, caplog.at_level(logging.ERROR, "yadirect_soap"):
        direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), archive=tmp_path)
        assert direct.campaigns.get(**QUERY)
    assert "is not complete: No space left on device" in caplog.text


def test_what_a_full_disk_left_hides_no_call(tmp_path: Path) -> None:
    """Half a line, on its own or before the next line, takes no other call from the list."""
    with served(*[FOUND] * 3, archive=tmp_path) as (_, direct):
        for _call in range(3):
            direct.campaigns.get(**QUERY)
    (path,) = tmp_path.rglob("index.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 9
    half = lines[5][: len(lines[5]) // 2]
    path.write_bytes(b"".join([*lines[:5], half, lines[8], half]))
    errors = [call.fields["error"] for call in Archive(tmp_path).calls()]
    assert errors == [None, "unfinished", None]


def test_a_line_of_the_index_is_whole_or_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes a line in parts gets all of it."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:100]))
    with served(FOUND, archive=tmp_path) as (_, direct):
        direct.campaigns.get(**QUERY)
    assert [line["error"] for line in index(tmp_path)] == [None]


def test_a_long_index_is_not_held_in_memory(tmp_path: Path) -> None:
    """Of 20,000 calls little more than their names is kept while they are listed."""
    with served(FOUND, archive=tmp_path) as (_, direct):
        direct.campaigns.get(**QUERY)
    (path,) = tmp_path.rglob("index.jsonl")
    lines = path.read_text().splitlines(keepends=True)
    own = json.loads(lines[0])["id"]
    path.write_text("".join(line.replace(own, f"{number:06}") for number in range(20_000) for line in lines))
    tracemalloc.start()
    try:
        assert sum(1 for _ in Archive(tmp_path).calls()) == 20_000
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size / 8
    finally:
        tracemalloc.stop()


def _call(address: str, folder: str) -> None:
    with Direct("demo-token", endpoint=address, archive=folder) as direct:
        for _ in range(5):
            direct.campaigns.get(**QUERY)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_processes_share_an_archive(tmp_path: Path) -> None:
    """Lines of several processes do not mix, and none is lost."""
    with Emulator() as emulator, emulator.serve() as address:
        context = multiprocessing.get_context("spawn")
        processes = [context.Process(target=_call, args=(address, os.fspath(tmp_path))) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
    assert len(index(tmp_path)) == 10
    assert len(files(tmp_path)) == 20


# --- the commands ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_commands_list_show_and_resend(tmp_path: Path) -> None:
    """`archive list` shows calls, `show` their bytes, and `resend` sends a request again, a write only by --write."""
    folder = str(tmp_path)
    with Emulator() as emulator, emulator.serve() as address:
        settings = {"YADIRECT_TOKEN": "demo-token", "YADIRECT_ENDPOINT": address, "YADIRECT_ARCHIVE": folder}
        with Direct("demo-token", endpoint=address, archive=folder) as direct:
            page = direct.campaigns.get(**QUERY)
            write = direct.campaigns.update(Campaigns=[{"Id": page[0]["Id"], "Name": "New"}])
        listed = run("archive", "list", settings=settings)
        shown = run("archive", "show", page.request_id, settings=settings)
        again = run("archive", "resend", page.request_id, settings=settings)
        refused = run("archive", "resend", write.request_id, settings=settings)
        repeated = run("archive", "resend", write.request_id, "--write", settings=settings)
        failed = run("archive", "list", "--failed", "--output", "jsonl", settings=settings)
    assert [line.split()[1] for line in listed.stdout.splitlines()[2:]] == ["campaigns.get", "campaigns.update"]
    assert shown.stdout.encode() == page.raw.body
    assert "GetResponse" in again.stdout
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--write sends it again" in refused.stderr
    assert "UpdateResponse" in repeated.stdout
    assert (failed.returncode, failed.stdout) == (0, "")
    assert len(index(tmp_path)) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("list",), "no archive"), (("show", "7", "--archive", "."), "no call has the RequestId")],
    ids=["no folder", "no call"],
)
def test_a_missing_archive_is_told(arguments: tuple[str, ...], message: str) -> None:
    """Without a folder, or without the call, a command says so."""
    done = run("archive", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


REPORT = {
    "ReportType": "ACCOUNT_PERFORMANCE_REPORT",
    "FieldNames": ["Date", "Impressions"],
    "DateRangeType": "LAST_7_DAYS",
    "OrderBy": [{"Field": "Date"}],
}


@pytest.mark.slow
@pytest.mark.parametrize("transport", ["soap", "json"])
def test_a_report_is_resent(tmp_path: Path, transport: Any) -> None:
    """The definition of a report is ordered again, and its rows are written, whichever wire it came over."""
    with Emulator() as emulator, emulator.serve() as address:
        settings = {"YADIRECT_TOKEN": "demo-token", "YADIRECT_ENDPOINT": address, "YADIRECT_ARCHIVE": str(tmp_path)}
        with Direct("demo-token", endpoint=address, archive=tmp_path, transport=transport) as direct:
            rows = list(direct.reports.get(REPORT, mode="online"))
        name = index(tmp_path)[-1]["name"]
        again = run("archive", "resend", name, settings=settings)
        jsonl = run("archive", "list", "--operation", "reports", "--output", "jsonl", settings=settings)
    assert again.returncode == 0, again.stderr
    assert len(again.stdout.splitlines()) == len(rows) + 1
    assert {json.loads(line)["operation"] for line in jsonl.stdout.splitlines()} == {"reports.get"}


@pytest.mark.parametrize("command", ["list", "show 7", "resend 7", "prune --keep-days 1"])
def test_a_folder_that_is_not_there_is_no_empty_archive(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt folder exits with 2, is named, and is not made."""
    folder = tmp_path / "archiv"
    assert main(["archive", *command.split(), "--archive", str(folder)]) == 2
    assert f"{folder} is not the folder of an archive" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.slow
def test_calls_are_filtered(tmp_path: Path) -> None:
    """`archive list` shows the calls of a day, an operation, a client, or writes alone."""
    archive = Archive(tmp_path, clock=lambda: 1_780_000_000.0)
    update = result("campaigns.update", {"UpdateResults": [{"Id": 1}]})
    with served(FOUND, update, FOUND, archive=archive) as (_, direct):
        direct.campaigns.get(**QUERY)
        direct.campaigns.update(Campaigns=[{"Id": 1, "Name": "New"}])
        direct.with_client_login("client").campaigns.get(**QUERY)
    expected = {
        (): 3,
        ("--day", "2026-05-28"): 3,
        ("--day", "2026-05-29"): 0,
        ("--operation", "campaigns.get"): 2,
        ("--operation", "ads"): 0,
        ("--client-login", "client"): 1,
        ("--writes",): 1,
        ("--failed",): 0,
    }
    for filters, count in expected.items():
        done = run("archive", "list", *filters, "--output", "jsonl", "--archive", str(tmp_path))
        assert len(done.stdout.splitlines()) == count, (filters, done.stderr)
    wrong = run("archive", "list", "--day", "2026-5", "--archive", str(tmp_path))
    assert (wrong.returncode, "--day" in wrong.stderr) == (2, True)


def test_old_days_are_pruned(tmp_path: Path) -> None:
    """`archive prune` removes the days before the last N."""
    for days in (0, 1, 5, 100):
        archive = Archive(tmp_path, clock=lambda days=days: time.time() - days * DAY)  # type: ignore[misc]  # a default
        with served(FOUND, archive=archive) as (_, direct):
            direct.campaigns.get(**QUERY)
    done = run("archive", "prune", "--keep-days", "3", "--archive", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "yadirect-soap: 2 of 4 days removed\n")
    assert len(list(Archive(tmp_path).calls())) == 2
