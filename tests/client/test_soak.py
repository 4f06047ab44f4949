"""Seeded random faults: whatever happened on the way, the account holds what the callers were told.

`SOAK_CALLS=500 SOAK_SEED=7 make test ARGS=tests/client/test_soak.py` looks longer, and elsewhere.
"""

import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
import requests

from tests.client.fault_server import FaultServer, Occasion
from tests.client.faults import ACTED, CONNECTIONS, FINE, RIGHT, TUNNELS, UNDONE
from tests.client.servers import CERTIFICATE
from yadirect_soap import Direct, DirectError, Retry, Timeouts
from yadirect_soap.emulator import Emulator

CALLS = int(os.environ.get("SOAK_CALLS", "10"))
"""Writes of one run, of which there is one for each route, wire, session and number of threads."""
SEED = os.environ.get("SOAK_SEED", "1")
KINDS: Mapping[Occasion, tuple[tuple[str, ...], float]] = {
    "connection": (tuple(CONNECTIONS), 0.1),
    "tunnel": (tuple(TUNNELS), 0.3),
    "request": ((*RIGHT, *ACTED, *UNDONE), 0.5),
}
"""What may happen on an occasion, and how often it is drawn."""
SILENT = 0.1
"""How often a silence that was drawn is one: each costs the client's whole timeout."""
WORDS = "may have acted"
LIMITS = Timeouts(connect=0.5, read=0.5, total=5)


class Chance:
    """Picks by a seed: for each request by its body, so that threads cannot change what happens to it."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._occurrences: Counter[tuple[Occasion, int]] = Counter()

    def __call__(self, occasion: Occasion, body: bytes) -> str:
        key = (occasion, zlib.crc32(body))
        self._occurrences[key] += 1
        random = Random(f"{self._seed}/{key}/{self._occurrences[key]}")
        kinds, often = KINDS[occasion]
        name = random.choice(kinds) if random.random() < often else FINE
        return FINE if "silen" in name and random.random() >= SILENT else name


@dataclass
class Ledger:
    """What the callers were told: of each name its id or an error; and which reads gave another object than asked."""

    done: dict[str, int] = field(default_factory=dict)
    failed: dict[str, DirectError] = field(default_factory=dict)
    mistaken: list[str] = field(default_factory=list)

    def contradictions(self, stored: Mapping[str, list[int]]) -> Iterator[str]:
        """What was told and is not so, by name."""
        yield from self.mistaken
        for name, stored_id in self.done.items():
            if stored.get(name) != [stored_id]:
                yield f"{name} was told as {stored_id}, and there is {stored.get(name)}"
        for name, error in self.failed.items():
            ids = stored.get(name, [])
            if len(ids) > 1:
                yield f"{name} is there {len(ids)} times after {error!r}"
            if ids and not (error.sent and error.may_have_acted):
                yield f"{name} is there after {error!r}, sent={error.sent}"
            if error.may_have_acted != (WORDS in str(error)) or (error.may_have_acted and not error.sent):
                yield f"{name} failed with {error}, which does not say what it knows"


def _write(direct: Direct, name: str, ledger: Ledger) -> None:
    added: Any = {"Name": name, "NegativeKeywords": ["free"]}
    try:
        (outcome,) = direct.negativekeywordsharedsets.add(NegativeKeywordSharedSets=[added]).raise_for_errors()
    except DirectError as error:
        ledger.failed[name] = error
    else:
        assert isinstance(outcome.id, int)
        ledger.done[name] = outcome.id


def _read(direct: Direct, name: str, ledger: Ledger, *, flow: bool) -> None:
    params: Any = {"SelectionCriteria": {"Ids": [ledger.done[name]]}, "FieldNames": ["Name"]}
    service = direct.negativekeywordsharedsets
    try:
        objects = list(service.items(**params)) if flow else service.get(**params)
    except DirectError:
        return
    if objects != [{"Name": name}]:
        ledger.mistaken.append(f"a read of {name} gave {objects}")


def _work(direct: Direct, names: list[str], ledger: Ledger) -> None:
    """What one thread does: writes, and reads what it wrote."""
    for number, name in enumerate(names):
        _write(direct, name, ledger)
        if name in ledger.done:
            _read(direct, name, ledger, flow=number % 2 == 0)


@contextmanager
def _routed(route: str, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, str]]]:
    """The endpoint and the proxies that lead to the server."""
    if route == "environment":
        monkeypatch.setenv("HTTPS_PROXY", server.url)
    yield {
        "straight": (server.url, {}),
        "TLS": (server.url, {}),
        "HTTP proxy": ("http://api.invalid", {"http": server.url}),
        "CONNECT": ("https://127.0.0.1:1", {"https": server.url}),
        "environment": ("https://127.0.0.1:1", {}),
    }[route]


@contextmanager
def _session(owner: str, proxies: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The settings of a Direct with its own session, or with a user's."""
    if owner == "ours":
        yield {"proxies": proxies, "verify": CERTIFICATE}
        return
    with requests.Session() as session:
        session.proxies, session.verify = proxies, CERTIFICATE
        yield {"session": session}


def _stored(emulator: Emulator) -> dict[str, list[int]]:
    """The ids of what is in the account, by name."""
    stored: dict[str, list[int]] = {}
    with Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct:
        for shared_set in direct.negativekeywordsharedsets.items(FieldNames=["Id", "Name"]):
            stored.setdefault(shared_set["Name"], []).append(shared_set["Id"])
    return stored


@pytest.fixture(autouse=True)
def no_bundle_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No CA bundle of a developer's environment takes the place of the tests' own."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)


# A connection that is reset before the handshake begins: Python's ssl then loses the socket that it has just made.
@pytest.mark.filterwarnings("ignore:.*<ssl.SSLSocket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("owner", "threads"),
    [("ours", 1), ("ours", 8), ("user's", 8)],
    ids=["our session", "our session, 8 threads", "user's session, 8 threads"],
)
@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize("route", ["straight", "TLS", "HTTP proxy", "CONNECT", "environment"])
def test_the_account_holds_what_was_told(
    route: str, wire: Any, owner: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is doubled, nothing told as done is missing, nothing is there whose error did not say that it may be."""
    ledger = Ledger()
    chance = Chance(f"{SEED}/{route}/{wire}/{owner}/{threads}")
    with Emulator() as emulator, FaultServer(emulator, chance, tls=route == "TLS") as server:
        with _routed(route, server, monkeypatch) as (endpoint, proxies), _session(owner, proxies) as settings:
            settings |= {"endpoint": endpoint, "transport": wire, "timeout": LIMITS, "retry": Retry(wait_initial=0)}
            with Direct("demo-token", sleep=lambda _seconds: None, **settings) as direct:
                names = [f"soak-{number}" for number in range(CALLS)]
                with ThreadPoolExecutor(threads) as pool:
                    list(pool.map(lambda n: _work(direct, names[n::threads], ledger), range(threads)))
        stored = _stored(emulator)
    assert list(ledger.contradictions(stored)) == []
    assert ledger.done.keys() | ledger.failed.keys() == set(names)
    assert ledger.done != {}
