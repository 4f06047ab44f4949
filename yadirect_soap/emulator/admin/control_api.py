"""The control API of the emulator: faults, clock, accounts, calls; each resource is a row of one table.

GET    faults           what is planned            POST   faults       plans a row, or a list of rows
PUT    faults           plans a whole scenario     DELETE faults[/N]   cancels all, or one
GET    clock            the time                   POST   clock        advances, sets, freezes or resumes it
GET    accounts         all logins                 POST   accounts     makes an account and its token
GET    calls            the last calls             DELETE calls        forgets them
GET    feeds            addresses with feeds       POST   feeds        puts the contents of a feed at an address
GET    switches         how they stand             POST   switches     sets those that are named
"""

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..backend import Backend
from ..call_log.call_log import RecordedCall
from ..domain.account import Account
from ..fault_injection import scenario_files
from ..fixtures import new_accounts
from ..user_files.records import shown

Result = tuple[int, Any]

_NUMBER = re.compile("[0-9]{1,18}")
_SPANS = ("days", "hours", "minutes", "seconds")
_FARTHEST = 36_525
"""The most days of one jump, since a calendar ends; a longer one is likely a mistake."""
_FIRST_YEAR, _LAST_YEAR = 1971, 2999
"""The years to which the clock can be set."""


class WrongMethod(Exception):
    """The resource does not have that method."""


def handle(backend: Backend, method: str, path: str, data: Any) -> Result:
    """Returns the HTTP status and the data of a response.

    Raises ConfigurationError for wrong data, LookupError for an unknown resource, and WrongMethod.
    """
    name, __, key = path.partition("/")
    known = {verb for verb, resource in _RESOURCES if resource == name}
    if not known:
        raise LookupError(
            _(
                "nothing is at {path!r}; there are {names}",
                path=path,
                names=", ".join(sorted({resource_name for __, resource_name in _RESOURCES})),
            )
        )
    act = _RESOURCES.get((method, name))
    if act is None:
        raise WrongMethod(f"{name} takes {', '.join(sorted(known))}")
    return act(backend, key, data)


def _faults(backend: Backend, key: str, data: Any) -> Result:
    return 200, {
        "random_seed": backend.faults.seed,
        "faults": [scenario_files.row(planned) for planned in backend.faults.planned],
    }


def _inject(backend: Backend, key: str, data: Any) -> Result:
    plans = scenario_files.scenario({"faults": data if isinstance(data, list) else [data]}).plans
    return 201, {"numbers": backend.faults.extend(plans)}


def _replace(backend: Backend, key: str, data: Any) -> Result:
    backend.faults.play(scenario_files.scenario(data))
    return _faults(backend, key, data)


def _cancel(backend: Backend, key: str, data: Any) -> Result:
    if key:
        backend.faults.cancel(int(key) if _NUMBER.fullmatch(key) else 0)
    else:
        backend.faults.clear()
    return _faults(backend, key, data)


def _clock(backend: Backend, key: str, data: Any) -> Result:
    return 200, {"now": backend.clock.moment.isoformat()}


def _move(backend: Backend, key: str, data: Any) -> Result:
    """One of {"advance": {"hours": 1}}, {"set": "2026-01-31T12:00:00+00:00"}, {"freeze": true}, {"freeze": false}."""
    match data:
        case {"advance": {**spans}}:
            backend.clock.advance(**_span(spans))
        case {"set": str(moment)}:
            backend.clock.set(_moment(moment))
        case {"freeze": bool(freeze)}:
            (backend.clock.freeze if freeze else backend.clock.resume)()
        case _:
            raise ConfigurationError(
                _('found {data!s:.200}, expected {{"advance": {{"hours": 1}}}}, {{"set": ...}} or "freeze"', data=data)
            )
    return _clock(backend, key, data)


def _accounts(backend: Backend, key: str, data: Any) -> Result:
    return 200, {"accounts": [_shown(account) for account in backend.accounts]}


def _add_account(backend: Backend, key: str, data: Any) -> Result:
    """Creates an account with the members of Account, and a token."""
    if data is not None and not isinstance(data, Mapping):
        raise ConfigurationError(
            _("$: found {value}, expected an object with members of an account", value=shown(data))
        )
    members = dict(data or {})
    token = members.pop("token", None)
    if token is not None and not isinstance(token, str):
        raise ConfigurationError(_("$.token: found {value}, expected a text", value=shown(token)))
    new_account = new_accounts.create(backend, members, token=token)
    return 201, _shown(new_account.account) | {"token": new_account.token}


def _calls(backend: Backend, key: str, data: Any) -> Result:
    calls = [called for called in backend.calls if not key or called.operation == key]
    return 200, {"calls": [_call_data(called) for called in calls]}


def _forget(backend: Backend, key: str, data: Any) -> Result:
    backend.calls.clear()
    return _calls(backend, key, data)


def _feeds(backend: Backend, key: str, data: Any) -> Result:
    return 200, {"addresses": backend.feeds.addresses}


def _put_feed(backend: Backend, key: str, data: Any) -> Result:
    """Puts a feed of {"url": ..., "contents": a text} or {"url": ..., "base64": the bytes of a file}."""
    match data:
        case {"url": str(url), "contents": str(contents), **rest} if not rest:
            backend.feeds.put(url, contents)
        case {"url": str(url), "base64": str(encoded), **rest} if not rest:
            backend.feeds.put(url, _decoded(encoded))
        case _:
            raise ConfigurationError(_('$: expected {"url": ..., "contents": ...} or {"url": ..., "base64": ...}'))
    return 201, {"addresses": backend.feeds.addresses}


def _switches(backend: Backend, key: str, data: Any) -> Result:
    return 200, backend.switches.as_dict()


def _set_switches(backend: Backend, key: str, data: Any) -> Result:
    """Sets switches of {"deletes_in_changes": true}."""
    if not isinstance(data, Mapping):
        raise ConfigurationError(
            _("$: found {value}, expected an object with switches by their names", value=shown(data))
        )
    backend.switches.set(data)
    return _switches(backend, key, data)


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ConfigurationError(f"$.base64: {error}") from None


def _call_data(called: RecordedCall) -> dict[str, Any]:
    response = called.delivery.response
    return {
        "number": called.number,
        "at": called.at,
        "operation": called.operation,
        "wire": called.wire,
        "params": called.params,
        "result": called.result,
        "error_code": called.error.code if called.error else None,
        "outcome": called.outcome,
        "departures": called.departures,
        "status": response.status if response else None,
    }


def _shown(account: Account) -> dict[str, Any]:
    return {"login": account.login, "client_id": account.client_id, "kind": account.kind, "agency": account.agency}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"$.set: {error}") from None
    if moment.tzinfo is None:
        raise ConfigurationError(_("$.set: found {text}, expected a moment with its time zone", text=text))
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ConfigurationError(
            _(
                "$.set: found {text}, expected a year from {first_year} to {last_year}",
                text=text,
                first_year=_FIRST_YEAR,
                last_year=_LAST_YEAR,
            )
        )
    return moment


def _span(spans: Mapping[Any, Any]) -> dict[str, float]:
    for name, value in spans.items():
        numeric = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if name not in _SPANS or not numeric or abs(value) > _FARTHEST:
            raise ConfigurationError(
                _(
                    "$.advance.{name}: found {value}, expected numbers of {spans}",
                    name=name,
                    value=shown(value),
                    spans=", ".join(_SPANS),
                )
            )
    return {name: float(value) for name, value in spans.items()}


_RESOURCES: Mapping[tuple[str, str], Callable[[Backend, str, Any], Result]] = MappingProxyType(
    {
        ("GET", "faults"): _faults,
        ("POST", "faults"): _inject,
        ("PUT", "faults"): _replace,
        ("DELETE", "faults"): _cancel,
        ("GET", "clock"): _clock,
        ("POST", "clock"): _move,
        ("GET", "accounts"): _accounts,
        ("POST", "accounts"): _add_account,
        ("GET", "calls"): _calls,
        ("DELETE", "calls"): _forget,
        ("GET", "feeds"): _feeds,
        ("POST", "feeds"): _put_feed,
        ("GET", "switches"): _switches,
        ("POST", "switches"): _set_switches,
    }
)
