"""A gateway before an emulator in this process; only the gateway has the emulator's token."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.gateway.callers import Caller
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import Options, application

Open = Callable[..., Caller]


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator(moderation_seconds=0) as emulator:
        yield emulator


@pytest.fixture
def open_gateway(emulator: Emulator) -> Iterator[Open]:
    """Opens a gateway with options and settings of its Direct, and gives a caller of it."""
    with ExitStack() as opened:

        def open_gateway(
            options: Options | None = None, tokens: dict[str, str] | None = None, now: Any = None, **settings: Any
        ) -> Caller:
            usual: dict[str, Any] = {"token": "demo-token", "retry": None, "session": emulator.session()}
            direct = opened.enter_context(Direct(endpoint=emulator.endpoint, **usual | settings))
            if now is None:
                return Caller(application(direct, options, tokens))
            from yadirect_soap.gateway import Gateway

            return Caller(Gateway(direct, options, tokens, now=now))

        yield open_gateway


@pytest.fixture
def gateway(open_gateway: Open) -> Caller:
    """A caller of a gateway with the default options."""
    return open_gateway()
