"""Handles requests for reports: reads a definition in XML, and returns the rows if they are ready, else HTTP 202."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap import ApiError, DirectError, InvalidParamsError, ReportNotReadyError
from yadirect_soap.language import _, in_words, joined, spoken
from yadirect_soap.protocol.reports import delivery
from yadirect_soap.protocol.reports.formats import FORMATS
from yadirect_soap.protocol.scalars import DecodeFailure

from . import faults, messages, responses, spool
from .clients import Clients
from .options import Options
from .responses import GatewayResponse
from .routes import Route

OPERATION = "reports.get"
_FORMAT = FORMATS["soap"]
_DEFAULT_WAIT = 10


class Reports:
    """The handler of requests for reports.

    Args:
        clients: selects the Direct for each call.
        options: the options of the gateway.
    """

    def __init__(self, clients: Clients, options: Options) -> None:
        self._clients = clients
        self._options = options

    def handle(self, route: Route, fields: Mapping[str, str], body: bytes) -> GatewayResponse:
        """Handles one request.

        Args:
            route: the route with version and client.
            fields: the headers, in any case.
            body: a ReportDefinition.

        Returns:
            The rows (200), the advice to repeat the request later (202), or an error in the API's format.
        """
        login = route.login or fields.get("Client-Login") or self._clients.default_login or ""
        notes: list[str] = []
        try:
            document = messages.decode_body(body, fields, self._options.largest_request, notes)
            definition = _FORMAT.decode_definition(document)
            response = self._rows(route, fields, login, definition)
        except DecodeFailure as failure:
            response = _error(400, _own_error(faults.INVALID_REQUEST, _("Invalid request"), in_words(failure)))
        except InvalidParamsError as error:
            detail = joined("; ", [violation.in_words() for violation in error.violations])
            response = _error(400, _own_error(faults.INVALID_REQUEST, _("Invalid request"), detail))
        except ReportNotReadyError as error:
            wait = round(error.retry_after or _DEFAULT_WAIT)
            advice = delivery.write_queue(retry_in=wait, reports_in_queue=None)
            response = GatewayResponse(202, [], "text/plain; charset=utf-8", advice, outcome="202")
        except ApiError as error:
            response = _error(400, error)
        except DirectError as error:
            response = _error(502, _own_error(faults.REPEAT, _("The API gave no report"), in_words(error)))
        response.operation, response.login, response.notes = OPERATION, login, notes
        return response

    def _rows(self, route: Route, fields: Mapping[str, str], login: str, definition: dict[str, Any]) -> GatewayResponse:
        try:
            requested = delivery.read_delivery(fields)
        except ValueError as error:
            raise DecodeFailure(in_words(error), _("the mode auto, online or offline")) from error
        direct = self._clients.of(login or None, route.version)
        if not requested.micros:
            if "Filter" in (definition.get("SelectionCriteria") or {}):
                raise DecodeFailure(
                    _(
                        "a Filter with {return_money_in_micros}: false",
                        return_money_in_micros=delivery.RETURN_MONEY_IN_MICROS,
                    ),
                    _("micros, as filters have them"),
                )
            direct = direct.with_settings(money="decimal")
        report = direct.reports.get(definition, mode=requested.mode, deadline=self._options.report_wait)
        file = spool.spool()
        try:
            report.write(file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        if not requested.columns:
            file.readline()
        return GatewayResponse(200, file, delivery.CONTENT_TYPE)


def _own_error(code: int, text: str, detail: str) -> ApiError:
    """Returns an error of the gateway, in the current language of messages."""
    return ApiError(code, spoken(text), spoken(detail))


def _error(status: int, error: ApiError) -> GatewayResponse:
    error.request_id = error.request_id or faults.own_id()
    fields = responses.call_fields(error.units, error.request_id)
    body = _FORMAT.encode_error(error)
    return GatewayResponse(status, [body], _FORMAT.content_type, fields, str(error.code), request_id=error.request_id)
