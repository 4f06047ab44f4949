"""What a call through the gateway takes beside the direct call, over sockets and with validation on."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from yadirect_soap import Direct
from yadirect_soap.gateway import application
from yadirect_soap.gateway import serving as serving_gateway
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled

from .emulator_process import emulator_process
from .server import serving as serving_pages
from .server_process import running
from .table import Goal, Row, slower

_THREADS = 8
_P50, _P99, _RATE, _PAGE = 3.0, 15.0, 300.0, 1.3
_PARAMS = {"SelectionCriteria": {"Ids": [700000001]}, "FieldNames": ["Id", "Name"]}


def measure(calls: int, page: int, rounds: int) -> list[Row]:
    """The rows of so many small calls, and of a page of so many ads."""
    with emulator_process() as emulator, _gateway(emulator.address) as address:
        direct_times, gateway_times = _small_calls(emulator.address, address, calls)
        rate = _rate(address, calls)
    costs = [1000 * (ours - theirs) for ours, theirs in zip(gateway_times, direct_times, strict=True)]
    middle, late = statistics.median(costs), costs[int(len(costs) * 0.99)]
    return [
        Row("gateway: own cost of a small call, p50", "the direct call", middle, "ms", Goal(_P50)),
        Row("gateway: own cost of a small call, p99", "the direct call", late, "ms", Goal(_P99)),
        Row(f"gateway: small calls, {_THREADS} callers", "-", rate, "calls/s", Goal(_RATE, at_least=True)),
        _page(page, rounds),
    ]


def _small_calls(api: str, gateway: str, calls: int) -> tuple[list[float], list[float]]:
    """The times of each way, from the shortest to the longest."""
    with Direct("demo-token", endpoint=api, concurrency=5) as direct, _caller(gateway, "campaigns", _PARAMS) as post:
        ways: tuple[Callable[[], object], ...] = (lambda: direct.call("campaigns", "get", _PARAMS), post)
        for way in ways * 20:
            way()
        pairs = [[_seconds(way) for way in ways] for _ in range(calls)]
    direct_times, gateway_times = (sorted(times) for times in zip(*pairs, strict=True))
    return direct_times, gateway_times


def _rate(gateway: str, calls: int) -> float:
    def work(_: int) -> None:
        with _caller(gateway, "campaigns", _PARAMS) as post:
            for _ in range(calls // _THREADS):
                post()

    with ThreadPoolExecutor(_THREADS) as pool:
        began = time.perf_counter()
        list(pool.map(work, range(_THREADS)))
        return calls // _THREADS * _THREADS / (time.perf_counter() - began)


def _page(page: int, rounds: int) -> Row:
    """A page of ads through the gateway beside the direct call of it."""
    params = {"SelectionCriteria": {"CampaignIds": [1]}, "FieldNames": ["Id"], "Page": {"Limit": page, "Offset": 0}}
    with (
        serving_pages(page, 1) as api,
        _gateway(api) as gateway,
        Direct("made-up", endpoint=api, version="v5") as direct,
        _caller(gateway, "ads", params) as post,
    ):
        ways: tuple[Callable[[], object], ...] = (post, lambda: direct.call("ads", "get", params))
        for way in ways:
            way()
        ours, theirs = (statistics.median(_seconds(way) for _ in range(rounds)) for way in ways)
    return slower(f"gateway: a page of {page:,} ads", "the direct call", (ours, theirs), _PAGE)


@contextmanager
def _gateway(api: str) -> Iterator[str]:
    """The address of a gateway in a process of its own."""
    with running(_serve, api) as address:
        yield address


def _serve(ready: Connection, api: str) -> None:
    with Direct("demo-token", endpoint=api) as direct, serving_gateway(application(direct)) as address:
        ready.send(urlsplit(address).port)
        while True:
            time.sleep(3600)


@contextmanager
def _caller(gateway: str, service: str, params: Mapping[str, object]) -> Iterator[Callable[[], bytes]]:
    """A function that posts a get over a connection that stays open."""
    body = soap.encode_request(bundled().operation(service, "get"), params)
    connection = HTTPConnection(urlsplit(gateway).netloc, timeout=120)

    def post() -> bytes:
        connection.request("POST", f"/v5/{service}", body, {"Content-Type": "text/xml"})
        response = connection.getresponse()
        content = response.read()
        assert response.status == 200, content
        assert b"GetResponse" in content, content
        return content

    try:
        yield post
    finally:
        connection.close()


def _seconds(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began
