"""The Yandex Direct API over SOAP (and JSON): typed operations, exact money, results that lose nothing.

from yadirect_soap import Direct

with Direct(token="...") as direct:
    for campaign in direct.campaigns.items(FieldNames=["Id", "Name"]):
        print(campaign["Id"], campaign["Name"])
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client.archive import Archive, ArchivedCall
    from .client.direct import Direct
    from .client.http_client import HttpClient
    from .client.item_iterator import ItemIterator
    from .client.middleware import CallContext, Middleware
    from .client.reports.deadline import Progress
    from .client.reports.report import Report
    from .client.results import ItemResult, ItemResults, Notification, OperationResult, Page
    from .client.retry import Retry
    from .client.settings import Settings
    from .client.timeouts import Timeouts
    from .client.xml_calls import XmlRequest, XmlResponse
    from .errors import (
        AlreadyRunningError,
        ApiError,
        AuthError,
        BudgetExceededError,
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
        ResponseLostError,
        RightsError,
        ServerError,
        TemporaryError,
        TransportError,
        UnitsError,
        UnknownNameError,
        Violation,
    )
    from .money import from_micros, to_micros
    from .protocol.contract import Contract
    from .protocol.headers import Units
    from .protocol.messages import Headers, Request, Response, StreamedResponse
    from .protocol.reports.days import DateRange
    from .split_progress import SplitProgress

__version__ = "0.1.0"

__all__ = [
    "AlreadyRunningError",
    "ApiError",
    "Archive",
    "ArchivedCall",
    "AuthError",
    "BudgetExceededError",
    "CallContext",
    "ConfigurationError",
    "Contract",
    "DateRange",
    "DecodeError",
    "Direct",
    "DirectError",
    "Headers",
    "HttpClient",
    "HttpError",
    "InvalidParamsError",
    "InvalidRequestError",
    "ItemIterator",
    "ItemResult",
    "ItemResults",
    "ItemsError",
    "Middleware",
    "NotFoundError",
    "NotSentError",
    "NotSupportedError",
    "Notification",
    "OperationResult",
    "Page",
    "PagingError",
    "Progress",
    "RateError",
    "Report",
    "ReportFailedError",
    "ReportNotReadyError",
    "ReportTooLargeError",
    "Request",
    "Response",
    "ResponseLostError",
    "Retry",
    "RightsError",
    "ServerError",
    "Settings",
    "SplitProgress",
    "StreamedResponse",
    "TemporaryError",
    "Timeouts",
    "TransportError",
    "Units",
    "UnitsError",
    "UnknownNameError",
    "Violation",
    "XmlRequest",
    "XmlResponse",
    "from_micros",
    "to_micros",
]


_MODULES = (
    ("client.archive", ("Archive", "ArchivedCall")),
    ("client.direct", ("Direct",)),
    ("client.http_client", ("HttpClient",)),
    ("client.item_iterator", ("ItemIterator",)),
    ("client.middleware", ("CallContext", "Middleware")),
    ("client.reports.deadline", ("Progress",)),
    ("client.reports.report", ("Report",)),
    ("client.results", ("ItemResult", "ItemResults", "Notification", "OperationResult", "Page")),
    ("client.retry", ("Retry",)),
    ("client.settings", ("Settings",)),
    ("client.timeouts", ("Timeouts",)),
    ("client.xml_calls", ("XmlRequest", "XmlResponse")),
    ("money", ("from_micros", "to_micros")),
    ("protocol.contract", ("Contract",)),
    ("protocol.headers", ("Units",)),
    ("protocol.messages", ("Headers", "Request", "Response", "StreamedResponse")),
    ("protocol.reports.days", ("DateRange",)),
    ("split_progress", ("SplitProgress",)),
)
"""The module of each public name; a name that is not listed is an error of `errors`."""


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used: a test run that has our plugin installed need not load requests."""
    from importlib import import_module  # noqa: PLC0415

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = next((module for module, names in _MODULES if name in names), "errors")
    value = globals()[name] = getattr(import_module(f".{module}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
