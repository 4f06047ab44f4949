"""What a call leaves in the log: one INFO line, the bodies at DEBUG with personal values blanked; no token ever.

The logger is `yadirect_soap`.
"""

import logging
import re
from collections.abc import Sequence

from yadirect_soap.errors import Complaint, DirectError, InvalidParamsError
from yadirect_soap.protocol.contract import Operation
from yadirect_soap.protocol.headers import REQUEST_ID, UNITS
from yadirect_soap.protocol.messages import Request, Response
from yadirect_soap.protocol.personal import PERSONAL

LOGGER = logging.getLogger("yadirect_soap")

_PERSONAL = "|".join(sorted(PERSONAL))
# Compiled by re when a body is first logged.
_XML = rf"(<(?:\w+:)?({_PERSONAL})(?:\s[^>]*)?>)[^<]+"
_JSON = rf'("(?:{_PERSONAL})"\s*:\s*)(?:"(?:[^"\\]|\\.)*"|\[[^\[\]{{}}]*\])'
_BEARER = r"(?i)(Bearer\s+)[\w.~+/=-]+"


def sent(operation: Operation, request: Request) -> None:
    """Logs a request's body at DEBUG."""
    if LOGGER.isEnabledFor(logging.DEBUG):
        LOGGER.debug("%s > %s %r %s", operation.key, request.address, request.headers, scrubbed(request.body))


def answered(operation: Operation, response: Response, seconds: float) -> None:
    """Logs the one line of a call, and the answer's body at DEBUG."""
    headers = response.headers
    LOGGER.info(
        "%s status=%d units=%s request_id=%s ms=%d",
        operation.key,
        response.status,
        headers.get(UNITS, "-"),
        headers.get(REQUEST_ID, "-"),
        seconds * 1000,
    )
    if LOGGER.isEnabledFor(logging.DEBUG):
        LOGGER.debug("%s < %s", operation.key, scrubbed(response.body))


def sent_invalid(key: str, complaints: Sequence[Complaint]) -> None:
    """Warns of params that go out although they break the contract or a limit, as check="warn" asks."""
    lines = [str(complaint) for complaint in complaints[: InvalidParamsError.SHOWN]]
    if len(complaints) > len(lines):
        lines.append(f"... and {len(complaints) - len(lines)} more")
    LOGGER.warning('%s: invalid params, sent because of check="warn":\n  %s', key, "\n  ".join(lines))


def repeated(error: DirectError, delay: float) -> None:
    """Logs that a call will be repeated, and why; the error tells which."""
    LOGGER.warning("repeated in %.1f s: %s", delay, error)


def scrubbed(body: bytes) -> str:
    """A body as text, with personal values blanked, and a token that some gateway's page echoes."""
    text = body.decode("utf-8", "replace")
    return re.sub(_BEARER, r"\1***", re.sub(_JSON, r'\1"***"', re.sub(_XML, r"\1***", text)))
