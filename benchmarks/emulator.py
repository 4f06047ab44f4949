"""Small calls that the emulator answers in a second of its processor, over one connection that stays open."""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator

from .table import Goal, Row, Unequal

_GOAL = 1000
_TOKEN = "demo-token"
_CAMPAIGN = 700_000_001
_ASKED = {"SelectionCriteria": {"Ids": [_CAMPAIGN]}, "FieldNames": ["Id", "Name"]}


class _Call(NamedTuple):
    """A campaigns.get by id, ready to be sent."""

    wire: str
    path: str
    body: bytes
    headers: dict[str, str]

    def send(self, connection: HTTPConnection) -> None:
        """One exchange; raises Unequal where the campaign is not in the answer."""
        connection.request("POST", self.path, self.body, self.headers)
        answer = connection.getresponse().read()
        if str(_CAMPAIGN).encode() not in answer:
            raise Unequal(f"the emulator did not answer with the campaign: {answer!r}")


def measure(calls: int, rounds: int) -> list[Row]:
    """A row a wire.  It is the server's processor time that counts: the client's is its own affair."""
    with _serving() as (port, clock):
        return [_row(call, port, clock, calls=calls, rounds=rounds) for call in _calls()]


def _row(call: _Call, port: int, clock: Connection, *, calls: int, rounds: int) -> Row:
    connection = HTTPConnection("127.0.0.1", port)
    call.send(connection)
    seconds = [_spent(call, connection, clock, calls) for _ in range(rounds)]
    connection.close()
    rate = calls / statistics.median(seconds)
    task = f"emulator: campaigns.get by id, {call.wire}"
    return Row(task, "", rate, "calls a second of one core", Goal(_GOAL, at_least=True))


def _spent(call: _Call, connection: HTTPConnection, clock: Connection, calls: int) -> float:
    """The processor seconds that the server spends on so many calls."""
    began = _read(clock)
    for _ in range(calls):
        call.send(connection)
    return _read(clock) - began


def _calls() -> tuple[_Call, ...]:
    with Direct(_TOKEN) as direct:
        envelope = direct.envelope("campaigns", "get", _ASKED).body
    bearer = {"Authorization": f"Bearer {_TOKEN}"}
    action = {"SOAPAction": '"http://api.direct.yandex.com/v5/campaigns/get"'}
    body = json.dumps({"method": "get", "params": _ASKED}).encode()
    return (
        _Call("SOAP", "/v5/campaigns", envelope, bearer | action),
        _Call("JSON", "/json/v5/campaigns", body, bearer),
    )


@contextmanager
def _serving() -> Iterator[tuple[int, Connection]]:
    """The port of an emulator in a process of its own, and its clock: see _read."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        yield here.recv(), here
    finally:
        process.terminate()
        process.join()


def _serve(asked: Connection) -> None:
    with Emulator() as emulator, emulator.serve() as address:
        asked.send(int(address.rpartition(":")[2]))
        while True:
            asked.recv()
            asked.send(time.process_time())


def _read(clock: Connection) -> float:
    """The processor seconds that the server has spent so far."""
    clock.send(None)
    spent: float = clock.recv()
    return spent
