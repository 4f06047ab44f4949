"""The steps of the pipeline for a request to the Reports service.

https://yandex.ru/dev/direct/doc/ru/reports/mode
"""

from collections.abc import Mapping
from types import MappingProxyType

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers, validation
from yadirect_soap.protocol.messages import Headers, Response
from yadirect_soap.protocol.reports import check, shapes
from yadirect_soap.protocol.reports import delivery as report_headers
from yadirect_soap.protocol.scalars import DecodeFailure

from ..http.delivery import Delivery
from ..http.routes import ReportsRoute
from ..reports import Reports
from . import error_details
from .context import RequestContext

_COMMAND = "direct.json-api/reports.create"
_CONFLICTS: Mapping[str, int] = MappingProxyType({"$.Page": 4002, "$.SelectionCriteria.Filter": 4001})
"""The codes of conflicts by their path; all others are 4000."""
_STATUS: Mapping[int, int] = MappingProxyType({1000: 500, 1002: 502})
"""The HTTP status of an error by its code; 400 for all others."""
_OUTCOMES: Mapping[int, str] = MappingProxyType({200: "ok", 201: "ordered", 202: "waits"})


class ReportSteps:
    """Decodes and validates definitions of reports, and requests the reports."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports

    def limit_rate(self, context: RequestContext) -> None:
        """Raises error 56 for too many requests in a time."""
        self._reports.limit_rate(context.account.login, context.language)

    def find_departures(self, _context: RequestContext) -> tuple[str, ...]:
        """Nothing: Reports have no SOAP."""
        return ()

    def decode(self, context: RequestContext) -> None:
        """Decodes the options of a report and its definition; 8000 if they cannot be decoded."""
        try:
            context.report_options = report_headers.read_delivery(context.headers)
            context.params = _route(context).format.decode_definition(context.request.body)
        except DecodeFailure as failure:
            raise context.fault(8000, *error_details.failure_detail(failure)) from failure
        except ValueError as error:
            russian = f"Неверное значение заголовка {str(error).partition(':')[0]}"
            raise context.fault(8000, str(error), russian) from error
        except RecursionError as error:
            english, russian = "the definition is nested too deeply", "слишком глубокая вложенность"
            raise context.fault(8000, english, russian) from error

    def validate(self, context: RequestContext) -> None:
        """Raises 8000 for a definition with a wrong structure, and 4000 to 4002 for contradictions in it."""
        definition = shapes.definition()
        if violations := validation.check(context.params, definition):
            raise context.fault(8000, *error_details.detail(error_details.first(violations), definition))
        if violations := check.check(context.params):
            path = violations[0].path
            code = next((code for conflict_path, code in _CONFLICTS.items() if path.startswith(conflict_path)), 4000)
            raise context.fault(code, *error_details.conflict_detail(violations[0]))
        for goal in context.params.get("Goals") or ():
            if not (goal.isascii() and goal.isdigit()):
                raise context.fault(4000, f"{goal!r:.40} is no goal's id", f"{goal!r:.40} — не идентификатор цели")

    def act(self, context: RequestContext) -> None:
        """Builds the report, or puts it into the queue."""
        context.report = self._reports.request(
            context.account, context.params, context.report_options, context.language
        )

    def encode(self, context: RequestContext) -> Delivery:
        """Returns the text of the report, or its state in the queue."""
        report = context.report
        context.outcome = _OUTCOMES[report.status]
        queue = report_headers.write_queue(retry_in=report.retry_in, reports_in_queue=report.in_queue)
        fields = Headers({headers.CONTENT_TYPE: report_headers.CONTENT_TYPE} | queue)
        return Delivery(Response(report.status, fields, report.text), stream=report.stream)

    def encode_error(self, context: RequestContext, error: ApiError) -> Delivery:
        """Returns the error in the format of the request; unlike that of a service, it has its own HTTP status."""
        report_format = _route(context).format
        fields = Headers({headers.CONTENT_TYPE: report_format.content_type})
        return Delivery(Response(_STATUS.get(error.code, 400), fields, report_format.encode_error(error)))

    def command(self, context: RequestContext) -> str:
        """Returns the command in X-Accel-Info."""
        return _COMMAND


def _route(context: RequestContext) -> ReportsRoute:
    assert isinstance(context.route, ReportsRoute)  # noqa: S101  the pipeline gives services other steps
    return context.route
