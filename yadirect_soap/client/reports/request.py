"""A report definition that is completed, checked and encoded: the request that is sent until the report is ready."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import simplejson

from yadirect_soap.errors import InvalidParamsError, Violation
from yadirect_soap.language import _
from yadirect_soap.money import to_micros
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.dates import day_text
from yadirect_soap.protocol.messages import Headers, Request
from yadirect_soap.protocol.model import Kind, Operation, Shape
from yadirect_soap.protocol.reports import columns, delivery, facts
from yadirect_soap.protocol.reports.check import check as check_definition
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.protocol.reports.delivery import Delivery, Mode
from yadirect_soap.protocol.reports.facts import FieldKind
from yadirect_soap.protocol.reports.formats import FORMATS, Format
from yadirect_soap.protocol.scalars import EncodeError, is_list
from yadirect_soap.protocol.validation import describe_value

from .. import call_logging
from ..settings import Settings

OPERATION = Operation(
    "reports", "get", "", Shape("reports:Definition", Kind.OBJECT), Shape("reports:Rows", Kind.STRING)
)
"""The operation as which reports appear in logs, errors and the retry policy: a read."""

_DIGITS = 16
"""Hexadecimal digits of a definition's digest in its name; enough that no two definitions of an account collide."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A checked definition with its body, and how it is to be delivered."""

    settings: Settings
    definition: Mapping[str, Any]
    delivery: Delivery
    body: bytes

    @property
    def name(self) -> str:
        """The ReportName."""
        return str(self.definition.get("ReportName", ""))

    @property
    def columns(self) -> tuple[columns.Column, ...]:
        """The columns that the report will have."""
        return columns.of_definition(self.definition)

    @property
    def format(self) -> Format:
        """The format of the definition and of its errors."""
        return _format(self.settings)

    def http_request(self) -> Request:
        """Returns the HTTP request; except for the token it is always the same."""
        fields = self.settings.signed(OPERATION) | delivery.write_delivery(self.delivery)
        fields[headers.CONTENT_TYPE] = self.format.content_type
        return Request(self.settings.root + self.format.path(self.settings.version), Headers(fields), self.body)

    def changed(self, **members: Any) -> "ReportRequest":
        """Returns a copy with other members in their encoded form; nothing is converted or checked again."""
        definition = {**self.definition, **members}
        return replace(self, definition=definition, body=self.format.encode_definition(definition))


def build(
    definition: Mapping[str, Any], settings: Settings, *, mode: Mode, today: date, hour: int, unique: str = ""
) -> ReportRequest:
    """Builds the request for a report: completes and checks its definition as the settings say.

    A definition without a ReportName gets one made from its content, the day, the hour if its range may include today,
    and `unique`: the same definition on the same day (in the same hour) finds the same report, and no older one.

    Raises:
        InvalidParamsError: the definition is wrong; all mistakes are listed.
    """
    refused: list[Violation] = []
    delivery = Delivery(mode=mode, micros=settings.money == "micros")
    complete = _completed(definition, settings, refused)
    if "ReportName" not in complete:
        when = f"{today.isoformat()} {hour if _may_hold(today, complete) else ''} {unique}"
        complete["ReportName"] = _name(complete, delivery, settings, when)
    return ReportRequest(settings, complete, delivery, _body(complete, settings, mode, refused))


def _has_fields(definition: Mapping[str, Any]) -> bool:
    """Whether the definition has FieldNames: without them the report cannot be read, however little is checked."""
    names = definition.get("FieldNames")
    return is_list(names) and bool(names) and all(isinstance(name, str) for name in names)


def _completed(definition: Mapping[str, Any], settings: Settings, refused: list[Violation]) -> dict[str, Any]:
    """Completes the definition with defaults, and converts numbers and days of its criteria to texts.

    IncludeVAT defaults to NO, because the amounts of all other services are without VAT.
    """
    criteria = definition.get("SelectionCriteria", {})
    defaults = {"Format": "TSV", "IncludeVAT": "NO"}
    texts = criteria
    if isinstance(criteria, Mapping):
        texts = _criteria(criteria, settings, refused)
        if criteria.keys() & {"DateFrom", "DateTo"}:
            defaults["DateRangeType"] = facts.bundled().own_dates
    complete = {**defaults, **definition, "SelectionCriteria": texts}
    if is_list(goals := complete.get("Goals")):
        complete["Goals"] = [_text(goal) for goal in goals]
    return complete


def _criteria(criteria: Mapping[str, Any], settings: Settings, refused: list[Violation]) -> dict[str, Any]:
    texts = {name: _text(value) if name != "Filter" else value for name, value in criteria.items()}
    for name, value in criteria.items():
        if isinstance(value, datetime) and value.tzinfo is not None:
            call_logging.LOGGER.info("%s: %s %s is the day %s in Moscow", OPERATION.key, name, value, texts[name])
    if is_list(filters := criteria.get("Filter")):
        texts["Filter"] = [_filter(condition, index, settings, refused) for index, condition in enumerate(filters)]
    return texts


def _filter(condition: object, index: int, settings: Settings, refused: list[Violation]) -> object:
    if not isinstance(condition, Mapping) or not is_list(values := condition.get("Values")):
        return condition
    field = facts.bundled().fields.get(str(condition.get("Field")))
    in_units = settings.money == "decimal" and field is not None and field.kind is FieldKind.MONEY
    path = f"$.SelectionCriteria.Filter[{index}].Values"
    texts = [
        _micros(value, f"{path}[{position}]", refused) if in_units else _text(value)
        for position, value in enumerate(values)
    ]
    return {**condition, "Values": texts}


def _micros(amount: Any, path: str, refused: list[Violation]) -> str:
    """Converts an amount in a filter: filters compare with micros, whatever the report is written in."""
    try:
        return str(to_micros(amount, precision=6))
    except (TypeError, ValueError) as error:
        refused.append(Violation(path, describe_value(amount), _("an amount in currency units ({error})", error=error)))
        return "0"


def _text(value: object) -> object:
    """Returns the text of an int, a Decimal or a day; other values are left for the check."""
    if isinstance(value, date):
        try:
            return day_text(value)
        except ValueError:
            return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return value


def _may_hold(today: date, definition: Mapping[str, Any]) -> bool:
    """Whether the days of a definition may include today; True if only the service knows them."""
    name, criteria = definition.get("DateRangeType"), definition["SelectionCriteria"]
    try:
        if name == facts.bundled().own_dates:
            return date.fromisoformat(criteria["DateTo"]) >= today
        days = DateRange.of(str(name), today)
    except (KeyError, TypeError, ValueError):
        return True
    return days is None or days.last >= today


def _name(definition: Mapping[str, Any], delivery: Delivery, settings: Settings, when: str) -> str:
    identity = [definition, delivery.micros, settings.client_login, settings.language, settings.version, when]
    text = simplejson.dumps(identity, sort_keys=True, use_decimal=True, default=repr)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"{definition.get('ReportType', 'report')!s:.60} {digest[:_DIGITS]}"


def _body(definition: Mapping[str, Any], settings: Settings, mode: Mode, refused: list[Violation]) -> bytes:
    violations = refused + (check_definition(definition) + _mode(definition, mode) if settings.check != "off" else [])
    if not violations and not _has_fields(definition):
        violations = [Violation("$.FieldNames", _("no field names"), _("the names of the fields to read"))]
    if violations:
        if settings.check == "error" or refused or not _has_fields(definition):
            raise InvalidParamsError(violations, operation=OPERATION.key)
        call_logging.log_invalid_params(OPERATION.key, violations)
    try:
        return _format(settings).encode_definition(definition)
    except EncodeError as error:
        violation = Violation(error.json_path, error.found, error.expected)
        raise InvalidParamsError([violation], operation=OPERATION.key) from None


def _mode(definition: Mapping[str, Any], mode: Mode) -> list[Violation]:
    report = facts.bundled().report_types.get(str(definition.get("ReportType")))
    if mode == "online" and report is not None and report.offline:
        return [
            Violation("$.ReportType", _("{name} in mode online", name=report.name), _("mode offline or auto for it"))
        ]
    return []


def _format(settings: Settings) -> Format:
    return FORMATS[settings.wire.name]
