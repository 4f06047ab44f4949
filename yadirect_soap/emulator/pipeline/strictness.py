"""Strict mode: finds parts of SOAP requests that the published schema or SOAP 1.1 does not allow, and the API accepts.

The API takes members in any order and in foreign namespaces, any SOAPAction and any Content-Type; another server, or a
later version, may not.
"""

import logging
import re
import threading
from collections.abc import Sequence

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.model import Service
from yadirect_soap.protocol.soap import envelope
from yadirect_soap.protocol.soap.message_schema import MessageSchema

MODES = ("off", "warn", "error")

_LOG = logging.getLogger("yadirect_soap.emulator")
_SHOWN = 20
_NOTED = 200
_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]*encoding\s*=\s*["']([^"']{1,40})""")


class Strictness:
    """Finds departures.  Threads may share it.

    Args:
        contract: The services, whose schemas are compiled when they are first needed.
        mode: "off" finds nothing, "warn" logs what it finds, "error" returns it.

    Raises:
        ConfigurationError: There is no such mode.
    """

    def __init__(self, contract: Contract, mode: str) -> None:
        if mode not in MODES:
            raise ConfigurationError(
                _(
                    "{name}: found {value!r:.40}, expected one of {values}",
                    name="strict",
                    value=mode,
                    values=", ".join(MODES),
                )
            )
        self._contract = contract
        self._mode = mode
        self._lock = threading.Lock()
        self._schemas: dict[str, MessageSchema] = {}

    def departures(self, request: Request, service: Service) -> tuple[str, ...]:
        """Returns the departures of a SOAP request, at most 200; () if the mode is "off"."""
        if self._mode == "off":
            return ()
        departures = [*_of_headers(request, service), *_of_document(request.body), *self._of_schema(request, service)]
        return tuple(departures[:_NOTED])

    def refusal(self, departures: Sequence[str], service: str) -> str:
        """Returns the departures of a request in one line, to refuse it; "" if there are none, or only logged ones."""
        text = "; ".join(departures[:_SHOWN]) + (f"; and {len(departures) - _SHOWN} more" * (len(departures) > _SHOWN))
        if self._mode == "error" or not departures:
            return text
        _LOG.warning("%s departs from the XSD or SOAP 1.1: %s", service, text)
        return ""

    def _of_schema(self, request: Request, service: Service) -> list[str]:
        with self._lock:
            schema = self._schemas.get(service.name)
            if schema is None:
                schema = self._schemas[service.name] = MessageSchema(self._contract.directory, [service.name])
            return [f"line {line}, {path}: {message}" for line, path, message in schema.violations(request.body)]


def _of_headers(request: Request, service: Service) -> list[str]:
    """SOAP 1.1, section 6."""
    departures = []
    content_type = request.headers.get(headers.CONTENT_TYPE)
    if headers.media_type(content_type) != "text/xml":
        departures.append(f"Content-Type: found {content_type or 'nothing'}, expected text/xml; charset=utf-8")
    written = (request.headers.get(headers.SOAP_ACTION) or "").strip()
    if not (len(written) > 1 and written.startswith('"') and written.endswith('"')):
        departures.append(f"SOAPAction: found {written:.120}, expected a URI in quotes")
    actions = [operation.soap_action for operation in service.operations.values()]
    if headers.read_soap_action(written) not in actions:
        departures.append(f"SOAPAction: found {written:.120}, expected one of {', '.join(actions)}")
    return departures


def _of_document(body: bytes) -> list[str]:
    """SOAP 1.1, section 3: no processing instructions; the API reads UTF-8 alone."""
    departures = []
    if envelope.has_instructions(body):
        departures.append("a processing instruction, which SOAP 1.1 forbids")
    encoding = _ENCODING.search(body)
    if encoding and encoding[1].upper() != b"UTF-8":
        departures.append(f"the encoding {encoding[1].decode('ascii', 'replace')}, expected UTF-8")
    return departures
