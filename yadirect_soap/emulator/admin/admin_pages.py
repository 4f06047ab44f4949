"""The emulator's pages for a browser: accounts, objects, calls, units and planned faults."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
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
from ..domain.resources import resources
from ..fault_injection.scenario_files import row
from ..pipeline.billing import Billing
from .html import Markup, element, joined, link, page, table

_CALLS = 50
_NUMBER = re.compile("[0-9]{1,18}")
_COLUMNS = frozenset({"number", "kind", "operation", "met", "remaining"})
_OBJECTS = 50
_SHOWN = 40_000
"""Characters of a message; an image in base64 can be much longer."""


def style() -> bytes:
    """The style sheet of all pages."""
    return (files(__package__) / "style.css").read_bytes()


def page_at(backend: Backend, path: str) -> bytes:
    """The page at a path under /_emulator/admin; LookupError if there is none."""
    match [unquote(part) for part in path.split("/")]:
        case [""]:
            return _overview(backend)
        case ["accounts", login]:
            return _account(backend, _known(backend, login))
        case ["accounts", login, service, *after] if service in resources() and len(after) < 2:
            return _objects(backend, _known(backend, login), service, after[0] if after else "")
        case ["calls", number]:
            return _call(_recorded_call(backend, number))
    raise LookupError(f"no page is at {path!r}")


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
    faults = [_planned(row(planned)) for planned in backend.faults.planned]
    calls = [_line(called) for called in reversed(list(backend.calls)[-_CALLS:])]
    return page(
        "Emulator",
        element("p", f"Its clock shows {backend.clock.moment:%Y-%m-%d %H:%M:%S} UTC.", class_="note"),
        element("h2", "Accounts"),
        table(("Login", "Kind", "Agency", "Currency", "Units left"), accounts),
        element("h2", "Planned faults"),
        table(("Number", "Kind", "Operation", "Particulars", "Met", "Remaining"), faults),
        element("h2", "Last calls"),
        table(("Number", "Time", "Operation", "Wire", "Login", "Outcome", "Departures", "Units"), calls),
    )


def _planned(of: dict[str, Any]) -> tuple[object, ...]:
    parameters = {name: value for name, value in of.items() if name not in _COLUMNS and value not in (None, "")}
    particulars = ", ".join(f"{name} {value}" for name, value in parameters.items())
    remaining = "no end" if of["remaining"] is None else of["remaining"]
    return of["number"], of["kind"], of["operation"], particulars, of["met"], remaining


def _line(called: RecordedCall) -> tuple[object, ...]:
    fields: Mapping[str, str] = called.delivery.response.headers if called.delivery.response else {}
    outcome = called.outcome
    return (
        link(called.number, "calls", str(called.number)),
        f"{datetime.fromtimestamp(called.at, UTC):%H:%M:%S}",
        called.operation,
        called.wire,
        called.request.headers.get("Client-Login") or fields.get("Units-Used-Login", ""),
        outcome if outcome == "ok" else element("span", outcome, class_="failed"),
        element("span", len(called.departures), class_="failed") if called.departures else "",
        fields.get("Units", ""),
    )


def _account(backend: Backend, account: Account) -> bytes:
    counts = [(service, backend.store.count(service, account.login)) for service in sorted(resources())]
    rows = [(link(service, "accounts", account.login, service), count) for service, count in counts if count]
    about = f"{account.kind}, ClientId {account.client_id}, {_units_left(backend, account)} units left"
    return page(account.login, element("p", about, class_="note"), table(("Service", "Objects"), rows))


def _objects(backend: Backend, account: Account, service: str, after: str) -> bytes:
    beyond = (int(after) if _NUMBER.fullmatch(after) else after) or None
    page_rows = backend.store.page(service, account.login, after=beyond, limit=_OBJECTS)
    rows = [(row.id, _time(row.changed), _source(_json(row.document))) for row in page_rows]
    more = link("Next", "accounts", account.login, service, str(page_rows[-1].id)) if len(page_rows) == _OBJECTS else ""
    of = link(account.login, "accounts", account.login)
    return page(
        f"{service} of {account.login}", element("p", of), table(("Id", "Changed", "Object"), rows), element("p", more)
    )


def _call(called: RecordedCall) -> bytes:
    about = f"{called.outcome}, over {called.wire}, at {_time(called.at)} UTC"
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
    """A message on both wires, side by side; only as it came if the other wire does not have it."""
    if over is None:
        return _source(body.decode("utf-8", "replace"))
    sides = [
        element("div", element("h3", title), _source(_in_wire(over, wire, pretty)))
        for title, wire, pretty in (("XML", "soap", _pretty_xml), ("JSON", "json", _pretty_json))
    ]
    return element("div", *sides, class_="sides")


def _in_wire(over: Over, wire: str, pretty: Callable[[bytes], str]) -> str:
    """A message on one wire, or the reason why the wire cannot carry it: SOAP has no empty list."""
    try:
        return pretty(over(wire))
    except EncodeError as error:
        return f"{error.json_path}: this wire cannot carry {error.found}"


def _pretty_xml(body: bytes) -> str:
    return str(minidom.parseString(body).toprettyxml(indent="  ")).strip()  # noqa: S318  our own message


def _pretty_json(body: bytes) -> str:
    return _json(simplejson.loads(body, use_decimal=True))


def _source(text: str) -> Markup:
    cut = f"{text[:_SHOWN]}\n... and {len(text) - _SHOWN} characters more" if len(text) > _SHOWN else text
    return element("pre", cut)


def _time(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"


def _json(value: object) -> str:
    return simplejson.dumps(value, ensure_ascii=False, use_decimal=True, indent=2, default=str)


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
