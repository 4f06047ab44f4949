"""A gateway under random faults that is killed half-way: callers are told the truth, and the archive has all of it.

`GATEWAY_SOAK_CALLS=10000 make test ARGS=tests/gateway/test_soak.py` looks longer.
"""

import os
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
import requests

from tests.cli.terminal import started
from tests.cli.test_gateway_command import address_of
from tests.gateway.callers import Reply, envelope
from yadirect_soap import Archive, Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.emulator.fault_injection import Fault, Latency, LostAnswer, Malformed, Reset, Status, Truncated

CALLS = int(os.environ.get("GATEWAY_SOAK_CALLS", "300"))
CONNECTIONS = 32
PATIENCE = 60
"""Seconds without the end of any call after which the gateway is held to hang."""
TOKENS = {f"soak-{number}": f"soak-token-{number}" for number in range(16)}
"""Tokens by login; an account holds a thousand campaigns."""
LOST_ANSWER = "2"
"""The gateway's code of a call whose answer from the API was lost."""
MAY_HAVE_ACTED, LOST = "may have acted", "lost"
"""What a caller is told by a fault; and what it knows where its connection to the gateway ended without an answer."""
ADD = (
    "AddRequest: <Campaigns><Name>{}</Name><StartDate>2100-01-01</StartDate><TextCampaign><BiddingStrategy>"
    "<Search><BiddingStrategyType>HIGHEST_POSITION</BiddingStrategyType></Search>"
    "<Network><BiddingStrategyType>SERVING_OFF</BiddingStrategyType></Network>"
    "</BiddingStrategy></TextCampaign></Campaigns>"
)
FAULTS = (
    (LostAnswer(), 0.05),
    (Truncated(), 0.03),
    (Malformed(), 0.02),
    (Reset("before"), 0.02),
    (Reset("during"), 0.02),
    (Status(502), 0.03),
    (Fault(1002), 0.03),
    (Latency(0.02), 0.1),
)


@dataclass
class Ledger:
    """What callers were told of each name: an id, or why there is none; and the RequestIds of their answers.

    `waiting` has what each caller waits for, and a caller does nothing more when `is_over`.
    """

    done: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    request_ids: list[str] = field(default_factory=list)
    waiting: dict[int, str] = field(default_factory=dict)
    is_over: bool = False

    @property
    def ended(self) -> int:
        """How many calls have ended."""
        return len(self.done) + len(self.failed)

    def note(self, name: str, reply: Reply) -> None:
        """Notes an answer of the gateway."""
        if not reply.code:
            self.done[name] = int(reply.texts("Id")[0])
            self.request_ids.append(reply.fields["RequestId"])
            return
        may_have_acted = "may have acted" in "".join(reply.texts("faultstring") + reply.texts("errorDetail"))
        assert may_have_acted or reply.code != LOST_ANSWER, reply.body
        self.failed[name] = MAY_HAVE_ACTED if may_have_acted else reply.code

    def contradictions(self, stored: dict[str, list[int]]) -> Iterator[str]:
        """What was told and is not so, by name."""
        for name, told in self.done.items():
            if stored.get(name) != [told]:
                yield f"{name} was told as {told}, and there is {stored.get(name)}"
        for name, why in self.failed.items():
            ids = stored.get(name, [])
            if len(ids) > 1:
                yield f"{name} is there {len(ids)} times after {why}"
            if ids and why not in (MAY_HAVE_ACTED, LOST):
                yield f"{name} is there after the fault {why}"


def free_port() -> int:
    """A port of loopback that nobody listens on, which a gateway takes twice."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def work(address: str, caller: int, names: list[str], ledger: Ledger) -> None:
    """What one caller does; where no gateway is, it waits and repeats, since then nothing was sent."""
    session = requests.Session()
    for name in names:
        body = envelope(ADD.format(name)).encode()
        while not ledger.is_over:
            ledger.waiting[caller] = f"the answer to {name}"
            try:
                response = session.post(f"{address}/v5/campaigns", body, timeout=120)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
                if "Connection refused" in str(error):
                    ledger.waiting[caller] = f"a gateway to send {name} to"
                    time.sleep(0.1)
                    continue
                ledger.failed[name] = LOST
            else:
                ledger.note(name, Reply(response.status_code, response.headers, response.content))
            break
    ledger.waiting.pop(caller, None)
    session.close()


def address_in_time(gateway: subprocess.Popen[str]) -> str:
    """Where a gateway answers that has a minute to start."""
    timer = threading.Timer(PATIENCE, gateway.kill)
    timer.start()
    try:
        return address_of(gateway)
    finally:
        timer.cancel()


def wait_until(is_so: Callable[[], bool], ledger: Ledger, gateways: list[subprocess.Popen[str]]) -> None:
    """Waits; fails with what each caller waits for if no call ends for a minute."""
    ended, since = -1, 0.0
    while not is_so():
        if ledger.ended != ended:
            ended, since = ledger.ended, time.monotonic()
        if time.monotonic() - since > PATIENCE:
            ledger.is_over = True
            said = []
            for gateway in gateways:
                gateway.kill()
                said.append(f"the gateway's stderr: {gateway.communicate()[1][-2000:]}")
            pytest.fail("\n".join([f"{ended} calls have ended, and no other one", str(ledger.waiting), *said]))
        time.sleep(0.02)


def stored_in(emulator: Emulator) -> dict[str, list[int]]:
    """The ids of the campaigns, by name."""
    stored: dict[str, list[int]] = {}
    emulator.faults.clear()
    for token in TOKENS.values():
        with Direct(token, endpoint=emulator.endpoint, session=emulator.session()) as direct:
            for campaign in direct.campaigns.items(SelectionCriteria={}, FieldNames=["Id", "Name"]):
                stored.setdefault(campaign["Name"], []).append(campaign["Id"])
    return stored


def demand_archived(archive: Archive, request_ids: list[str]) -> None:
    """Demands that each answered call is in the archive once, with all bytes of its request and response."""
    calls = {call.fields["request_id"]: call for call in archive.calls()}
    files = Counter(path.name.partition("-")[2] for path in archive.directory.rglob("*.xml"))
    for request_id in request_ids:
        assert calls[request_id].fields["response"]["complete"], request_id
        for part in ("request", "response"):
            assert files[f"{request_id}-campaigns.add.{part}.xml"] == 1, request_id
            digest = sha256(archive.read(calls[request_id], part)).hexdigest()
            assert digest == calls[request_id].fields[part]["sha256"], request_id


@pytest.mark.parametrize("calls", [CALLS])
def test_callers_are_told_the_truth(calls: int, tmp_path: Path) -> None:
    """Nothing is doubled, a lost answer is told as such, and the archive has every answered call, after kill -9 too."""
    names, ledger = [f"soak-{number}" for number in range(calls)], Ledger()
    tokens = tmp_path / "tokens.toml"
    tokens.write_text("".join(f'{login} = "{token}"\n' for login, token in TOKENS.items()))
    settings = {"YADIRECT_TOKEN": "of-nobody", "XDG_RUNTIME_DIR": str(tmp_path)}
    port = str(free_port())
    with Emulator() as emulator, emulator.serve() as api, ThreadPoolExecutor(CONNECTIONS) as pool, ExitStack() as stack:
        for number, (login, token) in enumerate(TOKENS.items()):
            emulator.accounts.add(Account(login, 5001 + number, daily_units=10**7), token=token)
        for effect, chance in FAULTS:
            emulator.faults.inject(effect, "campaigns.add", times=None, chance=chance)
        places = ("--endpoint", api, "--tokens", str(tokens), "--archive", str(tmp_path / "archive"))
        arguments = ("gateway", "--port", port, *places)
        gateways = [stack.enter_context(started(*arguments, settings=settings))]
        address = address_in_time(gateways[0])
        workers = [
            pool.submit(work, f"{address}/client/soak-{n % len(TOKENS)}", n, names[n::CONNECTIONS], ledger)
            for n in range(CONNECTIONS)
        ]
        wait_until(lambda: ledger.ended >= calls // 2 or all(map(Future.done, workers)), ledger, gateways)
        os.kill(gateways[0].pid, signal.SIGKILL)
        gateways[0].wait()
        gateways.append(stack.enter_context(started(*arguments, settings=settings)))
        address_in_time(gateways[1])
        wait_until(lambda: all(map(Future.done, workers)), ledger, gateways)
        for worker in workers:
            worker.result()
        stored = stored_in(emulator)
    assert list(ledger.contradictions(stored)) == []
    assert ledger.done.keys() | ledger.failed.keys() == set(names)
    counts = Counter(ledger.failed.values())
    assert len(ledger.done) > calls // 2, counts
    assert counts[MAY_HAVE_ACTED] > 0, counts
    demand_archived(Archive(tmp_path / "archive"), ledger.request_ids)
