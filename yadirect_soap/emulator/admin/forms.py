"""The forms of the pages: each button sends one request of the control API."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

from yadirect_soap.errors import ConfigurationError

from ..domain import currencies
from ..domain.account import AccountKind
from ..fault_injection.scenario_files import KINDS
from .html import ADMIN, Markup, element

Fields = Mapping[str, str]

_NUMBER = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}\.[0-9]{1,12}")
_MAX_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Form:
    """The request of the control API that a form stands for; `data` makes its body from the form's fields."""

    method: str
    resource: str
    data: Callable[[Fields], Any] = lambda fields: None

    def path(self, fields: Fields) -> str:
        """Returns the path of the resource; a form with a `number` is about one of its items."""
        return f"{self.resource}/{fields['number']}" if "number" in fields else self.resource


def read_fields(body: bytes) -> dict[str, str]:
    """Returns the fields of a form that were filled in; ConfigurationError for a body that is no form."""
    try:
        pairs = parse_qsl(body.decode("ascii"), strict_parsing=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        if not body:
            return {}
        raise ConfigurationError(f"the form cannot be read: {error}") from None
    return {name: value.strip() for name, value in pairs if value.strip()}


def advance_clock() -> Markup:
    """Moves the clock by days, hours and minutes."""
    spans = [_input(name, name.capitalize(), inputmode="decimal") for name in ("days", "hours", "minutes")]
    return form("advance-clock", "Advance", *spans)


def set_clock(moment: str) -> Markup:
    """Moves the clock to a moment in UTC."""
    return form("set-clock", "Set", _input("moment", "Time, UTC", type="datetime-local", step="1", value=moment))


def inject_fault(operations: list[str]) -> Markup:
    """Plans a fault."""
    return form(
        "inject-fault",
        "Inject",
        _select("kind", "Kind", list(KINDS)),
        _input("operation", "Operation", placeholder="*", list="operations"),
        element("datalist", *(element("option", value=name) for name in operations), id="operations"),
        _input("code", "Error code", inputmode="numeric"),
        _input("status", "HTTP status", inputmode="numeric"),
        _input("seconds", "Seconds", inputmode="decimal"),
        _input("times", "Calls", placeholder="1", inputmode="numeric"),
        _input("endless", "All calls", type="checkbox"),
    )


def new_account() -> Markup:
    """Creates an account; empty fields are generated."""
    return form(
        "new-account",
        "Create",
        _input("login", "Login", placeholder="generated"),
        _select("kind", "Kind", list(AccountKind)),
        _input("agency", "Agency of a client"),
        _select("currency", "Currency", sorted(currencies.codes(), key=lambda name: name != "RUB")),
        _input("daily_units", "Daily units", placeholder="160000", inputmode="numeric"),
    )


def form(action: str, label: str, *controls: object, **hidden: str) -> Markup:
    """Returns a form with a button; `hidden` are fields with fixed values."""
    values = [element("input", type="hidden", name=name, value=value) for name, value in hidden.items()]
    button = element("button", label, type="submit")
    return element("form", *values, *controls, button, method="post", action=f"{ADMIN}/{action}")


def _input(name: str, label: str, **attributes: str) -> Markup:
    return element("label", label, element("input", name=name, **({"size": "8"} | attributes)))


def _select(name: str, label: str, values: list[str]) -> Markup:
    options = [element("option", value) for value in values]
    return element("label", label, element("select", *options, name=name))


def _values(fields: Fields) -> dict[str, Any]:
    """Converts texts of numbers in the fields to numbers; the control API refuses other texts in number fields."""
    return {name: _value(text) for name, text in fields.items()}


def _value(text: str) -> str | int | Decimal:
    if _NUMBER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _fault(fields: Fields) -> dict[str, Any]:
    values = _values(fields)
    return values | {"times": None} if values.pop("endless", None) else values


def _account(fields: Fields) -> dict[str, Any]:
    units = {name: _value(text) for name, text in fields.items() if name == "daily_units"}
    return dict(fields) | units


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "advance-clock": Form("POST", "clock", lambda fields: {"advance": _values(fields)}),
        "set-clock": Form("POST", "clock", lambda fields: {"set": f"{fields.get('moment', '')}+00:00"}),
        "freeze-clock": Form("POST", "clock", lambda fields: {"freeze": True}),
        "resume-clock": Form("POST", "clock", lambda fields: {"freeze": False}),
        "inject-fault": Form("POST", "faults", _fault),
        "cancel-fault": Form("DELETE", "faults"),
        "new-account": Form("POST", "accounts", _account),
        "set-switch": Form("POST", "switches", lambda fields: {fields.get("name", ""): fields.get("on") == "true"}),
        "forget-calls": Form("DELETE", "calls"),
    }
)
"""The forms by the last part of their address, /_emulator/admin/advance-clock."""
