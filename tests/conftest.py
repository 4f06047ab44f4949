"""What every test stands on: how hypothesis searches, a clean environment, and how to run a part of each table."""

import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and every run, so that a red build is red for everyone.  A loaded machine
# is no failure of ours: no deadline, no complaint about a slow strategy.
settings.register_profile(
    "ci",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# New examples every time, and more of them: `make test ARGS=--hypothesis-profile=explore`.
settings.register_profile("explore", derandomize=False, deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("ci")

_PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --one-in: on a second Python or on older libraries, a part of each table of cases is enough."""
    text = "run every N-th case of each test that is not slow"
    parser.addoption("--one-in", type=int, default=1, metavar="N", help=text)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps the first case of each test and every N-th after it, and no slow test."""
    step = config.getoption("--one-in")
    if step == 1:
        return
    number: Counter[str] = Counter()
    selected: list[pytest.Item] = []
    deselected: list[pytest.Item] = []
    for item in items:
        test = item.nodeid.split("[")[0]
        left_out = number[test] % step or item.get_closest_marker("slow")
        (deselected if left_out else selected).append(item)
        number[test] += 1
    config.hook.pytest_deselected(items=deselected)
    items[:] = selected


@pytest.fixture(scope="session", autouse=True)
def signals_arrive() -> None:
    """Lets commands that tests start be interrupted: they inherit what a shell or nohup ignores, no handlers."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: None)


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """Hides the developer's tokens, endpoints, profiles, proxies and language from the tests and what they start."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("YADIRECT_") or name.upper() in _PROXIES:
                patch.delenv(name)
        # Messages are English wherever the tests run; those of the Russian ones set a language of their own.
        patch.setenv("LANGUAGE", "en")
        # An empty file: the developer's profiles are hidden too.
        patch.setenv("YADIRECT_CONFIG", os.devnull)
        yield
