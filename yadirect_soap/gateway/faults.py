"""Builds faults in SOAP 1.1 and 1.2: the errors of the API unchanged, and those of the gateway in the same format.

The codes of the API begin at 52. The gateway has two codes: 1 if nothing was carried out and the call may be repeated;
2 if the call may have acted.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import NamedTuple

from yadirect_soap import ApiError, BudgetExceededError, ConfigurationError, DirectError, InvalidParamsError
from yadirect_soap.language import _, in_words, joined, spoken, spoken_language
from yadirect_soap.protocol.model import NAMESPACE
from yadirect_soap.protocol.soap import envelope

REPEAT, MAY_HAVE_ACTED = 1, 2
WRONG_TOKEN, NO_UNITS, INVALID_REQUEST = 53, 152, 8000

_MAX_VIOLATIONS = 50
"""The number of violations in a fault."""


class Fault(NamedTuple):
    """A fault for the caller.

    Attributes:
        code: the code of the API, or one of the gateway.
        text: a short text.
        detail: a longer text.
        request_id: the RequestId of the API, or an id that begins with gateway-.
        is_callers: whether the caller or its request caused it: the faultcode Client, not Server.
        kind: a faultcode other than Client and Server: MustUnderstand, VersionMismatch.
    """

    code: int
    text: str
    detail: str
    request_id: str
    is_callers: bool = True
    kind: str = ""


def own_id() -> str:
    """Returns a new id of the gateway for a request without a RequestId of the API; it is logged too."""
    return f"gateway-{secrets.token_hex(8)}"


def invalid(violations: Iterable[object]) -> Fault:
    """Returns the fault for an invalid request; nothing was sent."""
    lines = [_violation_text(violation) for violation in violations]
    more = [_("... and {value} more", value=len(lines) - _MAX_VIOLATIONS)] if len(lines) > _MAX_VIOLATIONS else []
    return Fault(INVALID_REQUEST, _("Invalid request"), joined("\n", [*lines[:_MAX_VIOLATIONS], *more]), own_id())


def not_understood(header_block: str) -> Fault:
    """Returns the fault for an unknown header block with mustUnderstand; nothing was sent."""
    return Fault(
        INVALID_REQUEST,
        _("{header_block} is not understood", header_block=header_block),
        "",
        own_id(),
        kind="MustUnderstand",
    )


def unauthorized(reason: str) -> Fault:
    """Returns the fault for a wrong secret; nothing was sent."""
    return Fault(WRONG_TOKEN, _("Authorization error"), reason, own_id())


def failed() -> Fault:
    """Returns the fault for an error of the gateway itself, after which the outcome of the call is unknown."""
    return Fault(MAY_HAVE_ACTED, _("The gateway failed"), "", own_id(), is_callers=False)


def below_floor(units_left: int, floor: int) -> Fault:
    """Returns the fault for a write while too few units are left; nothing was sent."""
    detail = _(
        "{units_left} units are left, and the gateway keeps {floor} (--units-floor); nothing was sent",
        units_left=units_left,
        floor=floor,
    )
    return Fault(NO_UNITS, _("Not enough units"), detail, own_id(), is_callers=False)


def of_error(error: DirectError) -> Fault:
    """Returns the fault for an error of a call."""
    if isinstance(error, InvalidParamsError):
        return invalid(error.violations)
    if isinstance(error, BudgetExceededError):
        return Fault(NO_UNITS, _("Not enough units"), in_words(error), own_id(), is_callers=False)
    request_id = error.request_id or own_id()
    if isinstance(error, ApiError):
        detail = error.detail
        if error.may_have_acted:
            advice = _("the call may have acted: read the data back")
            detail = joined("; ", [detail, advice]) if detail else advice
        return Fault(error.code, error.message, _with_progress(detail, error), request_id, not error.may_have_acted)
    if error.may_have_acted:
        text = _("The answer was lost; the call may have acted: read the data back before you repeat it")
        return Fault(MAY_HAVE_ACTED, text, in_words(error), request_id, is_callers=False)
    if isinstance(error, ConfigurationError):
        text = _("The gateway cannot call the API; nothing was sent")
        return Fault(REPEAT, text, in_words(error), request_id, is_callers=False)
    text = _("The API did not answer; nothing was changed, and the call may be repeated")
    return Fault(REPEAT, text, in_words(error), request_id, is_callers=False)


def write(fault: Fault, *, is_soap_1_2: bool = False) -> bytes:
    """Returns the envelope of a fault, in the current language of messages."""
    detail = f"<errorDetail>{envelope.escaped(spoken(fault.detail))}</errorDetail>" if fault.detail else ""
    response = (
        f'<ns3:FaultResponse xmlns:ns3="{NAMESPACE}general"><requestId>{envelope.escaped(fault.request_id)}</requestId>'
        f"<errorCode>{fault.code}</errorCode>{detail}</ns3:FaultResponse>"
    )
    text = envelope.escaped(spoken(fault.text))
    if is_soap_1_2:
        kind = fault.kind or ("Sender" if fault.is_callers else "Receiver")
        inner = (
            f"<env:Code><env:Value>env:{kind}</env:Value></env:Code>"
            f'<env:Reason><env:Text xml:lang="{spoken_language()}">{text}</env:Text></env:Reason>'
            f"<env:Detail>{response}</env:Detail>"
        )
        return _envelope("env", envelope.SOAP_12, inner)
    kind = fault.kind or ("Client" if fault.is_callers else "Server")
    inner = f"<faultcode>SOAP-ENV:{kind}</faultcode><faultstring>{text}</faultstring><detail>{response}</detail>"
    return _envelope("SOAP-ENV", envelope.SOAP, inner)


def _envelope(prefix: str, namespace: str, inner: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}:Envelope xmlns:{prefix}="{namespace}"><{prefix}:Body>'
        f"<{prefix}:Fault>{inner}</{prefix}:Fault></{prefix}:Body></{prefix}:Envelope>"
    ).encode()


def _violation_text(violation: object) -> str:
    in_own_words: Callable[[], str] | None = getattr(violation, "in_words", None)
    if isinstance(violation, str):
        return violation
    return in_own_words() if in_own_words is not None else str(violation)


def _with_progress(detail: str, error: DirectError) -> str:
    """Returns the detail of an error, with the outcomes of the calls of a split write."""
    if error.progress is None:
        return detail
    outcome = _("may have acted") if error.may_have_acted else _("were refused")
    return joined("; ", [part for part in (detail, error.progress.describe(outcome)) if part])
