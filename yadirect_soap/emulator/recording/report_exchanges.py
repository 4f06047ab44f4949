"""Exchanges of reports in a recording: a request's definition and options, and the text or the error that came."""

from collections.abc import Mapping
from typing import Any

import simplejson

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.masked_text import MASK
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.reports import columns, delivery
from yadirect_soap.protocol.reports.formats import FORMATS, Format
from yadirect_soap.protocol.scalars import DecodeFailure

from .recording_file import RecordedExchange

SERVICE = "reports"
_IN_QUEUE = (201, 202)
_JSON = FORMATS["json"]
_LOGIN = "ClientLogin"


def read_request(form: Format, request: Request) -> dict[str, Any] | None:
    """Returns the definition of a report, and the headers that decide its form; None if they cannot be decoded."""
    try:
        options = delivery.write_delivery(delivery.read_delivery(request.headers))
        return {"params": form.decode_definition(request.body), "headers": options}
    except (DecodeFailure, ValueError, RecursionError):
        return None


def outcome(form: Format, response: Response) -> dict[str, Any]:
    """Returns members of a RecordedExchange for a response: a report's text, its place in the queue, or an error."""
    queue = delivery.write_queue(
        retry_in=delivery.read_retry_in(response.headers),
        reports_in_queue=delivery.read_reports_in_queue(response.headers),
    )
    members = {"status": response.status, "headers": queue}
    content_type = response.headers.get(headers.CONTENT_TYPE, "")
    if response.status in _IN_QUEUE or headers.media_type(content_type) == delivery.MEDIA_TYPE:
        return members | {"report": response.body.decode("utf-8", "replace")}
    try:
        error = form.decode_error(response.body)
    except (DecodeFailure, RecursionError):
        return members | {"content_type": content_type}
    return members | {"answer": simplejson.loads(_JSON.encode_error(error))}


def without_logins(report: str, request: Mapping[str, Any]) -> str:
    """Returns the text of a report with masks in its column of logins."""
    options = delivery.read_delivery(Headers(request["headers"]))
    lines = report.split("\n")
    first = options.header + options.columns
    names = lines[first - 1].split("\t") if options.columns and len(lines) >= first else _columns(request["params"])
    if not report or _LOGIN not in names:
        return report
    column = names.index(_LOGIN)
    last = len(lines) - (lines[-1] == "") - options.summary
    for number in range(first, last):
        cells = lines[number].split("\t")
        cells[column : column + 1] = [MASK]
        lines[number] = "\t".join(cells)
    return "\n".join(lines)


def _columns(definition: Mapping[str, Any]) -> list[str]:
    """Returns the names of the columns that a definition leads to; a field of goals has several."""
    return [column.name for column in columns.of_definition(definition)]


def response(exchange: RecordedExchange, form: Format, request_id: str) -> Response:
    """Returns the response that was recorded, in the format of a request."""
    status = exchange.status or 200
    fields = {headers.REQUEST_ID: request_id, **exchange.headers}
    if exchange.report is not None:
        fields[headers.CONTENT_TYPE] = delivery.CONTENT_TYPE
        return Response(status, Headers(fields), exchange.report.encode())
    error = _JSON.decode_error(simplejson.dumps(exchange.answer).encode())
    error.request_id = request_id
    fields[headers.CONTENT_TYPE] = form.content_type
    return Response(status, Headers(fields), form.encode_error(error))
