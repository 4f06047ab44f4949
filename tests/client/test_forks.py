"""A client that was used before a fork: each process gets its own answers, whatever the parent's threads are at."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.client.servers import CERTIFICATE, TOKEN, Handler, ScriptedServer, answer, trusted
from yadirect_soap import Direct, NotSentError
from yadirect_soap.client.reports.rate_limiter import RateLimiter
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.wires import WIRES

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")

_PATIENCE = 60


def _echo(handler: Handler) -> None:
    """Gives the campaigns that were asked for, so that each answer shows whose it is; many of them for 0."""
    operation = bundled().operation("campaigns", "get")
    _, params = WIRES["soap"].decode_request(bundled()["campaigns"], handler.received.body)
    ids = params["SelectionCriteria"]["Ids"]
    campaigns = [{"Id": number} for number in (range(1, 20_000) if ids == [1] else ids)]
    answer(WIRES["soap"].encode_result(operation, {"Campaigns": campaigns}))(handler)


def _gets_its_ids(direct: Direct, numbers: range) -> bool:
    """Whether each of many calls gets its own answer."""
    return all(
        direct.campaigns.get(SelectionCriteria={"Ids": [number]}, FieldNames=["Id"]) == [{"Id": number}]
        for number in numbers
    )


def _forked(work: Callable[[], bool]) -> int:
    """Starts a child that works and tells by its exit code whether it was right; gives its process id."""
    with warnings.catch_warnings():
        # Python 3.12 and later warn that this process has threads: that is what is tested here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    try:
        signal.alarm(_PATIENCE)
        os._exit(0 if work() else 3)
    except BaseException as error:  # noqa: BLE001  the child tells what went wrong, and never returns into pytest
        os.write(2, f"{error!r}\n".encode())
    finally:
        os._exit(4)


def _codes(children: list[int]) -> list[int]:
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@pytest.fixture(params=["plain", "TLS"])
def server(request: pytest.FixtureRequest) -> Iterator[ScriptedServer]:
    """A server whose answers show whose they are."""
    with ScriptedServer(_echo, tls=trusted() if request.param == "TLS" else None) as server:
        yield server


@contextmanager
def _client(server: ScriptedServer, *, own: bool) -> Iterator[Direct]:
    """A Direct with a session of its own, or with one of the user's."""
    with requests.Session() as session:
        session.verify, session.trust_env = CERTIFICATE, False
        settings: dict[str, Any] = {"verify": CERTIFICATE} if own else {"session": session}
        with Direct(TOKEN, endpoint=server.url, retry=None, **settings) as direct:
            yield direct


@pytest.mark.parametrize("own", [True, False], ids=["own session", "user's session"])
def test_children_and_parent_get_their_own_answers(server: ScriptedServer, own: bool) -> None:
    """Three children and two threads of the parent, all with one client from before, get the answers to their calls."""
    with _client(server, own=own) as direct, ThreadPoolExecutor(2) as threads:
        assert _gets_its_ids(direct, range(2, 5))
        going = [threads.submit(_gets_its_ids, direct, range(first, first + 40)) for first in (100, 200)]
        # A child of a process that is in the middle of a TLS handshake may inherit a lock of OpenSSL for ever.
        while len({received.connection for received in server.received}) < 2 and not all(map(Future.done, going)):
            time.sleep(0.001)
        children = [_forked(partial(_gets_its_ids, direct, range(first, first + 15))) for first in (300, 400, 500)]
        assert _codes(children) == [0, 0, 0]
        assert [future.result() for future in going] == [True, True]
        before = len({received.connection for received in server.received})
        assert _gets_its_ids(direct, range(600, 605))
        assert len({received.connection for received in server.received}) == before


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_process_of_multiprocessing_gets_its_own_answers(server: ScriptedServer) -> None:
    """A process that multiprocessing forks may use the client of its parent."""
    with _client(server, own=True) as direct:
        assert _gets_its_ids(direct, range(2, 5))
        process = multiprocessing.get_context("fork").Process(
            target=lambda: sys.exit(0 if _gets_its_ids(direct, range(10, 20)) else 3)
        )
        process.start()
        assert _gets_its_ids(direct, range(20, 30))
        process.join(_PATIENCE)
        assert process.exitcode == 0


def test_threads_of_a_child_may_begin_together(server: ScriptedServer) -> None:
    """Four threads of a child that use the client for the first time there get their own answers."""
    with _client(server, own=True) as direct:
        assert _gets_its_ids(direct, range(2, 5))

        def work() -> bool:
            with ThreadPoolExecutor(4) as threads:
                return all(
                    threads.map(lambda first: _gets_its_ids(direct, range(first, first + 5)), (100, 200, 300, 400))
                )

        assert _codes([_forked(work)]) == [0]


@contextmanager
def _held(*locks: Any) -> Iterator[None]:
    """Has another thread hold locks inside the with."""
    holds, enough = threading.Event(), threading.Event()

    def hold() -> None:
        for lock in locks:
            lock.__enter__()
        holds.set()
        enough.wait()
        for lock in locks:
            lock.__exit__(None, None, None)

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait()
    try:
        yield
    finally:
        enough.set()
        thread.join()


@pytest.mark.parametrize("own", [True, False], ids=["own session", "user's session"])
def test_a_lock_of_the_parent_stops_no_child(server: ScriptedServer, own: bool) -> None:
    """A child works while threads of the parent hold each lock there is: of the pools, the cookies, and the client."""
    with _client(server, own=own) as direct:
        assert _gets_its_ids(direct, range(2, 5))
        transport: Any = direct._caller.http_client
        locks = [pool.pool.mutex for pool in transport._pools]
        locks += [vars(transport.session.cookies)["_cookies_lock"], direct._calls._decode_lock, bundled()._lock]
        assert len(locks) == 4

        def work() -> bool:
            large = direct.campaigns.get(SelectionCriteria={"Ids": [1]}, FieldNames=["Id"])
            return len(large) == 19_999 and _gets_its_ids(direct, range(2, 5))

        with _held(*locks):
            assert _codes([_forked(work)]) == [0]
        assert _gets_its_ids(direct, range(2, 5))


ENDING = """
import os, signal, sys, threading
from yadirect_soap import Direct, NotSentError

direct = Direct("{token}", endpoint="{url}", retry=None)
direct.campaigns.get(SelectionCriteria={{"Ids": [2]}}, FieldNames=["Id"])
for pool in list(direct._caller.http_client._pools):
    threading.Thread(target=pool.pool.mutex.acquire, daemon=True).start()
child = os.fork()
signal.alarm({patience})
if not child:
    sys.exit(7)
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
os._exit(0 if code == 7 else 1)
"""


def test_a_child_that_sends_nothing_ends() -> None:
    """A child ends by itself although a thread of the parent held the lock of a pool, which urllib3 takes then."""
    with ScriptedServer(_echo) as server:
        script = ENDING.format(token=TOKEN, url=server.url, patience=_PATIENCE)
        ended = subprocess.run([sys.executable, "-W", "ignore", "-c", script], timeout=2 * _PATIENCE, check=False)
    assert ended.returncode == 0


def test_a_child_that_closes_its_client_leaves_the_parents_connection(server: ScriptedServer) -> None:
    """A child that only closes the client ends no connection of the parent's."""
    with _client(server, own=True) as direct:
        assert _gets_its_ids(direct, range(2, 5))

        def close() -> bool:
            direct.close()
            return True

        assert _codes([_forked(close)]) == [0]
        assert _gets_its_ids(direct, range(2, 5))
        assert len({received.connection for received in server.received}) == 1


def test_a_report_in_a_child_waits_for_no_thread_of_the_parent() -> None:
    """What the parent's threads have under way takes no turn and no place of a child's reports."""
    limiter = RateLimiter(replace(facts.bundled().limits, requests=1, queued=1), clock=lambda: 0.0)

    def refuse(_seconds: float) -> None:
        raise RuntimeError("it would wait for ever")

    def work() -> bool:
        with limiter.slot(refuse), limiter.acquire(refuse):
            return True

    with limiter.slot(refuse), limiter.acquire(refuse):
        assert _codes([_forked(work)]) == [0]


@contextmanager
def _of_one_slot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Direct]:
    """A Direct that sends one request at a time, to an emulator; another one may wait for it a thousand seconds."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    with Emulator() as emulator, emulator.serve() as url, Direct("demo-token", endpoint=url, concurrency=1) as direct:
        yield direct


def _reads(direct: Direct) -> Iterator[object]:
    """Objects whose response is read halfway, so that its slot is held."""
    objects = iter(direct.campaigns.items(FieldNames=["Id"]))
    next(objects)
    return objects


def _waits() -> bool:
    """Waits to be killed."""
    time.sleep(_PATIENCE)
    return False


def _finds_no_slot(direct: Direct) -> bool:
    impatient = direct.with_settings(clock=iter(range(0, 10**6, 1000)).__next__, sleep=lambda _seconds: None)
    try:
        impatient.campaigns.get(FieldNames=["Id"])
    except NotSentError:
        return True
    return False


def test_a_child_takes_no_slot_that_its_parent_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child has the parent's lock file open, and yet waits for it; when the parent has read, the slot is free."""
    with _of_one_slot(tmp_path, monkeypatch) as direct:
        objects = _reads(direct)
        assert _codes([_forked(lambda: _finds_no_slot(direct))]) == [0]
        list(objects)
        assert _codes([_forked(lambda: not _finds_no_slot(direct))]) == [0]


def test_a_child_does_not_keep_the_slot_of_a_killed_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slot of a process that is killed while it reads a response is free, though its child lives on."""
    reader, writer = os.pipe()

    def parent() -> bool:
        objects = _reads(direct)
        os.write(writer, str(_forked(_waits)).encode())
        return _waits() and next(objects) is not None

    with _of_one_slot(tmp_path, monkeypatch) as direct:
        killed = _forked(parent)
        os.close(writer)
        child = int(os.read(reader, 20))
        try:
            assert _finds_no_slot(direct)
            os.kill(killed, signal.SIGKILL)
            assert _codes([killed]) == [-signal.SIGKILL]
            assert not _finds_no_slot(direct)
        finally:
            os.kill(child, signal.SIGKILL)
    os.close(reader)
