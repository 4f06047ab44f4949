"""A gateway on a socket: many callers at once, hostile ones, and its sudden end."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.gateway.callers import GET, envelope
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


def test_a_gateway_without_calls_takes_no_processor() -> None:
    """A gateway waits for callers without looking all the time, and ends at once."""
    with Emulator() as emulator:
        with served(emulator) as address:
            assert requests.get(f"{address}/health", timeout=60).text == "ok\n"
            began = time.process_time()
            time.sleep(1)
            taken = time.process_time() - began
            ending = time.monotonic()
        assert time.monotonic() - ending < 1
    assert taken < 0.1
