"""What every test stands on: how hypothesis searches, and an environment without a developer's settings."""

import os
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


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """Hides the developer's tokens, endpoints and proxies from the tests and what they start."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("YADIRECT_") or name.upper() in _PROXIES:
                patch.delenv(name)
        yield
