"""The emulator: assembles its parts and serves them; pipeline/stations.py has the stations of a request."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol import contract as contracts
from yadirect_soap.protocol import facts as documentation
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.messages import Request, Response, StreamedResponse

from .admin import AdminRouter
from .backend import Backend
from .domain import moderation
from .domain.account import Account
from .domain.switches import Switches
from .fixtures import demo_accounts, seed_file
from .http import requests_adapter
from .http.delivery import Delivery
from .http.public_address import root_address
from .http.server import Server
from .operations.call import Handler
from .operations.services import HANDLERS
from .pipeline.billing import Billing
from .pipeline.concurrency import MAX_CONCURRENT
from .pipeline.stations import Pipeline
from .reports import BuildLimits, Reports
from .storage.store import MEMORY, Store

ENDPOINT = "http://emulator.local"
"""The address of an emulator in process; no network has this name."""


class Emulator:
    """An emulator of the API over SOAP and JSON, with its own accounts, objects and units.

        with Emulator() as emulator:
            direct = Direct(token="demo-token", endpoint=emulator.endpoint, session=emulator.session())

    Two emulators with equal stores and clocks give equal responses to equal requests.  Safe to share among threads.

    - `accounts`: the accounts;  `store`: the objects;  `clock`: the time, which can be moved.
    - `faults`: injects faults;  `calls`: the last calls;  `feeds`: the files at the addresses of feeds.
    - `switches`: its behaviour where that of the API is not known.
    - `contract`, `facts`: the service contract, and the facts of the documentation.
    - `backend`: all these parts as one record.

    Args:
        store: The file that holds the objects, or ":memory:".
        seed: Fills a new store: True with the demo accounts, the name of a seed file with its accounts (its form is
            described in fixtures/seed_file.py), False with nothing.
        clock: Returns seconds since the epoch.
        contract: The service contract; the bundled one if it is left out.
        facts: The facts of the documentation; the bundled ones if they are left out.
        handlers: Functions by the key of their operation; the others are carried out by their verb.
        max_concurrent: Requests of one advertiser that are processed at a time.
        moderation_seconds: The duration of moderation by the clock; 0 accepts an ad immediately.
        sleep: Waits a number of seconds if a fault makes a response late; on a socket it is always time.sleep.
        statistics_seed: Decides the numbers in reports.
        report_limits: The maximum sizes of reports that are built immediately or queued; those of
            reports/build_limits.toml if they are left out.
        deletes_in_changes: Whether Changes reports the group and campaign of a deleted object as changed; what the API
            does is not known.
        public_url: The root address that WSDL files name, such as that of a proxy; None takes that of each request.
        strict: The mode for SOAP requests that depart from the published schema or SOAP 1.1: "error" refuses them
            with 8000, "warn" logs them, "off" accepts whatever the API accepts.
        api_date: The day whose API is emulated: changes of later days (docs/api-changes.md) do not apply yet.  None has
            the newest behaviour.  The clock does not depend on it.

    Raises:
        ConfigurationError: The seed file is wrong (it has every mistake), or `public_url`, `strict` or `api_date`.
    """

    endpoint = ENDPOINT

    def __init__(
        self,
        store: str | Path = MEMORY,
        *,
        seed: bool | str | Path = True,
        clock: Callable[[], float] = time.time,
        contract: Contract | None = None,
        facts: Facts | None = None,
        handlers: Mapping[str, Handler] = HANDLERS,
        max_concurrent: int = MAX_CONCURRENT,
        moderation_seconds: float = moderation.SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        statistics_seed: int = 0,
        report_limits: BuildLimits | None = None,
        deletes_in_changes: bool = False,
        public_url: str | None = None,
        strict: str = "off",
        api_date: date | None = None,
    ) -> None:
        day = _checked_day(api_date)
        switches = Switches(deletes_in_changes=checked_boolean("deletes_in_changes", deletes_in_changes))
        backend = Backend.over(
            Store(store),
            clock,
            contract=contract or contracts.bundled(),
            facts=facts or documentation.bundled(),
            switches=switches,
            api_date=day,
        )
        self.backend = backend
        self.store, self.accounts, self.clock = backend.store, backend.accounts, backend.clock
        self.contract, self.facts = backend.contract, backend.facts
        self.faults, self.calls, self.feeds = backend.faults, backend.calls, backend.feeds
        self.switches = backend.switches
        self._sleep = sleep
        self._reports = Reports(self.store, self.clock, seed=statistics_seed, limits=report_limits)
        self.pipeline = Pipeline(
            backend,
            self._reports,
            handlers=handlers,
            max_concurrent=max_concurrent,
            moderation_seconds=moderation_seconds,
            public_url=None if public_url is None else root_address(public_url),
            strict=strict,
        )
        if seed and next(iter(self.accounts), None) is None:
            self._seed(seed)

    def handle(self, request: Request) -> Delivery:
        """Answers a request, with the injected faults; never raises.

        An exception inside the emulator is logged and answered with error 1000.

        Args:
            request: the request.

        Returns:
            The response, and how it is delivered.
        """
        return self.pipeline.handle(request)

    def handle_streaming(self, request: Request) -> Response | StreamedResponse:
        """Answers a request without a connection, after the delay of a fault.

        Args:
            request: the request.

        Returns:
            The response; that of a finished report comes in pieces.

        Raises:
            ConnectionResetError: A fault resets the connection in place of a response.
        """
        delivery = self.handle(request)
        delivery.wait(self._sleep)
        if delivery.response is None:
            raise ConnectionResetError(_("a fault of the emulator resets the connection"))
        if delivery.stream is not None:
            return StreamedResponse(delivery.response.status, delivery.response.headers, delivery.stream)
        return delivery.response

    def handle_request(self, request: Request) -> Response:
        """Answers a request as handle_streaming() does, with the whole response in memory.

        Args:
            request: the request.

        Returns:
            The response.

        Raises:
            ConnectionResetError: A fault resets the connection in place of a response.
        """
        response = self.handle_streaming(request)
        if isinstance(response, Response):
            return response
        return Response(response.status, response.headers, b"".join(response.pieces))

    def session(self) -> requests.Session:
        """Returns a session whose requests to `endpoint` are answered in this process, without a socket."""
        return requests_adapter.session(self.handle, self.endpoint, sleep=self._sleep)

    def serve(
        self, port: int = 0, *, host: str = "127.0.0.1", control: bool = False, allowed_hosts: Iterable[str] = ()
    ) -> Server:
        """Listens on a port: `with Emulator().serve() as url: ...`.

        Args:
            port: 0 is any free one.
            host: The name or address to listen on.  Outside loopback it answers everybody who reaches the port.
            control: Whether the state of the emulator can be read and changed under /_emulator/, by anybody who
                reaches the port.
            allowed_hosts: Names in the Host header that are answered on loopback besides loopback's own.

        Returns:
            The server, which listens already.

        Raises:
            ConfigurationError: One of `allowed_hosts` is no host.
            OSError: The port is taken, or the host is not of this machine.
        """
        is_controlled = checked_boolean("control", control)
        handle = AdminRouter(self.backend, self.handle, host).handle if is_controlled else self.handle
        return Server(handle, host, port, allowed_hosts=allowed_hosts)

    def units_left(self, account: Account) -> int:
        """Looks up the units that an account may spend now.

        Args:
            account: an account of `emulator.accounts`.

        Returns:
            The units that are left.
        """
        return Billing(self.store, self.clock).balance(account)

    def save(self, path: str | Path) -> None:
        """Saves a snapshot of accounts, objects and units, for load().

        Args:
            path: the file, which gets mode 0600.

        Raises:
            ConfigurationError: It cannot be written.
        """
        self.store.save(path)

    def load(self, path: str | Path) -> None:
        """Restores a snapshot; the clock, planned faults and logged calls stay as they are.

        Args:
            path: the file that save() made.

        Raises:
            ConfigurationError: save() did not make the file; nothing is changed.
        """
        self.store.load(path)

    def close(self) -> None:
        """Closes the store and removes the finished reports."""
        self._reports.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _seed(self, source: bool | str | Path) -> None:
        try:
            if isinstance(source, str | Path):
                seed_file.load(self.backend, source)
            else:
                with self.store.transaction():
                    demo_accounts.seed(self.store, self.accounts)
        except BaseException:
            self.close()
            raise


def _checked_day(day: Any) -> date:
    if day is None:
        return date.max
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ConfigurationError(_("api_date is a datetime.date or None, not {day!r:.40}", day=day))
    return day
