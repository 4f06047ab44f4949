"""One client for the tests of the emulator: raw requests, calls over JSON, objects, and reports."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

import simplejson

from tests.clock import NOON, Clock
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN
from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers, json
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers, Request, Response, StreamedResponse
from yadirect_soap.protocol.reports import columns
from yadirect_soap.protocol.reports.facts import FieldKind
from yadirect_soap.protocol.reports.formats import FORMATS

START = 1_780_000_000.0
"""2026-05-28T20:26:40Z."""

ReportRow = dict[str, Any]


@dataclass
class EmulatorClient:
    """Sends requests to an emulator in this process.

    - `token`, `login`: the advertiser that calls, "" for no token.
    - `fields`: header fields of every request.
    - `version`: that of the addresses, "v5" or "v501".
    - `clock`: the time of an emulator from demo().
    - `handle`: answers the requests, the emulator unless a test sets another function.
    """

    emulator: Emulator
    token: str = "anna-token"
    fields: dict[str, str] = field(default_factory=dict)
    version: str = "v5"
    login: str = "anna"
    clock: Clock = field(default_factory=Clock)
    handle: Callable[[Request], Response] = field(init=False)
    reports: int = field(default=0, init=False)
    """The number of definitions that definition() has given."""

    def __post_init__(self) -> None:
        self.handle = self.emulator.handle_request

    @classmethod
    @contextmanager
    def demo(cls, *, now: float = NOON, statistics_seed: int = 0) -> Iterator[Self]:
        """A client of the demo advertiser, on an emulator with the demo accounts and a clock that tests move."""
        clock = Clock(now)
        with Emulator(clock=clock, statistics_seed=statistics_seed) as emulator:
            yield cls(emulator, ADVERTISER_TOKEN, login=ADVERTISER, clock=clock)

    # --- requests ----------------------------------------------------------------------------------------------

    def send(self, path: str, body: bytes = b"", *, method: str = "POST", **fields: str) -> Response:
        """A request with a body as it is; `_` in the name of a field stands for `-`."""
        sent = {name.replace("_", "-"): value for name, value in {**self.fields, **fields}.items()}
        if self.token:
            sent = {"Authorization": f"Bearer {self.token}"} | sent
        return self.handle(Request(f"http://emulator.test{path}", Headers(sent), body, method))

    def json(self, service: str, method: str, params: dict[str, Any] | None = None, **fields: str) -> dict[str, Any]:
        """The body of the response to a call over JSON."""
        body = simplejson.dumps({"method": method, "params": params or {}}).encode()
        response = self.send(f"/json/{self.version}/{service}", body, **fields)
        message: dict[str, Any] = simplejson.loads(response.body, use_decimal=True)
        return message

    def result(self, service: str, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of a call over JSON that succeeds as a whole."""
        message = self.json(service, method, params)
        assert "result" in message, message
        result: dict[str, Any] = message["result"]
        return result

    def error(self, service: str, method: str, params: dict[str, Any] | None = None, **fields: str) -> int:
        """The code of the error that refuses a call over JSON as a whole."""
        message = self.json(service, method, params, **fields)
        assert "error" in message, message
        return int(message["error"]["error_code"])

    def call(
        self,
        key: str,
        params: dict[str, Any],
        *,
        token: str | None = None,
        client: str = "",
        language: str = "en",
        version: str = "",
    ) -> dict[str, Any]:
        """The decoded result of an operation such as "ads.get"; raises its ApiError."""
        service, name = key.split(".")
        operation = self.emulator.contract.operation(service, name)
        fields = {
            headers.AUTHORIZATION: f"Bearer {self.token if token is None else token}",
            headers.CONTENT_TYPE: json.content_type,
            headers.ACCEPT_LANGUAGE: language,
        }
        if client:
            fields[headers.CLIENT_LOGIN] = client
        address = self.emulator.endpoint + json.path(version or self.version, service)
        request = Request(address, Headers(fields), json.encode_request(operation, params))
        unknown: Counter[str] = Counter()
        result = json.decode_result(operation, self.handle(request).body, unknown)
        assert not unknown
        return result

    def fault(self, key: str, params: dict[str, Any], **options: Any) -> int:
        """The code of the error that refuses an operation; options are those of call()."""
        try:
            result = self.call(key, params, **options)
        except ApiError as error:
            return error.code
        raise AssertionError(f"{key} was not refused: {result}")

    # --- objects -----------------------------------------------------------------------------------------------

    def write(self, service: str, method: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        """The results of the items of a write."""
        (items,) = self.result(service, method, params).values()
        return list(items)

    def add(self, service: str, list_name: str, *items: dict[str, Any]) -> list[Any]:
        """The identifiers of new objects, which are added without an error."""
        results = self.write(service, "add", {list_name: list(items)})
        assert [item for item in results if item.get("Errors")] == []
        return [next(value for name, value in item.items() if name != "Warnings") for item in results]

    def add_errors(self, service: str, *items: Mapping[str, Any]) -> list[list[int]]:
        """The codes of the errors of new objects, item by item."""
        (name,) = [member.name for member in bundled()[service].operations["add"].request.members if member.many]
        return codes(self.write(service, "add", {name: [dict(item) for item in items]}))

    def on(self, service: str, method: str, *ids: Any) -> list[dict[str, Any]]:
        """The results of a verb with identifiers."""
        return self.write(service, method, {"SelectionCriteria": {"Ids": list(ids)}})

    def by_id(self, service: str, key: Any, *fields: str, **lists: list[str]) -> dict[str, Any]:
        """The object of an identifier, with the requested fields."""
        params = {"SelectionCriteria": {"Ids": [key]}, "FieldNames": list(fields), **lists}
        ((item,),) = self.result(service, "get", params).values()
        return dict(item)

    def put(self, service: str, *documents: dict[str, Any], by: str = "Id") -> None:
        """Puts objects into the store that no operation adds."""
        for document in documents:
            self.emulator.store.put(service, document[by], self.login, document, changed=0)

    def first(self, service: str, login: str = "", **members: Any) -> dict[str, Any]:
        """The first stored document of a service with these members."""
        for row in self.emulator.store.rows(service, login or self.login):
            if all(row.document.get(name) == value for name, value in members.items()):
                return row.document
        raise LookupError(f"{service}: {members}")

    def running_campaign(self, kind: str) -> int:
        """The identifier of the first running campaign of a type."""
        return int(self.first("campaigns", Type=kind, State="ON")["Id"])

    def change_account(self, **changes: Any) -> None:
        """Changes attributes of the advertiser's account."""
        account = self.emulator.accounts.by_login(self.login)
        assert account is not None
        self.emulator.accounts.update(replace(account, **changes))

    def campaign(self, **members: Any) -> Any:
        """A new text campaign."""
        item = {"Name": "Campaign", "StartDate": "2026-06-01", "TextCampaign": {}} | members
        return self.add("campaigns", "Campaigns", item)[0]

    def group(self, campaign: Any = None) -> Any:
        """A new group in a campaign."""
        item = {"Name": "Group", "CampaignId": campaign or self.campaign(), "RegionIds": [225]}
        return self.add("adgroups", "AdGroups", item)[0]

    def ad(self, group: Any = None, **members: Any) -> Any:
        """A new text ad in a group."""
        text = {"Title": "Title", "Text": "Text", "Mobile": "NO", "Href": "https://example.com/"} | members
        return self.add("ads", "Ads", {"AdGroupId": group or self.group(), "TextAd": text})[0]

    def keyword(self, text: str = "buy an elephant", group: Any = None) -> Any:
        """A new keyword in a group."""
        return self.add("keywords", "Keywords", {"AdGroupId": group or self.group(), "Keyword": text})[0]

    # --- reports -----------------------------------------------------------------------------------------------

    def send_report(
        self, definition: Mapping[str, Any], *, form: str = "json", version: str = "v5", **fields: str
    ) -> Response:
        """One request for a report."""
        report_format = FORMATS[form]
        return self.send(report_format.path(version), report_format.encode_definition(definition), **fields)

    def refused_report(
        self, definition: Mapping[str, Any], *, form: str = "json", **fields: str
    ) -> tuple[int, ApiError]:
        """The status and the error of a refused request for a report."""
        response = self.send_report(definition, form=form, **fields)
        return response.status, self.report_error(response, form)

    def report_error(self, response: Response, form: str) -> ApiError:
        """The error in the response to a refused request for a report."""
        assert response.status >= 400, response
        return FORMATS[form].decode_error(response.body)

    def report_text(self, definition: Mapping[str, Any], **fields: str) -> str:
        """The text of a report, after any time in the queue; the clock moves, so that requests are not too many."""
        while True:
            self.clock.now += 1
            response = self.send_report(definition, **fields)
            if response.status == 200:
                return response.body.decode()
            assert response.status in (201, 202), response.body.decode()
            self.clock.now += int(response.headers["retryIn"])

    def report_rows(self, definition: Mapping[str, Any], **fields: str) -> list[ReportRow]:
        """The rows of a report: numbers as int or Decimal, None for --, other values as texts."""
        text = self.report_text(definition, skipReportHeader="true", skipReportSummary="true", **fields)
        head, *lines = text.splitlines()
        names = head.split("\t")
        kinds = [columns.of_name(name).kind for name in names]
        return [
            {name: _value(kind, cell) for name, kind, cell in zip(names, kinds, line.split("\t"), strict=True)}
            for line in lines
        ]

    def report(
        self, fields: str, report: str = "CUSTOM_REPORT", *filters: tuple[str, ...], **members: Any
    ) -> list[ReportRow]:
        """The rows of a new report about a week; filters are Field, Operator, Values."""
        return self.report_rows(self.definition(fields, report, *filters, **members))

    def definition(
        self, fields: str, report: str = "CUSTOM_REPORT", *filters: tuple[str, ...], **members: Any
    ) -> dict[str, Any]:
        """A definition with a name of its own."""
        self.reports += 1
        items = [{"Field": name, "Operator": operator, "Values": values} for name, operator, *values in filters]
        definition = {
            "SelectionCriteria": {"Filter": items} if items else {},
            "FieldNames": fields.split(),
            "ReportName": f"report {self.reports}",
            "ReportType": report,
            "DateRangeType": "LAST_7_DAYS",
            "Format": "TSV",
            "IncludeVAT": "NO",
        }
        return definition | members


def item_codes(item: Mapping[str, Any], kind: str = "Errors") -> list[int]:
    """The codes of one item's errors or warnings."""
    return [notification["Code"] for notification in item.get(kind, ())]


def codes(results: list[dict[str, Any]], kind: str = "Errors") -> list[list[int]]:
    """The codes of errors or warnings, item by item."""
    return [item_codes(item, kind) for item in results]


def whole(response: Response | StreamedResponse) -> Response:
    """A response with its whole body."""
    if isinstance(response, Response):
        return response
    return Response(response.status, response.headers, b"".join(response.pieces))


def days(first: str, last: str) -> dict[str, Any]:
    """The members of a definition with a range of dates."""
    return {"DateRangeType": "CUSTOM_DATE", "SelectionCriteria": {"DateFrom": first, "DateTo": last}}


def total(rows: list[ReportRow], *names: str) -> tuple[Any, ...]:
    """The sums of columns; None adds nothing."""
    return tuple(sum(row[name] or 0 for row in rows) for name in names)


def _value(kind: FieldKind, text: str) -> Any:
    if text == "--":
        return None
    if kind in (FieldKind.TEXT, FieldKind.ENUM, FieldKind.DATE):
        return text
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
