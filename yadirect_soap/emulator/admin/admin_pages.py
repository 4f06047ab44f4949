"""The emulator's pages for a browser: the clock, accounts, units, planned faults and calls."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import unquote
from xml.dom import minidom

import simplejson

from yadirect_soap.protocol.scalars import EncodeError

from ..backend import Backend
from ..call_log.call_log import RecordedCall
from ..call_log.parsed_calls import Over
from ..domain.account import Account
from ..domain.clock import Clock
from ..domain.operation_keys import operation_keys
from ..domain.resources import resources
from ..fault_injection.scenario_files import row
from ..pipeline.billing import Billing
from ..storage.store import Key
from . import forms
from .html import Markup, element, indented_json, joined, link, page, source, table, timestamp
from .objects_page import objects_page

_CALLS = 50
_NUMBER = re.compile("[0-9]{1,18}")
_COLUMNS = frozenset({"number", "kind", "operation", "met", "remaining"})


def style() -> bytes:
    """Returns the style sheet of all pages."""
    return (files(__package__) / "style.css").read_bytes()


def page_at(backend: Backend, path: str, query: Mapping[str, str]) -> bytes:
    """Returns the page at a path under /_emulator/admin; LookupError if there is none."""
    match [unquote(part) for part in path.split("/")]:
        case [""]:
            return _overview(backend)
        case ["accounts", login]:
            return _account(backend, _known(backend, login))
        case ["accounts", login, service, *after] if service in resources() and len(after) < 2:
            return objects_page(
                backend.store,
                _known(backend, login),
                service,
                after=_key(after[0]) if after else None,
                words=query.get("filter", ""),
            )
        case ["calls", number]:
            return _call(_recorded_call(backend, number))
    raise LookupError(f"no page is at {path!r:.80}; the first page leads to all others")


def account_page(created: Mapping[str, Any]) -> bytes:
    """Returns the page of a new account, which alone shows its token."""
    return page(
        "New account",
        element("p", "The login ", link(created["login"], "accounts", created["login"]), " acts with this token:"),
        source(created["token"]),
        element("p", "The token is not stored and is not shown again.", class_="note"),
    )


def error_page(status: int, message: str) -> bytes:
    """Returns the page of a request that is refused."""
    return page(f"{status} {HTTPStatus(status).phrase}", element("p", message, class_="failed"))


def _overview(backend: Backend) -> bytes:
    accounts = [
        (
            link(account.login, "accounts", account.login),
            account.kind,
            account.agency,
            account.currency,
            f"{_units_left(backend, account)} of {account.daily_units}",
        )
        for account in backend.accounts
    ]
    return page(
        "Emulator",
        *_clock(backend.clock),
        element("h2", "Accounts"),
        table(("Login", "Kind", "Agency", "Currency", "Units left"), accounts),
        forms.new_account(),
        *_faults(backend),
        element("h2", "Switches"),
        *(_switch(name, on=on) for name, on in backend.switches.as_dict().items()),
        *_calls(backend),
    )


def _clock(clock: Clock) -> tuple[Markup, ...]:
    state = "It stands still." if clock.is_frozen else "It runs."
    turn = forms.form("resume-clock", "Resume") if clock.is_frozen else forms.form("freeze-clock", "Freeze")
    return (
        element("h2", "Clock"),
        element("p", f"It shows {clock.moment:%Y-%m-%d %H:%M:%S} UTC. {state}"),
        forms.advance_clock(),
        forms.set_clock(f"{clock.moment:%Y-%m-%dT%H:%M:%S}"),
        turn,
    )


def _faults(backend: Backend) -> tuple[Markup, ...]:
    planned = [_planned(row(fault)) for fault in backend.faults.planned]
    return (
        element("h2", "Planned faults"),
        table(("Number", "Kind", "Operation", "Particulars", "Met", "Remaining", ""), planned),
        forms.inject_fault(["*", *operation_keys(backend.contract)]),
        forms.form("cancel-fault", "Cancel all") if planned else joined(),
    )


def _switch(name: str, *, on: bool) -> Markup:
    turned = "off" if on else "on"
    state = f"{name} is {'on' if on else 'off'}"
    return forms.form("set-switch", f"Turn {turned}", element("span", state), name=name, on=str(not on).lower())


def _calls(backend: Backend) -> tuple[Markup, ...]:
    calls = [_line(called) for called in reversed(list(backend.calls)[-_CALLS:])]
    return (
        element("h2", "Last calls"),
        table(("Number", "Time", "Operation", "Outcome", "Wire", "Login", "Departures", "Units"), calls),
        forms.form("forget-calls", "Forget calls") if calls else joined(),
    )


def _planned(of: dict[str, Any]) -> tuple[object, ...]:
    parameters = {name: value for name, value in of.items() if name not in _COLUMNS and value not in (None, "")}
    particulars = ", ".join(f"{name} {value}" for name, value in parameters.items())
    remaining = "no end" if of["remaining"] is None else of["remaining"]
    cancel = forms.form("cancel-fault", "Cancel", number=str(of["number"]))
    return of["number"], of["kind"], of["operation"], particulars, of["met"], remaining, cancel


def _line(called: RecordedCall) -> tuple[object, ...]:
    fields: Mapping[str, str] = called.delivery.response.headers if called.delivery.response else {}
    return (
        link(called.number, "calls", str(called.number)),
        f"{datetime.fromtimestamp(called.at, UTC):%H:%M:%S}",
        called.operation,
        _outcome(called),
        called.wire,
        called.request.headers.get("Client-Login") or fields.get("Units-Used-Login", ""),
        _departure_count(called.departures),
        fields.get("Units", ""),
    )


def _outcome(called: RecordedCall) -> Markup:
    """Returns the outcome of a call; a call with failed items has a result, and so another mark than a refused one."""
    class_name = "ok" if called.outcome == "ok" else "partly" if called.result is not None else "failed"
    return element("span", called.outcome, class_=class_name)


def _departure_count(departures: tuple[str, ...]) -> Markup:
    """Returns the number of departures that strict mode found in a request, with their texts in the hint."""
    if not departures:
        return joined()
    return element("span", len(departures), class_="failed", title="\n".join(departures))


def _account(backend: Backend, account: Account) -> bytes:
    counts = [(service, backend.store.count(service, account.login)) for service in sorted(resources())]
    rows = [(link(service, "accounts", account.login, service), count) for service, count in counts if count]
    about = f"{account.kind}, ClientId {account.client_id}, {_units_left(backend, account)} units left"
    return page(account.login, element("p", about, class_="note"), table(("Service", "Objects"), rows))


def _call(called: RecordedCall) -> bytes:
    about = joined(_outcome(called), f", over {called.wire}, at ", timestamp(called.at), " UTC")
    return page(
        f"{called.number}: {called.operation}",
        element("p", about, class_="note"),
        _departures(called),
        element("h2", "Request"),
        _message(called.parsed.over, called.request.body),
        element("h2", "Answer"),
        _answer(called),
    )


def _departures(called: RecordedCall) -> Markup:
    if not called.departures:
        return joined()
    title = element("h2", "Departures from the XSD and SOAP 1.1")
    return joined(title, element("ul", *(element("li", text) for text in called.departures)))


def _answer(called: RecordedCall) -> Markup:
    response = called.delivery.response
    if response is None:
        return element("p", "The connection was reset in place of an answer.", class_="failed")
    fields = [f"{name}: {value}" for name, value in response.headers.items()]
    head = element("pre", "\n".join((f"HTTP {response.status}", *fields)))
    note = element("p", "The rest of the report is not remembered.", class_="note") if called.is_shortened else ""
    return joined(head, _message(called.parsed_response.over, response.body), note)


def _message(over: Over | None, body: bytes) -> Markup:
    """Returns a message on both wires, side by side; only as it came if the other wire does not have it."""
    if over is None:
        return source(body.decode("utf-8", "replace"))
    sides = [
        element("div", element("h3", title), source(_in_wire(over, wire, pretty)))
        for title, wire, pretty in (("XML", "soap", _pretty_xml), ("JSON", "json", _pretty_json))
    ]
    return element("div", *sides, class_="sides")


def _in_wire(over: Over, wire: str, pretty: Callable[[bytes], str]) -> str:
    """Returns a message on one wire, or the reason why the wire cannot carry it: SOAP has no empty list."""
    try:
        return pretty(over(wire))
    except EncodeError as error:
        return f"{error.json_path}: this wire cannot carry {error.found}"


def _pretty_xml(body: bytes) -> str:
    return str(minidom.parseString(body).toprettyxml(indent="  ")).strip()  # noqa: S318  our own message


def _pretty_json(body: bytes) -> str:
    return indented_json(simplejson.loads(body, use_decimal=True))


def _key(text: str) -> Key:
    """Returns an id in an address: a number, or a text such as the hash of an image."""
    return int(text) if _NUMBER.fullmatch(text) else text


def _units_left(backend: Backend, account: Account) -> int:
    return Billing(backend.store, backend.clock).balance(account)


def _known(backend: Backend, login: str) -> Account:
    if (account := backend.accounts.by_login(login)) is None:
        raise LookupError(f"no account {login!r}")
    return account


def _recorded_call(backend: Backend, number: str) -> RecordedCall:
    called = next((call for call in backend.calls if str(call.number) == number), None)
    if called is None:
        raise LookupError(f"no call of the number {number} is remembered")
    return called
