"""Writes and reads the HTTP headers of the API; pure functions for client and emulator.

https://yandex.ru/dev/direct/doc/ru/concepts/headers
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from yadirect_soap.language import _

from .masked_text import MaskedStr

AUTHORIZATION = "Authorization"
CLIENT_LOGIN = "Client-Login"
ACCEPT_LANGUAGE = "Accept-Language"
USE_OPERATOR_UNITS = "Use-Operator-Units"
CONTENT_TYPE = "Content-Type"
SOAP_ACTION = "SOAPAction"
REQUEST_ID = "RequestId"
UNITS = "Units"
UNITS_USED_LOGIN = "Units-Used-Login"
ACCEL_INFO = "X-Accel-Info"
DATE = "Date"
RETRY_AFTER = "Retry-After"

# Patterns are compiled when they are first matched, and then kept by re: an import need not wait for them.
_SAYABLE = r"[\x21-\x7e]+"
_BEARER = r"(?i:Bearer) +([\x21-\x7e]+)"
_WITH_SCHEME = r"(Bearer|OAuth) ."
_UNITS = r" *([0-9]{1,18})/([0-9]{1,18})/([0-9]{1,18}) *"
_LOGIN = r"[A-Za-z0-9_.@+-]+"


class Units(NamedTuple):
    """The cost of a call in units.

    Attributes:
        spent: units that the call cost.
        left: units that are left for the day.
        limit: the daily limit.
        login: the login that paid; "" if the response does not say.
    """

    spent: int
    left: int
    limit: int
    login: str = ""


def canonical_login(login: str) -> str:
    """Returns the canonical form of a login: in lower case, with dashes for dots."""
    return login.strip().lower().replace(".", "-")


def write_authorization(token: str) -> str:
    """Returns the value of Authorization for a token; ValueError if a header cannot carry the token."""
    # Not by partition(): a traceback with local variables would show the parts.
    if with_scheme := re.match(_WITH_SCHEME, token, re.IGNORECASE):
        scheme = with_scheme[1]
        raise ValueError(_("the token begins with {scheme}, as a header does; give the token alone", scheme=scheme))
    if not re.fullmatch(_SAYABLE, token):
        raise ValueError(_("the token is empty or contains characters that a header cannot carry"))
    return MaskedStr(f"Bearer {token}")


def read_authorization(value: str) -> str | None:
    """Returns the token in a value of Authorization; None if it has another form than the documented one."""
    match = re.fullmatch(_BEARER, value.strip())
    return MaskedStr(match[1]) if match else None


def write_client_login(login: str) -> str:
    """Returns the value of Client-Login; ValueError if it is not a login."""
    if not re.fullmatch(_LOGIN, login):
        raise ValueError(_("not a login: {login!r}", login=login))
    return login


def write_units(units: Units) -> str:
    """Returns the value of Units: spent/left/limit."""
    return f"{units.spent}/{units.left}/{units.limit}"


def read_units(value: str | None, login: str | None = None) -> Units | None:
    """Units from the values of Units and Units-Used-Login; None if the header is absent or is not three numbers."""
    match = re.fullmatch(_UNITS, value or "")
    return Units(int(match[1]), int(match[2]), int(match[3]), login or "") if match else None


def write_accel_info(request_id: str, command: str, code: int = 0) -> str:
    """Returns the value of X-Accel-Info, which was observed and is not documented.

    Args:
        request_id: the number of the response.
        command: the operation, like direct.api5/ads.get.
        code: the code of the error that refuses the request; 0 if none does.

    Returns:
        The value.
    """
    return f"reqid:{request_id},cmd:{command},appcode:{code}"


def write_soap_action(action: str) -> str:
    """Returns the value of SOAPAction: the action in quotes, as SOAP 1.1 (section 6.1.1) requires."""
    return f'"{action}"'


def read_soap_action(value: str | None) -> str:
    """Returns the action of a SOAPAction header, quoted or not; "" if there is none."""
    return (value or "").strip().strip('"')


def media_type(content_type: str | None) -> str:
    """Returns the bare media type of a Content-Type value, in lower case: "text/xml; charset=utf-8" -> "text/xml"."""
    return (content_type or "").partition(";")[0].strip().lower()


def language(accept_language: str | None) -> str:
    """Returns the language of the API's texts for a value of Accept-Language: "ru", or "en" for anything else."""
    return "ru" if (accept_language or "").strip().lower().startswith("ru") else "en"


def read_retry_after(fields: Mapping[str, str], now: datetime) -> float | None:
    """Reads the number of seconds to wait before the request is repeated (RFC 9110, section 10.2.3).

    Args:
        fields: the headers of the response; pass Headers, which ignores case.
        now: the current moment, with a zone; used if the response has no Date.

    Returns:
        Seconds, 0 or more; None if Retry-After is absent, or is neither a number of seconds nor a date.
    """
    text = fields.get(RETRY_AFTER, "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    moment = _read_date(text)
    if moment is None:
        return None
    return max(0.0, (moment - (_read_date(fields.get(DATE, "")) or now)).total_seconds())


def _read_date(text: str) -> datetime | None:
    """Returns the moment of an HTTP date such as `Fri, 01 May 2026 10:00:00 GMT`; None for another text."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  few responses have one to be read

    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
