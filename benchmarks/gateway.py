"""Measures calls through the gateway compared with direct calls, over sockets and with validation.

The own processor time of the gateway is that of its process minus that of a direct call.  It is measured besides the
elapsed time, which on a busy machine depends mostly on other processes.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from yadirect_soap import Direct
from yadirect_soap.gateway import application
from yadirect_soap.gateway import serving as serving_gateway
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled

from .measured_process import ServerProcess, emulator_process, report_use, server_process
from .read_all_ads import SMALL
from .server import serving as serving_pages
from .table import Goal, Row, slower

_THREADS = 8
_P50, _P99, _RATE, _PAGE = 3.0, 15.0, 300.0, 1.3
_MEMORY = 16.0
"""The megabytes that a response of any size may add to the gateway's memory."""
_LARGER = 5
_PARAMS = {"SelectionCriteria": {"Ids": [700000001]}, "FieldNames": ["Id", "Name"]}


def measure(calls: int, page: int, rounds: int) -> list[Row]:
    """Measures a number of small calls, and a page with a number of ads."""
    with emulator_process() as emulator, _gateway(emulator.address) as gateway:
        direct_times, gateway_times, own_seconds = _small_calls(emulator.address, gateway, calls)
        rate = _rate(gateway.address, calls)
    costs = [1000 * (ours - theirs) for ours, theirs in zip(gateway_times, direct_times, strict=True)]
    middle, late = statistics.median(costs), costs[int(len(costs) * 0.99)]
    return [
        Row("gateway: own cost of a small call, p50", "the direct call", middle, "ms", Goal(_P50)),
        Row("gateway: own cost of a small call, p99", "the direct call", late, "ms", Goal(_P99)),
        Row("gateway: own processor time of a small call", "the direct call", 1000 * own_seconds, "ms", Goal(_P50)),
        Row(f"gateway: small calls, {_THREADS} callers", "-", rate, "calls/s", Goal(_RATE, at_least=True)),
        *_page(page, rounds),
        _memory(page),
        _memory(page * _LARGER),
    ]


def _small_calls(api: str, gateway: ServerProcess, calls: int) -> tuple[list[float], list[float], float]:
    """Returns the sorted times of direct calls and of those through the gateway, and its own processor time a call."""
    with (
        Direct("demo-token", endpoint=api, concurrency=5) as direct,
        _caller(gateway.address, "campaigns", _PARAMS) as post,
    ):
        ways: tuple[Callable[[], object], ...] = (lambda: direct.call("campaigns", "get", _PARAMS), post)
        for way in ways * 20:
            way()
        pairs = [[_seconds(way) for way in ways] for _ in range(calls)]
        processor_times = [_processor(gateway, way, calls) for way in ways]
    direct_times, gateway_times = (sorted(times) for times in zip(*pairs, strict=True))
    # A direct call uses the processor in this process, the other one in the process of the gateway.
    return direct_times, gateway_times, (processor_times[1][1] - processor_times[0][0]) / calls


def _processor(gateway: ServerProcess, way: Callable[[], object], calls: int) -> tuple[float, float]:
    """Returns the processor seconds of a number of calls in this process and in the gateway's."""
    here, there = time.process_time(), gateway.resource_use().seconds
    for _ in range(calls):
        way()
    return time.process_time() - here, gateway.resource_use().seconds - there


def _rate(gateway: str, calls: int) -> float:
    def work(_: int) -> None:
        with _caller(gateway, "campaigns", _PARAMS) as post:
            for _ in range(calls // _THREADS):
                post()

    with ThreadPoolExecutor(_THREADS) as pool:
        began = time.perf_counter()
        list(pool.map(work, range(_THREADS)))
        return calls // _THREADS * _THREADS / (time.perf_counter() - began)


def _page_params(page: int) -> Mapping[str, object]:
    return {"SelectionCriteria": {"CampaignIds": [1]}, "FieldNames": ["Id"], "Page": {"Limit": page, "Offset": 0}}


def _page(page: int, rounds: int) -> list[Row]:
    """Measures a page of ads through the gateway compared with the direct call: elapsed time, and processor time."""
    params = _page_params(page)
    with (
        serving_pages(page, 1) as api,
        _gateway(api) as gateway,
        Direct("made-up", endpoint=api, version="v5") as direct,
        _caller(gateway.address, "ads", params) as post,
    ):
        ways: tuple[Callable[[], object], ...] = (post, lambda: direct.call("ads", "get", params))
        for way in ways:
            way()
        ours, theirs = (statistics.median(_seconds(way) for _ in range(rounds)) for way in ways)
        processor = [sum(_processor(gateway, way, rounds)) / rounds for way in ways]
    name = f"gateway: a page of {page:,} ads"
    return [
        slower(name, "the direct call", (ours, theirs), _PAGE),
        slower(f"{name}, processor time", "the direct call", (processor[0], processor[1]), _PAGE),
    ]


def _memory(page: int) -> Row:
    """Measures by how much a page of ads increases the peak memory of a gateway that has answered a small page."""
    with serving_pages(page, 1) as api, _gateway(api) as gateway:
        for size in (SMALL, page):
            before = gateway.resource_use().memory
            with _caller(gateway.address, "ads", _page_params(size)) as post:
                length = len(post())
        megabytes = (gateway.resource_use().memory - before) / 1e6
    name = f"gateway: memory of a page of {length / 1e6:,.0f} MB"
    return Row(name, "small answers", megabytes, "MB", Goal(_MEMORY))


def _gateway(api: str) -> AbstractContextManager[ServerProcess]:
    """Starts a gateway in a new process."""
    return server_process(_serve, api)


def _serve(connection: Connection, api: str) -> None:
    with Direct("demo-token", endpoint=api) as direct, serving_gateway(application(direct)) as address:
        report_use(connection, address)


@contextmanager
def _caller(gateway: str, service: str, params: Mapping[str, object]) -> Iterator[Callable[[], bytes]]:
    """Yields a function that posts a get over an open connection."""
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
