"""A gateway on a socket: many callers at once, hostile ones, and its sudden end."""

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.cli.terminal import started
from tests.cli.test_gateway_command import address_of
from tests.gateway.callers import CAMPAIGN, GET, envelope
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Latency
from yadirect_soap.gateway import Options, application, serving


@contextmanager
def served(emulator: Emulator, **options: Any) -> Iterator[str]:
    """The address of a gateway before an emulator in this process."""
    direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), retry=None)
    with direct, serving(application(direct, Options(**options))) as address:
        yield address


def connected(address: str) -> socket.socket:
    """A connection to a gateway."""
    place = urlsplit(address)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=60)


CALL = envelope(f"GetRequest: {GET}").encode()


@pytest.fixture(autouse=True)
def _own_slots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slots that no other test shares."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_a_sixth_caller_waits() -> None:
    """Of twelve calls at once none is refused with 506, though the API serves five at a time."""
    with Emulator(max_concurrent=5) as emulator, served(emulator) as address, ThreadPoolExecutor(12) as pool:
        emulator.faults.inject(Latency(0.05), times=None)
        replies = list(pool.map(lambda _: requests.post(f"{address}/v501/campaigns", CALL, timeout=60), range(12)))
    assert [b"GetResponse" in reply.content for reply in replies] == [True] * 12


def test_the_archive_survives_a_sudden_end(tmp_path: Path) -> None:
    """After kill -9 the archive has both files of every write that a caller saw answered, each once."""
    body = envelope(f"UpdateRequest: <Campaigns><Id>{CAMPAIGN}</Id><Name>New</Name></Campaigns>").encode()
    answered: list[str] = []

    def work(address: str) -> None:
        with requests.Session() as session, suppress(requests.RequestException):
            while True:
                answered.append(session.post(f"{address}/v501/campaigns", body, timeout=60).headers["RequestId"])

    with Emulator() as emulator, emulator.serve() as api:
        arguments = ("--port", "0", "--endpoint", api, "--archive", str(tmp_path / "archive"))
        settings = {"YADIRECT_TOKEN": "demo-token", "XDG_RUNTIME_DIR": str(tmp_path)}
        with started("gateway", *arguments, settings=settings) as process, ThreadPoolExecutor(4) as pool:
            workers = [pool.submit(work, address) for address in [address_of(process)] * 4]
            while len(answered) < 30 and not all(worker.done() for worker in workers):
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGKILL)
        names = Counter(path.name.partition("-")[2] for path in (tmp_path / "archive").rglob("*.xml"))
        assert len(answered) >= 30
        for request_id in answered:
            parts = [name for name in names if name.startswith(f"{request_id}-campaigns.update.")]
            assert sorted(name.rpartition(".")[0].rpartition(".")[2] for name in parts) == ["request", "response"]
        assert set(names.values()) == {1}
