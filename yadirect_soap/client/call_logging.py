"""Logs calls: one INFO line each; bodies at DEBUG with personal values masked; never a token.

Each record is one line, whatever a server's text contains.  The logger is `yadirect_soap`.
"""

import logging
from collections.abc import Sequence

from yadirect_soap.errors import DirectError, InvalidParamsError, Violation
from yadirect_soap.escaping import one_line
from yadirect_soap.protocol.headers import REQUEST_ID, UNITS
from yadirect_soap.protocol.messages import Request, Response
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.redaction import redact_text
from yadirect_soap.protocol.secret_values import NO_SECRETS, SecretValues

from .settings import Settings

LOGGER = logging.getLogger("yadirect_soap")

_LONGEST_HEADER = 100


def log_request(operation: str, request: Request) -> None:
    """Logs the body of a request at DEBUG."""
    if LOGGER.isEnabledFor(logging.DEBUG):
        address = one_line(request.address)
        LOGGER.debug("%s > %s %r %s", operation, address, request.headers, _redacted_line(request.body, operation))


def log_beyond_wsdl(operation: Operation, params: object) -> None:
    """Logs at DEBUG each member and value of the params that is live and in no WSDL."""
    if LOGGER.isEnabledFor(logging.DEBUG):
        from yadirect_soap.protocol import beyond_wsdl  # noqa: PLC0415  who does not log at DEBUG needs none of it

        for path, mark in beyond_wsdl.uses(params, operation.request):
            LOGGER.debug("%s: %s is %s", operation.key, path, mark)


def log_response(
    operation: str, response: Response, seconds: float, settings: Settings, *, error: DirectError | None = None
) -> None:
    """Logs the line of a response, without the token in any form.

    Args:
        operation: `ads.update`.
        response: the response; its body is not used.
        seconds: how long it took.
        settings: whose call it was.
        error: the error that the response means, if it is no result.
    """
    headers = response.headers
    LOGGER.info(
        "%s client=%s status=%d error=%s units=%s request_id=%s ms=%d",
        operation,
        settings.client_login or "-",
        response.status,
        "-" if error is None else getattr(error, "code", type(error).__name__),
        one_line(headers.get(UNITS, "-"), _LONGEST_HEADER),
        one_line(headers.get(REQUEST_ID, "-"), _LONGEST_HEADER),
        seconds * 1000,
    )


def log_body(operation: str, response: Response, secrets: SecretValues) -> None:
    """Logs the body of a whole response at DEBUG."""
    if LOGGER.isEnabledFor(logging.DEBUG):
        LOGGER.debug("%s < %s", operation, _redacted_line(response.body, operation, secrets))


def log_invalid_params(key: str, violations: Sequence[Violation]) -> None:
    """Warns about params that are sent although they do not fit the contract or a limit, as check="warn" says."""
    lines = [str(violation) for violation in violations[: InvalidParamsError.SHOWN]]
    if len(violations) > len(lines):
        lines.append(f"... and {len(violations) - len(lines)} more")
    LOGGER.warning('%s: invalid params, sent because of check="warn":\n  %s', key, "\n  ".join(lines))


def log_retry(error: DirectError, delay: float) -> None:
    """Logs that a call will be repeated, and the error that is the reason."""
    LOGGER.warning("repeated in %.1f s: %s", delay, error)


def log_unused_sign_in(profile: str, location: str) -> None:
    """Warns that a profile has a token file, so that its sign-in is not used."""
    LOGGER.warning(
        "profile %r is signed in, but its token comes from the file that %s names; delete that line to use the "
        "sign-in, or run `yadirect-soap auth logout --profile %s`",
        profile,
        location,
        profile,
    )


def log_refreshed_token(operation: str) -> None:
    """Logs that the API refused the token and that the call goes out once more with a new one."""
    LOGGER.warning("%s: the API refused the token (error 53); it was refreshed, and the call is repeated", operation)


def _redacted_line(body: bytes, operation: str, secrets: SecretValues = NO_SECRETS) -> str:
    """Returns a body on one line, with personal values masked."""
    text = secrets.blank(redact_text(body.decode("utf-8", "replace"), operation.partition(".")[0]))
    return one_line(text, len(text))
