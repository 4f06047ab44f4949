"""The steps of the pipeline for an operation of a service, such as ads.add."""

import logging
import re
from collections.abc import Mapping
from types import MappingProxyType

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Response
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.soap.envelope import EnvelopeRefused
from yadirect_soap.protocol.validation import check

from ..backend import Backend
from ..call_log.parsed_calls import ServiceCall
from ..domain import error_codes
from ..http.delivery import Delivery
from ..http.request import LARGEST_BODY
from ..http.routes import ServiceRoute
from ..operations.call import Handler, OperationCall
from ..operations.services import VERBS
from ..operations.withdrawn import refuse_withdrawn
from . import billing, error_details
from .context import RequestContext
from .json_results import with_empty_lists
from .request_limits import check_limits
from .strictness import Strictness

_STATUS: Mapping[tuple[str, int], int] = MappingProxyType({("json", 55): 202})
"""The HTTP status of an error by its wire and code; 200 for all others."""
_LOG = logging.getLogger("yadirect_soap.emulator")
_CHARSET = re.compile(r"""(?i);\s*charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})""")


class ServiceSteps:
    """Decodes, validates and carries out operations.

    Args:
        backend: The parts of the emulator.
        handlers: Functions by the key of their operation; the others are carried out by their verb.
        moderation_seconds: How long a moderator takes.
        strictness: Finds where SOAP requests depart from the schema and SOAP 1.1.
    """

    def __init__(
        self, backend: Backend, handlers: Mapping[str, Handler], moderation_seconds: float, strictness: Strictness
    ) -> None:
        self._backend = backend
        self._handlers = handlers
        self._moderation_seconds = moderation_seconds
        self._strictness = strictness

    def find_departures(self, context: RequestContext) -> tuple[str, ...]:
        """Returns the departures that strict mode finds in a SOAP request, if it can be parsed."""
        if _route(context).wire.name != "soap" or len(context.request.body) > LARGEST_BODY:
            return ()
        return self._strictness.departures(context.request, self._backend.contract[context.service])

    def decode(self, context: RequestContext) -> None:
        """Decodes the operation and its params; an unknown operation is 55 in JSON and 8000 in SOAP."""
        wire, service = _route(context).wire, self._backend.contract[context.service]
        _check_form(context)
        if refusal := self._strictness.refusal(context.departures, context.service):
            raise context.fault(8000, refusal)
        try:
            operation, context.params = wire.decode_request(service, context.request.body)
        except DecodeFailure as failure:
            if charset := _charset(context):
                english = f"found a body in {charset} (Content-Type), expected UTF-8"
                raise context.fault(8000, english, f"тело запроса в {charset}, ожидается UTF-8") from failure
            raise context.fault(8000, *error_details.failure_detail(failure)) from failure
        except RecursionError as error:
            raise context.fault(8000, "the request is nested too deeply", "слишком глубокая вложенность") from error
        if operation is None:
            english, russian = f"No such operation in {context.service}", f"Операция не найдена в {context.service}"
            raise context.fault(55, english, russian)
        context.operation, context.cost = operation, self._backend.facts.cost(operation.key)

    def validate(self, context: RequestContext) -> None:
        """Raises 8000 for a violation of the contract, which the log has in full, and the codes of exceeded limits."""
        operation, facts = _operation(context), self._backend.facts
        violations = error_details.enforced(check(context.params, operation.request), operation.request)
        if violations:
            violation = error_details.first(violations)
            _LOG.info("%s refused: %s", operation.key, violation)
            raise context.fault(8000, *error_details.detail(violation, operation.request))
        check_limits(operation, context.params, facts, context.language)
        context.cost = billing.cost(operation, context.params, facts)

    def act(self, context: RequestContext) -> None:
        """Carries out the operation."""
        operation, backend = _operation(context), self._backend
        handler = self._handlers.get(operation.key) or VERBS.get(operation.name)
        if handler is None:
            raise error_codes.not_emulated(operation.key, language=context.language)
        call = OperationCall(
            operation=operation,
            params=context.params,
            account=context.account,
            actor=context.actor,
            store=backend.store,
            accounts=backend.accounts,
            contract=backend.contract,
            version=_route(context).version,
            language=context.language,
            now=backend.clock,
            moderation=self._moderation_seconds,
            deletes_in_changes=backend.switches.deletes_in_changes,
            api_date=backend.api_date,
        )
        refuse_withdrawn(call)
        context.result = handler(call)

    def encode(self, context: RequestContext) -> Delivery:
        """Returns the result in the request's wire format."""
        context.outcome = "ok"
        wire, operation, result = _route(context).wire, _operation(context), context.result
        if wire.name == "json":
            result = with_empty_lists(operation, result)
        return _delivery(context, wire.encode_result(operation, result))

    def encode_error(self, context: RequestContext, error: ApiError) -> Delivery:
        """Returns the fault in the request's wire format, with HTTP 200 like a result, or with the recorded status."""
        wire = _route(context).wire
        status = _STATUS.get((wire.name, error.code), 200)
        return _delivery(context, wire.encode_fault(error), status)

    def command(self, context: RequestContext) -> str:
        """Returns the operation in X-Accel-Info; "" if it is not known, or the request is too long."""
        operation = context.operation
        if operation is None and len(context.request.body) <= LARGEST_BODY and isinstance(context.call, ServiceCall):
            operation = context.call.known
        return f"direct.api5/{operation.key}" if operation else ""


def _route(context: RequestContext) -> ServiceRoute:
    assert isinstance(context.route, ServiceRoute)  # noqa: S101  the pipeline gives reports other steps
    return context.route


def _operation(context: RequestContext) -> Operation:
    assert context.operation is not None  # noqa: S101  decode refuses a request without one
    return context.operation


def _check_form(context: RequestContext) -> None:
    """Raises 8000 for requests that the API refuses before it decodes the body."""
    if len(context.request.body) > LARGEST_BODY:
        english, russian = f"the body is longer than {LARGEST_BODY} bytes", f"тело запроса больше {LARGEST_BODY} байт"
        raise context.fault(8000, english, russian)
    if _route(context).wire.name != "soap":
        return
    media_type = headers.media_type(context.headers.get(headers.CONTENT_TYPE))
    action = headers.read_soap_action(context.headers.get(headers.SOAP_ACTION))
    if media_type.startswith("multipart/"):
        english = f"found {media_type} (MTOM or SOAP with attachments), expected text/xml"
        raise context.fault(8000, english, f"передан {media_type} (MTOM или SOAP с вложениями), ожидается text/xml")
    if not action and media_type == "application/soap+xml":
        found, expected = "SOAP 1.2 (application/soap+xml)", "SOAP 1.1 (text/xml and SOAPAction)"
        refused = EnvelopeRefused(found, expected, "VersionMismatch")
        russian = "передан SOAP 1.2 (application/soap+xml), ожидается SOAP 1.1 (text/xml и SOAPAction)"
        raise context.fault(8000, str(refused), russian) from refused
    if not action:
        raise context.fault(8000, "The SOAPAction header is omitted", "Не передан заголовок SOAPAction")


def _charset(context: RequestContext) -> str:
    """Returns the encoding that Content-Type names, as the cause of an unreadable body; "" for UTF-8."""
    match = _CHARSET.search(context.headers.get(headers.CONTENT_TYPE, ""))
    if match is None or match[1].lower() in ("utf-8", "utf8") or _is_utf8(context.request.body):
        return ""
    return match[1]


def _is_utf8(body: bytes) -> bool:
    """Whether bytes can be read as UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delivery(context: RequestContext, body: bytes, status: int = 200) -> Delivery:
    return Delivery(Response(status, Headers({headers.CONTENT_TYPE: _route(context).wire.content_type}), body))
