"""The Yandex Direct API over SOAP (and JSON): typed operations, exact money, results that lose nothing.

from yadirect_soap import Direct

with Direct(token="...") as direct:
    for campaign in direct.campaigns.items(FieldNames=["Id", "Name"]):
        print(campaign["Id"], campaign["Name"])
"""

from typing import TYPE_CHECKING, Any

from .client.direct import Direct
from .client.results import Flat, Items, Notification, Outcome, Outcomes
from .client.retry import Retry
from .client.transport import Limits
from .errors import (
    AnswerLostError,
    ApiError,
    AuthError,
    Complaint,
    ConfigurationError,
    DecodeError,
    DirectError,
    HttpError,
    InvalidParamsError,
    InvalidRequestError,
    ItemsError,
    NotFoundError,
    NotSentError,
    NotSupportedError,
    PagingError,
    RateError,
    ReportFailedError,
    ReportNotReadyError,
    ReportTooLargeError,
    RightsError,
    ServerError,
    TemporaryError,
    TransportError,
    UnitsError,
    UnknownNameError,
)
from .money import from_micros, to_micros
from .protocol.headers import Units

if TYPE_CHECKING:
    from .client.reports.patience import Progress
    from .client.reports.report import Report
    from .protocol.reports.days import DateRange

__version__ = "0.1.0"

__all__ = [
    "AnswerLostError",
    "ApiError",
    "AuthError",
    "Complaint",
    "ConfigurationError",
    "DateRange",
    "DecodeError",
    "Direct",
    "DirectError",
    "Flat",
    "HttpError",
    "InvalidParamsError",
    "InvalidRequestError",
    "Items",
    "ItemsError",
    "Limits",
    "NotFoundError",
    "NotSentError",
    "NotSupportedError",
    "Notification",
    "Outcome",
    "Outcomes",
    "PagingError",
    "Progress",
    "RateError",
    "Report",
    "ReportFailedError",
    "ReportNotReadyError",
    "ReportTooLargeError",
    "Retry",
    "RightsError",
    "ServerError",
    "TemporaryError",
    "TransportError",
    "Units",
    "UnitsError",
    "UnknownNameError",
    "from_micros",
    "to_micros",
]


def __getattr__(name: str) -> Any:
    """Report, Progress and DateRange, which are loaded with the first report."""
    from importlib import import_module  # noqa: PLC0415

    modules = {
        "DateRange": "protocol.reports.days",
        "Progress": "client.reports.patience",
        "Report": "client.reports.report",
    }
    if name not in modules:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{modules[name]}", __name__), name)
