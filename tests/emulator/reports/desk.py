"""Asks an emulator with the demo accounts for reports, in raw requests, under a clock that the test moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from yadirect_soap.emulator.app import Emulator
from yadirect_soap.errors import ApiError
from yadirect_soap.protocol.messages import Headers, Request, Response, StreamedResponse
from yadirect_soap.protocol.reports import columns
from yadirect_soap.protocol.reports.facts import FieldKind
from yadirect_soap.protocol.reports.formats import FORMATS

NOON = 1_780_056_000.0
"""2026-05-29 12:00:00 UTC, a Friday."""

Row = dict[str, Any]


@dataclass
class Desk:
    """An emulator, and the shortest ways to get a report from it."""

    now: float = NOON
    statistics_seed: int = 0
    token: str = "demo-token"
    fields: dict[str, str] = field(default_factory=dict)
    emulator: Emulator = field(init=False)
    answer: Callable[[Request], Response] = field(init=False)
    """Who is asked: the emulator, unless a test puts another in its place."""
    asked: int = 0

    def __post_init__(self) -> None:
        self.emulator = Emulator(clock=lambda: self.now, statistics_seed=self.statistics_seed)
        self.answer = self.emulator.handle_request

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()

    def send(
        self, definition: Mapping[str, Any], *, form: str = "json", version: str = "v5", **headers: str
    ) -> Response:
        """One request for a definition as it is; headers are told with their own names, or with _ for -."""
        chosen = FORMATS[form]
        return self.post(chosen.path(version), chosen.encode_definition(definition), **headers)

    def post(self, path: str, body: bytes, **headers: str) -> Response:
        """One request with a body as it is."""
        named = {name.replace("_", "-"): value for name, value in {**self.fields, **headers}.items()}
        known = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.answer(Request(f"http://emulator.test{path}", Headers(known | named), body))

    def refused(self, definition: Mapping[str, Any], *, form: str = "json", **headers: str) -> tuple[int, ApiError]:
        """The status and the error of a request that is to be refused."""
        response = self.send(definition, form=form, **headers)
        return response.status, self.error(response, form)

    def error(self, response: Response, form: str) -> ApiError:
        """The error in an answer that is a refusal."""
        assert response.status >= 400, response
        return FORMATS[form].decode_error(response.body)

    def text(self, definition: Mapping[str, Any], **headers: str) -> str:
        """The text of a report, however long it is in the queue; seconds pass, lest the requests be too many."""
        while True:
            self.now += 1
            response = self.send(definition, **headers)
            if response.status == 200:
                return response.body.decode()
            assert response.status in (201, 202), response.body.decode()
            self.now += int(response.headers["retryIn"])

    def rows(self, definition: Mapping[str, Any], **headers: str) -> list[Row]:
        """The rows of a report: numbers as int or Decimal, None for --, all else as it is written."""
        names, *lines = self.text(definition, skipReportHeader="true", skipReportSummary="true", **headers).splitlines()
        kinds = [columns.of_name(name).kind for name in names.split("\t")]
        return [
            {
                name: _value(kind, text)
                for name, kind, text in zip(names.split("\t"), kinds, line.split("\t"), strict=True)
            }
            for line in lines
        ]

    def ask(self, fields: str, report: str = "CUSTOM_REPORT", *filters: tuple[str, ...], **members: Any) -> list[Row]:
        """The rows of a new report with fields, over a week; filters are Field, Operator, Values."""
        return self.rows(self.definition(fields, report, *filters, **members))

    def definition(
        self, fields: str, report: str = "CUSTOM_REPORT", *filters: tuple[str, ...], **members: Any
    ) -> dict[str, Any]:
        """A definition under a name of its own."""
        self.asked += 1
        chosen = [{"Field": name, "Operator": operator, "Values": values} for name, operator, *values in filters]
        definition = {
            "SelectionCriteria": {"Filter": chosen} if chosen else {},
            "FieldNames": fields.split(),
            "ReportName": f"report {self.asked}",
            "ReportType": report,
            "DateRangeType": "LAST_7_DAYS",
            "Format": "TSV",
            "IncludeVAT": "NO",
        }
        return definition | members


def whole(reply: Response | StreamedResponse) -> Response:
    """An answer with all of its body."""
    if isinstance(reply, Response):
        return reply
    return Response(reply.status, reply.headers, b"".join(reply.pieces))


def days(first: str, last: str) -> dict[str, Any]:
    """The members of a definition that make it one of own days."""
    return {"DateRangeType": "CUSTOM_DATE", "SelectionCriteria": {"DateFrom": first, "DateTo": last}}


def total(rows: list[Row], *names: str) -> tuple[Any, ...]:
    """The sums of columns; what is not there adds nothing."""
    return tuple(sum(row[name] or 0 for row in rows) for name in names)


def _value(kind: FieldKind, text: str) -> Any:
    if text == "--":
        return None
    if kind in (FieldKind.TEXT, FieldKind.ENUM, FieldKind.DATE):
        return text
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
