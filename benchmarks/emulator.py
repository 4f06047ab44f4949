"""What the emulator's process spends: on small calls over one connection that stays open, and on a large account."""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator, ManyAds
from yadirect_soap.emulator.special import HANDLERS

from .rounds import peak_memory
from .table import Goal, Row, Unequal

_GOAL = 1000
_MEMORY = 20.0
_MIB = 2**20
_UNITS = 100_000_000
"""So many that no measurement ends for want of them."""
_TOKEN = "demo-token"
_CAMPAIGN = 700_000_001
_ASKED = {"SelectionCriteria": {"Ids": [_CAMPAIGN]}, "FieldNames": ["Id", "Name"]}


class _Spent(NamedTuple):
    """Processor seconds, and the most bytes of memory."""

    seconds: float
    memory: int


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
    with _serving() as (address, gauge):
        return [_row(call, address, gauge, calls=calls, rounds=rounds) for call in _calls()]


def measure_many(ads: int) -> list[Row]:
    """The rows of a walk by items() through so many generated ads, as the emulator feels it."""
    with _serving(ads) as (address, gauge), Direct(_TOKEN, endpoint=address) as direct:
        walk = {"SelectionCriteria": {"CampaignIds": [_CAMPAIGN]}, "FieldNames": ["Id", "AdGroupId", "State"]}
        first = direct.ads.get(**walk, Page={"Limit": 10_000})
        began = _read(gauge)
        found = sum(1 for _ in direct.ads.items(**walk))
        ended = _read(gauge)
    if (found, len(first)) != (ads, min(ads, 10_000)):
        raise Unequal(f"{found} ads came of {ads}")
    task = f"emulator: items() over {ads:,} generated ads"
    growth = (ended.memory - began.memory) / _MIB
    return [
        Row(task, "", ads / (ended.seconds - began.seconds), "ads a second of one core"),
        Row(task, "one page of them", growth, "MiB of the emulator's memory more", Goal(_MEMORY)),
    ]


def _row(call: _Call, address: str, gauge: Connection, *, calls: int, rounds: int) -> Row:
    connection = HTTPConnection(address.removeprefix("http://"))
    call.send(connection)
    seconds = [_spent(call, connection, gauge, calls) for _ in range(rounds)]
    connection.close()
    rate = calls / statistics.median(seconds)
    task = f"emulator: campaigns.get by id, {call.wire}"
    return Row(task, "", rate, "calls a second of one core", Goal(_GOAL, at_least=True))


def _spent(call: _Call, connection: HTTPConnection, gauge: Connection, calls: int) -> float:
    """The processor seconds that the server spends on so many calls."""
    began = _read(gauge).seconds
    for _ in range(calls):
        call.send(connection)
    return _read(gauge).seconds - began


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
def _serving(ads: int = 0) -> Iterator[tuple[str, Connection]]:
    """The address of an emulator in a process of its own, with so many generated ads, and its gauge: see _read."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, ads), daemon=True)
    process.start()
    there.close()
    try:
        yield here.recv(), here
    finally:
        process.terminate()
        process.join()


def _serve(asked: Connection, ads: int) -> None:
    handlers = ManyAds(ads, campaign=_CAMPAIGN).handlers if ads else HANDLERS
    with Emulator(handlers=handlers) as emulator, emulator.serve() as address:
        account = emulator.accounts.by_token(_TOKEN)
        assert account is not None
        emulator.accounts.update(replace(account, daily_units=_UNITS))
        asked.send(address)
        while True:
            asked.recv()
            asked.send(_Spent(time.process_time(), peak_memory()))


def _read(gauge: Connection) -> _Spent:
    """What the server has spent so far."""
    gauge.send(None)
    spent: _Spent = gauge.recv()
    return spent
